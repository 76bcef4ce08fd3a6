#include "fixture.h"
#include "fm-unit.h"

#include <math.h>

static const char areas_csv[] =
    "id,name_zh,name_en,wkt\n"
    "west,西山区,West Hill,"
    "\"POLYGON((10 50,10.1 50,10.1 50.1,10 50.1,10 50))\"\n"
    "east,东湖县,East Lake District,"
    "\"POLYGON((10.1 50,10.2 50,10.2 50.1,10.1 50.1,10.1 50))\"\n"
    "one,中心街道,Centre,"
    "\"POLYGON((10 50.1,10.1 50.1,10.1 50.2,10 50.2,10 50.1))\"\n"
    "two,中心镇,Centre,"
    "\"POLYGON((10.1 50.1,10.2 50.1,10.2 50.2,10.1 50.2,10.1 50.1))\"\n";

static void load_areas(Fixture *fixture)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(FmSource) areas =
        fixture_source(fixture_write(fixture, "a.csv", areas_csv), "area", NULL);

    areas->kind = g_strdup("area");
    fixture_load(fixture, areas, NULL, &error);
    g_assert_no_error(error);
}

/* The id of the area that a name finds, by where the row comes to lie; "-" for none. */
static char *area_of(Fixture *fixture, const char *name)
{
    static const struct {
        const char *id;
        double west_deg, south_deg;
    } areas[] = {{"west", 10, 50}, {"east", 10.1, 50}, {"one", 10, 50.1}, {"two", 10.1, 50.1}};
    const FmLoadOptions replace = {.mode = FM_LOAD_REPLACE};
    g_autoptr(GError) error = NULL;
    g_autofree char *text = g_strdup_printf("id,所在地\nr,%s\n", name);
    g_autoptr(FmSource) source =
        fixture_source(fixture_write(fixture, "t.csv", text), "t", "EPSG:4326");

    source->locate_by = g_strdup("area:所在地");
    fixture_load(fixture, source, &replace, &error);
    g_assert_no_error(error);
    assert_counts_add_up(g_ptr_array_index(fixture->reports, 0));
    g_autoptr(FmTable) table = fixture_read(fixture, "t");
    const FmGeometry *geometry = fm_table_geometry(table, 0);
    gsize accuracy = fm_table_find_column(table, "position_accuracy_m");
    gsize method = fm_table_find_column(table, "position_method");
    g_assert_cmpint(geometry == NULL, ==, fm_table_is_null(table, accuracy, 0));
    g_assert_cmpstr(fm_table_text(table, method, 0), ==, geometry != NULL ? "area" : NULL);
    for (gsize i = 0; geometry != NULL && i < G_N_ELEMENTS(areas); i++) {
        const FmLonLat at = geometry->points[0];
        if (at.lon_deg > areas[i].west_deg && at.lon_deg < areas[i].west_deg + 0.1 &&
            at.lat_deg > areas[i].south_deg && at.lat_deg < areas[i].south_deg + 0.1) {
            return g_strdup(areas[i].id);
        }
    }
    return g_strdup("-");
}

static void names(void)
{
    static const struct {
        const char *name, *expect;
    } cases[] = {
        {"west", "west"},    {"西山区", "west"},    {"西山", "west"},
        {"西山 區", "west"}, {"West Hill", "west"}, {"west hill", "west"},
        {"东湖县", "east"},  {"东湖区", "east"},    {"East Lake", "east"},
        {"中心街道", "one"}, {"中心镇", "two"},     {"中心", "-"}, /* of two areas */
        {"Centre", "-"},     {"山", "-"},           {"北海区", "-"},
        {"", "-"},
    };
    g_auto(Fixture) fixture;
    fixture_init(&fixture);
    load_areas(&fixture);

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *found = area_of(&fixture, cases[i].name);
        g_assert_cmpstr(found, ==, cases[i].expect);
    }
}

/* Only rows without a position are moved; accuracy is the distance to the farthest corner. */
static void only_what_has_no_position(void)
{
    g_auto(Fixture) fixture;
    g_autoptr(GError) error = NULL;
    fixture_init(&fixture);
    load_areas(&fixture);
    g_autoptr(FmSource) source = fixture_source(
        fixture_write(&fixture, "t.csv",
                      "id,area,lon,lat,position_accuracy_m\na,西山区,10.15,50.05,20\n"
                      "b,西山区,,,30\nc,nowhere,,,\nd,Centre,,,\ne,,,,\nf,西山区,east,50,\n"),
        "t", "EPSG:4326");
    source->locate_by = g_strdup("area:area");
    fixture_load(&fixture, source, NULL, &error);
    g_assert_no_error(error);

    const FmLoadReport *report = g_ptr_array_index(fixture.reports, 0);
    assert_counts_add_up(report);
    g_assert_cmpint(report->n_loaded, ==, 2);
    g_assert_cmpint(report->n_unlocated, ==, 3);
    g_assert_cmpint(report->n_rejected, ==, 1);
    g_assert_cmpuint(report->warnings->len, ==, 3);
    assert_contains(g_ptr_array_index(report->warnings, 0), "its size as position_accuracy_m: 1");
    assert_contains(g_ptr_array_index(report->warnings, 1), "does not have ('nowhere'): 1");
    assert_contains(g_ptr_array_index(report->warnings, 2), "'area' has more than once: 1");
    g_autoptr(FmTable) table = fixture_read(&fixture, "t");
    gsize accuracy = fm_table_find_column(table, "position_accuracy_m");
    g_assert_cmpfloat(fm_table_geometry(table, 0)->points[0].lon_deg, ==, 10.15);
    g_assert_cmpfloat(fm_table_number(table, accuracy, 0), ==, 20);
    const FmLonLat corners[] = {{10, 50}, {10.1, 50}, {10.1, 50.1}, {10, 50.1}};
    double farthest = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(corners); i++) {
        farthest = fmax(farthest,
                        fm_geodesic_distance_m(fm_table_geometry(table, 1)->points[0], corners[i]));
    }
    g_assert_cmpfloat(fm_table_number(table, accuracy, 1), ==, farthest);
}

static void refused(void)
{
    static const struct {
        const char *locate_by;
        FmLoadMode mode;
        FmError code;
        const char *words;
    } cases[] = {
        {"area", FM_LOAD_REPLACE, FM_ERROR_USAGE, "write AREA:COLUMN"},
        {":x", FM_LOAD_REPLACE, FM_ERROR_USAGE, "write AREA:COLUMN"},
        {"nowhere:x", FM_LOAD_REPLACE, FM_ERROR_NOT_FOUND, "--locate-by: "},
        {"area:x", FM_LOAD_REPLACE, FM_ERROR_NOT_FOUND, "no column 'x'"},
        {"points:id", FM_LOAD_REPLACE, FM_ERROR_USAGE, "has no polygons"},
        {"area:id", FM_LOAD_UPDATE, FM_ERROR_USAGE, "--locate-by with --update"},
    };
    g_auto(Fixture) fixture;
    fixture_init(&fixture);
    load_areas(&fixture);
    g_autoptr(FmSource) points = fixture_source(
        fixture_write(&fixture, "p.csv", "id,lon,lat\na,10,50\n"), "points", "EPSG:4326");
    g_assert_true(fixture_load(&fixture, points, NULL, NULL));

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const FmLoadOptions options = {.mode = cases[i].mode};
        g_autoptr(GError) error = NULL;
        g_autoptr(FmSource) source =
            fixture_source(fixture_write(&fixture, "t.csv", "id\nwest\n"), "t", "EPSG:4326");
        source->locate_by = g_strdup(cases[i].locate_by);
        g_assert_false(fixture_load(&fixture, source, &options, &error));
        assert_error(error, cases[i].code, cases[i].words);
    }
}

/* 2,035 medical institutions of eight districts, with a district and without coordinates. */
static void real_institutions(void)
{
    g_autofree char *path =
        shared_file("messy/beijing_medical_institutions_8districts_utf8bom.csv");
    g_auto(Fixture) fixture;
    g_autoptr(GError) error = NULL;
    fixture_init(&fixture);
    if (path == NULL) {
        return;
    }
    g_autofree char *file =
        g_build_filename(g_getenv("FACMAP_SOURCE"), "geodata", "beijing", "area.geojson", NULL);
    g_autoptr(FmSource) areas = fixture_source(file, "area", "EPSG:4326");
    g_assert_true(fixture_load(&fixture, areas, NULL, NULL));
    g_autoptr(FmSource) source = fixture_source(path, "t", "EPSG:4326");
    source->locate_by = g_strdup("area:所在区");
    fixture_load(&fixture, source, NULL, &error);
    g_assert_no_error(error);

    const FmLoadReport *report = g_ptr_array_index(fixture.reports, 0);
    g_test_message("loaded %d, unlocated %d", (int)report->n_loaded, (int)report->n_unlocated);
    g_assert_cmpint(report->n_read, ==, 2035);
    g_assert_cmpint(report->n_loaded, ==, 2035);
    g_autoptr(FmTable) table = fixture_read(&fixture, "t");
    gsize accuracy = fm_table_find_column(table, "position_accuracy_m");
    for (gsize row = 0; row < fm_table_n_rows(table); row++) {
        g_assert_cmpfloat(fm_table_number(table, accuracy, row), >, 3000);
        g_assert_cmpfloat(fm_table_number(table, accuracy, row), <, 70000);
    }
}

void test_locate(void)
{
    g_test_add_func("/load/locate/names", names);
    g_test_add_func("/load/locate/only-unlocated", only_what_has_no_position);
    g_test_add_func("/load/locate/refused", refused);
    g_test_add_func("/load/locate/institutions", real_institutions);
}
