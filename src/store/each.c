/* A layer from its first row to its last, for those who do not keep it. */
#include "store-internal.h"

gboolean fm_workspace_each_id(FmWorkspace *workspace, const char *layer,
                              void (*visit)(const char *id, void *user), void *user, GError **error)
{
    g_autoptr(FmLayerInfo) info = fm_workspace_layer(workspace, layer, error);
    g_autoptr(FmLayerShape) shape =
        info != NULL ? fm_layer_shape_new(workspace, layer, error) : NULL;
    gboolean more = FALSE;

    if (shape == NULL || fm_layer_shape_find(shape, "id") == FM_COLUMN_NONE) {
        return shape != NULL;
    }
    g_autofree char *sql =
        g_strdup_printf("SELECT id FROM %s WHERE id IS NOT NULL ORDER BY " FM_FID, shape->table);
    g_autoptr(sqlite3_stmt) statement = fm_sql_prepare(workspace, sql, error);
    if (statement == NULL || !fm_sql_step(workspace, statement, &more, error)) {
        return FALSE;
    }
    while (more) {
        visit((const char *)sqlite3_column_text(statement, 0), user);
        if (!fm_sql_step(workspace, statement, &more, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

gboolean fm_workspace_each_part(FmWorkspace *workspace, const char *layer, FmPartFunc visit,
                                void *user, const FmProgress *progress, GError **error)
{
    g_autoptr(FmLayerInfo) info = fm_workspace_layer(workspace, layer, error);
    g_autoptr(FmReader) reader = info != NULL ? fm_reader_new(workspace, layer, NULL, error) : NULL;
    g_autoptr(GArray) fids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autofree char *stage = g_strdup_printf("reading %s", layer);

    if (reader == NULL) {
        return FALSE;
    }
    for (gboolean more = TRUE; more;) {
        g_autoptr(FmTable) rows = fm_reader_columns(reader);
        double ratio = (double)fm_reader_n_seen(reader) / (double)MAX(info->n_rows, 1);
        g_array_set_size(fids, 0);
        if (!fm_progress_report(progress, MIN(ratio, 1), stage, error) ||
            !fm_reader_next(reader, rows, fids, &more, error) ||
            !visit(rows, (const gint64 *)(const void *)fids->data, user, error)) {
            return FALSE;
        }
    }
    return fm_progress_report(progress, 1, stage, error);
}
