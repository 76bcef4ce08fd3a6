/* Sorting records by key and id, byte by byte from the least one (Knuth, The Art of Computer
 * Programming 3, 5.2.5): O(n), where bytes in which no two records differ cost nothing.  Ids mostly
 * come in ascending order, and a stable sort keeps them so. */
#include "store-internal.h"

#include <stdlib.h>
#include <string.h>

#define FEW 256u /* not worth the counting */
#define N_DIGITS 16u
#define ID_DIGITS 8u /* the less significant half */

typedef struct {
    gsize n[N_DIGITS][256];
    gboolean ids_ascend;
} Counts;

static int compare(const void *a, const void *b)
{
    const FmSortKey *left = a, *right = b;

    if (left->key != right->key) {
        return left->key < right->key ? -1 : 1;
    }
    return (left->id > right->id) - (left->id < right->id);
}

/* The half that digit is in, in the order of unsigned numbers. */
static guint64 half_of(const guint64 *record, guint digit)
{
    FmSortKey key;

    memcpy(&key, record, sizeof key);
    return (guint64)(digit < ID_DIGITS ? key.id : key.key) ^ (guint64)G_MININT64;
}

static guint digit_of(guint64 half, guint digit)
{
    return (guint)(half >> (digit % ID_DIGITS * 8)) & 0xff;
}

static void count(const guint64 *records, gsize n, gsize n_words, Counts *counts)
{
    guint64 before = 0;

    memset(counts, 0, sizeof *counts);
    counts->ids_ascend = TRUE;
    for (gsize i = 0; i < n; i++, records += n_words) {
        guint64 id = half_of(records, 0), key = half_of(records, ID_DIGITS);
        for (guint digit = 0; digit < ID_DIGITS; digit++) {
            counts->n[digit][digit_of(id, digit)]++;
            counts->n[ID_DIGITS + digit][digit_of(key, digit)]++;
        }
        counts->ids_ascend &= id >= before;
        before = id;
    }
}

/* Is there anything to sort by in that digit? */
static gboolean matters(const Counts *counts, guint digit, const guint64 *records, gsize n)
{
    if (digit < ID_DIGITS && counts->ids_ascend) {
        return FALSE;
    }
    return counts->n[digit][digit_of(half_of(records, digit), digit)] < n;
}

static void distribute(const guint64 *from, guint64 *to, gsize n, gsize n_words, guint digit,
                       const gsize *count)
{
    guint64 *next[256];
    guint64 *at = to;

    for (guint i = 0; i < 256; i++) {
        next[i] = at;
        at += count[i] * n_words;
    }
    for (gsize i = 0; i < n; i++) {
        guint64 **target = &next[digit_of(half_of(from, digit), digit)];
        for (gsize word = 0; word < n_words; word++) {
            *(*target)++ = *from++;
        }
    }
}

void fm_radix_sort(void *records, void *scratch, gsize n, gsize record_size)
{
    gsize n_words = record_size / sizeof(guint64);
    guint64 *from = records, *to = scratch;

    g_return_if_fail(record_size % sizeof(guint64) == 0);
    if (n < FEW) {
        qsort(records, n, record_size, compare);
        return;
    }
    g_autofree Counts *counts = g_new(Counts, 1);
    count(from, n, n_words, counts);
    for (guint digit = 0; digit < N_DIGITS; digit++) {
        if (matters(counts, digit, from, n)) {
            distribute(from, to, n, n_words, digit, counts->n[digit]);
            guint64 *sorted = to;
            to = from;
            from = sorted;
        }
    }
    if (from != records) {
        memcpy(records, from, n * record_size);
    }
}
