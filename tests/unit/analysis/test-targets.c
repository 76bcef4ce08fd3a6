/* Targets: both indexes answer with positions in the caller's array, NULL members and all. */
#include "fixture.h"
#include "fm-unit.h"

#include <math.h>
#include <stdlib.h>

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static FmGeometry *from_wkt(const char *wkt)
{
    GError *error = NULL;
    FmGeometry *geometry = fm_geometry_from_wkt(wkt, &error);
    g_assert_no_error(error);
    return geometry;
}

/* The same answers from points as points, and from points beside a far line. */
static void test_both_indexes(void)
{
    g_autoptr(FmGeometry) a = from_wkt("POINT (0 0)");
    g_autoptr(FmGeometry) b = from_wkt("POINT (0.02 0)");
    g_autoptr(FmGeometry) far_line = from_wkt("LINESTRING (5 5, 6 6)");
    const FmGeometry *const points[] = {NULL, a, NULL, b};
    const FmGeometry *const mixed[] = {NULL, a, NULL, b, far_line};
    g_autoptr(FmTargets) as_points = fm_targets_new(points, G_N_ELEMENTS(points));
    g_autoptr(FmTargets) as_shapes = fm_targets_new(mixed, G_N_ELEMENTS(mixed));
    const FmTargets *const both[] = {as_points, as_shapes};
    const FmLonLat origin = {0.015, 0};
    for (gsize i = 0; i < G_N_ELEMENTS(both); i++) {
        FmNeighbour out[2];
        FmLonLat positions[2];
        g_assert_cmpuint(fm_targets_nearest(both[i], origin, 2, (double)INFINITY, out, positions),
                         ==, 2);
        g_assert_cmpuint(out[0].index, ==, 3);
        g_assert_cmpuint(out[1].index, ==, 1);
        g_assert_cmpfloat(out[0].distance_m, ==, fm_geodesic_distance_m(origin, b->points[0]));
        g_assert_cmpfloat(positions[0].lon_deg, ==, 0.02);
        g_assert_cmpuint(fm_targets_nearest(both[i], origin, 2, 600, out, NULL), ==, 1);

        g_autoptr(GArray) within = g_array_new(FALSE, FALSE, sizeof(FmNeighbour));
        g_array_append_val(within, out[0]); /* what is there stays */
        fm_targets_within(both[i], origin, 2000, within);
        g_assert_cmpuint(within->len, ==, 3);
        g_assert_cmpuint(g_array_index(within, FmNeighbour, 0).index, ==, 3);
        g_assert_cmpuint(g_array_index(within, FmNeighbour, 1).index, ==, 1);
        g_assert_cmpuint(g_array_index(within, FmNeighbour, 2).index, ==, 3);
    }
}

/* Bands say what measuring says, also for radii that are distances of points to the last bit. */
static void check_bands(const FmTargets *targets, const FmLonLat *origins, gsize n,
                        const double *radii_m, gsize n_radii)
{
    for (gsize i = 0; i < n; i++) {
        g_autoptr(GArray) within = g_array_new(FALSE, FALSE, sizeof(FmNeighbour));
        g_autoptr(GArray) bands = g_array_new(FALSE, FALSE, sizeof(FmBand));
        fm_targets_within(targets, origins[i], radii_m[n_radii - 1], within);
        fm_targets_bands(targets, origins[i], radii_m, n_radii, bands);
        g_assert_cmpuint(bands->len, ==, within->len);
        for (guint b = 0; b < bands->len; b++) {
            FmBand band = g_array_index(bands, FmBand, b);
            guint w = 0;
            while (w < within->len && g_array_index(within, FmNeighbour, w).index != band.index)
                w++;
            g_assert_cmpuint(w, <, within->len);
            double distance_m = g_array_index(within, FmNeighbour, w).distance_m;
            g_assert_cmpfloat(distance_m, <=, radii_m[band.band]);
            g_assert_true(band.band == 0 || distance_m > radii_m[band.band - 1]);
        }
    }
}

static void test_bands(void)
{
    enum { N = 300, M = 200 };
    const FmExtent city = {115.4, 39.4, 117.5, 41.1}, world = {-180, -90, 180, 90};
    const FmExtent extents[] = {city, world};
    for (gsize e = 0; e < G_N_ELEMENTS(extents); e++) {
        g_autofree FmLonLat *origins = fixture_random(31, N, extents[e]);
        g_autofree FmLonLat *sites = fixture_random(32, M, extents[e]);
        FmGeometry **points = fixture_points(sites, M);
        g_autoptr(FmTargets) targets = fm_targets_new((const FmGeometry *const *)points, M);
        double exact[10];
        for (gsize r = 0; r < G_N_ELEMENTS(exact); r++)
            exact[r] = fm_geodesic_distance_m(origins[0], sites[r]);
        qsort(exact, G_N_ELEMENTS(exact), sizeof *exact, compare_doubles);
        const double usual[] = {1000, 3000, 20000, 3e6, 15e6};
        check_bands(targets, origins, N, exact, G_N_ELEMENTS(exact));
        check_bands(targets, origins, N, usual, G_N_ELEMENTS(usual));
        fixture_free_geometries(points, M);
    }
}

static void test_none(void)
{
    const FmGeometry *const nothing[] = {NULL};
    FmNeighbour out;
    for (gsize n = 0; n < 2; n++) {
        g_autoptr(FmTargets) targets = fm_targets_new(nothing, n);
        g_autoptr(GArray) within = g_array_new(FALSE, FALSE, sizeof(FmNeighbour));
        fm_targets_within(targets, (FmLonLat){0, 0}, 1e6, within);
        g_assert_cmpuint(within->len, ==, 0);
        g_assert_cmpuint(
            fm_targets_nearest(targets, (FmLonLat){0, 0}, 1, (double)INFINITY, &out, NULL), ==, 0);
    }
}

void test_targets(void)
{
    g_test_add_func("/analysis/targets/both-indexes", test_both_indexes);
    g_test_add_func("/analysis/targets/bands", test_bands);
    g_test_add_func("/analysis/targets/none", test_none);
}
