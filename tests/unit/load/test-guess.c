#include "fixture.h"
#include "fm-unit.h"

/* Guesses among headings; "-" for none. */
static char *guess(const char *headings, const char *first_row)
{
    g_auto(GStrv) names = g_strsplit(headings, ",", -1);
    g_auto(GStrv) values = g_strsplit(first_row, ",", -1);
    g_autoptr(FmTable) table = fm_table_new(FM_GEOMETRY_NONE);
    gsize x, y, wkt;

    for (char **name = names; *name != NULL; name++) {
        fm_table_add_column(table, *name, FM_COLUMN_TEXT);
    }
    fm_table_append_row(table);
    for (gsize i = 0; values[i] != NULL; i++) {
        fm_table_set_text(table, i, 0, values[i]);
    }
    fm_guess_position(table, 0, &x, &y, &wkt);
    const gsize found[] = {x, y, wkt};
    g_autoptr(GString) text = g_string_new(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(found); i++) {
        g_string_append_printf(text, "%s%s", i > 0 ? " " : "",
                               found[i] == FM_COLUMN_NONE ? "-" : names[found[i]]);
    }
    return g_strdup(text->str);
}

static void positions(void)
{
    static const struct {
        const char *headings, *row, *expect;
    } cases[] = {
        {"id,lon,lat", "", "lon lat -"},
        {"id,LNG,Lat", "", "LNG lat -"},
        {"名称,经度,纬度", "", "经度 纬度 -"},
        {"名称,经度(度),纬度(度)", "", "经度(度) 纬度(度) -"},
        {"x,y", "", "x y -"},
        {"name,longitude_wgs84,latitude_wgs84", "", "longitude_wgs84 latitude_wgs84 -"},
        {"longitude_a,longitude_b,latitude_a,latitude_b", "", "- - -"},
        {"lon,name", "", "- - -"},
        {"id,wkt", "1,POINT (1 2)", "- - wkt"},
        {"id,geometry,lon,lat", "1,MULTIPOLYGON (((,3,4", "- - geometry"},
        {"id,geometry,lon,lat", "1,round,3,4", "lon lat -"},
        {"id,name", "", "- - -"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *found = guess(cases[i].headings, cases[i].row);
        g_assert_cmpint(g_ascii_strcasecmp(found, cases[i].expect), ==, 0);
    }
}

static void headings_from_first(void)
{
    g_autoptr(FmTable) table = fm_table_new(FM_GEOMETRY_NONE);

    fm_table_add_column(table, "value", FM_COLUMN_TEXT);
    fm_table_add_column(table, "Other", FM_COLUMN_TEXT);
    g_assert_cmpuint(fm_find_heading(table, 0, "VALUE"), ==, 0);
    g_assert_cmpuint(fm_find_heading(table, 1, "value"), ==, FM_COLUMN_NONE);
    g_assert_cmpuint(fm_find_heading(table, 1, "other"), ==, 1);
}

void test_guess(void)
{
    g_test_add_func("/load/guess/positions", positions);
    g_test_add_func("/load/guess/headings-from-first", headings_from_first);
}
