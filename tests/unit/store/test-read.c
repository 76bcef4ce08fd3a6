/* Reading: windows, the status rule, values that other programs left, damage, cancelling. */
#include "fm-unit.h"
#include "support.h"

static void test_extent_against_scan(void)
{
    static const FmExtent windows[] = {
        {116, 39.9, 116.6, 40.5},
        {115.5, 39.5, 115.5, 39.5}, /* a corner exactly */
        {0, 0, 1, 1},
        {-180, -90, 180, 90},
        {116.25, 39.5, 116.2501, 41},
    };
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) table = test_schools(2000);

    test_write_ok(workspace, "school", table, FM_WRITE_CREATE);
    for (int indexed = 1; indexed >= 0; indexed--) {
        for (gsize i = 0; i < G_N_ELEMENTS(windows); i++) {
            FmFilter filter = {.extent = &windows[i]};
            g_autoptr(GError) error = NULL;
            g_autoptr(FmTable) found =
                fm_workspace_read(workspace, "school", &filter, NULL, &error);
            gsize n = 0;
            g_assert_no_error(error);
            for (gsize row = 0; row < fm_table_n_rows(table); row++) {
                const FmGeometry *at = fm_table_geometry(table, row);
                if (at != NULL && at->points[0].lon_deg >= windows[i].west_deg &&
                    at->points[0].lon_deg <= windows[i].east_deg &&
                    at->points[0].lat_deg >= windows[i].south_deg &&
                    at->points[0].lat_deg <= windows[i].north_deg) {
                    g_assert_cmpstr(fm_table_text(found, 0, n), ==, fm_table_text(table, 0, row));
                    n++;
                }
            }
            g_assert_cmpuint(fm_table_n_rows(found), ==, n);
        }
        test_execute(workspace, indexed ? "SELECT DisableSpatialIndex('school', 'geom');"
                                          "DROP TABLE idx_school_geom"
                                        : "SELECT 1");
    }
}

static void test_filters_together(void)
{
    FmExtent window = {115.5, 39.5, 116.5, 41};
    FmFilter filter = {
        .where = "fid % 2 = 1", .by_status = TRUE, .as_of = "2020", .extent = &window};
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) table = test_schools(500);
    g_autoptr(GError) error = NULL;
    gsize n = 0;

    test_write_ok(workspace, "school", table, FM_WRITE_CREATE);
    g_autoptr(FmTable) found = fm_workspace_read(workspace, "school", &filter, NULL, &error);
    g_assert_no_error(error);
    for (gsize row = 0; row < 500; row += 2) { /* fid is row + 1 */
        const FmGeometry *at = fm_table_geometry(table, row);
        gboolean planned = row % 4 == 2;
        gboolean dated = row % 3 == 0;
        if (at != NULL && at->points[0].lon_deg <= 116.5 && (dated || !planned)) {
            g_assert_cmpstr(fm_table_text(found, 0, n), ==, fm_table_text(table, 0, row));
            n++;
        }
    }
    g_assert_cmpuint(fm_table_n_rows(found), ==, n);
    g_assert_cmpuint(n, >, 50);
}

/* `opens` may be a column of years, and a layer without `status` is left alone. */
static void test_status_columns(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) years = fm_table_new(FM_GEOMETRY_NONE), plain = fm_table_new(0);
    g_autoptr(GError) error = NULL;
    FmFilter filter = {.by_status = TRUE, .as_of = "2020"}, bad = {.by_status = TRUE, .as_of = "x"};

    fm_table_add_column(years, "Status", FM_COLUMN_TEXT);
    fm_table_add_column(years, "Opens", FM_COLUMN_INTEGER);
    for (int year = 2018; year < 2023; year++) {
        fm_table_set_integer(years, 1, fm_table_append_row(years), year);
    }
    fm_table_add_column(plain, "opens", FM_COLUMN_TEXT);
    fm_table_set_text(plain, 0, fm_table_append_row(plain), "2099");
    test_write_ok(workspace, "years", years, FM_WRITE_CREATE);
    test_write_ok(workspace, "plain", plain, FM_WRITE_CREATE);

    g_autoptr(FmTable) open = fm_workspace_read(workspace, "years", &filter, NULL, &error);
    g_assert_cmpuint(fm_table_n_rows(open), ==, 3);
    g_autoptr(FmTable) all = fm_workspace_read(workspace, "plain", &filter, NULL, &error);
    g_assert_cmpuint(fm_table_n_rows(all), ==, 1);

    g_assert_null(fm_workspace_read(workspace, "years", &bad, NULL, &error));
    test_assert_error(&error, FM_ERROR_PARSE, "'x' is not a date");
    bad.by_status = FALSE;
    g_autoptr(FmTable) unfiltered = fm_workspace_read(workspace, "years", &bad, NULL, &error);
    g_assert_cmpuint(fm_table_n_rows(unfiltered), ==, 5);

    test_execute(workspace, "UPDATE years SET Opens = 'soon' WHERE fid = 4");
    g_assert_null(fm_workspace_read(workspace, "years", &filter, NULL, &error));
    test_assert_error(&error, FM_ERROR_PARSE, "layer 'years', fid 4: column 'opens': 'soon'");
}

/* What other programs may leave in a column, whatever its type. */
static void test_values_of_other_types(void)
{
    static const struct {
        const char *set, *part; /* part NULL: read all the same */
    } cases[] = {
        {"capacity = 3.0", NULL},
        {"area_ha = 3", NULL},
        {"name_zh = 12", NULL},
        {"capacity = 3.5", "fid 2: column 'capacity': '3.5' is not a whole number"},
        {"capacity = '约300'", "column 'capacity': '约300' is not a whole number"},
        {"capacity = 1e300", "is not a whole number"},
        {"area_ha = 'big'", "column 'area_ha': 'big' is not a number"},
        {"area_ha = x'00'", "is not a number"},
        {"name_zh = x'ff'", "column 'name_zh'"},
        {"name_zh = CAST(x'ff41' AS TEXT)", "is not text in UTF-8"},
    };
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) table = test_schools(3);

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *sql = g_strdup_printf("UPDATE school SET %s WHERE fid = 2", cases[i].set);
        g_autoptr(GError) error = NULL;
        test_write_ok(workspace, "school", table, FM_WRITE_REPLACE);
        test_execute(workspace, sql);
        g_autoptr(FmTable) back = fm_workspace_read(workspace, "school", NULL, NULL, &error);
        g_assert_cmpint(back == NULL, ==, cases[i].part != NULL);
        if (back == NULL) {
            test_assert_error(&error, FM_ERROR_DATA, cases[i].part);
        }
    }
}

static void test_damaged_geometry(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) table = test_schools(3);
    g_autoptr(GError) error = NULL;

    test_write_ok(workspace, "school", table, FM_WRITE_CREATE);
    test_execute(workspace, "DROP TRIGGER ggu_school_geom; DROP TRIGGER giu_school_geom;"
                            "UPDATE school SET geom = x'0001' WHERE fid = 3");
    g_assert_null(fm_workspace_read(workspace, "school", NULL, NULL, &error));
    test_assert_error(&error, FM_ERROR_PARSE, "layer 'school', fid 3: damaged geometry");
}

static void test_rows_by_key(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) table = test_schools(4);
    g_autoptr(GError) error = NULL;
    FmFilter filter = {.where = "id >= 's0'"}; /* by the index on id, were it not for the order */

    test_write_ok(workspace, "school", table, FM_WRITE_CREATE);
    test_execute(workspace,
                 "UPDATE school SET fid = -7 WHERE id = 's3'; DELETE FROM school WHERE fid = 2");
    g_autoptr(FmTable) back = fm_workspace_read(workspace, "school", &filter, NULL, &error);
    g_assert_cmpuint(fm_table_n_rows(back), ==, 3);
    g_assert_cmpstr(fm_table_text(back, 0, 0), ==, "s3");
    g_assert_cmpstr(fm_table_text(back, 0, 1), ==, "s0");
    g_assert_cmpstr(fm_table_text(back, 0, 2), ==, "s2");
    g_assert_cmpstr(fm_table_column_unit(back, 4), ==, "places");
}

static gboolean stop_at_once(double fraction, const char *stage, void *user)
{
    g_assert_cmpstr(stage, ==, "reading school");
    g_assert_cmpfloat(fraction, ==, 0);
    (void)user;
    return FALSE;
}

static void test_cancel(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) table = test_schools(3);
    g_autoptr(GError) error = NULL;
    FmProgress progress = fm_progress_init(stop_at_once, NULL);

    test_write_ok(workspace, "school", table, FM_WRITE_CREATE);
    g_assert_null(fm_workspace_read(workspace, "school", NULL, &progress, &error));
    test_assert_error(&error, FM_ERROR_CANCELLED, "reading school");
}

void test_read(void)
{
    g_test_add_func("/store/read/extent-against-scan", test_extent_against_scan);
    g_test_add_func("/store/read/filters-together", test_filters_together);
    g_test_add_func("/store/read/status-columns", test_status_columns);
    g_test_add_func("/store/read/values-of-other-types", test_values_of_other_types);
    g_test_add_func("/store/read/damaged-geometry", test_damaged_geometry);
    g_test_add_func("/store/read/rows-by-key", test_rows_by_key);
    g_test_add_func("/store/read/cancel", test_cancel);
}
