/* Columns that are put one behind the other. */
#include "fm-unit.h"
#include "hierarchy-columns.h"

/* Columns of 1, 2, 3 … hops, numbered through. */
static FmColumns make_columns(guint8 n, guint32 number)
{
    FmColumns made = {0};
    g_assert_true(fm_columns_reserve(&made, n, (gsize)n * (n + 1) / 2));
    for (guint8 c = 0; c < n; c++) {
        made.ranks[made.n_columns] = number + c;
        made.counts[made.n_columns++] = (guint8)(c + 1);
        for (guint8 h = 0; h <= c; h++) {
            made.tails[made.n_hops] = h;
            made.costs[0][made.n_hops] = (double)number + (double)made.n_hops;
            made.costs[1][made.n_hops++] = (double)INFINITY;
        }
    }
    return made;
}

static void test_append(void)
{
    g_auto(FmColumns) all = {0};
    gsize n_columns = 0, n_hops = 0;
    for (guint8 part = 0; part < 40; part++) {
        g_auto(FmColumns) more = make_columns(part, part * 1000u);
        g_assert_true(fm_columns_append(&all, &more));
        n_columns += part;
        n_hops += part * (part + 1u) / 2;
        g_assert_cmpuint(all.n_columns, ==, n_columns);
        g_assert_cmpuint(all.n_hops, ==, n_hops);
    }
    gsize column = 0, hop = 0;
    for (guint8 part = 0; part < 40; part++) {
        for (guint c = 0, i = 0; c < part; c++, column++) {
            g_assert_cmpuint(all.ranks[column], ==, part * 1000u + c);
            g_assert_cmpuint(all.counts[column], ==, c + 1);
            for (guint h = 0; h <= c; h++, hop++, i++) {
                g_assert_cmpuint(all.tails[hop], ==, h);
                g_assert_cmpfloat(all.costs[0][hop], ==, part * 1000.0 + i);
                g_assert_true(isinf(all.costs[1][hop]));
            }
        }
    }
}

/* What was there stays when room is made, also for less. */
static void test_reserve(void)
{
    g_auto(FmColumns) columns = make_columns(9, 70);
    g_assert_true(fm_columns_reserve(&columns, 5000, 100000));
    g_assert_true(fm_columns_reserve(&columns, 1, 1));
    g_assert_cmpuint(columns.column_room, ==, 5000);
    g_assert_cmpuint(columns.hop_room, ==, 100000);
    g_assert_cmpuint(columns.ranks[8], ==, 78);
    g_assert_cmpfloat(columns.costs[0][44], ==, 114);
    fm_columns_clear(&columns);
    g_assert_null(columns.ranks);
    g_assert_cmpuint(columns.n_hops, ==, 0);
}

void test_hierarchy_columns(void)
{
    g_test_add_func("/network/hierarchy-columns/append", test_append);
    g_test_add_func("/network/hierarchy-columns/reserve", test_reserve);
}
