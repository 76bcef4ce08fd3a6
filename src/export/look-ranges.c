/* Looks told by the ranges of a numeric column: rows are sorted by it within each combination
 * of the other columns, and each run of equal looks is a range. */

#include "looks-internal.h"

#include <math.h>
#include <string.h>

enum { CLASSES_MAX = 12 /* ranges of a continuous column */ };

typedef struct {
    double value;
    gsize row;
} Valued;

static gint by_value(gconstpointer a, gconstpointer b)
{
    const Valued *x = a, *y = b;
    return x->value != y->value ? (x->value > y->value) - (x->value < y->value)
                                : (x->row > y->row) - (x->row < y->row);
}

/* Starts of the runs of equal looks, or of CLASSES_MAX classes of equal size when they are many. */
static GArray *range_starts(const GArray *sorted, const GPtrArray *looks, gboolean *exact)
{
    GArray *starts = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < sorted->len; i++) {
        const char *look = g_ptr_array_index(looks, g_array_index(sorted, Valued, i).row);
        const char *before =
            i > 0 ? g_ptr_array_index(looks, g_array_index(sorted, Valued, i - 1).row) : NULL;
        if (before == NULL || strcmp(look, before) != 0)
            g_array_append_val(starts, i);
    }
    *exact = starts->len <= FM_LOOK_VALUES_MAX;
    if (*exact)
        return starts;
    g_array_set_size(starts, 0);
    for (guint class = 0; class < CLASSES_MAX; class ++) {
        guint start = (guint)((guint64)sorted->len * class / CLASSES_MAX);
        const Valued *at = &g_array_index(sorted, Valued, start);
        /* Equal values stay together: a class starts at the first of them. */
        while (start > 0 && at[-1].value == at->value) {
            start--;
            at--;
        }
        if (starts->len == 0 || g_array_index(starts, guint, starts->len - 1) != start)
            g_array_append_val(starts, start);
    }
    return starts;
}

/* Add to the condition that the other columns have the values of the look's row. */
static void restrict_look(FmLook *look, const FmTable *table, const GArray *others)
{
    if (others->len == 0)
        return;
    g_autofree FmLook *outer = g_new0(FmLook, 1);
    fm__look_append(outer, table, others, look->row);
    g_autofree char *condition = look->condition, *label = look->label;
    look->condition = g_strdup_printf("%s AND (%s)", outer->condition, condition);
    look->label = g_strdup_printf("%s · %s", outer->label, label);
    g_free(outer->condition);
    g_free(outer->label);
}

static FmLook *range_look(const FmTable *table, gsize column, const GArray *sorted, guint begin,
                          guint end)
{
    FmLook *look = g_new0(FmLook, 1);
    look->row = g_array_index(sorted, Valued, begin + (end - begin) / 2).row;
    look->n_rows = end - begin;
    g_autofree char *name = fm__expression_name(fm_table_column_name(table, column));
    g_autofree char *low = fm_format_double(g_array_index(sorted, Valued, begin).value);
    g_autofree char *last = fm_format_double(g_array_index(sorted, Valued, end - 1).value);
    if (end < sorted->len) {
        g_autofree char *high = fm_format_double(g_array_index(sorted, Valued, end).value);
        look->condition = g_strdup_printf("%s >= %s AND %s < %s", name, low, name, high);
    } else {
        look->condition = g_strdup_printf("%s >= %s", name, low);
    }
    look->label = g_strdup_printf("%s – %s", low, last);
    return look;
}

/* What the rows share whose value is NULL. */
static FmLook *null_look(const FmTable *table, gsize column, gsize row)
{
    FmLook *look = g_new0(FmLook, 1);
    look->row = row;
    look->n_rows = 1;
    look->condition = fm__look_cell_condition(table, column, row);
    look->label = g_strdup("–");
    return look;
}

/* The rows that share their values in the other columns. */
typedef struct {
    GArray *sorted; /* Valued */
    FmLook *absent; /* of those without a value, NULL = none is drawn */
} Group;

static void group_free(Group *group)
{
    g_array_unref(group->sorted);
    g_clear_pointer(&group->absent, fm__look_free);
    g_free(group);
}

static GPtrArray *groups_of(const FmTable *table, gsize column, const GArray *others,
                            const GPtrArray *looks)
{
    GPtrArray *groups = g_ptr_array_new_with_free_func((GDestroyNotify)group_free);
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (gsize row = 0; row < fm_table_n_rows(table); row++) {
        const char *look = g_ptr_array_index(looks, row);
        if (look == NULL)
            continue;
        g_autofree char *key = fm__look_key(table, others, row);
        Group *group = g_hash_table_lookup(known, key);
        if (group == NULL) {
            group = g_new0(Group, 1);
            group->sorted = g_array_new(FALSE, FALSE, sizeof(Valued));
            g_ptr_array_add(groups, group);
            g_hash_table_insert(known, g_steal_pointer(&key), group);
        }
        Valued one = {.value = fm_table_number(table, column, row), .row = row};
        if (!isnan(one.value))
            g_array_append_val(group->sorted, one);
        else if (group->absent != NULL)
            group->absent->n_rows++;
        else if (*look != '\0')
            group->absent = null_look(table, column, row);
    }
    return groups;
}

static void add_group(GPtrArray *found, Group *group, const FmTable *table, gsize column,
                      const GPtrArray *looks, gboolean *exact)
{
    gboolean group_exact = TRUE;
    g_array_sort(group->sorted, by_value);
    g_autoptr(GArray) starts = range_starts(group->sorted, looks, &group_exact);
    for (guint i = 0; i < starts->len; i++) {
        guint begin = g_array_index(starts, guint, i);
        guint end = i + 1 < starts->len ? g_array_index(starts, guint, i + 1) : group->sorted->len;
        FmLook *look = range_look(table, column, group->sorted, begin, end);
        if (*(const char *)g_ptr_array_index(looks, look->row) == '\0')
            fm__look_free(look);
        else
            g_ptr_array_add(found, look);
    }
    if (group->absent != NULL)
        g_ptr_array_add(found, g_steal_pointer(&group->absent));
    *exact = *exact && group_exact;
}

GPtrArray *fm__looks_by_range(const FmTable *table, const GArray *columns, const GPtrArray *looks,
                              gboolean *exact)
{
    g_autoptr(GArray) others = g_array_new(FALSE, FALSE, sizeof(gsize));
    gsize column = FM_COLUMN_NONE;
    for (guint i = 0; i < columns->len; i++) {
        gsize one = g_array_index(columns, gsize, i);
        if (column == FM_COLUMN_NONE && fm_table_column_type(table, one) != FM_COLUMN_TEXT)
            column = one; /* they stand in order: it has the most values */
        else
            g_array_append_val(others, one);
    }
    if (column == FM_COLUMN_NONE)
        return NULL;
    g_autoptr(GPtrArray) groups = groups_of(table, column, others, looks);
    if (groups->len > FM_LOOK_VALUES_MAX)
        return NULL;
    GPtrArray *found = g_ptr_array_new_with_free_func((GDestroyNotify)fm__look_free);
    for (guint i = 0; i < groups->len; i++)
        add_group(found, g_ptr_array_index(groups, i), table, column, looks, exact);
    for (guint i = 0; i < found->len; i++)
        restrict_look(g_ptr_array_index(found, i), table, others);
    return found;
}
