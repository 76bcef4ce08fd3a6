/* The layers of siting, row by row. */
#include "fm-unit.h"
#include "town.h"

#include <math.h>

/* A clinic at q0; one site for the rest, within 1.2 km: p4 reaches q3, q4 and q5. */
static FmResult *one_more(Fixture *fixture, const FmLimit *near)
{
    FmSiteOptions options = town_siting(FM_SITE_MCLP, 1, near);
    options.of = (FmSelection){.layer = "clinic", .filter = {.where = "id = 'a'"}};
    return town_site(fixture, &options);
}

static void test_rows(void)
{
    g_auto(Fixture) fixture = {NULL};
    fixture_open(&fixture);
    town_put_plots(&fixture);
    const FmLimit near = fixture_limit("1.2km");
    g_autoptr(FmResult) result = one_more(&fixture, &near);
    const FmTable *sites = fm_result_table(result, "");
    g_assert_cmpuint(fm_table_n_rows(sites), ==, 2);
    g_assert_cmpstr(fixture_text(sites, "site_id", 0), ==, "p4");
    g_assert_cmpstr(fixture_text(sites, "name_zh", 0), ==, "中P4");
    g_assert_cmpfloat(fixture_number(sites, "fixed", 0), ==, 0);
    g_assert_cmpfloat(fixture_number(sites, "people", 0), ==, 1500);
    g_assert_cmpfloat(fixture_number(sites, "people_new", 0), ==, 1500);
    g_assert_cmpstr(fixture_text(sites, "site_id", 1), ==, "a");
    g_assert_cmpfloat(fixture_number(sites, "fixed", 1), ==, 1);
    g_assert_cmpfloat(fixture_number(sites, "people", 1), ==, 300);
    g_assert_cmpfloat(fixture_number(sites, "people_new", 1), ==, 0);

    const FmTable *demand = fm_result_table(result, "_demand");
    static const char *const who[] = {"a", "a", NULL, "p4", "p4", "p4"};
    double step = fm_geodesic_distance_m((FmLonLat){0, 0}, (FmLonLat){0.01, 0});
    const double cost[] = {0, step, (double)NAN, step, 0, step};
    g_assert_cmpuint(fm_table_n_rows(demand), ==, 6);
    for (gsize row = 0; row < 6; row++) {
        g_assert_cmpstr(fixture_text(demand, "site_id", row), ==, who[row]);
        g_assert_cmpstr(fixture_text(demand, "reason", row), ==,
                        who[row] ? NULL : "none within 1.2km");
        if (who[row])
            g_assert_cmpfloat_with_epsilon(fixture_number(demand, "cost", row), cost[row], 1e-6);
        else
            g_assert_true(isnan(fixture_number(demand, "cost", row)));
    }
    g_assert_cmpfloat_with_epsilon(fixture_number(demand, "cost_before", 1), step, 1e-6);
    g_assert_true(isnan(fixture_number(demand, "cost_before", 3)));
    /* No line where there is no way, and none of no length. */
    const FmTable *lines = fm_result_table(result, "_lines");
    g_assert_cmpuint(fm_table_n_rows(lines), ==, 3);
    gsize row = fixture_row(lines, "demand_id", "q3");
    const FmGeometry *line = fm_table_geometry(lines, row);
    g_assert_cmpfloat(line->points[0].lon_deg, ==, 0.03);
    g_assert_cmpfloat(line->points[1].lon_deg, ==, 0.04);
    g_assert_cmpfloat(fixture_number(lines, "weight", row), ==, 400);
}

static void test_words(void)
{
    g_auto(Fixture) fixture = {NULL};
    fixture_open(&fixture);
    town_put_plots(&fixture);
    const FmLimit near = fixture_limit("1.2km");
    const struct {
        FmSiteModel model;
        gsize n_add;
        const FmLimit *within;
        const char *en, *zh;
    } cases[] = {
        {FM_SITE_MCLP, 1, &near, "1 site of The plots: most people within 1.2 km",
         "中plot中选址 1 处：1.2 公里内覆盖人口最多"},
        {FM_SITE_LSCP, 0, &near, "2 sites of The plots: fewest sites for all within 1.2 km",
         "中plot中选址 2 处：以最少选址点实现1.2 公里全覆盖"},
        {FM_SITE_PMEDIAN, 1, NULL, "1 site of The plots: least way in all",
         "中plot中选址 1 处：总出行成本最小"},
        {FM_SITE_PCENTER, 1, NULL, "1 site of The plots: least longest way",
         "中plot中选址 1 处：最远需求点最近"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const FmSiteOptions options = town_siting(cases[i].model, cases[i].n_add, cases[i].within);
        g_autoptr(FmResult) result = town_site(&fixture, &options);
        const FmResultLayer *layer = g_ptr_array_index(result->layers, 0);
        g_assert_cmpstr(layer->title_en, ==, cases[i].en);
        g_assert_cmpstr(layer->title_zh, ==, cases[i].zh);
    }
}

/* A line of demand that is an area begins inside it; what is there and is an area is reached at its
 * edge. */
static void test_shapes(void)
{
    g_auto(Fixture) fixture = {NULL};
    fixture_open(&fixture);
    town_put_plots(&fixture);
    const Place park[] = {{"park",
                           "POLYGON ((0.1 -0.01, 0.2 -0.01, 0.2 0.01, 0.1 0.01, 0.1 -0.01))", NULL,
                           NULL, NULL, NAN}};
    const Place gone[] = {{"q", "POINT (0.09 0)", NULL, NULL, NULL, 1},
                          {"nowhere", NULL, NULL, NULL, NULL, 4}};
    fixture_put_places(&fixture, "park", "park", park, 1, NULL);
    fixture_put_places(&fixture, "quarter", "demand", gone, 2, "people");
    FmSiteOptions options = town_siting(FM_SITE_PMEDIAN, 1, NULL);
    options.of.layer = "park";
    g_autoptr(FmResult) result = town_site(&fixture, &options);
    const FmTable *lines = fm_result_table(result, "_lines");
    g_assert_cmpuint(fm_table_n_rows(lines), ==, 1);
    g_assert_cmpfloat_with_epsilon(fm_table_geometry(lines, 0)->points[1].lon_deg, 0.1, 1e-9);
    const FmTable *demand = fm_result_table(result, "_demand");
    g_assert_cmpstr(fixture_text(demand, "reason", 1), ==, "no position");
    g_assert_null(fm_table_geometry(demand, 1));
}

/* p4 serves 1500 people within 1.2 km, p3 1200, p5 1100: a fifth less is p3 and no more. */
static void test_near(void)
{
    g_auto(Fixture) fixture = {NULL};
    fixture_open(&fixture);
    town_put_plots(&fixture);
    const FmLimit near = fixture_limit("1.2km");
    FmSiteOptions options = town_siting(FM_SITE_MCLP, 1, &near);
    options.near_ratio = 0.2;
    g_autoptr(FmResult) result = town_site(&fixture, &options);
    const FmTable *table = fm_result_table(result, "_near");
    const char *const ids[] = {"p3", "p4"};
    g_assert_cmpuint(fm_table_n_rows(table), ==, 2);
    for (gsize row = 0; row < 2; row++) {
        g_assert_cmpstr(fixture_text(table, "site_id", row), ==, ids[row]);
        g_assert_cmpfloat(fixture_number(table, "chosen", row), ==, (double)row);
        g_assert_cmpfloat(fixture_number(table, "n_choices", row), ==, 1);
        g_assert_cmpfloat(fixture_number(table, "share", row), ==, 0.5);
        g_assert_cmpint(fm_table_geometry(table, row)->type, ==, FM_GEOMETRY_POINT);
    }
    options.near_ratio = 0;
    g_autoptr(FmResult) plain = town_site(&fixture, &options);
    g_assert_null(fm_result_table(plain, "_near"));
}

void test_site_layers(void)
{
    g_test_add_func("/analysis/site-layers/near", test_near);
    g_test_add_func("/analysis/site-layers/rows", test_rows);
    g_test_add_func("/analysis/site-layers/titles", test_words);
    g_test_add_func("/analysis/site-layers/shapes", test_shapes);
}
