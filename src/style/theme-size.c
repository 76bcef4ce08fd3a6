/* Sizes that show a value: radii of circles and widths of lines, and the round values by which a
 * legend explains them. */
#include "theme.h"

#include <math.h>

#define MOST_SHOWN 4

void fm__size_spec_free(FmSizeSpec *spec)
{
    if (spec == NULL) {
        return;
    }
    fm__page_expression_free(spec->expression);
    g_free(spec->group);
    g_clear_pointer(&spec->shown, g_array_unref);
    g_free(spec);
}

static void read_shown(FmPageReader *reader, JsonNode *node, const char *path, FmSizeSpec *spec)
{
    JsonArray *array = fm__page_array(reader, node, path);

    spec->shown = g_array_new(FALSE, FALSE, sizeof(double));
    for (guint i = 0; array != NULL && i < json_array_get_length(array); i++) {
        JsonNode *element = json_array_get_element(array, i);
        double last = i > 0 ? g_array_index(spec->shown, double, i - 1) : 0;
        double value = JSON_NODE_HOLDS_VALUE(element) ? json_node_get_double(element) : 0;
        if (value <= last) {
            fm__page_fail(reader, path, FM_ERROR_PARSE, "'values' must be rising numbers above 0");
        }
        g_array_append_val(spec->shown, value);
    }
    if (spec->shown->len < 1 || spec->shown->len > MOST_SHOWN) {
        fm__page_fail(reader, path, FM_ERROR_PARSE, "'values' must be 1 to %d numbers", MOST_SHOWN);
    }
}

FmSizeSpec *fm__size_spec_read(FmPageReader *reader, JsonObject *object, const char *path,
                               const char *size_key, double usual_px, double most_px)
{
    static const char *const formats[] = {"count", "number", "percent", "km", "millions", NULL};
    FmSizeSpec *spec = g_new0(FmSizeSpec, 1);

    spec->value = json_object_get_member(object, "value");
    spec->expression = fm__page_expression(reader, object, path, "value", FM_EXPR_NUMBER);
    spec->group = fm__page_string(reader, object, path, "group", NULL);
    spec->largest_px = fm__page_number(reader, object, path, size_key, usual_px, 0.5, most_px);
    spec->largest = fm__page_number(reader, object, path, "largest", 0, G_MINDOUBLE, G_MAXDOUBLE);
    spec->format =
        (FmPageFormat)fm__page_choice(reader, object, path, "format", formats, FM_PAGE_COUNT);
    if (spec->group == NULL && spec->largest == 0) {
        fm__page_fail(reader, path, FM_ERROR_PARSE,
                      "'group' is missing: only where 'largest' is given can the legend of another "
                      "layer explain the sizes");
    }
    if (json_object_has_member(object, "values")) {
        read_shown(reader, json_object_get_member(object, "values"), path, spec);
    }
    return spec;
}

gboolean fm__size_spec_find(FmSizeSpec *spec, const FmThemed *themed, GError **error)
{
    gsize n_missing = 0, missing = 0, n = fm_table_n_rows(themed->table);
    double largest = 0;
    g_autofree double *values =
        fm__layer_values(themed->layer, themed->table, spec->expression, &n_missing, &missing);

    for (gsize row = 0; row < n; row++) {
        if (values[row] > largest) {
            largest = values[row];
        }
    }
    if (largest <= 0) {
        g_set_error(error, FM_ERROR, FM_ERROR_DATA,
                    "none of %" G_GSIZE_FORMAT " features has a value above 0", n);
        return FALSE;
    }
    if (spec->largest == 0) {
        spec->largest = largest;
    }
    return TRUE;
}

/* The largest 1, 2 or 5 times a power of ten that is not above x > 0. */
static double round_down(double x)
{
    double power = pow(10, floor(log10(x)));
    /* A power that is a rounding error too large is still the right one. */
    double mantissa = x / power * (1 + 1e-12);

    return mantissa >= 5 ? 5 * power : mantissa >= 2 ? 2 * power : power;
}

gsize fm__round_values(double largest, double out[3])
{
    out[2] = round_down(largest);
    out[1] = round_down(out[2] / 4);
    out[0] = round_down(out[1] / 4);
    return 3;
}

void fm__size_spec_write_legend(const FmSizeSpec *spec, const FmThemed *themed, const char *kind,
                                double (*size)(double share))
{
    static const char *const formats[] = {"count", "number", "percent", "km", "millions"};
    double found[3];

    if (spec->group == NULL) {
        return;
    }
    gsize n = spec->shown != NULL ? spec->shown->len : fm__round_values(spec->largest, found);
    const double *values =
        spec->shown != NULL ? (const double *)(const void *)spec->shown->data : found;
    g_autofree char *group = fm__layer_quote(spec->group);
    g_autoptr(GString) sizes = g_string_new(NULL);
    JsonObject *layer = json_node_get_object(themed->node);
    g_autoptr(JsonArray) entries = json_array_new();

    for (gsize i = 0; i < n; i++) {
        g_autofree char *value = fm_format_double(values[i]);
        g_autofree char *px = fm_format_double(spec->largest_px * size(values[i] / spec->largest));
        g_string_append_printf(sizes, "%s[%s, %s]", i > 0 ? ", " : "", value, px);
    }
    g_autofree char *text =
        g_strdup_printf("{\"group\": %s, \"%s\": {\"sizes\": [%s], \"format\": \"%s\"}}", group,
                        kind, sizes->str, formats[spec->format]);
    json_array_add_element(entries, fm__layer_json(text));
    fm__layer_add_legend(fm__layer_member(layer, "metadata"), entries);
}
