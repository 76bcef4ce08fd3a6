/* Which area a row names, and in which column. */
#include "fm-unit.h"
#include "town.h"

#include <math.h>

static void test_column(void)
{
    g_autoptr(FmAreaSet) areas = fm_area_set_new("area", town_districts());
    const Place places[] = {
        {"a", "甲", NULL, "West Side", "东区1号", NULL, NULL, NULL, 1, {116.35, 39.9}},
        {"b", "乙", NULL, "ｅａｓｔ side", NULL, NULL, NULL, NULL, 1, {116.45, 39.9}},
        {"c", "丙", NULL, "Elsewhere", NULL, NULL, NULL, NULL, 1, {116.45, 39.9}},
    };
    g_autoptr(FmTable) table = town_table(places, G_N_ELEMENTS(places));
    g_autoptr(FmLayer) layer = fm_check_layer_new("list", table);
    g_auto(FmStated) stated = {0};
    fm_stated_find(areas, layer, &stated);
    g_assert_cmpstr(fm_table_column_name(table, stated.column), ==, "district");
    g_assert_false(stated.is_name);
    g_assert_cmpuint(stated.area_of[0], ==, 0);
    g_assert_cmpuint(stated.area_of[1], ==, 1);
    g_assert_cmpuint(stated.area_of[2], ==, G_MAXSIZE);
}

/* Without a column of districts the address says it, by the name that comes first; without an
 * address the name does, as a hint. */
static void test_inside(void)
{
    g_autoptr(FmAreaSet) areas = fm_area_set_new("area", town_districts());
    Place places[] = {
        {"a", "West Side School", NULL, NULL, "东区西区路1号", NULL, NULL, NULL, 1, NOWHERE},
        {"b", "Midwest Sideline", NULL, NULL, "中城西区3号", NULL, NULL, NULL, 1, NOWHERE},
    };
    g_autoptr(FmTable) table = town_table(places, G_N_ELEMENTS(places));
    g_autoptr(FmLayer) layer = fm_check_layer_new("list", table);
    g_auto(FmStated) stated = {0};
    fm_stated_find(areas, layer, &stated);
    g_assert_cmpstr(fm_table_column_name(table, stated.column), ==, "address");
    g_assert_cmpuint(stated.area_of[0], ==, 1);
    g_assert_cmpuint(stated.area_of[1], ==, 0);

    places[0].address = places[1].address = NULL;
    g_autoptr(FmTable) named = town_table(places, G_N_ELEMENTS(places));
    g_autoptr(FmLayer) again = fm_check_layer_new("list", named);
    g_auto(FmStated) hint = {0};
    fm_stated_find(areas, again, &hint);
    g_assert_true(hint.is_name);
    g_assert_cmpuint(hint.area_of[0], ==, 0);
    g_assert_cmpuint(hint.area_of[1], ==, G_MAXSIZE); /* inside another word */
}

static void test_none(void)
{
    g_autoptr(FmAreaSet) areas = fm_area_set_new("area", town_districts());
    const Place places[] = {{"a", "甲", NULL, "x", "y", NULL, NULL, NULL, 1, NOWHERE}};
    g_autoptr(FmTable) table = town_table(places, 1);
    g_autoptr(FmLayer) layer = fm_check_layer_new("list", table);
    g_auto(FmStated) stated = {0};
    fm_stated_find(areas, layer, &stated);
    g_assert_true(stated.column == FM_COLUMN_NONE && !stated.is_name);
}

void test_areas(void)
{
    g_test_add_func("/check/areas/column", test_column);
    g_test_add_func("/check/areas/inside", test_inside);
    g_test_add_func("/check/areas/none", test_none);
}
