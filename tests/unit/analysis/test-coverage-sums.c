/* Everybody is counted once: the areas, those outside all and those without a position make the
 * whole. */
#include "fm-unit.h"
#include "town.h"

/* 3,000 people rows over and around four districts, some without a position. */
static void put_scatter(Fixture *fixture)
{
    enum { N = 3000 };
    g_autofree FmLonLat *positions = fixture_random(77, N, (FmExtent){-0.1, -0.1, 0.1, 0.1});
    FmTable *table = fm_table_new(FM_GEOMETRY_POINT);
    gsize id = fm_table_add_column(table, "id", FM_COLUMN_TEXT);
    gsize people = fm_table_add_column(table, "people", FM_COLUMN_REAL);
    for (gsize i = 0; i < N; i++) {
        g_autofree char *text = g_strdup_printf("p%" G_GSIZE_FORMAT, i);
        gsize row = fm_table_append_row(table);
        fm_table_set_text(table, id, row, text);
        fm_table_set_real(table, people, row, 0.1 * (double)(i % 113));
        if (i % 50 != 0)
            fm_table_set_geometry(table, row, fm_geometry_new_point(positions[i]));
    }
    fixture_put(fixture, "scatter", "demand", table);
}

static double sum_by_area(const FmResult *result, const char *column, gsize limit)
{
    const FmTable *table = fm_result_table(result, "_by_district");
    double sum = 0;
    for (gsize row = limit; row < fm_table_n_rows(table); row += 3)
        sum += fixture_number(table, column, row);
    return sum;
}

static void test_add_up(void)
{
    g_auto(Town) town = {0};
    town_open(&town);
    put_scatter(&town.fixture);
    town.options.demand.layer = "scatter";
    g_autoptr(FmResult) result = town_covered(&town);
    g_autoptr(JsonObject) summary = town_object(result->summary);
    double all =
        json_object_get_double_member(json_object_get_object_member(summary, "demand"), "people");
    double outside = json_object_get_double_member(summary, "people_outside_areas");
    double unlocated = json_object_get_double_member(summary, "people_unlocated");
    g_assert_cmpfloat(outside, >, 0);
    g_assert_cmpfloat(unlocated, >, 0);
    g_assert_cmpfloat_with_epsilon(sum_by_area(result, "people", 0) + outside + unlocated, all,
                                   1e-12 * all);
    JsonArray *within = json_object_get_array_member(summary, "within");
    for (gsize l = 0; l < 3; l++) {
        JsonObject *limit = json_array_get_object_element(within, (guint)l);
        double covered = fixture_number(fm_result_table(result, ""), "people", l);
        double covered_outside = json_object_get_double_member(limit, "people_outside_areas");
        g_assert_true((covered_outside > 0) == (l > 0)); /* the districts reach 2.2 km further */
        g_assert_cmpfloat_with_epsilon(sum_by_area(result, "people_covered", l) + covered_outside,
                                       covered, 1e-12 * all);
        g_assert_cmpfloat(sum_by_area(result, "people_twice", l), <=,
                          sum_by_area(result, "people_covered", l));
    }
    town_assert_warned(result, "lie outside every area of 'district'");
    town_assert_warned(result, "layer 'scatter': 60 of 3000 rows have no position");
}

/* The whole does not depend on whether it is also asked for by area. */
static void test_same_without_areas(void)
{
    g_auto(Town) town = {0};
    town_open(&town);
    put_scatter(&town.fixture);
    town.options.demand.layer = "scatter";
    g_autoptr(FmResult) with = town_covered(&town);
    town.options.by = NULL;
    g_autoptr(FmResult) without = town_covered(&town);
    for (gsize l = 0; l < 3; l++)
        g_assert_cmpfloat(fixture_number(fm_result_table(with, ""), "people", l), ==,
                          fixture_number(fm_result_table(without, ""), "people", l));
}

void test_coverage_sums(void)
{
    g_test_add_func("/analysis/coverage-sums/add-up", test_add_up);
    g_test_add_func("/analysis/coverage-sums/same-without-areas", test_same_without_areas);
}
