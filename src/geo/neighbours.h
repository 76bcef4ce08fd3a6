/* The k best of a stream of neighbours, kept in the caller's array: a binary heap with the worst on
 * top, ordered by (distance_m, index) so that equal distances cannot depend on the order of
 * arrival. */
#ifndef FM_NEIGHBOURS_H
#define FM_NEIGHBOURS_H

#include <facmap/geo.h>

typedef struct {
    FmNeighbour *items; /* borrowed */
    gsize n, capacity;
} FmNeighbours;

static inline gboolean fm_neighbour_before(const FmNeighbour *a, const FmNeighbour *b)
{
    return a->distance_m < b->distance_m || (a->distance_m == b->distance_m && a->index < b->index);
}

static inline gboolean fm_neighbours_full(const FmNeighbours *heap)
{
    return heap->n == heap->capacity;
}

/** Would a full heap take it? */
static inline gboolean fm_neighbours_wants(const FmNeighbours *heap, const FmNeighbour *item)
{
    return !fm_neighbours_full(heap) || fm_neighbour_before(item, &heap->items[0]);
}

/** Puts an item in that is wanted; a full heap drops its worst. */
void fm_neighbours_put(FmNeighbours *heap, FmNeighbour item);

/** Restores the heap after its items' distances were changed. */
void fm_neighbours_rebuild(FmNeighbours *heap);

/** Sorts ascending; it is then no heap any more. */
void fm_neighbours_sort(FmNeighbours *heap);

/** GCompareFunc by index alone. */
int fm_neighbour_compare_index(const void *a, const void *b);

#endif
