#include "fixture.h"
#include "fm-unit.h"
#include "geos-internal.h"
#include "polygon-locator.h"

static FmPolygonLocator *locator(const char *wkt)
{
    g_autoptr(FmGeometry) polygon = geometry_from(wkt);

    return fm_polygon_locator_new(polygon);
}

static void test_border(void)
{
    g_autoptr(FmPolygonLocator) square =
        locator("POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0), (1 1, 1 3, 3 3, 3 1, 1 1))");
    static const FmLonLat on[] = {{0, 0},   {4, 4},   {2, 0},  {0, 2}, {4, 1}, {2, 4}, /* outside */
                                  {1, 1},   {2, 1},   {3, 2},  {3, 3}, /* of the hole */
                                  {0.5, 1}, {0.5, 3}, {3.5, 4}};       /* level with vertices */
    static const FmLonLat off[] = {{2, 2},   {-1, 0},   {5, 0},  {-1, 4},       {5, 4},
                                   {2, 4.1}, {2, -0.1}, {-1, 1}, {4.0000001, 2}};

    for (gsize i = 0; i < G_N_ELEMENTS(on); i++) {
        g_assert_true(fm_polygon_locator_contains(square, on[i]));
    }
    for (gsize i = 0; i < G_N_ELEMENTS(off); i++) {
        g_assert_false(fm_polygon_locator_contains(square, off[i]));
    }
}

/* Spikes, vertices and level edges on the ray. */
static void test_rays_through_vertices(void)
{
    g_autoptr(FmPolygonLocator) crown =
        locator("POLYGON ((0 0, 10 0, 10 5, 8 2, 6 5, 5 5, 4 2, 2 5, 0 5, 0 0))");

    g_assert_true(fm_polygon_locator_contains(crown, (FmLonLat){1, 2}));
    g_assert_false(fm_polygon_locator_contains(crown, (FmLonLat){4, 3}));
    g_assert_false(fm_polygon_locator_contains(crown, (FmLonLat){3, 5}));
    g_assert_true(fm_polygon_locator_contains(crown, (FmLonLat){5.5, 5}));
    g_assert_true(fm_polygon_locator_contains(crown, (FmLonLat){4, 2}));
    g_assert_false(fm_polygon_locator_contains(crown, (FmLonLat){-1, 5}));
}

static void test_against_geos(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(30);
    g_auto(FmGeos) geos;

    fm_geos_init(&geos);
    for (int shape = 0; shape < 40; shape++) {
        gsize n = (gsize)g_rand_int_range(rand, 3, 500);
        g_autofree FmLonLat *points = star(rand, (FmLonLat){116.4, 39.9}, 1, n);
        g_autoptr(FmGeometry) polygon = fm_geometry_new_path(FM_GEOMETRY_POLYGON, points, n);
        g_autoptr(FmPolygonLocator) ours = fm_polygon_locator_new(polygon);
        GEOSGeometry *theirs = fm_geos_from_geometry(&geos, polygon);
        for (int i = 0; i < 200; i++) {
            FmLonLat p = {g_rand_double_range(rand, 115, 118), g_rand_double_range(rand, 38.5, 41)};
            if (i % 10 == 0) {
                p = points[(gsize)i % n];
            }
            GEOSGeometry *point = GEOSGeom_createPointFromXY_r(geos.handle, p.lon_deg, p.lat_deg);
            g_assert_cmpint(fm_polygon_locator_contains(ours, p), ==,
                            GEOSIntersects_r(geos.handle, theirs, point));
            GEOSGeom_destroy_r(geos.handle, point);
        }
        GEOSGeom_destroy_r(geos.handle, theirs);
    }
}

/* Two polygons with a common ragged border: no position falls between them. */
static void test_no_gap(void)
{
    enum { STEPS = 300 };
    g_autoptr(GRand) rand = g_rand_new_with_seed(31);
    FmLonLat west[STEPS + 2], east[STEPS + 2];

    for (int i = 0; i < STEPS; i++) {
        FmLonLat at = {g_rand_double_range(rand, 0.4, 0.6), (double)i / (STEPS - 1)};
        west[i] = at;
        east[STEPS - 1 - i] = at;
    }
    west[STEPS] = (FmLonLat){0, 1};
    west[STEPS + 1] = (FmLonLat){0, 0};
    east[STEPS] = (FmLonLat){1, 0};
    east[STEPS + 1] = (FmLonLat){1, 1};
    g_autoptr(FmGeometry) a = fm_geometry_new_path(FM_GEOMETRY_POLYGON, west, STEPS + 2);
    g_autoptr(FmGeometry) b = fm_geometry_new_path(FM_GEOMETRY_POLYGON, east, STEPS + 2);
    g_autoptr(FmPolygonLocator) in_a = fm_polygon_locator_new(a);
    g_autoptr(FmPolygonLocator) in_b = fm_polygon_locator_new(b);

    for (int i = 0; i < 200000; i++) {
        int edge = i % (STEPS - 1);
        double t = g_rand_double(rand);
        FmLonLat p = {west[edge].lon_deg + t * (west[edge + 1].lon_deg - west[edge].lon_deg),
                      west[edge].lat_deg + t * (west[edge + 1].lat_deg - west[edge].lat_deg)};
        g_assert_true(fm_polygon_locator_contains(in_a, p) || fm_polygon_locator_contains(in_b, p));
    }
}

static void test_multipolygon(void)
{
    g_autoptr(FmPolygonLocator) islands =
        locator("MULTIPOLYGON (((0 0, 1 0, 1 1, 0 1, 0 0)), ((2 0, 3 0, 3 1, 2 1, 2 0)))");
    FmBox box = fm_polygon_locator_box(islands);

    g_assert_true(fm_polygon_locator_contains(islands, (FmLonLat){0.5, 0.5}));
    g_assert_true(fm_polygon_locator_contains(islands, (FmLonLat){2.5, 0.5}));
    g_assert_false(fm_polygon_locator_contains(islands, (FmLonLat){1.5, 0.5}));
    g_assert_cmpfloat(box.high[0], ==, 3);
    g_assert_cmpfloat(box.low[1], ==, 0);
}

void test_polygon_locator(void)
{
    g_test_add_func("/geo/polygon-locator/border", test_border);
    g_test_add_func("/geo/polygon-locator/rays-through-vertices", test_rays_through_vertices);
    g_test_add_func("/geo/polygon-locator/against-geos", test_against_geos);
    g_test_add_func("/geo/polygon-locator/no-gap", test_no_gap);
    g_test_add_func("/geo/polygon-locator/multipolygon", test_multipolygon);
}
