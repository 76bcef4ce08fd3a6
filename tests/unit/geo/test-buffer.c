#include "fixture.h"
#include "fm-unit.h"

#include <math.h>
#include <string.h>

static FmGeometry *buffer(const char *wkt, double radius_m, guint quad_segments)
{
    g_autoptr(FmGeometry) geometry = geometry_from(wkt);
    g_autoptr(GError) error = NULL;
    FmGeometry *made = fm_geometry_buffer(geometry, radius_m, quad_segments, &error);

    g_assert_no_error(error);
    assert_sound_geometry(made);
    g_assert_true(fm_geometry_validate(made, NULL));
    return made;
}

/* Not those that the cut at the antimeridian or the closing over a pole has made. */
static gboolean own_vertex(FmLonLat p)
{
    return fabs(fabs(p.lon_deg) - 180) > 1e-9 && fabs(p.lat_deg) < 90 - 1e-9;
}

/* Every vertex of the outline has the radius as its distance from the geometry. */
static void check_radius(const char *wkt, double radius_m, double low_ratio, double high_ratio)
{
    g_autoptr(FmGeometry) geometry = geometry_from(wkt);
    g_autoptr(FmGeometry) made = buffer(wkt, radius_m, 0);
    const FmGeometry *const targets[] = {geometry};
    g_autoptr(FmGeometryIndex) index = fm_geometry_index_new(targets, 1);

    for (gsize i = 0; i < made->n_points; i++) {
        FmNeighbour found;
        if (own_vertex(made->points[i])) {
            fm_geometry_index_nearest(index, made->points[i], 1, INFINITY, &found, NULL);
            g_assert_cmpfloat(found.distance_m, >=, radius_m * low_ratio);
            g_assert_cmpfloat(found.distance_m, <=, radius_m * high_ratio);
        }
    }
}

/* The area of a regular polygon with n corners on a circle, as a part of the circle. */
static double polygon_ratio(double n)
{
    return n / (2 * G_PI) * sin(2 * G_PI / n);
}

static void test_circle(void)
{
    static const struct {
        double radius_m;
        guint quad_segments, sides;
    } cases[] = {{1, 0, 128}, {1000, 8, 32}, {3000, 0, 128}, {3000, 2, 8}, {50000, 64, 256}};

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        double radius_m = cases[i].radius_m;
        FmLonLat centre = {116.4, 39.9};
        g_autoptr(FmGeometry) circle =
            buffer("POINT (116.4 39.9)", radius_m, cases[i].quad_segments);
        g_assert_cmpint(circle->type, ==, FM_GEOMETRY_POLYGON);
        g_assert_cmpuint(circle->n_points, ==, cases[i].sides + 1);
        for (gsize j = 0; j < circle->n_points; j++) {
            assert_near(fm_geodesic_distance_m(centre, circle->points[j]), radius_m, 1e-7);
        }
        assert_near(fm_geodesic_area_m2(circle) / (G_PI * radius_m * radius_m),
                    polygon_ratio(cases[i].sides), 1e-5);
    }
}

/* The quarter of a circle's corners are due north, east, south and west. */
static void test_circle_axes(void)
{
    g_autoptr(FmGeometry) circle = buffer("POINT (116.4 39.9)", 3000, 8);
    FmExtent extent = fm_geometry_extent(circle);
    FmLonLat north = fm_geodesic_direct((FmLonLat){116.4, 39.9}, 0, 3000);
    FmLonLat east = fm_geodesic_direct((FmLonLat){116.4, 39.9}, 90, 3000);

    assert_near(extent.north_deg, north.lat_deg, 1e-12);
    assert_near(extent.east_deg, east.lon_deg, 1e-6);
}

static void test_antimeridian(void)
{
    g_autoptr(FmGeometry) circle = buffer("POINT (179.99 10)", 5000, 0);

    g_assert_cmpint(circle->type, ==, FM_GEOMETRY_MULTIPOLYGON);
    g_assert_cmpuint(circle->n_parts, ==, 2);
    assert_near(fm_geodesic_area_m2(circle) / (G_PI * 25e6), polygon_ratio(128), 1e-5);
    check_radius("POINT (179.99 10)", 5000, 1 - 1e-9, 1 + 1e-9);
    check_radius("LINESTRING (179 10, -179 12)", 20000, 0.9997, 1 + 1e-4);
}

static void test_poles(void)
{
    static const char *const places[] = {"POINT (0 90)", "POINT (30 89)", "POINT (30 -89.99)"};

    for (gsize i = 0; i < G_N_ELEMENTS(places); i++) {
        g_autoptr(FmGeometry) circle = buffer(places[i], 200000, 0);
        g_assert_cmpint(circle->type, ==, FM_GEOMETRY_POLYGON);
        assert_near(fm_geodesic_area_m2(circle) / (G_PI * 4e10), polygon_ratio(128), 2e-4);
        check_radius(places[i], 200000, 1 - 1e-9, 1 + 1e-9);
    }
}

static void test_lines(void)
{
    static const char *const lines[] = {
        "LINESTRING (116.3 39.9, 116.5 39.9)",
        "LINESTRING (116.3 39.9, 116.5 39.9, 116.5 39.8, 116.45 39.95)", /* crosses itself */
        "LINESTRING (116.3 39.9, 116.5 39.9, 116.3 39.9000001)",         /* turns back */
        "LINESTRING (116.3 39.9, 116.4 39.9, 116.5 39.9)",               /* hardly a bend */
        "LINESTRING (116.3 39.9, 116.3 39.9, 116.5 39.9, 116.5 39.9)",   /* repeated points */
        "LINESTRING (116.3 39.9, 116.4 40, 116.5 39.9, 116.3 39.9)",     /* closed */
        "MULTILINESTRING ((116 39.9, 116.1 39.9), (116.05 39.85, 116.05 39.95))",
        "LINESTRING (110 39.9, 120 39.9)",
        "LINESTRING (20 69, 25 71)",
    };
    static const double radii_m[] = {10, 500, 2000, 20000};

    for (gsize i = 0; i < G_N_ELEMENTS(lines); i++) {
        for (gsize j = 0; j < G_N_ELEMENTS(radii_m); j++) {
            check_radius(lines[i], radii_m[j], 0.9996, 1 + 1e-4);
        }
    }
}

/* The area within r of a geodesic is 2 r l + π r², but for the curvature of the Earth. */
static void test_line_area(void)
{
    g_autoptr(FmGeometry) line = geometry_from("LINESTRING (116.3 39.9, 116.5 39.95)");
    g_autoptr(FmGeometry) made = buffer("LINESTRING (116.3 39.9, 116.5 39.95)", 1000, 0);
    double length_m = fm_geodesic_length_m(line);

    assert_near(fm_geodesic_area_m2(made) /
                    (2 * 1000 * length_m + polygon_ratio(128) * G_PI * 1000 * 1000),
                1, 1e-5);
}

static void test_degenerate_line(void)
{
    g_autoptr(FmGeometry) line = buffer("LINESTRING (116.4 39.9, 116.4 39.9)", 1000, 8);
    g_autoptr(FmGeometry) point = buffer("POINT (116.4 39.9)", 1000, 8);

    assert_same_geometry(line, point);
}

/* A path of many sharp turns within the radius leaves no slivers. */
static void test_random_walk(void)
{
    enum { STEPS = 400 };
    g_autoptr(GRand) rand = g_rand_new_with_seed(51);
    g_autoptr(GString) wkt = g_string_new("LINESTRING (116.4 39.9");
    double lon_deg = 116.4, lat_deg = 39.9, heading = 0;

    for (int i = 0; i < STEPS; i++) {
        heading += g_rand_double_range(rand, -0.5, 0.5);
        lon_deg += 0.001 * cos(heading);
        lat_deg += 0.001 * sin(heading);
        g_autofree char *lon = fm_format_double(lon_deg);
        g_autofree char *lat = fm_format_double(lat_deg);
        g_string_append_printf(wkt, ", %s %s", lon, lat);
    }
    g_string_append_c(wkt, ')');
    check_radius(wkt->str, 500, 0.9996, 1 + 1e-4);
}

static void test_polygon(void)
{
    static const char hole[] = "POLYGON ((116.3 39.8, 116.5 39.8, 116.5 40, 116.3 40, 116.3 39.8),"
                               "(116.38 39.88, 116.38 39.92, 116.42 39.92, 116.42 39.88,"
                               "116.38 39.88))";
    g_autoptr(FmGeometry) polygon = geometry_from(hole);
    g_autoptr(FmGeometry) wide = buffer(hole, 500, 0);
    g_autoptr(FmGeometry) filled = buffer(hole, 3000, 0);
    g_autoptr(FmGeometry) left = fm_geometry_difference(polygon, wide, NULL);

    g_assert_null(left); /* it covers what it was made of */
    g_assert_cmpuint(wide->n_paths, ==, 2);
    g_assert_cmpuint(filled->n_paths, ==, 1);
    double length_m = fm_geodesic_length_m(polygon);
    double strip_m2 = fm_geodesic_area_m2(wide) - fm_geodesic_area_m2(polygon);
    /* Outside a rounded square, inside a sharp one: l·r + π r² − 4 r². */
    assert_near(strip_m2 / (500 * length_m + (G_PI - 4) * 500 * 500), 1, 2e-3);
    check_radius(hole, 500, 0.98, 1.02); /* its long edges are no geodesics */
}

static void test_multipoint(void)
{
    g_autoptr(FmGeometry) apart = buffer("MULTIPOINT (116 39, 117 40)", 1000, 0);
    g_autoptr(FmGeometry) together = buffer("MULTIPOINT (116 39, 116.01 39)", 1000, 0);

    g_assert_cmpuint(apart->n_parts, ==, 2);
    g_assert_cmpint(together->type, ==, FM_GEOMETRY_POLYGON);
}

static void test_refused(void)
{
    static const struct {
        const char *wkt;
        double radius_m;
        const char *message;
    } cases[] = {
        {"POINT (116 40)", 0, "radius"},
        {"POINT (116 40)", -1, "radius"},
        {"POINT (116 40)", NAN, "radius"},
        {"POINT (116 40)", INFINITY, "radius"},
        {"POINT (116 40)", 6e6, "at most 5000 km"},
        {"POINT (40 116)", 1000, "position 0 (40.00000, 116.00000)"},
        {"LINESTRING (116 40, 448481 4419565)", 1000, "position 1 "},
        {"POLYGON ((116 39, 117 40, 117 39, 116 40, 116 39))", 10,
         "Self-intersection at 116.50000, 39.50000"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(FmGeometry) geometry = geometry_from(cases[i].wkt);
        g_autoptr(GError) error = NULL;
        g_assert_null(fm_geometry_buffer(geometry, cases[i].radius_m, 0, &error));
        g_assert_error(error, FM_ERROR, FM_ERROR_DATA);
        g_assert_nonnull(strstr(error->message, cases[i].message));
    }
}

typedef struct {
    FmGeometry *made[64];
} Job;

static gboolean buffer_chunk(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    Job *job = user;

    (void)worker;
    for (gsize i = begin; i < end; i++) {
        g_autoptr(FmGeometry) point = fm_geometry_new_point((FmLonLat){116 + 0.01 * (double)i, 40});
        job->made[i] = fm_geometry_buffer(point, 3000, 0, error);
    }
    return TRUE;
}

static void test_threads(void)
{
    Job one, four;

    g_assert_true(fm_parallel_for(64, 4, 1, buffer_chunk, &one, NULL, "buffering", NULL));
    g_assert_true(fm_parallel_for(64, 4, 4, buffer_chunk, &four, NULL, "buffering", NULL));
    for (gsize i = 0; i < 64; i++) {
        assert_same_geometry(one.made[i], four.made[i]);
        fm_geometry_free(one.made[i]);
        fm_geometry_free(four.made[i]);
    }
}

void test_buffer(void)
{
    g_test_add_func("/geo/buffer/circle", test_circle);
    g_test_add_func("/geo/buffer/circle-axes", test_circle_axes);
    g_test_add_func("/geo/buffer/antimeridian", test_antimeridian);
    g_test_add_func("/geo/buffer/poles", test_poles);
    g_test_add_func("/geo/buffer/lines", test_lines);
    g_test_add_func("/geo/buffer/line-area", test_line_area);
    g_test_add_func("/geo/buffer/degenerate-line", test_degenerate_line);
    g_test_add_func("/geo/buffer/random-walk", test_random_walk);
    g_test_add_func("/geo/buffer/polygon", test_polygon);
    g_test_add_func("/geo/buffer/multipoint", test_multipoint);
    g_test_add_func("/geo/buffer/refused", test_refused);
    g_test_add_func("/geo/buffer/threads", test_threads);
}
