/* Proximity by a table: its pairs, ranked, and no others. */
#include "fm-unit.h"
#include "town.h"

#include <math.h>

static const FmVia by_table = {.profile = "table"};

static void put_table(Fixture *fixture)
{
    const TownCost rows[] = {{"q0", "b", 300}, {"q0", "a", 400}, {"q1", "a", 50},
                             {"q1", "b", 50},  {"q2", "b", 700}, {"q4", "a", NAN}};
    fixture_open(fixture);
    town_put_costs(fixture, "table", "cost_s", rows, G_N_ELEMENTS(rows));
}

static void assert_row(const FmTable *table, gsize row, const char *from, const char *to,
                       double time_s, const char *reason)
{
    g_assert_cmpstr(fixture_text(table, "from_id", row), ==, from);
    g_assert_cmpstr(fixture_text(table, "to_id", row), ==, to);
    g_assert_cmpstr(fixture_text(table, "reason", row), ==, reason);
    if (to)
        g_assert_cmpfloat(fixture_number(table, "time_s", row), ==, time_s);
}

static void test_all(void)
{
    g_auto(Fixture) fixture = {NULL};
    put_table(&fixture);
    const FmProximityOptions options = {
        .from = {.layer = "quarter"}, .to = {.layer = "clinic"}, .matrix = TRUE, .via = &by_table};
    g_autoptr(FmResult) result = town_near(&fixture, &options);
    const FmTable *table = fm_result_table(result, "");
    g_assert_cmpuint(fm_table_n_rows(table), ==, 8);
    assert_row(table, 0, "q0", "b", 300, NULL);
    /* It stands in the quarter, and still costs what the table says. */
    assert_row(table, 1, "q0", "a", 400, "same position");
    /* Equal costs by the order of targets. */
    assert_row(table, 2, "q1", "a", 50, NULL);
    assert_row(table, 3, "q1", "b", 50, NULL);
    assert_row(table, 4, "q2", "b", 700, NULL);
    assert_row(table, 5, "q3", NULL, 0, "no cost in 'table'");
    assert_row(table, 6, "q4", NULL, 0, "no cost in 'table'");
    g_assert_cmpfloat(fixture_number(table, "rank", 3), ==, 2);
    g_assert_nonnull(fm_table_geometry(table, 0));
}

static void test_nearest(void)
{
    g_auto(Fixture) fixture = {NULL};
    put_table(&fixture);
    const FmLimit within = fixture_limit("10min");
    const FmProximityOptions options = {.from = {.layer = "quarter"},
                                        .to = {.layer = "clinic"},
                                        .k = 1,
                                        .within = &within,
                                        .via = &by_table};
    g_autoptr(FmResult) result = town_near(&fixture, &options);
    const FmTable *table = fm_result_table(result, "");
    g_assert_cmpuint(fm_table_n_rows(table), ==, 6);
    assert_row(table, 0, "q0", "b", 300, NULL);
    assert_row(table, 1, "q1", "a", 50, NULL);
    assert_row(table, 2, "q2", NULL, 0, "none within 10min");
}

/* A layer with itself: a feature is not its own neighbour, whatever the table says of it. */
static void test_self(void)
{
    g_auto(Fixture) fixture = {NULL};
    fixture_open(&fixture);
    const TownCost rows[] = {{"q0", "q0", 0}, {"q0", "q1", 9}, {"q1", "q1", 0}};
    town_put_costs(&fixture, "table", "cost_s", rows, G_N_ELEMENTS(rows));
    const FmProximityOptions options = {
        .from = {.layer = "quarter"}, .to = {.layer = "quarter"}, .k = 1, .via = &by_table};
    g_autoptr(FmResult) result = town_near(&fixture, &options);
    assert_row(fm_result_table(result, ""), 0, "q0", "q1", 9, NULL);
    assert_row(fm_result_table(result, ""), 1, "q1", NULL, 0, "no other");
}

static void test_routes(void)
{
    g_auto(Fixture) fixture = {NULL};
    put_table(&fixture);
    const FmProximityOptions options = {.from = {.layer = "quarter"},
                                        .to = {.layer = "clinic"},
                                        .k = 1,
                                        .routes = TRUE,
                                        .via = &by_table};
    town_near_fails(&fixture, &options, FM_ERROR_USAGE, "--routes runs along roads");
}

void test_proximity_costs(void)
{
    g_test_add_func("/analysis/proximity-costs/all", test_all);
    g_test_add_func("/analysis/proximity-costs/nearest", test_nearest);
    g_test_add_func("/analysis/proximity-costs/self", test_self);
    g_test_add_func("/analysis/proximity-costs/routes", test_routes);
}
