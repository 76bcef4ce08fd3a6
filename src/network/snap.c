/* Snapping: the tree of segments names the few that may be nearest; the foot on each is found among
 * vectors, and Karney's geodesic says how far it is. */
#include "network-internal.h"
#include "reach-internal.h"
#include "segment-tree.h"

#include <math.h>

/* Positions nearer than this are one: far below what coordinates mean, far above rounding. */
#define SAME_POSITION_M 1e-3
/* What is nearer than this is on the road: twice the rounding of coordinates. */
#define ON_ROAD_M 1e-8
/* Up to this length of a segment, and this distance from it, the foot found among vectors is off by
 * less than SAME_POSITION_M / 10,000: the surface is then a sphere and a trifle. */
#define SHORT_M 2000.0

#define MEAN_RADIUS_M 6371008.8

enum { GRAIN = 1024 }; /* edges a chunk */

struct FmSnapper {
    const FmNetwork *network;
    FmSegmentTree *tree;
};

/* ---- building ---------------------------------------------------------------------------- */

typedef struct {
    const FmNetwork *network;
    const gsize *first; /* by edge: its first segment */
    FmSegment *segments;
} Build;

static gboolean is_used(const FmEdge *edge)
{
    return fm_edge_passable(edge, FM_EDGE_FORWARD) || fm_edge_passable(edge, FM_EDGE_BACKWARD);
}

static gboolean segment_chunk(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)worker, (void)error;
    const Build *build = user;
    for (gsize e = begin; e < end; e++) {
        FmEdge edge = fm_network_edge(build->network, (guint32)e);
        if (build->first[e + 1] == build->first[e])
            continue;
        FmSegment *segment = build->segments + build->first[e];
        FmVector next = fm_vector_from_lonlat(edge.points[0]);
        for (guint32 i = 0; i + 1 < edge.n_points; i++, segment++) {
            *segment = (FmSegment){.a = next, .edge = (guint32)e, .segment = i};
            segment->b = next = fm_vector_from_lonlat(edge.points[i + 1]);
        }
    }
    return TRUE;
}

FmSnapper *fm_snapper_new(const FmNetwork *network, guint n_threads)
{
    guint32 n = fm_network_n_edges(network);
    g_autofree gsize *first = g_new(gsize, (gsize)n + 1);
    gsize n_segments = 0;
    for (guint32 e = 0; e < n; e++) {
        FmEdge edge = fm_network_edge(network, e);
        first[e] = n_segments;
        n_segments += is_used(&edge) ? edge.n_points - 1 : 0;
    }
    first[n] = n_segments;
    Build build = {network, first, g_new(FmSegment, n_segments + 1)};
    fm_parallel_for(n, GRAIN, n_threads, segment_chunk, &build, NULL, NULL, NULL);
    FmSnapper *snapper = g_new(FmSnapper, 1);
    snapper->network = network;
    snapper->tree = fm_segment_tree_new(build.segments, n_segments, n_threads);
    return snapper;
}

void fm_snapper_free(FmSnapper *snapper)
{
    if (!snapper)
        return;
    fm_segment_tree_free(snapper->tree);
    g_free(snapper);
}

/* ---- the foot on a segment --------------------------------------------------------------- */

typedef struct {
    FmVector at; /* on the ellipsoid */
    double t;    /* of the chord: 0 and 1 are the ends themselves */
} Foot;

/* The surface point over the chord from which p lies square to the segment.  A point of the chord
 * is a good guess, and each step leaves the square of the sagitta's share of the radius. */
static Foot find_foot(const FmSegment *segment, FmVector p)
{
    FmVector chord = fm_vector_minus(segment->b, segment->a);
    double size2 = fm_vector_dot(chord, chord);
    double t = fm_vector_dot(fm_vector_minus(p, segment->a), chord) / size2;
    for (int i = 0; i < 2; i++) {
        t = t > 0 ? MIN(t, 1) : 0;
        FmVector at = fm_vector_on_ellipsoid(fm_vector_plus(segment->a, t, chord));
        FmVector normal = fm_vector_normal(at);
        FmVector along = fm_vector_plus(chord, -fm_vector_dot(chord, normal), normal);
        t += fm_vector_dot(fm_vector_minus(p, at), along) / fm_vector_dot(along, along);
    }
    t = t > 0 ? MIN(t, 1) : 0;
    return (Foot){fm_vector_on_ellipsoid(fm_vector_plus(segment->a, t, chord)), t};
}

static double chord_m(FmVector a, FmVector b)
{
    FmVector d = fm_vector_minus(a, b);
    return sqrt(fm_vector_dot(d, d));
}

/* Along the surface, for what is short. */
static double arc_m(FmVector a, FmVector b)
{
    double chord = chord_m(a, b), ratio = chord / MEAN_RADIUS_M;
    return chord * (1 + ratio * ratio / 24);
}

/* ---- snapping ---------------------------------------------------------------------------- */

typedef struct {
    const FmSnapper *snapper;
    FmLonLat place;
    FmVector p;
    double max_m;
    GArray *found;     /* FmSnap; ratio not yet known */
    guint first;       /* in found: where this search began */
    FmLonLat measured; /* the last position whose distance was asked for, and that distance */
    double measured_m;
} Search;

static gboolean same_bits(FmLonLat a, FmLonLat b)
{
    return a.lon_deg == b.lon_deg && a.lat_deg == b.lat_deg;
}

/* Many roads end at one junction: it is measured once. */
static double distance_to(Search *search, FmLonLat position)
{
    if (!same_bits(position, search->measured)) {
        search->measured = position;
        search->measured_m = fm_geodesic_distance_m(search->place, position);
    }
    return search->measured_m;
}

static void measure_short(Search *search, const FmSegment *segment, const FmLonLat *points,
                          FmSnap *snap)
{
    Foot foot = find_foot(segment, search->p);
    snap->position = foot.t <= 0   ? points[0]
                     : foot.t >= 1 ? points[1]
                                   : fm_vector_to_lonlat(foot.at);
    if (foot.t > 0 && foot.t < 1 && chord_m(foot.at, search->p) <= ON_ROAD_M)
        snap->position = search->place;
    snap->access_m = distance_to(search, snap->position);
    double before_m = arc_m(segment->a, foot.at), after_m = arc_m(foot.at, segment->b);
    snap->along = foot.t <= 0 ? 0 : foot.t >= 1 ? 1 : before_m / (before_m + after_m);
}

static void measure_long(Search *search, const FmLonLat *points, FmSnap *snap)
{
    snap->access_m =
        fm_geodesic_point_segment_m(search->place, points[0], points[1], &snap->position);
    double whole_m = fm_geodesic_distance_m(points[0], points[1]);
    snap->along = MIN(fm_geodesic_distance_m(points[0], snap->position) / whole_m, 1);
}

static void measure_segment(Search *search, const FmSegment *segment, const FmLonLat *points,
                            FmSnap *snap)
{
    double length_m = chord_m(segment->a, segment->b);
    if (!(length_m > 0)) {
        snap->position = points[0];
        snap->access_m = distance_to(search, points[0]);
    } else if (length_m <= SHORT_M && chord_m(segment->a, search->p) <= 2 * SHORT_M) {
        measure_short(search, segment, points, snap);
    } else {
        measure_long(search, points, snap);
    }
}

/* Keeps the nearest segment of every edge. */
static double measure(const FmSegment *segment, void *user)
{
    Search *search = user;
    const FmRoads *roads = search->snapper->network->roads;
    guint32 first = g_array_index(roads->edges, FmRoadEdge, segment->edge).first;
    const FmLonLat *points = &g_array_index(roads->points, FmLonLat, first + segment->segment);
    FmSnap snap = {.edge = segment->edge, .segment = segment->segment};
    measure_segment(search, segment, points, &snap);
    if (snap.access_m > search->max_m)
        return snap.access_m;
    for (guint i = search->first; i < search->found->len; i++) {
        FmSnap *other = &g_array_index(search->found, FmSnap, i);
        if (other->edge != snap.edge)
            continue;
        if (snap.access_m < other->access_m ||
            (snap.access_m == other->access_m && snap.segment < other->segment))
            *other = snap;
        return snap.access_m;
    }
    g_array_append_val(search->found, snap);
    return snap.access_m;
}

/* How far along its edge a position is. */
static void find_ratio(const FmRoads *roads, FmSnap *snap)
{
    const FmRoadEdge *edge = &g_array_index(roads->edges, FmRoadEdge, snap->edge);
    const double *segment_m = &g_array_index(roads->segment_m, double, edge->first);
    double before_m = 0;
    for (guint32 i = 0; i < snap->segment; i++)
        before_m += segment_m[i];
    before_m += snap->along * segment_m[snap->segment];
    snap->ratio = MIN(before_m / edge->length_m, 1);
}

static int compare_snaps(const void *a, const void *b)
{
    const FmSnap *left = a, *right = b;
    if (left->access_m != right->access_m)
        return left->access_m < right->access_m ? -1 : 1;
    return left->edge < right->edge ? -1 : 1;
}

static int compare_edges(const void *a, const void *b)
{
    const FmSnap *left = a, *right = b;
    return left->edge < right->edge ? -1 : 1;
}

static gboolean is_same_position(FmLonLat a, FmLonLat b)
{
    return same_bits(a, b) || fm_geodesic_distance_m(a, b) <= SAME_POSITION_M;
}

void fm_snapper_snap_all(const FmSnapper *snapper, FmLonLat place, double max_m, GArray *out)
{
    Search search = {.snapper = snapper,
                     .place = place,
                     .p = fm_vector_from_lonlat(place),
                     .max_m = MIN(max_m, FM_MAX_SNAP_M),
                     .found = out,
                     .first = out->len,
                     .measured = {(double)NAN, (double)NAN}};
    fm_segment_tree_near(snapper->tree, search.p, max_m, SAME_POSITION_M, measure, &search);
    guint n = out->len - search.first;
    if (n == 0)
        return;
    FmSnap *found = &g_array_index(out, FmSnap, search.first);
    qsort(found, n, sizeof *found, compare_snaps);
    guint n_same = 1;
    for (guint i = 1; i < n; i++)
        if (is_same_position(found[0].position, found[i].position))
            found[n_same++] = found[i];
    g_array_set_size(out, search.first + n_same);
    qsort(found + 1, n_same - 1, sizeof *found, compare_edges);
    for (guint i = 0; i < n_same; i++)
        find_ratio(snapper->network->roads, &found[i]);
}

gboolean fm_snapper_snap(const FmSnapper *snapper, FmLonLat place, double max_m, FmSnap *out)
{
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(FmSnap));
    fm_snapper_snap_all(snapper, place, max_m, found);
    *out = found->len > 0 ? g_array_index(found, FmSnap, 0) : (FmSnap){.edge = FM_NODE_NONE};
    return found->len > 0;
}
