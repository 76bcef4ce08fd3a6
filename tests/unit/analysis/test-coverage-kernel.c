/* The coverage kernels against brute force with fm_geodesic_distance_m, bit for bit, and what must
 * hold of any answer. */
#include "fixture.h"
#include "fm-unit.h"

#include <math.h>
#include <string.h>

static const FmExtent city = {115.4, 39.4, 117.5, 41.1};

/* A problem and the answers to it. */
typedef struct {
    gsize n, m, n_limits;
    FmLonLat *origins, *sites;
    double *weights;
    FmGeometry **facilities;
    double limits_m[3];
    guint32 *n_within;
    FmNeighbour *nearest;
    double *reached, *only;
} Problem;

static void problem_clear(Problem *p)
{
    fixture_free_geometries(p->facilities, p->m);
    gpointer arrays[] = {p->origins, p->sites,   p->weights, p->n_within,
                         p->nearest, p->reached, p->only};
    for (gsize i = 0; i < G_N_ELEMENTS(arrays); i++)
        g_free(arrays[i]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Problem, problem_clear)

static void alloc_answers(Problem *p)
{
    p->n_within = g_new(guint32, p->n * p->n_limits);
    p->nearest = g_new0(FmNeighbour, p->n);
    p->reached = g_new(double, p->m * p->n_limits);
    p->only = g_new(double, p->m * p->n_limits);
}

static Problem random_problem(guint32 seed, gsize n, gsize m)
{
    Problem p = {.n = n, .m = m, .n_limits = 3, .limits_m = {2000, 5000, 20000}};
    p.origins = fixture_random(seed, n, city);
    p.sites = fixture_random(seed + 1, m, city);
    p.facilities = fixture_points(p.sites, m);
    p.weights = g_new(double, n);
    for (gsize i = 0; i < n; i++)
        p.weights[i] = 0.1 * (double)(i % 97);
    alloc_answers(&p);
    return p;
}

static void solve(Problem *p, guint n_threads)
{
    GError *error = NULL;
    const FmGeometry *const *facilities = (const FmGeometry *const *)p->facilities;
    fm_coverage_count(p->origins, p->n, facilities, p->m, p->limits_m, p->n_limits, n_threads,
                      p->n_within, p->nearest, NULL, &error);
    g_assert_no_error(error);
    fm_coverage_by_facility(p->origins, p->weights, p->n, facilities, p->m, p->limits_m,
                            p->n_limits, p->n_within, n_threads, p->reached, p->only, NULL, &error);
    g_assert_no_error(error);
}

static void solve_by_brute_force(Problem *p)
{
    if (p->n > 0)
        memset(p->n_within, 0, p->n * p->n_limits * sizeof *p->n_within);
    memset(p->reached, 0, p->m * p->n_limits * sizeof *p->reached);
    memset(p->only, 0, p->m * p->n_limits * sizeof *p->only);
    for (gsize i = 0; i < p->n; i++) {
        p->nearest[i] = (FmNeighbour){G_MAXSIZE, (double)INFINITY};
        gsize last[3] = {0};
        for (gsize j = 0; j < p->m; j++) {
            double d = fm_geodesic_distance_m(p->origins[i], p->sites[j]);
            if (d < p->nearest[i].distance_m)
                p->nearest[i] = (FmNeighbour){j, d};
            for (gsize l = 0; l < p->n_limits; l++) {
                if (d > p->limits_m[l])
                    continue;
                p->n_within[i * p->n_limits + l]++;
                p->reached[j * p->n_limits + l] += p->weights[i];
                last[l] = j;
            }
        }
        for (gsize l = 0; l < p->n_limits; l++)
            if (p->n_within[i * p->n_limits + l] == 1)
                p->only[last[l] * p->n_limits + l] += p->weights[i];
    }
}

static void assert_same(const Problem *a, const Problem *b)
{
    fixture_assert_bytes(a->n_within, b->n_within, a->n * a->n_limits * sizeof *a->n_within);
    fixture_assert_bytes(a->nearest, b->nearest, a->n * sizeof *a->nearest);
    fixture_assert_bytes(a->reached, b->reached, a->m * a->n_limits * sizeof *a->reached);
    fixture_assert_bytes(a->only, b->only, a->m * a->n_limits * sizeof *a->only);
}

static void test_brute_force(void)
{
    g_auto(Problem) brute = random_problem(1, 1000, 1000);
    g_auto(Problem) one = random_problem(1, 1000, 1000);
    g_auto(Problem) four = random_problem(1, 1000, 1000);
    solve_by_brute_force(&brute);
    solve(&one, 1);
    solve(&four, 4);
    assert_same(&one, &brute);
    assert_same(&four, &brute);
}

/* Sizes around a chunk (256) and a block (16384) of the kernel. */
static void test_borders(void)
{
    const gsize sizes[] = {0, 1, 255, 256, 257, 16383, 16384, 16385};
    for (gsize s = 0; s < G_N_ELEMENTS(sizes); s++) {
        g_auto(Problem) brute = random_problem(7, sizes[s], 5);
        g_auto(Problem) fast = random_problem(7, sizes[s], 5);
        solve_by_brute_force(&brute);
        solve(&fast, 3);
        assert_same(&fast, &brute);
    }
}

static void test_one_pass(void)
{
    g_autoptr(GError) error = NULL;
    g_auto(Problem) two = random_problem(3, 700, 40);
    g_auto(Problem) one = random_problem(3, 700, 40);
    solve(&two, 1);
    FmCoverageInput input = {.origins = one.origins,
                             .weights = one.weights,
                             .n_origins = one.n,
                             .facilities = (const FmGeometry *const *)one.facilities,
                             .n_facilities = one.m,
                             .limits_m = one.limits_m,
                             .n_limits = one.n_limits,
                             .n_threads = 4};
    fm_coverage_pass(&input, one.n_within, one.nearest, one.reached, one.only, NULL, &error);
    g_assert_no_error(error);
    assert_same(&one, &two);
}

/* ---- what must hold ---------------------------------------------------------------------- */

static double covered(const Problem *p, gsize limit)
{
    double sum = 0;
    for (gsize i = 0; i < p->n; i++)
        if (p->n_within[i * p->n_limits + limit] > 0)
            sum += p->weights[i];
    return sum;
}

static void test_more_is_never_less(void)
{
    for (gsize m = 0; m < 40; m += 3) {
        g_auto(Problem) fewer = random_problem(11, 400, 40);
        g_auto(Problem) more = random_problem(11, 400, 40);
        for (gsize j = m; j < 40; j++)
            g_clear_pointer(&fewer.facilities[j], fm_geometry_free);
        for (gsize j = m + 1; j < 40; j++)
            g_clear_pointer(&more.facilities[j], fm_geometry_free);
        solve(&fewer, 2);
        solve(&more, 2);
        for (gsize l = 0; l < fewer.n_limits; l++) {
            g_assert_cmpfloat(covered(&more, l), >=, covered(&fewer, l));
            if (l > 0)
                g_assert_cmpfloat(covered(&more, l), >=, covered(&more, l - 1));
        }
    }
}

static void test_only_is_part(void)
{
    g_auto(Problem) p = random_problem(5, 1000, 60);
    solve(&p, 2);
    double only = 0, once = 0;
    for (gsize j = 0; j < p.m; j++)
        for (gsize l = 0; l < p.n_limits; l++)
            g_assert_cmpfloat(p.only[j * p.n_limits + l], <=, p.reached[j * p.n_limits + l]);
    for (gsize j = 0; j < p.m; j++)
        only += p.only[j * p.n_limits + 1];
    for (gsize i = 0; i < p.n; i++)
        if (p.n_within[i * p.n_limits + 1] == 1)
            once += p.weights[i];
    g_assert_cmpfloat(once, >, 0);
    g_assert_cmpfloat_with_epsilon(only, once, 1e-9 * once);
}

/* ---- at the limit ------------------------------------------------------------------------ */

/* Two positions whose distance is exactly 1000 m in doubles: north from the equator until a place
 * is found where the doubles allow it. */
static void exactly_1000_m(FmLonLat *a, FmLonLat *b)
{
    for (int step = 0; step < 100; step++) {
        *a = (FmLonLat){116.4, 0.001 * step};
        *b = fm_geodesic_direct(*a, 0, 1000);
        b->lon_deg = a->lon_deg;
        for (int i = 0; i < 8; i++) {
            double d = fm_geodesic_distance_m(*a, *b);
            if (d == 1000)
                return;
            b->lat_deg = nextafter(b->lat_deg, d < 1000 ? 90 : 0);
        }
    }
    g_error("no two doubles are exactly 1000 m apart");
}

static void test_at_limit(void)
{
    g_autoptr(GError) error = NULL;
    FmLonLat origin, site;
    exactly_1000_m(&origin, &site);
    g_autoptr(FmGeometry) facility = fm_geometry_new_point(site);
    const FmGeometry *const facilities[] = {facility};
    const double limits_m[] = {nextafter(1000, 0), 1000, nextafter(1000, 2000)};
    guint32 n_within[3];
    FmNeighbour nearest;
    fm_coverage_count(&origin, 1, facilities, 1, limits_m, 3, 1, n_within, &nearest, NULL, &error);
    g_assert_no_error(error);
    g_assert_cmpfloat(nearest.distance_m, ==, 1000);
    g_assert_cmpuint(n_within[0], ==, 0);
    g_assert_cmpuint(n_within[1], ==, 1);
    g_assert_cmpuint(n_within[2], ==, 1);
}

/* ---- lines, areas, nothing --------------------------------------------------------------- */

static void test_shapes(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(FmGeometry) line = fm_geometry_from_wkt("LINESTRING (-1 0, 1 0)", &error);
    g_autoptr(FmGeometry) area =
        fm_geometry_from_wkt("POLYGON ((0.1 0.02, 0.2 0.02, 0.2 0.1, 0.1 0.1, 0.1 0.02))", &error);
    g_assert_no_error(error);
    const FmGeometry *const facilities[] = {line, NULL, area};
    /* on the line; 0.01 degrees north of it; in the area; in neither */
    const FmLonLat origins[] = {{0.3, 0}, {0.3, 0.01}, {0.15, 0.05}, {0.3, 0.5}};
    const double weights[] = {1, 10, 100, 1000};
    const double limits_m[] = {1, 1200};
    guint32 n_within[8];
    FmNeighbour nearest[4];
    double reached[6], only[6];
    fm_coverage_count(origins, 4, facilities, 3, limits_m, 2, 2, n_within, nearest, NULL, &error);
    g_assert_no_error(error);
    fm_coverage_by_facility(origins, weights, 4, facilities, 3, limits_m, 2, n_within, 2, reached,
                            only, NULL, &error);
    g_assert_no_error(error);

    const guint32 expected[] = {1, 1, 0, 1, 1, 1, 0, 0};
    fixture_assert_bytes(n_within, expected, sizeof n_within);
    g_assert_cmpfloat_with_epsilon(nearest[0].distance_m, 0, 1e-9);
    g_assert_cmpuint(nearest[0].index, ==, 0);
    /* a hundredth of a degree of latitude at the equator: 1105.743 m */
    g_assert_cmpfloat_with_epsilon(nearest[1].distance_m, 1105.743, 0.001);
    g_assert_cmpuint(nearest[2].index, ==, 2);
    g_assert_cmpfloat(nearest[2].distance_m, ==, 0);
    const double expected_reached[] = {1, 11, 0, 0, 100, 100};
    fixture_assert_bytes(reached, expected_reached, sizeof reached);
    fixture_assert_bytes(only, expected_reached, sizeof only);
}

static void test_nobody(void)
{
    g_autoptr(GError) error = NULL;
    const FmLonLat origin = {1, 1};
    const FmGeometry *const facilities[] = {NULL};
    const double limit_m = 1000;
    for (gsize m = 0; m < 2; m++) {
        guint32 n_within = 9;
        FmNeighbour nearest = {0};
        fm_coverage_count(&origin, 1, facilities, m, &limit_m, 1, 1, &n_within, &nearest, NULL,
                          &error);
        g_assert_no_error(error);
        g_assert_cmpuint(n_within, ==, 0);
        g_assert_true(nearest.index == G_MAXSIZE);
        g_assert_true(isinf(nearest.distance_m));
    }
}

static void test_cancel(void)
{
    g_autoptr(GError) error = NULL;
    g_auto(Problem) p = random_problem(2, 5000, 20);
    FmProgress progress = fm_progress_init(fixture_cancel, NULL);
    g_assert_false(fm_coverage_count(p.origins, p.n, (const FmGeometry *const *)p.facilities, p.m,
                                     p.limits_m, p.n_limits, 2, p.n_within, p.nearest, &progress,
                                     &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_CANCELLED);
    g_clear_error(&error);
    memset(p.n_within, 0, p.n * p.n_limits * sizeof *p.n_within);
    g_assert_false(fm_coverage_by_facility(
        p.origins, p.weights, p.n, (const FmGeometry *const *)p.facilities, p.m, p.limits_m,
        p.n_limits, p.n_within, 2, p.reached, p.only, &progress, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_CANCELLED);
}

void test_coverage_kernel(void)
{
    g_test_add_func("/analysis/coverage-kernel/brute-force", test_brute_force);
    g_test_add_func("/analysis/coverage-kernel/borders", test_borders);
    g_test_add_func("/analysis/coverage-kernel/one-pass", test_one_pass);
    g_test_add_func("/analysis/coverage-kernel/more-is-never-less", test_more_is_never_less);
    g_test_add_func("/analysis/coverage-kernel/only-is-part", test_only_is_part);
    g_test_add_func("/analysis/coverage-kernel/at-limit", test_at_limit);
    g_test_add_func("/analysis/coverage-kernel/shapes", test_shapes);
    g_test_add_func("/analysis/coverage-kernel/nobody", test_nobody);
    g_test_add_func("/analysis/coverage-kernel/cancel", test_cancel);
}
