#include "fixture.h"
#include "fm-unit.h"

/* A raw text table from "a,b" and "1,2;3,4". */
static FmRaw *raw_from(const char *headings, const char *rows)
{
    FmRaw *raw = fm_raw_new("t.csv");
    g_auto(GStrv) names = g_strsplit(headings, ",", -1);
    g_auto(GStrv) lines = g_strsplit(rows, ";", -1);

    for (char **name = names; *name != NULL; name++) {
        fm_raw_add_column(raw, *name, FM_COLUMN_TEXT);
    }
    for (char **line = lines; *line != NULL; line++) {
        g_auto(GStrv) values = g_strsplit(*line, ",", -1);
        gsize row = fm_table_append_row(raw->table);
        for (gsize i = 0; values[i] != NULL; i++) {
            fm_raw_set_text(raw, i, row, values[i]);
        }
    }
    return raw;
}

/* "id:T name_zh:T" … with a letter for the type. */
static char *names_of(const FmColumnMap *map)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < map->columns->len; i++) {
        const FmMappedColumn *column = &g_array_index(map->columns, FmMappedColumn, i);
        g_string_append_printf(text, "%s%s:%c", i > 0 ? " " : "", column->name,
                               "TIR"[column->type]);
    }
    return g_strdup(text->str);
}

static void usual_headings(void)
{
    static const struct {
        const char *headings, *rows, *expect;
    } cases[] = {
        {"id,name_zh,addr", "7,学校,路", "id:T name_zh:T address:T"},
        {"编号,中文名称,人口", "7,学校,12", "id:T name_zh:T 人口:I"},
        {"NAME_EN,Id", "a,1", "id:T name_en:T"},
        {"name", "学校", "id:T name_zh:T"},
        {"name", "School", "id:T name_en:T"},
        {"名称,name", "学校,School", "id:T name_zh:T name_en:T"},
        {"name,name_zh", "学校,学校", "id:T name_zh:T name:T"},
        {"id,lon,lat,size", "1,2,3,4.5", "id:T size:R"},
        {"机构编码,机构名称,所在区,机构类别,医院等级", "1,医院,东城区,对外,三级",
         "id:T name_zh:T category:T district:T level:T"},
        {"學校名稱,英文名称,床位數（张）,地址,行政區", "学校,School,9,路,区",
         "id:T name_zh:T name_en:T capacity:I address:T district:T"},
        {"编号,状态,开业时间", "1,在建,2010年", "id:T status:T opens:T status_source:T"},
        {"编号,状态", "1,open", "id:T status:T"},
        /* What two columns fit equally well is left open, and both keep their names. */
        {"代码,编号,名称", "1,2,学校", "id:T name_zh:T 代码:I 编号:I"},
        {"id,编号", "1,2", "id:T 编号:I"},
        /* A guess must not cost a row; a column that is called so is one. */
        {"代码,名称", "1,学校;1,学校", "id:T name_zh:T 代码:I"},
        {"id,床位数", "1,12;2,多", "id:T 床位数:T"},
        {"id,床位数", "1,12;2,无", "id:T capacity:I"},
        {"id,状态", "1,在建;2,有效", "id:T 状态:T"},
        {"id,成立时间", "1,1954年春", "id:T 成立时间:T"},
        {"id,capacity", "1,多", "id:T capacity:I"},
        {"地址,通讯地址", "甲,乙", "id:T 地址:T 通讯地址:T"},
        {"row,field,value,reason,id,size", "1,size,x,bad,9,4", "id:T size:I"},
        {"row,field,value,id", "1,2,3,4", "id:T row:I field:I value:I"},
        {"status,capacity,opens,position_accuracy_m,category,source,closes,id", "1,1,1,1,1,1,1,1",
         "id:T category:T status:T opens:T closes:T capacity:I position_accuracy_m:R source:T"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(FmRaw) raw = raw_from(cases[i].headings, cases[i].rows);
        g_autoptr(FmSource) source = fm_source_new("t.csv");
        g_autoptr(GError) error = NULL;
        g_autoptr(FmColumnMap) map = fm_column_map_new(raw, source, NULL, &error);
        g_assert_no_error(error);
        g_autofree char *names = names_of(map);
        g_assert_cmpstr(names, ==, cases[i].expect);
    }
}

static void what_is_ambiguous_is_said(void)
{
    g_autoptr(FmRaw) raw = raw_from("代码,编号,学校名称,单位名称", "1,2,学校,单位");
    g_autoptr(FmSource) source = fm_source_new("t.csv");
    g_autoptr(FmColumnMap) map = fm_column_map_new(raw, source, NULL, NULL);

    g_assert_cmpuint(map->notes->len, ==, 2);
    g_assert_cmpstr(g_ptr_array_index(map->notes, 0), ==,
                    "2 columns could be id: '代码', '编号'; none is taken, pass for instance --map "
                    "id=代码");
    assert_contains(g_ptr_array_index(map->notes, 1), "'学校名称', '单位名称'");
    g_assert_true(map->made_ids);
    fixture_map(source, "id", "编号");
    fixture_map(source, "name_zh", "");
    g_autoptr(FmColumnMap) told = fm_column_map_new(raw, source, NULL, NULL);
    g_assert_cmpuint(told->notes->len, ==, 0);
    g_assert_false(told->made_ids);
}

/* The caller may write a heading as it is meant. */
static void headings_are_found_as_they_are_meant(void)
{
    g_autoptr(FmRaw) raw = raw_from("機構 編碼（八位）,x", "1,2");
    g_autoptr(FmSource) source = fm_source_new("t.csv");
    g_autoptr(GError) error = NULL;

    fixture_map(source, "id", "机构编码(八位)");
    g_autoptr(FmColumnMap) map = fm_column_map_new(raw, source, NULL, &error);
    g_assert_no_error(error);
    g_assert_false(map->made_ids);
}

static void mapped_by_the_caller(void)
{
    g_autoptr(FmRaw) raw = raw_from("code,label,status,people,a,b", "7,学校,active,12,116.4,39.9");
    g_autoptr(FmSource) source = fm_source_new("t.csv");

    fixture_map(source, "id", "Code");
    fixture_map(source, "name_zh", "label");
    fixture_map(source, "residents", "people");
    fixture_map(source, "status", "");
    fixture_map(source, "x", "a");
    fixture_map(source, "y", "b");
    g_autoptr(FmColumnMap) map = fm_column_map_new(raw, source, NULL, NULL);
    g_autofree char *names = names_of(map);
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
        g_autoptr(FmRaw) raw = raw_from("code,label,lon,lat", "7,学校,1,2");
        g_autoptr(FmSource) source = fm_source_new("t.csv");
        g_autoptr(GError) error = NULL;
        fixture_map(source, cases[i].field, cases[i].column);
        g_assert_null(fm_column_map_new(raw, source, NULL, &error));
        assert_error(error, cases[i].code, cases[i].words);
    }
}

static void one_name_for_two_columns(void)
{
    g_autoptr(FmRaw) raw = raw_from("a,b", "1,2");
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
    g_autoptr(FmRaw) raw = raw_from("label", "学校");
    g_autoptr(FmSource) source = fm_source_new("t.csv");

    fixture_map(source, "id", "label");
    fixture_map(source, "name_zh", "label");
    g_autoptr(FmColumnMap) map = fm_column_map_new(raw, source, NULL, NULL);
    g_autofree char *names = names_of(map);
    g_assert_cmpstr(names, ==, "id:T name_zh:T");
}

static void types_follow_the_layer_that_is_there(void)
{
    g_autoptr(FmRaw) raw = raw_from("id,code,size", "1,7,5");
    g_autoptr(FmSource) source = fm_source_new("t.csv");
    g_autoptr(FmTable) existing = fm_table_new(FM_GEOMETRY_NONE);

    fm_table_add_column(existing, "code", FM_COLUMN_TEXT);
    fm_table_add_column(existing, "size", FM_COLUMN_REAL);
    g_autoptr(FmColumnMap) map = fm_column_map_new(raw, source, existing, NULL);
    g_autofree char *names = names_of(map);
    g_assert_cmpstr(names, ==, "id:T code:T size:R");
}

void test_columns(void)
{
    g_test_add_func("/load/columns/usual-headings", usual_headings);
    g_test_add_func("/load/columns/ambiguous", what_is_ambiguous_is_said);
    g_test_add_func("/load/columns/as-meant", headings_are_found_as_they_are_meant);
    g_test_add_func("/load/columns/mapped", mapped_by_the_caller);
    g_test_add_func("/load/columns/wrong-mappings", wrong_mappings);
    g_test_add_func("/load/columns/one-name-for-two", one_name_for_two_columns);
    g_test_add_func("/load/columns/one-column-for-two", one_column_for_two_names);
    g_test_add_func("/load/columns/existing-types", types_follow_the_layer_that_is_there);
}
