/* Sorting numbers of 64 bits whose high half is a key and whose low half a position: least
 * significant digit first (Knuth 1998, The Art of Computer Programming 3, 5.2.5). */
#include "keys.h"

enum { DIGIT_BITS = 8, N_DIGITS = 1 << DIGIT_BITS, KEY_SHIFT = 32, ALL_BITS = 64 };

static guint digit_of(guint64 key, guint shift)
{
    return (guint)(key >> shift) & (N_DIGITS - 1);
}

static void sort_by_digit(const guint64 *keys, guint64 *sorted, gsize n, guint shift)
{
    gsize at[N_DIGITS] = {0}, sum = 0;
    for (gsize i = 0; i < n; i++)
        at[digit_of(keys[i], shift)]++;
    for (gsize d = 0; d < N_DIGITS; d++) {
        gsize here = at[d];
        at[d] = sum;
        sum += here;
    }
    for (gsize i = 0; i < n; i++)
        sorted[at[digit_of(keys[i], shift)]++] = keys[i];
}

void fm_keys_sort(guint64 *keys, gsize n)
{
    g_autofree guint64 *spare = g_new(guint64, n);
    /* An even number of digits, so that the last lands where the keys were. */
    for (guint shift = KEY_SHIFT; shift < ALL_BITS; shift += 2 * DIGIT_BITS) {
        sort_by_digit(keys, spare, n, shift);
        sort_by_digit(spare, keys, n, shift + DIGIT_BITS);
    }
}
