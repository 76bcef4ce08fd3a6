/* The tree of segments as it lies in memory: every box holds what is below it. */
#include "fm-unit.h"
#include "segment-tree-nodes.h"

#include <facmap/geo.h>
#include <math.h>
#include <string.h>

/* Of several chunks of segments. */
static FmSegmentTree *make_tree(gsize n, guint n_threads)
{
    FmSegment *segments = g_new(FmSegment, n + 1);
    g_autoptr(GRand) random = g_rand_new_with_seed(8);
    for (guint32 i = 0; i < n; i++) {
        FmLonLat a = {g_rand_double_range(random, 116, 117), g_rand_double(random)};
        FmLonLat b = {a.lon_deg + g_rand_double_range(random, 0, 0.01), a.lat_deg};
        segments[i] = (FmSegment){fm_vector_from_lonlat(a), fm_vector_from_lonlat(b), i, 0};
    }
    return fm_segment_tree_new(segments, n, n_threads);
}

/* Is the position, with the stray of its segment, in a child's box? */
static gboolean holds(const FmSegmentGroup *group, gsize child, const FmVector *p, double stray_m)
{
    for (int axis = 0; axis < 3; axis++)
        if (p->c[axis] - stray_m < group->low[axis][child] ||
            p->c[axis] + stray_m > group->high[axis][child])
            return FALSE;
    return TRUE;
}

static void check_boxes(const FmSegmentTree *tree)
{
    for (gsize i = 0; i < tree->n; i++) {
        const FmSegment *segment = &tree->segments[i];
        FmVector chord = fm_vector_minus(segment->b, segment->a);
        double stray_m = fm_segment_stray_m(fm_vector_dot(chord, chord));
        gsize child = i / FM_SEGMENT_FANOUT;
        for (guint level = 0; level < tree->n_levels; level++) {
            const FmSegmentGroup *group = &tree->levels[level][child / FM_SEGMENT_FANOUT];
            g_assert_true(holds(group, child % FM_SEGMENT_FANOUT, &segment->a, stray_m));
            g_assert_true(holds(group, child % FM_SEGMENT_FANOUT, &segment->b, stray_m));
            child /= FM_SEGMENT_FANOUT;
        }
    }
}

static void test_boxes(void)
{
    static const gsize sizes[] = {1, 8, 9, 64, 65, 512, 513, 20000};
    for (gsize s = 0; s < G_N_ELEMENTS(sizes); s++) {
        g_autoptr(FmSegmentTree) tree = make_tree(sizes[s], 1);
        g_assert_cmpuint(tree->n, ==, sizes[s]);
        g_assert_cmpuint(tree->n_groups[tree->n_levels - 1], ==, 1);
        check_boxes(tree);
        /* Every segment is there once. */
        g_autofree gboolean *seen = g_new0(gboolean, sizes[s]);
        for (gsize i = 0; i < sizes[s]; i++) {
            g_assert_false(seen[tree->segments[i].edge]);
            seen[tree->segments[i].edge] = TRUE;
        }
    }
}

/* One thread and four make the same tree, to the bit. */
static void test_threads(void)
{
    g_autoptr(FmSegmentTree) one = make_tree(20000, 1);
    g_autoptr(FmSegmentTree) four = make_tree(20000, 4);
    g_assert_true(memcmp(one->segments, four->segments, one->n * sizeof *one->segments) == 0);
    g_assert_cmpuint(one->n_levels, ==, four->n_levels);
    for (guint level = 0; level < one->n_levels; level++) {
        g_assert_cmpuint(one->n_groups[level], ==, four->n_groups[level]);
        g_assert_true(memcmp(one->levels[level], four->levels[level],
                             one->n_groups[level] * sizeof **one->levels) == 0);
    }
}

/* The stray is no less than what geodesics do: their middle beside that of the chord. */
static void test_stray(void)
{
    const FmLonLat pairs[][2] = {
        {{0, 0}, {0, 0.9}}, {{0, 0}, {0.9, 0}}, {{10, 60}, {11, 60.4}}, {{0, 89}, {90, 89.5}}};
    for (gsize i = 0; i < G_N_ELEMENTS(pairs); i++) {
        double bearing_deg = 0;
        double length_m = fm_geodesic_inverse(pairs[i][0], pairs[i][1], &bearing_deg);
        FmVector a = fm_vector_from_lonlat(pairs[i][0]), b = fm_vector_from_lonlat(pairs[i][1]);
        FmVector middle =
            fm_vector_from_lonlat(fm_geodesic_direct(pairs[i][0], bearing_deg, length_m / 2));
        FmVector chord = fm_vector_minus(b, a), to_middle = fm_vector_minus(middle, a);
        FmVector aside = fm_vector_plus(to_middle, -0.5, chord);
        double off_m = sqrt(fm_vector_dot(aside, aside));
        double stray_m = fm_segment_stray_m(fm_vector_dot(chord, chord));
        g_assert_cmpfloat(off_m, <=, stray_m);
        g_assert_cmpfloat(off_m, >, stray_m / 2);
    }
}

void test_segment_tree_build(void)
{
    g_test_add_func("/network/segment-tree-build/boxes", test_boxes);
    g_test_add_func("/network/segment-tree-build/threads", test_threads);
    g_test_add_func("/network/segment-tree-build/stray", test_stray);
}
