/* A packed tree of boxes over segments in Morton order (Morton 1966): built by one radix sort and
 * a sweep, stored level by level without pointers.
 *
 * A search goes down twice.  The first time it only looks at chords, and learns how near the
 * nearest must be; the second time, few segments are left that need a geodesic. */
#include "segment-tree.h"

#include <math.h>

#define WGS84_A_M 6378137.0
#define WGS84_E2 0.00669437999014131699614
#define WGS84_MIN_RADIUS_M 6335439.0 /* of curvature: the meridian's at the equator, rounded down */

/* Far above the rounding of coordinates (3 nm) and geodesics (15 nm). */
#define SLACK_M 1e-6

enum { FANOUT = 8, MAX_LEVELS = 16, MORTON_BITS = 21 };

typedef struct {
    double low[3], high[3];
} Box;

struct FmSegmentTree {
    GArray *segments;
    guint n_levels;
    gsize level_size[MAX_LEVELS];
    Box *levels[MAX_LEVELS]; /* levels[0] holds groups of FANOUT segments; the last, one box */
};

FmVector fm_vector_from_lonlat(FmLonLat p)
{
    double lon = p.lon_deg * (G_PI / 180), lat = p.lat_deg * (G_PI / 180);
    double n_m = WGS84_A_M / sqrt(1 - WGS84_E2 * sin(lat) * sin(lat));
    return (FmVector){
        {n_m * cos(lat) * cos(lon), n_m * cos(lat) * sin(lon), n_m * (1 - WGS84_E2) * sin(lat)}};
}

static double length2(const double v[3])
{
    return v[0] * v[0] + v[1] * v[1] + v[2] * v[2];
}

/* How far the geodesic between the ends may be from the chord. */
static double sagitta_m(const FmSegment *segment)
{
    double chord[3];
    for (int i = 0; i < 3; i++)
        chord[i] = segment->b.c[i] - segment->a.c[i];
    /* The geodesic is longer than its chord, by far less than a tenth over a hemisphere's width. */
    return 1.1 * length2(chord) / (8 * WGS84_MIN_RADIUS_M) + SLACK_M;
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
        box->low[i] = fmin(box->low[i], other->low[i]);
        box->high[i] = fmax(box->high[i], other->high[i]);
    }
}

static Box segment_box(const FmSegment *segment)
{
    double stray_m = sagitta_m(segment);
    Box box;
    for (int i = 0; i < 3; i++) {
        box.low[i] = fmin(segment->a.c[i], segment->b.c[i]) - stray_m;
        box.high[i] = fmax(segment->a.c[i], segment->b.c[i]) + stray_m;
    }
    return box;
}

/* The lowest MORTON_BITS of x, two zeros between each. */
static guint64 spread(guint64 x)
{
    x = (x | x << 32) & 0x1f00000000ffffu;
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

/* By code, from the lowest 16 bits up; stable, so equal codes stay in the order of edges. */
static Key *radix_sort(Key *keys, Key *spare, gsize n)
{
    enum { DIGIT = 16, SIZE = 1 << DIGIT };
    g_autofree gsize *count = g_new(gsize, SIZE);
    for (int shift = 0; shift < 3 * MORTON_BITS; shift += DIGIT) {
        for (gsize d = 0; d < SIZE; d++)
            count[d] = 0;
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

static void sort_segments(FmSegmentTree *tree)
{
    gsize n = tree->segments->len;
    const FmSegment *segments = &g_array_index(tree->segments, FmSegment, 0);
    Box whole = box_empty();
    for (gsize i = 0; i < n; i++) {
        Box box = segment_box(&segments[i]);
        box_add(&whole, &box);
    }
    g_autofree Key *keys = g_new(Key, n);
    g_autofree Key *spare = g_new(Key, n);
    for (gsize i = 0; i < n; i++)
        keys[i] = (Key){morton(&segments[i], &whole), (guint32)i};
    const Key *sorted = radix_sort(keys, spare, n);
    GArray *ordered = g_array_sized_new(FALSE, FALSE, sizeof(FmSegment), (guint)n);
    for (gsize i = 0; i < n; i++)
        g_array_append_val(ordered, segments[sorted[i].index]);
    g_array_unref(tree->segments);
    tree->segments = ordered;
}

FmSegmentTree *fm_segment_tree_new(GArray *segments)
{
    FmSegmentTree *tree = g_new0(FmSegmentTree, 1);
    tree->segments = segments;
    gsize n = segments->len;
    if (n == 0)
        return tree;
    sort_segments(tree);
    do {
        gsize n_above = (n + FANOUT - 1) / FANOUT;
        Box *above = g_new(Box, n_above);
        for (gsize i = 0; i < n_above; i++)
            above[i] = box_empty();
        for (gsize i = 0; i < n; i++) {
            Box leaf;
            const Box *box = &leaf;
            if (tree->n_levels == 0)
                leaf = segment_box(&g_array_index(tree->segments, FmSegment, i));
            else
                box = &tree->levels[tree->n_levels - 1][i];
            box_add(&above[i / FANOUT], box);
        }
        tree->levels[tree->n_levels] = above;
        tree->level_size[tree->n_levels++] = n_above;
        n = n_above;
    } while (n > 1);
    return tree;
}

void fm_segment_tree_free(FmSegmentTree *tree)
{
    if (!tree)
        return;
    for (guint l = 0; l < tree->n_levels; l++)
        g_free(tree->levels[l]);
    g_array_unref(tree->segments);
    g_free(tree);
}

/* ---- searching --------------------------------------------------------------------------- */

typedef struct {
    const FmSegmentTree *tree;
    FmVector p;
    double reach_m; /* what is further away by its lower bound does not matter; shrinks */
    double margin_m;
    FmSegmentVisit visit; /* NULL while only chords are looked at */
    void *user;
} Search;

static double box_distance2(const Box *box, const FmVector *p)
{
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        double out = fmax(fmax(box->low[i] - p->c[i], p->c[i] - box->high[i]), 0);
        sum += out * out;
    }
    return sum;
}

static double chord_distance_m(const FmSegment *segment, const FmVector *p)
{
    double along[3], to_p[3];
    for (int i = 0; i < 3; i++) {
        along[i] = segment->b.c[i] - segment->a.c[i];
        to_p[i] = p->c[i] - segment->a.c[i];
    }
    double size2 = length2(along);
    double dot = along[0] * to_p[0] + along[1] * to_p[1] + along[2] * to_p[2];
    double t = size2 > 0 ? CLAMP(dot / size2, 0, 1) : 0;
    for (int i = 0; i < 3; i++)
        to_p[i] -= t * along[i];
    return sqrt(length2(to_p));
}

/* No geodesic with this chord is longer: s = 2 R asin(c / 2R), far from the other side of the
 * Earth. */
static double geodesic_max_m(double chord_m)
{
    double ratio = chord_m / WGS84_MIN_RADIUS_M;
    return chord_m * (1 + ratio * ratio / 20) + SLACK_M;
}

static void look_at(Search *search, const FmSegment *segment)
{
    double chord_m = chord_distance_m(segment, &search->p), stray_m = sagitta_m(segment);
    if (chord_m - stray_m > search->reach_m)
        return;
    double distance_m =
        search->visit ? search->visit(segment, search->user) : geodesic_max_m(chord_m + stray_m);
    search->reach_m = fmin(search->reach_m, distance_m + search->margin_m);
}

/* Boxes of a group, the nearest first. */
static void descend(Search *search, guint level, gsize group)
{
    const FmSegmentTree *tree = search->tree;
    gsize begin = group * FANOUT;
    if (level == 0) {
        gsize end = MIN(begin + FANOUT, tree->segments->len);
        for (gsize i = begin; i < end; i++)
            look_at(search, &g_array_index(tree->segments, FmSegment, i));
        return;
    }
    gsize n = MIN((gsize)FANOUT, tree->level_size[level - 1] - begin);
    double distance2[FANOUT];
    gsize order[FANOUT];
    for (gsize i = 0; i < n; i++) {
        double d2 = box_distance2(&tree->levels[level - 1][begin + i], &search->p);
        gsize place = i;
        for (; place > 0 && distance2[place - 1] > d2; place--) {
            distance2[place] = distance2[place - 1];
            order[place] = order[place - 1];
        }
        distance2[place] = d2;
        order[place] = begin + i;
    }
    for (gsize i = 0; i < n; i++) {
        double reach_m = search->reach_m + SLACK_M;
        if (distance2[i] > reach_m * reach_m)
            return;
        descend(search, level - 1, order[i]);
    }
}

void fm_segment_tree_near(const FmSegmentTree *tree, FmLonLat p, double within_m, double margin_m,
                          FmSegmentVisit visit, void *user)
{
    if (tree->n_levels == 0 || !(within_m >= 0))
        return;
    Search search = {.tree = tree,
                     .p = fm_vector_from_lonlat(p),
                     .reach_m = fmin(within_m, FM_SEGMENT_TREE_MAX_M) + SLACK_M,
                     .margin_m = margin_m};
    descend(&search, tree->n_levels - 1, 0);
    search.visit = visit;
    search.user = user;
    descend(&search, tree->n_levels - 1, 0);
}
