/* Text tables: RFC 4180 with the separators that spreadsheets write.
 *
 * GDAL's own reader is not used here: it guesses (a blank in a one-column heading separates, a
 * heading of numbers is data), and what it drops (values beyond the last column, all after a NUL)
 * cannot be seen afterwards.  A value that starts with a quotation mark ends at the next single
 * one; a mark inside an unquoted value is part of it (5" pipe). */
#include "load-internal.h"

#include <string.h>

#define SEPARATORS ",;\t|"

/* The separator that occurs most before the first line break outside quotation marks. */
static char find_separator(const char *text, const char *end)
{
    gsize counts[sizeof SEPARATORS - 1] = {0};
    gboolean quoted = FALSE;
    gsize best = 0;

    for (const char *c = text; c < end && (quoted || (*c != '\n' && *c != '\r')); c++) {
        const char *found = *c != '\0' ? strchr(SEPARATORS, *c) : NULL;
        if (*c == '"') {
            quoted = !quoted;
        } else if (found != NULL && !quoted) {
            counts[found - SEPARATORS]++;
        }
    }
    for (gsize i = 1; i < G_N_ELEMENTS(counts); i++) {
        if (counts[i] > counts[best]) {
            best = i;
        }
    }
    return SEPARATORS[best];
}

void fm_csv_init(FmCsv *csv, const char *text, gsize length)
{
    *csv = (FmCsv){
        .at = text,
        .end = text + length,
        .line = 1,
        .separator = find_separator(text, text + length),
        .bytes = g_string_new(NULL),
        .starts = g_array_new(FALSE, FALSE, sizeof(gsize)),
    };
}

void fm_csv_continue(FmCsv *csv, const char *text, gsize length, gboolean partial)
{
    csv->at = text;
    csv->end = text + length;
    csv->partial = partial;
}

void fm_csv_clear(FmCsv *csv)
{
    if (csv->bytes != NULL) {
        g_string_free(csv->bytes, TRUE);
        csv->bytes = NULL;
    }
    g_clear_pointer(&csv->starts, g_array_unref);
}

static gboolean at_line_end(const FmCsv *csv)
{
    return csv->at == csv->end || *csv->at == '\n' || *csv->at == '\r';
}

/* Takes one line break of any kind. */
static void skip_line_end(FmCsv *csv)
{
    if (csv->at < csv->end && *csv->at == '\r') {
        csv->at++;
    }
    if (csv->at < csv->end && *csv->at == '\n') {
        csv->at++;
    }
    csv->line++;
}

/* GLib's functions check more than is needed for the few bytes of a value. */
static void append_some(GString *to, const char *from, gsize n)
{
    if (to->len + n < to->allocated_len) {
        memcpy(to->str + to->len, from, n);
        to->len += n;
        to->str[to->len] = '\0';
    } else {
        g_string_append_len(to, from, (gssize)n);
    }
}

/* Takes bytes as they stand; NUL ends a string in C, so it is shown as U+FFFD. */
static void append_bytes(FmCsv *csv, const char *from, const char *to)
{
    const char *nul;

    while ((nul = memchr(from, '\0', (gsize)(to - from))) != NULL) {
        csv->nul = TRUE;
        append_some(csv->bytes, from, (gsize)(nul - from));
        g_string_append(csv->bytes, "\xEF\xBF\xBD");
        from = nul + 1;
    }
    append_some(csv->bytes, from, (gsize)(to - from));
}

/* After the opening mark, up to and with the closing one. */
static gboolean read_quoted(FmCsv *csv, GError **error)
{
    gsize opened = csv->line;

    while (csv->at < csv->end) {
        const char *mark = memchr(csv->at, '"', (gsize)(csv->end - csv->at));
        const char *stop = mark != NULL ? mark : csv->end;
        for (const char *c = csv->at; (c = memchr(c, '\n', (gsize)(stop - c))) != NULL; c++) {
            csv->line++;
        }
        append_bytes(csv, csv->at, stop);
        csv->at = stop;
        if (mark == NULL) {
            break;
        }
        csv->at++;
        if (csv->at == csv->end || *csv->at != '"') {
            return TRUE;
        }
        g_string_append_c(csv->bytes, '"');
        csv->at++;
    }
    if (csv->partial) {
        return TRUE; /* at the end: the record is read again with more text */
    }
    g_set_error(error, FM_ERROR, FM_ERROR_PARSE,
                "line %" G_GSIZE_FORMAT ": a quotation mark is opened and never closed", opened);
    return FALSE;
}

static gboolean read_value(FmCsv *csv, GError **error)
{
    gsize start = csv->bytes->len;

    g_array_append_val(csv->starts, start);
    if (csv->at < csv->end && *csv->at == '"') {
        csv->at++;
        if (!read_quoted(csv, error)) {
            return FALSE;
        }
    }
    const char *from = csv->at, *at = from, *end = csv->end;
    while (at < end && *at != '\n' && *at != '\r' && *at != csv->separator) {
        at++;
    }
    csv->at = at;
    append_bytes(csv, from, at);
    append_some(csv->bytes, "", 1); /* the NUL that ends it */
    return TRUE;
}

/* Is the end of the text perhaps not the end of the record?  After a final CR an LF may follow. */
static gboolean is_starved(const FmCsv *csv)
{
    return csv->partial && (csv->at == csv->end || (csv->at + 1 == csv->end && *csv->at == '\r'));
}

static gboolean starve(FmCsv *csv, const char *at, gsize line)
{
    csv->at = at;
    csv->line = line;
    csv->starved = TRUE;
    return FALSE;
}

gboolean fm_csv_next(FmCsv *csv, GError **error)
{
    csv->starved = FALSE;
    while (csv->at < csv->end && at_line_end(csv) && !is_starved(csv)) {
        skip_line_end(csv);
    }
    const char *begin = csv->at;
    gsize line = csv->line;
    if (is_starved(csv)) {
        return starve(csv, begin, line);
    }
    if (csv->at == csv->end) {
        return FALSE;
    }
    g_string_truncate(csv->bytes, 0);
    g_array_set_size(csv->starts, 0);
    csv->nul = FALSE;
    while (read_value(csv, error)) {
        if (is_starved(csv)) {
            return starve(csv, begin, line);
        }
        if (at_line_end(csv)) {
            skip_line_end(csv);
            return TRUE;
        }
        csv->at++; /* the separator */
        if (csv->at == csv->end && csv->partial) {
            return starve(csv, begin, line);
        }
    }
    return FALSE;
}

gsize fm_csv_n_values(const FmCsv *csv)
{
    return csv->starts->len;
}

const char *fm_csv_value(const FmCsv *csv, gsize i)
{
    return csv->bytes->str + g_array_index(csv->starts, gsize, i);
}
