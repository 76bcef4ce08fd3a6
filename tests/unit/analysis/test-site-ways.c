/* Costs along roads: those that proximity finds for the same pairs, by one search each and through
 * the hierarchy. */
#include "fm-unit.h"
#include "town.h"

#include <math.h>

/* A demand's cost is that of the nearest of the sites chosen, as proximity has it. */
static void check_like_proximity(Fixture *fixture, const char *within, gsize n_add,
                                 gboolean from_facilities)
{
    const FmLimit limit = within ? fixture_limit(within) : (FmLimit){0};
    const FmVia via = {.profile = "walk", .from_facilities = from_facilities};
    FmSiteOptions options = town_siting(FM_SITE_PMEDIAN, n_add, within ? &limit : NULL);
    options.demand.layer = "home";
    options.candidates.layer = "plot";
    options.of.layer = "shop";
    options.via = &via;
    g_autoptr(FmResult) result = town_site(fixture, &options);
    g_autofree char *chosen = town_chosen(result);
    g_auto(GStrv) ids = g_strsplit(chosen, " ", -1);
    g_autofree char *list = g_strjoinv("','", ids);
    g_autofree char *where = g_strdup_printf("id IN ('%s')", list);
    const char *const layers[] = {"plot", "shop"};
    gsize n = fm_table_n_rows(fm_result_table(result, "_demand"));
    g_autofree double *least = g_new(double, n);
    for (gsize i = 0; i < n; i++)
        least[i] = (double)INFINITY;
    for (gsize l = 0; l < 2; l++) {
        FmProximityOptions near = {.from = {.layer = "home"},
                                   .to = {.layer = layers[l]},
                                   .k = 1,
                                   .within = within ? &limit : NULL,
                                   .via = &via};
        near.to.filter.where = l == 0 ? where : NULL;
        g_autoptr(FmResult) pairs = town_near(fixture, &near);
        for (gsize i = 0; i < n; i++) {
            double cost = fixture_number(fm_result_table(pairs, ""), "time_s", i);
            least[i] = isnan(cost) ? least[i] : fmin(least[i], cost);
        }
    }
    for (gsize i = 0; i < n; i++) {
        const FmTable *demand = fm_result_table(result, "_demand");
        double cost = fixture_number(demand, "cost", i);
        if (isinf(least[i]))
            g_assert_nonnull(fixture_text(demand, "reason", i));
        else
            g_assert_cmpfloat(cost, ==, least[i]);
        g_assert_cmpint(isnan(cost) != 0, ==, isinf(least[i]) != 0);
    }
}

static void test_like_proximity(void)
{
    const int rows[2] = {0, TOWN_STREETS};
    for (guint32 seed = 1; seed <= 4; seed++) {
        g_auto(Fixture) fixture = {NULL};
        g_autoptr(GRand) random = g_rand_new_with_seed(seed);
        fixture_open_empty(&fixture);
        town_put_grid(&fixture, random);
        town_put_points(&fixture, "home", "demand", 40, rows, random);
        town_put_points(&fixture, "plot", "project_site", seed == 1 ? 80 : 12, rows, random);
        town_put_points(&fixture, "shop", "shop", 2, rows, random);
        check_like_proximity(&fixture, NULL, 3, seed % 2 == 0);
        check_like_proximity(&fixture, "20min", 2, seed % 2 == 1);
    }
}

/* An island, and a house without a road: each with its reason, neither at a cost of 0. */
static void test_island(void)
{
    g_auto(Fixture) fixture = {NULL};
    fixture_open_empty(&fixture);
    const Place roads[] = {
        {"main", "LINESTRING (0 0, 0.05 0)", NULL, NULL, NULL, NAN},
        {"island", "LINESTRING (0 0.5, 0.05 0.5)", NULL, NULL, NULL, NAN},
    };
    const Place homes[] = {
        {"here", "POINT (0.01 0)", NULL, NULL, NULL, 10},
        {"island", "POINT (0.01 0.5)", NULL, NULL, NULL, 20},
        {"woods", "POINT (0.01 0.2)", NULL, NULL, NULL, 30},
    };
    const Place plots[] = {{"p", "POINT (0.02 0)", NULL, NULL, NULL, NAN}};
    fixture_put_places(&fixture, "roads", "network", roads, 2, NULL);
    fixture_put_places(&fixture, "quarter", "demand", homes, 3, "people");
    fixture_put_places(&fixture, "plot", "project_site", plots, 1, NULL);
    const FmVia via = {.profile = "walk"};
    const FmLimit limit = fixture_limit("30min");
    FmSiteOptions options = town_siting(FM_SITE_PMEDIAN, 1, NULL);
    options.via = &via;
    g_autoptr(FmResult) result = town_site(&fixture, &options);
    const FmTable *demand = fm_result_table(result, "_demand");
    g_assert_cmpfloat(fixture_number(demand, "cost", 0), >, 0);
    g_assert_cmpstr(fixture_text(demand, "reason", 1), ==,
                    "on a part of the network that is cut off");
    g_assert_cmpstr(fixture_text(demand, "reason", 2), ==, "no road within 500 m");
    for (gsize row = 1; row < 3; row++)
        g_assert_true(isnan(fixture_number(demand, "cost", row)));
    town_assert_warned(result, "(50 people) are reached by no candidate");
    options = town_siting(FM_SITE_LSCP, 0, &limit);
    options.via = &via;
    g_autoptr(FmResult) all = town_site(&fixture, &options);
    g_autoptr(JsonObject) summary = town_object(all->summary);
    g_assert_cmpstr(json_object_get_string_member(summary, "status"), ==, "infeasible");
    JsonObject *unreached = json_object_get_object_member(summary, "unreached");
    g_assert_cmpint(json_object_get_int_member(unreached, "n"), ==, 2);
    g_assert_cmpfloat(json_object_get_double_member(unreached, "people"), ==, 50);
}

void test_site_ways(void)
{
    g_test_add_func("/analysis/site-ways/like-proximity", test_like_proximity);
    g_test_add_func("/analysis/site-ways/island", test_island);
}
