/* Which columns are the position: as the caller says, or by their headings. */
#include "columns.h"

#include <string.h>

static const char *position_name(const FmSource *source, const char *own, const char *key)
{
    if (own != NULL || source->fields == NULL) {
        return own;
    }
    return g_hash_table_lookup(source->fields, key);
}

/* The keys of a mapping that say where the position is. */
static const struct {
    const char *key;
    FmPairOrder order;
} whole_keys[] = {{"wkt", FM_ORDER_UNKNOWN},
                  {"coordinates", FM_ORDER_UNKNOWN},
                  {"lonlat", FM_ORDER_LON_LAT},
                  {"latlon", FM_ORDER_LAT_LON}};

gboolean fm_mapper_is_position_key(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(whole_keys); i++) {
        if (strcmp(name, whole_keys[i].key) == 0) {
            return TRUE;
        }
    }
    return strcmp(name, "x") == 0 || strcmp(name, "y") == 0;
}

/* One column with whole positions, as the caller names it. */
static gboolean map_whole(FmMapper *mapper, gboolean *named, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(whole_keys); i++) {
        const char *own = i == 0 ? mapper->source->wkt_field : NULL;
        const char *column = position_name(mapper->source, own, whole_keys[i].key);
        if (column != NULL) {
            *named = TRUE;
            mapper->map->order = whole_keys[i].order;
            return fm_mapper_find_named(mapper, column, whole_keys[i].key, &mapper->map->wkt,
                                        error);
        }
    }
    return TRUE;
}

static gboolean guess_position(FmMapper *mapper, FmPositionColumns *guess, GError **error)
{
    g_autofree char *ambiguous = NULL;
    FmColumnMap *map = mapper->map;

    if (!fm_guess_position(mapper->raw->table, mapper->first, map->synonyms, guess, &ambiguous)) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE, "%s: %s", mapper->raw->name, ambiguous);
        return FALSE;
    }
    map->x = guess->x;
    map->y = guess->y;
    map->wkt = guess->wkt;
    return TRUE;
}

gboolean fm_mapper_map_position(FmMapper *mapper, GError **error)
{
    const FmSource *source = mapper->source;
    FmColumnMap *map = mapper->map;
    const char *x = position_name(source, source->x_field, "x");
    const char *y = position_name(source, source->y_field, "y");
    FmPositionColumns guess = {.letters = FALSE};
    gboolean whole = FALSE;

    if ((x == NULL) != (y == NULL)) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE, "%s: a column for %s is given but none for %s",
                    mapper->raw->name, x != NULL ? "x" : "y", x != NULL ? "y" : "x");
        return FALSE;
    }
    if ((x != NULL && (!fm_mapper_find_named(mapper, x, "x", &map->x, error) ||
                       !fm_mapper_find_named(mapper, y, "y", &map->y, error))) ||
        !map_whole(mapper, &whole, error)) {
        return FALSE;
    }
    if (x == NULL && !whole && !mapper->raw->has_geometry &&
        !guess_position(mapper, &guess, error)) {
        return FALSE;
    }
    const gsize used[] = {map->x, map->y, map->wkt};
    for (gsize i = 0; i < G_N_ELEMENTS(used); i++) {
        if (used[i] != FM_COLUMN_NONE) {
            mapper->taken[used[i]] = TRUE;
        }
    }
    return fm_axis_order_decide(map, mapper->raw, &guess,
                                source->crs != NULL ? source->crs : mapper->raw->crs, error);
}
