/* Columns of a legend: groups stay whole, and none of the columns is much higher than the rest. */
#include "legend-columns.h"

typedef struct {
    double height_px;
    guint i;
} Group;

static gint compare_heights(gconstpointer a, gconstpointer b)
{
    const Group *p = a, *q = b;
    if (p->height_px != q->height_px)
        return p->height_px > q->height_px ? -1 : 1;
    return p->i < q->i ? -1 : p->i > q->i;
}

void fm__legend_columns(const double *heights_px, guint n, guint n_columns, guint *columns)
{
    g_return_if_fail(n_columns >= 1 && n_columns <= FM_LEGEND_MAX_COLUMNS);
    double ends_px[FM_LEGEND_MAX_COLUMNS] = {0};
    g_autoptr(GArray) groups = g_array_new(FALSE, FALSE, sizeof(Group));
    for (guint i = 0; i < n; i++) {
        const Group group = {heights_px[i], i};
        g_array_append_val(groups, group);
    }
    g_array_sort(groups, compare_heights);
    for (guint i = 0; i < n; i++) {
        const Group *group = &g_array_index(groups, Group, i);
        guint lowest = 0;
        for (guint c = 1; c < n_columns; c++)
            if (ends_px[c] < ends_px[lowest])
                lowest = c;
        columns[group->i] = lowest;
        ends_px[lowest] += group->height_px;
    }
    const guint first = n > 0 ? columns[0] : 0;
    for (guint i = 0; i < n; i++)
        columns[i] = (columns[i] + n_columns - first) % n_columns;
}
