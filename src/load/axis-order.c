/* Which of two numbers is the longitude (or easting).  Chinese survey tables write X for the
 * northing, and a column of "39.91,116.40" may have either order.  Both orders are tried on the
 * first rows: one that fits the coordinate system while the other does not is evidence, and the
 * decision is stated.  Without evidence nothing is decided. */
#include "load-internal.h"

#include <math.h>
#include <string.h>

/* How many positions are tried. */
#define SAMPLE 200u
/* Rows that fit only the other order are typing errors while they are this rare. */
#define MAX_ODD_SHARE 0.1

/* How many positions of the sample fit only one order, or both. */
typedef struct {
    guint n, as_is, swapped, both;
} Evidence;

static gboolean fits(const FmSourceCrs *crs, double x, double y)
{
    double xy[1][2] = {{x, y}};
    g_autofree char *reason = NULL;

    return fm_source_crs_to_wgs84(crs, xy, 1, &reason);
}

/* GCJ-02 and BD-09 are defined in China alone, and only shifted there. */
static gboolean in_area(const FmSourceCrs *crs, double x, double y)
{
    const char *definition = fm_crs_definition(crs->crs);
    gboolean web = strcmp(definition, "GCJ-02") == 0 || strcmp(definition, "BD-09") == 0;

    return fits(crs, x, y) && (!web || (x > 72 && x < 138 && y > 0 && y < 56));
}

static void weigh(const FmSourceCrs *crs, double x, double y, Evidence *evidence)
{
    gboolean as_is = in_area(crs, x, y), swapped = in_area(crs, y, x);

    if (x == 0 && y == 0) {
        return;
    }
    evidence->n++;
    evidence->as_is += as_is && !swapped;
    evidence->swapped += swapped && !as_is;
    evidence->both += as_is && swapped;
}

static gboolean read_number(const FmTable *table, gsize column, gsize row, double *out)
{
    FmCoordinate coordinate = {0};
    const char *reason;

    if (fm_table_is_null(table, column, row)) {
        return FALSE;
    }
    if (fm_table_column_type(table, column) != FM_COLUMN_TEXT) {
        *out = fm_table_number(table, column, row);
        return TRUE;
    }
    gboolean good = fm_coordinate_parse(fm_table_text(table, column, row), &coordinate, &reason);
    *out = coordinate.value;
    return good;
}

static Evidence weigh_columns(const FmSourceCrs *crs, const FmRaw *raw, gsize x, gsize y)
{
    Evidence evidence = {0};
    double pair[2];

    for (gsize row = 0; row < fm_table_n_rows(raw->table) && evidence.n < SAMPLE; row++) {
        if (read_number(raw->table, x, row, &pair[0]) &&
            read_number(raw->table, y, row, &pair[1])) {
            weigh(crs, pair[0], pair[1], &evidence);
        }
    }
    return evidence;
}

/* Only pairs that do not say themselves which is which. */
static Evidence weigh_pairs(const FmSourceCrs *crs, const FmRaw *raw, gsize column)
{
    Evidence evidence = {0};

    for (gsize row = 0; row < fm_table_n_rows(raw->table) && evidence.n < SAMPLE; row++) {
        const char *text = fm_table_text(raw->table, column, row), *reason;
        FmCoordinate pair[2];
        if (text != NULL && !fm_text_is_geometry(text) &&
            fm_coordinates_parse(text, pair, &reason) && pair[0].axis == FM_AXIS_UNKNOWN) {
            weigh(crs, pair[0].value, pair[1].value, &evidence);
        }
    }
    return evidence;
}

static void note(FmColumnMap *map, const char *format, ...) G_GNUC_PRINTF(2, 3);
static void note(FmColumnMap *map, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    g_ptr_array_add(map->notes, g_strdup_vprintf(format, arguments));
    va_end(arguments);
}

/* Columns called x and y. */
static void decide_letters(FmColumnMap *map, const FmRaw *raw, const FmSourceCrs *crs)
{
    Evidence evidence = weigh_columns(crs, raw, map->x, map->y);
    const char *x = fm_table_column_name(raw->table, map->x);
    const char *y = fm_table_column_name(raw->table, map->y);

    if (evidence.swapped == 0 || evidence.as_is > 0) {
        return;
    }
    note(map,
         "'%s' is read as the %s and '%s' as the %s, as survey tables write them: %u of the first "
         "%u positions fit the coordinate system only so; --x and --y say it otherwise",
         x, fm_crs_is_geographic(crs->crs) ? "latitude" : "northing", y,
         fm_crs_is_geographic(crs->crs) ? "longitude" : "easting", evidence.swapped, evidence.n);
    gsize northing = map->x;
    map->x = map->y;
    map->y = northing;
}

static gboolean decide_pairs(FmColumnMap *map, const FmRaw *raw, const FmSourceCrs *crs,
                             FmPairOrder heading, GError **error)
{
    Evidence evidence = weigh_pairs(crs, raw, map->wkt);
    const char *name = fm_table_column_name(raw->table, map->wkt);
    guint n_sure = evidence.as_is + evidence.swapped;

    if (evidence.n == 0) {
        return TRUE; /* every value says it itself, or is no pair */
    }
    gboolean odd = MIN(evidence.as_is, evidence.swapped) > MAX_ODD_SHARE * n_sure;
    if (n_sure > 0 && !odd) {
        map->order = evidence.as_is >= evidence.swapped ? FM_ORDER_LON_LAT : FM_ORDER_LAT_LON;
        note(map, "'%s' is read as %s: %u of the first %u positions fit only so", name,
             map->order == FM_ORDER_LON_LAT ? "longitude, latitude" : "latitude, longitude",
             MAX(evidence.as_is, evidence.swapped), evidence.n);
        return TRUE;
    }
    if (n_sure == 0 && heading != FM_ORDER_UNKNOWN) {
        map->order = heading;
        note(map, "'%s' is read as %s, as its heading says", name,
             heading == FM_ORDER_LON_LAT ? "longitude, latitude" : "latitude, longitude");
        return TRUE;
    }
    g_set_error(error, FM_ERROR, FM_ERROR_CRS,
                "%s: column '%s': %s; pass --map lonlat=%s or --map latlon=%s", raw->name, name,
                n_sure > 0 ? "some rows have the longitude first and some the latitude"
                           : "nothing tells the longitudes from the latitudes",
                name, name);
    return FALSE;
}

gboolean fm_axis_order_decide(FmColumnMap *map, const FmRaw *raw, const FmPositionColumns *guess,
                              const char *crs, GError **error)
{
    gboolean letters = guess->letters && map->x != FM_COLUMN_NONE;
    gboolean pairs = map->wkt != FM_COLUMN_NONE && map->order == FM_ORDER_UNKNOWN &&
                     fm_table_column_type(raw->table, map->wkt) == FM_COLUMN_TEXT;
    g_auto(FmSourceCrs) system = {0};

    /* Without a CRS there is nothing to fit; the first position will ask for it. */
    if ((!letters && !pairs) || crs == NULL) {
        return TRUE;
    }
    if (!fm_source_crs_init(&system, crs, raw->name, error)) {
        return FALSE;
    }
    if (letters) {
        decide_letters(map, raw, &system);
        return TRUE;
    }
    return decide_pairs(map, raw, &system, guess->heading, error);
}
