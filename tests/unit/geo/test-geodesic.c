#include "ellipsoid-internal.h"
#include "fixture.h"
#include "fm-unit.h"

#include <math.h>

/* Karney (2013), tables 2, 3 and 4, and the examples of the GeographicLib documentation. */
static void test_published_inverse(void)
{
    static const struct {
        FmLonLat a, b;
        double bearing_deg, distance_m, tolerance_m;
    } cases[] = {
        {{0, -30.12345}, {0.00005, -30.12344}, 77.04353354237, 4.944208, 1e-6},
        {{0, -30}, {179.8, 29.9}, 161.890524, 19989832.827610, 1e-6},
        {{174.81, -41.32}, {-5.5, 40.96}, 161.0676699861589, 19959679.26735382, 1e-7},
        {{-(73 + 46 / 60.0 + 44 / 3600.0), 40 + 38 / 60.0 + 23 / 3600.0},
         {103 + 59 / 60.0 + 22 / 3600.0, 1 + 21 / 60.0 + 33 / 3600.0},
         3 + 18 / 60.0 + 29.9 / 3600,
         15347628,
         0.5},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        double bearing_deg = 0;
        double distance_m = fm_geodesic_inverse(cases[i].a, cases[i].b, &bearing_deg);
        assert_near(distance_m, cases[i].distance_m, cases[i].tolerance_m);
        assert_near(bearing_deg, cases[i].bearing_deg, 2e-5);
        g_assert_cmpfloat(fm_geodesic_distance_m(cases[i].a, cases[i].b), ==, distance_m);
    }
}

static void test_published_direct(void)
{
    FmLonLat karney = fm_geodesic_direct((FmLonLat){0, 40}, 30, 1e7);
    FmLonLat perth = fm_geodesic_direct((FmLonLat){115.74, -32.06}, 225, 2e7);

    assert_near(karney.lat_deg, 41.79331020506, 1e-11);
    assert_near(karney.lon_deg, 137.84490004377, 1e-11);
    assert_near(perth.lat_deg, 32.11195529, 5e-9);
    assert_near(perth.lon_deg, -63.95925278, 5e-9);
}

static void test_antimeridian(void)
{
    double bearing_deg = 0;
    double degree_m = FM_WGS84_A_M * FM_RAD_PER_DEG;

    assert_near(fm_geodesic_inverse((FmLonLat){179.9, 0}, (FmLonLat){-179.9, 0}, &bearing_deg),
                0.2 * degree_m, 1e-8);
    assert_near(bearing_deg, 90, 1e-12);
    g_assert_cmpfloat(fm_geodesic_distance_m((FmLonLat){180, 10}, (FmLonLat){-180, 10}), ==, 0);
    FmLonLat over = fm_geodesic_direct((FmLonLat){179.9, 0}, 90, 0.2 * degree_m);
    assert_near(over.lon_deg, -179.9, 1e-12);
}

static void test_poles(void)
{
    double bearing_deg = -1, quarter_m = 10001965.729;

    assert_near(fm_geodesic_distance_m((FmLonLat){0, 90}, (FmLonLat){77, 90}), 0, 1e-8);
    assert_near(fm_geodesic_distance_m((FmLonLat){5, 0}, (FmLonLat){-100, 90}), quarter_m, 1e-3);
    assert_near(fm_geodesic_distance_m((FmLonLat){0, 90}, (FmLonLat){0, -90}), 2 * quarter_m, 2e-3);
    double up_m = fm_geodesic_distance_m((FmLonLat){0, 89}, (FmLonLat){0, 90});
    assert_near(fm_geodesic_inverse((FmLonLat){0, 89}, (FmLonLat){180, 89}, &bearing_deg), 2 * up_m,
                1e-8);
    assert_near(bearing_deg, 0, 1e-9);
}

static void test_bearing_range(void)
{
    static const struct {
        FmLonLat to;
        double bearing_deg;
    } cases[] = {{{0, 1}, 0}, {{1, 0}, 90}, {{0, -1}, 180}, {{-1, 0}, 270}, {{0, 0}, 0}};

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        double bearing_deg = -1;
        fm_geodesic_inverse((FmLonLat){0, 0}, cases[i].to, &bearing_deg);
        assert_near(bearing_deg, cases[i].bearing_deg, 1e-12);
    }
    g_autoptr(GRand) rand = g_rand_new_with_seed(2);
    for (int i = 0; i < 5000; i++) {
        FmLonLat a = scene_point(SCENE_WORLD, rand), b = a;
        double bearing_deg = -1;
        b.lat_deg = b.lat_deg / 2; /* nearly due south or north: rounding around 0 and 360 */
        b.lon_deg -= 1e-15 * g_rand_double(rand);
        fm_geodesic_inverse(a, b, &bearing_deg);
        g_assert_cmpfloat(bearing_deg, >=, 0);
        g_assert_cmpfloat(bearing_deg, <, 360);
    }
}

static void test_properties(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(3);

    for (int i = 0; i < 5000; i++) {
        Scene scene = i % 2 ? SCENE_WORLD : SCENE_CITY;
        FmLonLat a = scene_point(scene, rand), b = scene_point(scene, rand);
        FmLonLat c = scene_point(scene, rand);
        double bearing_deg = 0, ab_m = fm_geodesic_inverse(a, b, &bearing_deg);
        FmLonLat back = fm_geodesic_direct(a, bearing_deg, ab_m);

        assert_near(fm_geodesic_distance_m(back, b), 0, 1e-7);
        g_assert_cmpfloat(fm_geodesic_distance_m(b, a), ==, ab_m);
        g_assert_cmpfloat(fm_geodesic_distance_m(a, c), <=,
                          ab_m + fm_geodesic_distance_m(b, c) + 1e-7);
    }
}

/* The area between two parallels is known in closed form (Snyder 1987, eq. 3-12). */
static double authalic_q(double lat_deg)
{
    double e = sqrt(FM_WGS84_F * (2 - FM_WGS84_F)), s = sin(lat_deg * FM_RAD_PER_DEG);

    return (1 - e * e) * (s / (1 - e * e * s * s) + atanh(e * s) / e);
}

static double band_area_m2(double south_deg, double north_deg, double width_deg)
{
    return FM_WGS84_A_M * FM_WGS84_A_M / 2 * width_deg * FM_RAD_PER_DEG *
           (authalic_q(north_deg) - authalic_q(south_deg));
}

/* Short edges along the parallels, so that geodesics hardly leave them. */
static FmGeometry *band(double south_deg, double north_deg, double west_deg, double width_deg)
{
    const int n = 400;
    g_autofree FmLonLat *points = g_new(FmLonLat, 2 * n + 2);

    for (int i = 0; i <= n; i++) {
        double lon_deg = west_deg + width_deg * i / n;
        points[i] = (FmLonLat){lon_deg, south_deg};
        points[2 * n + 1 - i] = (FmLonLat){lon_deg, north_deg};
    }
    return fm_geometry_new_path(FM_GEOMETRY_POLYGON, points, (gsize)(2 * n + 2));
}

static void test_area(void)
{
    g_autoptr(FmGeometry) city = band(39.4, 41.1, 115.4, 2.1);
    g_autoptr(FmGeometry) across = band(-1, 1, 179, 2);
    g_autoptr(FmGeometry) octant = geometry_from("POLYGON ((0 0, 90 0, 0 90, 0 0))");

    assert_near(fm_geodesic_area_m2(city) / band_area_m2(39.4, 41.1, 2.1), 1, 1e-8);
    assert_near(fm_geodesic_area_m2(across) / band_area_m2(-1, 1, 2), 1, 1e-8);
    assert_near(fm_geodesic_area_m2(octant) / band_area_m2(0, 90, 90), 1, 1e-12);
}

/* What encloses more than half of the Earth is not the rest of it, whichever way it is drawn; nor
 * is what just crosses the antimeridian the whole of it. */
static void test_area_of_most(void)
{
    g_autoptr(FmGeometry) south = band(-89, 60, -180, 360);
    g_autoptr(FmGeometry) half = band(-30.5, 30.5, -179.5, 359);
    g_autoptr(FmGeometry) most =
        geometry_from("POLYGON ((-180 -90, 0 -90, 180 -90, 180 0, 135 0, 90 0, 90 90, 0 90, "
                      "-180 90, -180 0, -180 -90))");
    g_autoptr(FmGeometry) clockwise =
        geometry_from("POLYGON ((-180 -90, -180 0, -180 90, 0 90, 90 90, 90 0, 135 0, 180 0, "
                      "180 -90, 0 -90, -180 -90))");
    double most_m2 = band_area_m2(-90, 0, 360) + band_area_m2(0, 90, 270);

    assert_near(fm_geodesic_area_m2(south) / band_area_m2(-89, 60, 360), 1, 1e-4);
    assert_near(fm_geodesic_area_m2(half) / band_area_m2(-30.5, 30.5, 359), 1, 1e-4);
    assert_near(fm_geodesic_area_m2(most) / most_m2, 1, 1e-9);
    assert_near(fm_geodesic_area_m2(clockwise) / most_m2, 1, 1e-9);

    g_autoptr(FmGeometry) sliver = geometry_from("POLYGON ((179 -80, -179 -80, -179 80, 179 80, "
                                                 "179 -80))");
    g_assert_cmpfloat(fm_geodesic_area_m2(sliver), <, band_area_m2(-80, 80, 2.1));
}

static void test_area_of_parts(void)
{
    g_autoptr(FmGeometry) whole = geometry_from("POLYGON ((0 0, 2 0, 2 2, 0 2, 0 0))");
    g_autoptr(FmGeometry) clockwise = geometry_from("POLYGON ((0 0, 0 2, 2 2, 2 0, 0 0))");
    g_autoptr(FmGeometry) hole = geometry_from("POLYGON ((1 1, 1.5 1, 1.5 1.5, 1 1.5, 1 1))");
    g_autoptr(FmGeometry) ring = geometry_from("POLYGON ((0 0, 2 0, 2 2, 0 2, 0 0),"
                                               "(1 1, 1.5 1, 1.5 1.5, 1 1.5, 1 1))");
    g_autoptr(FmGeometry) both = geometry_from("MULTIPOLYGON (((0 0, 2 0, 2 2, 0 2, 0 0),"
                                               "(1 1, 1 1.5, 1.5 1.5, 1.5 1, 1 1)),"
                                               "((1 1, 1.5 1, 1.5 1.5, 1 1.5, 1 1)))");
    g_autoptr(FmGeometry) line = geometry_from("LINESTRING (0 0, 2 0, 2 2)");
    double whole_m2 = fm_geodesic_area_m2(whole);

    assert_near(fm_geodesic_area_m2(clockwise), whole_m2, 1e-3);
    assert_near(fm_geodesic_area_m2(ring) + fm_geodesic_area_m2(hole), whole_m2, 1e-3);
    assert_near(fm_geodesic_area_m2(both), whole_m2, 1e-3);
    g_assert_cmpfloat(fm_geodesic_area_m2(line), ==, 0);
}

static void test_length(void)
{
    g_autoptr(FmGeometry) line = geometry_from("MULTILINESTRING ((0 0, 1 0, 1 1), (5 5, 5 6))");
    g_autoptr(FmGeometry) ring = geometry_from("POLYGON ((0 0, 1 0, 1 1, 0 0))");
    g_autoptr(FmGeometry) point = geometry_from("POINT (1 2)");
    double east_m = fm_geodesic_distance_m((FmLonLat){0, 0}, (FmLonLat){1, 0});
    double north_m = fm_geodesic_distance_m((FmLonLat){1, 0}, (FmLonLat){1, 1});
    double diagonal_m = fm_geodesic_distance_m((FmLonLat){1, 1}, (FmLonLat){0, 0});
    double other_m = fm_geodesic_distance_m((FmLonLat){5, 5}, (FmLonLat){5, 6});

    assert_near(fm_geodesic_length_m(line), east_m + north_m + other_m, 1e-7);
    assert_near(fm_geodesic_length_m(ring), east_m + north_m + diagonal_m, 1e-7);
    g_assert_cmpfloat(fm_geodesic_length_m(point), ==, 0);
}

void test_geodesic(void)
{
    g_test_add_func("/geo/geodesic/published-inverse", test_published_inverse);
    g_test_add_func("/geo/geodesic/published-direct", test_published_direct);
    g_test_add_func("/geo/geodesic/antimeridian", test_antimeridian);
    g_test_add_func("/geo/geodesic/poles", test_poles);
    g_test_add_func("/geo/geodesic/bearing-range", test_bearing_range);
    g_test_add_func("/geo/geodesic/properties", test_properties);
    g_test_add_func("/geo/geodesic/area", test_area);
    g_test_add_func("/geo/geodesic/area-of-most", test_area_of_most);
    g_test_add_func("/geo/geodesic/area-of-parts", test_area_of_parts);
    g_test_add_func("/geo/geodesic/length", test_length);
}
