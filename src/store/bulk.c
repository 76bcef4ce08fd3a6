/* Many rows into a table, several to a statement: what SQLite does around a statement costs as much
 * as what it does for a row. */
#include "store-internal.h"

#define ROWS_AT_ONCE 16

static sqlite3_stmt *prepare_rows(FmWorkspace *workspace, const char *table, const char *row, int n,
                                  GError **error)
{
    g_autoptr(GString) sql = g_string_new(NULL);

    /* OR FAIL: the caller undoes everything, so SQLite need not be able to undo the statement. */
    g_string_printf(sql, "INSERT OR FAIL INTO %s VALUES %s", table, row);
    for (int i = 1; i < n; i++) {
        g_string_append_printf(sql, ", %s", row);
    }
    return fm_sql_prepare(workspace, sql->str, error);
}

gboolean fm_bulk_init(FmBulk *bulk, FmWorkspace *workspace, const char *table, const char *row,
                      gsize n_values, GError **error)
{
    gsize limit = (gsize)sqlite3_limit(workspace->db, SQLITE_LIMIT_VARIABLE_NUMBER, -1);
    gsize n_rows = CLAMP(limit / MAX(n_values, 1), 1, ROWS_AT_ONCE);

    *bulk = (FmBulk){.workspace = workspace, .n_values = n_values, .n_rows = n_rows};
    bulk->one = prepare_rows(workspace, table, row, 1, error);
    bulk->many = bulk->one != NULL ? prepare_rows(workspace, table, row, (int)n_rows, error) : NULL;
    return bulk->many != NULL;
}

void fm_bulk_clear(FmBulk *bulk)
{
    sqlite3_finalize(bulk->one);
    sqlite3_finalize(bulk->many);
    bulk->one = bulk->many = NULL;
}

sqlite3_stmt *fm_bulk_row(FmBulk *bulk, gsize n_left, int *first)
{
    if (bulk->n_bound == 0) {
        bulk->wide = n_left >= bulk->n_rows;
    }
    *first = (int)(bulk->n_bound * bulk->n_values) + 1;
    return bulk->wide ? bulk->many : bulk->one;
}

gboolean fm_bulk_put(FmBulk *bulk, GError **error)
{
    sqlite3_stmt *statement = bulk->wide ? bulk->many : bulk->one;

    if (++bulk->n_bound < (bulk->wide ? bulk->n_rows : 1)) {
        return TRUE;
    }
    bulk->n_bound = 0;
    int code = sqlite3_step(statement);
    if (code != SQLITE_DONE) {
        return fm_sql_fail(bulk->workspace, code, error);
    }
    sqlite3_reset(statement);
    return TRUE;
}
