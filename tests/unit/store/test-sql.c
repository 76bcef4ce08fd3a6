/* The SQL helpers: values, identifiers, the translator of errors, and the guard of commits. */
#include "fm-unit.h"
#include "support.h"

static void test_values(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(GError) error = NULL;
    g_autofree char *text = NULL, *null = NULL, *none = NULL;
    gint64 integer = -1;

    g_assert_true(fm_sql_text(workspace, &text, &error, "SELECT ?1 || ?2 || ?3", "tid", "a'\"",
                              G_GINT64_CONSTANT(-5), 0.5));
    g_assert_cmpstr(text, ==, "a'\"-50.5");
    g_assert_true(fm_sql_text(workspace, &null, &error, "SELECT ?1", "t", NULL));
    g_assert_null(null);
    g_assert_true(fm_sql_text(workspace, &none, &error, "SELECT 1 WHERE 0", ""));
    g_assert_null(none);
    g_assert_true(fm_sql_integer(workspace, &integer, &error, "SELECT 7 WHERE 0", ""));
    g_assert_cmpint(integer, ==, 0);
    g_assert_false(fm_sql_run(workspace, &error, "SELECT ?1", "tt", "a", "b"));
    test_assert_error(&error, FM_ERROR_DATABASE, "out of range");
    g_assert_false(fm_sql_run(workspace, &error, "SELEC", ""));
    test_assert_error(&error, FM_ERROR_DATABASE, "syntax error");
}

static void test_quote(void)
{
    static const char *const names[] = {"a", "名称", "a\"b", "\"\"", "x]`'; --", "select"};
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *quoted = fm_sql_quote(names[i]);
        g_autofree char *sql = g_strdup_printf("SELECT 1 AS %s", quoted);
        g_autoptr(GError) error = NULL;
        g_autoptr(sqlite3_stmt) statement = fm_sql_prepare(workspace, sql, &error);
        g_assert_no_error(error);
        g_assert_cmpstr(sqlite3_column_name(statement, 0), ==, names[i]);
    }
}

static void test_translator(void)
{
    static const struct {
        int code;
        FmError expect;
        const char *part;
    } cases[] = {
        {SQLITE_BUSY, FM_ERROR_DATABASE, "is locked"},
        {SQLITE_BUSY_SNAPSHOT, FM_ERROR_DATABASE, "is locked"},
        {SQLITE_LOCKED, FM_ERROR_DATABASE, "is locked"},
        {SQLITE_FULL, FM_ERROR_IO, "the disk is full"},
        {SQLITE_READONLY_DBMOVED, FM_ERROR_DATABASE, "is read-only"},
        {SQLITE_CORRUPT, FM_ERROR_DATABASE, "is damaged"},
        {SQLITE_NOTADB, FM_ERROR_DATABASE, "is damaged"},
        {SQLITE_IOERR_READ, FM_ERROR_IO, "a.sqlite"},
        {SQLITE_CANTOPEN, FM_ERROR_IO, "a.sqlite"},
        {SQLITE_NOMEM, FM_ERROR_LIMIT, "a.sqlite"},
        {SQLITE_TOOBIG, FM_ERROR_LIMIT, "a.sqlite"},
        {SQLITE_CONSTRAINT_CHECK, FM_ERROR_DATA, "a.sqlite"},
        {SQLITE_ERROR, FM_ERROR_DATABASE, "a.sqlite"},
    };
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_false(fm_sql_fail(workspace, cases[i].code, &error));
        test_assert_error(&error, cases[i].expect, cases[i].part);
    }
}

static void test_spatial(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(GError) error = NULL;

    g_assert_true(fm_sql_run(workspace, &error, "BEGIN", ""));
    g_assert_false(fm_sql_spatial(workspace, &error, "SELECT CreateSpatialIndex(?1, 'geom')", "t",
                                  "no_such_table"));
    test_assert_error(&error, FM_ERROR_DATABASE, "SpatiaLite refused SELECT CreateSpatialIndex");
    fm_sql_rollback(workspace);
    fm_sql_rollback(workspace); /* nothing open: nothing happens */
}

/* Nothing is committed that was not announced, inside a transaction or outside. */
static void test_no_commit_unannounced(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(GError) error = NULL;

    g_assert_false(fm_sql_run(workspace, &error, "INSERT INTO fm_meta VALUES ('a', 'b')", ""));
    g_clear_error(&error);
    g_assert_true(fm_sql_run(workspace, &error, "BEGIN", ""));
    g_assert_true(fm_sql_run(workspace, &error, "INSERT INTO fm_meta VALUES ('a', 'b')", ""));
    g_assert_false(fm_sql_run(workspace, &error, "COMMIT", ""));
    g_clear_error(&error);
    fm_sql_rollback(workspace);
    test_assert_query(workspace, "SELECT COUNT(*) FROM fm_meta", "0");

    g_assert_true(fm_sql_run(workspace, &error, "BEGIN", ""));
    g_assert_true(fm_sql_run(workspace, &error, "INSERT INTO fm_meta VALUES ('a', 'b')", ""));
    g_assert_true(fm_sql_commit(workspace, &error));
    test_assert_query(workspace, "SELECT COUNT(*) FROM fm_meta", "1");
}

void test_sql(void)
{
    g_test_add_func("/store/sql/values", test_values);
    g_test_add_func("/store/sql/quote", test_quote);
    g_test_add_func("/store/sql/translator", test_translator);
    g_test_add_func("/store/sql/spatial", test_spatial);
    g_test_add_func("/store/sql/no-commit-unannounced", test_no_commit_unannounced);
}
