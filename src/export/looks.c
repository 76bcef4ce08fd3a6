/* From a style layer and a table to the looks it gives and the conditions that tell them apart.
 *
 * Every row's look is a text made of all evaluated properties.  Columns that the look does not
 * depend on are left out one by one (the look must stay a function of those that remain), and the
 * conditions name the values of the rest.  A numeric column with many values is told by ranges. */

#include "looks-internal.h"

#include <string.h>

void fm__look_free(FmLook *look)
{
    g_free(look->condition);
    g_free(look->label);
    g_free(look);
}

static char *replace(const char *text, const char *old, const char *new)
{
    g_auto(GStrv) parts = g_strsplit(text, old, -1);
    return g_strjoinv(new, parts);
}

char *fm__expression_name(const char *name)
{
    g_autofree char *doubled = replace(name, "\"", "\"\"");
    return g_strdup_printf("\"%s\"", doubled);
}

/* QGIS reads backslashes as C does. */
char *fm__expression_literal(const char *value)
{
    g_autofree char *slashes = replace(value, "\\", "\\\\");
    g_autofree char *lines = replace(slashes, "\n", "\\n");
    g_autofree char *doubled = replace(lines, "'", "''");
    return g_strdup_printf("'%s'", doubled);
}

/* ---- the look of one row ---------------------------------------------------------------- */

static const FmStyleProperty color_properties[] = {
    FM_PROP_FILL_COLOR,      FM_PROP_FILL_OUTLINE_COLOR,  FM_PROP_LINE_COLOR,
    FM_PROP_CIRCLE_COLOR,    FM_PROP_CIRCLE_STROKE_COLOR, FM_PROP_TEXT_COLOR,
    FM_PROP_TEXT_HALO_COLOR,
};
static const FmStyleProperty number_properties[] = {
    FM_PROP_FILL_OPACITY,        FM_PROP_LINE_OPACITY,
    FM_PROP_LINE_WIDTH,          FM_PROP_LINE_OFFSET,
    FM_PROP_CIRCLE_RADIUS,       FM_PROP_CIRCLE_OPACITY,
    FM_PROP_CIRCLE_STROKE_WIDTH, FM_PROP_CIRCLE_STROKE_OPACITY,
    FM_PROP_ICON_SIZE,           FM_PROP_ICON_OPACITY,
    FM_PROP_TEXT_SIZE,           FM_PROP_TEXT_OPACITY,
    FM_PROP_TEXT_HALO_WIDTH,     FM_PROP_FILL_SORT_KEY,
    FM_PROP_LINE_SORT_KEY,       FM_PROP_CIRCLE_SORT_KEY,
};
static const FmStyleProperty string_properties[] = {
    FM_PROP_FILL_PATTERN,
    FM_PROP_LINE_CAP,
    FM_PROP_LINE_JOIN,
    FM_PROP_ICON_IMAGE,
};

/* @return transfer full; "" when the row is not drawn */
static char *look_of(const FmStyleLayer *layer, const FmStyleContext *context)
{
    if (!fm_style_layer_accepts(layer, context))
        return g_strdup("");
    GString *look = g_string_new("|");
    for (gsize i = 0; i < G_N_ELEMENTS(color_properties); i++) {
        if (!fm_style_layer_has(layer, color_properties[i]))
            continue;
        FmColor c = fm_style_layer_color(layer, color_properties[i], context);
        g_string_append_printf(look, "%.4f,%.4f,%.4f,%.4f|", c.r, c.g, c.b, c.a);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(number_properties); i++) {
        if (fm_style_layer_has(layer, number_properties[i]))
            g_string_append_printf(look, "%.4f|",
                                   fm_style_layer_number(layer, number_properties[i], context));
    }
    for (gsize i = 0; i < G_N_ELEMENTS(string_properties); i++) {
        if (!fm_style_layer_has(layer, string_properties[i]))
            continue;
        g_autofree char *text = fm_style_layer_string(layer, string_properties[i], context);
        g_string_append_printf(look, "%s|", text != NULL ? text : "");
    }
    return g_string_free(look, FALSE);
}

/* A text a row; NULL for those that have no part in it. */
static GPtrArray *looks_of_rows(const FmStyleLayer *layer, const FmTable *table, guint dimension,
                                double zoom)
{
    GPtrArray *looks = g_ptr_array_new_with_free_func(g_free);
    for (gsize row = 0; row < fm_table_n_rows(table); row++) {
        const FmStyleContext context = {.table = table, .row = row, .zoom = zoom};
        const FmGeometry *geometry = fm_table_geometry(table, row);
        gboolean takes_part = geometry != NULL && fm_geometry_dimension(geometry) == dimension;
        g_ptr_array_add(looks, takes_part ? look_of(layer, &context) : NULL);
    }
    return looks;
}

/* ---- the columns that it depends on ----------------------------------------------------- */

char *fm__look_key(const FmTable *table, const GArray *columns, gsize row)
{
    GString *key = g_string_new(NULL);
    for (guint i = 0; i < columns->len; i++) {
        g_autofree char *text = fm_table_dup_as_text(table, g_array_index(columns, gsize, i), row);
        g_string_append_printf(key, "%s%s\x1f", text != NULL ? "=" : "0", text != NULL ? text : "");
    }
    return g_string_free(key, FALSE);
}

/* Do these columns alone determine the look? */
static gboolean determines(const FmTable *table, const GArray *columns, const GPtrArray *looks)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (gsize row = 0; row < fm_table_n_rows(table); row++) {
        const char *look = g_ptr_array_index(looks, row);
        if (look == NULL)
            continue;
        char *key = fm__look_key(table, columns, row);
        const char *known = g_hash_table_lookup(seen, key);
        if (known != NULL && strcmp(known, look) != 0) {
            g_free(key);
            return FALSE;
        }
        g_hash_table_insert(seen, key, (gpointer)(guintptr)look);
    }
    return TRUE;
}

static gsize count_distinct(const FmTable *table, gsize column)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (gsize row = 0; row < fm_table_n_rows(table); row++) {
        char *text = fm_table_dup_as_text(table, column, row);
        g_hash_table_add(seen, text != NULL ? text : g_strdup("\x1f"));
    }
    return g_hash_table_size(seen);
}

typedef struct {
    gsize column, n_distinct;
} Candidate;

static gint by_most_distinct(gconstpointer a, gconstpointer b)
{
    const Candidate *x = a, *y = b;
    return x->n_distinct != y->n_distinct ? (x->n_distinct < y->n_distinct ? 1 : -1)
                                          : (x->column > y->column) - (x->column < y->column);
}

/* The columns that the layer reads, those with most values first. */
static GArray *columns_read(const FmStyleLayer *layer, const FmTable *table)
{
    g_autoptr(GArray) candidates = g_array_new(FALSE, FALSE, sizeof(Candidate));
    for (const char *const *field = fm_style_layer_fields(layer); *field != NULL; field++) {
        Candidate candidate = {.column = fm_table_find_column(table, *field)};
        if (candidate.column == FM_COLUMN_NONE)
            continue;
        candidate.n_distinct = count_distinct(table, candidate.column);
        g_array_append_val(candidates, candidate);
    }
    g_array_sort(candidates, by_most_distinct);
    GArray *columns = g_array_new(FALSE, FALSE, sizeof(gsize));
    for (guint i = 0; i < candidates->len; i++)
        g_array_append_val(columns, g_array_index(candidates, Candidate, i).column);
    return columns;
}

/* Those without the ones that make no difference; the one with most values is tried first, so that
 * names and ids go before kinds and states. */
static GArray *telling_columns(const GArray *read, const FmTable *table, const GPtrArray *looks)
{
    GArray *columns = g_array_new(FALSE, FALSE, sizeof(gsize));
    g_array_append_vals(columns, read->data, read->len);
    for (guint i = 0; i < columns->len;) {
        gsize column = g_array_index(columns, gsize, i);
        g_array_remove_index(columns, i);
        if (determines(table, columns, looks))
            continue;
        g_array_insert_val(columns, i, column);
        i++;
    }
    return columns;
}

/* ---- conditions ------------------------------------------------------------------------- */

char *fm__look_cell_condition(const FmTable *table, gsize column, gsize row)
{
    g_autofree char *name = fm__expression_name(fm_table_column_name(table, column));
    g_autofree char *text = fm_table_dup_as_text(table, column, row);
    if (text == NULL)
        return g_strdup_printf("%s IS NULL", name);
    if (fm_table_column_type(table, column) != FM_COLUMN_TEXT)
        return g_strdup_printf("%s = %s", name, text);
    g_autofree char *literal = fm__expression_literal(text);
    return g_strdup_printf("%s = %s", name, literal);
}

void fm__look_append(FmLook *look, const FmTable *table, const GArray *columns, gsize row)
{
    g_autoptr(GString) condition = g_string_new(NULL);
    g_autoptr(GString) label = g_string_new(NULL);
    for (guint i = 0; i < columns->len; i++) {
        gsize column = g_array_index(columns, gsize, i);
        g_autofree char *one = fm__look_cell_condition(table, column, row);
        g_autofree char *text = fm_table_dup_as_text(table, column, row);
        g_string_append_printf(condition, "%s%s", i > 0 ? " AND " : "", one);
        g_string_append_printf(label, "%s%s", i > 0 ? " · " : "", text != NULL ? text : "–");
    }
    char *before = look->condition, *named = look->label;
    look->condition = before == NULL ? g_strdup_printf("(%s)", condition->str)
                                     : g_strdup_printf("%s OR (%s)", before, condition->str);
    look->label =
        named == NULL ? g_strdup(label->str) : g_strdup_printf("%s, %s", named, label->str);
    g_free(before);
    g_free(named);
}

/* One look a distinct text; conditions list the combinations.  NULL when there are too many. */
static GPtrArray *looks_by_values(const FmTable *table, const GArray *columns,
                                  const GPtrArray *looks)
{
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func((GDestroyNotify)fm__look_free);
    g_autoptr(GHashTable) by_text = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (gsize row = 0; row < fm_table_n_rows(table); row++) {
        const char *text = g_ptr_array_index(looks, row);
        if (text == NULL || *text == '\0')
            continue;
        FmLook *look = g_hash_table_lookup(by_text, text);
        if (look == NULL) {
            look = g_new0(FmLook, 1);
            look->row = row;
            g_ptr_array_add(found, look);
            g_hash_table_insert(by_text, (gpointer)(guintptr)text, look);
        }
        look->n_rows++;
        if (columns->len > 0 && g_hash_table_add(seen, fm__look_key(table, columns, row)))
            fm__look_append(look, table, columns, row);
        if (g_hash_table_size(seen) > FM_LOOK_VALUES_MAX)
            return NULL;
    }
    return g_steal_pointer(&found);
}

GPtrArray *fm__looks_new(const FmStyleLayer *layer, const FmTable *table, guint dimension,
                         double zoom, gboolean *exact)
{
    gboolean all_told = TRUE;
    g_autoptr(GPtrArray) looks = looks_of_rows(layer, table, dimension, zoom);
    g_autoptr(GArray) read = columns_read(layer, table);
    g_autoptr(GArray) columns = telling_columns(read, table, looks);
    if (!determines(table, columns, looks))
        return NULL;
    GPtrArray *found = looks_by_values(table, columns, looks);
    if (found == NULL)
        found = fm__looks_by_range(table, columns, looks, &all_told);
    if (!all_told && read->len > columns->len) {
        /* A column that says nothing new may still leave longer ranges in each of its values. */
        gboolean better = TRUE;
        GPtrArray *other = fm__looks_by_range(table, read, looks, &better);
        if (other != NULL && better) {
            g_clear_pointer(&found, g_ptr_array_unref);
            found = g_steal_pointer(&other);
            all_told = TRUE;
        }
        g_clear_pointer(&other, g_ptr_array_unref);
    }
    if (exact != NULL)
        *exact = all_told;
    return found;
}
