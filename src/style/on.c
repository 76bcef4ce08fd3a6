/* "facmap:on": names that belong to what another layer draws for the same features.  On classed
 * areas their ink is light or dark, whichever is read on the colour of their area, and their halo
 * has that colour, so that it separates and does not glow.  Names of circles stand beside them,
 * however large they are. */
#include "expr.h"
#include "theme.h"

#include <facmap/contrast.h>
#include <string.h>

#define DARK "#23272b"
#define LIGHT "#ffffff"

static char *read_spec(FmPageReader *reader, const FmStyleLayer *layer, JsonNode *node,
                       const char *path)
{
    const char *id = fm__json_string(node);
    const FmStyleLayer *ground = id != NULL ? fm_style_find_layer(reader->style, id) : NULL;

    if (fm_style_layer_type(layer) != FM_STYLE_SYMBOL) {
        fm__page_fail(reader, path, FM_ERROR_PARSE, "only a symbol layer has names");
    }
    gboolean drawn = ground != NULL && (fm_style_layer_type(ground) == FM_STYLE_FILL ||
                                        fm_style_layer_type(ground) == FM_STYLE_CIRCLE);
    if (!drawn ||
        g_strcmp0(fm_style_layer_source_layer(ground), fm_style_layer_source_layer(layer)) != 0) {
        fm__page_fail(reader, path, FM_ERROR_PARSE,
                      "must be the id of a fill or circle layer with the same source-layer");
    }
    return g_strdup(id);
}

void fm__on_check(FmPageReader *reader, const FmStyleLayer *layer, JsonNode *node, const char *path)
{
    g_free(read_spec(reader, layer, node, path));
}

/* The ink that is read on a colour. */
static const char *ink_on(const char *text)
{
    FmColor ground = {0}, dark = {0}, light = {0};

    if (!fm__color_parse(text, &ground)) {
        return NULL;
    }
    fm__color_parse(DARK, &dark);
    fm__color_parse(LIGHT, &light);
    return fm_color_contrast(dark, ground) >= fm_color_contrast(light, ground) ? DARK : LIGHT;
}

/* A `step` of colours, as classes are written out, with each colour's ink in its place; NULL for
 * any other expression, in which a colour may mean something else. */
static JsonNode *inks(JsonNode *colors)
{
    const char *plain = fm__json_string(colors);

    if (plain != NULL) {
        const char *ink = ink_on(plain);
        return ink != NULL ? json_node_init_string(json_node_alloc(), ink) : NULL;
    }
    JsonArray *array = JSON_NODE_HOLDS_ARRAY(colors) ? json_node_get_array(colors) : NULL;
    guint n = array != NULL ? json_array_get_length(array) : 0;
    if (n < 3 || g_strcmp0(fm__json_string(json_array_get_element(array, 0)), "step") != 0) {
        return NULL;
    }
    g_autoptr(JsonArray) out = json_array_new();
    for (guint i = 0; i < n; i++) {
        JsonNode *element = json_array_get_element(array, i);
        /* "step", input, colour, limit, colour, limit, colour … */
        JsonNode *written = i >= 2 && i % 2 == 0 ? inks(element) : json_node_copy(element);
        if (written == NULL) {
            return NULL;
        }
        json_array_add_element(out, written);
    }
    return json_node_init_array(json_node_alloc(), out);
}

/* The paint property of a layer below this one. */
static JsonNode *paint_of(const FmThemed *themed, const char *id, const char *property)
{
    for (guint i = 0; i < json_array_get_length(themed->below); i++) {
        JsonObject *layer = json_array_get_object_element(themed->below, i);
        if (g_strcmp0(json_object_get_string_member(layer, "id"), id) == 0) {
            return json_object_get_member(fm__layer_member(layer, "paint"), property);
        }
    }
    return NULL;
}

/* The radius as an offset in ems of the name, and a little more. */
static gboolean stand_beside(const FmThemed *themed, const char *id, GError **error)
{
    JsonObject *layout = fm__layer_member(json_node_get_object(themed->node), "layout");
    JsonNode *radius = paint_of(themed, id, "circle-radius");
    JsonNode *size = json_object_get_member(layout, "text-size");

    if (radius == NULL || (size != NULL && !JSON_NODE_HOLDS_VALUE(size))) {
        g_set_error(error, FM_ERROR, FM_ERROR_DATA,
                    "layer '%s' is not below this one or has no circle-radius, or text-size is no "
                    "plain number",
                    id);
        return FALSE;
    }
    g_autofree char *radius_text = fm__json_to_text(radius);
    g_autofree char *size_text = size != NULL ? fm__json_to_text(size) : g_strdup("16");
    g_autofree char *offset =
        g_strdup_printf("[\"+\", 0.3, [\"/\", %s, %s]]", radius_text, size_text);
    json_object_set_member(layout, "text-radial-offset", fm__layer_json(offset));
    if (!json_object_has_member(layout, "text-variable-anchor")) {
        json_object_set_member(layout, "text-variable-anchor",
                               fm__layer_json("[\"top\", \"bottom\", \"left\", \"right\"]"));
    }
    return TRUE;
}

gboolean fm__on_write(const FmThemed *themed, GError **error)
{
    g_autofree char *id = read_spec(themed->reader, themed->layer, themed->spec, themed->path);
    JsonObject *layer = json_node_get_object(themed->node);
    JsonObject *paint = fm__layer_member(layer, "paint");

    if (themed->reader->error != NULL) {
        return FALSE;
    }
    json_object_remove_member(fm__layer_member(layer, "metadata"), FM_KEY_ON);
    if (fm_style_layer_type(fm_style_find_layer(themed->style, id)) == FM_STYLE_CIRCLE) {
        return stand_beside(themed, id, error);
    }
    JsonNode *ground = paint_of(themed, id, "fill-color");
    g_autoptr(JsonNode) ink = ground != NULL ? inks(ground) : NULL;
    if (ink == NULL) {
        g_set_error(error, FM_ERROR, FM_ERROR_DATA,
                    "layer '%s' is not below this one, or has no classes", id);
        return FALSE;
    }
    json_object_set_member(paint, "text-color", g_steal_pointer(&ink));
    json_object_set_member(paint, "text-halo-color", json_node_copy(ground));
    return TRUE;
}
