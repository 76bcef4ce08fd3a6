/* The property table: against the specification's own file, and in docs/styles.md, which shows it.
 * FM_BLESS=1 writes the table into the page. */
#include "fm-unit.h"
#include "property.h"
#include "support.h"

#include "number-text.h"

#include <math.h>
#include <string.h>

static const FmStyleLayerType layer_types[] = {
    FM_STYLE_BACKGROUND, FM_STYLE_FILL,   FM_STYLE_LINE,  FM_STYLE_RASTER,
    FM_STYLE_HEATMAP,    FM_STYLE_CIRCLE, FM_STYLE_SYMBOL};

/* ---- the specification ------------------------------------------------------------------ */

static const char *official_type(FmPropertyType type)
{
    static const char *const names[] = {
        [FM_PROPERTY_NUMBER] = "number",
        [FM_PROPERTY_COLOR] = "color",
        [FM_PROPERTY_BOOLEAN] = "boolean",
        [FM_PROPERTY_STRING] = "string",
        [FM_PROPERTY_ENUM] = "enum",
        [FM_PROPERTY_FORMATTED] = "formatted",
        [FM_PROPERTY_IMAGE] = "resolvedImage",
        [FM_PROPERTY_ARRAY] = "array",
        [FM_PROPERTY_PADDING] = "padding",
        [FM_PROPERTY_ANCHORS] = "variableAnchorOffsetCollection",
    };
    return names[type];
}

static double number_or(JsonObject *json, const char *name, double fallback)
{
    return json_object_get_double_member_with_default(json, name, fallback);
}

/* Constant properties take no expression at all. */
static JsonObject *expression_of(JsonObject *official)
{
    return json_object_has_member(official, "expression")
               ? json_object_get_object_member(official, "expression")
               : NULL;
}

static gboolean has_parameter(JsonObject *official, const char *name)
{
    JsonObject *expression = expression_of(official);
    if (expression == NULL) {
        return FALSE;
    }
    JsonArray *parameters = json_object_get_array_member(expression, "parameters");
    for (guint i = 0; i < json_array_get_length(parameters); i++) {
        if (strcmp(json_array_get_string_element(parameters, i), name) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

static void check_flag(const FmPropertySpec *spec, guint flag, gboolean official)
{
    g_assert_true(((spec->flags & flag) != 0) == official);
}

static void check_property(const FmPropertySpec *spec, JsonObject *official)
{
    g_test_message("%s", spec->name);
    g_assert_cmpstr(official_type(spec->type), ==, json_object_get_string_member(official, "type"));
    g_assert_cmpfloat(spec->min, ==, number_or(official, "minimum", -INFINITY));
    g_assert_cmpfloat(spec->max, ==, number_or(official, "maximum", INFINITY));
    check_flag(spec, FM_PROPERTY_ZOOM, has_parameter(official, "zoom"));
    check_flag(
        spec, FM_PROPERTY_FEATURE,
        g_str_has_suffix(json_object_get_string_member(official, "property-type"), "data-driven"));
    check_flag(spec, FM_PROPERTY_DENSITY, has_parameter(official, "heatmap-density"));
    check_flag(spec, FM_PROPERTY_PROGRESS, has_parameter(official, "line-progress"));
    JsonObject *expression = expression_of(official);
    check_flag(spec, FM_PROPERTY_INTERPOLATED,
               expression != NULL && json_object_get_boolean_member(expression, "interpolated"));
    check_flag(spec, FM_PROPERTY_TOKENS,
               json_object_get_boolean_member_with_default(official, "tokens", FALSE));
    check_flag(spec, FM_PROPERTY_TRANSITION,
               json_object_get_boolean_member_with_default(official, "transition", FALSE));
    JsonNode *fallback = json_object_get_member(official, "default");
    g_assert_true((fallback == NULL) == (spec->fallback == NULL));
    if (fallback != NULL) {
        g_autoptr(JsonNode) ours = fm__json_parse(spec->fallback, NULL);
        g_autofree char *a = fm__json_to_text(ours);
        g_autofree char *b = fm__json_to_text(fallback);
        g_assert_cmpstr(a, ==, b);
    }
    if (json_object_has_member(official, "values")) {
        g_auto(GStrv) ours = g_strsplit(spec->values, " ", -1);
        JsonObject *values = json_object_get_object_member(official, "values");
        g_assert_cmpuint(g_strv_length(ours), ==, json_object_get_size(values));
        for (gsize i = 0; ours[i] != NULL; i++) {
            g_assert_true(json_object_has_member(values, ours[i]));
        }
    }
    if (spec->type == FM_PROPERTY_ARRAY) {
        g_assert_cmpstr(official_type(spec->item), ==,
                        json_object_get_string_member(official, "value"));
        g_assert_cmpint(spec->length, ==, (gint64)number_or(official, "length", -1));
    }
}

/* Every property that the specification has is one of ours, with the same facts, or is listed as
 * unsupported; and there are no others. */
static void check_group(JsonObject *specification, FmStyleLayerType type, gboolean layout)
{
    g_autofree char *group =
        g_strdup_printf("%s_%s", layout ? "layout" : "paint", fm__layer_type_name(type));
    JsonObject *official = json_object_get_object_member(specification, group);
    guint known = 0;
    for (FmStyleProperty i = 0; i < FM_N_PROPS; i++) {
        const FmPropertySpec *spec = fm__property_spec(i);
        if (fm__property_applies(i, type) && spec->layout == layout) {
            g_assert_true(json_object_has_member(official, spec->name));
            check_property(spec, json_object_get_object_member(official, spec->name));
            known++;
        }
    }
    const char *const *unsupported = fm__property_unsupported(type);
    for (gsize i = 0; unsupported[i] != NULL; i++) {
        const char *name = strchr(unsupported[i], ' ') + 1;
        if (g_str_has_prefix(unsupported[i], layout ? "layout " : "paint ")) {
            g_assert_true(json_object_has_member(official, name));
            g_assert_cmpint(fm__property_find(type, layout, name, NULL), ==, FM_N_PROPS);
            known++;
        }
    }
    g_assert_cmpuint(known, ==, json_object_get_size(official));
}

/* Every operator that the specification has is in our table, and the only one beside them is the
 * implementation's own `error`. */
static void check_operators(JsonObject *specification)
{
    JsonObject *names = json_object_get_object_member(
        json_object_get_object_member(specification, "expression_name"), "values");
    gsize n;
    const FmOperator *operators = fm__operators(&n);
    g_assert_cmpuint(n, ==, json_object_get_size(names) + 1);
    for (gsize i = 0; i < n; i++) {
        g_assert_true(json_object_has_member(names, operators[i].name) ||
                      strcmp(operators[i].name, "error") == 0);
    }
}

static void test_official(void)
{
    g_autofree char *path =
        g_build_filename(g_getenv("FACMAP_SOURCE"), "tests", "style-spec", "node_modules",
                         "@maplibre", "maplibre-gl-style-spec", "dist", "latest.json", NULL);
    g_autofree char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL)) {
        g_test_skip("the official specification is not installed; scripts/test does it");
        return;
    }
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonNode) json = fm__json_parse(text, &error);
    g_assert_no_error(error);
    check_operators(json_node_get_object(json));
    for (gsize i = 0; i < G_N_ELEMENTS(layer_types); i++) {
        check_group(json_node_get_object(json), layer_types[i], TRUE);
        check_group(json_node_get_object(json), layer_types[i], FALSE);
    }
}

/* ---- finding ---------------------------------------------------------------------------- */

static void test_find(void)
{
    g_autoptr(GError) error = NULL;
    g_assert_cmpint(fm__property_find(FM_STYLE_LINE, FALSE, "line-width", &error), ==,
                    FM_PROP_LINE_WIDTH);
    g_assert_cmpint(fm__property_find(FM_STYLE_BACKGROUND, TRUE, "visibility", &error), ==,
                    FM_PROP_VISIBILITY);
    g_assert_no_error(error);
    g_assert_cmpint(fm__property_find(FM_STYLE_SYMBOL, TRUE, "symbol-height-offset", &error), ==,
                    FM_N_PROPS);
    g_assert_error(error, FM_ERROR, FM_ERROR_UNSUPPORTED);
    g_clear_error(&error);
    g_assert_cmpint(fm__property_find(FM_STYLE_SYMBOL, TRUE, "text-sise", &error), ==, FM_N_PROPS);
    g_assert_error(error, FM_ERROR, FM_ERROR_PARSE);
    g_assert_cmpstr(error->message, ==,
                    "unknown layout property of symbol layers; did you mean \"text-size\"?");
}

/* ---- the documentation ------------------------------------------------------------------ */

static void append_type(GString *out, const FmPropertySpec *spec)
{
    if (spec->type == FM_PROPERTY_ARRAY) {
        g_string_append_printf(out, "array of %s", official_type(spec->item));
        if (spec->length >= 0) {
            g_string_append_printf(out, ", %" G_GINT64_FORMAT, spec->length);
        }
    } else {
        g_string_append(out, official_type(spec->type));
    }
    if (spec->values != NULL) {
        g_auto(GStrv) values = g_strsplit(spec->values, " ", -1);
        g_autofree char *list = g_strjoinv("`, `", values);
        g_string_append_printf(out, ": `%s`", list);
    }
    char limit[FM_NUMBER_TEXT_SIZE];
    if (isfinite(spec->min) && isfinite(spec->max)) {
        g_string_append_printf(out, ", %s", fm__number_text(spec->min, limit));
        g_string_append_printf(out, " … %s", fm__number_text(spec->max, limit));
    } else if (isfinite(spec->min)) {
        g_string_append_printf(out, ", at least %s", fm__number_text(spec->min, limit));
    }
}

static void append_row(GString *out, const FmPropertySpec *spec)
{
    g_string_append_printf(out, "| `%s` | %s | ", spec->name, spec->layout ? "layout" : "paint");
    append_type(out, spec);
    g_string_append(out, " | ");
    if (spec->fallback != NULL) {
        g_string_append_printf(out, "`%s`", spec->fallback);
    }
    const gboolean zoom = (spec->flags & FM_PROPERTY_ZOOM) != 0;
    const gboolean feature = (spec->flags & FM_PROPERTY_FEATURE) != 0;
    g_string_append_printf(out, " | %s |\n",
                           zoom && feature                             ? "zoom, data"
                           : zoom                                      ? "zoom"
                           : (spec->flags & FM_PROPERTY_DENSITY) != 0  ? "heatmap-density"
                           : (spec->flags & FM_PROPERTY_PROGRESS) != 0 ? "line-progress"
                                                                       : "");
}

/* Sentences below a table, where there is something to say. */
static void append_names(GString *out, FmStyleLayerType type)
{
    const char *lead = "\nAllowed, and without effect on a page:";
    gboolean any = FALSE;
    for (FmStyleProperty i = 0; i < FM_N_PROPS; i++) {
        const FmPropertySpec *spec = fm__property_spec(i);
        if (fm__property_applies(i, type) && (spec->flags & FM_PROPERTY_SCREEN) != 0) {
            g_string_append_printf(out, "%s `%s`", any ? "," : lead, spec->name);
            any = TRUE;
        }
    }
    g_string_append(out, any ? ".\n" : "");
    const char *const *unsupported = fm__property_unsupported(type);
    for (gsize i = 0; unsupported[i] != NULL; i++) {
        g_string_append_printf(out, "%s `%s`", i > 0 ? "," : "\nNot drawn, and therefore an error:",
                               strchr(unsupported[i], ' ') + 1);
    }
    g_string_append(out, unsupported[0] != NULL ? ".\n" : "");
}

static char *property_tables(void)
{
    GString *out = g_string_new(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(layer_types); i++) {
        g_string_append_printf(out,
                               "\n### %s\n\n| property | in | type | default | may depend on |\n"
                               "|---|---|---|---|---|\n",
                               fm__layer_type_name(layer_types[i]));
        for (FmStyleProperty j = 0; j < FM_N_PROPS; j++) {
            if (fm__property_applies(j, layer_types[i])) {
                append_row(out, fm__property_spec(j));
            }
        }
        append_names(out, layer_types[i]);
    }
    return g_string_free(out, FALSE);
}

/* Operators that are supported, or not, in the order of the table. */
static char *operator_list(gboolean supported)
{
    GString *out = g_string_new(NULL);
    gsize n;
    const FmOperator *operators = fm__operators(&n);
    for (gsize i = 0; i < n; i++) {
        if ((operators[i].parse != fm__parse_unsupported_operator) == supported) {
            g_string_append_printf(out, "%s`%s`", out->len > 0 ? " " : "", operators[i].name);
        }
    }
    return g_string_free(out, FALSE);
}

static void test_documentation(void)
{
    static const char *const begin = "<!-- properties: written by the tests -->\n";
    static const char *const end = "<!-- end of properties -->";
    g_autofree char *path = g_build_filename(g_getenv("FACMAP_SOURCE"), "docs", "styles.md", NULL);
    g_autoptr(GError) error = NULL;
    g_autofree char *page = NULL;
    g_file_get_contents(path, &page, NULL, &error);
    g_assert_no_error(error);
    const char *from = strstr(page, begin);
    const char *to = strstr(page, end);
    g_assert_nonnull(from);
    g_assert_nonnull(to);
    from += strlen(begin);
    g_autofree char *tables = property_tables();
    g_autofree char *yes = operator_list(TRUE);
    g_autofree char *no = operator_list(FALSE);
    g_autofree char *expected = g_strdup_printf(
        "\nOperators: %s.\n\nNot evaluated, and therefore an error: %s.\n%s\n", yes, no, tables);
    g_autofree char *found = g_strndup(from, (gsize)(to - from));
    if (g_getenv("FM_BLESS") != NULL) {
        g_autofree char *before = g_strndup(page, (gsize)(from - page));
        g_autofree char *whole = g_strconcat(before, expected, to, NULL);
        g_file_set_contents(path, whole, -1, &error);
        g_assert_no_error(error);
        return;
    }
    g_assert_cmpstr(found, ==, expected);
}

void test_properties(void)
{
    g_test_add_func("/style/properties/official", test_official);
    g_test_add_func("/style/properties/find", test_find);
    g_test_add_func("/style/properties/documentation", test_documentation);
}
