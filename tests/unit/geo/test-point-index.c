#include "fixture.h"
#include "fm-unit.h"

#include <math.h>
#include <string.h>

#define N 1000u

static FmNeighbour *by_brute_force(const FmLonLat *points, gsize n, FmLonLat origin)
{
    FmNeighbour *all = g_new(FmNeighbour, n);

    for (gsize i = 0; i < n; i++) {
        all[i] = (FmNeighbour){.index = i, .distance_m = fm_geodesic_distance_m(origin, points[i])};
    }
    sort_neighbours(all, n);
    return all;
}

static gsize count_within(const FmNeighbour *sorted, gsize n, double limit_m)
{
    gsize count = 0;

    while (count < n && sorted[count].distance_m <= limit_m) {
        count++;
    }
    return count;
}

/* @param every also ask for all of the points, and for more than there are, which takes long */
static void check_nearest(const FmPointIndex *index, FmLonLat origin, const FmNeighbour *all,
                          gsize n, gboolean every)
{
    static const gsize ks[] = {1, 2, 5, 50, N, N + 10};
    FmNeighbour got[N + 10];

    for (gsize i = 0; i < (every ? G_N_ELEMENTS(ks) : 4); i++) {
        gsize n_got = fm_point_index_nearest(index, origin, ks[i], INFINITY, got);
        assert_same_neighbours(got, n_got, all, MIN(ks[i], n));
        /* At a limit that is exactly the distance of a point, and a hair below it. */
        double limit_m = all[3].distance_m, below_m = nextafter(limit_m, 0);
        n_got = fm_point_index_nearest(index, origin, ks[i], limit_m, got);
        assert_same_neighbours(got, n_got, all, MIN(ks[i], count_within(all, n, limit_m)));
        n_got = fm_point_index_nearest(index, origin, ks[i], below_m, got);
        assert_same_neighbours(got, n_got, all, MIN(ks[i], count_within(all, n, below_m)));
    }
}

static void check_within(const FmPointIndex *index, FmLonLat origin, const FmNeighbour *all,
                         gsize n, double radius_m)
{
    g_autoptr(GArray) got = g_array_new(FALSE, FALSE, sizeof(FmNeighbour));
    FmNeighbour mark = {.index = 7, .distance_m = -1};
    gsize wanted = count_within(all, n, radius_m);

    g_array_append_val(got, mark); /* what is there already stays */
    fm_point_index_within(index, origin, radius_m, got);
    g_assert_cmpuint(got->len, ==, wanted + 1);
    g_assert_cmpfloat(g_array_index(got, FmNeighbour, 0).distance_m, ==, -1);
    for (guint i = 2; i < got->len; i++) {
        g_assert_cmpuint(g_array_index(got, FmNeighbour, i - 1).index, <,
                         g_array_index(got, FmNeighbour, i).index);
    }
    FmNeighbour *found = &g_array_index(got, FmNeighbour, 1);
    sort_neighbours(found, wanted);
    assert_same_neighbours(found, wanted, all, wanted);
}

/* Bands at a distance that some point has, a hair below it, and in between. */
static void check_bands(const FmPointIndex *index, FmLonLat origin, const FmNeighbour *all, gsize n)
{
    const double radii_m[] = {nextafter(all[2].distance_m, 0), all[2].distance_m,
                              (all[2].distance_m + all[n / 2].distance_m) / 2,
                              all[n / 2].distance_m};
    const gsize n_radii = G_N_ELEMENTS(radii_m);
    g_autoptr(GArray) got = g_array_new(FALSE, FALSE, sizeof(FmBand));
    g_autofree gsize *band = g_new(gsize, n);

    for (gsize i = 0; i < n; i++) {
        gsize b = 0;
        while (b < n_radii && all[i].distance_m > radii_m[b]) {
            b++;
        }
        band[all[i].index] = b;
    }
    fm_point_index_bands(index, origin, radii_m, n_radii, got);
    g_assert_cmpuint(got->len, ==, count_within(all, n, radii_m[n_radii - 1]));
    for (guint i = 0; i < got->len; i++) {
        FmBand *one = &g_array_index(got, FmBand, i);
        g_assert_cmpuint(one->band, ==, band[one->index]);
        band[one->index] = n_radii; /* each point once */
    }
}

static void check_scene(Scene points_scene, Scene origins_scene, guint32 seed, int n_origins)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
    g_autofree FmLonLat *points = scene_points(points_scene, rand, N);
    g_autoptr(FmPointIndex) index = fm_point_index_new(points, N);

    for (int i = 0; i < n_origins; i++) {
        /* Every tenth origin is one of the points. */
        FmLonLat origin = i % 10 == 0 ? points[i % (int)N] : scene_point(origins_scene, rand);
        g_autofree FmNeighbour *all = by_brute_force(points, N, origin);
        check_nearest(index, origin, all, N, i % 20 == 0);
        check_within(index, origin, all, N, all[N / 4].distance_m);
        check_within(index, origin, all, N, nextafter(all[N / 4].distance_m, 0));
        check_within(index, origin, all, N, 3000);
        check_bands(index, origin, all, N);
    }
}

static void test_brute_force(void)
{
    check_scene(SCENE_CITY, SCENE_CITY, 20, 1000);
}

static void test_brute_force_world(void)
{
    check_scene(SCENE_WORLD, SCENE_WORLD, 21, 300);
}

static void test_ties(void)
{
    check_scene(SCENE_GRID, SCENE_GRID, 22, 200);
}

static void test_pole(void)
{
    check_scene(SCENE_POLE, SCENE_POLE, 23, 200);
}

static void test_antimeridian(void)
{
    check_scene(SCENE_ANTIMERIDIAN, SCENE_ANTIMERIDIAN, 24, 200);
}

/* A cluster seen from near its antipode: chords hardly differ while geodesics do. */
static void test_far(void)
{
    check_scene(SCENE_CITY, SCENE_FAR, 25, 40);
    check_scene(SCENE_CITY, SCENE_WORLD, 26, 40);
}

static void test_small(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(27);

    for (gsize n = 0; n < 40; n++) {
        g_autofree FmLonLat *points = scene_points(SCENE_CITY, rand, n);
        g_autoptr(FmPointIndex) index = fm_point_index_new(points, n);
        FmLonLat origin = scene_point(SCENE_CITY, rand);
        g_autofree FmNeighbour *all = by_brute_force(points, n, origin);
        FmNeighbour got[50];
        assert_same_neighbours(got, fm_point_index_nearest(index, origin, 50, INFINITY, got), all,
                               n);
        g_assert_cmpuint(fm_point_index_nearest(index, origin, 0, INFINITY, got), ==, 0);
    }
}

static void test_limits(void)
{
    FmLonLat points[] = {{116.4, 39.9}, {116.4, 39.9}, {116.5, 39.9}};
    g_autoptr(FmPointIndex) index = fm_point_index_new(points, 3);
    g_autoptr(GArray) within = g_array_new(FALSE, FALSE, sizeof(FmNeighbour));
    FmNeighbour got[3];

    g_assert_cmpuint(fm_point_index_nearest(index, points[0], 3, 0, got), ==, 2);
    g_assert_cmpuint(got[0].index, ==, 0);
    g_assert_cmpuint(got[1].index, ==, 1);
    g_assert_cmpuint(fm_point_index_nearest(index, points[0], 3, -1, got), ==, 0);
    fm_point_index_within(index, points[0], 0, within);
    g_assert_cmpuint(within->len, ==, 2);
    fm_point_index_within(index, points[0], -1, within);
    g_assert_cmpuint(within->len, ==, 2);
    fm_point_index_within(index, points[0], INFINITY, within);
    g_assert_cmpuint(within->len, ==, 5);
}

/* A position exactly 1000 m away is within 1000 m. */
static void test_exactly_at_the_limit(void)
{
    FmLonLat centre = {116.3975, 39.9087};

    for (int bearing_deg = 0; bearing_deg < 360; bearing_deg += 7) {
        FmLonLat at = fm_geodesic_direct(centre, bearing_deg, 1000);
        double distance_m = fm_geodesic_distance_m(centre, at);
        g_autoptr(FmPointIndex) index = fm_point_index_new(&at, 1);
        FmNeighbour got;
        g_assert_cmpuint(fm_point_index_nearest(index, centre, 1, distance_m, &got), ==, 1);
        g_assert_cmpuint(fm_point_index_nearest(index, centre, 1, nextafter(distance_m, 0), &got),
                         ==, 0);
    }
}

typedef struct {
    const FmPointIndex *index;
    const FmLonLat *origins;
    FmNeighbour *out;
} Job;

static gboolean nearest_chunk(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    Job *job = user;

    (void)worker;
    (void)error;
    for (gsize i = begin; i < end; i++) {
        fm_point_index_nearest(job->index, job->origins[i], 3, INFINITY, job->out + 3 * i);
    }
    return TRUE;
}

static void test_threads(void)
{
    static const guint threads[] = {1, 2, 4};
    g_autoptr(GRand) rand = g_rand_new_with_seed(28);
    g_autofree FmLonLat *points = scene_points(SCENE_CITY, rand, N);
    g_autofree FmLonLat *origins = scene_points(SCENE_CITY, rand, N);
    g_autoptr(FmPointIndex) index = fm_point_index_new(points, N);
    g_autofree FmNeighbour *reference = NULL;

    for (gsize t = 0; t < G_N_ELEMENTS(threads); t++) {
        g_autofree FmNeighbour *out = g_new0(FmNeighbour, 3 * N);
        Job job = {.index = index, .origins = origins, .out = out};
        g_assert_true(
            fm_parallel_for(N, 32, threads[t], nearest_chunk, &job, NULL, "measuring", NULL));
        if (reference == NULL) {
            reference = g_steal_pointer(&out);
        } else {
            g_assert_true(memcmp(out, reference, 3 * N * sizeof *out) == 0);
        }
    }
}

void test_point_index(void)
{
    g_test_add_func("/geo/point-index/brute-force", test_brute_force);
    g_test_add_func("/geo/point-index/brute-force-world", test_brute_force_world);
    g_test_add_func("/geo/point-index/ties", test_ties);
    g_test_add_func("/geo/point-index/pole", test_pole);
    g_test_add_func("/geo/point-index/antimeridian", test_antimeridian);
    g_test_add_func("/geo/point-index/far", test_far);
    g_test_add_func("/geo/point-index/small", test_small);
    g_test_add_func("/geo/point-index/limits", test_limits);
    g_test_add_func("/geo/point-index/exactly-at-the-limit", test_exactly_at_the_limit);
    g_test_add_func("/geo/point-index/threads", test_threads);
}
