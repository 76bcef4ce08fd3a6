/* Isochrones as polygons for the eye: the level line around the reached pieces of road. */
#include "contour.h"
#include "reach-internal.h"

#include <math.h>

#define DEFAULT_BUFFER_M 100.0
#define DEFAULT_MAX_HOLE_M2 1e5

/* A straight line in longitude and latitude this long leaves the geodesic by less than a metre
 * below a latitude of 60 degrees. */
#define MAX_STROKE_M 5000.0

static void append_stroke(FmLonLat a, FmLonLat b, GArray *strokes)
{
    FmStroke stroke = {a, b};
    g_array_append_val(strokes, stroke);
}

/* The same meridian, at most half a turn from another. */
static double unwrapped(double lon_deg, double near_deg)
{
    double east_deg = lon_deg - near_deg;
    return fabs(east_deg) <= 180 ? lon_deg : near_deg + remainder(east_deg, 360);
}

/* One segment of a piece as strokes, its longitudes near `near_deg` whatever side of the
 * antimeridian they are written on. */
static void add_segment(FmLonLat a, FmLonLat b, double near_deg, GArray *strokes)
{
    double bearing_deg = 0, length_m = 0;
    a.lon_deg = unwrapped(a.lon_deg, near_deg);
    b.lon_deg = unwrapped(b.lon_deg, a.lon_deg);
    /* Degrees are enough to see that most are short, and cost nothing. */
    if (fabs(a.lon_deg - b.lon_deg) + fabs(a.lat_deg - b.lat_deg) > MAX_STROKE_M / 120000)
        length_m = fm_geodesic_inverse(a, b, &bearing_deg);
    gsize n = (gsize)fmax(ceil(length_m / MAX_STROKE_M), 1);
    FmLonLat from = a;
    for (gsize i = 1; i <= n; i++) {
        FmLonLat to = b;
        if (i < n) {
            to = fm_geodesic_direct(a, bearing_deg, length_m * (double)i / (double)n);
            to.lon_deg = unwrapped(to.lon_deg, from.lon_deg);
        }
        append_stroke(from, to, strokes);
        from = to;
    }
}

static void add_piece(const FmNetwork *network, const FmEdgePiece *piece, double near_deg,
                      GArray *points, GArray *strokes)
{
    g_array_set_size(points, 0);
    fm_edge_piece_points(network, piece, points);
    const FmLonLat *p = &g_array_index(points, FmLonLat, 0);
    for (guint j = 0; j + 1 < points->len; j++)
        add_segment(p[j], p[j + 1], near_deg, strokes);
    if (points->len == 1)
        add_segment(p[0], p[0], near_deg, strokes);
}

static int compare_pieces(const FmEdgePiece *a, const FmEdgePiece *b)
{
    if (a->edge != b->edge)
        return a->edge < b->edge ? -1 : 1;
    return (a->begin_ratio > b->begin_ratio) - (a->begin_ratio < b->begin_ratio);
}

/* Of pieces those that are not among the ones before, where most are as they were. */
static void add_new_pieces(const FmNetwork *network, const GArray *before, const GArray *pieces,
                           double near_deg, GArray *strokes)
{
    g_autoptr(GArray) points = g_array_new(FALSE, FALSE, sizeof(FmLonLat));
    guint next = 0;
    for (guint i = 0; i < pieces->len; i++) {
        const FmEdgePiece *piece = &g_array_index(pieces, FmEdgePiece, i), *old = NULL;
        while (before && next < before->len &&
               compare_pieces(&g_array_index(before, FmEdgePiece, next), piece) < 0)
            next++;
        if (before && next < before->len)
            old = &g_array_index(before, FmEdgePiece, next);
        if (!old || compare_pieces(old, piece) != 0 || old->end_ratio != piece->end_ratio)
            add_piece(network, piece, near_deg, points, strokes);
    }
}

/* ---- polygons ---------------------------------------------------------------------------- */

typedef struct {
    const FmContour *contour;
    double max_hole_m2;
    FmGeometry **out;
} Job;

static gboolean polygon_chunk(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)worker, (void)error;
    const Job *job = user;
    for (gsize i = begin; i < end; i++) {
        g_autoptr(GArray) pieces = fm_contour_pieces(job->contour, i);
        job->out[i] = fm_contour_polygons(pieces, job->max_hole_m2);
    }
    return TRUE;
}

gboolean fm_isochrones(const FmNetwork *network, GArray *const *pieces, gsize n,
                       const FmIsochroneOptions *options, FmGeometry **out,
                       const FmProgress *progress, GError **error)
{
    FmIsochroneOptions o = options ? *options : (FmIsochroneOptions){.max_hole_m2 = -1};
    double buffer_m = o.buffer_m > 0 ? o.buffer_m : DEFAULT_BUFFER_M;
    double max_hole_m2 = o.max_hole_m2 >= 0 ? o.max_hole_m2 : DEFAULT_MAX_HOLE_M2;
    for (gsize i = 0; i < n; i++)
        out[i] = NULL;
    if (n == 0 || pieces[n - 1]->len == 0)
        return TRUE;
    /* The grid is the network's, not that of these pieces: bands must fit into each other. */
    FmLonLat middle = fm_network_edge(network, 0).points[0];
    g_autoptr(GArray) strokes = g_array_new(FALSE, FALSE, sizeof(FmStroke));
    g_autofree gsize *set_end = g_new(gsize, n);
    for (gsize i = 0; i < n; i++) {
        add_new_pieces(network, i > 0 ? pieces[i - 1] : NULL, pieces[i], middle.lon_deg, strokes);
        set_end[i] = strokes->len;
    }
    FmContourGrid grid = fm_contour_grid(buffer_m, middle.lat_deg);
    g_autoptr(FmContour) contour =
        fm_contour_new(&grid, (const FmStroke *)(gconstpointer)strokes->data, set_end, n,
                       o.n_threads, progress, error);
    if (!contour)
        return FALSE;
    Job job = {contour, max_hole_m2, out};
    return fm_parallel_for(n, 1, o.n_threads, polygon_chunk, &job, NULL, NULL, error);
}
