/* Isochrones as polygons for the eye: land within a buffer of reached pieces of road, and no nearer
 * to a piece that is not reached.  So the other bank of a river without a bridge stays out, however
 * wide the buffer; no more need be known of rivers, railways and walls than that no road crosses
 * them. */
#include "contour.h"
#include "network-internal.h"
#include "reach-internal.h"

#include <math.h>

#define DEFAULT_BUFFER_M 100.0
#define DEFAULT_MAX_HOLE_M2 1e5

/* A hole smaller than the square of so many steps of the grid says nothing about its roads. */
#define SPECK_STEPS 2

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

/* ---- what is not reached ----------------------------------------------------------------- */

/* Where rivals matter: around all strokes, in degrees. */
static FmExtent extent_around(const GArray *strokes, double by_m)
{
    FmExtent extent = fm_extent_empty();
    for (guint i = 0; i < strokes->len; i++) {
        const FmStroke *stroke = &g_array_index(strokes, FmStroke, i);
        extent.west_deg = MIN(extent.west_deg, MIN(stroke->a.lon_deg, stroke->b.lon_deg));
        extent.east_deg = MAX(extent.east_deg, MAX(stroke->a.lon_deg, stroke->b.lon_deg));
        extent.south_deg = MIN(extent.south_deg, MIN(stroke->a.lat_deg, stroke->b.lat_deg));
        extent.north_deg = MAX(extent.north_deg, MAX(stroke->a.lat_deg, stroke->b.lat_deg));
    }
    return fm_extent_widened(extent, by_m);
}

static gboolean may_touch(const FmEdge *edge, double near_deg, const FmExtent *extent)
{
    FmExtent e = fm_extent_empty();
    double lon_deg = near_deg;
    for (guint32 i = 0; i < edge->n_points; i++) {
        lon_deg = unwrapped(edge->points[i].lon_deg, lon_deg);
        e.west_deg = MIN(e.west_deg, lon_deg);
        e.east_deg = MAX(e.east_deg, lon_deg);
        e.south_deg = MIN(e.south_deg, edge->points[i].lat_deg);
        e.north_deg = MAX(e.north_deg, edge->points[i].lat_deg);
    }
    return e.west_deg <= extent->east_deg && e.east_deg >= extent->west_deg &&
           e.south_deg <= extent->north_deg && e.north_deg >= extent->south_deg;
}

/* What pieces leave of the edges that may touch an extent.  @return elements FmEdgePiece */
static GArray *remaining_pieces(const FmNetwork *network, const GArray *pieces, double near_deg,
                                const FmExtent *extent)
{
    GArray *out = g_array_new(FALSE, FALSE, sizeof(FmEdgePiece));
    guint next = 0;
    for (guint32 e = 0; e < fm_network_n_edges(network); e++) {
        FmEdgePiece rest = {e, 0, 1};
        guint first = next;
        while (next < pieces->len && g_array_index(pieces, FmEdgePiece, next).edge == e)
            next++;
        if (next > first && g_array_index(pieces, FmEdgePiece, first).begin_ratio <= 0 &&
            g_array_index(pieces, FmEdgePiece, first).end_ratio >= 1)
            continue;
        FmEdge edge = fm_network_edge(network, e);
        if (!may_touch(&edge, near_deg, extent))
            continue;
        for (guint i = first; i < next; i++) {
            const FmEdgePiece *piece = &g_array_index(pieces, FmEdgePiece, i);
            rest.end_ratio = piece->begin_ratio;
            if (rest.end_ratio > rest.begin_ratio)
                g_array_append_val(out, rest);
            rest.begin_ratio = piece->end_ratio;
        }
        rest.end_ratio = 1;
        if (rest.end_ratio > rest.begin_ratio)
            g_array_append_val(out, rest);
    }
    return out;
}

/* ---- polygons ---------------------------------------------------------------------------- */

/* Strokes of all sets, those of the largest rivals' last.  Free with sets_clear. */
typedef struct {
    GArray *strokes, *rivals; /* FmStroke */
    gsize *strokes_end, *rivals_end;
} Sets;

static void sets_clear(Sets *sets)
{
    g_clear_pointer(&sets->strokes, g_array_unref);
    g_clear_pointer(&sets->rivals, g_array_unref);
    g_clear_pointer(&sets->strokes_end, g_free);
    g_clear_pointer(&sets->rivals_end, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Sets, sets_clear)

static void sets_init(Sets *sets, const FmNetwork *network, GArray *const *pieces, gsize n,
                      double near_deg, double buffer_m)
{
    *sets = (Sets){g_array_new(FALSE, FALSE, sizeof(FmStroke)),
                   g_array_new(FALSE, FALSE, sizeof(FmStroke)), g_new(gsize, n), g_new(gsize, n)};
    for (gsize i = 0; i < n; i++) {
        add_new_pieces(network, i > 0 ? pieces[i - 1] : NULL, pieces[i], near_deg, sets->strokes);
        sets->strokes_end[i] = sets->strokes->len;
    }
    /* A rival counts within a buffer of nodes that are within one of strokes, or next to such. */
    FmExtent extent = extent_around(sets->strokes, 3 * buffer_m);
    g_autoptr(GArray) before = NULL;
    for (gsize i = n; i-- > 0;) {
        GArray *rest = remaining_pieces(network, pieces[i], near_deg, &extent);
        add_new_pieces(network, before, rest, near_deg, sets->rivals);
        sets->rivals_end[i] = sets->rivals->len;
        g_clear_pointer(&before, g_array_unref);
        before = rest;
    }
}

typedef struct {
    const FmContour *contour;
    const FmContourSets *sets;
    double max_hole_m2, min_hole_m2;
    FmGeometry **out;
} Job;

static gboolean polygon_chunk(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)worker, (void)error;
    const Job *job = user;
    for (gsize i = begin; i < end; i++) {
        FmContourHoles holes = {job->max_hole_m2, job->min_hole_m2, job->sets->rivals,
                                job->sets->rivals_end[i]};
        g_autoptr(GArray) pieces = fm_contour_pieces(job->contour, i);
        job->out[i] = fm_contour_polygons(pieces, &holes);
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
    FmContourGrid grid = fm_contour_grid(buffer_m, middle.lat_deg);
    g_auto(Sets) sets = {NULL};
    sets_init(&sets, network, pieces, n, middle.lon_deg, buffer_m);
    const FmContourSets contours = {(const FmStroke *)(gconstpointer)sets.strokes->data,
                                    (const FmStroke *)(gconstpointer)sets.rivals->data,
                                    sets.strokes_end, sets.rivals_end, n};
    g_autoptr(FmContour) contour = fm_contour_new(&grid, &contours, o.n_threads, progress, error);
    if (!contour)
        return FALSE;
    double speck_m2 = SPECK_STEPS * SPECK_STEPS * grid.step_m * grid.step_m;
    Job job = {contour, &contours, max_hole_m2, MIN(speck_m2, max_hole_m2), out};
    return fm_parallel_for(n, 1, o.n_threads, polygon_chunk, &job, NULL, NULL, error);
}
