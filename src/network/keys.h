/* Positions sorted by a key each. */
#ifndef FM_NETWORK_KEYS_H
#define FM_NETWORK_KEYS_H

#include <glib.h>

static inline guint64 fm_key(guint32 key, guint32 position)
{
    return (guint64)key << 32 | position;
}

static inline guint32 fm_key_position(guint64 key)
{
    return (guint32)key;
}

/** Ascending by their high halves; where these are equal the order stays. */
void fm_keys_sort(guint64 *keys, gsize n);

#endif
