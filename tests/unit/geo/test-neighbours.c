#include "fixture.h"
#include "fm-unit.h"
#include "neighbours.h"

/* Distances from a few values only, so that ties are common. */
static FmNeighbour *random_items(GRand *rand, gsize n)
{
    FmNeighbour *items = g_new(FmNeighbour, n);

    for (gsize i = 0; i < n; i++) {
        items[i] = (FmNeighbour){.index = i, .distance_m = g_rand_int_range(rand, 0, 20)};
    }
    return items;
}

static void test_keeps_the_best(void)
{
    static const gsize capacities[] = {1, 2, 3, 10, 99, 100, 101};
    g_autoptr(GRand) rand = g_rand_new_with_seed(12);
    const gsize n = 100;

    for (gsize c = 0; c < G_N_ELEMENTS(capacities); c++) {
        g_autofree FmNeighbour *items = random_items(rand, n);
        g_autofree FmNeighbour *kept = g_new(FmNeighbour, capacities[c]);
        FmNeighbours heap = {.items = kept, .capacity = capacities[c]};
        for (gsize i = n; i > 0; i--) {
            if (fm_neighbours_wants(&heap, &items[i - 1])) {
                fm_neighbours_put(&heap, items[i - 1]);
            }
        }
        fm_neighbours_sort(&heap);
        sort_neighbours(items, n);
        assert_same_neighbours(kept, heap.n, items, MIN(n, capacities[c]));
    }
}

static void test_rebuild(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(13);
    g_autofree FmNeighbour *items = random_items(rand, 50);
    FmNeighbours heap = {.items = items, .n = 50, .capacity = 50};

    fm_neighbours_rebuild(&heap);
    for (gsize i = 1; i < 50; i++) {
        g_assert_false(fm_neighbour_before(&items[0], &items[i]));
    }
}

static void test_compare_index(void)
{
    FmNeighbour low = {.index = 3, .distance_m = 9}, high = {.index = G_MAXSIZE, .distance_m = 1};

    g_assert_cmpint(fm_neighbour_compare_index(&low, &high), <, 0);
    g_assert_cmpint(fm_neighbour_compare_index(&high, &low), >, 0);
    g_assert_cmpint(fm_neighbour_compare_index(&low, &low), ==, 0);
}

void test_neighbours(void)
{
    g_test_add_func("/geo/neighbours/keeps-the-best", test_keeps_the_best);
    g_test_add_func("/geo/neighbours/rebuild", test_rebuild);
    g_test_add_func("/geo/neighbours/compare-index", test_compare_index);
}
