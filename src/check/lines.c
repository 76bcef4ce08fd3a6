/* The reference lines (or any other features that are known): by position and by name.  Lines of
 * one name are one feature, as a street is in many pieces. */
#include "check-internal.h"

#include <math.h>
#include <string.h>

/* Names of two characters ("前街") turn up in too many texts. */
enum { SHORTEST_NAME = 3 };

static void unref_rows(gpointer rows)
{
    g_array_unref(rows);
}

static void add_name(FmLineSet *lines, const char *name, gsize row)
{
    g_autofree char *key = name ? fm_text_fold(name) : NULL;
    glong length = key ? g_utf8_strlen(key, -1) : 0;
    if (length < SHORTEST_NAME)
        return;
    GArray *rows = g_hash_table_lookup(lines->rows, key);
    if (!rows) {
        rows = g_array_new(FALSE, FALSE, sizeof(gsize));
        g_hash_table_insert(lines->rows, g_steal_pointer(&key), rows);
        lines->longest = MAX(lines->longest, length);
    }
    g_array_append_val(rows, row);
}

FmLineSet *fm_line_set_new(const char *name, FmTable *table)
{
    FmLineSet *lines = g_new0(FmLineSet, 1);
    g_autoptr(FmLayer) layer = fm_check_layer_new(name, table);
    lines->name = g_strdup(name);
    lines->table = table;
    lines->n = layer->n;
    lines->rows = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, unref_rows);
    lines->geometries = g_new0(const FmGeometry *, lines->n);
    lines->extent = fm_extent_empty();
    for (gsize row = 0; row < lines->n; row++) {
        lines->geometries[row] = fm_table_geometry(table, row);
        if (!lines->geometries[row])
            continue;
        lines->extent = fm_extent_union(lines->extent, fm_geometry_extent(lines->geometries[row]));
        add_name(lines, fm_layer_text(layer, layer->name_zh, row), row);
        add_name(lines, fm_layer_text(layer, layer->name_en, row), row);
    }
    lines->index = fm_geometry_index_new(lines->geometries, lines->n);
    return lines;
}

void fm_line_set_free(FmLineSet *lines)
{
    if (!lines)
        return;
    fm_geometry_index_free(lines->index);
    g_hash_table_unref(lines->rows);
    g_free(lines->geometries);
    fm_table_free(lines->table);
    g_free(lines->name);
    g_free(lines);
}

/* Tries every substring, the longest first: O(length x longest) look-ups. */
const char *fm_line_set_named_in(const FmLineSet *lines, const char *text)
{
    g_autofree char *folded = fm_text_fold(text);
    glong n = g_utf8_strlen(folded, -1);
    g_autoptr(GString) part = g_string_new(NULL);
    for (glong length = MIN(n, lines->longest); length >= SHORTEST_NAME; length--) {
        const char *from = folded;
        const char *to = g_utf8_offset_to_pointer(folded, length);
        for (glong i = 0; i + length <= n; i++) {
            gpointer key = NULL;
            g_string_truncate(part, 0);
            g_string_append_len(part, from, to - from);
            if (g_hash_table_lookup_extended(lines->rows, part->str, &key, NULL))
                return key;
            from = g_utf8_next_char(from);
            if (*to != '\0')
                to = g_utf8_next_char(to);
        }
    }
    return NULL;
}
