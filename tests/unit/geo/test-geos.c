#include "fixture.h"
#include "fm-unit.h"
#include "geos-internal.h"

#include <string.h>

static FmGeometry *through_geos(const char *wkt, guint dimension)
{
    g_autoptr(FmGeometry) geometry = geometry_from(wkt);
    g_auto(FmGeos) geos;

    fm_geos_init(&geos);
    GEOSGeometry *converted = fm_geos_from_geometry(&geos, geometry);
    FmGeometry *back = fm_geos_to_geometry(&geos, converted, dimension);
    GEOSGeom_destroy_r(geos.handle, converted);
    return back;
}

static void test_round_trip(void)
{
    /* In the normalised form already. */
    static const char *const cases[] = {
        "POINT (1 2)",
        "LINESTRING (0 0, 1 1, 2 0)",
        "POLYGON ((0 0, 4 0, 4 4, 0 0), (2 1, 3 2, 3 1, 2 1))",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(FmGeometry) wanted = geometry_from(cases[i]);
        g_autoptr(FmGeometry) got = through_geos(cases[i], fm_geometry_dimension(wanted));
        assert_same_geometry(got, wanted);
    }
}

/* The same set of points gives the same bytes, however it was written. */
static void test_normalised(void)
{
    g_autoptr(FmGeometry) a =
        through_geos("MULTIPOLYGON (((0 0, 4 0, 4 4, 0 4, 0 0), (1 1, 2 1, 2 2, 1 1)),"
                     "((9 9, 10 9, 10 10, 9 9)))",
                     2);
    g_autoptr(FmGeometry) b = through_geos("MULTIPOLYGON (((10 10, 10 9, 9 9, 10 10)),"
                                           "((4 4, 4 0, 0 0, 0 4, 4 4), (2 2, 2 1, 1 1, 2 2)))",
                                           2);

    assert_same_geometry(a, b);
    assert_sound_geometry(a);
}

static double signed_area(const FmGeometry *geometry, gsize begin, gsize end)
{
    double sum = 0;

    for (gsize i = begin + 1; i < end; i++) {
        FmLonLat p = geometry->points[i - 1], q = geometry->points[i];
        sum += p.lon_deg * q.lat_deg - q.lon_deg * p.lat_deg;
    }
    return sum;
}

static void test_orientation(void)
{
    g_autoptr(FmGeometry) got =
        through_geos("POLYGON ((0 0, 0 4, 4 4, 4 0, 0 0), (1 1, 3 1, 3 3, 1 1))", 2);

    g_assert_cmpfloat(signed_area(got, 0, got->path_end[0]), >, 0);
    g_assert_cmpfloat(signed_area(got, got->path_end[0], got->path_end[1]), <, 0);
}

static void test_other_dimensions_dropped(void)
{
    g_assert_null(through_geos("LINESTRING (0 0, 1 1)", 2));
    g_assert_null(through_geos("POLYGON ((0 0, 1 0, 1 1, 0 0))", 1));
}

static void test_failure_has_reason(void)
{
    g_auto(FmGeos) geos;
    g_autoptr(GError) error = NULL;
    g_autoptr(GError) silent = NULL;

    fm_geos_init(&geos);
    g_assert_false(fm_geos_fail(&geos, "working", &silent));
    g_assert_error(silent, FM_ERROR, FM_ERROR_DATA);
    GEOSWKTReader *reader = GEOSWKTReader_create_r(geos.handle);
    g_assert_null(GEOSWKTReader_read_r(geos.handle, reader, "NONSENSE"));
    GEOSWKTReader_destroy_r(geos.handle, reader);
    g_assert_false(fm_geos_fail(&geos, "working", &error));
    g_assert_nonnull(strstr(error->message, "working failed: "));
    g_assert_nonnull(strstr(error->message, "NONSENSE"));
}

void test_geos(void)
{
    g_test_add_func("/geo/geos/round-trip", test_round_trip);
    g_test_add_func("/geo/geos/normalised", test_normalised);
    g_test_add_func("/geo/geos/orientation", test_orientation);
    g_test_add_func("/geo/geos/other-dimensions-dropped", test_other_dimensions_dropped);
    g_test_add_func("/geo/geos/failure-has-reason", test_failure_has_reason);
}
