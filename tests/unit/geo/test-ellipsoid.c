#include "ellipsoid-internal.h"
#include "fixture.h"
#include "fm-unit.h"

#include <math.h>

static void test_axes(void)
{
    FmEcef greenwich = fm_ecef_from_lonlat((FmLonLat){0, 0});
    FmEcef east = fm_ecef_from_lonlat((FmLonLat){90, 0});
    FmEcef north = fm_ecef_from_lonlat((FmLonLat){17, 90});

    assert_near(greenwich.c[0], 6378137, 1e-8);
    assert_near(east.c[1], 6378137, 1e-8);
    assert_near(north.c[2], 6356752.314245179, 1e-8);
    assert_near(hypot(north.c[0], north.c[1]), 0, 1e-8);
}

/* On the ellipsoid x²/a² + y²/a² + z²/b² = 1. */
static void test_on_the_surface(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(1);

    for (int i = 0; i < 1000; i++) {
        FmEcef p = fm_ecef_from_lonlat(scene_point(SCENE_WORLD, rand));
        double across = hypot(p.c[0], p.c[1]) / FM_WGS84_A_M, up = p.c[2] / FM_WGS84_B_M;
        assert_near(across * across + up * up, 1, 1e-14);
    }
}

static void test_constants(void)
{
    g_assert_cmpfloat(fm_wgs84()->a, ==, 6378137);
    g_assert_cmpfloat(1 / fm_wgs84()->f, ==, 298.257223563);
    g_assert_true(fm_wgs84() == fm_wgs84());
}

void test_ellipsoid(void)
{
    g_test_add_func("/geo/ellipsoid/axes", test_axes);
    g_test_add_func("/geo/ellipsoid/on-the-surface", test_on_the_surface);
    g_test_add_func("/geo/ellipsoid/constants", test_constants);
}
