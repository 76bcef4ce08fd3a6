#include "fixture.h"

#include <math.h>
#include <stdlib.h>

FmLonLat scene_point(Scene scene, GRand *rand)
{
    switch (scene) {
    case SCENE_CITY:
        return (FmLonLat){g_rand_double_range(rand, 115.4, 117.5),
                          g_rand_double_range(rand, 39.4, 41.1)};
    case SCENE_GRID:
        return (FmLonLat){116 + 0.001 * g_rand_int_range(rand, 0, 5),
                          39.9 + 0.001 * g_rand_int_range(rand, 0, 5)};
    case SCENE_POLE:
        return (FmLonLat){g_rand_double_range(rand, -180, 180),
                          g_rand_double_range(rand, 89.9, 90)};
    case SCENE_ANTIMERIDIAN:
        return (FmLonLat){remainder(g_rand_double_range(rand, 179.9, 180.1), 360),
                          g_rand_double_range(rand, -1, 1)};
    case SCENE_FAR:
        return (FmLonLat){g_rand_double_range(rand, -63.3, -63.1),
                          g_rand_double_range(rand, -40.1, -39.9)};
    default:
        return (FmLonLat){g_rand_double_range(rand, -180, 180), g_rand_double_range(rand, -90, 90)};
    }
}

FmLonLat *scene_points(Scene scene, GRand *rand, gsize n)
{
    FmLonLat *points = g_new(FmLonLat, n);

    for (gsize i = 0; i < n; i++) {
        points[i] = scene_point(scene, rand);
    }
    return points;
}

static int compare(const void *a, const void *b)
{
    const FmNeighbour *left = a, *right = b;

    if (left->distance_m != right->distance_m) {
        return left->distance_m < right->distance_m ? -1 : 1;
    }
    return (left->index > right->index) - (left->index < right->index);
}

void sort_neighbours(FmNeighbour *items, gsize n)
{
    if (n > 0) {
        qsort(items, n, sizeof *items, compare);
    }
}

void assert_same_neighbours(const FmNeighbour *got, gsize n_got, const FmNeighbour *wanted,
                            gsize n_wanted)
{
    g_assert_cmpuint(n_got, ==, n_wanted);
    for (gsize i = 0; i < n_got; i++) {
        g_assert_cmpuint(got[i].index, ==, wanted[i].index);
        g_assert_cmpfloat(got[i].distance_m, ==, wanted[i].distance_m);
    }
}

FmLonLat *star(GRand *rand, FmLonLat centre, double radius_deg, gsize n)
{
    FmLonLat *points = g_new(FmLonLat, n);

    for (gsize i = 0; i < n; i++) {
        double angle = 2 * G_PI * (double)i / (double)n;
        double radius = radius_deg * g_rand_double_range(rand, 0.4, 1);
        points[i] =
            (FmLonLat){centre.lon_deg + radius * cos(angle), centre.lat_deg + radius * sin(angle)};
    }
    return points;
}

FmGeometry *geometry_from(const char *wkt)
{
    g_autoptr(GError) error = NULL;
    FmGeometry *geometry = fm_geometry_from_wkt(wkt, &error);

    g_assert_no_error(error);
    return geometry;
}

void assert_same_geometry(const FmGeometry *a, const FmGeometry *b)
{
    g_assert_cmpint(a->type, ==, b->type);
    g_assert_cmpuint(a->n_points, ==, b->n_points);
    g_assert_cmpuint(a->n_paths, ==, b->n_paths);
    g_assert_cmpuint(a->n_parts, ==, b->n_parts);
    for (gsize i = 0; i < a->n_points; i++) {
        g_assert_cmpfloat(a->points[i].lon_deg, ==, b->points[i].lon_deg);
        g_assert_cmpfloat(a->points[i].lat_deg, ==, b->points[i].lat_deg);
    }
    for (gsize i = 0; i < a->n_paths; i++) {
        g_assert_cmpuint(a->path_end[i], ==, b->path_end[i]);
    }
    for (gsize i = 0; i < a->n_parts; i++) {
        g_assert_cmpuint(a->part_end[i], ==, b->part_end[i]);
    }
}

void assert_sound_geometry(const FmGeometry *geometry)
{
    guint dimension = fm_geometry_dimension(geometry);
    gsize begin = 0;

    g_assert_cmpuint(geometry->n_parts, >, 0);
    g_assert_cmpuint(geometry->part_end[geometry->n_parts - 1], ==, geometry->n_paths);
    g_assert_cmpuint(geometry->path_end[geometry->n_paths - 1], ==, geometry->n_points);
    for (gsize path = 0; path < geometry->n_paths; path++) {
        gsize end = geometry->path_end[path];
        g_assert_cmpuint(end - begin, >=, dimension == 0 ? 1 : dimension == 1 ? 2 : 4);
        if (dimension == 2) {
            g_assert_cmpfloat(geometry->points[begin].lon_deg, ==,
                              geometry->points[end - 1].lon_deg);
            g_assert_cmpfloat(geometry->points[begin].lat_deg, ==,
                              geometry->points[end - 1].lat_deg);
        }
        begin = end;
    }
    for (gsize i = 0; i < geometry->n_points; i++) {
        g_assert_true(isfinite(geometry->points[i].lon_deg));
        g_assert_true(isfinite(geometry->points[i].lat_deg));
    }
}

void assert_near(double value, double wanted, double tolerance)
{
    g_assert_cmpfloat_with_epsilon(value, wanted, tolerance);
}
