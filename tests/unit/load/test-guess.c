#include "fixture.h"
#include "fm-unit.h"

static FmTable *table_of(char **names, const char *first_row)
{
    g_auto(GStrv) values = g_strsplit(first_row, "|", -1);
    FmTable *table = fm_table_new(FM_GEOMETRY_NONE);

    for (char **name = names; *name != NULL; name++) {
        fm_table_add_column(table, *name, FM_COLUMN_TEXT);
    }
    fm_table_append_row(table);
    for (gsize i = 0; values[i] != NULL; i++) {
        fm_table_set_text(table, i, 0, *values[i] != '\0' ? values[i] : NULL);
    }
    return table;
}

/* Guesses among headings; "-" for none, "!reason" when several fit. */
static char *guess(const char *headings, const char *first_row)
{
    g_auto(GStrv) names = g_strsplit(headings, "|", -1);
    g_autoptr(FmTable) table = table_of(names, first_row);
    g_autoptr(FmSynonyms) synonyms = fm_synonyms_new();
    g_autofree char *ambiguous = NULL;
    FmPositionColumns columns;

    if (!fm_guess_position(table, 0, synonyms, &columns, &ambiguous)) {
        return g_strconcat("!", ambiguous, NULL);
    }
    const gsize found[] = {columns.x, columns.y, columns.wkt};
    g_autoptr(GString) text = g_string_new(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(found); i++) {
        g_string_append_printf(text, "%s%s", i > 0 ? " " : "",
                               found[i] == FM_COLUMN_NONE ? "-" : names[found[i]]);
    }
    static const char *const orders[] = {"", " lonlat", " latlon"};
    g_string_append_printf(text, "%s%s",
                           columns.letters && columns.x != FM_COLUMN_NONE ? " xy" : "",
                           orders[columns.heading]);
    return g_strdup(text->str);
}

static void positions(void)
{
    static const struct {
        const char *headings, *row, *expect;
    } cases[] = {
        {"id|lon|lat", "", "lon lat -"},
        {"id|LNG|Lat", "", "LNG Lat -"},
        {"名称|经度|纬度", "", "经度 纬度 -"},
        {"名稱|經度|緯度", "", "經度 緯度 -"},
        {"名称|经度(度)|纬度(度)", "", "经度(度) 纬度(度) -"},
        {"名称|经度（°）|*纬度 (°)", "", "经度（°） *纬度 (°) -"},
        {"ＬＯＮ|ｌａｔ", "", "ＬＯＮ ｌａｔ -"},
        {"x|y", "", "x y - xy"},
        {"X坐标(m)|Y坐标(m)", "", "X坐标(m) Y坐标(m) - xy"},
        {"x|y|lon|lat", "", "lon lat -"},
        {"name|longitude_wgs84|latitude_wgs84", "", "longitude_wgs84 latitude_wgs84 -"},
        {"longitude_a|longitude_b|latitude_a|latitude_b", "", "- - -"},
        {"lon_wgs84|lon_gcj02|lat_wgs84|lat_gcj02", "",
         "!'lon_wgs84' and 'lon_gcj02' both could be the longitude or easting; pass --x COLUMN and "
         "--y COLUMN"},
        {"lon|lon_gcj02|lat|lat_gcj02", "", "lon lat -"},
        {"lon|name", "", "- - -"},
        {"id|wkt", "1|POINT (1 2)", "- - wkt"},
        {"id|geometry|lon|lat", "1|MULTIPOLYGON (((|3|4", "- - geometry"},
        {"id|geometry|lon|lat", "1|round|3|4", "lon lat -"},
        {"id|坐标", "1|116.40，39.91", "- - 坐标"},
        {"id|经纬度", "1|116.40 39.91", "- - 经纬度 lonlat"},
        {"id|latlng", "1|39.91,116.40", "- - latlng latlon"},
        {"id|location", "1|北纬39°54′ 东经116°23′", "- - location"},
        {"id|location", "1|12 Main Street", "- - -"},
        {"shape|坐标", "round|116.40,39.91", "- - 坐标"},
        {"坐标|gps", "1,2|3,4", "!'坐标' and 'gps' both hold positions; pass --wkt COLUMN"},
        {"地址|行政区", "甲路1号|东城区", "- - -"},
        {"id|name", "", "- - -"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *found = guess(cases[i].headings, cases[i].row);
        g_assert_cmpstr(found, ==, cases[i].expect);
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
