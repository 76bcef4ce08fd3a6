/* Vectors of positions, and back. */
#include "earth-vector.h"
#include "fm-unit.h"

#include <facmap/geo.h>
#include <math.h>

static void test_known(void)
{
    FmVector east = fm_vector_from_lonlat((FmLonLat){90, 0});
    g_assert_cmpfloat_with_epsilon(east.c[0], 0, 1e-9);
    g_assert_cmpfloat(east.c[1], ==, 6378137);
    FmVector pole = fm_vector_from_lonlat((FmLonLat){0, 90});
    g_assert_cmpfloat_with_epsilon(pole.c[2], 6356752.314245179, 1e-8);
}

/* At any place and height, the position below; its normal is what latitude means. */
static void test_round(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(9);
    for (int i = 0; i < 1000; i++) {
        FmLonLat p = {g_rand_double_range(rand, -180, 180), g_rand_double_range(rand, -90, 90)};
        FmVector at = fm_vector_from_lonlat(p), normal = fm_vector_normal(at);
        double lat = p.lat_deg * (G_PI / 180), lon = p.lon_deg * (G_PI / 180);
        g_assert_cmpfloat_with_epsilon(normal.c[0], cos(lat) * cos(lon), 1e-15);
        g_assert_cmpfloat_with_epsilon(normal.c[2], sin(lat), 1e-15);
        FmVector above = fm_vector_plus(at, g_rand_double_range(rand, -300, 300), normal);
        FmVector back = fm_vector_minus(fm_vector_on_ellipsoid(above), at);
        g_assert_cmpfloat(sqrt(fm_vector_dot(back, back)), <, 1e-4);
        g_assert_cmpfloat(fm_geodesic_distance_m(fm_vector_to_lonlat(above), p), <, 1e-7);
        FmVector on = fm_vector_from_lonlat(fm_vector_to_lonlat(fm_vector_on_ellipsoid(above)));
        back = fm_vector_minus(on, fm_vector_on_ellipsoid(above));
        g_assert_cmpfloat(sqrt(fm_vector_dot(back, back)), <, 1e-8);
    }
}

void test_earth_vector(void)
{
    g_test_add_func("/network/earth-vector/known", test_known);
    g_test_add_func("/network/earth-vector/round", test_round);
}
