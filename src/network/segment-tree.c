/* A packed tree of boxes over segments, the boxes of a group coordinate by coordinate so that all
 * of them are compared at once.
 *
 * A search goes down once, by chords alone, and learns how near the nearest must be; the few
 * segments that it could not rule out then need a geodesic. */
#include "segment-tree-nodes.h"
#include "wide.h"

#include <math.h>

enum { MAX_CANDIDATES = 64 };

typedef struct {
    const FmSegment *segment;
    double least_m; /* it is not nearer than that */
} Candidate;

typedef struct {
    const FmSegmentTree *tree;
    FmVector p;
    double reach_m; /* what is further away by its lower bound does not matter; shrinks */
    double margin_m;
    FmSegmentVisit visit;
    void *user;
    Candidate candidates[MAX_CANDIDATES];
    guint n_candidates;
} Search;

/* No geodesic with this chord is longer: s = 2 R asin(c / 2R), far from the other side of the
 * Earth. */
static double geodesic_max_m(double chord_m)
{
    double ratio = chord_m / FM_SEGMENT_MIN_RADIUS_M;
    return chord_m * (1 + ratio * ratio / 20) + FM_SEGMENT_SLACK_M;
}

/* Measures the candidates that are still within reach. */
static void measure(Search *search)
{
    for (guint i = 0; i < search->n_candidates; i++) {
        if (search->candidates[i].least_m > search->reach_m)
            continue;
        double distance_m = search->visit(search->candidates[i].segment, search->user);
        search->reach_m = MIN(search->reach_m, distance_m + search->margin_m);
    }
    search->n_candidates = 0;
}

static void look_at(Search *search, const FmSegment *segment)
{
    FmVector along = fm_vector_minus(segment->b, segment->a);
    FmVector to_p = fm_vector_minus(search->p, segment->a);
    double size2 = fm_vector_dot(along, along), dot = fm_vector_dot(along, to_p);
    double t = size2 > 0 ? CLAMP(dot / size2, 0, 1) : 0;
    FmVector aside = fm_vector_plus(to_p, -t, along);
    double chord2 = fm_vector_dot(aside, aside), stray_m = fm_segment_stray_m(size2);
    /* Most segments go here, and without a root. */
    double most_m = search->reach_m + stray_m;
    if (chord2 > most_m * most_m)
        return;
    if (search->n_candidates == MAX_CANDIDATES)
        measure(search);
    double chord_m = sqrt(chord2);
    search->candidates[search->n_candidates++] = (Candidate){segment, chord_m - stray_m};
    search->reach_m = MIN(search->reach_m, geodesic_max_m(chord_m + stray_m) + search->margin_m);
}

LOOPS void box_distances2(const FmSegmentGroup *group, const FmVector *p,
                          double distance2[FM_SEGMENT_FANOUT])
{
    for (int child = 0; child < FM_SEGMENT_FANOUT; child++)
        distance2[child] = 0;
    for (int i = 0; i < 3; i++) {
        const double *restrict low = group->low[i], *restrict high = group->high[i];
        double at = p->c[i];
        for (int child = 0; child < FM_SEGMENT_FANOUT; child++) {
            double below = low[child] - at, above = at - high[child];
            double out = below > above ? below : above;
            out = out > 0 ? out : 0;
            distance2[child] += out * out;
        }
    }
}

/* A group that waits, or at the level of LEAVES the segments of a lowest box. */
typedef struct {
    double distance2;
    gsize group;
    guint height;
} Waiting;

enum { LEAVES = 0 }; /* height h > LEAVES: levels[h - 1] */

/* The children of a group that are within reach, the nearest at the end; of equal ones the first.
 * @return how many wait now */
LOOPS guint add_children(const Search *search, Waiting parent, Waiting *waiting, guint n)
{
    double distance2[FM_SEGMENT_FANOUT], reach_m = search->reach_m + FM_SEGMENT_SLACK_M;
    box_distances2(&search->tree->levels[parent.height - 1][parent.group], &search->p, distance2);
    guint first = n;
    for (guint child = 0; child < FM_SEGMENT_FANOUT; child++) {
        if (!(distance2[child] <= reach_m * reach_m))
            continue;
        guint at = n++;
        for (; at > first && waiting[at - 1].distance2 <= distance2[child]; at--)
            waiting[at] = waiting[at - 1];
        waiting[at] = (Waiting){distance2[child], parent.group * FM_SEGMENT_FANOUT + child,
                                parent.height - 1};
    }
    return n;
}

/* Depth first, the nearest first: the reach shrinks early, and most of what waits is dropped. */
LOOPS void descend(Search *search)
{
    const FmSegmentTree *tree = search->tree;
    Waiting waiting[FM_SEGMENT_MAX_LEVELS * FM_SEGMENT_FANOUT];
    guint n = 0;
    waiting[n++] = (Waiting){0, 0, tree->n_levels};
    while (n > 0) {
        Waiting next = waiting[--n];
        double reach_m = search->reach_m + FM_SEGMENT_SLACK_M;
        if (!(next.distance2 <= reach_m * reach_m))
            continue;
        if (next.height > LEAVES) {
            n = add_children(search, next, waiting, n);
            continue;
        }
        gsize end = MIN((next.group + 1) * FM_SEGMENT_FANOUT, tree->n);
        for (gsize i = next.group * FM_SEGMENT_FANOUT; i < end; i++)
            look_at(search, &tree->segments[i]);
    }
}

#if HAVE_WIDE
WIDE static void descend_wide(Search *search)
{
    descend(search);
}
#endif

void fm_segment_tree_near(const FmSegmentTree *tree, FmVector p, double within_m, double margin_m,
                          FmSegmentVisit visit, void *user)
{
    if (tree->n == 0 || !(within_m >= 0))
        return;
    Search search = {.tree = tree,
                     .p = p,
                     .reach_m = MIN(within_m, FM_MAX_SNAP_M) + FM_SEGMENT_SLACK_M,
                     .margin_m = margin_m,
                     .visit = visit,
                     .user = user};
#if HAVE_WIDE
    if (__builtin_cpu_supports("avx2"))
        descend_wide(&search);
    else
#endif
        descend(&search);
    measure(&search);
}
