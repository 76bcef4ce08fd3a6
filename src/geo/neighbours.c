/* A binary max-heap (Williams 1964) and the heap sort that ends it. */
#include "neighbours.h"

static void swap(FmNeighbour *a, FmNeighbour *b)
{
    FmNeighbour kept = *a;

    *a = *b;
    *b = kept;
}

static void sift_down(FmNeighbour *items, gsize n, gsize at)
{
    for (;;) {
        gsize worst = at, child = 2 * at + 1;
        for (gsize end = MIN(child + 2, n); child < end; child++) {
            if (fm_neighbour_before(&items[worst], &items[child])) {
                worst = child;
            }
        }
        if (worst == at) {
            return;
        }
        swap(&items[at], &items[worst]);
        at = worst;
    }
}

void fm_neighbours_put(FmNeighbours *heap, FmNeighbour item)
{
    if (fm_neighbours_full(heap)) {
        heap->items[0] = item;
        sift_down(heap->items, heap->n, 0);
        return;
    }
    gsize at = heap->n++;
    heap->items[at] = item;
    while (at > 0 && fm_neighbour_before(&heap->items[(at - 1) / 2], &heap->items[at])) {
        swap(&heap->items[(at - 1) / 2], &heap->items[at]);
        at = (at - 1) / 2;
    }
}

void fm_neighbours_rebuild(FmNeighbours *heap)
{
    for (gsize at = heap->n / 2; at > 0; at--) {
        sift_down(heap->items, heap->n, at - 1);
    }
}

void fm_neighbours_sort(FmNeighbours *heap)
{
    fm_neighbours_rebuild(heap);
    for (gsize n = heap->n; n > 1; n--) {
        swap(&heap->items[0], &heap->items[n - 1]);
        sift_down(heap->items, n - 1, 0);
    }
}

int fm_neighbour_compare_index(const void *a, const void *b)
{
    const FmNeighbour *left = a, *right = b;

    return (left->index > right->index) - (left->index < right->index);
}
