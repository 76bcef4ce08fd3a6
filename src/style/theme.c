/* Which themes there are, and documents with all of them written out.  As with classes, what comes
 * out is an ordinary document whose legend is drawn from the same numbers as the map. */
#include "theme.h"

#include "style-document.h"

static const struct {
    const char *key;
    void (*check)(FmPageReader *reader, const FmStyleLayer *layer, JsonNode *spec,
                  const char *path);
    gboolean (*write)(const FmThemed *themed, GError **error);
} THEMES[] = {
    {FM_KEY_PROPORTIONAL, fm__proportional_check, fm__proportional_write},
    {FM_KEY_BIVARIATE, fm__bivariate_check, fm__bivariate_write},
    {FM_KEY_FLOW, fm__flow_check, fm__flow_write},
    {FM_KEY_DOTS, fm__dots_check, fm__dots_write},
    {FM_KEY_ON, fm__on_check, fm__on_write},
};

const char *const *fm__theme_keys(void)
{
    static const char *const keys[] = {FM_KEY_PROPORTIONAL, FM_KEY_BIVARIATE, FM_KEY_FLOW,
                                       FM_KEY_DOTS,         FM_KEY_ON,        NULL};
    return keys;
}

void fm__theme_check(FmPageReader *reader, const FmStyleLayer *layer, JsonObject *metadata,
                     const char *where)
{
    for (gsize i = 0; i < G_N_ELEMENTS(THEMES); i++) {
        JsonNode *spec = json_object_get_member(metadata, THEMES[i].key);
        g_autofree char *path = g_strconcat(where, ".", THEMES[i].key, NULL);
        if (spec != NULL) {
            THEMES[i].check(reader, layer, spec, path);
        }
    }
}

FmStyle *fm__style_written(const FmStyle *original, JsonNode *document, GError **error)
{
    g_autofree char *text = fm__json_to_text(document);
    FmStyle *result = fm__style_parse(text, original->name, original->folder, error);

    if (result != NULL) { /* it is still the document that the user knows */
        g_free(result->sha256);
        result->sha256 = g_strdup(original->sha256);
        result->is_written = TRUE;
    }
    return result;
}

static gboolean write_layer(FmThemed *themed, JsonObject *metadata, GError **error)
{
    const char *id = fm_style_layer_id(themed->layer);

    for (gsize i = 0; i < G_N_ELEMENTS(THEMES); i++) {
        themed->spec = json_object_get_member(metadata, THEMES[i].key);
        if (themed->spec == NULL) {
            continue;
        }
        FmPageReader reader = {.style = themed->style};
        g_autofree char *path = g_strdup_printf("layer '%s': metadata.%s", id, THEMES[i].key);
        themed->reader = &reader;
        themed->path = path;
        if (!fm__layer_check_filter(themed->style, id, json_node_get_object(themed->node),
                                    THEMES[i].key, error)) {
            return FALSE;
        }
        g_autoptr(GError) failure = NULL;
        if (THEMES[i].write(themed, &failure)) {
            continue;
        }
        if (reader.error != NULL) {
            g_propagate_error(error, reader.error);
        } else {
            g_propagate_prefixed_error(error, g_steal_pointer(&failure),
                                       "%s: %s: ", themed->style->name, path);
        }
        return FALSE;
    }
    return TRUE;
}

FmStyle *fm__style_with_themes(const FmStyle *style, FmStyleFindTable find, void *user,
                               GError **error)
{
    g_autofree char *text = fm__json_to_text(style->json);
    g_autoptr(JsonNode) node = fm__layer_json(text);
    JsonObject *root = json_node_get_object(node);
    JsonArray *layers = json_object_get_array_member(root, "layers");
    g_autoptr(JsonArray) out = json_array_new();

    for (guint i = 0; i < json_array_get_length(layers); i++) {
        g_autoptr(JsonNode) layer = json_node_copy(json_array_get_element(layers, i));
        g_autoptr(JsonArray) after = json_array_new();
        FmThemed themed = {.style = style,
                           .layer = fm_style_layer(style, i),
                           .node = layer,
                           .after = after,
                           .below = out};
        JsonObject *metadata = fm__style_layer_metadata(themed.layer);
        const char *source = fm_style_layer_source_layer(themed.layer);
        themed.table = source != NULL ? find(source, user) : NULL;
        if (metadata != NULL && themed.table != NULL && !write_layer(&themed, metadata, error)) {
            return NULL;
        }
        json_array_add_element(out, g_steal_pointer(&layer));
        for (guint j = 0; j < json_array_get_length(after); j++) {
            json_array_add_element(out, json_node_copy(json_array_get_element(after, j)));
        }
    }
    json_object_set_array_member(root, "layers", g_steal_pointer(&out));
    return fm__style_written(style, node, error);
}
