/* A layer as the tests see it. */
#include "fm-unit.h"
#include "town.h"

#include <math.h>

static void test_columns(void)
{
    const Place places[] = {
        {"a", "甲校", "A School", "x", "y", NULL, NULL, NULL, 1, {10, 50}},
        {"b", NULL, "B School", NULL, NULL, NULL, NULL, NULL, 2, NOWHERE},
        {NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 3, {14, 52}},
    };
    g_autoptr(FmTable) table = town_table(places, G_N_ELEMENTS(places));
    g_autoptr(FmLayer) layer = fm_check_layer_new("list", table);
    g_assert_cmpuint(layer->n, ==, 3);
    g_assert_cmpuint(layer->n_located, ==, 2);
    g_assert_cmpstr(fm_layer_name_of(layer, 0), ==, "甲校");
    g_assert_cmpstr(fm_layer_name_of(layer, 1), ==, "B School");
    g_assert_cmpstr(fm_layer_text(layer, layer->district, 0), ==, "x");
    g_assert_cmpstr(fm_layer_text(layer, layer->address, 0), ==, "y");
    g_autofree char *id = fm_layer_dup_id(layer, 2);
    g_assert_cmpstr(id, ==, "3");
    g_assert_cmpfloat(layer->middle.lon_deg, ==, 12);
    g_assert_false(fm_position_is_set(layer->positions[1]));
}

static void test_polygon(void)
{
    g_autoptr(FmTable) table = town_districts();
    g_autoptr(FmLayer) layer = fm_check_layer_new("area", table);
    g_assert_cmpuint(layer->dimension, ==, 2);
    g_assert_cmpfloat_with_epsilon(layer->positions[0].lon_deg, 116.36, 1e-9);
}

static void test_median(void)
{
    const double values[] = {4, 1, 3, 2};
    g_assert_cmpfloat(fm_check_median(values, 3), ==, 3);
    g_assert_cmpfloat(fm_check_median(values, 4), ==, 2.5);
    g_assert_true(isnan(fm_check_median(values, 0)));
}

void test_layer(void)
{
    g_test_add_func("/check/layer/columns", test_columns);
    g_test_add_func("/check/layer/polygon", test_polygon);
    g_test_add_func("/check/layer/median", test_median);
}
