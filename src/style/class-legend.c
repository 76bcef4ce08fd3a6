/* What the legend says of the classes of a layer: a sample that is drawn, limits, a filter. */
#include "classes.h"
#include "layer-write.h"
#include "style-document.h"

#include <math.h>

/* The column of a value that is ["get", column]; NULL for any other. */
static const char *plain_column(const FmClassed *classed)
{
    JsonArray *array = JSON_NODE_HOLDS_ARRAY(classed->spec->value)
                           ? json_node_get_array(classed->spec->value)
                           : NULL;

    if (array == NULL || json_array_get_length(array) != 2 ||
        g_strcmp0(fm__json_string(json_array_get_element(array, 0)), "get") != 0) {
        return NULL;
    }
    return fm__json_string(json_array_get_element(array, 1));
}

/* The row's properties that the layer reads; `column`, unless NULL, has `value` instead. */
static char *sample(const FmClassed *classed, gsize row, const char *column, double value)
{
    const char *const *lists[] = {fm_style_layer_fields(classed->layer),
                                  fm_page_expression_fields(classed->spec->expression)};
    g_autoptr(GHashTable) named = g_hash_table_new(g_str_hash, g_str_equal);
    GString *text = g_string_new("{");

    for (gsize l = 0; l < G_N_ELEMENTS(lists); l++) {
        for (const char *const *field = lists[l]; *field != NULL; field++) {
            gsize at = fm_table_find_column(classed->table, *field);
            gboolean replaced = g_strcmp0(*field, column) == 0;
            if (at == FM_COLUMN_NONE || (!replaced && fm_table_is_null(classed->table, at, row)) ||
                !g_hash_table_add(named, (gpointer)(guintptr)*field)) {
                continue;
            }
            g_autofree char *key = fm__layer_quote(*field);
            g_autofree char *stored =
                replaced ? fm_format_double(value) : fm_table_dup_as_text(classed->table, at, row);
            gboolean is_text = fm_table_column_type(classed->table, at) == FM_COLUMN_TEXT;
            g_autofree char *written = is_text ? fm__layer_quote(stored) : g_strdup(stored);
            g_string_append_printf(text, "%s%s: %s", text->len > 1 ? ", " : "", key, written);
        }
    }
    g_string_append_c(text, '}');
    return g_string_free(text, FALSE);
}

static gsize first_row_of(const FmClassed *classed, gsize c)
{
    const FmClassLimits *limits = &classed->limits;

    for (gsize row = 0; row < fm_table_n_rows(classed->table); row++) {
        double value = classed->values[row];
        if (isfinite(value) && (c == 0 || value >= limits->steps[c - 1]) &&
            (c + 1 == limits->n_classes || value < limits->steps[c])) {
            return row;
        }
    }
    return FM_COLUMN_NONE;
}

/* A value that is in the class: just above its lower limit, or just below its upper one. */
static double value_in(const FmClassLimits *limits, gsize c)
{
    return c > 0 ? limits->steps[c - 1] : nextafter(limits->steps[0], -INFINITY);
}

/* Properties that draw the class.  One without features is drawn by another row with a value of the
 * class; NULL when that cannot be, because the value is computed. */
static char *class_sample(const FmClassed *classed, gsize c)
{
    gsize row = first_row_of(classed, c);
    const char *column = plain_column(classed);

    if (row != FM_COLUMN_NONE) {
        return sample(classed, row, NULL, 0);
    }
    for (gsize other = 0; other < classed->limits.n_classes && column != NULL; other++) {
        row = first_row_of(classed, other);
        if (row != FM_COLUMN_NONE) {
            return sample(classed, row, column, value_in(&classed->limits, c));
        }
    }
    return NULL;
}

char *fm__class_condition(const char *value, const FmClassLimits *limits, gsize c)
{
    GString *text = g_string_new("[\"all\"");

    if (c > 0) {
        g_autofree char *from = fm_format_double(limits->steps[c - 1]);
        g_string_append_printf(text, ", [\">=\", %s, %s]", value, from);
    }
    if (c + 1 < limits->n_classes) {
        g_autofree char *to = fm_format_double(limits->steps[c]);
        g_string_append_printf(text, ", [\"<\", %s, %s]", value, to);
    }
    g_string_append_c(text, ']');
    return g_string_free(text, FALSE);
}

JsonNode *fm__class_entry(const FmClassed *classed, gsize c)
{
    g_autofree char *shown = class_sample(classed, c);

    if (shown == NULL) {
        return NULL;
    }
    g_autofree char *group = fm__layer_quote(classed->spec->group);
    g_autofree char *en = fm__class_label(classed->spec, &classed->limits, c, FALSE);
    g_autofree char *zh = fm__class_label(classed->spec, &classed->limits, c, TRUE);
    g_autofree char *quoted_en = fm__layer_quote(en), *quoted_zh = fm__layer_quote(zh);
    g_autofree char *filter = fm__class_condition(classed->value, &classed->limits, c);
    g_autofree char *text = g_strdup_printf(
        "{\"group\": %s, \"label\": {\"en\": %s, \"zh\": %s}, \"sample\": %s, \"filter\": %s, "
        "\"count\": true, \"keep-empty\": true}",
        group, quoted_en, quoted_zh, shown, filter);
    return fm__json_parse(text, NULL);
}

JsonNode *fm__no_data_entry(const FmClassed *classed)
{
    const FmPageText *label = &classed->spec->no_data;
    g_autofree char *group = fm__layer_quote(classed->spec->group);
    g_autofree char *en = fm__layer_quote(label->en != NULL ? label->en : label->zh);
    g_autofree char *zh = fm__layer_quote(label->zh != NULL ? label->zh : label->en);
    g_autofree char *shown = sample(classed, classed->missing, NULL, 0);
    g_autofree char *text =
        g_strdup_printf("{\"group\": %s, \"label\": {\"en\": %s, \"zh\": %s}, \"sample\": %s, "
                        "\"count\": true}",
                        group, en, zh, shown);
    return fm__json_parse(text, NULL);
}
