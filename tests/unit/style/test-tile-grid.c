#include "fm-unit.h"
#include "tile-grid.h"

#include <math.h>

static void test_corners(void)
{
    /* EPSG:3857 ends where the world is a square: atan(sinh(pi)) */
    const double top_deg = atan(sinh(G_PI)) * 180 / G_PI;
    const FmTilePoint corner = fm__tile_point((FmLonLat){180, -top_deg}, 0);
    g_assert_cmpfloat_with_epsilon(corner.x, 1, 1e-12);
    g_assert_cmpfloat_with_epsilon(corner.y, 1, 1e-12);
}

static void test_round_trip(void)
{
    const FmLonLat position = {116.391, 39.907};
    const FmLonLat back = fm__tile_point_lonlat(fm__tile_point(position, 0));
    g_assert_cmpfloat_with_epsilon(back.lon_deg, position.lon_deg, 1e-12);
    g_assert_cmpfloat_with_epsilon(back.lat_deg, position.lat_deg, 1e-12);
}

static void test_grid(void)
{
    const FmTilePoint point = fm__tile_point((FmLonLat){1, 0}, 8);
    g_assert_cmpfloat(point.x, ==, 0.5);
    g_assert_cmpfloat(point.y, ==, 0.5);
}

void test_tile_grid(void)
{
    g_test_add_func("/style/tile-grid/corners", test_corners);
    g_test_add_func("/style/tile-grid/round-trip", test_round_trip);
    g_test_add_func("/style/tile-grid/grid", test_grid);
}
