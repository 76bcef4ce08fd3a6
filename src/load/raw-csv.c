/* Text tables into FmRaw: every value as text, types are found later. */
#include "load-internal.h"
#include "text-heading.h"

#include <string.h>

#define PROGRESS_ROWS 4096u
/* Of the text, in which a heading below titles is looked for. */
#define HEAD_BYTES 16384u
/* Where a quotation mark is never closed, the rest of the file is one row: it need not all come
 * into memory to say so. */
#define MAX_RECORD_BYTES ((gsize)128 << 20)

gsize fm_csv_n_used_values(const FmCsv *csv)
{
    gsize n = fm_csv_n_values(csv);

    while (n > 0 && fm_text_is_blank(fm_csv_value(csv, n - 1))) {
        n--;
    }
    return n;
}

/* Spreadsheets leave out trailing empty values, so a short record is whole; a long one has a
 * separator inside a value, and everything after it stands in the wrong column. */
void fm_csv_add_record(FmRaw *raw, const FmCsv *csv)
{
    gsize n_columns = fm_table_n_columns(raw->table), n = fm_csv_n_used_values(csv);
    gsize row = fm_table_append_row(raw->table);

    if (n > n_columns) {
        fm_problems_add(raw->problems, row, "", NULL,
                        "%" G_GSIZE_FORMAT " values under %" G_GSIZE_FORMAT
                        " columns: is a separator inside a value without quotation marks?",
                        n, n_columns);
    }
    if (csv->nul) {
        fm_problems_add(raw->problems, row, "", NULL, "holds a NUL character");
    }
    for (gsize i = 0; i < MIN(n, n_columns); i++) {
        fm_raw_set_text(raw, i, row, fm_csv_value(csv, i));
    }
}

struct FmCsvReader {
    char *name;
    FmTextStream *stream;
    GString *text; /* what was read and not used yet begins at csv.at */
    FmCsv csv;
    gboolean ended; /* there is no more text */
    gsize n_empty;
};

void fm_csv_reader_free(FmCsvReader *reader)
{
    if (reader != NULL) {
        fm_csv_clear(&reader->csv);
        fm_text_stream_free(reader->stream);
        g_string_free(reader->text, TRUE);
        g_free(reader->name);
        g_free(reader);
    }
}

double fm_csv_reader_ratio(const FmCsvReader *reader)
{
    return fm_text_stream_ratio(reader->stream);
}

gsize fm_csv_reader_n_empty(const FmCsvReader *reader)
{
    return reader->n_empty;
}

/* Drops `used` bytes and reads on: twice as much as is left, so that a record of any length is
 * looked at a few times only, and never more than shows that it is too long. */
static gboolean refill(FmCsvReader *reader, gsize used, GError **error)
{
    g_string_erase(reader->text, 0, (gssize)used);
    if (reader->text->len > MAX_RECORD_BYTES) {
        g_set_error(error, FM_ERROR, FM_ERROR_LIMIT,
                    "%s: line %" G_GSIZE_FORMAT ": a row of more than %" G_GSIZE_FORMAT
                    " MB: is a quotation mark never closed, or is it no table?",
                    reader->name, reader->csv.line, MAX_RECORD_BYTES >> 20);
        return FALSE;
    }
    gsize wanted = MIN(2 * reader->text->len, MAX_RECORD_BYTES + 1);
    do {
        gsize before = reader->text->len;
        if (!fm_text_stream_read(reader->stream, reader->text, error)) {
            return FALSE;
        }
        reader->ended = reader->text->len == before;
    } while (!reader->ended && reader->text->len < wanted);
    return TRUE;
}

static gboolean fail_record(const FmCsvReader *reader, GError *failure, GError **error)
{
    g_propagate_prefixed_error(error, failure, "%s: ", reader->name);
    return FALSE;
}

/* The next record; *found is FALSE at the end. */
static gboolean next_record(FmCsvReader *reader, gboolean *found, GError **error)
{
    GError *failure = NULL;

    while (!(*found = fm_csv_next(&reader->csv, &failure))) {
        if (failure != NULL) {
            return fail_record(reader, failure, error);
        }
        if (!reader->csv.starved) {
            return TRUE;
        }
        if (!refill(reader, (gsize)(reader->csv.at - reader->text->str), error)) {
            return FALSE;
        }
        fm_csv_continue(&reader->csv, reader->text->str, reader->text->len, !reader->ended);
    }
    return TRUE;
}

/* Not a separator: it is part of Chinese names and addresses. */
static void warn_of_wide_comma(const FmCsvReader *reader, FmRaw *raw)
{
    if (fm_csv_n_values(&reader->csv) == 1 && strstr(fm_csv_value(&reader->csv, 0), "，") != NULL) {
        fm_raw_warn(raw,
                    "the heading '%s' is one column, since the full-width comma separates "
                    "nothing: save the table with plain commas",
                    fm_csv_value(&reader->csv, 0));
    }
}

/* The separator is looked for in the first record, which must be there as a whole. */
static gboolean read_header(FmCsvReader *reader, FmRaw *raw, GError **error)
{
    GError *failure = NULL;

    while (!fm_csv_next(&reader->csv, &failure)) {
        if (failure == NULL && !reader->csv.starved) {
            failure = g_error_new(FM_ERROR, FM_ERROR_DATA, "no rows: the file is empty");
        }
        if (failure != NULL) {
            return fail_record(reader, failure, error);
        }
        if (!refill(reader, 0, error)) {
            return FALSE;
        }
        fm_csv_clear(&reader->csv);
        fm_csv_init(&reader->csv, reader->text->str, reader->text->len);
        reader->csv.partial = !reader->ended;
    }
    for (gsize i = 0; i < fm_csv_n_values(&reader->csv); i++) {
        fm_raw_add_column(raw, fm_csv_value(&reader->csv, i), FM_COLUMN_TEXT);
    }
    warn_of_wide_comma(reader, raw);
    return TRUE;
}

/* Titles above the heading, or a heading of two lines.  *found is FALSE when the first record is
 * the heading, and nothing is then read. */
static gboolean read_late_header(FmCsvReader *reader, FmRaw *raw, gboolean *found, GError **error)
{
    g_auto(FmTextHeading) heading = {.n_records = 0};

    while (!reader->ended && reader->text->len < HEAD_BYTES) {
        if (!refill(reader, 0, error)) {
            return FALSE;
        }
    }
    fm_csv_clear(&reader->csv);
    fm_csv_init(&reader->csv, reader->text->str, reader->text->len);
    reader->csv.partial = !reader->ended;
    fm_text_heading_find(reader->text->str, reader->text->len, !reader->ended,
                         reader->csv.separator, &heading);
    *found = heading.n_records > 0;
    reader->csv.separator = heading.separator;
    for (gsize i = 0; i < heading.n_records; i++) {
        (void)fm_csv_next(&reader->csv, NULL); /* it was there for the sample */
    }
    for (guint i = 0; *found && i < heading.names->len; i++) {
        fm_raw_add_column(raw, g_ptr_array_index(heading.names, i), FM_COLUMN_TEXT);
    }
    if (*found) {
        fm_raw_warn(raw, "%s", heading.note);
    }
    return TRUE;
}

FmCsvReader *fm_csv_reader_open(const char *path, const char *encoding, FmRaw *raw, GError **error)
{
    g_autoptr(FmCsvReader) reader = g_new0(FmCsvReader, 1);

    reader->name = fm_path_name(path);
    reader->text = g_string_new(NULL);
    reader->stream = fm_text_stream_open(path, encoding, error);
    if (reader->stream == NULL) {
        return NULL;
    }
    fm_csv_init(&reader->csv, "", 0);
    reader->csv.partial = TRUE;
    gboolean found = FALSE;
    return read_late_header(reader, raw, &found, error) &&
                   (found || read_header(reader, raw, error))
               ? g_steal_pointer(&reader)
               : NULL;
}

gboolean fm_csv_reader_next(FmCsvReader *reader, const FmCsv **record, GError **error)
{
    gboolean found = FALSE;

    *record = NULL;
    while (next_record(reader, &found, error)) {
        if (!found) {
            return TRUE;
        }
        if (fm_csv_n_used_values(&reader->csv) > 0) {
            *record = &reader->csv;
            return TRUE;
        }
        reader->n_empty++;
    }
    return FALSE;
}

gboolean fm_csv_reader_read(FmCsvReader *reader, FmRaw *raw, gsize max_rows, GError **error)
{
    const FmCsv *record;

    while (fm_table_n_rows(raw->table) < max_rows) {
        if (!fm_csv_reader_next(reader, &record, error)) {
            return FALSE;
        }
        if (record == NULL) {
            return TRUE;
        }
        fm_csv_add_record(raw, record);
    }
    return TRUE;
}

/* ---- all at once ---- */

gboolean fm_csv_encoding(const FmSource *source, FmRaw *raw, FmEncoding *out, GError **error)
{
    *out = (FmEncoding){.encoding = source->encoding};
    if (source->encoding == NULL && !fm_text_find_encoding(source->path, out, error)) {
        return FALSE;
    }
    if (out->note != NULL) {
        fm_raw_warn(raw, "%s", out->note);
    }
    return TRUE;
}

void fm_csv_warn_of_empty(FmRaw *raw, gsize n_empty)
{
    if (n_empty > 0) {
        fm_raw_warn(raw, "%" G_GSIZE_FORMAT " empty %s left out", n_empty,
                    n_empty == 1 ? "row" : "rows");
    }
}

gboolean fm_raw_read_csv(FmRaw *raw, const FmSource *source, const FmProgress *progress,
                         GError **error)
{
    const char *const files[] = {source->path, NULL};
    g_auto(FmEncoding) found = {.encoding = NULL};

    if (!fm_csv_encoding(source, raw, &found, error)) {
        return FALSE;
    }
    g_autoptr(FmCsvReader) reader = fm_csv_reader_open(source->path, found.encoding, raw, error);
    if (reader == NULL) {
        return FALSE;
    }
    for (gsize n = PROGRESS_ROWS; fm_table_n_rows(raw->table) + PROGRESS_ROWS == n;
         n += PROGRESS_ROWS) {
        if (!fm_csv_reader_read(reader, raw, n, error) ||
            !fm_progress_report(progress, fm_csv_reader_ratio(reader), "reading", error)) {
            return FALSE;
        }
    }
    fm_csv_warn_of_empty(raw, fm_csv_reader_n_empty(reader));
    raw->sha256 = fm_files_sha256(files, error);
    return raw->sha256 != NULL;
}
