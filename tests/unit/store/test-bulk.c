/* Rows that go into a table several at a time: around every border, and what a refused row says. */
#include "fm-unit.h"
#include "support.h"

/* In a transaction that is left open: only a run may commit. */
static void begin_table(FmWorkspace *workspace)
{
    g_assert_true(fm_sql_run(workspace, NULL, "BEGIN", ""));
    g_assert_true(fm_sql_run(workspace, NULL, "CREATE TABLE t (a INTEGER PRIMARY KEY, b)", ""));
}

static gboolean put(FmBulk *bulk, gsize from, gsize n, GError **error)
{
    for (gsize i = 0; i < n; i++) {
        int first = 0;
        sqlite3_stmt *statement = fm_bulk_row(bulk, n - i, &first);
        sqlite3_bind_int64(statement, first, (gint64)(from + i));
        sqlite3_bind_int64(statement, first + 1, (gint64)(10 * (from + i)));
        if (!fm_bulk_put(bulk, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static void test_borders(void)
{
    static const gsize counts[] = {0, 1, 15, 16, 17, 31, 32, 33, 100};
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(GError) error = NULL;
    g_auto(FmBulk) bulk = {NULL};
    gsize n = 0;

    begin_table(workspace);
    g_assert_true(fm_bulk_init(&bulk, workspace, "t", "(?, ?)", 2, &error));
    for (gsize i = 0; i < G_N_ELEMENTS(counts); i++) {
        g_autofree char *expect = NULL;
        g_assert_true(put(&bulk, n, counts[i], &error));
        n += counts[i];
        expect = g_strdup_printf("%" G_GSIZE_FORMAT, n);
        test_assert_query(workspace, "SELECT COUNT(*) FROM t WHERE b = 10 * a", expect);
    }
    g_assert_false(put(&bulk, 0, 1, &error));
    test_assert_error(&error, FM_ERROR_DATA, "UNIQUE");
    g_assert_false(put(&bulk, 0, 16, &error));
    test_assert_error(&error, FM_ERROR_DATA, "UNIQUE");
}

/* So many columns that a statement has room for one row only. */
static void test_wide(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(GError) error = NULL;
    g_auto(FmBulk) bulk = {NULL};

    sqlite3_limit(workspace->db, SQLITE_LIMIT_VARIABLE_NUMBER, 3);
    begin_table(workspace);
    g_assert_true(fm_bulk_init(&bulk, workspace, "t", "(?, ?)", 2, &error));
    g_assert_true(put(&bulk, 1, 40, &error));
    test_assert_query(workspace, "SELECT COUNT(*) FROM t WHERE b = 10 * a", "40");
}

static void test_errors(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(GError) error = NULL;
    g_auto(FmBulk) bulk = {NULL};

    g_assert_false(fm_bulk_init(&bulk, workspace, "nowhere", "(?)", 1, &error));
    test_assert_error(&error, FM_ERROR_DATABASE, "nowhere");
}

void test_bulk(void)
{
    g_test_add_func("/store/bulk/borders", test_borders);
    g_test_add_func("/store/bulk/wide", test_wide);
    g_test_add_func("/store/bulk/errors", test_errors);
}
