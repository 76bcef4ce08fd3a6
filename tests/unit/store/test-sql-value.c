/* Values that change their type on the way into a column, and those that must not. */
#include "fm-unit.h"
#include "support.h"

#include <string.h>

typedef struct {
    const char *from; /* t…, i… or r…: the type and the value */
    FmColumnType to;
    const char *expect; /* NULL: refused */
} Case;

static FmTable *table_of(const char *from)
{
    FmTable *table = fm_table_new(FM_GEOMETRY_NONE);
    gint64 integer = 0;
    double real = 0;
    FmColumnType type = from[0] == 't'   ? FM_COLUMN_TEXT
                        : from[0] == 'i' ? FM_COLUMN_INTEGER
                                         : FM_COLUMN_REAL;
    gsize column = fm_table_add_column(table, "beds", type);
    gsize row = fm_table_append_row(table);

    switch (type) {
    case FM_COLUMN_TEXT:
        fm_table_set_text(table, column, row, from + 1);
        break;
    case FM_COLUMN_INTEGER:
        g_assert_true(
            g_ascii_string_to_signed(from + 1, 10, G_MININT64, G_MAXINT64, &integer, NULL));
        fm_table_set_integer(table, column, row, integer);
        break;
    case FM_COLUMN_REAL:
        g_assert_true(fm_parse_double(from + 1, &real));
        fm_table_set_real(table, column, row, real);
        break;
    }
    return table;
}

/* What SQLite says it got: its type and text. */
static char *stored(FmWorkspace *workspace, const FmSqlValue *value)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(sqlite3_stmt) statement = fm_sql_prepare(
        workspace, "SELECT substr(typeof(v), 1, 1) || v, v FROM (SELECT ?1 AS v)", &error);
    gboolean row = FALSE;

    g_assert_cmpint(fm_sql_value_bind(value, statement, 1), ==, SQLITE_OK);
    g_assert_true(fm_sql_step(workspace, statement, &row, &error));
    g_assert_true(fm_sql_value_equals(value, statement, 1));
    g_assert_false(fm_sql_value_equals(&(FmSqlValue){.type = SQLITE_NULL}, statement, 1));
    return g_strdup((const char *)sqlite3_column_text(statement, 0));
}

static void test_conversions(void)
{
    static const Case cases[] = {
        {"tabc", FM_COLUMN_TEXT, "tabc"},
        {"i42", FM_COLUMN_TEXT, "t42"},
        {"r0.1", FM_COLUMN_TEXT, "t0.1"},
        {"i-9223372036854775808", FM_COLUMN_INTEGER, "i-9223372036854775808"},
        {"r7", FM_COLUMN_INTEGER, "i7"},
        {"r7.5", FM_COLUMN_INTEGER, NULL},
        {"r9007199254740992", FM_COLUMN_INTEGER, "i9007199254740992"},
        {"r9007199254740994", FM_COLUMN_INTEGER, NULL}, /* may stand for a neighbour */
        {"t12", FM_COLUMN_INTEGER, "i12"},
        {"t12.5", FM_COLUMN_INTEGER, NULL},
        {"t约300", FM_COLUMN_INTEGER, NULL},
        {"t", FM_COLUMN_INTEGER, NULL},
        {"r0.5", FM_COLUMN_REAL, "r0.5"},
        {"i3", FM_COLUMN_REAL, "r3.0"},
        {"i9007199254740992", FM_COLUMN_REAL,
         "r9.00719925474099e+15"}, /* SQLite prints 15 digits */
        {"i9007199254740993", FM_COLUMN_REAL, NULL},
        {"i-9007199254740993", FM_COLUMN_REAL, NULL},
        {"t2.25", FM_COLUMN_REAL, "r2.25"},
        {"tnan", FM_COLUMN_REAL, NULL},
    };
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(FmTable) table = table_of(cases[i].from);
        g_autoptr(GError) error = NULL;
        FmSqlValue value = {.type = SQLITE_NULL};
        gboolean ok = fm_sql_value_load(&value, table, 0, 0, cases[i].to, &error);
        g_test_message("%s", cases[i].from);
        g_assert_cmpint(ok, ==, cases[i].expect != NULL);
        if (ok) {
            g_autofree char *text = stored(workspace, &value);
            g_assert_cmpstr(text, ==, cases[i].expect);
        } else {
            test_assert_error(&error, FM_ERROR_DATA, "row 1, column 'beds'");
        }
        fm_sql_value_clear(&value);
    }
}

static void test_null(void)
{
    g_autoptr(FmTable) table = fm_table_new(FM_GEOMETRY_NONE);
    g_autoptr(GError) error = NULL;
    FmSqlValue value = {.type = SQLITE_TEXT, .owned = g_strdup("old")};

    fm_table_add_column(table, "t", FM_COLUMN_TEXT);
    fm_table_append_row(table);
    for (FmColumnType type = FM_COLUMN_TEXT; type <= FM_COLUMN_REAL; type++) {
        g_assert_true(fm_sql_value_load(&value, table, 0, 0, type, &error));
        g_assert_cmpint(value.type, ==, SQLITE_NULL);
    }
}

void test_sql_value(void)
{
    g_test_add_func("/store/sql-value/conversions", test_conversions);
    g_test_add_func("/store/sql-value/null", test_null);
}
