/* "facmap:classes" written out: the limits found in the data, the colours as a `step` expression,
 * the legend's entries with their limits, and a layer for features without a value.  What comes out
 * is an ordinary document, so drawing, legends and export know nothing of classes. */
#include "classes.h"
#include "filter.h"
#include "style-document.h"

#include <facmap/palette.h>
#include <math.h>

#define KEY "facmap:classes"
#define LEGEND "facmap:legend"
#define NO_DATA_COLOR "#BDB8B0"
#define NO_DATA_PATTERN "hatch-no-data"

static void classed_clear(FmClassed *classed)
{
    fm__classes_spec_free(classed->spec);
    g_free(classed->values);
    g_free(classed->value);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmClassed, classed_clear)

/* ---- the data ---- */

static void evaluate(FmClassed *classed)
{
    gsize n = fm_table_n_rows(classed->table);

    classed->values = g_new(double, MAX(n, 1));
    for (gsize row = 0; row < n; row++) {
        FmStyleContext context = {.table = classed->table, .row = row};
        gboolean drawn = fm_style_layer_accepts(classed->layer, &context);
        double value =
            drawn ? fm_page_expression_number(classed->spec->expression, &context) : (double)NAN;
        classed->values[row] = isfinite(value) ? value : (double)NAN;
        if (drawn && !isfinite(value) && classed->n_missing++ == 0) {
            classed->missing = row;
        }
    }
}

static gboolean choose_colors(FmClassed *classed, GError **error)
{
    const FmClassesSpec *spec = classed->spec;
    gsize n = classed->limits.n_classes;
    FmColor colors[FM_CLASSES_MAX];

    if (spec->palette != NULL && !fm_palette_colors(spec->palette, n, colors, NULL, error)) {
        return FALSE;
    }
    for (gsize c = 0; c < n; c++) {
        /* Given colours are as many as were asked for; fewer classes take them evenly. */
        gsize from = n > 1 ? c * (spec->n_classes - 1) / (n - 1) : spec->n_classes / 2;
        gsize to = spec->reverse ? n - 1 - c : c;
        classed->colors[to] =
            spec->colors != NULL ? g_array_index(spec->colors, FmColor, from) : colors[c];
    }
    return TRUE;
}

/* ---- JSON ---- */

/* What was put together here can be parsed. */
static JsonNode *parse(const char *text)
{
    JsonNode *node = fm__json_parse(text, NULL);

    g_assert(node != NULL);
    return node;
}

static char *hex(FmColor color)
{
    return g_strdup_printf("\"#%02x%02x%02x\"", (guint)lround(color.r * 255),
                           (guint)lround(color.g * 255), (guint)lround(color.b * 255));
}

static char *step_expression(const FmClassed *classed)
{
    g_autofree char *first = hex(classed->colors[0]);
    GString *text = g_string_new(NULL);

    if (classed->limits.n_classes == 1) {
        g_string_append(text, first);
        return g_string_free(text, FALSE);
    }
    g_string_append_printf(text, "[\"step\", %s, %s", classed->value, first);
    for (gsize c = 1; c < classed->limits.n_classes; c++) {
        g_autofree char *limit = fm_format_double(classed->limits.steps[c - 1]);
        g_autofree char *color = hex(classed->colors[c]);
        g_string_append_printf(text, ", %s, %s", limit, color);
    }
    g_string_append_c(text, ']');
    return g_string_free(text, FALSE);
}

/* The layer's own filter, and whether the value is a number. */
static JsonNode *value_filter(const FmClassed *classed, JsonObject *layer, gboolean has_value)
{
    JsonNode *own = json_object_get_member(layer, "filter");
    g_autofree char *own_text = own != NULL ? fm__json_to_text(own) : g_strdup("true");
    g_autofree char *text = g_strdup_printf("[\"all\", %s, [\"%s\", [\"typeof\", %s], \"number\"]]",
                                            own_text, has_value ? "==" : "!=", classed->value);
    return parse(text);
}

static JsonObject *member_object(JsonObject *object, const char *name)
{
    if (!json_object_has_member(object, name)) {
        json_object_set_object_member(object, name, json_object_new());
    }
    return json_object_get_object_member(object, name);
}

/* ---- the layers ---- */

/* Largest class first, above the entries that the layer has. */
static void write_legend(const FmClassed *classed, JsonObject *metadata)
{
    JsonNode *own = json_object_get_member(metadata, LEGEND);
    JsonArray *entries = json_array_new();

    for (gsize c = classed->limits.n_classes; c-- > 0;) {
        JsonNode *entry = fm__class_entry(classed, c);
        if (entry != NULL) {
            json_array_add_element(entries, entry);
        }
    }
    if (own != NULL && JSON_NODE_HOLDS_ARRAY(own)) {
        JsonArray *array = json_node_get_array(own);
        for (guint i = 0; i < json_array_get_length(array); i++) {
            json_array_add_element(entries, json_node_copy(json_array_get_element(array, i)));
        }
    } else if (own != NULL) {
        json_array_add_element(entries, json_node_copy(own));
    }
    json_object_set_array_member(metadata, LEGEND, entries);
}

static void write_classed(const FmClassed *classed, JsonObject *layer)
{
    g_autofree char *step = step_expression(classed);
    JsonObject *metadata = member_object(layer, "metadata");

    json_object_set_member(member_object(layer, "paint"), classed->spec->property, parse(step));
    json_object_set_member(layer, "filter", value_filter(classed, layer, TRUE));
    json_object_remove_member(metadata, KEY);
    write_legend(classed, metadata);
}

/* A copy of the layer for what has no value: areas hatched, the rest in grey. */
static JsonNode *no_data_layer(const FmClassed *classed, JsonNode *original)
{
    g_autofree char *text = fm__json_to_text(original);
    g_autofree char *id = g_strconcat(fm_style_layer_id(classed->layer), "-no-data", NULL);
    JsonNode *node = parse(text);
    JsonObject *layer = json_node_get_object(node), *metadata = member_object(layer, "metadata");

    json_object_set_string_member(layer, "id", id);
    json_object_set_member(layer, "filter", value_filter(classed, layer, FALSE));
    json_object_remove_member(metadata, KEY);
    json_object_set_member(metadata, LEGEND, fm__no_data_entry(classed));
    if (fm_style_layer_type(classed->layer) == FM_STYLE_FILL) {
        json_object_set_object_member(layer, "paint", json_object_new());
        json_object_set_string_member(member_object(layer, "paint"), "fill-pattern",
                                      NO_DATA_PATTERN);
    } else {
        json_object_set_string_member(member_object(layer, "paint"), classed->spec->property,
                                      NO_DATA_COLOR);
    }
    return node;
}

static gboolean check_filter(const FmStyle *style, const FmClassed *classed, JsonObject *layer,
                             GError **error)
{
    JsonNode *filter = json_object_get_member(layer, "filter");

    if (filter == NULL || fm__filter_is_expression(filter)) {
        return TRUE;
    }
    g_set_error(error, FM_ERROR, FM_ERROR_UNSUPPORTED,
                "%s: layer '%s': filter: a layer with " KEY " needs its filter as an expression",
                style->name, fm_style_layer_id(classed->layer));
    return FALSE;
}

/* Finds the classes of one layer and appends what takes its place. */
static gboolean write_layer(const FmStyle *style, FmClassed *classed, JsonNode *original,
                            JsonArray *out, GError **error)
{
    g_autofree char *text = fm__json_to_text(original);
    g_autoptr(JsonNode) node = parse(text);
    JsonObject *layer = json_node_get_object(node);

    if (!check_filter(style, classed, layer, error)) {
        return FALSE;
    }
    classed->value = fm__json_to_text(classed->spec->value);
    evaluate(classed);
    if (!fm__class_limits_find(classed->spec, classed->values, fm_table_n_rows(classed->table),
                               &classed->limits, error) ||
        !choose_colors(classed, error)) {
        g_prefix_error(error, "%s: layer '%s': " KEY ": ", style->name,
                       fm_style_layer_id(classed->layer));
        return FALSE;
    }
    write_classed(classed, layer);
    json_array_add_element(out, g_steal_pointer(&node));
    if (classed->n_missing > 0 && classed->spec->has_no_data) {
        json_array_add_element(out, no_data_layer(classed, original));
    }
    return TRUE;
}

FmStyle *fm_style_with_classes(const FmStyle *style, FmStyleFindTable find, void *user,
                               GError **error)
{
    g_return_val_if_fail(style != NULL && find != NULL, NULL);
    g_autofree char *text = fm__json_to_text(style->json);
    g_autoptr(JsonNode) node = parse(text);
    JsonObject *root = json_node_get_object(node);
    JsonArray *layers = json_object_get_array_member(root, "layers");
    g_autoptr(JsonArray) out = json_array_new();

    for (guint i = 0; i < json_array_get_length(layers); i++) {
        JsonNode *original = json_array_get_element(layers, i);
        g_auto(FmClassed) classed = {.layer = fm_style_layer(style, i)};
        JsonObject *metadata = fm__style_layer_metadata(classed.layer);
        if (metadata == NULL || !json_object_has_member(metadata, KEY)) {
            json_array_add_element(out, json_node_copy(original));
            continue;
        }
        g_autofree char *path =
            g_strdup_printf("layer '%s': metadata." KEY, fm_style_layer_id(classed.layer));
        FmPageReader reader = {.style = style};
        classed.spec = fm__classes_spec_read(&reader, classed.layer,
                                             json_object_get_member(metadata, KEY), path);
        if (classed.spec == NULL) {
            g_propagate_error(error, reader.error);
            return NULL;
        }
        classed.table = find(fm_style_layer_source_layer(classed.layer), user);
        if (classed.table == NULL) {
            json_array_add_element(out, json_node_copy(original));
        } else if (!write_layer(style, &classed, original, out, error)) {
            return NULL;
        }
    }
    json_object_set_array_member(root, "layers", g_steal_pointer(&out));
    g_autofree char *written = fm__json_to_text(node);
    FmStyle *result = fm_style_parse(written, style->name, error);
    if (result != NULL) { /* it is still the document that the user knows */
        g_free(result->sha256);
        result->sha256 = g_strdup(style->sha256);
    }
    return result;
}
