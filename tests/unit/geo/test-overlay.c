#include "fixture.h"
#include "fm-unit.h"

#include <string.h>

#define SQUARE "POLYGON ((0 0, 2 0, 2 2, 0 2, 0 0))"
#define SHIFTED "POLYGON ((1 1, 3 1, 3 3, 1 3, 1 1))"
#define APART "POLYGON ((5 5, 6 5, 6 6, 5 6, 5 5))"
#define BESIDE "POLYGON ((2 0, 4 0, 4 2, 2 2, 2 0))"
#define BOWTIE "POLYGON ((116 39, 117 40, 117 39, 116 40, 116 39))"

typedef FmGeometry *(*Operation)(const FmGeometry *, const FmGeometry *, GError **);

static FmGeometry *apply(Operation operation, const char *a, const char *b)
{
    g_autoptr(FmGeometry) left = geometry_from(a);
    g_autoptr(FmGeometry) right = geometry_from(b);
    g_autoptr(GError) error = NULL;
    FmGeometry *result = operation(left, right, &error);

    g_assert_no_error(error);
    return result;
}

static void check(Operation operation, const char *a, const char *b, const char *wanted)
{
    g_autoptr(FmGeometry) got = apply(operation, a, b);
    g_autoptr(FmGeometry) expected = geometry_from(wanted);

    assert_sound_geometry(got);
    assert_same_geometry(got, expected);
}

static void test_intersection(void)
{
    check(fm_geometry_intersection, SQUARE, SHIFTED, "POLYGON ((1 1, 2 1, 2 2, 1 2, 1 1))");
    check(fm_geometry_intersection, "LINESTRING (-1 1, 3 1)", SQUARE, "LINESTRING (0 1, 2 1)");
    check(fm_geometry_intersection, "MULTIPOINT (1 1, 9 9)", SQUARE, "POINT (1 1)");
    g_assert_null(apply(fm_geometry_intersection, SQUARE, APART));
    g_assert_null(apply(fm_geometry_intersection, SQUARE, BESIDE)); /* a common border only */
    g_assert_null(apply(fm_geometry_intersection, "LINESTRING (-1 0, 0 0)", SQUARE));
}

static void test_difference(void)
{
    check(fm_geometry_difference, SQUARE, SHIFTED, "POLYGON ((0 0, 2 0, 2 1, 1 1, 1 2, 0 2, 0 0))");
    check(fm_geometry_difference, SQUARE, APART, SQUARE);
    check(fm_geometry_difference, "MULTIPOINT (1 1, 9 9)", SQUARE, "POINT (9 9)");
    g_assert_null(apply(fm_geometry_difference, SQUARE, SQUARE));
}

static void test_union(void)
{
    g_autoptr(FmGeometry) a = geometry_from(SQUARE);
    g_autoptr(FmGeometry) b = geometry_from(BESIDE);
    g_autoptr(FmGeometry) c = geometry_from(APART);
    const FmGeometry *const touching[] = {a, NULL, b}, *const apart[] = {c, a};
    g_autoptr(FmGeometry) one = fm_geometry_union(touching, 3, NULL);
    g_autoptr(FmGeometry) two = fm_geometry_union(apart, 2, NULL);

    g_assert_cmpint(one->type, ==, FM_GEOMETRY_POLYGON);
    assert_near(fm_geodesic_area_m2(one) / (fm_geodesic_area_m2(a) + fm_geodesic_area_m2(b)), 1,
                1e-9);
    g_assert_cmpint(two->type, ==, FM_GEOMETRY_MULTIPOLYGON);
    g_assert_cmpuint(two->n_parts, ==, 2);
}

static void test_union_of_nothing(void)
{
    const FmGeometry *const nothing[] = {NULL, NULL};
    g_autoptr(GError) error = NULL;

    g_assert_null(fm_geometry_union(nothing, 2, &error));
    g_assert_no_error(error);
    g_assert_null(fm_geometry_union(NULL, 0, &error));
    g_assert_no_error(error);
}

/* The order of the inputs does not show in the bytes. */
static void test_union_order(void)
{
    g_autoptr(FmGeometry) a = geometry_from(SQUARE);
    g_autoptr(FmGeometry) b = geometry_from(SHIFTED);
    g_autoptr(FmGeometry) c = geometry_from(APART);
    const FmGeometry *const forward[] = {a, b, c}, *const backward[] = {c, b, a};
    g_autoptr(FmGeometry) one = fm_geometry_union(forward, 3, NULL);
    g_autoptr(FmGeometry) other = fm_geometry_union(backward, 3, NULL);

    assert_same_geometry(one, other);
}

static void test_invalid_inputs(void)
{
    g_autoptr(FmGeometry) good = geometry_from(SQUARE);
    g_autoptr(FmGeometry) bad = geometry_from(BOWTIE);
    const FmGeometry *const list[] = {good, NULL, bad};
    static const char reason[] = "Self-intersection at 116.50000, 39.50000";
    g_autoptr(GError) in_union = NULL;
    g_autoptr(GError) first = NULL;
    g_autoptr(GError) second = NULL;

    g_assert_null(fm_geometry_union(list, 3, &in_union));
    g_assert_error(in_union, FM_ERROR, FM_ERROR_DATA);
    g_assert_true(g_str_has_prefix(in_union->message, "polygon 2: "));
    g_assert_nonnull(strstr(in_union->message, reason));
    g_assert_null(fm_geometry_intersection(bad, good, &first));
    g_assert_true(g_str_has_prefix(first->message, "first operand: "));
    g_assert_null(fm_geometry_difference(good, bad, &second));
    g_assert_true(g_str_has_prefix(second->message, "second operand: "));
    g_assert_nonnull(strstr(second->message, reason));
}

static void test_validate(void)
{
    static const struct {
        const char *wkt, *reason;
    } cases[] = {
        {SQUARE, NULL},
        {"POINT (1 2)", NULL},
        {"LINESTRING (0 0, 2 2, 2 0, 0 2)", NULL},
        {BOWTIE, "Self-intersection at 116.50000, 39.50000"},
        {"POLYGON ((0 0, 4 0, 4 4, 0 0), (9 9, 9 8, 8 8, 9 9))", "Hole lies outside shell"},
        {"MULTIPOLYGON (((0 0, 2 0, 2 2, 0 0)), ((0 0, 2 0, 2 2, 0 0)))", " at "},
        {"LINESTRING (1 1, 1 1)", "Too few points in geometry component at 1.00000, 1.00000"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(FmGeometry) geometry = geometry_from(cases[i].wkt);
        g_autoptr(GError) error = NULL;
        g_assert_cmpint(fm_geometry_validate(geometry, &error), ==, cases[i].reason == NULL);
        if (cases[i].reason != NULL) {
            g_assert_error(error, FM_ERROR, FM_ERROR_DATA);
            g_assert_nonnull(strstr(error->message, cases[i].reason));
        }
    }
}

static void test_point_on_surface(void)
{
    g_autoptr(FmGeometry) horseshoe =
        geometry_from("POLYGON ((0 0, 9 0, 9 1, 1 1, 1 8, 9 8, 9 9, 0 9, 0 0))");
    g_autoptr(FmGeometry) bowtie = geometry_from(BOWTIE);
    g_autoptr(FmGeometry) point = geometry_from("POINT (3 4)");
    g_autoptr(FmGeometry) line = geometry_from("LINESTRING (0 0, 1 0, 2 0)");
    const FmGeometry *const areas[] = {horseshoe};
    g_autoptr(FmGeometryIndex) index = fm_geometry_index_new(areas, 1);

    FmLonLat inside = fm_geometry_point_on_surface(horseshoe);
    g_assert_cmpuint(fm_geometry_index_containing(index, inside), ==, 0);
    FmLonLat same = fm_geometry_point_on_surface(point);
    g_assert_cmpfloat(same.lon_deg, ==, 3);
    FmLonLat on_line = fm_geometry_point_on_surface(line);
    g_assert_cmpfloat(on_line.lon_deg, ==, 1);
    FmLonLat somewhere = fm_geometry_point_on_surface(bowtie);
    g_assert_cmpfloat(somewhere.lon_deg, >=, 116);
    g_assert_cmpfloat(somewhere.lon_deg, <=, 117);
}

/* |a ∩ b| + |a − b| = |a|, and the union's area is what is left of the sum. */
static void test_areas_add_up(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(50);

    for (int i = 0; i < 100; i++) {
        g_autofree FmLonLat *p = star(rand, (FmLonLat){116.4, 39.9}, 0.2, 60);
        g_autofree FmLonLat *q = star(rand, (FmLonLat){116.5, 39.95}, 0.2, 60);
        g_autoptr(FmGeometry) a = fm_geometry_new_path(FM_GEOMETRY_POLYGON, p, 60);
        g_autoptr(FmGeometry) b = fm_geometry_new_path(FM_GEOMETRY_POLYGON, q, 60);
        const FmGeometry *const both[] = {a, b};
        g_autoptr(FmGeometry) common = fm_geometry_intersection(a, b, NULL);
        g_autoptr(FmGeometry) rest = fm_geometry_difference(a, b, NULL);
        g_autoptr(FmGeometry) united = fm_geometry_union(both, 2, NULL);
        double a_m2 = fm_geodesic_area_m2(a), b_m2 = fm_geodesic_area_m2(b);
        double common_m2 = common != NULL ? fm_geodesic_area_m2(common) : 0;
        g_assert_true(fm_geometry_validate(united, NULL));
        /* Cutting an edge moves it from one geodesic to two: parts in ten thousand. */
        assert_near((common_m2 + fm_geodesic_area_m2(rest)) / a_m2, 1, 1e-4);
        assert_near((fm_geodesic_area_m2(united) + common_m2) / (a_m2 + b_m2), 1, 1e-4);
    }
}

void test_overlay(void)
{
    g_test_add_func("/geo/overlay/intersection", test_intersection);
    g_test_add_func("/geo/overlay/difference", test_difference);
    g_test_add_func("/geo/overlay/union", test_union);
    g_test_add_func("/geo/overlay/union-of-nothing", test_union_of_nothing);
    g_test_add_func("/geo/overlay/union-order", test_union_order);
    g_test_add_func("/geo/overlay/invalid-inputs", test_invalid_inputs);
    g_test_add_func("/geo/overlay/validate", test_validate);
    g_test_add_func("/geo/overlay/point-on-surface", test_point_on_surface);
    g_test_add_func("/geo/overlay/areas-add-up", test_areas_add_up);
}
