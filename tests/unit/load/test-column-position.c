#include "columns.h"
#include "fixture.h"
#include "fm-unit.h"

static void keys(void)
{
    static const char *const keys[] = {"x", "y", "wkt", "coordinates", "lonlat", "latlon"};

    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        g_assert_true(fm_mapper_is_position_key(keys[i]));
    }
    g_assert_false(fm_mapper_is_position_key("id"));
    g_assert_false(fm_mapper_is_position_key("X"));
}

/* What the caller says comes before what the headings say. */
static void mapped_by_the_caller(void)
{
    static const struct {
        const char *fields[2][2];
        gsize x, y, wkt;
        FmPairOrder order;
    } cases[] = {
        {{{NULL}}, 0, 1, FM_COLUMN_NONE, FM_ORDER_UNKNOWN},
        {{{"x", "a"}, {"y", "b"}}, 2, 3, FM_COLUMN_NONE, FM_ORDER_UNKNOWN},
        {{{"lonlat", "c"}}, FM_COLUMN_NONE, FM_COLUMN_NONE, 4, FM_ORDER_LON_LAT},
        {{{"latlon", "c"}}, FM_COLUMN_NONE, FM_COLUMN_NONE, 4, FM_ORDER_LAT_LON},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(FmRaw) raw = fixture_raw("lon,lat,a,b,c", "1,2,3,4,5 6");
        g_autoptr(FmSource) source = fm_source_new("t.csv");
        g_autoptr(GError) error = NULL;
        for (gsize k = 0; k < 2 && cases[i].fields[k][0] != NULL; k++) {
            fixture_map(source, cases[i].fields[k][0], cases[i].fields[k][1]);
        }
        source->crs = g_strdup("EPSG:4326");
        g_autoptr(FmColumnMap) map = fm_column_map_new(raw, source, NULL, &error);
        g_assert_no_error(error);
        g_assert_cmpuint(map->x, ==, cases[i].x);
        g_assert_cmpuint(map->y, ==, cases[i].y);
        g_assert_cmpuint(map->wkt, ==, cases[i].wkt);
        g_assert_cmpint(map->order, ==, cases[i].order);
    }
}

static void refused(void)
{
    static const struct {
        const char *headings, *field, *words;
        FmError code;
    } cases[] = {
        {"id,a", "x", "a column for x is given but none for y", FM_ERROR_USAGE},
        {"id,a", "y", "a column for y is given but none for x", FM_ERROR_USAGE},
        {"id,b", "lonlat", "no column 'a' (for lonlat); there is id, b", FM_ERROR_NOT_FOUND},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(FmRaw) raw = fixture_raw(cases[i].headings, "1,2");
        g_autoptr(FmSource) source = fm_source_new("t.csv");
        g_autoptr(GError) error = NULL;
        fixture_map(source, cases[i].field, "a");
        g_assert_null(fm_column_map_new(raw, source, NULL, &error));
        assert_error(error, cases[i].code, cases[i].words);
    }
}

void test_column_position(void)
{
    g_test_add_func("/load/column-position/keys", keys);
    g_test_add_func("/load/column-position/mapped", mapped_by_the_caller);
    g_test_add_func("/load/column-position/refused", refused);
}
