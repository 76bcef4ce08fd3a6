/* One value between FmTable and SQLite.  A value of another type than its column's is taken when
 * the column can hold it exactly (2 in a column of reals, 7 in a column of texts), and refused
 * otherwise: rounding or dropping a planner's figure is worse than asking. */
#include "store-internal.h"

#include <math.h>

#define EXACT_INTEGERS (G_GINT64_CONSTANT(1) << 53) /* up to here every whole number is a double */

void fm_sql_value_clear(FmSqlValue *value)
{
    g_free(value->owned);
    *value = (FmSqlValue){.type = SQLITE_NULL};
}

static gboolean load_text(FmSqlValue *value, const FmTable *table, gsize column, gsize row)
{
    value->type = SQLITE_TEXT;
    if (fm_table_column_type(table, column) == FM_COLUMN_TEXT) {
        value->text = fm_table_text(table, column, row);
    } else {
        value->owned = fm_table_dup_as_text(table, column, row);
        value->text = value->owned;
    }
    return TRUE;
}

static gboolean load_integer(FmSqlValue *value, const FmTable *table, gsize column, gsize row)
{
    value->type = SQLITE_INTEGER;
    switch (fm_table_column_type(table, column)) {
    case FM_COLUMN_INTEGER:
        value->integer = fm_table_integer(table, column, row);
        return TRUE;
    case FM_COLUMN_REAL: {
        double real = fm_table_number(table, column, row);
        if (real != floor(real) || fabs(real) > (double)EXACT_INTEGERS) {
            return FALSE;
        }
        value->integer = (gint64)real;
        return TRUE;
    }
    case FM_COLUMN_TEXT:
        return g_ascii_string_to_signed(fm_table_text(table, column, row), 10, G_MININT64,
                                        G_MAXINT64, &value->integer, NULL);
    }
    return FALSE;
}

static gboolean load_real(FmSqlValue *value, const FmTable *table, gsize column, gsize row)
{
    value->type = SQLITE_FLOAT;
    switch (fm_table_column_type(table, column)) {
    case FM_COLUMN_REAL:
        value->real = fm_table_number(table, column, row);
        return TRUE;
    case FM_COLUMN_INTEGER: {
        gint64 integer = fm_table_integer(table, column, row);
        value->real = (double)integer;
        return integer >= -EXACT_INTEGERS && integer <= EXACT_INTEGERS;
    }
    case FM_COLUMN_TEXT:
        return fm_parse_double(fm_table_text(table, column, row), &value->real);
    }
    return FALSE;
}

gboolean fm_sql_value_load(FmSqlValue *value, const FmTable *table, gsize column, gsize row,
                           FmColumnType type, GError **error)
{
    static const char *const holds[] = {
        [FM_COLUMN_TEXT] = "text",
        [FM_COLUMN_INTEGER] = "whole numbers",
        [FM_COLUMN_REAL] = "numbers",
    };
    gboolean fits = FALSE;

    fm_sql_value_clear(value);
    if (fm_table_is_null(table, column, row)) {
        return TRUE;
    }
    switch (type) {
    case FM_COLUMN_TEXT:
        fits = load_text(value, table, column, row);
        break;
    case FM_COLUMN_INTEGER:
        fits = load_integer(value, table, column, row);
        break;
    case FM_COLUMN_REAL:
        fits = load_real(value, table, column, row);
        break;
    }
    if (!fits) {
        g_autofree char *text = fm_table_dup_as_text(table, column, row);
        g_set_error(error, FM_ERROR, FM_ERROR_DATA,
                    "row %" G_GSIZE_FORMAT ", column '%s': the layer holds %s there, not '%s'",
                    row + 1, fm_table_column_name(table, column), holds[type], text);
    }
    return fits;
}

int fm_sql_value_bind(const FmSqlValue *value, sqlite3_stmt *statement, int at)
{
    switch (value->type) {
    case SQLITE_TEXT:
        return sqlite3_bind_text(statement, at, value->text, -1, SQLITE_STATIC);
    case SQLITE_INTEGER:
        return sqlite3_bind_int64(statement, at, value->integer);
    case SQLITE_FLOAT:
        return sqlite3_bind_double(statement, at, value->real);
    default:
        return sqlite3_bind_null(statement, at);
    }
}

gboolean fm_sql_value_equals(const FmSqlValue *value, sqlite3_stmt *statement, int at)
{
    if (sqlite3_column_type(statement, at) != value->type) {
        return FALSE;
    }
    switch (value->type) {
    case SQLITE_TEXT:
        return g_strcmp0(value->text, (const char *)sqlite3_column_text(statement, at)) == 0;
    case SQLITE_INTEGER:
        return value->integer == sqlite3_column_int64(statement, at);
    case SQLITE_FLOAT:
        return value->real == sqlite3_column_double(statement, at);
    default:
        return TRUE;
    }
}
