/* Reading "facmap:classes": strictly, with the place of what is wrong. */
#include "classes.h"

#include <facmap/palette.h>

#include <string.h>

/* Positions as in FmClassMethod; "fixed" is none of its words. */
static const char *const METHODS[] = {"equal", "quantile",  "pretty", "stddev",
                                      "jenks", "head-tail", "fixed",  NULL};
#define METHOD_FIXED 6
#define DEFAULT_CLASSES 5
#define MOST_DECIMALS 6

void fm__classes_spec_free(FmClassesSpec *spec)
{
    if (spec == NULL) {
        return;
    }
    g_free(spec->property);
    fm__page_expression_free(spec->expression);
    g_clear_pointer(&spec->limits, g_array_unref);
    g_free(spec->palette);
    g_clear_pointer(&spec->colors, g_array_unref);
    g_free(spec->group);
    fm__page_text_clear(&spec->no_data);
    g_free(spec);
}

static const char *color_property(const FmStyleLayer *layer)
{
    switch (fm_style_layer_type(layer)) {
    case FM_STYLE_FILL:
        return "fill-color";
    case FM_STYLE_LINE:
        return "line-color";
    case FM_STYLE_CIRCLE:
        return "circle-color";
    case FM_STYLE_SYMBOL:
        return "icon-color";
    case FM_STYLE_BACKGROUND:
    default:
        return NULL;
    }
}

static void read_colors(FmPageReader *reader, JsonObject *object, const char *path,
                        FmClassesSpec *spec)
{
    JsonNode *node = json_object_get_member(object, "palette");

    if (node == NULL || !JSON_NODE_HOLDS_ARRAY(node)) {
        spec->palette = fm__page_string(reader, object, path, "palette", "blues");
        return;
    }
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    fm__page_strings(reader, node, path, texts);
    spec->colors = g_array_new(FALSE, FALSE, sizeof(FmColor));
    for (guint i = 0; i < texts->len; i++) {
        FmColor color = {0};
        if (!fm__color_parse(texts->pdata[i], &color)) {
            fm__page_fail(reader, path, FM_ERROR_PARSE, "'palette': '%s' is no colour",
                          (const char *)texts->pdata[i]);
        }
        g_array_append_val(spec->colors, color);
    }
}

static void read_limits(FmPageReader *reader, JsonObject *object, const char *path,
                        FmClassesSpec *spec)
{
    JsonNode *node = json_object_get_member(object, "limits");
    JsonArray *array = node != NULL ? fm__page_array(reader, node, path) : NULL;

    if (node == NULL) {
        fm__page_fail(reader, path, FM_ERROR_PARSE, "'limits' is missing: fixed classes need them");
    }
    spec->limits = g_array_new(FALSE, FALSE, sizeof(double));
    guint n = array != NULL ? json_array_get_length(array) : 0;
    for (guint i = 0; i < n; i++) {
        JsonNode *element = json_array_get_element(array, i);
        GType type = JSON_NODE_HOLDS_VALUE(element) ? json_node_get_value_type(element) : 0;
        spec->is_open = i + 1 == n && JSON_NODE_HOLDS_NULL(element);
        double limit = spec->is_open ? G_MAXDOUBLE : type != 0 ? json_node_get_double(element) : 0;
        gboolean rises = i == 0 || limit > g_array_index(spec->limits, double, i - 1);
        if ((!spec->is_open && type != G_TYPE_DOUBLE && type != G_TYPE_INT64) || !rises) {
            fm__page_fail(reader, path, FM_ERROR_PARSE,
                          "'limits' must be rising numbers; the last may be null, for any more");
        }
        g_array_append_val(spec->limits, limit);
    }
    if (array != NULL && (spec->limits->len < 2 || spec->limits->len > FM_CLASSES_MAX + 1)) {
        fm__page_fail(reader, path, FM_ERROR_PARSE, "'limits' must be 2 to %d numbers",
                      FM_CLASSES_MAX + 1);
    }
    spec->n_classes = MAX(spec->limits->len, 2) - 1;
}

static void check_colors(FmPageReader *reader, const char *path, const FmClassesSpec *spec)
{
    FmColor colors[FM_CLASSES_MAX];
    g_autoptr(GError) failure = NULL;

    if (spec->colors != NULL && spec->colors->len != spec->n_classes) {
        fm__page_fail(reader, path, FM_ERROR_PARSE,
                      "'palette' has %u colours for %" G_GSIZE_FORMAT " classes", spec->colors->len,
                      spec->n_classes);
    }
    if (spec->palette != NULL && reader->error == NULL &&
        !fm_palette_colors(spec->palette, spec->n_classes, colors, NULL, &failure)) {
        fm__page_fail(reader, path, FM_ERROR_PARSE, "%s", failure->message);
    }
}

gboolean fm__classes_no_data(FmPageReader *reader, JsonObject *object, const char *path,
                             FmPageText *out)
{
    JsonNode *node = json_object_get_member(object, "no-data");
    g_autofree char *place = g_strconcat(path, ".no-data", NULL);

    if (node == NULL) {
        *out = (FmPageText){.en = g_strdup("No data"), .zh = g_strdup("无数据")};
    } else if (JSON_NODE_HOLDS_VALUE(node) && json_node_get_value_type(node) == G_TYPE_BOOLEAN &&
               !json_node_get_boolean(node)) {
        return FALSE;
    } else {
        *out = fm__page_text(reader, node, place);
    }
    return TRUE;
}

static void read_value(FmPageReader *reader, JsonObject *object, const char *path,
                       FmClassesSpec *spec)
{
    spec->value = json_object_get_member(object, "value");
    spec->expression = fm__page_expression(reader, object, path, "value", FM_EXPR_NUMBER);
    if (spec->value == NULL) {
        fm__page_fail(reader, path, FM_ERROR_PARSE, "'value' is missing");
    }
}

void fm__classes_spec_read_scale(FmPageReader *reader, JsonObject *object, const char *path,
                                 gsize usual, gsize most, FmClassesSpec *spec)
{
    static const char *const formats[] = {"count", "number", "percent", "km", "millions", NULL};

    read_value(reader, object, path, spec);
    int method = fm__page_choice(reader, object, path, "method", METHODS, FM_CLASSES_JENKS);
    spec->is_fixed = method == METHOD_FIXED;
    if (spec->is_fixed) {
        read_limits(reader, object, path, spec);
    } else {
        spec->method = (FmClassMethod)method;
        spec->n_classes =
            (gsize)fm__page_number(reader, object, path, "classes", (double)usual, 1, (double)most);
    }
    spec->format =
        (FmPageFormat)fm__page_choice(reader, object, path, "format", formats, FM_PAGE_NUMBER);
    spec->decimals = (int)fm__page_number(reader, object, path, "decimals", -1, 0, MOST_DECIMALS);
}

FmClassesSpec *fm__classes_spec_read(FmPageReader *reader, const FmStyleLayer *layer,
                                     JsonNode *node, const char *path)
{
    static const char *const keys[] = {"property", "value",   "method",   "classes",
                                       "limits",   "palette", "reverse",  "format",
                                       "group",    "no-data", "decimals", NULL};
    const char *usual = color_property(layer);
    JsonObject *object = fm__page_object(reader, node, path, keys);

    if (object == NULL) {
        return NULL;
    }
    g_autoptr(FmClassesSpec) spec = g_new0(FmClassesSpec, 1);
    spec->property = fm__page_string(reader, object, path, "property", usual);
    if (spec->property == NULL) {
        fm__page_fail(reader, path, FM_ERROR_PARSE, "a background has no features to class");
    }
    fm__classes_spec_read_scale(reader, object, path, DEFAULT_CLASSES, FM_CLASSES_MAX, spec);
    read_colors(reader, object, path, spec);
    check_colors(reader, path, spec);
    spec->reverse = fm__page_boolean(reader, object, path, "reverse", FALSE);
    spec->group = fm__page_required_string(reader, object, path, "group");
    spec->has_no_data = fm__classes_no_data(reader, object, path, &spec->no_data);
    return reader->error == NULL ? g_steal_pointer(&spec) : NULL;
}
