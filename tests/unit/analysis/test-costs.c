/* Tables of costs: what is read, and what is refused. */
#include "costs.h"
#include "fm-unit.h"
#include "town.h"

#include <math.h>

/* Reads it for the quarters and clinics of the town. */
static FmCosts *read_costs(Fixture *fixture, const FmVia *via, FmLimitKind kind, GError **error)
{
    const FmSelection homes = {.layer = "quarter"}, sites = {.layer = "clinic"};
    g_autoptr(FmFeatures) from = fm_features_read(fixture->workspace, &homes, NULL, NULL);
    g_autoptr(FmFeatures) targets = fm_features_read(fixture->workspace, &sites, NULL, NULL);
    g_autoptr(FmOrigins) origins = fm_origins_new(from);
    return fm_costs_read(fixture->workspace, via, kind, from, origins, targets, NULL, error);
}

static const FmVia by_table = {.profile = "table"};

static void test_read(void)
{
    g_auto(Fixture) fixture = {NULL};
    fixture_open(&fixture);
    const TownCost rows[] = {
        {"q0", "b", 300}, {"q0", "a", 20},  {"q2", "b", 0},        {"q9", "a", 5},
        {"q1", "z", 5},   {"q1", "a", NAN}, {"q2", "a", INFINITY}, {"q0", "a", 20},
    };
    town_put_costs(&fixture, "table", "cost_s", rows, G_N_ELEMENTS(rows));
    gboolean is = FALSE;
    g_assert_true(fm_costs_named(fixture.workspace, &by_table, &is, NULL));
    g_assert_true(is);
    const FmVia other = {.profile = "quarter"};
    g_assert_true(fm_costs_named(fixture.workspace, &other, &is, NULL));
    g_assert_false(is);
    g_autoptr(GError) error = NULL;
    g_autoptr(FmCosts) costs = read_costs(&fixture, &by_table, FM_LIMIT_TIME, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(costs->n_origins, ==, 6);
    g_assert_cmpuint(costs->first[1], ==, 2);
    g_assert_cmpuint(costs->pairs[0].end, ==, 0);
    g_assert_cmpfloat(costs->pairs[0].cost, ==, 20);
    g_assert_cmpuint(costs->pairs[1].end, ==, 1);
    g_assert_cmpuint(costs->first[2], ==, 2);
    g_assert_cmpuint(costs->first[3], ==, 3);
    g_assert_cmpfloat(costs->pairs[2].cost, ==, 0);
    g_assert_cmpuint(costs->first[6], ==, 3);
    g_assert_cmpuint(costs->n_foreign, ==, 2);
    g_assert_cmpuint(costs->n_null, ==, 2);
    g_assert_cmpuint(costs->n_double, ==, 1);
    /* The other way round the ids stand in the other columns. */
    const FmVia turned = {.profile = "table", .from_facilities = TRUE};
    g_assert_null(read_costs(&fixture, &turned, FM_LIMIT_TIME, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_DATA);
    g_assert_nonnull(strstr(error->message, "--direction from"));
}

static void refuse(const char *column, const TownCost *rows, gsize n, const FmVia *via,
                   FmLimitKind kind, FmError code, const char *text)
{
    g_auto(Fixture) fixture = {NULL};
    fixture_open(&fixture);
    town_put_costs(&fixture, "table", column, rows, n);
    g_autoptr(GError) error = NULL;
    g_assert_null(read_costs(&fixture, via, kind, &error));
    g_assert_error(error, FM_ERROR, (gint)code);
    g_assert_null(strchr(error->message, '\n'));
    if (!strstr(error->message, text))
        g_error("'%s' does not say '%s'", error->message, text);
}

static void test_refused(void)
{
    const TownCost good[] = {{"q0", "a", 20}}, negative[] = {{"q0", "a", 20}, {"q1", "a", -1}};
    const TownCost twice[] = {{"q0", "a", 20}, {"q0", "a", 21}}, nobody[] = {{NULL, "a", 20}};
    const TownCost strangers[] = {{"x", "y", 20}};
    refuse("cost_s", negative, 2, &by_table, FM_LIMIT_TIME, FM_ERROR_DATA, "row '2': cost_s is -1");
    refuse("cost_s", twice, 2, &by_table, FM_LIMIT_TIME, FM_ERROR_DATA, "rows '1' and '2'");
    refuse("cost_s", nobody, 1, &by_table, FM_LIMIT_TIME, FM_ERROR_DATA, "row '1': no from_id");
    refuse("cost_s", strangers, 1, &by_table, FM_LIMIT_TIME, FM_ERROR_DATA, "none of its 1 rows");
    refuse("cost_s", good, 0, &by_table, FM_LIMIT_TIME, FM_ERROR_DATA, "none of its 0 rows");
    refuse("cost_s", good, 1, &by_table, FM_LIMIT_LENGTH, FM_ERROR_USAGE, "limits such as 15min");
    refuse("cost_m", good, 1, &by_table, FM_LIMIT_TIME, FM_ERROR_USAGE, "limits such as 3km");
    refuse("price", good, 1, &by_table, FM_LIMIT_TIME, FM_ERROR_USAGE, "no column 'cost'");
    const FmVia roads[] = {{.profile = "table", .network = "roads"},
                           {.profile = "table", .closed = "works"},
                           {.profile = "table", .opened = "link"},
                           {.profile = "table", .max_snap_m = 5}};
    for (gsize i = 0; i < G_N_ELEMENTS(roads); i++)
        refuse("cost_s", good, 1, &roads[i], FM_LIMIT_TIME, FM_ERROR_USAGE, "is about roads");
}

static void test_warned(void)
{
    g_auto(Fixture) fixture = {NULL};
    fixture_open(&fixture);
    const TownCost rows[] = {{"q0", "a", 20}, {"q0", "a", 20}, {"q7", "a", 1}, {"q1", "a", NAN}};
    town_put_costs(&fixture, "table", "cost", rows, G_N_ELEMENTS(rows));
    g_autoptr(FmCosts) costs = read_costs(&fixture, &by_table, FM_LIMIT_LENGTH, NULL);
    g_autoptr(FmResult) result = fm_result_new("coverage", "c");
    fm_costs_warn(costs, FM_LIMIT_LENGTH, result);
    town_assert_warned(result, "taken as metres");
    town_assert_warned(result, "1 row names ids");
    town_assert_warned(result, "1 row has no cost");
    town_assert_warned(result, "1 row says again");
    g_autofree char *reason = fm_costs_reason(costs);
    g_assert_cmpstr(reason, ==, "no cost in 'table'");
}

void test_costs(void)
{
    g_test_add_func("/analysis/costs/read", test_read);
    g_test_add_func("/analysis/costs/refused", test_refused);
    g_test_add_func("/analysis/costs/warned", test_warned);
}
