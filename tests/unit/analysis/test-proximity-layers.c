/* The result layers of proximity: lines, reasons, titles. */
#include "proximity-internal.h"

#include "fm-unit.h"
#include "town.h"

#include <math.h>

static void test_line(void)
{
    const FmLonLat a = {116, 40}, near = {116.1, 40}, far = {121.5, 31.2};
    g_autoptr(FmGeometry) one = fm_geodesic_line(a, near);
    g_assert_cmpuint(one->n_points, ==, 2);
    g_autoptr(FmGeometry) many = fm_geodesic_line(a, far);
    double whole_m = fm_geodesic_distance_m(a, far);
    g_assert_cmpuint(many->n_points, ==, (gsize)ceil(whole_m / 50000) + 1);
    g_assert_cmpfloat_with_epsilon(fm_geodesic_length_m(many), whole_m, 1e-6);
    fixture_assert_bytes(&many->points[0], &a, sizeof a);
    fixture_assert_bytes(&many->points[many->n_points - 1], &far, sizeof far);
    for (gsize i = 1; i < many->n_points; i++)
        g_assert_cmpfloat(fm_geodesic_distance_m(many->points[i - 1], many->points[i]), <, 50001);
}

static void test_pair(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_open(&fixture);
    FmProximityOptions options = {.from = {.layer = "quarter"}, .to = {.layer = "clinic"}, .k = 2};
    g_autoptr(FmResult) result = town_near(&fixture, &options);
    const FmTable *table = fm_result_table(result, "");
    gsize row = 3; /* from q1 to its second nearest, b */
    g_assert_cmpstr(fixture_text(table, "from_id", row), ==, "q1");
    g_assert_cmpstr(fixture_text(table, "from_name_en", row), ==, "Q1");
    g_assert_cmpstr(fixture_text(table, "to_id", row), ==, "b");
    g_assert_cmpstr(fixture_text(table, "to_name_zh", row), ==, "中Clinic B");
    g_assert_cmpfloat(fixture_number(table, "rank", row), ==, 2);
    g_assert_cmpfloat_with_epsilon(fixture_number(table, "bearing_deg", row), 90, 1e-9);
    g_assert_null(fixture_text(table, "reason", row));
    const FmGeometry *line = fm_table_geometry(table, row);
    g_assert_cmpfloat_with_epsilon(fm_geodesic_length_m(line),
                                   fixture_number(table, "distance_m", row), 1e-6);
    g_assert_cmpfloat(line->points[0].lon_deg, ==, 0.01);
    g_assert_cmpfloat(line->points[1].lon_deg, ==, 0.05);
}

/* Where there is no line, the reason says why. */
static void test_reasons(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_open(&fixture);
    const Place homes[] = {{"lost", NULL, "Lost", NULL, NULL, 1},
                           {"in", "POINT (0.001 0)", "In", NULL, NULL, 1},
                           {"far", "POINT (3 3)", "Far", NULL, NULL, 1},
                           {"on", "POINT (1 1)", "On", NULL, NULL, 1}};
    const Place parks[] = {
        {"p", "POLYGON ((0 -0.01, 0.01 -0.01, 0.01 0.01, 0 0.01, 0 -0.01))", "Park", NULL, NULL, 0},
        {"q", "POINT (1 1)", "Bench", NULL, NULL, 0}};
    fixture_put_places(&fixture, "home", "demand", homes, 4, "people");
    fixture_put_places(&fixture, "park", "park", parks, 2, NULL);
    FmLimit within = fixture_limit("2km");
    FmProximityOptions options = {
        .from = {.layer = "home"}, .to = {.layer = "park"}, .k = 1, .within = &within};
    g_autoptr(FmResult) result = town_near(&fixture, &options);
    const FmTable *table = fm_result_table(result, "");
    const char *const expected[] = {"no position", "inside", "none within 2km", "same position"};
    g_assert_cmpuint(fm_table_n_rows(table), ==, 4);
    for (gsize row = 0; row < 4; row++) {
        g_assert_cmpstr(fixture_text(table, "reason", row), ==, expected[row]);
        g_assert_null(fm_table_geometry(table, row));
        g_assert_true(isnan(fixture_number(table, "bearing_deg", row)));
        gboolean found = row % 2 == 1;
        g_assert_true((fixture_text(table, "to_id", row) != NULL) == found);
        g_assert_true(found ? fixture_number(table, "distance_m", row) == 0
                            : isnan(fixture_number(table, "distance_m", row)));
    }
}

static void check_titles(Fixture *fixture, const FmProximityOptions *options, const char *en,
                         const char *zh)
{
    g_autoptr(FmResult) result = town_near(fixture, options);
    const FmResultLayer *layer = g_ptr_array_index(result->layers, 0);
    g_assert_cmpstr(layer->title_en, ==, en);
    g_assert_cmpstr(layer->title_zh, ==, zh);
    for (guint i = 0; i < result->layers->len; i++) {
        layer = g_ptr_array_index(result->layers, i);
        for (gsize column = 0; column < fm_table_n_columns(layer->table); column++) {
            g_assert_nonnull(fm_table_column_title_en(layer->table, column));
            g_assert_nonnull(fm_table_column_title_zh(layer->table, column));
        }
    }
}

static void test_titles_of_layers(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_open(&fixture);
    FmLimit within = fixture_limit("4km");
    FmProximityOptions options = {
        .from = {.layer = "quarter"}, .to = {.layer = "clinic"}, .k = 1, .by = "district"};
    check_titles(&fixture, &options, "From The quarters to the nearest of The clinics",
                 "中quarter到最近的中clinic");
    options.k = 2;
    check_titles(&fixture, &options, "From The quarters to the 2 nearest of The clinics",
                 "中quarter到最近 2 个中clinic");
    options.within = &within;
    check_titles(&fixture, &options,
                 "From The quarters to the 2 nearest of The clinics within 4 km",
                 "中quarter到最近 2 个中clinic（4 公里内）");
    options.k = 0;
    check_titles(&fixture, &options, "The quarters within 4 km of The clinics",
                 "中clinic 4 公里范围内的中quarter");
    options.within = NULL;
    options.matrix = TRUE;
    check_titles(&fixture, &options, "Distances from The quarters to The clinics",
                 "中quarter到中clinic的距离");
}

void test_proximity_layers(void)
{
    g_test_add_func("/analysis/proximity-layers/line", test_line);
    g_test_add_func("/analysis/proximity-layers/pair", test_pair);
    g_test_add_func("/analysis/proximity-layers/reasons", test_reasons);
    g_test_add_func("/analysis/proximity-layers/titles", test_titles_of_layers);
}
