/* Rings, holes, and islands in them. */
#include "contour.h"
#include "fm-unit.h"

#include <facmap/geo.h>
#include <math.h>

/* A square of strokes, half `half_deg` a side. */
static void add_square(GArray *strokes, double half_deg)
{
    const FmLonLat c[] = {
        {-half_deg, -half_deg}, {half_deg, -half_deg}, {half_deg, half_deg}, {-half_deg, half_deg}};
    for (gsize i = 0; i < 4; i++) {
        FmStroke stroke = {c[i], c[(i + 1) % 4]};
        g_array_append_val(strokes, stroke);
    }
}

static FmGeometry *draw_around(const GArray *strokes, const FmContourHoles *holes)
{
    FmContourGrid grid = fm_contour_grid(100, 0);
    const gsize n = strokes->len;
    const FmContourSets sets = {&g_array_index(strokes, FmStroke, 0), holes->rivals, &n,
                                &holes->n_rivals, 1};
    g_autoptr(FmContour) contour = fm_contour_new(&grid, &sets, 1, NULL, NULL);
    g_autoptr(GArray) pieces = fm_contour_pieces(contour, 0);
    FmGeometry *polygons = fm_contour_polygons(pieces, holes);
    g_autoptr(GError) error = NULL;
    if (polygons)
        g_assert_true(fm_geometry_validate(polygons, &error));
    return polygons;
}

static FmGeometry *draw(const GArray *strokes, double max_hole_m2)
{
    const FmContourHoles holes = {.max_m2 = max_hole_m2};
    return draw_around(strokes, &holes);
}

/* Two squares, one in the other: a ring, and a ring in its hole. */
static void test_islands(void)
{
    g_autoptr(GArray) strokes = g_array_new(FALSE, FALSE, sizeof(FmStroke));
    add_square(strokes, 0.01);
    add_square(strokes, 0.003);
    g_autoptr(FmGeometry) all = draw(strokes, 0);
    g_assert_cmpuint(all->n_parts, ==, 2);
    g_assert_cmpuint(all->n_paths, ==, 4);
    /* The inner hole is 460 m wide: 0.2 km2. */
    g_autoptr(FmGeometry) filled = draw(strokes, 3e5);
    g_assert_cmpuint(filled->n_parts, ==, 2);
    g_assert_cmpuint(filled->n_paths, ==, 3);
    /* With the outer one filled, nothing is left of the island. */
    g_autoptr(FmGeometry) whole = draw(strokes, 1e9);
    g_assert_cmpuint(whole->n_paths, ==, 1);
    double side_m = fm_geodesic_distance_m((FmLonLat){-0.01, 0}, (FmLonLat){0.01, 0});
    double expect_m2 = side_m * side_m + 4 * side_m * 100 + G_PI * 100 * 100;
    g_assert_cmpfloat_with_epsilon(fm_geodesic_area_m2(whole) / expect_m2, 1, 0.01);
}

/* A rival keeps the hole that it is in, however small it may be, and no other; but not a speck. */
static void test_rivals(void)
{
    g_autoptr(GArray) strokes = g_array_new(FALSE, FALSE, sizeof(FmStroke));
    add_square(strokes, 0.01);
    add_square(strokes, 0.003);
    const FmStroke rivals[] = {{{-0.0005, 0}, {0.0007, 0}}, {{0.03, 0}, {0.031, 0}}};
    FmContourHoles holes = {1e9, 0, rivals, 2};
    g_autoptr(FmGeometry) inner = draw_around(strokes, &holes);
    /* It is in the outer hole as well, which is around it. */
    g_assert_cmpuint(inner->n_paths, ==, 4);
    g_assert_cmpuint(inner->n_parts, ==, 2);
    holes.max_m2 = 3e5;
    g_autoptr(FmGeometry) outer = draw_around(strokes, &holes);
    g_assert_cmpuint(outer->n_paths, ==, 4);
    holes.min_m2 = 3e5;
    g_autoptr(FmGeometry) speck = draw_around(strokes, &holes);
    g_assert_cmpuint(speck->n_paths, ==, 3);
    holes = (FmContourHoles){3e5, 0, rivals + 1, 1};
    g_autoptr(FmGeometry) elsewhere = draw_around(strokes, &holes);
    g_assert_cmpuint(elsewhere->n_paths, ==, 3);
}

static void test_nothing(void)
{
    const FmContourHoles holes = {0};
    g_autoptr(GArray) none = g_array_new(FALSE, FALSE, sizeof(FmContourPiece));
    g_assert_null(fm_contour_polygons(none, &holes));
}

void test_contour_rings(void)
{
    g_test_add_func("/network/contour-rings/islands", test_islands);
    g_test_add_func("/network/contour-rings/rivals", test_rivals);
    g_test_add_func("/network/contour-rings/nothing", test_nothing);
}
