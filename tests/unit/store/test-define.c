/* Tables behind layers: names, extension, widening, and that nothing of a dropped layer is left. */
#include "fm-unit.h"
#include "support.h"

#include <string.h>

static void test_column_names(void)
{
    static const struct {
        const char *given, *stored;
    } cases[] = {
        {"fid", "fid_1"},     {"FID_2", "FID_2"},       {"Geom", "Geom_2"},
        {"geom_1", "geom_1"}, {"rowid", "rowid_1"},     {"OGC_FID", "OGC_FID_1"},
        {"oid", "oid_1"},     {"_rowid_", "_rowid__1"}, {"", "column_1"},
        {"名称", "名称"},     {"a \"b\"", "a \"b\""},   {"select", "select"},
        {"x;y)--", "x;y)--"},
    };
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) table = fm_table_new(FM_GEOMETRY_POINT);
    g_autoptr(GError) error = NULL;

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        fm_table_add_column(table, cases[i].given, FM_COLUMN_INTEGER);
        fm_table_set_column_title(table, i, cases[i].given, NULL, NULL);
    }
    fm_table_append_row(table);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        fm_table_set_integer(table, i, 0, (gint64)i);
    }
    fm_table_set_geometry(table, 0, fm_geometry_new_point((FmLonLat){116, 40}));
    /* Appending gives the same names again. */
    test_write_ok(workspace, "odd", table, FM_WRITE_CREATE);
    test_write_ok(workspace, "odd", table, FM_WRITE_APPEND);
    test_assert_sound(workspace);

    g_autoptr(FmTable) back = fm_workspace_read(workspace, "odd", NULL, NULL, &error);
    g_assert_cmpuint(fm_table_n_columns(back), ==, G_N_ELEMENTS(cases));
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_assert_cmpstr(fm_table_column_name(back, i), ==, cases[i].stored);
        g_assert_cmpstr(fm_table_column_title_en(back, i), ==, cases[i].given);
        g_assert_cmpint(fm_table_integer(back, i, 1), ==, (gint64)i);
    }
}

static void test_taken_names(void)
{
    static const char *const names[] = {"geometry_columns", "spatial_ref_sys", "spatialite_history",
                                        "geometry_columns_time"};
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) table = test_schools(2);

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_false(test_write(workspace, names[i], table, FM_WRITE_CREATE, NULL, &error));
        test_assert_error(&error, FM_ERROR_USAGE, "a table of that name that is no layer");
        g_assert_false(test_write(workspace, names[i], table, FM_WRITE_REPLACE, NULL, &error));
        test_assert_error(&error, FM_ERROR_USAGE, "a table of that name that is no layer");
    }
    test_assert_query(workspace, "SELECT CheckSpatialMetaData()", "3");
}

/* The type that is declared gives way to what is there. */
static void test_geometry_type(void)
{
    static const struct {
        FmGeometryType declared, stored;
        const char *wkt[2];
    } cases[] = {
        {FM_GEOMETRY_POLYGON,
         FM_GEOMETRY_MULTIPOLYGON,
         {"POLYGON ((0 0, 4 0, 4 4, 0 0))",
          "MULTIPOLYGON (((0 0, 4 0, 4 4, 0 0)), ((9 9, 10 9, 10 10, 9 9)))"}},
        {FM_GEOMETRY_MULTIPOLYGON,
         FM_GEOMETRY_MULTIPOLYGON,
         {"POLYGON ((0 0, 4 0, 4 4, 0 0))", "POLYGON ((0 0, 4 0, 4 4, 0 0))"}},
        {FM_GEOMETRY_POINT, FM_GEOMETRY_ANY, {"POINT (0 0)", "LINESTRING (0 0, 1 1)"}},
        {FM_GEOMETRY_ANY, FM_GEOMETRY_ANY, {"POINT (0 0)", "POINT (1 1)"}},
    };
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(FmTable) table = test_shapes(cases[i].declared, cases[i].wkt, 2);
        g_autoptr(GError) error = NULL;
        test_write_ok(workspace, "shape", table, FM_WRITE_REPLACE);
        test_assert_sound(workspace);
        g_autoptr(FmTable) back = fm_workspace_read(workspace, "shape", NULL, NULL, &error);
        g_assert_cmpint(fm_table_geometry_type(back), ==, cases[i].stored);
        if (cases[i].stored != FM_GEOMETRY_ANY) {
            g_assert_cmpint(fm_table_geometry(back, 0)->type, ==, cases[i].stored);
        }
    }
}

static void test_widening(void)
{
    static const char *const one[] = {"POLYGON ((0 0, 4 0, 4 4, 0 0))", NULL};
    static const char *const two[] = {
        NULL, NULL, "MULTIPOLYGON (((0 0, 4 0, 4 4, 0 0)), ((9 9, 10 9, 10 10, 9 9)))"};
    static const char *const line[] = {"LINESTRING (0 0, 1 1)"};
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) first = test_shapes(FM_GEOMETRY_POLYGON, one, 2);
    g_autoptr(FmTable) second = test_shapes(FM_GEOMETRY_POLYGON, two, 3);
    g_autoptr(FmTable) third = test_shapes(FM_GEOMETRY_LINESTRING, line, 1);
    g_autoptr(GError) error = NULL;
    FmWriteReport report;

    fm_table_set_geometry(second, 0, fm_geometry_copy(fm_table_geometry(first, 0)));
    test_write_ok(workspace, "area", first, FM_WRITE_CREATE);
    g_assert_true(test_write(workspace, "area", second, FM_WRITE_UPDATE, &report, &error));
    g_assert_cmpint(report.unchanged, ==, 2);
    g_assert_cmpint(report.inserted, ==, 1);
    test_assert_sound(workspace);
    test_assert_query(workspace, "SELECT group_concat(DISTINCT GeometryType(geom)) FROM area",
                      "MULTIPOLYGON");
    g_assert_false(test_write(workspace, "area", third, FM_WRITE_APPEND, NULL, &error));
    test_assert_error(
        &error, FM_ERROR_DATA,
        "layer 'area' holds geometries of type MULTIPOLYGON and cannot take LINESTRING");
    /* What SpatiaLite's own triggers allow now. */
    test_execute(workspace,
                 "INSERT INTO area (geom) SELECT CastToMulti(BuildMbr(0, 0, 1, 1, 4326))");
}

static void test_index_comes_back(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) table = test_schools(5), more = test_schools(7);

    test_write_ok(workspace, "school", table, FM_WRITE_CREATE);
    test_execute(workspace,
                 "SELECT DisableSpatialIndex('school', 'geom'); DROP TABLE idx_school_geom");
    test_write_ok(workspace, "school", more, FM_WRITE_UPDATE);
    test_assert_sound(workspace);
}

static void test_drop_leaves_nothing(void)
{
    static const char *const places[] = {
        "sqlite_master WHERE name LIKE '%school%' OR tbl_name LIKE '%school%'",
        "geometry_columns",
        "geometry_columns_statistics",
        "geometry_columns_time",
        "geometry_columns_auth",
        "geometry_columns_field_infos",
        "fm_layer",
        "fm_column",
    };
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) table = test_schools(5);
    g_autoptr(GError) error = NULL;

    test_write_ok(workspace, "school", table, FM_WRITE_CREATE);
    g_autoptr(FmRun) run = fm_run_begin(workspace, "drop", NULL, NULL, &error);
    g_assert_true(fm_run_drop(run, "school", &error));
    g_assert_true(fm_run_drop(run, "school", &error)); /* absent is fine */
    g_assert_true(fm_run_commit(run, &error));
    for (gsize i = 0; i < G_N_ELEMENTS(places); i++) {
        g_autofree char *sql = g_strdup_printf("SELECT COUNT(*) FROM %s", places[i]);
        test_assert_query(workspace, sql, "0");
    }
    /* Also when another program has dropped the table before. */
    g_clear_pointer(&run, fm_run_free);
    test_write_ok(workspace, "school", table, FM_WRITE_CREATE);
    test_execute(workspace, "SELECT DropTable(NULL, 'school')");
    test_write_ok(workspace, "school", table, FM_WRITE_REPLACE);
    test_assert_sound(workspace);
}

static void add_counter(FmTable *table)
{
    g_autofree char *name = g_strdup_printf("n%d", (int)fm_table_n_columns(table));

    fm_table_add_column(table, name, FM_COLUMN_INTEGER);
}

/* As many columns as SQLite takes, and one more; also when they come later. */
static void test_width(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) table = fm_table_new(FM_GEOMETRY_POINT), other = fm_table_new(0);
    g_autoptr(GError) error = NULL;
    int limit = sqlite3_limit(workspace->db, SQLITE_LIMIT_COLUMN, 20);

    g_assert_cmpint(limit, >, 20);
    for (int i = 0; i < 18; i++) {
        add_counter(table);
    }
    test_write_ok(workspace, "wide", table, FM_WRITE_CREATE);
    fm_table_add_column(other, "one_more", FM_COLUMN_INTEGER);
    fm_table_append_row(other);
    g_assert_false(test_write(workspace, "wide", other, FM_WRITE_APPEND, NULL, &error));
    test_assert_error(&error, FM_ERROR_LIMIT, "'wide' would have 19 columns");
    add_counter(table);
    g_assert_false(test_write(workspace, "wider", table, FM_WRITE_CREATE, NULL, &error));
    test_assert_error(&error, FM_ERROR_LIMIT, "a layer has at most 18: delete those");
    test_assert_sound(workspace);
}

void test_define(void)
{
    g_test_add_func("/store/define/width", test_width);
    g_test_add_func("/store/define/column-names", test_column_names);
    g_test_add_func("/store/define/taken-names", test_taken_names);
    g_test_add_func("/store/define/geometry-type", test_geometry_type);
    g_test_add_func("/store/define/widening", test_widening);
    g_test_add_func("/store/define/index-comes-back", test_index_comes_back);
    g_test_add_func("/store/define/drop-leaves-nothing", test_drop_leaves_nothing);
}
