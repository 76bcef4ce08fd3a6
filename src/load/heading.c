/* Where a table begins.  Tables that are made for print have a title above the heading, often one
 * merged cell, and a line that says who filled in what and when.  The heading is the first row that
 * is about as wide as the rows are, with a different text in each cell; a row below it that names
 * what its merged cells stand over is its second level ("位置" over "经度" and "纬度"). */
#include "heading.h"

FmHeadingRow *fm_heading_row_new(gint64 number)
{
    FmHeadingRow *row = g_new0(FmHeadingRow, 1);

    row->number = number;
    row->cells = g_ptr_array_new_with_free_func(g_free);
    return row;
}

void fm_heading_row_free(gpointer data)
{
    FmHeadingRow *row = data;

    if (row != NULL) {
        g_ptr_array_unref(row->cells);
        g_free(row);
    }
}

void fm_heading_row_add(FmHeadingRow *row, const char *text)
{
    gboolean blank = text == NULL || fm_text_is_blank(text);

    row->n_filled += blank ? 0 : 1;
    g_ptr_array_add(row->cells, blank ? NULL : g_strdup(text));
}

/* Rows of a text table may be shorter than their heading. */
static const char *cell_at(const FmHeadingRow *row, guint column)
{
    return column < row->cells->len ? g_ptr_array_index(row->cells, column) : NULL;
}

static gint compare_sizes(gconstpointer a, gconstpointer b)
{
    gsize x = *(const gsize *)a, y = *(const gsize *)b;

    return x < y ? -1 : x > y;
}

gsize fm_heading_typical_width(const GPtrArray *rows)
{
    g_autoptr(GArray) widths = g_array_new(FALSE, FALSE, sizeof(gsize));

    for (guint i = 0; i < rows->len; i++) {
        const FmHeadingRow *row = g_ptr_array_index(rows, i);
        g_array_append_val(widths, row->n_filled);
    }
    if (widths->len == 0) {
        return 0;
    }
    g_array_sort(widths, compare_sizes);
    return g_array_index(widths, gsize, widths->len * 3 / 4);
}

gboolean fm_heading_is_wide_enough(const FmHeadingRow *row, gsize typical)
{
    return 2 * row->n_filled > typical;
}

static gboolean is_number(const char *text)
{
    double value = 0;

    return fm_parse_double(text, &value);
}

/* A different text in each cell, and no number. */
static gboolean looks_like_heading(const FmHeadingRow *row)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; i < row->cells->len; i++) {
        char *text = g_ptr_array_index(row->cells, i);
        if (text != NULL && (is_number(text) || !g_hash_table_add(seen, text))) {
            return FALSE;
        }
    }
    return TRUE;
}

/* A merged cell is a text with nothing to its right, where the row below has a name for each. */
gboolean fm_heading_is_second_level(const FmHeadingRow *heading, const FmHeadingRow *below)
{
    guint n = MAX(heading->cells->len, below->cells->len);
    gboolean any = FALSE, merged = FALSE;

    for (guint i = 0; i < n; i++) {
        const char *name = cell_at(heading, i);
        if (name != NULL) {
            merged = i + 1 < n && cell_at(heading, i + 1) == NULL && cell_at(below, i + 1) != NULL;
        }
        if (merged != (cell_at(below, i) != NULL)) {
            return FALSE;
        }
        any |= merged;
    }
    return any && looks_like_heading(below);
}

FmHeading fm_heading_find(const GPtrArray *rows)
{
    gsize typical = fm_heading_typical_width(rows);
    guint first_wide = rows->len;
    FmHeading found = {.at = 0};

    for (guint i = 0; i < rows->len && !found.sure; i++) {
        const FmHeadingRow *row = g_ptr_array_index(rows, i);
        if (!fm_heading_is_wide_enough(row, typical)) {
            continue;
        }
        first_wide = MIN(first_wide, i);
        found.sure = looks_like_heading(row);
        found.at = i;
    }
    if (!found.sure) {
        found.at = first_wide < rows->len ? first_wide : 0;
    }
    found.two = found.at + 1 < rows->len &&
                fm_heading_is_second_level(g_ptr_array_index(rows, found.at),
                                           g_ptr_array_index(rows, found.at + 1));
    return found;
}

const char *fm_heading_name(const FmHeadingRow *heading, const FmHeadingRow *second, guint column)
{
    const char *name = second != NULL ? cell_at(second, column) : NULL;

    name = name != NULL ? name : cell_at(heading, column);
    return name != NULL ? name : "";
}

char *fm_heading_note(const GPtrArray *rows, const FmHeading *heading, const char *unit,
                      const char *what)
{
    const FmHeadingRow *row = g_ptr_array_index(rows, heading->at);

    return g_strdup_printf("the heading is %s %" G_GINT64_FORMAT " of the %s%s%s", unit,
                           row->number, what, heading->two ? " with the one below" : "",
                           heading->at > 0 ? "; what stands above it is left out" : "");
}
