/* One value of a row: from the source's type to the layer's, with the rules of its field. */
#include "load-internal.h"

#include <math.h>

/* Largest integer up to which a double holds them all. */
#define MAX_EXACT 9007199254740992.0

void fm_cell_clear(FmCell *cell)
{
    g_clear_pointer(&cell->made, g_free);
    cell->text = NULL;
}

void fm_cell_set_text(FmCell *cell, char *text)
{
    g_free(cell->made);
    cell->text = cell->made = text;
}

static gboolean refuse(char **reason, const char *why)
{
    *reason = g_strdup(why);
    return FALSE;
}

/* A source cell that is not empty, as text. */
static void read_raw_text(const FmTable *table, gsize column, gsize row, FmCell *out)
{
    if (fm_table_column_type(table, column) == FM_COLUMN_TEXT) {
        out->text = fm_table_text(table, column, row);
    } else {
        fm_cell_set_text(out, fm_table_dup_as_text(table, column, row));
    }
}

/* The same without outer blanks. */
static void read_trimmed(const FmTable *table, gsize column, gsize row, FmCell *out)
{
    read_raw_text(table, column, row, out);
    if (!fm_text_is_trimmed(out->text)) {
        fm_cell_set_text(out, fm_text_trim(out->text));
    }
}

static gboolean read_number(const FmTable *table, gsize column, gsize row, double *out,
                            char **reason)
{
    if (fm_table_column_type(table, column) != FM_COLUMN_TEXT) {
        *out = fm_table_number(table, column, row);
        return TRUE;
    }
    g_auto(FmCell) cell = {.is_null = FALSE};
    read_trimmed(table, column, row, &cell);
    if (fm_is_not_finite_word(cell.text)) {
        return refuse(reason, "not a finite number");
    }
    return fm_parse_double(cell.text, out) || refuse(reason, "not a number");
}

static gboolean read_integer(const FmTable *table, gsize column, gsize row, gint64 *out,
                             char **reason)
{
    double number = 0;

    if (fm_table_column_type(table, column) == FM_COLUMN_INTEGER) {
        *out = fm_table_integer(table, column, row);
        return TRUE;
    }
    if (!read_number(table, column, row, &number, reason)) {
        return FALSE;
    }
    if (number != floor(number) || fabs(number) > MAX_EXACT) {
        return refuse(reason, "not a whole number");
    }
    *out = (gint64)number;
    return TRUE;
}

static gboolean read_date(FmCell *cell, char **reason)
{
    gint64 days;

    if (fm_date_parse(cell->text, FM_DATE_FIRST_DAY, &days, NULL)) {
        return TRUE;
    }
    char *tidy = fm_date_tidy(cell->text);
    if (tidy != NULL) {
        fm_cell_set_text(cell, tidy);
        return TRUE;
    }
    return refuse(reason, "not a date; write 2021-09-01, 2021-09 or 2021");
}

static gboolean read_status(const FmSynonyms *words, FmCell *cell, char **reason)
{
    const char *status = fm_synonyms_status(words, cell->text);

    if (status == NULL) {
        return refuse(reason, "none of " FM_STATUS_WORDS
                              ", and no word for one of them (--synonyms FILE adds words)");
    }
    cell->text = status; /* the synonyms are there as long as the map */
    return TRUE;
}

/* What the source called the status, where that is not facmap's own word. */
static gboolean keep_other_word(const FmSynonyms *words, FmCell *cell)
{
    g_autofree char *lower = g_ascii_strdown(cell->text, -1);

    if (g_strcmp0(fm_synonyms_status(words, cell->text), g_strstrip(lower)) == 0) {
        fm_cell_clear(cell);
        cell->is_null = TRUE;
    }
    return TRUE;
}

static gboolean check_field(const FmMappedColumn *column, FmCell *cell, char **reason)
{
    switch (column->field) {
    case FM_FIELD_STATUS:
        return read_status(column->words, cell, reason);
    case FM_FIELD_OPENS:
    case FM_FIELD_CLOSES:
        return read_date(cell, reason);
    case FM_FIELD_CAPACITY:
        return cell->integer >= 0 || refuse(reason, "negative");
    case FM_FIELD_POSITION_ACCURACY:
        return cell->real >= 0 || refuse(reason, "negative");
    default:
        return column->field != FM_FIELD_NONE || column->words == NULL ||
               keep_other_word(column->words, cell);
    }
}

/* The source's own text columns are kept to the letter, the shared ones without outer blanks. */
static void read_text(const FmTable *table, const FmMappedColumn *column, gsize row, FmCell *out)
{
    if (column->field == FM_FIELD_NONE) {
        read_raw_text(table, column->source, row, out);
    } else {
        read_trimmed(table, column->source, row, out);
    }
}

/* Does a field that has rules say in words that it has no value?  Names may be any word. */
static gboolean says_nothing(const FmTable *table, const FmMappedColumn *column, gsize row)
{
    gboolean has_rules = column->field == FM_FIELD_STATUS || column->field == FM_FIELD_OPENS ||
                         column->field == FM_FIELD_CLOSES || column->field == FM_FIELD_CAPACITY ||
                         column->field == FM_FIELD_POSITION_ACCURACY;

    return has_rules && column->words != NULL &&
           fm_table_column_type(table, column->source) == FM_COLUMN_TEXT &&
           fm_synonyms_is_nothing(column->words, fm_table_text(table, column->source, row));
}

gboolean fm_cell_read(const FmTable *table, const FmMappedColumn *column, gsize row, FmCell *out,
                      char **reason)
{
    gboolean done = TRUE;

    *out = (FmCell){.is_null = fm_table_is_null(table, column->source, row)};
    if (out->is_null || says_nothing(table, column, row)) {
        out->is_null = TRUE;
        return TRUE;
    }
    switch (column->type) {
    case FM_COLUMN_INTEGER:
        done = read_integer(table, column->source, row, &out->integer, reason);
        break;
    case FM_COLUMN_REAL:
        done = read_number(table, column->source, row, &out->real, reason);
        break;
    case FM_COLUMN_TEXT:
        read_text(table, column, row, out);
        break;
    }
    return done && check_field(column, out, reason);
}
