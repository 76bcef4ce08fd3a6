/* Numbers for 64-bit keys: a hash table with open addressing and linear probing, at most half
 * full.  A network asks it once a vertex, which is why it is no GHashTable of allocated keys. */
#include "network-internal.h"

#include <math.h>

#define FIRST_CAPACITY 1024u
/* Degrees times this are whole numbers in OpenStreetMap, and fit 32 bits. */
#define GRID 1e7

/* The finaliser of MurmurHash3 (Appleby 2011): all bits of the key reach all bits of the place. */
static gsize place_of(guint64 key, gsize capacity)
{
    key ^= key >> 33;
    key *= G_GUINT64_CONSTANT(0xff51afd7ed558ccd);
    key ^= key >> 33;
    key *= G_GUINT64_CONSTANT(0xc4ceb9fe1a85ec53);
    key ^= key >> 33;
    return (gsize)key & (capacity - 1);
}

static void allocate(FmVertexMap *map, gsize capacity)
{
    map->capacity = capacity;
    map->keys = g_new(guint64, capacity);
    map->values = g_new(guint32, capacity);
    for (gsize i = 0; i < capacity; i++) {
        map->values[i] = FM_NODE_NONE;
    }
}

void fm_vertex_map_init(FmVertexMap *map)
{
    map->n = 0;
    allocate(map, FIRST_CAPACITY);
}

void fm_vertex_map_clear(FmVertexMap *map)
{
    g_clear_pointer(&map->keys, g_free);
    g_clear_pointer(&map->values, g_free);
}

/* Where the key is, or the free place that it would take. */
static gsize find(const FmVertexMap *map, guint64 key)
{
    gsize place = place_of(key, map->capacity);

    while (map->values[place] != FM_NODE_NONE && map->keys[place] != key) {
        place = (place + 1) & (map->capacity - 1);
    }
    return place;
}

static void grow(FmVertexMap *map)
{
    FmVertexMap old = *map;

    allocate(map, old.capacity * 2);
    for (gsize i = 0; i < old.capacity; i++) {
        if (old.values[i] != FM_NODE_NONE) {
            gsize place = find(map, old.keys[i]);
            map->keys[place] = old.keys[i];
            map->values[place] = old.values[i];
        }
    }
    fm_vertex_map_clear(&old);
}

guint32 fm_vertex_map_put(FmVertexMap *map, guint64 key, guint32 value)
{
    gsize place = find(map, key);

    if (map->values[place] != FM_NODE_NONE) {
        return map->values[place];
    }
    map->keys[place] = key;
    map->values[place] = value;
    if (++map->n > map->capacity / 2) {
        grow(map);
    }
    return value;
}

guint32 fm_vertex_map_get(const FmVertexMap *map, guint64 key)
{
    return map->values[find(map, key)];
}

guint64 fm_vertex_key(FmLonLat position)
{
    gint32 lon = (gint32)lround(position.lon_deg * GRID);
    /* One meridian has two names. */
    if (lon == (gint32)(-180 * GRID))
        lon = (gint32)(180 * GRID);
    gint32 lat = (gint32)lround(position.lat_deg * GRID);

    return (guint64)(guint32)lon << 32 | (guint32)lat;
}
