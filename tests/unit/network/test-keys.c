#include "fm-unit.h"
#include "keys.h"

static int compare(const void *a, const void *b)
{
    const guint64 *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

/* As qsort does it, where the low halves ascend. */
static void test_equals_qsort(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(11);
    const gsize sizes[] = {0, 1, 2, 255, 256, 257, 5000};
    for (gsize s = 0; s < G_N_ELEMENTS(sizes); s++)
        for (int few = 0; few < 2; few++) {
            gsize n = sizes[s];
            g_autofree guint64 *keys = g_new(guint64, n + 1), *wanted = g_new(guint64, n + 1);
            for (gsize i = 0; i < n; i++)
                keys[i] = wanted[i] = fm_key(g_rand_int(rand) >> (few ? 28 : 0), (guint32)i);
            keys[n] = 7;
            fm_keys_sort(keys, n);
            qsort(wanted, n, sizeof *wanted, compare);
            for (gsize i = 0; i < n; i++)
                g_assert_cmpuint(keys[i], ==, wanted[i]);
            g_assert_cmpuint(keys[n], ==, 7);
        }
}

static void test_equal_keys_stay(void)
{
    guint64 keys[] = {fm_key(2, 9), fm_key(1, 5), fm_key(2, 3), fm_key(1, 7),
                      fm_key(G_MAXUINT32, 0)};
    const guint64 wanted[] = {fm_key(1, 5), fm_key(1, 7), fm_key(2, 9), fm_key(2, 3),
                              fm_key(G_MAXUINT32, 0)};
    fm_keys_sort(keys, G_N_ELEMENTS(keys));
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++)
        g_assert_cmpuint(keys[i], ==, wanted[i]);
}

void test_keys(void)
{
    g_test_add_func("/network/keys/equals-qsort", test_equals_qsort);
    g_test_add_func("/network/keys/equal-keys-stay", test_equal_keys_stay);
}
