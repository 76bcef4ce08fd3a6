/* The boxes over segments in Morton order (Morton 1966): one radix sort and a sweep, level by level
 * without pointers. */
#include "segment-tree-nodes.h"

#include <math.h>
#include <string.h>

enum {
    MORTON_BITS = 12, /* an axis */
    GRAIN = 4096,     /* segments a chunk; a multiple of FM_SEGMENT_FANOUT² */
};

typedef struct {
    double low[3], high[3];
} Box;

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
    double stray_m = fm_segment_stray_m(fm_vector_dot(chord, chord));
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

static void put_box(FmSegmentGroup *groups, gsize child, const Box *box)
{
    FmSegmentGroup *group = &groups[child / FM_SEGMENT_FANOUT];
    for (int i = 0; i < 3; i++) {
        group->low[i][child % FM_SEGMENT_FANOUT] = box->low[i];
        group->high[i][child % FM_SEGMENT_FANOUT] = box->high[i];
    }
}

/* Puts segments in order, and the boxes of those that are children of one group. */
static gboolean place_chunk(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)worker, (void)error;
    const Build *build = user;
    for (gsize child = begin / FM_SEGMENT_FANOUT; child * FM_SEGMENT_FANOUT < end; child++) {
        Box box = box_empty();
        for (gsize i = child * FM_SEGMENT_FANOUT; i < MIN((child + 1) * FM_SEGMENT_FANOUT, end);
             i++) {
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
    gsize n = (n_children + FM_SEGMENT_FANOUT - 1) / FM_SEGMENT_FANOUT;
    FmSegmentGroup *groups = g_new(FmSegmentGroup, n);
    for (gsize g = 0; g < n; g++)
        for (int i = 0; i < 3; i++)
            for (int child = 0; child < FM_SEGMENT_FANOUT; child++) {
                groups[g].low[i][child] = (double)INFINITY;
                groups[g].high[i][child] = -(double)INFINITY;
            }
    tree->levels[tree->n_levels] = groups;
    tree->n_groups[tree->n_levels++] = n;
}

static Box group_box(const FmSegmentGroup *group)
{
    Box box = box_empty();
    for (int i = 0; i < 3; i++)
        for (int child = 0; child < FM_SEGMENT_FANOUT; child++) {
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
    add_level(tree, (n + FM_SEGMENT_FANOUT - 1) / FM_SEGMENT_FANOUT);
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
