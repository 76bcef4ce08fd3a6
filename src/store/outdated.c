/* Layers that are older than what they were made from.  The run that wrote a layer has kept the
 * content hash of each layer that it read; a hash that is another one now says that the command
 * would give another result today. */
#include "store-internal.h"

/* What a run wrote itself it may have read before; that is no reason. */
static const char query[] =
    "SELECT json_extract(i.value, '$.layer'), now.name IS NULL"
    " FROM fm_layer made JOIN fm_run r ON r.id = made.run_id JOIN json_each(r.inputs) i"
    " LEFT JOIN fm_layer now ON now.name = json_extract(i.value, '$.layer')"
    " WHERE made.name = ?1 AND json_extract(i.value, '$.layer') IS NOT NULL"
    " AND (now.name IS NULL OR (now.run_id <> r.id"
    "      AND now.content_sha256 IS NOT json_extract(i.value, '$.sha256')))"
    " GROUP BY 1 ORDER BY min(i.key)";

GPtrArray *fm_workspace_outdated(FmWorkspace *workspace, const char *layer, GError **error)
{
    g_autoptr(FmLayerInfo) info = fm_workspace_layer(workspace, layer, error);
    g_autoptr(sqlite3_stmt) statement =
        info != NULL ? fm_sql_prepare(workspace, query, error) : NULL;
    g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func(g_free);
    gboolean row = FALSE;

    if (statement == NULL || !fm_sql_bind(workspace, statement, 1, error, "t", info->name) ||
        !fm_sql_step(workspace, statement, &row, error)) {
        return NULL;
    }
    while (row) {
        gboolean gone = sqlite3_column_int(statement, 1) != 0;
        g_ptr_array_add(notes, g_strdup_printf("'%s' was made from '%s', which %s since then: run "
                                               "its command again",
                                               info->name, sqlite3_column_text(statement, 0),
                                               gone ? "was removed" : "has changed"));
        if (!fm_sql_step(workspace, statement, &row, error)) {
            return NULL;
        }
    }
    return g_steal_pointer(&notes);
}
