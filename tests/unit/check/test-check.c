/* The whole: references are chosen, layers taken through the tests, findings sorted. */
#include "fm-unit.h"
#include "town.h"

#include <math.h>
#include <string.h>

static const FmLayerCheck *layer_of(const FmCheckReport *report, const char *name)
{
    for (guint i = 0; i < report->layers->len; i++) {
        const FmLayerCheck *check = g_ptr_array_index(report->layers, i);
        if (strcmp(check->layer, name) == 0)
            return check;
    }
    g_error("layer '%s' was not checked", name);
}

static void open_town(Office *office, FmSystem system)
{
    FmTable *schools = town_schools();
    town_misread(schools, system);
    office_open(office);
    office_put(office, "area", "area", town_districts(), "EPSG:4326");
    office_put(office, "street", "line", town_streets(), "EPSG:4326");
    office_put(office, "school", "school", schools, "EPSG:4326");
}

static void test_clean_town(void)
{
    g_auto(Office) office = {0};
    g_autoptr(GError) error = NULL;
    open_town(&office, FM_SYSTEM_WGS84);
    g_autoptr(FmCheckReport) report = fm_check(office.workspace, NULL, NULL, &error);
    g_assert_no_error(error);
    assert_no_findings(report->findings);
    g_assert_cmpstr(report->areas, ==, "area");
    g_assert_cmpstr(report->lines, ==, "street");
    g_assert_cmpuint(layer_of(report, "school")->verdict, ==, FM_VERDICT_FITS);
    g_assert_cmpuint(layer_of(report, "street")->verdict, ==, FM_VERDICT_CANNOT_TELL);
}

/* Rows of a shifted list are judged where they would lie: one finding, not a hundred. */
static void test_shifted(void)
{
    g_auto(Office) office = {0};
    g_autoptr(GError) error = NULL;
    open_town(&office, FM_SYSTEM_BD09);
    const char *const layers[] = {"school", NULL};
    g_autoptr(FmCheckReport) report =
        fm_check(office.workspace, &(FmCheckOptions){.layers = layers}, NULL, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(report->findings->len, ==, 1);
    g_assert_cmpstr(only_kind(report->findings, FM_CHECK_SYSTEM)->value, ==, "BD-09");
    g_assert_cmpuint(report->layers->len, ==, 1);
}

/* A list that was read as GCJ-02 and is WGS 84. */
static void test_needlessly_converted(void)
{
    g_auto(Office) office = {0};
    g_autoptr(GError) error = NULL;
    FmTable *schools = town_schools();
    for (gsize row = 0; row < fm_table_n_rows(schools); row++)
        fm_table_set_geometry(
            schools, row,
            fm_geometry_new_point(fm_gcj02_to_wgs84(fm_table_geometry(schools, row)->points[0])));
    office_open(&office);
    office_put(&office, "street", "line", town_streets(), NULL);
    office_put(&office, "school", "school", schools, "GCJ-02");
    g_autoptr(FmCheckReport) report = fm_check(office.workspace, NULL, NULL, &error);
    g_assert_no_error(error);
    const FmFinding *finding = only_kind(report->findings, FM_CHECK_SYSTEM);
    g_assert_nonnull(strstr(finding->evidence, "--crs EPSG:4326"));
    g_assert_cmpuint(layer_of(report, "school")->loaded_as, ==, FM_SYSTEM_GCJ02);
}

/* UTM numbers read as Gauss-Kruger. */
static void test_utm(void)
{
    g_auto(Office) office = {0};
    g_autoptr(GError) error = NULL;
    FmTable *schools = town_schools();
    g_auto(FmSystems) systems = {0};
    fm_systems_init(&systems, "EPSG:4548", (FmLonLat){116.4, 39.9}, &error);
    g_assert_no_error(error);
    for (gsize row = 0; row < fm_table_n_rows(schools); row++)
        fm_table_set_geometry(
            schools, row,
            fm_geometry_new_point(fm_systems_position(&systems, FM_SYSTEM_GK_AS_UTM,
                                                      fm_table_geometry(schools, row)->points[0])));
    office_open(&office);
    office_put(&office, "street", "line", town_streets(), "EPSG:4326");
    office_put(&office, "school", "school", schools, "EPSG:4548");
    g_autoptr(FmCheckReport) report = fm_check(office.workspace, NULL, NULL, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(layer_of(report, "school")->system, ==, FM_SYSTEM_UTM_AS_GK);
}

static void test_against(void)
{
    g_auto(Office) office = {0};
    g_autoptr(GError) error = NULL;
    open_town(&office, FM_SYSTEM_GCJ02);
    office_put(&office, "known", "school", town_schools(), "EPSG:4326");
    const char *const layers[] = {"school", NULL};
    FmCheckOptions options = {.layers = layers, .against = "known"};
    g_autoptr(FmCheckReport) report = fm_check(office.workspace, &options, NULL, &error);
    g_assert_no_error(error);
    const FmLayerCheck *school = layer_of(report, "school");
    g_assert_cmpuint(school->system, ==, FM_SYSTEM_GCJ02);
    for (guint i = 0; i < school->evidence->len; i++)
        g_assert_cmpstr(((const FmEvidence *)g_ptr_array_index(school->evidence, i))->reference, ==,
                        "known");
    options.against = "nothing";
    g_assert_null(fm_check(office.workspace, &options, NULL, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_NOT_FOUND);
}

static void test_errors(void)
{
    g_auto(Office) office = {0};
    g_autoptr(GError) error = NULL;
    open_town(&office, FM_SYSTEM_WGS84);
    FmCheckOptions options = {.thresholds = {.date = "soon"}};
    g_assert_null(fm_check(office.workspace, &options, NULL, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_PARSE);
    g_clear_error(&error);
    const char *const layers[] = {"scool", NULL};
    options = (FmCheckOptions){.layers = layers};
    g_assert_null(fm_check(office.workspace, &options, NULL, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_NOT_FOUND);
    g_clear_error(&error);
    office_put(&office, "plain", "register", fm_table_new(FM_GEOMETRY_NONE), NULL);
    options = (FmCheckOptions){.against = "plain"};
    g_assert_null(fm_check(office.workspace, &options, NULL, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_USAGE);
}

/* The worst first, by layer; the same twice. */
static void test_order(void)
{
    g_auto(Office) office = {0};
    g_autoptr(GError) error = NULL;
    FmTable *schools = town_schools();
    fm_table_set_text(schools, fm_table_find_column(schools, "name_en"), 1, NULL);
    fm_table_set_text(schools, fm_table_find_column(schools, "status"), 2, "planned");
    fm_table_set_geometry(schools, 3, fm_geometry_new_point((FmLonLat){0, 0}));
    office_open(&office);
    office_put(&office, "area", "area", town_districts(), "EPSG:4326");
    office_put(&office, "school", "school", schools, "EPSG:4326");
    g_autoptr(FmCheckReport) report = fm_check(office.workspace, NULL, NULL, &error);
    g_autoptr(FmCheckReport) again = fm_check(office.workspace, NULL, NULL, &error);
    g_assert_no_error(error);
    static const char *const ids[] = {"s003", "s002", "s001"};
    g_assert_cmpuint(report->findings->len, ==, 3);
    for (guint i = 0; i < 3; i++) {
        const FmFinding *finding = g_ptr_array_index(report->findings, i);
        g_assert_cmpstr(finding->feature_id, ==, ids[i]);
    }
    g_autofree char *first = fm_check_report_json(report), *second = fm_check_report_json(again);
    g_assert_cmpstr(first, ==, second);
}

static void test_table_alone(void)
{
    g_autoptr(FmTable) table = town_schools();
    g_autoptr(GPtrArray) clean = fm_check_table(table, "school", NULL);
    assert_no_findings(clean);
    fm_table_set_geometry(table, 3, fm_geometry_new_point((FmLonLat){0, 0}));
    g_autoptr(GPtrArray) findings = fm_check_table(table, "school", NULL);
    g_assert_cmpstr(only_kind(findings, FM_CHECK_NULL_ISLAND)->layer, ==, "school");
}

void test_check(void)
{
    g_test_add_func("/check/check/clean-town", test_clean_town);
    g_test_add_func("/check/check/shifted", test_shifted);
    g_test_add_func("/check/check/needlessly-converted", test_needlessly_converted);
    g_test_add_func("/check/check/utm", test_utm);
    g_test_add_func("/check/check/against", test_against);
    g_test_add_func("/check/check/errors", test_errors);
    g_test_add_func("/check/check/order", test_order);
    g_test_add_func("/check/check/table-alone", test_table_alone);
}
