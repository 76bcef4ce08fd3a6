/* Geodesic buffers.  A buffer is the union of simple pieces whose outlines are computed with
 * Karney's direct geodesic and therefore lie exactly at the radius, whatever its size and the
 * latitude:
 *   a circle around each point,
 *   a strip along each segment: the ends of perpendiculars to both sides,
 *   part of a circle at each vertex of a line or ring, and half a circle at each end,
 *   and of a polygon its inside.
 * Between these vertices outlines run straight in longitude and latitude, which is why strips have
 * intermediate perpendiculars. */
#include "ellipsoid-internal.h"
#include "geometry-internal.h"
#include "outline.h"

#include <facmap/geo.h>
#include <math.h>

#define DEFAULT_QUAD_SEGMENTS 32

/* Keeps absurdly thin buffers of long lines from filling the memory. */
#define PART_MIN_M 1.0

/* How far a strip's side may stray from the true line between two perpendiculars. */
#define SIDE_TOLERANCE_RATIO 2e-5

typedef struct {
    FmGeos geos;
    GPtrArray *pieces; /* GEOSGeometry */
    GArray *ring;      /* FmLonLat, scratch */
    double radius_m;
    double arc_step_deg;
} Buffer;

static void buffer_clear(Buffer *buffer)
{
    for (guint i = 0; i < buffer->pieces->len; i++) {
        GEOSGeom_destroy_r(buffer->geos.handle, buffer->pieces->pdata[i]);
    }
    g_ptr_array_unref(buffer->pieces);
    g_array_unref(buffer->ring);
    fm_geos_clear(&buffer->geos);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Buffer, buffer_clear)

static void buffer_init(Buffer *buffer, double radius_m, guint quad_segments)
{
    fm_geos_init(&buffer->geos);
    buffer->pieces = g_ptr_array_new();
    buffer->ring = g_array_new(FALSE, FALSE, sizeof(FmLonLat));
    buffer->radius_m = radius_m;
    buffer->arc_step_deg = 90.0 / (quad_segments > 0 ? quad_segments : DEFAULT_QUAD_SEGMENTS);
}

static void add_at_radius(Buffer *buffer, FmLonLat centre, double bearing_deg)
{
    FmLonLat point = fm_geodesic_direct(centre, bearing_deg, buffer->radius_m);

    g_array_append_val(buffer->ring, point);
}

static gboolean finish_ring(Buffer *buffer, GError **error)
{
    gboolean ok = fm_outline_add(&buffer->geos, buffer->ring, buffer->pieces, error);

    g_array_set_size(buffer->ring, 0);
    return ok;
}

static gboolean add_circle(Buffer *buffer, FmLonLat centre, GError **error)
{
    int n = (int)round(360 / buffer->arc_step_deg);

    for (int i = 0; i < n; i++) {
        add_at_radius(buffer, centre, -360.0 * i / n);
    }
    return finish_ring(buffer, error);
}

/* Points at the radius between two bearings, through `turn_deg` clockwise, and one step more at
 * either end: pieces that overlap leave no slivers where edges that should coincide are rounded. */
static void add_arc(Buffer *buffer, FmLonLat centre, double from_deg, double turn_deg)
{
    int n = MAX(1, (int)ceil(fabs(turn_deg) / buffer->arc_step_deg));
    double more_deg = turn_deg < 0 ? -buffer->arc_step_deg : buffer->arc_step_deg;

    add_at_radius(buffer, centre, from_deg - more_deg);
    for (int i = 0; i <= n; i++) {
        add_at_radius(buffer, centre, from_deg + turn_deg * i / n);
    }
    add_at_radius(buffer, centre, from_deg + turn_deg + more_deg);
}

/* Half a circle at the end of a line, from one side of it to the other. */
static gboolean add_cap(Buffer *buffer, FmLonLat end, double from_deg, GError **error)
{
    add_arc(buffer, end, from_deg, 180);
    return finish_ring(buffer, error);
}

/* Where one strip ends and the next begins: a polygon within the circle of the vertex that is round
 * on the outer side of the turn and covers the seam on both sides. */
static gboolean add_join(Buffer *buffer, FmLonLat vertex, double in_deg, double out_deg,
                         GError **error)
{
    double turn_deg = remainder(out_deg - in_deg, 360);

    if (fabs(turn_deg) > 90) {
        return add_circle(buffer, vertex, error);
    }
    add_arc(buffer, vertex, in_deg - 90, turn_deg);
    add_arc(buffer, vertex, in_deg + 90, turn_deg);
    return finish_ring(buffer, error);
}

/* Into how many parts to cut a segment so that each is straight in longitude and latitude, and its
 * strip's sides too: a parallel and a geodesic of length l part by l² tan(lat) / 8a. */
static gsize parts_of(const Buffer *buffer, FmLonLat a, FmLonLat b, double length_m)
{
    double reach_deg = buffer->radius_m / FM_WGS84_B_M / FM_RAD_PER_DEG;
    double lat_deg = MIN(89, MAX(fabs(a.lat_deg), fabs(b.lat_deg)) + reach_deg);
    double bend = MAX(1, tan(lat_deg * FM_RAD_PER_DEG));
    double part_m = sqrt(8 * FM_WGS84_A_M * SIDE_TOLERANCE_RATIO * buffer->radius_m / bend);

    return (gsize)ceil(length_m / MAX(part_m, PART_MIN_M));
}

typedef struct {
    double begin_deg, end_deg; /* bearings of a segment at its ends */
    double length_m;
} Course;

static Course course_between(FmLonLat a, FmLonLat b)
{
    Course course = {0, 0, 0};

    geod_inverse(fm_wgs84(), a.lat_deg, a.lon_deg, b.lat_deg, b.lon_deg, &course.length_m,
                 &course.begin_deg, &course.end_deg);
    return course;
}

static gboolean add_strip(Buffer *buffer, FmLonLat a, FmLonLat b, const Course *course,
                          GError **error)
{
    struct geod_geodesicline line;
    gsize n = parts_of(buffer, a, b, course->length_m);
    g_autofree FmLonLat *at = g_new(FmLonLat, n + 1);
    g_autofree double *bearing_deg = g_new(double, n + 1);

    geod_lineinit(&line, fm_wgs84(), a.lat_deg, a.lon_deg, course->begin_deg, 0);
    at[0] = a;
    bearing_deg[0] = course->begin_deg;
    for (gsize i = 1; i < n; i++) {
        geod_position(&line, course->length_m * (double)i / (double)n, &at[i].lat_deg,
                      &at[i].lon_deg, &bearing_deg[i]);
    }
    at[n] = b;
    bearing_deg[n] = course->end_deg;

    for (gsize i = 0; i <= n; i++) {
        add_at_radius(buffer, at[i], bearing_deg[i] + 90);
    }
    for (gsize i = n + 1; i > 0; i--) {
        add_at_radius(buffer, at[i - 1], bearing_deg[i - 1] - 90);
    }
    return finish_ring(buffer, error);
}

static void append_distinct(GArray *points, FmLonLat p)
{
    if (points->len == 0 ||
        fm_geodesic_distance_m(p, g_array_index(points, FmLonLat, points->len - 1)) > 0) {
        g_array_append_val(points, p);
    }
}

/* The points of a path without repetitions; a ring's last point is dropped.  Edges of polygons are
 * straight in longitude and latitude, those of lines are geodesics: rings get points in between. */
static GArray *path_points(const Buffer *buffer, const FmGeometry *geometry, gsize path,
                           gboolean *closed)
{
    GArray *points = g_array_new(FALSE, FALSE, sizeof(FmLonLat));
    gboolean ring = fm_geometry_dimension(geometry) == 2;
    gsize begin = fm_geometry_path_begin(geometry, path);

    append_distinct(points, geometry->points[begin]);
    for (gsize i = begin + 1; i < geometry->path_end[path]; i++) {
        FmLonLat a = geometry->points[i - 1], b = geometry->points[i];
        gsize n = ring ? parts_of(buffer, a, b, fm_geodesic_distance_m(a, b)) : 1;
        for (gsize part = 1; part < n; part++) {
            double ratio = (double)part / (double)n;
            append_distinct(points, (FmLonLat){a.lon_deg + ratio * (b.lon_deg - a.lon_deg),
                                               a.lat_deg + ratio * (b.lat_deg - a.lat_deg)});
        }
        append_distinct(points, b);
    }
    *closed = points->len > 2 &&
              fm_geodesic_distance_m(g_array_index(points, FmLonLat, 0),
                                     g_array_index(points, FmLonLat, points->len - 1)) == 0;
    if (*closed) {
        g_array_set_size(points, points->len - 1);
    }
    return points;
}

static gboolean add_path(Buffer *buffer, const FmGeometry *geometry, gsize path, GError **error)
{
    gboolean closed = FALSE;
    g_autoptr(GArray) points = path_points(buffer, geometry, path, &closed);
    const FmLonLat *p = &g_array_index(points, FmLonLat, 0);
    guint n = points->len, n_segments = closed ? n : n - 1;

    if (n == 1) {
        return add_circle(buffer, p[0], error);
    }
    g_autofree Course *courses = g_new(Course, n_segments);
    for (guint i = 0; i < n_segments; i++) {
        courses[i] = course_between(p[i], p[(i + 1) % n]);
        if (!add_strip(buffer, p[i], p[(i + 1) % n], &courses[i], error)) {
            return FALSE;
        }
    }
    for (guint i = closed ? 0 : 1; i < n_segments; i++) {
        double in_deg = courses[(i + n_segments - 1) % n_segments].end_deg;
        if (!add_join(buffer, p[i], in_deg, courses[i].begin_deg, error)) {
            return FALSE;
        }
    }
    double first_deg = courses[0].begin_deg, last_deg = courses[n_segments - 1].end_deg;
    return closed || (add_cap(buffer, p[0], first_deg + 90, error) &&
                      add_cap(buffer, p[n - 1], last_deg - 90, error));
}

static gboolean add_inside(Buffer *buffer, const FmGeometry *polygon, GError **error)
{
    GEOSGeometry *piece = fm_geos_from_geometry(&buffer->geos, polygon);

    g_ptr_array_add(buffer->pieces, piece);
    return fm_geos_check_valid(&buffer->geos, piece, "", error);
}

/* Geodesics take any longitude, but only latitudes that exist. */
static gboolean check_input(const FmGeometry *geometry, double radius_m, GError **error)
{
    if (!(radius_m > 0 && radius_m <= FM_BUFFER_MAX_M)) {
        g_set_error(error, FM_ERROR, FM_ERROR_DATA,
                    "the radius of a buffer must be above 0 and at most %.0f km",
                    FM_BUFFER_MAX_M / 1000);
        return FALSE;
    }
    for (gsize i = 0; i < geometry->n_points; i++) {
        FmLonLat p = geometry->points[i];
        if (!(fabs(p.lat_deg) <= 90 && fabs(p.lon_deg) <= 360)) {
            g_set_error(error, FM_ERROR, FM_ERROR_DATA,
                        "position %" G_GSIZE_FORMAT " (%.5f, %.5f) of the geometry to buffer is "
                        "not in degrees of longitude and latitude",
                        i, p.lon_deg, p.lat_deg);
            return FALSE;
        }
    }
    return TRUE;
}

FmGeometry *fm_geometry_buffer(const FmGeometry *geometry, double radius_m, guint quad_segments,
                               GError **error)
{
    guint dimension = fm_geometry_dimension(geometry);
    g_auto(Buffer) buffer;

    g_return_val_if_fail(quad_segments != 1, NULL);
    buffer_init(&buffer, radius_m, quad_segments);
    if (!check_input(geometry, radius_m, error)) {
        return NULL;
    }
    if (dimension == 2 && !add_inside(&buffer, geometry, error)) {
        return NULL;
    }
    for (gsize path = 0; path < geometry->n_paths; path++) {
        gboolean ok = dimension == 0 ? add_circle(&buffer, geometry->points[path], error)
                                     : add_path(&buffer, geometry, path, error);
        if (!ok) {
            return NULL;
        }
    }
    return fm_geos_unite(&buffer.geos, buffer.pieces, error);
}
