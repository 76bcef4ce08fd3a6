#include "encoding.h"

#include "fm-unit.h"

static void marks(void)
{
    g_assert_cmpstr(fm_encoding_of_mark("\xEF\xBB\xBF"
                                        "id",
                                        5),
                    ==, "UTF-8");
    g_assert_cmpstr(fm_encoding_of_mark("\xFF\xFEi", 3), ==, "UTF-16LE");
    g_assert_cmpstr(fm_encoding_of_mark("\xFE\xFF", 2), ==, "UTF-16BE");
    /* Half a mark is none. */
    g_assert_null(fm_encoding_of_mark("\xEF\xBB\xBF", 2));
    g_assert_null(fm_encoding_of_mark("\xFF\xFE", 1));
    g_assert_null(fm_encoding_of_mark("id", 2));
    g_assert_null(fm_encoding_of_mark("", 0));
}

static void names(void)
{
    g_assert_true(fm_encoding_is_utf8("utf-8"));
    g_assert_true(fm_encoding_is_utf8("UTF8"));
    g_assert_false(fm_encoding_is_utf8("UTF-16"));
    g_assert_false(fm_encoding_is_utf8(""));
}

void test_encoding_name(void)
{
    g_test_add_func("/load/encoding-name/marks", marks);
    g_test_add_func("/load/encoding-name/names", names);
}
