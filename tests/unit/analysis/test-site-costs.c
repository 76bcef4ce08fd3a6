/* Costs in straight lines and by tables: the same question either way. */
#include "fm-unit.h"
#include "town.h"

#include <math.h>

/* Straight lines written down as a table give what straight lines give. */
static void test_as_straight(void)
{
    g_auto(Fixture) fixture = {NULL};
    fixture_open(&fixture);
    town_put_plots(&fixture);
    TownCost rows[48];
    char ids[8][3];
    const double lons[] = {0, 0.01, 0.02, 0.03, 0.04, 0.05, 0, 0.05};
    for (int s = 0; s < 8; s++)
        g_snprintf(ids[s], sizeof ids[s], s < 6 ? "p%d" : s == 6 ? "a" : "b", s);
    char quarters[6][3];
    for (int q = 0; q < 6; q++) {
        g_snprintf(quarters[q], sizeof quarters[q], "q%d", q);
        for (int s = 0; s < 8; s++)
            rows[8 * q + s] = (TownCost){
                quarters[q], ids[s],
                fm_geodesic_distance_m((FmLonLat){q / 100.0, 0}, (FmLonLat){lons[s], 0})};
    }
    town_put_costs(&fixture, "table", "cost_m", rows, G_N_ELEMENTS(rows));
    const FmLimit far = fixture_limit("100km");
    const FmVia via = {.profile = "table"};
    for (int of = 0; of < 2; of++) {
        FmSiteOptions options = town_siting(FM_SITE_PMEDIAN, 2, &far);
        options.of.layer = of ? "clinic" : NULL;
        g_autoptr(FmResult) straight = town_site(&fixture, &options);
        options.via = &via;
        g_autoptr(FmResult) table = town_site(&fixture, &options);
        g_autofree char *left = town_chosen(straight);
        g_autofree char *right = town_chosen(table);
        g_assert_cmpstr(left, ==, right);
        for (gsize row = 0; row < 6; row++)
            g_assert_cmpfloat(fixture_number(fm_result_table(straight, "_demand"), "cost", row), ==,
                              fixture_number(fm_result_table(table, "_demand"), "cost", row));
        if (!of)
            continue;
        /* The rows of the other side are no strangers. */
        for (guint i = 0; i < table->warnings->len; i++)
            g_assert_null(g_strstr_len(g_ptr_array_index(table->warnings, i), -1, "name ids"));
    }
}

/* Pairs that are not there: a reason, and never a cost of 0. */
static void test_absent(void)
{
    g_auto(Fixture) fixture = {NULL};
    fixture_open(&fixture);
    town_put_plots(&fixture);
    const TownCost rows[] = {
        {"q0", "p0", 10}, {"q1", "p1", 20}, {"q2", "p1", 5}, {"q5", "a", 7}, {"x", "p1", 1},
    };
    town_put_costs(&fixture, "table", "cost_s", rows, G_N_ELEMENTS(rows));
    const FmVia via = {.profile = "table"};
    FmSiteOptions options = town_siting(FM_SITE_PMEDIAN, 1, NULL);
    options.of.layer = "clinic";
    options.via = &via;
    g_autoptr(FmResult) result = town_site(&fixture, &options);
    const FmTable *demand = fm_result_table(result, "_demand");
    /* q0 and the others cannot both be served by one: as many rows as can be. */
    g_autofree char *chosen = town_chosen(result);
    g_assert_cmpstr(chosen, ==, "p1");
    g_assert_cmpstr(fixture_text(demand, "reason", 0), ==, "not reached by the sites chosen");
    g_assert_true(isnan(fixture_number(demand, "cost", 0)));
    g_assert_cmpstr(fixture_text(demand, "reason", 3), ==, "no cost in 'table'");
    g_assert_cmpstr(fixture_text(demand, "site_id", 5), ==, "a");
    g_assert_cmpfloat(fixture_number(demand, "fixed", 5), ==, 1);
    town_assert_warned(result, "1 site cannot serve all");
    town_assert_warned(result, "1 row names ids");
    town_assert_warned(result, "2 rows of 'quarter' (900 people) are reached by no candidate");
    options.n_add = 2;
    g_autoptr(FmResult) both = town_site(&fixture, &options);
    g_autofree char *two = town_chosen(both);
    g_assert_cmpstr(two, ==, "p0 p1");
}

/* Areas as candidates count by a point inside; one without a position cannot be chosen. */
static void test_fields(void)
{
    g_auto(Fixture) fixture = {NULL};
    fixture_open(&fixture);
    const Place fields[] = {
        {"nowhere", NULL, "Nowhere", NULL, NULL, NAN},
        {"f", "POLYGON ((0.025 -0.005, 0.035 -0.005, 0.035 0.005, 0.025 0.005, 0.025 -0.005))",
         "Field", NULL, NULL, NAN},
    };
    fixture_put_places(&fixture, "field", "project_site", fields, 2, NULL);
    FmSiteOptions options = town_siting(FM_SITE_PMEDIAN, 1, NULL);
    options.candidates.layer = "field";
    g_autoptr(FmResult) result = town_site(&fixture, &options);
    const FmTable *table = fm_result_table(result, "");
    g_assert_cmpuint(fm_table_n_rows(table), ==, 1);
    g_assert_cmpstr(fixture_text(table, "site_id", 0), ==, "f");
    g_assert_cmpint(fm_table_geometry(table, 0)->type, ==, FM_GEOMETRY_POLYGON);
    double to_middle = fm_geodesic_distance_m((FmLonLat){0, 0}, (FmLonLat){0.03, 0});
    g_assert_cmpfloat_with_epsilon(fixture_number(fm_result_table(result, "_demand"), "cost", 0),
                                   to_middle, 1e-6);
    town_assert_warned(result, "cannot be chosen");
    options.n_add = 2;
    town_site_fails(&fixture, &options, FM_ERROR_USAGE, "only 1 candidates");
}

void test_site_costs(void)
{
    g_test_add_func("/analysis/site-costs/as-straight", test_as_straight);
    g_test_add_func("/analysis/site-costs/absent", test_absent);
    g_test_add_func("/analysis/site-costs/areas", test_fields);
}
