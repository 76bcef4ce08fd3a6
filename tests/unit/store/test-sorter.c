/* Sorting with less memory than records, around every border of it, against qsort. */
#include "fm-unit.h"
#include "support.h"

#include <stdlib.h>

#define IN_MEMORY 16u

typedef struct {
    FmSortKey sort;
    guint32 payload;
} Record;

static int compare(const void *a, const void *b)
{
    const Record *left = a, *right = b;

    if (left->sort.key != right->sort.key) {
        return left->sort.key < right->sort.key ? -1 : 1;
    }
    return left->sort.id < right->sort.id ? -1 : 1;
}

static Record *mixed(gsize n)
{
    Record *records = g_new0(Record, n + 1);

    for (gsize i = 0; i < n; i++) {
        /* Keys of both signs, each several times, the extremes among them. */
        gint64 key = (gint64)(i * 7919 % 23) - 11;
        records[i].sort.key = key == 11 ? G_MAXINT64 : key == -11 ? G_MININT64 : key;
        records[i].sort.id = (gint64)(i * 104729 % 1000003);
        records[i].payload = (guint32)i;
    }
    return records;
}

static void check(gsize n, gsize memory_bytes)
{
    g_autofree Record *records = mixed(n);
    g_autoptr(FmSorter) sorter = fm_sorter_new(sizeof(Record), memory_bytes);
    g_autoptr(GError) error = NULL;

    for (gsize i = 0; i < n; i++) {
        g_assert_true(fm_sorter_add(sorter, &records[i], &error));
    }
    g_assert_cmpuint(fm_sorter_n_records(sorter), ==, n);
    g_assert_true(fm_sorter_sort(sorter, &error));
    qsort(records, n, sizeof *records, compare);
    for (gsize i = 0; i < n; i++) {
        Record record;
        g_assert_true(fm_sorter_next(sorter, &record, &error));
        g_assert_cmpint(record.sort.key, ==, records[i].sort.key);
        g_assert_cmpuint(record.payload, ==, records[i].payload);
    }
}

static void test_sizes(void)
{
    static const gsize sizes[] = {
        0, 1, 2, IN_MEMORY - 1, IN_MEMORY, IN_MEMORY + 1, 2 * IN_MEMORY, 33, 255, 256, 257, 5000};

    for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
        check(sizes[i], 2 * IN_MEMORY * sizeof(Record));
        check(sizes[i], 1); /* one record: as many runs as records */
        check(sizes[i], 1 << 20);
    }
}

static void test_no_folder(void)
{
    if (!g_test_subprocess()) {
        g_test_trap_subprocess(NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
        g_test_trap_assert_passed();
        return;
    }
    g_autofree Record *records = mixed(2);
    g_autoptr(FmSorter) sorter = fm_sorter_new(sizeof(Record), 1);
    g_autoptr(GError) error = NULL;

    g_assert_true(g_setenv("TMPDIR", "/nonexistent/folder", TRUE));
    g_assert_true(fm_sorter_add(sorter, &records[0], &error));
    g_assert_false(fm_sorter_add(sorter, &records[1], &error));
    test_assert_error(&error, FM_ERROR_IO, "set TMPDIR to another folder");
}

void test_sorter(void)
{
    g_test_add_func("/store/sorter/sizes", test_sizes);
    g_test_add_func("/store/sorter/no-folder", test_no_folder);
}
