/* The document: root members, sources, the list of layers. */
#include "style-document.h"

#include "filter.h"

#include <string.h>

/* ---- errors and members ----------------------------------------------------------------- */

gboolean fm__document_error(const FmPlace *at, FmError code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *message = g_strdup_vprintf(format, args);
    va_end(args);
    g_set_error(at->error, FM_ERROR, (gint)code, "%s: %s", at->place, message);
    return FALSE;
}

const char *fm__json_kind(JsonNode *json)
{
    return JSON_NODE_HOLDS_NULL(json)    ? "null"
           : JSON_NODE_HOLDS_ARRAY(json) ? "array"
                                         : fm__json_type_name(json);
}

static gboolean check_member(const FmMember *member, JsonNode *json, const FmPlace *at)
{
    const char *wanted = NULL;
    switch (member->type) {
    case FM_MEMBER_ANY:
        return TRUE;
    case FM_MEMBER_UNSUPPORTED:
        return fm__document_error(at, FM_ERROR_UNSUPPORTED,
                                  "%s: facmap does not implement it; remove it", member->name);
    case FM_MEMBER_STRING:
        wanted = fm__json_string(json) == NULL ? "string" : NULL;
        break;
    case FM_MEMBER_NUMBER:
        wanted = fm__json_is_number(json) ? NULL : "number";
        break;
    case FM_MEMBER_OBJECT:
        wanted = JSON_NODE_HOLDS_OBJECT(json) ? NULL : "object";
        break;
    case FM_MEMBER_ARRAY:
        wanted = JSON_NODE_HOLDS_ARRAY(json) ? NULL : "array";
        break;
    }
    return wanted == NULL || fm__document_error(at, FM_ERROR_PARSE, "%s: %s expected, %s found",
                                                member->name, wanted, fm__json_kind(json));
}

static gboolean unknown_member(const char *name, const FmMember *members, gsize n,
                               const FmPlace *at)
{
    g_autofree const char **names = g_new0(const char *, n + 1);
    for (gsize i = 0; i < n; i++) {
        names[i] = members[i].name;
    }
    const char *nearest = fm__nearest_name(name, names);
    return nearest != NULL
               ? fm__document_error(at, FM_ERROR_PARSE,
                                    "unknown member \"%s\"; did you mean \"%s\"?", name, nearest)
               : fm__document_error(at, FM_ERROR_PARSE, "unknown member \"%s\"", name);
}

gboolean fm__document_check_members(JsonObject *json, const FmMember *members, gsize n,
                                    const FmPlace *at)
{
    JsonObjectIter iter;
    const char *name = NULL;
    JsonNode *value = NULL;
    json_object_iter_init_ordered(&iter, json);
    while (json_object_iter_next_ordered(&iter, &name, &value)) {
        gsize i = 0;
        while (i < n && strcmp(members[i].name, name) != 0) {
            i++;
        }
        if (i == n ? !unknown_member(name, members, n, at)
                   : !check_member(&members[i], value, at)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* ---- root ------------------------------------------------------------------------------- */

/* light, transition and the camera say how a screen shows the map: they are allowed and mean
 * nothing on paper.  Icons and fonts are found by facmap itself, so are sprite and glyphs. */
static const FmMember root_members[] = {
    {"version", FM_MEMBER_NUMBER},      {"name", FM_MEMBER_STRING},
    {"metadata", FM_MEMBER_OBJECT},     {"center", FM_MEMBER_ARRAY},
    {"zoom", FM_MEMBER_NUMBER},         {"bearing", FM_MEMBER_NUMBER},
    {"pitch", FM_MEMBER_NUMBER},        {"light", FM_MEMBER_OBJECT},
    {"sources", FM_MEMBER_OBJECT},      {"sprite", FM_MEMBER_ANY},
    {"glyphs", FM_MEMBER_STRING},       {"transition", FM_MEMBER_OBJECT},
    {"layers", FM_MEMBER_ARRAY},        {"sky", FM_MEMBER_UNSUPPORTED},
    {"terrain", FM_MEMBER_UNSUPPORTED}, {"projection", FM_MEMBER_UNSUPPORTED},
    {"state", FM_MEMBER_UNSUPPORTED},   {"font-faces", FM_MEMBER_UNSUPPORTED},
    {"roll", FM_MEMBER_UNSUPPORTED},    {"centerAltitude", FM_MEMBER_UNSUPPORTED},
};

static gboolean check_root(JsonObject *root, const FmPlace *at)
{
    const int version = 8;
    JsonNode *written = json_object_get_member(root, "version");
    if (written == NULL || !fm__json_is_number(written) ||
        json_node_get_double(written) != version) {
        return fm__document_error(at, FM_ERROR_PARSE,
                                  "version: a MapLibre style of version %d is expected", version);
    }
    if (!fm__document_check_members(root, root_members, G_N_ELEMENTS(root_members), at)) {
        return FALSE;
    }
    static const char *const required[] = {"sources", "layers"};
    for (gsize i = 0; i < G_N_ELEMENTS(required); i++) {
        if (!json_object_has_member(root, required[i])) {
            return fm__document_error(at, FM_ERROR_PARSE, "missing required property \"%s\"",
                                      required[i]);
        }
    }
    return fm__sources_check(json_object_get_object_member(root, "sources"), at);
}

static gboolean read_layers(FmStyle *style, JsonObject *root, GError **error)
{
    JsonArray *layers = json_object_get_array_member(root, "layers");
    JsonObject *sources = json_object_get_object_member(root, "sources");
    for (guint i = 0; i < json_array_get_length(layers); i++) {
        g_autofree char *place = g_strdup_printf("%s: layers[%u]", style->name, i);
        const FmPlace at = {place, error};
        FmStyleLayer *layer = fm__layer_new(json_array_get_element(layers, i), style, sources, &at);
        if (layer == NULL) {
            return FALSE;
        }
        const gboolean repeated = fm_style_find_layer(style, layer->id) != NULL;
        g_ptr_array_add(style->layers, layer);
        if (repeated) {
            return fm__document_error(&at, FM_ERROR_PARSE, "the layer id '%s' is used twice",
                                      layer->id);
        }
    }
    return TRUE;
}

FmStyle *fm_style_parse(const char *text, const char *name, GError **error)
{
    g_return_val_if_fail(text != NULL && name != NULL, NULL);
    return fm__style_parse(text, name, NULL, error);
}

FmStyle *fm__style_parse(const char *text, const char *name, const char *folder, GError **error)
{
    g_autoptr(FmStyle) style = g_new0(FmStyle, 1);
    g_atomic_ref_count_init(&style->n_refs);
    style->name = g_strdup(name);
    style->folder = g_strdup(folder);
    style->sha256 = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
    style->layers = g_ptr_array_new_with_free_func(fm__layer_free);
    fm__arena_init(&style->arena, NULL, 0);
    for (FmStyleProperty i = 0; i < FM_N_PROPS; i++) {
        style->defaults[i] = fm__property_default(fm__property_spec(i), &style->arena);
    }
    const FmPlace at = {name, error};
    style->json = fm__json_parse(text, error);
    if (style->json == NULL) {
        g_prefix_error(error, "%s: ", name);
        return NULL;
    }
    if (!JSON_NODE_HOLDS_OBJECT(style->json)) {
        fm__document_error(&at, FM_ERROR_PARSE, "a style is a JSON object");
        return NULL;
    }
    JsonObject *root = json_node_get_object(style->json);
    if (!check_root(root, &at)) {
        return NULL;
    }
    if (json_object_has_member(root, "metadata")) {
        style->metadata = json_object_get_object_member(root, "metadata");
    }
    return read_layers(style, root, error) ? g_steal_pointer(&style) : NULL;
}

FmStyle *fm_style_open(const char *path, GError **error)
{
    g_return_val_if_fail(path != NULL, NULL);
    g_autofree char *text = NULL;
    gsize length = 0;
    g_autoptr(GError) file_error = NULL;
    if (!g_file_get_contents(path, &text, &length, &file_error)) {
        const gboolean absent = g_error_matches(file_error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
        g_set_error(error, FM_ERROR, absent ? FM_ERROR_NOT_FOUND : FM_ERROR_IO, "style '%s': %s",
                    path, g_strerror(errno));
        return NULL;
    }
    g_autofree char *name = g_path_get_basename(path);
    if (strlen(text) != length) {
        g_set_error(error, FM_ERROR, FM_ERROR_PARSE, "%s: not a text file (it has NUL bytes)",
                    name);
        return NULL;
    }
    g_autofree char *folder = g_path_get_dirname(path);
    return fm__style_parse(text, name, folder, error);
}

FmStyle *fm__style_share(const FmStyle *style)
{
    FmStyle *shared = (FmStyle *)(guintptr)style; /* only its counter is written */
    g_atomic_ref_count_inc(&shared->n_refs);
    return shared;
}

void fm_style_free(FmStyle *style)
{
    if (style == NULL || !g_atomic_ref_count_dec(&style->n_refs)) {
        return;
    }
    g_ptr_array_unref(style->layers);
    g_clear_pointer(&style->json, json_node_unref);
    fm__arena_clear(&style->arena);
    g_free(style->name);
    g_free(style->sha256);
    g_free(style->folder);
    g_free(style);
}

/* ---- what it holds ---------------------------------------------------------------------- */

const char *fm_style_name(const FmStyle *style)
{
    g_return_val_if_fail(style != NULL, NULL);
    return style->name;
}

const char *fm_style_sha256(const FmStyle *style)
{
    g_return_val_if_fail(style != NULL, NULL);
    return style->sha256;
}

gsize fm_style_n_layers(const FmStyle *style)
{
    g_return_val_if_fail(style != NULL, 0);
    return style->layers->len;
}

const FmStyleLayer *fm_style_layer(const FmStyle *style, gsize i)
{
    g_return_val_if_fail(style != NULL && i < style->layers->len, NULL);
    return g_ptr_array_index(style->layers, i);
}

const FmStyleLayer *fm_style_find_layer(const FmStyle *style, const char *id)
{
    g_return_val_if_fail(style != NULL && id != NULL, NULL);
    for (guint i = 0; i < style->layers->len; i++) {
        const FmStyleLayer *layer = g_ptr_array_index(style->layers, i);
        if (strcmp(layer->id, id) == 0) {
            return layer;
        }
    }
    return NULL;
}

JsonObject *fm__style_metadata(const FmStyle *style)
{
    return style->metadata;
}

gboolean fm_style_check_sources(const FmStyle *style, FmStyleHasLayer has_layer,
                                FmStyleHasField has_field, void *user, GError **error)
{
    g_return_val_if_fail(style != NULL && has_layer != NULL && has_field != NULL, FALSE);
    for (guint i = 0; i < style->layers->len; i++) {
        const FmStyleLayer *layer = g_ptr_array_index(style->layers, i);
        if (layer->source_layer == NULL) {
            continue;
        }
        if (!has_layer(layer->source_layer, user)) {
            g_set_error(error, FM_ERROR, FM_ERROR_NOT_FOUND,
                        "%s: layer '%s' draws the workspace layer '%s', which does not exist",
                        style->name, layer->id, layer->source_layer);
            return FALSE;
        }
        for (gsize j = 0; layer->fields[j] != NULL; j++) {
            if (!has_field(layer->source_layer, layer->fields[j], user)) {
                g_set_error(error, FM_ERROR, FM_ERROR_NOT_FOUND,
                            "%s: layer '%s' reads the field '%s', which the workspace layer '%s' "
                            "does not have",
                            style->name, layer->id, layer->fields[j], layer->source_layer);
                return FALSE;
            }
        }
    }
    return TRUE;
}
