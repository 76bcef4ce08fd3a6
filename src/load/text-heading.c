/* Where a text table begins.  A sheet that was saved as text keeps its titles: as lines of one
 * value, with the separators of the empty cells or without any, so that the first line may not even
 * tell what the separator is. */
#include "text-heading.h"

#include "heading.h"

#define SEPARATORS ",;\t|"
/* Narrower tables have no room for a title that is told from a heading by its width. */
#define MIN_WIDTH 3u

/* The first records, cut by `separator`; a record that is not there as a whole is left out. */
static GPtrArray *sample_records(const char *text, gsize length, gboolean partial, char separator)
{
    GPtrArray *rows = g_ptr_array_new_with_free_func(fm_heading_row_free);
    g_auto(FmCsv) csv;

    fm_csv_init(&csv, text, length);
    csv.separator = separator;
    csv.partial = partial;
    while (rows->len < FM_HEADING_ROWS) {
        gint64 line = (gint64)csv.line;
        if (!fm_csv_next(&csv, NULL)) {
            break;
        }
        FmHeadingRow *row = fm_heading_row_new(line);
        for (gsize i = 0; i < fm_csv_n_values(&csv); i++) {
            fm_heading_row_add(row, fm_csv_value(&csv, i));
        }
        g_ptr_array_add(rows, row);
    }
    return rows;
}

/* The separator that makes the widest table; the usual one when none is wider. */
static char widest(const char *text, gsize length, gboolean partial, char usual)
{
    gsize best = 1;
    char separator = usual;

    for (gsize i = 0; i < sizeof SEPARATORS - 1; i++) {
        g_autoptr(GPtrArray) rows = sample_records(text, length, partial, SEPARATORS[i]);
        gsize width = fm_heading_typical_width(rows);
        if (width > best) {
            best = width;
            separator = SEPARATORS[i];
        }
    }
    return separator;
}

/* Does any line hold a separator that the first does not? */
static gboolean first_has_one_value(const GPtrArray *rows)
{
    const FmHeadingRow *first = rows->len > 0 ? g_ptr_array_index(rows, 0) : NULL;

    return first != NULL && first->cells->len == 1;
}

void fm_text_heading_find(const char *text, gsize length, gboolean partial, char separator,
                          FmTextHeading *out)
{
    g_autoptr(GPtrArray) rows = sample_records(text, length, partial, separator);

    *out = (FmTextHeading){.separator = separator};
    if (first_has_one_value(rows)) {
        out->separator = widest(text, length, partial, separator);
        g_ptr_array_unref(rows);
        rows = sample_records(text, length, partial, out->separator);
    }
    gsize typical = fm_heading_typical_width(rows);
    if (rows->len < 2 || typical < MIN_WIDTH) {
        out->separator = separator;
        return;
    }
    /* A first line that is wide enough is the heading, whatever stands in it. */
    FmHeading found = {.at = 0, .sure = TRUE};
    const FmHeadingRow *first = g_ptr_array_index(rows, 0);
    if (fm_heading_is_wide_enough(first, typical)) {
        found.two = fm_heading_is_second_level(first, g_ptr_array_index(rows, 1));
    } else {
        found = fm_heading_find(rows);
    }
    if (!found.sure || (found.at == 0 && !found.two)) {
        out->separator = separator;
        return;
    }
    const FmHeadingRow *heading = g_ptr_array_index(rows, found.at);
    const FmHeadingRow *second = found.two ? g_ptr_array_index(rows, found.at + 1) : NULL;
    guint n = second != NULL ? MAX(heading->cells->len, second->cells->len) : heading->cells->len;
    out->n_records = found.at + (found.two ? 2 : 1);
    out->names = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < n; i++) {
        g_ptr_array_add(out->names, g_strdup(fm_heading_name(heading, second, i)));
    }
    out->note = fm_heading_note(rows, &found, "line", "file");
}

void fm_text_heading_clear(FmTextHeading *heading)
{
    g_clear_pointer(&heading->names, g_ptr_array_unref);
    g_clear_pointer(&heading->note, g_free);
}
