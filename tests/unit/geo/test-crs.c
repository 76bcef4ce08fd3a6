#include "fixture.h"
#include "fm-unit.h"

#include <string.h>

static FmCrs *crs(const char *definition)
{
    g_autoptr(GError) error = NULL;
    FmCrs *made = fm_crs_new(definition, &error);

    g_assert_no_error(error);
    return made;
}

static void test_epsg(void)
{
    g_autoptr(FmCrs) zone = crs(" EPSG:4548 ");
    g_autoptr(FmCrs) wgs84 = crs("EPSG:4326");

    g_assert_cmpstr(fm_crs_definition(zone), ==, "EPSG:4548");
    g_assert_cmpstr(fm_crs_name(zone), ==, "CGCS2000 / 3-degree Gauss-Kruger CM 117E");
    g_assert_cmpint(fm_crs_epsg(zone), ==, 4548);
    g_assert_false(fm_crs_is_geographic(zone));
    g_assert_cmpstr(fm_crs_name(wgs84), ==, "WGS 84");
    g_autoptr(FmCrs) as_written = crs("wgs84");
    g_autoptr(FmCrs) dashed = crs("WGS-84");
    g_assert_cmpint(fm_crs_epsg(as_written), ==, 4326);
    g_assert_cmpint(fm_crs_epsg(dashed), ==, 4326);
    g_assert_true(fm_crs_is_geographic(wgs84));
}

static void test_other_forms(void)
{
    static const char custom[] = "+proj=tmerc +lon_0=117 +k=1 +x_0=500000 +ellps=krass +units=m";
    g_autoptr(FmCrs) proj = crs(custom);
    g_autoptr(FmCrs) named = crs("wgs 84");
    g_autoptr(FmCrs) compound = crs("EPSG:9518"); /* WGS 84 with heights */
    g_autoptr(FmCrs) zone = crs("EPSG:4548");
    g_autofree char *wkt = fm_crs_to_wkt(zone);
    g_autoptr(FmCrs) from_wkt = crs(wkt);

    g_assert_cmpstr(fm_crs_definition(proj), ==, custom);
    g_assert_cmpint(fm_crs_epsg(proj), ==, 0);
    g_assert_false(fm_crs_is_geographic(proj));
    g_assert_cmpint(fm_crs_epsg(named), ==, 4326);
    g_assert_true(fm_crs_is_geographic(compound));
    g_assert_true(g_str_has_prefix(wkt, "PROJCS[\"CGCS2000"));
    g_assert_null(strchr(wkt, '\n'));
    g_assert_cmpint(fm_crs_epsg(from_wkt), ==, 4548);
}

static void test_web_datums(void)
{
    static const char *const gcj02[] = {"GCJ-02", "gcj02", "Gcj-02"};
    static const char *const bd09[] = {"BD-09", "bd09"};

    for (gsize i = 0; i < G_N_ELEMENTS(gcj02); i++) {
        g_autoptr(FmCrs) made = crs(gcj02[i]);
        g_assert_cmpstr(fm_crs_definition(made), ==, "GCJ-02");
        g_assert_cmpstr(fm_crs_name(made), ==, "GCJ-02 (approximate)");
        g_assert_true(fm_crs_is_geographic(made));
        g_assert_cmpint(fm_crs_epsg(made), ==, 0);
        g_assert_null(fm_crs_to_wkt(made));
    }
    for (gsize i = 0; i < G_N_ELEMENTS(bd09); i++) {
        g_autoptr(FmCrs) made = crs(bd09[i]);
        g_assert_cmpstr(fm_crs_definition(made), ==, "BD-09");
    }
}

static void test_area_of_use(void)
{
    g_autoptr(FmCrs) zone = crs("EPSG:4548");
    g_autoptr(FmCrs) fiji = crs("EPSG:3832"); /* PDC Mercator, across the antimeridian */
    g_autoptr(FmCrs) custom = crs("+proj=tmerc +lon_0=117");
    FmExtent area;

    g_assert_true(fm_crs_area_of_use(zone, &area));
    assert_near(area.west_deg, 115.5, 0.01);
    assert_near(area.east_deg, 118.5, 0.01);
    g_assert_cmpfloat(area.south_deg, <, 39);
    g_assert_cmpfloat(area.north_deg, >, 41);
    g_assert_true(fm_crs_area_of_use(fiji, &area));
    g_assert_cmpfloat(area.east_deg, >, 180);
    g_assert_cmpfloat(area.west_deg, <, area.east_deg);
    g_assert_false(fm_crs_area_of_use(custom, &area));
}

static void test_refused(void)
{
    static const struct {
        const char *definition;
        const char *message;
    } cases[] = {
        {"EPSG:99999", "'EPSG:99999' is not a known coordinate system (crs not found)"},
        {"4548", "an EPSG code is written EPSG:4548"},
        {"", "'' is not a known coordinate system"},
        {"rubbish", "'rubbish' is not a known coordinate system"},
        {"Beijing", "not a known coordinate system"},
        {"+proj=nonsense", "not a known coordinate system"},
        {"EPSG:4978", "neither geographic nor projected"}, /* geocentric */
        {"EPSG:5773", "neither geographic nor projected"}, /* heights */
        {"urn:ogc:def:coordinateOperation:EPSG::1671", "it is an operation"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(fm_crs_new(cases[i].definition, &error));
        g_assert_error(error, FM_ERROR, FM_ERROR_CRS);
        g_assert_nonnull(strstr(error->message, cases[i].message));
        g_assert_null(strchr(error->message, '\n'));
    }
}

static void test_copy(void)
{
    g_autoptr(FmCrs) original = crs("EPSG:4548");
    g_autoptr(FmCrs) copy = fm_crs_copy(original);
    g_autofree char *wkt = fm_crs_to_wkt(original);

    g_clear_pointer(&original, fm_crs_free);
    g_autofree char *wkt_of_copy = fm_crs_to_wkt(copy);
    g_assert_cmpstr(wkt, ==, wkt_of_copy);
    g_assert_cmpint(fm_crs_epsg(copy), ==, 4548);
    fm_crs_free(NULL);
}

void test_crs(void)
{
    g_test_add_func("/geo/crs/epsg", test_epsg);
    g_test_add_func("/geo/crs/other-forms", test_other_forms);
    g_test_add_func("/geo/crs/web-datums", test_web_datums);
    g_test_add_func("/geo/crs/area-of-use", test_area_of_use);
    g_test_add_func("/geo/crs/refused", test_refused);
    g_test_add_func("/geo/crs/copy", test_copy);
}
