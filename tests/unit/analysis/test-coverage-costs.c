/* Coverage by a table: straight lines written down as one give the figures of straight lines, and
 * random ones what counting by hand gives. */
#include "fm-unit.h"
#include "town.h"

#include <math.h>

static void test_as_straight(void)
{
    g_auto(Fixture) fixture = {NULL};
    fixture_open(&fixture);
    TownCost rows[12];
    char ids[6][3];
    for (int q = 0; q < 6; q++)
        for (int c = 0; c < 2; c++) {
            g_snprintf(ids[q], sizeof ids[q], "q%d", q);
            FmLonLat home = {q / 100.0, 0}, clinic = {c * 0.05, 0};
            rows[2 * q + c] =
                (TownCost){ids[q], c ? "b" : "a", fm_geodesic_distance_m(home, clinic)};
        }
    town_put_costs(&fixture, "table", "cost_m", rows, G_N_ELEMENTS(rows));
    FmLimit limits[3];
    FmCoverageOptions options = town_coverage(limits);
    g_autoptr(FmResult) straight = town_cover(&fixture, &options);
    const FmVia via = {.profile = "table"};
    options.via = &via;
    g_autoptr(FmResult) table = town_cover(&fixture, &options);
    const struct {
        const char *layer, *column;
        gsize n;
    } same[] = {{"", "people", 3},
                {"", "people_share", 3},
                {"_demand", "n_within", 6},
                {"_demand", "distance_m", 6},
                {"_facility", "people", 6},
                {"_facility", "people_only", 6},
                {"_by_district", "people_covered", 6},
                {"_by_district", "people_twice", 6}};
    for (gsize i = 0; i < G_N_ELEMENTS(same); i++)
        for (gsize row = 0; row < same[i].n; row++)
            g_assert_cmpfloat(
                fixture_number(fm_result_table(straight, same[i].layer), same[i].column, row), ==,
                fixture_number(fm_result_table(table, same[i].layer), same[i].column, row));
    /* Nothing is drawn where nobody knows how they went. */
    g_assert_null(fm_table_geometry(fm_result_table(table, ""), 0));
    g_assert_true(isnan(fixture_number(fm_result_table(table, ""), "area_m2", 0)));
}

/* Some pairs are not there, some are dear; the other direction reads the other columns. */
static void check_random(guint32 seed, gboolean from)
{
    g_auto(Fixture) fixture = {NULL};
    fixture_open(&fixture);
    g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(TownCost));
    static const char *const quarters[] = {"q0", "q1", "q2", "q3", "q4", "q5"};
    static const char *const clinics[] = {"a", "b"};
    double cost[6][2], people[2] = {0}, only[2] = {0}, covered = 0;
    for (int q = 0; q < 6; q++)
        for (int c = 0; c < 2; c++) {
            cost[q][c] =
                g_rand_boolean(rand) ? g_rand_double_range(rand, 0, 1200) : (double)INFINITY;
            TownCost one = {from ? clinics[c] : quarters[q], from ? quarters[q] : clinics[c],
                            cost[q][c]};
            if (isfinite(cost[q][c]) || (q == 0 && c == 0))
                g_array_append_val(rows, one);
        }
    town_put_costs(&fixture, "table", "cost_s", (const TownCost *)(gconstpointer)rows->data,
                   rows->len);
    const FmLimit limit = fixture_limit("10min");
    const FmVia via = {.profile = "table", .from_facilities = from};
    FmCoverageOptions options = {.of = {.layer = "clinic"},
                                 .demand = {.layer = "quarter"},
                                 .limits = &limit,
                                 .n_limits = 1,
                                 .via = &via};
    g_autoptr(FmResult) result = town_cover(&fixture, &options);
    const FmTable *demand = fm_result_table(result, "_demand");
    for (int q = 0; q < 6; q++) {
        double weight = 100 * (q + 1);
        gboolean in[2] = {cost[q][0] <= 600, cost[q][1] <= 600};
        covered += in[0] || in[1] ? weight : 0;
        for (int c = 0; c < 2; c++) {
            people[c] += in[c] ? weight : 0;
            only[c] += in[c] && !in[1 - c] ? weight : 0;
        }
        double nearest = fmin(cost[q][0], cost[q][1]);
        const char *reason = fixture_text(demand, "reason", (gsize)q);
        g_assert_cmpstr(reason, ==, isfinite(nearest) ? NULL : "no cost in 'table'");
        if (isfinite(nearest))
            g_assert_cmpfloat(fixture_number(demand, "time_s", (gsize)q), ==, nearest);
    }
    g_assert_cmpfloat(fixture_number(fm_result_table(result, ""), "people", 0), ==, covered);
    for (gsize c = 0; c < 2; c++) {
        g_assert_cmpfloat(fixture_number(fm_result_table(result, "_facility"), "people", c), ==,
                          people[c]);
        g_assert_cmpfloat(fixture_number(fm_result_table(result, "_facility"), "people_only", c),
                          ==, only[c]);
    }
}

static void test_random(void)
{
    for (guint32 seed = 1; seed <= 10; seed++)
        check_random(seed, seed % 2 == 0);
}

static void test_options(void)
{
    g_auto(Fixture) fixture = {NULL};
    fixture_open(&fixture);
    const TownCost rows[] = {{"q0", "a", 20}};
    town_put_costs(&fixture, "table", "cost_m", rows, 1);
    FmLimit limits[3];
    FmCoverageOptions options = town_coverage(limits);
    const FmVia via = {.profile = "table"};
    options.via = &via;
    options.areas = FM_AREAS_EACH;
    town_cover_fails(&fixture, &options, FM_ERROR_USAGE, "--areas each draws around roads");
    options.areas = FM_AREAS_ALL;
    options.roads = TRUE;
    town_cover_fails(&fixture, &options, FM_ERROR_USAGE, "--roads draws around roads");
    options.roads = FALSE;
    options.area_buffer_m = 50;
    town_cover_fails(&fixture, &options, FM_ERROR_USAGE, "--buffer draws around roads");
}

void test_coverage_costs(void)
{
    g_test_add_func("/analysis/coverage-costs/as-straight", test_as_straight);
    g_test_add_func("/analysis/coverage-costs/random", test_random);
    g_test_add_func("/analysis/coverage-costs/options", test_options);
}
