#include "fixture.h"
#include "fm-unit.h"

#include <math.h>

static void free_geometry(gpointer geometry)
{
    fm_geometry_free(geometry);
}

static GPtrArray *points(const FmLonLat *positions, gsize n)
{
    GPtrArray *list = g_ptr_array_new_with_free_func(free_geometry);

    for (gsize i = 0; i < n; i++) {
        g_ptr_array_add(list, fm_geometry_new_point(positions[i]));
    }
    return list;
}

/* Two neighbours on the grid share an edge, to PROJ's rounding; each has its square's area. */
static void squares_tile(void)
{
    g_autoptr(GHashTable) problems = fm_problems_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(FmCrs) wgs84 = fm_crs_new("EPSG:4326", NULL);
    g_autoptr(FmCrs) gk = fm_crs_new("EPSG:4548", NULL);
    g_autoptr(FmTransform) back = fm_transform_new(gk, wgs84, NULL);
    double xy[2][2] = {{448500, 4419500}, {449500, 4419500}};
    g_assert_true(fm_transform_apply(back, xy, 2, NULL));
    const FmLonLat centres[2] = {{xy[0][0], xy[0][1]}, {xy[1][0], xy[1][1]}};
    g_autoptr(GPtrArray) cells = points(centres, 2);

    g_assert_true(fm_cells_make(cells, 1000, "EPSG:4548", "t", problems, &error));
    const FmGeometry *west = g_ptr_array_index(cells, 0), *east = g_ptr_array_index(cells, 1);
    g_assert_cmpint(west->type, ==, FM_GEOMETRY_POLYGON);
    g_assert_cmpuint(west->n_points, ==, 5);
    g_assert_cmpfloat_with_epsilon(fm_geodesic_area_m2(west), 1e6, 1e3);
    g_assert_cmpfloat(fm_geodesic_distance_m(west->points[1], east->points[0]), <, 1e-4);
    g_assert_cmpfloat(fm_geodesic_distance_m(west->points[2], east->points[3]), <, 1e-4);
    g_assert_cmpuint(g_hash_table_size(problems), ==, 0);
}

static void by_extent_and_without_points(void)
{
    g_autoptr(GHashTable) problems = fm_problems_new();
    const FmLonLat ring[3] = {{0, 0}, {1, 0}, {0, 1}}, centre = {116.4, 39.9};
    g_autoptr(GPtrArray) cells = points(&centre, 1);
    g_autoptr(GPtrArray) nothing = points(NULL, 0);

    g_ptr_array_add(cells, NULL);
    g_ptr_array_add(cells, fm_geometry_new_path(FM_GEOMETRY_POLYGON, ring, 3));
    g_assert_true(fm_cells_make(cells, 100, NULL, "t", problems, NULL));
    const FmGeometry *cell = g_ptr_array_index(cells, 0);
    g_assert_cmpfloat_with_epsilon(fm_geodesic_area_m2(cell), 1e4, 100);
    g_assert_null(g_ptr_array_index(cells, 1));
    g_assert_null(g_ptr_array_index(cells, 2));
    assert_contains(fm_problems_get(problems, 2)->reason, "not a point");
    g_assert_true(fm_cells_make(nothing, 100, NULL, "t", problems, NULL));
}

void test_cells(void)
{
    g_test_add_func("/load/cells/tile", squares_tile);
    g_test_add_func("/load/cells/by-extent", by_extent_and_without_points);
}
