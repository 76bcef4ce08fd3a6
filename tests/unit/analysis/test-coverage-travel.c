/* Counting along roads: many facilities together against each by itself, which takes the other of
 * the two ways to the same figures. */
#include "fm-unit.h"
#include "town.h"

#include <math.h>

enum { N_SITES = 80, N_HOMES = 50 };

static FmResult *cover(Fixture *fixture, const char *where, gboolean from, guint n_threads)
{
    const FmVia via = {.profile = "walk", .from_facilities = from};
    const FmLimit limits[] = {fixture_limit("20min"), fixture_limit("50min")};
    const FmCoverageOptions options = {.of = {.layer = "site", .filter = {.where = where}},
                                       .demand = {.layer = "home"},
                                       .limits = limits,
                                       .n_limits = G_N_ELEMENTS(limits),
                                       .via = &via,
                                       .areas = FM_AREAS_NONE,
                                       .n_threads = n_threads};
    return town_cover(fixture, &options);
}

static void check_direction(Fixture *fixture, gboolean from)
{
    g_autoptr(FmResult) all = cover(fixture, NULL, from, 2);
    g_autoptr(FmResult) one_thread = cover(fixture, NULL, from, 1);
    const FmTable *sites = fm_result_table(all, "_facility"),
                  *homes = fm_result_table(all, "_demand");
    gsize n_within[N_HOMES] = {0}, last[N_HOMES] = {0};
    double only[N_SITES] = {0};
    for (gsize i = 0; i < N_SITES; i++) {
        g_autofree char *where = g_strdup_printf("id = 'site%zu'", i);
        g_autoptr(FmResult) one = cover(fixture, where, from, 1);
        const FmTable *alone = fm_result_table(one, "_demand");
        for (gsize l = 0; l < 2; l++)
            g_assert_cmpfloat(fixture_number(sites, "people", 2 * i + l), ==,
                              fixture_number(fm_result_table(one, "_facility"), "people", l));
        for (gsize h = 0; h < N_HOMES; h++)
            if (fixture_number(alone, "n_within", h) > 0) {
                n_within[h]++;
                last[h] = i;
            }
    }
    for (gsize h = 0; h < N_HOMES; h++) {
        g_assert_cmpfloat(fixture_number(homes, "n_within", h), ==, (double)n_within[h]);
        if (n_within[h] == 1)
            only[last[h]] += fixture_number(homes, "weight", h);
    }
    for (gsize i = 0; i < N_SITES; i++) {
        g_assert_cmpfloat(fixture_number(sites, "people_only", 2 * i + 1), ==, only[i]);
        g_assert_cmpfloat(fixture_number(fm_result_table(one_thread, "_facility"), "people", 2 * i),
                          ==, fixture_number(sites, "people", 2 * i));
    }
}

static void test_alone(void)
{
    g_auto(Fixture) fixture = {NULL};
    fixture_open(&fixture);
    GRand *random = g_rand_new_with_seed(11);
    town_put_grid(&fixture, random);
    town_put_points(&fixture, "site", "facility", N_SITES, (const int[]){0, 3}, random);
    town_put_points(&fixture, "home", "demand", N_HOMES, (const int[]){0, TOWN_STREETS - 1},
                    random);
    g_rand_free(random);
    check_direction(&fixture, FALSE);
    check_direction(&fixture, TRUE);
}

void test_coverage_travel(void)
{
    g_test_add_func("/analysis/coverage-travel/alone", test_alone);
}
