/* Names: what is aside, what tells apart. */
#include "fm-unit.h"
#include "town.h"

static void assert_key(const char *name, const char *stem, const char *expected)
{
    g_autofree char *key = fm_name_key(name, stem);
    g_assert_cmpstr(key, ==, expected);
}

static void test_fold(void)
{
    g_autofree char *wide = fm_text_fold("　ＳＣＨ－０１ ");
    g_assert_cmpstr(wide, ==, "sch-01");
    g_autofree char *broken = fm_text_fold("a\xff");
    g_assert_true(g_utf8_validate(broken, -1, NULL));
}

static void test_key(void)
{
    assert_key("北京市第八中学（初中部）", "北京", "第八中学");
    assert_key("北京第八中学", "北京", "第八中学");
    assert_key("北京市 朝阳区 实验小学", "北京", "实验小学");
    assert_key("第八中学 [east]", NULL, "第八中学");
    assert_key("Oak Hill  School, No. 2", NULL, "oakhillschoolno2");
    assert_key("将台地区办事处", NULL, "将台地区办事处"); /* 地区 is no district */
    assert_key("朝阳区", NULL, "朝阳区");                 /* nothing would be left */
    assert_key("（分校）", NULL, "");
    g_autofree char *note = fm_name_note("史家小学（高年级 部）");
    g_assert_cmpstr(note, ==, "高年级部");
}

static void test_stem(void)
{
    const char *const names[] = {"北京市一中", NULL, "北京市二中", "育英学校", "上海市一中"};
    g_autofree char *stem = fm_name_stem(names, G_N_ELEMENTS(names));
    g_assert_cmpstr(stem, ==, "北京");
    const char *const few[] = {"甲", "乙", "丙", "丁", "戊", "北京市一中"};
    g_assert_null(fm_name_stem(few, G_N_ELEMENTS(few)));
}

static double similarity(const char *a, const char *b)
{
    g_autoptr(FmNameBigrams) x = fm_name_bigrams_new(a), y = fm_name_bigrams_new(b);
    return fm_name_similarity(x, y);
}

static void test_similarity(void)
{
    g_assert_cmpfloat(similarity("第八中学", "第八中学"), ==, 1);
    g_assert_cmpfloat(similarity("", ""), ==, 0);
    /* oa ak kh hi il ll ls sc ch ho oo ol, and without the second l: 11 of 12 and 11 shared */
    g_assert_cmpfloat_with_epsilon(similarity("oakhillschool", "oakhilschool"), 22.0 / 23, 1e-12);
    g_assert_cmpfloat(similarity("中国人民大学附属中学第一分校", "中国人民大学附属中学第二分校"),
                      ==, 0);
    g_assert_cmpfloat(similarity("学校1", "学校2"), ==, 0);
    g_assert_cmpfloat(similarity("甲", "乙"), ==, 0);
    g_assert_cmpfloat(similarity("海棠书院", "银杏学堂"), ==, 0);
}

void test_text(void)
{
    g_test_add_func("/check/text/fold", test_fold);
    g_test_add_func("/check/text/key", test_key);
    g_test_add_func("/check/text/stem", test_stem);
    g_test_add_func("/check/text/similarity", test_similarity);
}
