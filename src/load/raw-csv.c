/* Text tables into FmRaw: every value as text, types are found later. */
#include "load-internal.h"

#define PROGRESS_ROWS 4096u

static gboolean record_is_empty(const FmCsv *csv)
{
    for (gsize i = 0; i < fm_csv_n_values(csv); i++) {
        if (!fm_text_is_blank(fm_csv_value(csv, i))) {
            return FALSE;
        }
    }
    return TRUE;
}

/* How many values the record has up to the last that is not blank. */
static gsize n_used_values(const FmCsv *csv)
{
    gsize n = fm_csv_n_values(csv);

    while (n > 0 && fm_text_is_blank(fm_csv_value(csv, n - 1))) {
        n--;
    }
    return n;
}

/* Spreadsheets leave out trailing empty values, so a short record is whole; a long one has a
 * separator inside a value, and everything after it stands in the wrong column. */
static void add_record(FmRaw *raw, const FmCsv *csv)
{
    gsize n_columns = fm_table_n_columns(raw->table), n = n_used_values(csv);
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

static gboolean read_header(FmRaw *raw, FmCsv *csv, GError **error)
{
    g_autoptr(GError) failure = NULL;

    if (!fm_csv_next(csv, &failure)) {
        if (failure == NULL) {
            failure = g_error_new(FM_ERROR, FM_ERROR_DATA, "no rows: the file is empty");
        }
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    for (gsize i = 0; i < fm_csv_n_values(csv); i++) {
        fm_raw_add_column(raw, fm_csv_value(csv, i), FM_COLUMN_TEXT);
    }
    return TRUE;
}

static gboolean read_table(FmRaw *raw, const char *text, gsize length, const FmProgress *progress,
                           GError **error)
{
    g_auto(FmCsv) csv;
    g_autoptr(GError) failure = NULL;
    gsize n_empty = 0;

    fm_csv_init(&csv, text, length);
    if (!read_header(raw, &csv, error)) {
        return FALSE;
    }
    while (fm_csv_next(&csv, &failure)) {
        if (record_is_empty(&csv)) {
            n_empty++;
            continue;
        }
        add_record(raw, &csv);
        if (fm_table_n_rows(raw->table) % PROGRESS_ROWS == 0 &&
            !fm_progress_report(progress, (double)(csv.at - text) / (double)length, "reading",
                                error)) {
            return FALSE;
        }
    }
    if (failure != NULL) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    if (n_empty > 0) {
        fm_raw_warn(raw, "%" G_GSIZE_FORMAT " empty rows left out", n_empty);
    }
    return TRUE;
}

gboolean fm_raw_read_csv(FmRaw *raw, const FmSource *source, const FmProgress *progress,
                         GError **error)
{
    g_autoptr(GError) failure = NULL;
    gsize length = 0;
    const char *const files[] = {source->path, NULL};
    g_auto(FmEncoding) found = {.encoding = source->encoding};

    if (source->encoding == NULL && !fm_text_find_encoding(source->path, &found, error)) {
        return FALSE;
    }
    if (found.note != NULL) {
        fm_raw_warn(raw, "%s", found.note);
    }
    g_autofree char *text = fm_text_read(source->path, found.encoding, &length, error);
    if (text == NULL) {
        return FALSE;
    }
    raw->sha256 = fm_files_sha256(files, error);
    if (raw->sha256 == NULL) {
        return FALSE;
    }
    if (!read_table(raw, text, length, progress, &failure)) {
        if (!g_error_matches(failure, FM_ERROR, FM_ERROR_CANCELLED)) {
            g_prefix_error(&failure, "%s: ", raw->name);
        }
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    return TRUE;
}
