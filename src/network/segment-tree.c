/* A packed tree of boxes over segments in Morton order (Morton 1966): built by one radix sort and
 * a sweep, stored level by level without pointers, the boxes of a group coordinate by coordinate so
 * that all of them are compared at once.
 *
 * A search goes down once, by chords alone, and learns how near the nearest must be; the few
 * segments that it could not rule out then need a geodesic. */
#include "segment-tree.h"

#include <math.h>

#if defined(__x86_64__) && defined(__GNUC__)
#define HAVE_WIDE 1
#define WIDE __attribute__((target("avx2")))
#else
#define HAVE_WIDE 0
#endif
#define LOOPS static inline __attribute__((always_inline))

#define WGS84_MIN_RADIUS_M 6335439.0 /* of curvature: the meridian's at the equator, rounded down */

/* Far above the rounding of coordinates (3 nm) and geodesics (15 nm). */
#define SLACK_M 1e-6

enum {
    FANOUT = 8,
    MAX_LEVELS = 16,
    MORTON_BITS = 12, /* an axis */
    GRAIN = 4096,     /* segments a chunk; a multiple of FANOUT² */
};

/* The boxes of FANOUT children, one axis after the other; those that are not there are empty. */
typedef struct {
    double low[3][FANOUT], high[3][FANOUT];
} Group;

struct FmSegmentTree {
    FmSegment *segments;
    gsize n;
    guint n_levels;
    gsize n_groups[MAX_LEVELS];
    Group *levels[MAX_LEVELS]; /* the children of levels[0] are FANOUT segments each */
};

typedef struct {
    double low[3], high[3];
} Box;

/* How far a geodesic may be from its chord, whose length squared is given. */
static double sagitta_m(double chord2)
{
    /* The geodesic is longer than its chord, by far less than a tenth over a hemisphere's width. */
    return 1.1 / (8 * WGS84_MIN_RADIUS_M) * chord2 + SLACK_M;
}

/* ---- building ---------------------------------------------------------------------------- */

static Box box_empty(void)
{
    const double inf = (double)INFINITY;
    return (Box){{inf, inf, inf}, {-inf, -inf, -inf}};
}

static void box_add(Box *box, const Box *other)
{
    for (int i = 0; i < 3; i++) {
        box->low[i] = MIN(box->low[i], other->low[i]);
        box->high[i] = MAX(box->high[i], other->high[i]);
    }
}

static Box segment_box(const FmSegment *segment)
{
    FmVector chord = fm_vector_minus(segment->b, segment->a);
    double stray_m = sagitta_m(fm_vector_dot(chord, chord));
    Box box;
    for (int i = 0; i < 3; i++) {
        box.low[i] = MIN(segment->a.c[i], segment->b.c[i]) - stray_m;
        box.high[i] = MAX(segment->a.c[i], segment->b.c[i]) + stray_m;
    }
    return box;
}

/* The lowest MORTON_BITS of x, two zeros between each. */
static guint64 spread(guint64 x)
{
    x = (x | x << 16) & 0x1f0000ff0000ffu;
    x = (x | x << 8) & 0x100f00f00f00f00fu;
    x = (x | x << 4) & 0x10c30c30c30c30c3u;
    return (x | x << 2) & 0x1249249249249249u;
}

static guint64 morton(const FmSegment *segment, const Box *whole)
{
    guint64 code = 0;
    for (int i = 0; i < 3; i++) {
        double size = whole->high[i] - whole->low[i];
        double middle = (segment->a.c[i] + segment->b.c[i]) / 2;
        double place = size > 0 ? (middle - whole->low[i]) / size : 0;
        code |= spread((guint64)(place * ((1 << MORTON_BITS) - 1))) << i;
    }
    return code;
}

typedef struct {
    guint64 code;
    guint32 index;
} Key;

/* By code, from the lowest bits up; stable, so equal codes stay in the order of edges. */
static Key *radix_sort(Key *keys, Key *spare, gsize n)
{
    enum { DIGIT = MORTON_BITS, SIZE = 1 << DIGIT };
    gsize count[SIZE];
    for (int shift = 0; shift < 3 * MORTON_BITS; shift += DIGIT) {
        memset(count, 0, sizeof count);
        for (gsize i = 0; i < n; i++)
            count[keys[i].code >> shift & (SIZE - 1)]++;
        gsize sum = 0;
        for (gsize d = 0; d < SIZE; d++) {
            gsize here = count[d];
            count[d] = sum;
            sum += here;
        }
        for (gsize i = 0; i < n; i++)
            spare[count[keys[i].code >> shift & (SIZE - 1)]++] = keys[i];
        Key *sorted = spare;
        spare = keys;
        keys = sorted;
    }
    return keys;
}

typedef struct {
    FmSegmentTree *tree;
    const FmSegment *unsorted;
    Box *boxes; /* one a chunk */
    Box whole;
    Key *keys;
    const Key *sorted;
} Build;

static gboolean box_chunk(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)worker, (void)error;
    const Build *build = user;
    Box *box = &build->boxes[begin / GRAIN];
    *box = box_empty();
    for (gsize i = begin; i < end; i++) {
        Box own = segment_box(&build->unsorted[i]);
        box_add(box, &own);
    }
    return TRUE;
}

static gboolean key_chunk(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)worker, (void)error;
    const Build *build = user;
    for (gsize i = begin; i < end; i++)
        build->keys[i] = (Key){morton(&build->unsorted[i], &build->whole), (guint32)i};
    return TRUE;
}

static void put_box(Group *groups, gsize child, const Box *box)
{
    Group *group = &groups[child / FANOUT];
    for (int i = 0; i < 3; i++) {
        group->low[i][child % FANOUT] = box->low[i];
        group->high[i][child % FANOUT] = box->high[i];
    }
}

/* Puts segments in order, and the boxes of those that are children of one group. */
static gboolean place_chunk(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)worker, (void)error;
    const Build *build = user;
    for (gsize child = begin / FANOUT; child * FANOUT < end; child++) {
        Box box = box_empty();
        for (gsize i = child * FANOUT; i < MIN((child + 1) * FANOUT, end); i++) {
            build->tree->segments[i] = build->unsorted[build->sorted[i].index];
            Box own = segment_box(&build->tree->segments[i]);
            box_add(&box, &own);
        }
        put_box(build->tree->levels[0], child, &box);
    }
    return TRUE;
}

static void add_level(FmSegmentTree *tree, gsize n_children)
{
    gsize n = (n_children + FANOUT - 1) / FANOUT;
    Group *groups = g_new(Group, n);
    for (gsize g = 0; g < n; g++)
        for (int i = 0; i < 3; i++)
            for (int child = 0; child < FANOUT; child++) {
                groups[g].low[i][child] = (double)INFINITY;
                groups[g].high[i][child] = -(double)INFINITY;
            }
    tree->levels[tree->n_levels] = groups;
    tree->n_groups[tree->n_levels++] = n;
}

static Box group_box(const Group *group)
{
    Box box = box_empty();
    for (int i = 0; i < 3; i++)
        for (int child = 0; child < FANOUT; child++) {
            box.low[i] = MIN(box.low[i], group->low[i][child]);
            box.high[i] = MAX(box.high[i], group->high[i][child]);
        }
    return box;
}

static void stack_levels(FmSegmentTree *tree)
{
    while (tree->n_groups[tree->n_levels - 1] > 1) {
        guint below = tree->n_levels - 1;
        add_level(tree, tree->n_groups[below]);
        for (gsize g = 0; g < tree->n_groups[below]; g++) {
            Box box = group_box(&tree->levels[below][g]);
            put_box(tree->levels[below + 1], g, &box);
        }
    }
}

FmSegmentTree *fm_segment_tree_new(FmSegment *segments, gsize n, guint n_threads)
{
    FmSegmentTree *tree = g_new0(FmSegmentTree, 1);
    g_autofree FmSegment *unsorted = segments;
    g_autofree Box *boxes = g_new(Box, n / GRAIN + 1);
    g_autofree Key *keys = g_new(Key, n + 1), *spare = g_new(Key, n + 1);
    Build build = {tree, unsorted, boxes, box_empty(), keys, NULL};
    tree->segments = g_new(FmSegment, n + 1);
    tree->n = n;
    if (n == 0)
        return tree;
    fm_parallel_for(n, GRAIN, n_threads, box_chunk, &build, NULL, NULL, NULL);
    for (gsize chunk = 0; chunk * GRAIN < n; chunk++)
        box_add(&build.whole, &boxes[chunk]);
    fm_parallel_for(n, GRAIN, n_threads, key_chunk, &build, NULL, NULL, NULL);
    build.sorted = radix_sort(keys, spare, n);
    add_level(tree, (n + FANOUT - 1) / FANOUT);
    fm_parallel_for(n, GRAIN, n_threads, place_chunk, &build, NULL, NULL, NULL);
    stack_levels(tree);
    return tree;
}

void fm_segment_tree_free(FmSegmentTree *tree)
{
    if (!tree)
        return;
    for (guint l = 0; l < tree->n_levels; l++)
        g_free(tree->levels[l]);
    g_free(tree->segments);
    g_free(tree);
}

/* ---- searching --------------------------------------------------------------------------- */

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
    double ratio = chord_m / WGS84_MIN_RADIUS_M;
    return chord_m * (1 + ratio * ratio / 20) + SLACK_M;
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
    double chord2 = fm_vector_dot(aside, aside), stray_m = sagitta_m(size2);
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

LOOPS void box_distances2(const Group *group, const FmVector *p, double distance2[FANOUT])
{
    for (int child = 0; child < FANOUT; child++)
        distance2[child] = 0;
    for (int i = 0; i < 3; i++) {
        const double *restrict low = group->low[i], *restrict high = group->high[i];
        double at = p->c[i];
        for (int child = 0; child < FANOUT; child++) {
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
    double distance2[FANOUT], reach_m = search->reach_m + SLACK_M;
    box_distances2(&search->tree->levels[parent.height - 1][parent.group], &search->p, distance2);
    guint first = n;
    for (guint child = 0; child < FANOUT; child++) {
        if (!(distance2[child] <= reach_m * reach_m))
            continue;
        guint at = n++;
        for (; at > first && waiting[at - 1].distance2 <= distance2[child]; at--)
            waiting[at] = waiting[at - 1];
        waiting[at] = (Waiting){distance2[child], parent.group * FANOUT + child, parent.height - 1};
    }
    return n;
}

/* Depth first, the nearest first: the reach shrinks early, and most of what waits is dropped. */
LOOPS void descend(Search *search)
{
    const FmSegmentTree *tree = search->tree;
    Waiting waiting[MAX_LEVELS * FANOUT];
    guint n = 0;
    waiting[n++] = (Waiting){0, 0, tree->n_levels};
    while (n > 0) {
        Waiting next = waiting[--n];
        double reach_m = search->reach_m + SLACK_M;
        if (!(next.distance2 <= reach_m * reach_m))
            continue;
        if (next.height > LEAVES) {
            n = add_children(search, next, waiting, n);
            continue;
        }
        gsize end = MIN((next.group + 1) * FANOUT, tree->n);
        for (gsize i = next.group * FANOUT; i < end; i++)
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
                     .reach_m = MIN(within_m, FM_MAX_SNAP_M) + SLACK_M,
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
