/* What an update changes, field by field, from a row as it is and as it will be. */
#include "load-internal.h"

#include <string.h>

static void change_free(gpointer data)
{
    FmLoadChange *change = data;

    g_free(change->id);
    g_free(change->field);
    g_free(change->before);
    g_free(change->after);
    g_free(change);
}

FmChanges *fm_changes_new(void)
{
    FmChanges *changes = g_new0(FmChanges, 1);

    changes->list = g_ptr_array_new_with_free_func(change_free);
    return changes;
}

void fm_changes_free(FmChanges *changes)
{
    if (changes != NULL) {
        g_clear_pointer(&changes->list, g_ptr_array_unref);
        g_free(changes);
    }
}

static void add(FmChanges *changes, const char *id, const char *field, char *before, char *after)
{
    changes->n++;
    if (changes->list->len >= FM_MAX_CHANGES) {
        g_free(before);
        g_free(after);
        return;
    }
    FmLoadChange *change = g_new0(FmLoadChange, 1);
    *change = (FmLoadChange){
        .id = g_strdup(id), .field = g_strdup(field), .before = before, .after = after};
    g_ptr_array_add(changes->list, change);
}

/* "116.40000 39.91000", or the type of what is more than a point.  Transfer full. */
static char *geometry_text(const FmGeometry *geometry)
{
    char lon[G_ASCII_DTOSTR_BUF_SIZE], lat[G_ASCII_DTOSTR_BUF_SIZE];

    if (geometry == NULL) {
        return NULL;
    }
    if (geometry->type != FM_GEOMETRY_POINT) {
        return g_strdup_printf("%s of %" G_GSIZE_FORMAT " points",
                               fm_geometry_type_name(geometry->type), geometry->n_points);
    }
    g_ascii_formatd(lon, sizeof lon, "%.7f", geometry->points[0].lon_deg);
    g_ascii_formatd(lat, sizeof lat, "%.7f", geometry->points[0].lat_deg);
    return g_strdup_printf("%s %s", lon, lat);
}

static gboolean same_geometry(const FmGeometry *a, const FmGeometry *b)
{
    if (a == NULL || b == NULL) {
        return a == b;
    }
    g_autoptr(GBytes) left = fm_geometry_to_wkb(a);
    g_autoptr(GBytes) right = fm_geometry_to_wkb(b);
    return g_bytes_equal(left, right);
}

void fm_changes_add(FmChanges *changes, const FmTable *existing, gsize old_row, const FmTable *rows,
                    gsize row)
{
    const char *id = fm_table_text(rows, fm_table_find_column(rows, "id"), row);

    for (gsize i = 0; i < fm_table_n_columns(rows); i++) {
        const char *name = fm_table_column_name(rows, i);
        gsize there = fm_table_find_column(existing, name);
        g_autofree char *before =
            there != FM_COLUMN_NONE ? fm_table_dup_as_text(existing, there, old_row) : NULL;
        g_autofree char *after = fm_table_dup_as_text(rows, i, row);
        if (g_strcmp0(before, after) != 0) {
            add(changes, id, name, g_steal_pointer(&before), g_steal_pointer(&after));
        }
    }
    const FmGeometry *was = fm_table_geometry(existing, old_row);
    const FmGeometry *is = fm_table_geometry(rows, row);
    if (fm_table_geometry_type(rows) != FM_GEOMETRY_NONE && !same_geometry(was, is)) {
        add(changes, id, "geom", geometry_text(was), geometry_text(is));
    }
}
