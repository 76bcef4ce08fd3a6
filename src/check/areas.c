/* The reference areas, and which of them a row names: found in the data, not in headings.  A column
 * whose values are areas' names or ids states them; else the text that contains such names most
 * often does (an address). */
#include "check-internal.h"

#include <string.h>

/* A column states areas when this share of its values equals one, or contains one. */
#define EQUAL_SHARE 0.6
#define INSIDE_SHARE 0.3

/* Shorter names of areas turn up inside other words. */
enum { SHORTEST_CHINESE = 2, SHORTEST_OTHER = 5 };

static void add_word(FmAreaSet *areas, const char *text, gsize row, gboolean search)
{
    if (!text)
        return;
    char *key = fm_text_fold(text);
    if (*key == '\0' || g_hash_table_contains(areas->rows, key)) {
        g_free(key);
        return;
    }
    g_hash_table_insert(areas->rows, key, GSIZE_TO_POINTER(row + 1));
    glong length = g_utf8_strlen(key, -1);
    gboolean chinese = (gsize)length < strlen(key);
    if (search && length >= (chinese ? SHORTEST_CHINESE : SHORTEST_OTHER))
        g_ptr_array_add(areas->words, key);
}

FmAreaSet *fm_area_set_new(const char *name, FmTable *table)
{
    FmAreaSet *areas = g_new0(FmAreaSet, 1);
    areas->name = g_strdup(name);
    const FmLayer *layer = areas->layer = fm_check_layer_new(areas->name, table);
    areas->table = table;
    areas->n = layer->n;
    areas->rows = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    areas->words = g_ptr_array_new();
    areas->accuracy = fm_table_find_column(table, "position_accuracy_m");
    areas->geometries = g_new0(const FmGeometry *, areas->n);
    gsize code = fm_table_find_column(table, "adcode");
    for (gsize row = 0; row < areas->n; row++) {
        const FmGeometry *geometry = fm_table_geometry(table, row);
        if (geometry && fm_geometry_dimension(geometry) == 2)
            areas->geometries[row] = geometry;
        g_autofree char *id = fm_layer_dup_id(layer, row);
        g_autofree char *number =
            code == FM_COLUMN_NONE ? NULL : fm_table_dup_as_text(table, code, row);
        add_word(areas, fm_layer_text(layer, layer->name_zh, row), row, TRUE);
        add_word(areas, fm_layer_text(layer, layer->name_en, row), row, TRUE);
        add_word(areas, layer->id != FM_COLUMN_NONE ? id : NULL, row, FALSE);
        add_word(areas, number, row, FALSE);
    }
    areas->index = fm_geometry_index_new(areas->geometries, areas->n);
    areas->each = g_new0(FmGeometryIndex *, areas->n);
    for (gsize row = 0; row < areas->n; row++)
        if (areas->geometries[row])
            areas->each[row] = fm_geometry_index_new(&areas->geometries[row], 1);
    return areas;
}

void fm_area_set_free(FmAreaSet *areas)
{
    if (!areas)
        return;
    fm_geometry_index_free(areas->index);
    for (gsize row = 0; row < areas->n; row++)
        fm_geometry_index_free(areas->each[row]);
    g_free(areas->each);
    fm_check_layer_free(areas->layer);
    g_hash_table_unref(areas->rows);
    g_ptr_array_unref(areas->words);
    g_free(areas->geometries);
    fm_table_free(areas->table);
    g_free(areas->name);
    g_free(areas);
}

void fm_stated_clear(FmStated *stated)
{
    g_clear_pointer(&stated->area_of, g_free);
}

/* The area whose name comes first in the text; an English name stands between non-letters. */
static gsize first_inside(const FmAreaSet *areas, const char *folded)
{
    const char *first = NULL;
    gsize area = G_MAXSIZE, length = 0;
    for (guint i = 0; i < areas->words->len; i++) {
        const char *word = g_ptr_array_index(areas->words, i);
        const char *at = strstr(folded, word);
        gsize n = strlen(word);
        if (!at || (first && (at > first || (at == first && n <= length))))
            continue;
        if (g_ascii_isalnum(*word) &&
            ((at > folded && g_ascii_isalnum(at[-1])) || g_ascii_isalnum(at[n])))
            continue;
        first = at;
        length = n;
        area = GPOINTER_TO_SIZE(g_hash_table_lookup(areas->rows, word)) - 1;
    }
    return area;
}

/* Fills `area_of` from a column.  @return how many rows name an area; *n_values: have a value */
static gsize read_column(const FmAreaSet *areas, const FmLayer *layer, gsize column,
                         gboolean inside, gsize *area_of, gsize *n_values)
{
    gsize n_found = 0;
    *n_values = 0;
    for (gsize row = 0; row < layer->n; row++) {
        g_autofree char *value = fm_table_dup_as_text(layer->table, column, row);
        g_autofree char *folded = value ? fm_text_fold(value) : NULL;
        area_of[row] = G_MAXSIZE;
        if (!folded || *folded == '\0')
            continue;
        (*n_values)++;
        gsize area = inside ? first_inside(areas, folded)
                            : GPOINTER_TO_SIZE(g_hash_table_lookup(areas->rows, folded)) - 1;
        if (area < areas->n && areas->geometries[area]) {
            area_of[row] = area;
            n_found++;
        }
    }
    return n_found;
}

/* Keeps the column when it names areas in more rows than the best so far, and often enough. */
static void try_column(const FmAreaSet *areas, const FmLayer *layer, gsize column, gboolean inside,
                       gsize *n_best, FmStated *out)
{
    g_autofree gsize *area_of = g_new(gsize, layer->n);
    gsize n_values = 0;
    gsize n_found = read_column(areas, layer, column, inside, area_of, &n_values);
    double share = inside ? INSIDE_SHARE : EQUAL_SHARE;
    if (n_found == 0 || n_found <= *n_best || (double)n_found < share * (double)n_values)
        return;
    *n_best = n_found;
    out->column = column;
    g_free(out->area_of);
    out->area_of = g_steal_pointer(&area_of);
}

void fm_stated_find(const FmAreaSet *areas, const FmLayer *layer, FmStated *out)
{
    *out = (FmStated){.column = FM_COLUMN_NONE};
    gsize n_best = 0;
    gsize n_columns = fm_table_n_columns(layer->table);
    for (gsize c = 0; c < n_columns; c++)
        if (c != layer->id && c != layer->name_zh && c != layer->name_en &&
            fm_table_column_type(layer->table, c) != FM_COLUMN_REAL)
            try_column(areas, layer, c, FALSE, &n_best, out);
    for (gsize c = 0; out->column == FM_COLUMN_NONE && c < n_columns; c++)
        if (c == layer->address)
            try_column(areas, layer, c, TRUE, &n_best, out);
    for (gsize c = 0; out->column == FM_COLUMN_NONE && c < n_columns; c++) {
        out->is_name = c == layer->name_zh || c == layer->name_en;
        if (out->is_name)
            try_column(areas, layer, c, TRUE, &n_best, out);
    }
    out->is_name = out->column != FM_COLUMN_NONE && out->is_name;
}
