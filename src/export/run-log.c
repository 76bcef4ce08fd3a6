/* The workspace's run log as one JSON document, for whoever gets the GeoPackage. */

#include "export-internal.h"

#include <json-glib/json-glib.h>

static JsonNode *cell(const FmTable *table, gsize column, gsize row)
{
    if (fm_table_is_null(table, column, row))
        return json_node_init_null(json_node_alloc());
    if (fm_table_column_type(table, column) == FM_COLUMN_INTEGER)
        return json_node_init_int(json_node_alloc(), fm_table_integer(table, column, row));
    g_autofree char *text = fm_table_dup_as_text(table, column, row);
    /* Parameters and inputs are JSON already: nest them instead of quoting them. */
    if (*text == '{' || *text == '[') {
        g_autofree char *strict = fm_json_strict(text, -1, NULL);
        JsonNode *nested = strict != NULL ? json_from_string(strict, NULL) : NULL;
        if (nested != NULL)
            return nested;
    }
    return json_node_init_string(json_node_alloc(), text);
}

char *fm__run_log_json(FmWorkspace *workspace, GError **error)
{
    g_autoptr(FmTable) runs = fm_workspace_runs(workspace, error);
    if (runs == NULL)
        return NULL;
    JsonArray *list = json_array_new();
    for (gsize row = 0; row < fm_table_n_rows(runs); row++) {
        JsonObject *run = json_object_new();
        for (gsize c = 0; c < fm_table_n_columns(runs); c++)
            json_object_set_member(run, fm_table_column_name(runs, c), cell(runs, c, row));
        json_array_add_object_element(list, run);
    }
    g_autoptr(JsonObject) document = json_object_new();
    json_object_set_string_member(document, "facmap", "run-log");
    json_object_set_string_member(document, "version", fm_version());
    json_object_set_array_member(document, "runs", list);
    g_autoptr(JsonNode) root = json_node_init_object(json_node_alloc(), document);
    return json_to_string(root, TRUE);
}
