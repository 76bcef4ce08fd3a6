/* Conditions: what they may do, and every way out that was thought of. */
#include "fm-unit.h"
#include "support.h"

static FmWorkspace *workspace_with_layers(const TestFolder *folder)
{
    g_autoptr(FmTable) schools = test_schools(20);
    g_autoptr(FmTable) secret = test_schools(3);
    FmWorkspace *workspace = test_new_workspace(folder, "a.sqlite");

    test_write_ok(workspace, "school", schools, FM_WRITE_CREATE);
    test_write_ok(workspace, "secret", secret, FM_WRITE_CREATE);
    return workspace;
}

static void test_accepted(void)
{
    static const struct {
        const char *where;
        gsize n;
    } cases[] = {
        {"1", 20},
        {"id = 's3'", 1},
        {"ID='s3' OR Name_zh = '第4中学'", 2},
        {"\"capacity\" > 100 AND status IS NOT NULL", 3},
        {"name_zh LIKE '第1%'", 11},
        {"id IN ('s1', 's2')", 2},
        {"(capacity) BETWEEN 0 AND 14 AND (1)", 3},
        {"id <> 'it''s -- no /* comment */; )'", 20},
        {"geom IS NULL", 1},
        {"ST_X(geom) < 180 AND GeometryType(geom) = 'POINT'", 19},
        {"MbrIntersects(geom, GeomFromText('POLYGON((0 0,180 0,180 90,0 90,0 0))', 4326)) = 1", 19},
        {"capacity = (SELECT MAX(capacity) FROM school)", 1},
        {"fid <= 2", 2},
        {"iif(opens = '2019', 1, 0)", 7},
        {"length(id) = 3 AND CAST(substr(id, 2) AS INTEGER) >= 15", 5},
        {"CASE status WHEN 'planned' THEN 1 ELSE 0 END", 5},
    };
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = workspace_with_layers(&folder);

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        FmFilter filter = {.where = cases[i].where};
        g_autoptr(GError) error = NULL;
        g_autoptr(FmTable) table = fm_workspace_read(workspace, "school", &filter, NULL, &error);
        g_test_message("%s", cases[i].where);
        g_assert_no_error(error);
        g_assert_cmpuint(fm_table_n_rows(table), ==, cases[i].n);
    }
}

static void test_refused(void)
{
    static const struct {
        const char *where, *part;
    } cases[] = {
        {"", "syntax error"},
        {"foo = 1", "no such column: foo; columns are id, name_zh, status, opens, capacity, "
                    "area_ha; text is written in single quotes"},
        {"name_zh = \"第4中学\"", "no such column: 第4中学"},
        {"id = 's3' ORDER BY id", "syntax error"},
        {"id = ?1", "parameters such as"},
        {"id = :id", "parameters such as"},
        {"COUNT(*) > 1", "misuse of aggregate"},
        /* out of the parentheses */
        {"1) OR (1", "a ')' has no '('"},
        {"1) UNION SELECT 1 FROM secret", "a ')' has no '('"},
        {"1 UNION SELECT * FROM secret --", "comments are not allowed"},
        {"1) --", "a ')' has no '('"},
        {"1 /* ", "comments are not allowed"},
        {"1 -- x", "comments are not allowed"},
        {"(1", "a '(' is not closed"},
        {"id = 'x", "a quote is not closed"},
        {"\"id = 1", "a quote is not closed"},
        {"[id = 1", "a quote is not closed"},
        {"`id = 1", "a quote is not closed"},
        {"1; DROP TABLE school", "';' is not allowed"},
        {"1;", "';' is not allowed"},
        /* to other tables */
        {"id IN (SELECT id FROM secret)", "it may read layer 'school' only, not 'secret'"},
        {"EXISTS (SELECT 1 FROM fm_run)", "not 'fm_run'"},
        {"(SELECT COUNT(*) FROM sqlite_master) > 0", "not 'sqlite_master'"},
        {"(SELECT COUNT(*) FROM main.secret) > 0", "not 'secret'"},
        {"(SELECT COUNT(*) FROM pragma_table_info('secret')) > 0", "condition"},
        {"(SELECT COUNT(*) FROM json_each('[1]')) > 0", "condition"},
        {"(WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT COUNT(*) FROM r)",
         "not 'r'"},
        {"secret.id = 's1'", "no such column: secret.id"},
        /* functions */
        {"load_extension('x')", "the function load_extension() is not allowed"},
        {"random() > 0", "the function random() is not allowed"},
        {"date('now') > opens", "the function date() is not allowed"},
        {"DropTable(NULL, 'school')", "the function droptable() is not allowed"},
        {"ST_Cutter(NULL, 'a', 'g', NULL, 'b', 'g', 'c', 1)", "st_cutter() is not allowed"},
        {"InitSpatialMetaData(1)", "initspatialmetadata() is not allowed"},
        {"rtreecheck('idx_school_geom') = 'ok'", "rtreecheck() is not allowed"},
        {"id = 's1' AND raise(ABORT, 'x')", "condition"},
        {"current_timestamp > opens", "not allowed"},
        {"\xff", "not valid UTF-8"},
    };
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = workspace_with_layers(&folder);

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        FmFilter filter = {.where = cases[i].where};
        g_autoptr(GError) error = NULL;
        g_autoptr(FmTable) table = fm_workspace_read(workspace, "school", &filter, NULL, &error);
        g_test_message("%s", cases[i].where);
        g_assert_null(table);
        test_assert_error(&error, FM_ERROR_USAGE, cases[i].part);
    }
    /* The workspace works on, its authorizer and settings gone. */
    test_assert_query(workspace, "SELECT COUNT(*) FROM secret WHERE id = 's1'", "1");
    test_assert_sound(workspace);
}

/* It compiles and fails on a row. */
static void test_fails_on_a_row(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = workspace_with_layers(&folder);
    FmFilter filter = {.where = "json_extract(name_zh, '$.a') = 1"};
    g_autoptr(GError) error = NULL;

    g_assert_null(fm_workspace_read(workspace, "school", &filter, NULL, &error));
    test_assert_error(&error, FM_ERROR_USAGE, "malformed JSON");
}

/* A column may have any name; in a condition it is quoted. */
static void test_odd_columns(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) table = fm_table_new(FM_GEOMETRY_NONE);
    g_autoptr(GError) error = NULL;
    FmFilter filter = {.where = "学校名称 = '一中' AND \"a\"\"b (c;\" > 1 AND [x y] IS NULL"};

    fm_table_add_column(table, "学校名称", FM_COLUMN_TEXT);
    fm_table_add_column(table, "a\"b (c;", FM_COLUMN_INTEGER);
    fm_table_add_column(table, "x y", FM_COLUMN_REAL);
    fm_table_append_row(table);
    fm_table_set_text(table, 0, 0, "一中");
    fm_table_set_integer(table, 1, 0, 2);
    test_write_ok(workspace, "odd", table, FM_WRITE_CREATE);
    g_autoptr(FmTable) back = fm_workspace_read(workspace, "odd", &filter, NULL, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(fm_table_n_rows(back), ==, 1);
}

void test_condition(void)
{
    g_test_add_func("/store/condition/accepted", test_accepted);
    g_test_add_func("/store/condition/refused", test_refused);
    g_test_add_func("/store/condition/fails-on-a-row", test_fails_on_a_row);
    g_test_add_func("/store/condition/odd-columns", test_odd_columns);
}
