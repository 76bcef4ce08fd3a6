/* Rows in and out: what is written is what is read; append and update; what is refused. */
#include "fm-unit.h"
#include "support.h"

#include <string.h>

static FmTable *read_all(FmWorkspace *workspace, const char *layer)
{
    g_autoptr(GError) error = NULL;
    FmTable *table = fm_workspace_read(workspace, layer, NULL, NULL, &error);

    g_assert_no_error(error);
    return table;
}

static void assert_report(const FmWriteReport *report, gint64 inserted, gint64 updated,
                          gint64 unchanged)
{
    g_assert_cmpint(report->inserted, ==, inserted);
    g_assert_cmpint(report->updated, ==, updated);
    g_assert_cmpint(report->unchanged, ==, unchanged);
}

/* Writing fails, and the layer is as it was. */
static void assert_refused(FmWorkspace *workspace, const char *layer, const FmTable *table,
                           FmWriteMode mode, FmError code, const char *part)
{
    g_autofree char *before =
        test_query(workspace, "SELECT group_concat(content_sha256) FROM fm_layer");
    g_autoptr(GError) error = NULL;

    g_assert_false(test_write(workspace, layer, table, mode, NULL, &error));
    test_assert_error(&error, code, part);
    test_assert_query(workspace, "SELECT group_concat(content_sha256) FROM fm_layer", before);
    test_assert_sound(workspace);
}

static void test_round_trip(void)
{
    static const gsize sizes[] = {0, 1, 51, 1000};
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");

    for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
        g_autoptr(FmTable) table = test_schools(sizes[i]);
        FmWriteReport report = {-1, -1, -1};
        g_autoptr(GError) error = NULL;
        g_assert_true(test_write(workspace, "school", table, FM_WRITE_REPLACE, &report, &error));
        assert_report(&report, (gint64)sizes[i], 0, 0);
        g_autoptr(FmTable) back = read_all(workspace, "school");
        test_assert_tables_equal(table, back);
        test_assert_sound(workspace);
    }
}

static void test_every_geometry(void)
{
    static const struct {
        FmGeometryType type;
        const char *wkt[3];
    } cases[] = {
        {FM_GEOMETRY_POINT, {"POINT (1 2)", NULL, "POINT (-180 90)"}},
        {FM_GEOMETRY_LINESTRING, {"LINESTRING (0 0, 1 1)", NULL, "LINESTRING (0 0, 1 1, 2 5)"}},
        {FM_GEOMETRY_POLYGON,
         {"POLYGON ((0 0, 4 0, 4 4, 0 0))", NULL,
          "POLYGON ((0 0, 4 0, 4 4, 0 0), (2 1, 3 1, 3 2, 2 1))"}},
        {FM_GEOMETRY_MULTIPOINT, {"MULTIPOINT (0 0, 1 1)", NULL, "MULTIPOINT (7 7)"}},
        {FM_GEOMETRY_MULTILINESTRING,
         {"MULTILINESTRING ((0 0, 1 1), (2 2, 3 3))", NULL, "MULTILINESTRING ((0 0, 1 1))"}},
        {FM_GEOMETRY_MULTIPOLYGON,
         {"MULTIPOLYGON (((0 0, 4 0, 4 4, 0 0)))", NULL,
          "MULTIPOLYGON (((0 0, 4 0, 4 4, 0 0)), ((9 9, 9.5 9, 9.5 9.5, 9 9)))"}},
        {FM_GEOMETRY_ANY,
         {"POINT (1 2)", "POLYGON ((0 0, 4 0, 4 4, 0 0))", "MULTILINESTRING ((0 0, 1 1))"}},
    };
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(FmTable) table = test_shapes(cases[i].type, cases[i].wkt, 3);
        test_write_ok(workspace, "shape", table, FM_WRITE_REPLACE);
        g_autoptr(FmTable) back = read_all(workspace, "shape");
        test_assert_tables_equal(table, back);
        test_assert_sound(workspace);
    }
}

static void test_plain_table(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) table = fm_table_new(FM_GEOMETRY_NONE), no_columns = fm_table_new(0);

    fm_table_add_column(table, "from_id", FM_COLUMN_TEXT);
    fm_table_add_column(table, "cost", FM_COLUMN_REAL);
    fm_table_set_text(table, 0, fm_table_append_row(table), "a");
    test_write_ok(workspace, "cost", table, FM_WRITE_CREATE);
    g_autoptr(FmTable) back = read_all(workspace, "cost");
    test_assert_tables_equal(table, back);
    g_assert_cmpint(fm_table_geometry_type(back), ==, FM_GEOMETRY_NONE);

    fm_table_append_row(no_columns);
    test_write_ok(workspace, "bare", no_columns, FM_WRITE_CREATE);
    g_autoptr(FmTable) bare = read_all(workspace, "bare");
    test_assert_tables_equal(no_columns, bare);
    test_assert_sound(workspace);
}

static void test_create_refuses(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) table = test_schools(10), twice = test_schools(10);

    test_write_ok(workspace, "school", table, FM_WRITE_CREATE);
    assert_refused(workspace, "school", table, FM_WRITE_CREATE, FM_ERROR_DATA, "exists already");
    assert_refused(workspace, "School", table, FM_WRITE_CREATE, FM_ERROR_USAGE, "cannot name");
    fm_table_set_text(twice, 0, 7, "s2");
    assert_refused(workspace, "other", twice, FM_WRITE_CREATE, FM_ERROR_DATA,
                   "row 8: the id 's2' exists already in layer 'other'");
    test_assert_query(workspace, "SELECT COUNT(*) FROM fm_layer", "1");
    test_assert_query(workspace, "SELECT COUNT(*) FROM sqlite_master WHERE name LIKE '%other%'",
                      "0");
    test_assert_query(workspace, "SELECT COUNT(*) FROM geometry_columns", "1");
}

static void test_append(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) first = test_schools(60), more = fm_table_new(FM_GEOMETRY_POINT);
    g_autoptr(GError) error = NULL;
    FmWriteReport report;

    fm_table_add_column(more, "新列", FM_COLUMN_TEXT);
    fm_table_add_column(more, "ID", FM_COLUMN_TEXT);
    fm_table_add_column(more, "area_ha", FM_COLUMN_INTEGER);
    for (int i = 0; i < 2; i++) {
        gsize row = fm_table_append_row(more);
        fm_table_set_text(more, 0, row, "新");
        fm_table_set_text(more, 1, row, i == 0 ? "n0" : "n1");
        fm_table_set_integer(more, 2, row, i);
        fm_table_set_geometry(more, row, fm_geometry_new_point((FmLonLat){100 + i, 30}));
    }
    test_write_ok(workspace, "school", first, FM_WRITE_CREATE);
    g_assert_true(test_write(workspace, "school", more, FM_WRITE_APPEND, &report, &error));
    assert_report(&report, 2, 0, 0);

    g_autoptr(FmTable) back = read_all(workspace, "school");
    gsize column = fm_table_find_column(back, "新列");
    g_assert_cmpuint(fm_table_n_rows(back), ==, 62);
    g_assert_cmpuint(column, ==, 6);
    g_assert_true(fm_table_is_null(back, column, 59));
    g_assert_cmpstr(fm_table_text(back, column, 61), ==, "新");
    g_assert_cmpstr(fm_table_text(back, 0, 61), ==, "n1");
    g_assert_cmpfloat(fm_table_number(back, 5, 61), ==, 1.0);
    test_assert_sound(workspace);

    assert_refused(workspace, "school", more, FM_WRITE_APPEND, FM_ERROR_DATA,
                   "row 1: the id 'n0' exists already");
    assert_refused(workspace, "scool", more, FM_WRITE_APPEND, FM_ERROR_NOT_FOUND,
                   "there are: school");
}

static void test_type_that_does_not_fit(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) first = test_schools(5), more = fm_table_new(FM_GEOMETRY_NONE);

    test_write_ok(workspace, "school", first, FM_WRITE_CREATE);
    fm_table_add_column(more, "capacity", FM_COLUMN_TEXT);
    fm_table_set_text(more, 0, fm_table_append_row(more), "12");
    fm_table_set_text(more, 0, fm_table_append_row(more), "约300");
    assert_refused(workspace, "school", more, FM_WRITE_APPEND, FM_ERROR_DATA,
                   "row 2, column 'capacity': the layer holds whole numbers there, not '约300'");
}

/* Rows without geometry join a layer with geometry: they are unlocated. */
static void test_append_without_geometry(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) first = test_schools(5), more = fm_table_new(FM_GEOMETRY_NONE);

    test_write_ok(workspace, "school", first, FM_WRITE_CREATE);
    fm_table_add_column(more, "id", FM_COLUMN_TEXT);
    fm_table_set_text(more, 0, fm_table_append_row(more), "x");
    test_write_ok(workspace, "school", more, FM_WRITE_APPEND);
    test_assert_query(workspace, "SELECT n_rows || ' ' || n_unlocated FROM fm_layer", "6 1");
    test_assert_sound(workspace);
}

static void test_update(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) first = test_schools(40), second = test_schools(42);
    g_autoptr(GError) error = NULL;
    FmWriteReport report;

    fm_table_set_text(second, 1, 3, "改名中学");
    fm_table_set_null(second, 4, 5);
    fm_table_set_real(second, 5, 6, 0.7500000000000001);
    fm_table_set_geometry(second, 8, fm_geometry_new_point((FmLonLat){116, 40}));
    fm_table_set_geometry(second, 9, NULL);
    fm_table_set_geometry(second, 10, fm_geometry_new_point((FmLonLat){117, 40})); /* was NULL */

    test_write_ok(workspace, "school", first, FM_WRITE_CREATE);
    g_assert_true(test_write(workspace, "school", second, FM_WRITE_UPDATE, &report, &error));
    assert_report(&report, 2, 6, 34);
    g_autoptr(FmTable) back = read_all(workspace, "school");
    test_assert_tables_equal(second, back);
    test_assert_sound(workspace);

    g_assert_true(test_write(workspace, "school", second, FM_WRITE_UPDATE, &report, &error));
    assert_report(&report, 0, 0, 42);
}

/* Columns that the update does not have keep their values, in every row. */
static void test_update_some_columns(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) first = test_schools(10), change = fm_table_new(FM_GEOMETRY_NONE);
    g_autoptr(FmTable) expect = test_schools(10);
    g_autoptr(GError) error = NULL;
    FmWriteReport report;

    fm_table_add_column(change, "id", FM_COLUMN_TEXT);
    fm_table_add_column(change, "capacity", FM_COLUMN_TEXT);
    fm_table_append_row(change);
    fm_table_set_text(change, 0, 0, "s1");
    fm_table_set_text(change, 1, 0, "777");
    fm_table_append_row(change);
    fm_table_set_text(change, 0, 1, "s2");
    fm_table_set_text(change, 1, 1, "14");
    fm_table_set_integer(expect, 4, 1, 777);

    test_write_ok(workspace, "school", first, FM_WRITE_CREATE);
    g_assert_true(test_write(workspace, "school", change, FM_WRITE_UPDATE, &report, &error));
    g_assert_no_error(error);
    assert_report(&report, 0, 1, 1);
    g_autoptr(FmTable) back = read_all(workspace, "school");
    test_assert_tables_equal(expect, back);
}

static void test_update_refuses(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) first = test_schools(5), known = test_schools(4), fresh = test_schools(8);
    g_autoptr(FmTable) none = test_schools(4), no_ids = fm_table_new(FM_GEOMETRY_NONE);

    test_write_ok(workspace, "school", first, FM_WRITE_CREATE);
    fm_table_set_text(known, 0, 3, "s1");
    assert_refused(workspace, "school", known, FM_WRITE_UPDATE, FM_ERROR_DATA,
                   "row 4: the id 's1' exists already");
    fm_table_set_text(fresh, 0, 7, "s6");
    assert_refused(workspace, "school", fresh, FM_WRITE_UPDATE, FM_ERROR_DATA,
                   "row 8: the id 's6' exists already");
    fm_table_set_text(none, 0, 2, NULL);
    assert_refused(workspace, "school", none, FM_WRITE_UPDATE, FM_ERROR_DATA,
                   "row 3: it has no id");
    assert_refused(workspace, "school", no_ids, FM_WRITE_UPDATE, FM_ERROR_DATA,
                   "the new rows have no column 'id'");
    assert_refused(workspace, "hospital", first, FM_WRITE_UPDATE, FM_ERROR_NOT_FOUND,
                   "no layer 'hospital'");
}

static void test_other_unique_columns(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) first = test_schools(5), more = test_schools(1);

    test_write_ok(workspace, "school", first, FM_WRITE_CREATE);
    test_execute(workspace, "CREATE UNIQUE INDEX theirs ON school (name_zh)");
    fm_table_set_text(more, 0, 0, "new");
    assert_refused(workspace, "school", more, FM_WRITE_APPEND, FM_ERROR_DATA,
                   "UNIQUE constraint failed: school.name_zh");
}

/* An update may be the first to bring ids; they are unique from then on. */
static void test_update_without_ids_before(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) first = fm_table_new(FM_GEOMETRY_NONE), second = test_schools(3);

    fm_table_add_column(first, "name_zh", FM_COLUMN_TEXT);
    fm_table_append_row(first);
    test_write_ok(workspace, "school", first, FM_WRITE_CREATE);
    test_write_ok(workspace, "school", second, FM_WRITE_UPDATE);
    test_assert_query(workspace, "SELECT n_rows || ' ' || n_unlocated FROM fm_layer", "4 1");
    test_assert_sound(workspace);
    assert_refused(workspace, "school", second, FM_WRITE_APPEND, FM_ERROR_DATA, "id 's0'");
}

static gboolean stop_later(double fraction, const char *stage, void *user)
{
    int *left = user;

    g_assert_nonnull(strstr(stage, "school"));
    g_assert_cmpfloat(fraction, <=, 1);
    return (*left)-- > 0;
}

static void test_cancel(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) before = test_schools(10), table = test_schools(20000);
    FmLayerSpec spec = {.name = "school"};

    test_write_ok(workspace, "school", before, FM_WRITE_CREATE);
    for (int after = 0; after < 8; after++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(FmRun) run = fm_run_begin(workspace, "load", NULL, NULL, &error);
        int left = after;
        FmProgress progress = fm_progress_init(stop_later, &left);
        g_assert_false(fm_run_write(run, &spec, table, FM_WRITE_REPLACE, NULL, &progress, &error));
        test_assert_error(&error, FM_ERROR_CANCELLED, "cancelled");
        g_assert_false(fm_run_commit(run, &error));
        test_assert_error(&error, FM_ERROR_DATABASE, "earlier write of this run failed");
    }
    g_autoptr(FmTable) back = read_all(workspace, "school");
    test_assert_tables_equal(before, back);
    test_assert_sound(workspace);
}

void test_rows(void)
{
    g_test_add_func("/store/rows/round-trip", test_round_trip);
    g_test_add_func("/store/rows/every-geometry", test_every_geometry);
    g_test_add_func("/store/rows/plain-table", test_plain_table);
    g_test_add_func("/store/rows/create-refuses", test_create_refuses);
    g_test_add_func("/store/rows/append", test_append);
    g_test_add_func("/store/rows/type-that-does-not-fit", test_type_that_does_not_fit);
    g_test_add_func("/store/rows/append-without-geometry", test_append_without_geometry);
    g_test_add_func("/store/rows/update", test_update);
    g_test_add_func("/store/rows/update-some-columns", test_update_some_columns);
    g_test_add_func("/store/rows/update-refuses", test_update_refuses);
    g_test_add_func("/store/rows/other-unique-columns", test_other_unique_columns);
    g_test_add_func("/store/rows/update-without-ids-before", test_update_without_ids_before);
    g_test_add_func("/store/rows/cancel", test_cancel);
}
