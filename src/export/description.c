/* What the workspace says of a layer beside its rows, as a dataset manifest of one source: the form
 * that `load` reads anyway.  Loaded again, the layer has its titles, licence and source, and
 * modelled data are still called so. */

#include "export-internal.h"

#include <json-glib/json-glib.h>

static void add_text(JsonObject *object, const char *key, const char *value)
{
    if (value != NULL)
        json_object_set_string_member(object, key, value);
}

/* {"en": …, "zh": …}; nothing without either. */
static void add_titles(JsonObject *object, const char *key, const char *en, const char *zh)
{
    if (en == NULL && zh == NULL)
        return;
    JsonObject *titles = json_object_new();
    add_text(titles, "en", en);
    add_text(titles, "zh", zh);
    json_object_set_object_member(object, key, titles);
}

static JsonObject *source_of(const FmWrittenLayer *layer)
{
    const FmLayerInfo *info = layer->info;
    JsonObject *source = json_object_new();
    JsonObject *columns = json_object_new();
    add_text(source, "path", info->name);
    /* A result is what a command made: elsewhere it is a layer as any other. */
    if (g_strcmp0(info->kind, "result") != 0)
        add_text(source, "kind", info->kind);
    add_titles(source, "title", info->title_en, info->title_zh);
    add_text(source, "licence", info->licence);
    add_text(source, "source", info->source);
    add_text(source, "note", info->note);
    if (info->modelled)
        json_object_set_boolean_member(source, "modelled", TRUE);
    for (guint i = 0; i < layer->columns->len; i++) {
        const FmExportColumn *column = g_ptr_array_index(layer->columns, i);
        add_titles(columns, column->name, column->title_en, column->title_zh);
    }
    json_object_set_object_member(source, "columns", columns);
    return source;
}

char *fm__layer_description(const FmWrittenLayer *layer)
{
    g_autoptr(JsonObject) document = json_object_new();
    JsonArray *sources = json_array_new();
    json_object_set_string_member(document, "facmap", "dataset");
    json_object_set_int_member(document, "version", 1);
    json_array_add_object_element(sources, source_of(layer));
    json_object_set_array_member(document, "sources", sources);
    g_autoptr(JsonNode) root = json_node_init_object(json_node_alloc(), document);
    return json_to_string(root, TRUE);
}
