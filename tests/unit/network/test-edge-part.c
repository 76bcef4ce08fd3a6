/* Parts of edges as points. */
#include "fm-unit.h"
#include "reach-fixture.h"

#include <math.h>

static void check(double from, double to, const FmLonLat *expect, guint n)
{
    static const FmLonLat points[] = {{0, 0}, {0.001, 0}, {0.002, 0}, {0.004, 0}};
    static const double segment_m[] = {100, 100, 200};
    const FmEdge edge = {.points = points, .segment_m = segment_m, .n_points = 4};
    g_autoptr(GArray) part = g_array_new(FALSE, FALSE, sizeof(FmLonLat));
    fm_edge_append_part(&edge, from, to, part);
    g_assert_cmpuint(part->len, ==, n);
    for (guint i = 0; i < n; i++) {
        FmLonLat p = g_array_index(part, FmLonLat, i);
        g_assert_cmpfloat_with_epsilon(p.lon_deg, expect[i].lon_deg, 1e-12);
        g_assert_cmpfloat_with_epsilon(p.lat_deg, expect[i].lat_deg, 1e-12);
    }
}

static void test_parts(void)
{
    check(0, 1, (const FmLonLat[]){{0, 0}, {0.001, 0}, {0.002, 0}, {0.004, 0}}, 4);
    check(1, 0, (const FmLonLat[]){{0.004, 0}, {0.002, 0}, {0.001, 0}, {0, 0}}, 4);
    check(0.125, 0.75, (const FmLonLat[]){{0.0005, 0}, {0.001, 0}, {0.002, 0}, {0.003, 0}}, 4);
    check(0.75, 0.6, (const FmLonLat[]){{0.003, 0}, {0.0024, 0}}, 2);
    check(0.3, 0.3, (const FmLonLat[]){{0.0012, 0}}, 1);
}

/* Across the antimeridian the short way. */
static void test_antimeridian(void)
{
    const FmLonLat points[] = {{179.999, 0}, {-179.999, 0}};
    const double length_m = 222.6;
    const FmEdge edge = {.points = points, .segment_m = &length_m, .n_points = 2};
    g_autoptr(GArray) part = g_array_new(FALSE, FALSE, sizeof(FmLonLat));
    fm_edge_append_part(&edge, 0, 0.25, part);
    g_assert_cmpfloat_with_epsilon(g_array_index(part, FmLonLat, 1).lon_deg, 179.9995, 1e-12);
}

/* A ferry's two points far apart: its part ends on the geodesic, which the straight line in degrees
 * leaves by 300 m here, and there as far along as it should be. */
static void test_long(void)
{
    const FmLonLat points[] = {{10, 50}, {12, 50.5}};
    const double length_m = fm_geodesic_distance_m(points[0], points[1]);
    const FmEdge edge = {.points = points, .segment_m = &length_m, .n_points = 2};
    g_autoptr(GArray) part = g_array_new(FALSE, FALSE, sizeof(FmLonLat));
    fm_edge_append_part(&edge, 0.4, 1, part);
    FmLonLat p = g_array_index(part, FmLonLat, 0);
    g_assert_cmpfloat_with_epsilon(fm_geodesic_distance_m(points[0], p), 0.4 * length_m, 1e-6);
    g_assert_cmpfloat_with_epsilon(fm_geodesic_distance_m(p, points[1]), 0.6 * length_m, 1e-6);
    double straight_m = fm_geodesic_distance_m(p, (FmLonLat){10.8, 50.2});
    g_assert_cmpfloat(straight_m, >, 100);
}

void test_edge_part(void)
{
    g_test_add_func("/network/edge-part/parts", test_parts);
    g_test_add_func("/network/edge-part/antimeridian", test_antimeridian);
    g_test_add_func("/network/edge-part/long", test_long);
}
