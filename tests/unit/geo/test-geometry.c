#include "fixture.h"
#include "fm-unit.h"
#include "geometry-internal.h"

static void test_point(void)
{
    g_autoptr(FmGeometry) point = fm_geometry_new_point((FmLonLat){116.4, 39.9});

    g_assert_cmpint(point->type, ==, FM_GEOMETRY_POINT);
    g_assert_cmpuint(point->n_points, ==, 1);
    g_assert_cmpfloat(point->points[0].lon_deg, ==, 116.4);
    assert_sound_geometry(point);
}

static void test_path(void)
{
    static const FmLonLat corners[] = {{0, 0}, {1, 0}, {1, 1}};
    static const FmLonLat closed[] = {{0, 0}, {1, 0}, {1, 1}, {0, 0}};
    g_autoptr(FmGeometry) line = fm_geometry_new_path(FM_GEOMETRY_LINESTRING, corners, 3);
    g_autoptr(FmGeometry) ring = fm_geometry_new_path(FM_GEOMETRY_POLYGON, corners, 3);
    g_autoptr(FmGeometry) same = fm_geometry_new_path(FM_GEOMETRY_POLYGON, closed, 4);

    g_assert_cmpuint(line->n_points, ==, 3);
    g_assert_cmpuint(ring->n_points, ==, 4);
    assert_sound_geometry(ring);
    assert_same_geometry(ring, same);
}

static void test_copy(void)
{
    g_autoptr(FmGeometry) original =
        geometry_from("MULTIPOLYGON (((0 0, 4 0, 4 4, 0 0), (2 1, 3 1, 3 2, 2 1)),"
                      "((5 5, 6 5, 6 6, 5 5)))");
    g_autoptr(FmGeometry) copy = fm_geometry_copy(original);

    assert_same_geometry(original, copy);
    g_assert_true(original->points != copy->points);
    g_assert_true(original->path_end != copy->path_end);
    g_assert_true(original->part_end != copy->part_end);
    fm_geometry_free(NULL);
}

static void test_parts(void)
{
    g_autoptr(FmGeometry) g =
        geometry_from("MULTIPOLYGON (((0 0, 4 0, 4 4, 0 0), (2 1, 3 1, 3 2, 2 1)),"
                      "((5 5, 6 5, 6 6, 5 5)))");

    g_assert_cmpuint(g->n_parts, ==, 2);
    g_assert_cmpuint(g->part_end[0], ==, 2);
    g_assert_cmpuint(g->part_end[1], ==, 3);
    g_assert_cmpuint(g->path_end[1], ==, 8);
    g_assert_cmpuint(fm_geometry_part_begin(g, 1), ==, 2);
    g_assert_cmpuint(fm_geometry_path_begin(g, 2), ==, 8);
}

static void test_type_names(void)
{
    static const char *const names[] = {"NONE",         "POINT",      "LINESTRING",
                                        "POLYGON",      "MULTIPOINT", "MULTILINESTRING",
                                        "MULTIPOLYGON", "GEOMETRY"};

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_assert_cmpstr(fm_geometry_type_name((FmGeometryType)i), ==, names[i]);
    }
}

static void test_type_union(void)
{
    static const struct {
        FmGeometryType a, b, both;
    } cases[] = {
        {FM_GEOMETRY_POINT, FM_GEOMETRY_POINT, FM_GEOMETRY_POINT},
        {FM_GEOMETRY_POINT, FM_GEOMETRY_MULTIPOINT, FM_GEOMETRY_MULTIPOINT},
        {FM_GEOMETRY_POLYGON, FM_GEOMETRY_MULTIPOLYGON, FM_GEOMETRY_MULTIPOLYGON},
        {FM_GEOMETRY_POLYGON, FM_GEOMETRY_LINESTRING, FM_GEOMETRY_ANY},
        {FM_GEOMETRY_NONE, FM_GEOMETRY_POINT, FM_GEOMETRY_POINT},
        {FM_GEOMETRY_ANY, FM_GEOMETRY_POINT, FM_GEOMETRY_ANY},
        {FM_GEOMETRY_ANY, FM_GEOMETRY_ANY, FM_GEOMETRY_ANY},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_assert_cmpint(fm_geometry_type_union(cases[i].a, cases[i].b), ==, cases[i].both);
        g_assert_cmpint(fm_geometry_type_union(cases[i].b, cases[i].a), ==, cases[i].both);
    }
}

static void test_extent(void)
{
    g_autoptr(FmGeometry) line = geometry_from("LINESTRING (116 41, 115 39, 117 40)");
    FmExtent extent = fm_geometry_extent(line), nothing = fm_extent_empty();

    g_assert_cmpfloat(extent.west_deg, ==, 115);
    g_assert_cmpfloat(extent.south_deg, ==, 39);
    g_assert_cmpfloat(extent.east_deg, ==, 117);
    g_assert_cmpfloat(extent.north_deg, ==, 41);
    g_assert_true(fm_extent_is_empty(&nothing));
    g_assert_false(fm_extent_is_empty(&extent));

    FmExtent same = fm_extent_union(nothing, extent);
    g_assert_cmpfloat(same.west_deg, ==, 115);
    g_assert_cmpfloat(same.north_deg, ==, 41);
    FmExtent wider = fm_extent_union(extent, (FmExtent){110, 40, 111, 45});
    g_assert_cmpfloat(wider.west_deg, ==, 110);
    g_assert_cmpfloat(wider.east_deg, ==, 117);
    g_assert_cmpfloat(wider.north_deg, ==, 45);
}

static void test_path_of_wrong_type(void)
{
    static const FmLonLat corners[] = {{0, 0}, {1, 0}, {1, 1}};

    if (g_test_subprocess()) {
        fm_geometry_new_path(FM_GEOMETRY_POINT, corners, 3);
        return;
    }
    g_test_trap_subprocess(NULL, 0, 0);
    g_test_trap_assert_failed();
    g_test_trap_assert_stderr("*assertion*ring*failed*");
}

void test_geometry(void)
{
    g_test_add_func("/geo/geometry/point", test_point);
    g_test_add_func("/geo/geometry/path", test_path);
    g_test_add_func("/geo/geometry/copy", test_copy);
    g_test_add_func("/geo/geometry/parts", test_parts);
    g_test_add_func("/geo/geometry/type-names", test_type_names);
    g_test_add_func("/geo/geometry/type-union", test_type_union);
    g_test_add_func("/geo/geometry/extent", test_extent);
    g_test_add_func("/geo/geometry/path-of-wrong-type", test_path_of_wrong_type);
}
