/* Radix sort against qsort: keys and ids of both signs, in any order, of several record sizes. */
#include "fm-unit.h"
#include "support.h"

#include <stdlib.h>
#include <string.h>

static int compare(const void *a, const void *b)
{
    const FmSortKey *left = a, *right = b;

    if (left->key != right->key) {
        return left->key < right->key ? -1 : 1;
    }
    return (left->id > right->id) - (left->id < right->id);
}

/* Few keys, so that ids decide; or any bits at all. */
static FmSortKey make_key(GRand *rand, gsize i, gboolean few, gboolean ascending)
{
    guint64 bits = (guint64)g_rand_int(rand) << 32 | g_rand_int(rand);
    gint64 id = ascending ? (gint64)i : (gint64)((i * 2654435761u) ^ (bits << 40));

    return (FmSortKey){few ? (gint64)(bits % 5) - 2 : (gint64)bits, id};
}

static void check(GRand *rand, gsize n, gsize size, gboolean few, gboolean ascending)
{
    g_autofree guint8 *records = g_malloc0(n * size + 1);
    g_autofree guint8 *scratch = g_malloc(n * size + 1);

    for (gsize i = 0; i < n; i++) {
        FmSortKey key = make_key(rand, i, few, ascending);
        memcpy(records + i * size, &key, sizeof key);
        memset(records + i * size + sizeof key, (int)(key.key & 0x7f), size - sizeof key);
    }
    g_autofree guint8 *expect = g_memdup2(records, n * size + 1);
    qsort(expect, n, size, compare);
    fm_radix_sort(records, scratch, n, size);
    g_assert_true(memcmp(records, expect, n * size) == 0);
}

static void test_against_qsort(void)
{
    static const gsize counts[] = {0, 1, 2, 255, 256, 257, 5000};
    g_autoptr(GRand) rand = g_rand_new_with_seed(1);

    for (gsize i = 0; i < G_N_ELEMENTS(counts); i++) {
        for (guint way = 0; way < 4; way++) {
            check(rand, counts[i], sizeof(FmSortKey), (way & 1) != 0, (way & 2) != 0);
            check(rand, counts[i], sizeof(FmRtreeEntry), (way & 1) != 0, (way & 2) != 0);
        }
    }
}

static void test_all_equal(void)
{
    FmSortKey records[300], scratch[300];

    for (gsize i = 0; i < G_N_ELEMENTS(records); i++) {
        records[i] = (FmSortKey){G_MININT64, (gint64)(G_N_ELEMENTS(records) - i)};
    }
    fm_radix_sort(records, scratch, G_N_ELEMENTS(records), sizeof *records);
    for (gsize i = 0; i < G_N_ELEMENTS(records); i++) {
        g_assert_cmpint(records[i].id, ==, (gint64)i + 1);
    }
}

void test_radix(void)
{
    g_test_add_func("/store/radix/against-qsort", test_against_qsort);
    g_test_add_func("/store/radix/all-equal", test_all_equal);
}
