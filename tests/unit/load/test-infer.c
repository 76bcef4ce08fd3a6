#include "fixture.h"
#include "fm-unit.h"

static FmColumnType infer(const char *values)
{
    g_auto(GStrv) list = g_strsplit(values, "/", -1);
    g_autoptr(FmTable) table = fm_table_new(FM_GEOMETRY_NONE);
    gsize column = fm_table_add_column(table, "c", FM_COLUMN_TEXT);

    for (char **value = list; *value != NULL; value++) {
        gsize row = fm_table_append_row(table);
        if (**value != '\0') {
            fm_table_set_text(table, column, row, *value);
        }
    }
    return fm_infer_type(table, column);
}

static void types(void)
{
    static const struct {
        const char *values;
        FmColumnType type;
    } cases[] = {
        {"1/2/3", FM_COLUMN_INTEGER},
        {"-1/0/ 7 ", FM_COLUMN_INTEGER},
        {"1//3", FM_COLUMN_INTEGER},
        {"1/2.5", FM_COLUMN_REAL},
        {"2.5/1", FM_COLUMN_REAL},
        {"1e3/0.5", FM_COLUMN_REAL},
        {"116.42389326346671/39.9", FM_COLUMN_REAL},
        {"007/008", FM_COLUMN_TEXT},
        {"1/007", FM_COLUMN_TEXT},
        {"00.5/1", FM_COLUMN_TEXT},
        {"+8610/1", FM_COLUMN_TEXT},
        {"100022/x", FM_COLUMN_TEXT},
        {"123456789012345/1", FM_COLUMN_INTEGER},
        {"1234567890123456/1", FM_COLUMN_TEXT},
        {"110101199001011234", FM_COLUMN_TEXT},
        {"1,234/2", FM_COLUMN_TEXT},
        {"1./2", FM_COLUMN_TEXT},
        {".5/2", FM_COLUMN_TEXT},
        {"1e/2", FM_COLUMN_TEXT},
        {"-/2", FM_COLUMN_TEXT},
        {"2021-09-01", FM_COLUMN_TEXT},
        {"0x10", FM_COLUMN_TEXT},
        {"", FM_COLUMN_TEXT},
        {"NaN/Inf", FM_COLUMN_TEXT},
        {"NaN/1", FM_COLUMN_INTEGER},
        {"1.5/#NUM!/-inf", FM_COLUMN_REAL},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i].values);
        g_assert_cmpint(infer(cases[i].values), ==, cases[i].type);
    }
}

static void typed_columns_keep_their_type(void)
{
    g_autoptr(FmTable) table = fm_table_new(FM_GEOMETRY_NONE);
    gsize column = fm_table_add_column(table, "c", FM_COLUMN_REAL);

    fm_table_set_real(table, column, fm_table_append_row(table), 1);
    g_assert_cmpint(fm_infer_type(table, column), ==, FM_COLUMN_REAL);
}

static void not_finite(void)
{
    g_assert_true(fm_is_not_finite_word("NaN"));
    g_assert_true(fm_is_not_finite_word("-Infinity"));
    g_assert_true(fm_is_not_finite_word("#DIV/0!"));
    g_assert_false(fm_is_not_finite_word(""));
    g_assert_false(fm_is_not_finite_word("nano"));
}

void test_infer(void)
{
    g_test_add_func("/load/infer/types", types);
    g_test_add_func("/load/infer/typed", typed_columns_keep_their_type);
    g_test_add_func("/load/infer/not-finite", not_finite);
}
