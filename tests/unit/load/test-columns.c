#include "fixture.h"
#include "fm-unit.h"

/* The caller may write a heading as it is meant. */
static void headings_are_found_as_they_are_meant(void)
{
    g_autoptr(FmRaw) raw = fixture_raw("機構 編碼（八位）,x", "1,2");
    g_autoptr(FmSource) source = fm_source_new("t.csv");
    g_autoptr(GError) error = NULL;

    fixture_map(source, "id", "机构编码(八位)");
    g_autoptr(FmColumnMap) map = fm_column_map_new(raw, source, NULL, &error);
    g_assert_no_error(error);
    g_assert_false(map->made_ids);
}

static void mapped_by_the_caller(void)
{
    g_autoptr(FmRaw) raw =
        fixture_raw("code,label,status,people,a,b", "7,学校,active,12,116.4,39.9");
    g_autoptr(FmSource) source = fm_source_new("t.csv");

    fixture_map(source, "id", "Code");
    fixture_map(source, "name_zh", "label");
    fixture_map(source, "residents", "people");
    fixture_map(source, "status", "");
    fixture_map(source, "x", "a");
    fixture_map(source, "y", "b");
    g_autoptr(FmColumnMap) map = fm_column_map_new(raw, source, NULL, NULL);
    g_autofree char *names = fixture_column_names(map);
    g_autoptr(GPtrArray) mapping = fm_column_map_describe(map, raw);

    g_assert_cmpstr(names, ==, "id:T name_zh:T status_source:T residents:I");
    g_assert_cmpuint(map->x, ==, 4);
    g_assert_cmpuint(map->y, ==, 5);
    g_assert_false(map->made_ids);
    g_assert_cmpuint(mapping->len, ==, 5);
    g_assert_cmpstr(g_ptr_array_index(mapping, 0), ==, "id <- code");
    g_assert_cmpstr(g_ptr_array_index(mapping, 3), ==, "residents <- people");
    g_assert_cmpstr(g_ptr_array_index(mapping, 4), ==, "geom <- a, b");
}

static void wrong_mappings(void)
{
    static const struct {
        const char *field, *column;
        FmError code;
        const char *words;
    } cases[] = {
        {"id", "编号", FM_ERROR_NOT_FOUND,
         "t.csv: no column '编号' (for id); there is code, label, lon, lat"},
        {"x", "lon", FM_ERROR_USAGE, "a column for x is given but none for y"},
        {"wkt", "geo", FM_ERROR_NOT_FOUND, "no column 'geo' (for wkt)"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(FmRaw) raw = fixture_raw("code,label,lon,lat", "7,学校,1,2");
        g_autoptr(FmSource) source = fm_source_new("t.csv");
        g_autoptr(GError) error = NULL;
        fixture_map(source, cases[i].field, cases[i].column);
        g_assert_null(fm_column_map_new(raw, source, NULL, &error));
        assert_error(error, cases[i].code, cases[i].words);
    }
}

static void one_name_for_two_columns(void)
{
    g_autoptr(FmRaw) raw = fixture_raw("a,b", "1,2");
    g_autoptr(FmSource) source = fm_source_new("t.csv");
    g_autoptr(GError) error = NULL;

    fixture_map(source, "Weight", "a");
    fixture_map(source, "weight", "b");
    g_assert_null(fm_column_map_new(raw, source, NULL, &error));
    assert_error(error, FM_ERROR_USAGE, "only one column of that name");
}

/* One source column may be two fields. */
static void one_column_for_two_names(void)
{
    g_autoptr(FmRaw) raw = fixture_raw("label", "学校");
    g_autoptr(FmSource) source = fm_source_new("t.csv");

    fixture_map(source, "id", "label");
    fixture_map(source, "name_zh", "label");
    g_autoptr(FmColumnMap) map = fm_column_map_new(raw, source, NULL, NULL);
    g_autofree char *names = fixture_column_names(map);
    g_assert_cmpstr(names, ==, "id:T name_zh:T");
}

static void types_follow_the_layer_that_is_there(void)
{
    g_autoptr(FmRaw) raw = fixture_raw("id,code,size", "1,7,5");
    g_autoptr(FmSource) source = fm_source_new("t.csv");
    g_autoptr(FmTable) existing = fm_table_new(FM_GEOMETRY_NONE);

    fm_table_add_column(existing, "code", FM_COLUMN_TEXT);
    fm_table_add_column(existing, "size", FM_COLUMN_REAL);
    g_autoptr(FmColumnMap) map = fm_column_map_new(raw, source, existing, NULL);
    g_autofree char *names = fixture_column_names(map);
    g_assert_cmpstr(names, ==, "id:T code:T size:R");
}

void test_columns(void)
{
    g_test_add_func("/load/columns/as-meant", headings_are_found_as_they_are_meant);
    g_test_add_func("/load/columns/mapped", mapped_by_the_caller);
    g_test_add_func("/load/columns/wrong-mappings", wrong_mappings);
    g_test_add_func("/load/columns/one-name-for-two", one_name_for_two_columns);
    g_test_add_func("/load/columns/one-column-for-two", one_column_for_two_names);
    g_test_add_func("/load/columns/existing-types", types_follow_the_layer_that_is_there);
}
