/* Which columns hold positions, by the headings that people give them.  Exact headings win; else a
 * heading that begins like one ("longitude_wgs84", "经度(度)"), when there is one of each. */
#include "load-internal.h"

#include <string.h>

static const char *const x_names[] = {"lon",     "lng", "long", "longitude",
                                      "lon_deg", "x",   "经度", NULL};
static const char *const y_names[] = {"lat", "latitude", "lat_deg", "y", "纬度", NULL};
static const char *const wkt_names[] = {"geom_wkt", "wkt", "geom", "geometry", "the_geom", NULL};
static const char *const x_starts[] = {"lon_", "lng_", "longitude_", "longitude(", "经度", NULL};
static const char *const y_starts[] = {"lat_", "latitude_", "latitude(", "纬度", NULL};

/* How many values are looked at to see whether a column holds WKT. */
#define WKT_SAMPLE 20u

gsize fm_find_heading(const FmTable *table, gsize first, const char *name)
{
    for (gsize i = first; i < fm_table_n_columns(table); i++) {
        if (g_ascii_strcasecmp(fm_table_column_name(table, i), name) == 0) {
            return i;
        }
    }
    return FM_COLUMN_NONE;
}

static gsize find_any(const FmTable *table, gsize first, const char *const *names)
{
    for (; *names != NULL; names++) {
        gsize column = fm_find_heading(table, first, *names);
        if (column != FM_COLUMN_NONE) {
            return column;
        }
    }
    return FM_COLUMN_NONE;
}

static gboolean starts_with_any(const char *name, const char *const *starts)
{
    for (; *starts != NULL; starts++) {
        if (g_ascii_strncasecmp(name, *starts, strlen(*starts)) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

/* The only column that begins so, or FM_COLUMN_NONE. */
static gsize find_only_start(const FmTable *table, gsize first, const char *const *starts)
{
    gsize found = FM_COLUMN_NONE;

    for (gsize i = first; i < fm_table_n_columns(table); i++) {
        if (starts_with_any(fm_table_column_name(table, i), starts)) {
            if (found != FM_COLUMN_NONE) {
                return FM_COLUMN_NONE;
            }
            found = i;
        }
    }
    return found;
}

/* Its first value begins as WKT does. */
static gboolean holds_wkt(const FmTable *table, gsize column)
{
    static const char *const starts[] = {"POINT", "LINESTRING", "POLYGON", "MULTI", "SRID=", NULL};

    if (column == FM_COLUMN_NONE || fm_table_column_type(table, column) != FM_COLUMN_TEXT) {
        return FALSE;
    }
    for (gsize row = 0; row < MIN(fm_table_n_rows(table), WKT_SAMPLE); row++) {
        const char *value = fm_table_text(table, column, row);
        if (value != NULL) {
            g_autofree char *trimmed = fm_text_trim(value);
            return starts_with_any(trimmed, starts);
        }
    }
    return FALSE;
}

void fm_guess_position(const FmTable *table, gsize first, gsize *x, gsize *y, gsize *wkt)
{
    *wkt = find_any(table, first, wkt_names);
    if (!holds_wkt(table, *wkt)) {
        *wkt = FM_COLUMN_NONE;
    }
    *x = find_any(table, first, x_names);
    *y = find_any(table, first, y_names);
    if (*x == FM_COLUMN_NONE && *y == FM_COLUMN_NONE) {
        *x = find_only_start(table, first, x_starts);
        *y = find_only_start(table, first, y_starts);
    }
    if (*wkt != FM_COLUMN_NONE || *x == FM_COLUMN_NONE || *y == FM_COLUMN_NONE) {
        *x = *y = FM_COLUMN_NONE;
    }
}
