/* Snapping: the tree of segments names the few that may be nearest, Karney's geodesic decides. */
#include "reach-internal.h"
#include "segment-tree.h"

#include <math.h>

/* Positions nearer than this are one: far below what coordinates mean, far above rounding. */
#define SAME_POSITION_M 1e-3

struct FmSnapper {
    const FmNetwork *network;
    FmSegmentTree *tree;
};

FmSnapper *fm_snapper_new(const FmNetwork *network)
{
    GArray *segments = g_array_new(FALSE, FALSE, sizeof(FmSegment));
    for (guint32 e = 0; e < fm_network_n_edges(network); e++) {
        FmEdge edge = fm_network_edge(network, e);
        if (!fm_edge_passable(&edge, FM_EDGE_FORWARD) && !fm_edge_passable(&edge, FM_EDGE_BACKWARD))
            continue;
        FmSegment segment = {.edge = e, .b = fm_vector_from_lonlat(edge.points[0])};
        for (guint32 i = 1; i < edge.n_points; i++) {
            segment.a = segment.b;
            segment.b = fm_vector_from_lonlat(edge.points[i]);
            segment.segment = i - 1;
            g_array_append_val(segments, segment);
        }
    }
    FmSnapper *snapper = g_new(FmSnapper, 1);
    snapper->network = network;
    snapper->tree = fm_segment_tree_new(segments);
    return snapper;
}

void fm_snapper_free(FmSnapper *snapper)
{
    if (!snapper)
        return;
    fm_segment_tree_free(snapper->tree);
    g_free(snapper);
}

typedef struct {
    const FmSnapper *snapper;
    FmLonLat place;
    double max_m;
    GArray *found; /* FmSnap; along and ratio not yet known */
    guint first;   /* in found: where this search began */
} Search;

/* Keeps the nearest segment of every edge. */
static double measure(const FmSegment *segment, void *user)
{
    Search *search = user;
    FmEdge edge = fm_network_edge(search->snapper->network, segment->edge);
    FmSnap snap = {.edge = segment->edge, .segment = segment->segment};
    const FmLonLat *points = edge.points + segment->segment;
    snap.access_m =
        fm_geodesic_point_segment_m(search->place, points[0], points[1], &snap.position);
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

/* How far along its segment and its edge a position is.  Within a segment the geodesic tells; the
 * lengths of segments are those of the edge. */
static void find_ratios(const FmNetwork *network, FmSnap *snap)
{
    FmEdge edge = fm_network_edge(network, snap->edge);
    const FmLonLat *points = edge.points + snap->segment;
    double whole_m = fm_geodesic_distance_m(points[0], points[1]), before_m = 0;
    double to_m = fm_geodesic_distance_m(points[0], snap->position);
    snap->along = whole_m > 0 ? fmin(to_m / whole_m, 1) : 0;
    for (guint32 i = 0; i < snap->segment; i++)
        before_m += edge.segment_m[i];
    before_m += snap->along * edge.segment_m[snap->segment];
    snap->ratio = fmin(before_m / edge.length_m, 1);
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

void fm_snapper_snap_all(const FmSnapper *snapper, FmLonLat place, double max_m, GArray *out)
{
    Search search = {snapper, place, fmin(max_m, FM_SEGMENT_TREE_MAX_M), out, out->len};
    fm_segment_tree_near(snapper->tree, place, max_m, SAME_POSITION_M, measure, &search);
    guint n = out->len - search.first;
    if (n == 0)
        return;
    FmSnap *found = &g_array_index(out, FmSnap, search.first);
    qsort(found, n, sizeof *found, compare_snaps);
    guint n_same = 1;
    for (guint i = 1; i < n; i++)
        if (fm_geodesic_distance_m(found[0].position, found[i].position) <= SAME_POSITION_M)
            found[n_same++] = found[i];
    g_array_set_size(out, search.first + n_same);
    qsort(found + 1, n_same - 1, sizeof *found, compare_edges);
    for (guint i = 0; i < n_same; i++)
        find_ratios(snapper->network, &found[i]);
}

gboolean fm_snapper_snap(const FmSnapper *snapper, FmLonLat place, double max_m, FmSnap *out)
{
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(FmSnap));
    fm_snapper_snap_all(snapper, place, max_m, found);
    *out = found->len > 0 ? g_array_index(found, FmSnap, 0) : (FmSnap){.edge = FM_NODE_NONE};
    return found->len > 0;
}
