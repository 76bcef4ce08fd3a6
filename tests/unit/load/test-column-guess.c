#include "columns.h"
#include "fixture.h"
#include "fm-unit.h"

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
        g_autoptr(FmRaw) raw = fixture_raw(cases[i].headings, cases[i].rows);
        g_autoptr(FmSource) source = fm_source_new("t.csv");
        g_autoptr(GError) error = NULL;
        g_autoptr(FmColumnMap) map = fm_column_map_new(raw, source, NULL, &error);
        g_assert_no_error(error);
        g_autofree char *names = fixture_column_names(map);
        g_assert_cmpstr(names, ==, cases[i].expect);
    }
}

static void what_is_ambiguous_is_said(void)
{
    g_autoptr(FmRaw) raw = fixture_raw("代码,编号,学校名称,单位名称", "1,2,学校,单位");
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

void test_column_guess(void)
{
    g_test_add_func("/load/column-guess/usual-headings", usual_headings);
    g_test_add_func("/load/column-guess/ambiguous", what_is_ambiguous_is_said);
}
