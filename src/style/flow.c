/* "facmap:flow": lines from where to where, as wide as a value says.  The paint and the legend are
 * written out here; how the line bends and tapers is read by the renderer (fm_flow_read). */
#include "theme.h"

#define USUAL_WIDTH_PX 8
#define LARGEST_WIDTH_PX 60
#define USUAL_CURVE 0.15

static FmSizeSpec *read_spec(FmPageReader *reader, const FmStyleLayer *layer, JsonNode *node,
                             const char *path, FmFlow *flow)
{
    static const char *const keys[] = {"value",  "group", "largest-width", "largest", "format",
                                       "values", "curve", "taper",         "arrow",   NULL};
    JsonObject *object = fm__page_object(reader, node, path, keys);

    if (fm_style_layer_type(layer) != FM_STYLE_LINE) {
        fm__page_fail(reader, path, FM_ERROR_PARSE, "only a line layer has flows");
    }
    if (object == NULL) {
        return NULL;
    }
    flow->curve_ratio = fm__page_number(reader, object, path, "curve", USUAL_CURVE, -1, 1);
    flow->taper = fm__page_boolean(reader, object, path, "taper", TRUE);
    flow->arrow = fm__page_boolean(reader, object, path, "arrow", FALSE);
    return json_object_has_member(object, "value")
               ? fm__size_spec_read(reader, object, path, "largest-width", USUAL_WIDTH_PX,
                                    LARGEST_WIDTH_PX)
               : NULL;
}

void fm__flow_check(FmPageReader *reader, const FmStyleLayer *layer, JsonNode *node,
                    const char *path)
{
    FmFlow flow = {0};

    fm__size_spec_free(read_spec(reader, layer, node, path, &flow));
}

/* A width is a length: it goes with the value, not with its root. */
static double linear(double share)
{
    return share;
}

gboolean fm__flow_write(const FmThemed *themed, GError **error)
{
    FmFlow flow = {0};
    g_autoptr(FmSizeSpec) spec =
        read_spec(themed->reader, themed->layer, themed->spec, themed->path, &flow);
    JsonObject *layer = json_node_get_object(themed->node);

    if (themed->reader->error != NULL) {
        return FALSE;
    }
    if (spec == NULL) { /* all of one width, as the paint says */
        return TRUE;
    }
    if (!fm__size_spec_find(spec, themed, error)) {
        return FALSE;
    }
    g_autofree char *value = fm__json_to_text(spec->value);
    g_autofree char *largest = fm_format_double(spec->largest);
    g_autofree char *width_px = fm_format_double(spec->largest_px);
    g_autofree char *width =
        g_strdup_printf("[\"*\", %s, [\"/\", [\"max\", 0, %s], %s]]", width_px, value, largest);
    g_autofree char *has_value = fm__layer_is_number(value, TRUE);

    json_object_set_member(fm__layer_member(layer, "paint"), "line-width", fm__layer_json(width));
    fm__layer_add_filter(layer, has_value);
    fm__size_spec_write_legend(spec, themed, "widths", linear);
    return TRUE;
}

gboolean fm_flow_read(const FmStyleLayer *layer, FmFlow *out)
{
    JsonObject *metadata = fm__style_layer_metadata(layer);
    JsonNode *node = metadata != NULL ? json_object_get_member(metadata, FM_KEY_FLOW) : NULL;

    if (node == NULL || !JSON_NODE_HOLDS_OBJECT(node)) {
        return FALSE;
    }
    JsonObject *object = json_node_get_object(node);
    *out = (FmFlow){
        json_object_get_double_member_with_default(object, "curve", USUAL_CURVE),
        json_object_get_boolean_member_with_default(object, "taper", TRUE),
        json_object_get_boolean_member_with_default(object, "arrow", FALSE),
    };
    return TRUE;
}
