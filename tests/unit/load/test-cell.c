#include "fixture.h"
#include "fm-unit.h"

#include <math.h>

/* Reads one text value as a column of that type and field; the result as text, "!reason" when it is
 * refused, "NULL" when empty. */
static char *read(const char *value, FmColumnType type, FmField field)
{
    g_autoptr(FmTable) table = fm_table_new(FM_GEOMETRY_NONE);
    char name[] = "c";
    g_autoptr(FmSynonyms) synonyms = fm_synonyms_new();
    FmMappedColumn column = {.name = name,
                             .source = 0,
                             .field = field,
                             .type = type,
                             .words = field != FM_FIELD_NONE ? synonyms : NULL};
    g_auto(FmCell) cell = {.is_null = FALSE};
    g_autofree char *reason = NULL;

    fm_table_add_column(table, "c", FM_COLUMN_TEXT);
    fm_table_append_row(table);
    if (*value != '\0') {
        fm_table_set_text(table, 0, 0, value);
    }
    if (!fm_cell_read(table, &column, 0, &cell, &reason)) {
        return g_strconcat("!", reason, NULL);
    }
    g_assert_null(reason);
    if (cell.is_null) {
        return g_strdup("NULL");
    }
    return type == FM_COLUMN_TEXT      ? g_strdup(cell.text)
           : type == FM_COLUMN_INTEGER ? g_strdup_printf("%" G_GINT64_FORMAT, cell.integer)
                                       : fm_format_double(cell.real);
}

static void values(void)
{
    static const struct {
        const char *value;
        FmColumnType type;
        FmField field;
        const char *expect;
    } cases[] = {
        {"", FM_COLUMN_TEXT, FM_FIELD_NONE, "NULL"},
        {" kept ", FM_COLUMN_TEXT, FM_FIELD_NONE, " kept "},
        {" trimmed\u3000", FM_COLUMN_TEXT, FM_FIELD_NAME_EN, "trimmed"},
        {"12", FM_COLUMN_INTEGER, FM_FIELD_NONE, "12"},
        {"12.0", FM_COLUMN_INTEGER, FM_FIELD_NONE, "12"},
        {"12.5", FM_COLUMN_INTEGER, FM_FIELD_NONE, "!not a whole number"},
        {"1e30", FM_COLUMN_INTEGER, FM_FIELD_NONE, "!not a whole number"},
        {"0.5", FM_COLUMN_REAL, FM_FIELD_NONE, "0.5"},
        {"NaN", FM_COLUMN_REAL, FM_FIELD_NONE, "!not a finite number"},
        {"-inf", FM_COLUMN_REAL, FM_FIELD_NONE, "!not a finite number"},
        {"1,5", FM_COLUMN_REAL, FM_FIELD_NONE, "!not a number"},
        {"Open", FM_COLUMN_TEXT, FM_FIELD_STATUS, "open"},
        {"active", FM_COLUMN_TEXT, FM_FIELD_STATUS, "open"},
        {"在建", FM_COLUMN_TEXT, FM_FIELD_STATUS, "construction"},
        {"施工中（二期）", FM_COLUMN_TEXT, FM_FIELD_STATUS, "construction"},
        {"運營", FM_COLUMN_TEXT, FM_FIELD_STATUS, "open"},
        {"Under Construction", FM_COLUMN_TEXT, FM_FIELD_STATUS, "construction"},
        {"拟建", FM_COLUMN_TEXT, FM_FIELD_STATUS, "planned"},
        {"已停业", FM_COLUMN_TEXT, FM_FIELD_STATUS, "closed"},
        {"无", FM_COLUMN_INTEGER, FM_FIELD_CAPACITY, "NULL"},
        {"暂无数据", FM_COLUMN_TEXT, FM_FIELD_OPENS, "NULL"},
        {"无", FM_COLUMN_TEXT, FM_FIELD_NAME_ZH, "无"},
        {"有效", FM_COLUMN_TEXT, FM_FIELD_STATUS,
         "!none of open, construction, planned, closed, and no word for one of them (--synonyms "
         "FILE adds words)"},
        {"2010年9月", FM_COLUMN_TEXT, FM_FIELD_OPENS, "2010-09"},
        {"2021", FM_COLUMN_TEXT, FM_FIELD_OPENS, "2021"},
        {"2021-09-01", FM_COLUMN_TEXT, FM_FIELD_CLOSES, "2021-09-01"},
        {"2021-02-30", FM_COLUMN_TEXT, FM_FIELD_OPENS,
         "!not a date; write 2021-09-01, 2021-09 or 2021"},
        {"soon", FM_COLUMN_TEXT, FM_FIELD_CLOSES, "!not a date; write 2021-09-01, 2021-09 or 2021"},
        {"600", FM_COLUMN_INTEGER, FM_FIELD_CAPACITY, "600"},
        {"0", FM_COLUMN_INTEGER, FM_FIELD_CAPACITY, "0"},
        {"-1", FM_COLUMN_INTEGER, FM_FIELD_CAPACITY, "!negative"},
        {"12a", FM_COLUMN_INTEGER, FM_FIELD_CAPACITY, "!not a number"},
        {"0", FM_COLUMN_REAL, FM_FIELD_POSITION_ACCURACY, "0"},
        {"-0.1", FM_COLUMN_REAL, FM_FIELD_POSITION_ACCURACY, "!negative"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = read(cases[i].value, cases[i].type, cases[i].field);
        g_assert_cmpstr(text, ==, cases[i].expect);
    }
}

/* A source that has types of its own. */
static void typed_sources(void)
{
    g_autoptr(FmTable) table = fm_table_new(FM_GEOMETRY_NONE);
    char name[] = "c";

    fm_table_add_column(table, "r", FM_COLUMN_REAL);
    fm_table_add_column(table, "i", FM_COLUMN_INTEGER);
    fm_table_append_row(table);
    fm_table_set_real(table, 0, 0, 42);
    fm_table_set_integer(table, 1, 0, G_MAXINT64);
    const struct {
        gsize column;
        FmColumnType type;
        const char *expect;
    } cases[] = {
        {0, FM_COLUMN_TEXT, "42"},
        {0, FM_COLUMN_INTEGER, "42"},
        {1, FM_COLUMN_TEXT, "9223372036854775807"},
        {1, FM_COLUMN_INTEGER, "9223372036854775807"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        FmMappedColumn column = {
            .name = name, .source = cases[i].column, .field = FM_FIELD_NONE, .type = cases[i].type};
        g_auto(FmCell) cell = {.is_null = FALSE};
        g_autofree char *reason = NULL;
        g_assert_true(fm_cell_read(table, &column, 0, &cell, &reason));
        g_autofree char *text = cell.text != NULL
                                    ? g_strdup(cell.text)
                                    : g_strdup_printf("%" G_GINT64_FORMAT, cell.integer);
        g_assert_cmpstr(text, ==, cases[i].expect);
    }
}

void test_cell(void)
{
    g_test_add_func("/load/cell/values", values);
    g_test_add_func("/load/cell/typed-sources", typed_sources);
}
