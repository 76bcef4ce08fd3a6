/* "facmap:proportional": circles whose area, not radius, is in proportion to a value.  Scaled as it
 * is, without the enlargement of small circles that Flannery (1971) proposed: with a nested legend
 * readers compare areas well enough, and the sum of areas stays the sum of values. */
#include "theme.h"

#include <math.h>

#define USUAL_RADIUS_PX 24
#define LARGEST_RADIUS_PX 200

static FmSizeSpec *read_spec(FmPageReader *reader, const FmStyleLayer *layer, JsonNode *node,
                             const char *path)
{
    static const char *const keys[] = {"value",  "group", "largest-radius", "largest", "format",
                                       "values", NULL};
    JsonObject *object = fm__page_object(reader, node, path, keys);

    if (fm_style_layer_type(layer) != FM_STYLE_CIRCLE) {
        fm__page_fail(reader, path, FM_ERROR_PARSE, "only a circle layer has sizes");
    }
    if (object == NULL) {
        return NULL;
    }
    FmSizeSpec *spec = fm__size_spec_read(reader, object, path, "largest-radius", USUAL_RADIUS_PX,
                                          LARGEST_RADIUS_PX);
    if (spec->value == NULL) {
        fm__page_fail(reader, path, FM_ERROR_PARSE, "'value' is missing");
    }
    return spec;
}

void fm__proportional_check(FmPageReader *reader, const FmStyleLayer *layer, JsonNode *node,
                            const char *path)
{
    fm__size_spec_free(read_spec(reader, layer, node, path));
}

gboolean fm__proportional_write(const FmThemed *themed, GError **error)
{
    g_autoptr(FmSizeSpec) spec =
        read_spec(themed->reader, themed->layer, themed->spec, themed->path);
    JsonObject *layer = json_node_get_object(themed->node);
    JsonObject *layout = fm__layer_member(layer, "layout");

    if (themed->reader->error != NULL || !fm__size_spec_find(spec, themed, error)) {
        return FALSE;
    }
    g_autofree char *value = fm__json_to_text(spec->value);
    g_autofree char *largest = fm_format_double(spec->largest);
    g_autofree char *radius_px = fm_format_double(spec->largest_px);
    g_autofree char *radius = g_strdup_printf(
        "[\"*\", %s, [\"sqrt\", [\"/\", [\"max\", 0, %s], %s]]]", radius_px, value, largest);
    g_autofree char *order = g_strdup_printf("[\"-\", %s]", value);
    g_autofree char *has_value = fm__layer_is_number(value, TRUE);

    json_object_set_member(fm__layer_member(layer, "paint"), "circle-radius",
                           fm__layer_json(radius));
    if (!json_object_has_member(layout, "circle-sort-key")) { /* small ones stay in sight */
        json_object_set_member(layout, "circle-sort-key", fm__layer_json(order));
    }
    fm__layer_add_filter(layer, has_value);
    fm__size_spec_write_legend(spec, themed, "nested", sqrt);
    return TRUE;
}

gboolean fm_proportional_is(const FmStyleLayer *layer)
{
    JsonObject *metadata = fm__style_layer_metadata(layer);

    return metadata != NULL && json_object_has_member(metadata, FM_KEY_PROPORTIONAL);
}
