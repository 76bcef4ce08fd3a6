/* One layer of the document, read strictly. */
#include "style-document.h"

#include <string.h>

const char *const fm__text_languages[FM_N_TEXTS + 1] = {
    [FM_TEXT_EN] = "en", [FM_TEXT_ZH] = "zh", [FM_TEXT_BOTH] = "both"};

static const FmMember layer_members[] = {
    {"id", FM_MEMBER_STRING},           {"type", FM_MEMBER_STRING},
    {"metadata", FM_MEMBER_OBJECT},     {"source", FM_MEMBER_STRING},
    {"source-layer", FM_MEMBER_STRING}, {"minzoom", FM_MEMBER_NUMBER},
    {"maxzoom", FM_MEMBER_NUMBER},      {"filter", FM_MEMBER_ANY},
    {"layout", FM_MEMBER_OBJECT},       {"paint", FM_MEMBER_OBJECT},
};

void fm__layer_free(void *data)
{
    FmStyleLayer *layer = data;
    if (layer == NULL) {
        return;
    }
    for (gsize i = 0; i < FM_N_PROPS; i++) {
        fm__property_value_clear(&layer->properties[i]);
    }
    for (gsize i = 0; i < FM_N_TEXTS; i++) {
        fm__property_value_clear(&layer->texts[i]);
    }
    fm__expr_free(layer->filter);
    fm__arena_clear(&layer->arena);
    g_strfreev(layer->fields);
    g_free(layer->source_layer);
    g_free(layer->raster);
    g_free(layer->id);
    g_free(layer);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmStyleLayer, fm__layer_free)

static const char *string_member(JsonObject *json, const char *name)
{
    return json_object_get_string_member_with_default(json, name, NULL);
}

/* ---- type, source, zoom ----------------------------------------------------------------- */

static gboolean read_type(FmStyleLayer *layer, JsonObject *json, const FmPlace *at)
{
    const char *known[FM_N_STYLE_LAYER_TYPES + 1] = {NULL};
    const char *type = string_member(json, "type");
    if (type == NULL) {
        return fm__document_error(at, FM_ERROR_PARSE, "missing required property \"type\"");
    }
    for (FmStyleLayerType i = FM_STYLE_BACKGROUND; i < FM_N_STYLE_LAYER_TYPES; i++) {
        known[i] = fm__layer_type_name(i);
        if (strcmp(type, fm__layer_type_name(i)) == 0) {
            layer->type = i;
            return TRUE;
        }
    }
    if (fm__name_in_list(type, "hillshade fill-extrusion color-relief")) {
        return fm__document_error(at, FM_ERROR_UNSUPPORTED,
                                  "type: facmap does not draw %s layers; remove the layer", type);
    }
    const char *nearest = fm__nearest_name(type, known);
    return fm__document_error(at, FM_ERROR_PARSE, "type: unknown layer type \"%s\"%s%s%s", type,
                              nearest != NULL ? "; did you mean \"" : "",
                              nearest != NULL ? nearest : "", nearest != NULL ? "\"?" : "");
}

static char *raster_path(const char *folder, const char *url)
{
    const char *path = g_str_has_prefix(url, "file://") ? url + strlen("file://") : url;
    const gboolean whole = folder == NULL || g_path_is_absolute(path);
    return whole ? g_strdup(path) : g_build_filename(folder, path, NULL);
}

static gboolean read_source(FmStyleLayer *layer, JsonObject *json, const FmStyle *style,
                            JsonObject *sources, const FmPlace *at)
{
    if (layer->type == FM_STYLE_BACKGROUND) {
        return TRUE;
    }
    const char *source = string_member(json, "source");
    if (source == NULL) {
        return fm__document_error(at, FM_ERROR_PARSE, "missing required property \"source\"");
    }
    if (!json_object_has_member(sources, source)) {
        return fm__document_error(at, FM_ERROR_PARSE, "source \"%s\" not found", source);
    }
    JsonObject *found = json_object_get_object_member(sources, source);
    const char *type = string_member(found, "type");
    const gboolean picture = fm__name_in_list(type, "raster image");
    if (picture != (layer->type == FM_STYLE_RASTER)) {
        return fm__document_error(at, FM_ERROR_PARSE,
                                  "a %s layer cannot draw the source \"%s\" of type \"%s\"",
                                  fm__layer_type_name(layer->type), source, type);
    }
    if (picture) {
        layer->raster = raster_path(style->folder, string_member(found, "url"));
        layer->has_corners = fm__source_corners(found, layer->corners);
        return TRUE;
    }
    layer->source_layer = g_strdup(string_member(json, "source-layer"));
    return layer->source_layer != NULL ||
           fm__document_error(at, FM_ERROR_PARSE,
                              "missing required property \"source-layer\": the name of the "
                              "workspace layer to draw");
}

static gboolean read_zoom(JsonObject *json, const char *name, double fallback, double *out,
                          const FmPlace *at)
{
    const double deepest = 24;
    *out = json_object_get_double_member_with_default(json, name, fallback);
    return (*out >= 0 && *out <= deepest) ||
           fm__document_error(at, FM_ERROR_PARSE, "%s: must be from 0 to %g", name, deepest);
}

/* ---- properties ------------------------------------------------------------------------- */

/* "line-color-transition" is about screens: right when there is such a property, and no more. */
static gboolean is_transition(FmStyleLayerType type, const char *name)
{
    g_autofree char *base = g_strdup(name);
    if (!g_str_has_suffix(base, "-transition")) {
        return FALSE;
    }
    base[strlen(base) - strlen("-transition")] = '\0';
    const FmStyleProperty property = fm__property_find(type, FALSE, base, NULL);
    return property < FM_N_PROPS &&
           (fm__property_spec(property)->flags & FM_PROPERTY_TRANSITION) != 0;
}

static gboolean read_property(FmStyleLayer *layer, gboolean layout, const char *name,
                              JsonNode *json, const FmPlace *at)
{
    if (!layout && is_transition(layer->type, name)) {
        return TRUE;
    }
    g_autofree char *where =
        g_strdup_printf("%s: %s.%s", at->place, layout ? "layout" : "paint", name);
    const FmStyleProperty property = fm__property_find(layer->type, layout, name, at->error);
    if (property == FM_N_PROPS) {
        g_prefix_error(at->error, "%s: ", where);
        return FALSE;
    }
    return fm__property_value_parse(fm__property_spec(property), json, &layer->arena, where,
                                    &layer->properties[property], at->error);
}

static gboolean read_group(FmStyleLayer *layer, JsonObject *json, const char *group,
                           const FmPlace *at)
{
    if (!json_object_has_member(json, group)) {
        return TRUE;
    }
    JsonObjectIter iter;
    const char *name = NULL;
    JsonNode *value = NULL;
    json_object_iter_init_ordered(&iter, json_object_get_object_member(json, group));
    while (json_object_iter_next_ordered(&iter, &name, &value)) {
        if (!read_property(layer, strcmp(group, "layout") == 0, name, value, at)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* A default that is an expression belongs to the layer, as if it were written there. */
static gboolean read_default_ramp(FmStyleLayer *layer, const FmPlace *at)
{
    const FmPropertySpec *spec = fm__property_spec(FM_PROP_HEATMAP_COLOR);
    FmPropertyValue *value = &layer->properties[FM_PROP_HEATMAP_COLOR];
    if (layer->type != FM_STYLE_HEATMAP || value->given) {
        return TRUE;
    }
    g_autoptr(JsonNode) json = fm__json_parse(spec->fallback, at->error);
    const gboolean good = json != NULL && fm__property_value_parse(spec, json, &layer->arena,
                                                                   spec->name, value, at->error);
    value->given = FALSE;
    return good;
}

/* metadata["facmap:text-field"]: the text in one language, or in both. */
static gboolean read_texts(FmStyleLayer *layer, const FmPlace *at)
{
    static const char *const key = "facmap:text-field";
    JsonNode *json = layer->metadata != NULL ? json_object_get_member(layer->metadata, key) : NULL;
    if (json == NULL) {
        return TRUE;
    }
    g_autofree char *place = g_strdup_printf("%s: metadata.%s", at->place, key);
    const FmPlace here = {place, at->error};
    if (layer->type != FM_STYLE_SYMBOL) {
        return fm__document_error(&here, FM_ERROR_PARSE, "only symbol layers have a text");
    }
    const FmMember members[FM_N_TEXTS] = {{fm__text_languages[FM_TEXT_EN], FM_MEMBER_ANY},
                                          {fm__text_languages[FM_TEXT_ZH], FM_MEMBER_ANY},
                                          {fm__text_languages[FM_TEXT_BOTH], FM_MEMBER_ANY}};
    if (!JSON_NODE_HOLDS_OBJECT(json)) {
        return fm__document_error(&here, FM_ERROR_PARSE,
                                  "an object with \"en\", \"zh\" or \"both\" expected");
    }
    JsonObject *texts = json_node_get_object(json);
    if (!fm__document_check_members(texts, members, G_N_ELEMENTS(members), &here)) {
        return FALSE;
    }
    for (gsize i = 0; i < FM_N_TEXTS; i++) {
        JsonNode *text = json_object_get_member(texts, fm__text_languages[i]);
        g_autofree char *where = g_strdup_printf("%s.%s", place, fm__text_languages[i]);
        if (text != NULL &&
            !fm__property_value_parse(fm__property_spec(FM_PROP_TEXT_FIELD), text, &layer->arena,
                                      where, &layer->texts[i], at->error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* ---- fields ----------------------------------------------------------------------------- */

static void add_fields(GHashTable *set, const FmExpr *expr)
{
    if (expr != NULL) {
        g_auto(GStrv) fields = fm__expr_fields(expr);
        for (gsize i = 0; fields[i] != NULL; i++) {
            g_hash_table_add(set, g_strdup(fields[i]));
        }
    }
}

static char **collect_fields(const FmStyleLayer *layer)
{
    g_autoptr(GHashTable) set = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    add_fields(set, layer->filter);
    for (gsize i = 0; i < FM_N_PROPS; i++) {
        add_fields(set, layer->properties[i].expr);
    }
    for (gsize i = 0; i < FM_N_TEXTS; i++) {
        add_fields(set, layer->texts[i].expr);
    }
    return fm__names_sorted(set);
}

/* ---- the layer -------------------------------------------------------------------------- */

static gboolean read_layer(FmStyleLayer *layer, JsonObject *json, const FmStyle *style,
                           JsonObject *sources, const FmPlace *at)
{
    if (!fm__document_check_members(json, layer_members, G_N_ELEMENTS(layer_members), at) ||
        !read_type(layer, json, at) || !read_source(layer, json, style, sources, at) ||
        !read_zoom(json, "minzoom", 0, &layer->min_zoom, at) ||
        !read_zoom(json, "maxzoom", 24, &layer->max_zoom, at)) {
        return FALSE;
    }
    if (json_object_has_member(json, "metadata")) {
        layer->metadata = json_object_get_object_member(json, "metadata");
    }
    JsonNode *filter = json_object_get_member(json, "filter");
    if (filter != NULL) {
        g_autofree char *where = g_strdup_printf("%s: filter", at->place);
        layer->filter = fm__filter_compile(filter, where, at->error);
        if (layer->filter == NULL) {
            return FALSE;
        }
    }
    return read_group(layer, json, "layout", at) && read_group(layer, json, "paint", at) &&
           read_default_ramp(layer, at) && read_texts(layer, at);
}

FmStyleLayer *fm__layer_new(JsonNode *json, const FmStyle *style, JsonObject *sources,
                            const FmPlace *at)
{
    JsonObject *object = JSON_NODE_HOLDS_OBJECT(json) ? json_node_get_object(json) : NULL;
    JsonNode *id = object != NULL ? json_object_get_member(object, "id") : NULL;
    if (id == NULL || fm__json_string(id) == NULL) {
        fm__document_error(at, FM_ERROR_PARSE, "a layer is an object with an \"id\"");
        return NULL;
    }
    g_autoptr(FmStyleLayer) layer = g_new0(FmStyleLayer, 1);
    fm__arena_init(&layer->arena, NULL, 0);
    layer->id = g_strdup(fm__json_string(id));
    layer->defaults = style->defaults;
    for (gsize i = 0; i < FM_N_PROPS; i++) {
        layer->properties[i].constant = style->defaults[i];
    }
    g_autofree char *place = g_strdup_printf("%s '%s'", at->place, layer->id);
    const FmPlace here = {place, at->error};
    if (!read_layer(layer, object, style, sources, &here)) {
        return NULL;
    }
    layer->fields = collect_fields(layer);
    return g_steal_pointer(&layer);
}
