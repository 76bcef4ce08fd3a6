/* Which CRS a layer was loaded with: what the run that wrote it last was told. */
#include "check-internal.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* The "crs" of the layer's source; a run with one source may not name the layer. */
static char *crs_in(const char *parameters, const char *layer)
{
    /* Whoever made the file may have put anything there. */
    g_autofree char *strict = parameters ? fm_json_strict(parameters, -1, NULL) : NULL;
    g_autoptr(JsonNode) root = strict ? json_from_string(strict, NULL) : NULL;
    if (!root || !JSON_NODE_HOLDS_OBJECT(root))
        return NULL;
    JsonObject *object = json_node_get_object(root);
    JsonNode *node = json_object_get_member(object, "sources");
    if (!node || !JSON_NODE_HOLDS_ARRAY(node))
        return NULL;
    JsonArray *sources = json_node_get_array(node);
    guint n = json_array_get_length(sources);
    for (guint i = 0; i < n; i++) {
        if (!JSON_NODE_HOLDS_OBJECT(json_array_get_element(sources, i)))
            continue;
        JsonObject *source = json_array_get_object_element(sources, i);
        const char *name = json_object_get_string_member_with_default(source, "layer", NULL);
        if (name ? strcmp(name, layer) == 0 : n == 1)
            return g_strdup(json_object_get_string_member_with_default(source, "crs", NULL));
    }
    return NULL;
}

char *fm_declared_crs(const FmTable *runs, const FmLayerInfo *info)
{
    gsize id = fm_table_find_column(runs, "id");
    gsize command = fm_table_find_column(runs, "command");
    gsize parameters = fm_table_find_column(runs, "parameters");
    for (gsize row = 0; row < fm_table_n_rows(runs); row++)
        if (fm_table_integer(runs, id, row) == info->run_id &&
            g_strcmp0(fm_table_text(runs, command, row), "load") == 0)
            return crs_in(fm_table_text(runs, parameters, row), info->name);
    return NULL;
}
