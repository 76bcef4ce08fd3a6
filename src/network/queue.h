/* The queue of a search: hands out items ascending by (cost, end), given that what is pushed is
 * never below what was popped last.
 *
 * Costs ahead are cut into buckets of equal width, a power of two; only the bucket at hand is kept
 * in order, as a heap of a few items.  What lies beyond the last bucket waits in one list, which is
 * spread over the buckets anew when they are used up, with a width that fits all of it: a ladder
 * of two rungs (Tang, Goh and Thng 2005, doi:10.1145/1103323.1103324).  An item is moved at most
 * three times, so that n pushes and pops cost O(n log n) whatever the costs are, and O(n) where
 * they are spread as those of roads. */
#ifndef FM_NETWORK_QUEUE_H
#define FM_NETWORK_QUEUE_H

#include "graph-internal.h"

#define FM_QUEUE_BUCKETS 2048u

typedef struct {
    FmSteps cost;
    guint32 place, end;
} FmQueueItem;

/** A waiting item and the next one in its bucket, or in the list of free cells. */
typedef struct {
    FmQueueItem item;
    guint32 next;
} FmQueueCell;

typedef struct {
    FmQueueCell *cells;
    guint32 n_cells, capacity, free_cell;
    FmQueueItem *heap; /**< the bucket at hand, smallest first */
    guint32 n_heap, heap_capacity;
    FmSteps base;              /**< where bucket 0 begins */
    guint shift, finest_shift; /**< log2 of the width of a bucket; not less than */
    guint32 bucket;            /**< at hand */
    guint32 far;               /**< list of what lies beyond the last bucket */
    FmSteps far_min, far_max;
    guint64 filled[FM_QUEUE_BUCKETS / 64]; /**< bit: the bucket has items */
    guint32 buckets[FM_QUEUE_BUCKETS];     /**< list of each */
} FmQueue;

/** @param typical_cost of an arc: sets how fine buckets are at most */
void fm_queue_init(FmQueue *queue, FmSteps typical_cost);
void fm_queue_clear(FmQueue *queue);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmQueue, fm_queue_clear)

/** Forget all items, for the next search. */
void fm_queue_reset(FmQueue *queue);

/** Make the next bucket that has items the one at hand.  @return FALSE when nothing is left */
gboolean fm_queue_refill(FmQueue *queue);

void fm_queue_grow_cells(FmQueue *queue);
void fm_queue_grow_heap(FmQueue *queue);

static inline gboolean fm_queue_before(const FmQueueItem *a, const FmQueueItem *b)
{
    return a->cost < b->cost || (a->cost == b->cost && a->end < b->end);
}

static inline void fm_queue_heap_push(FmQueue *queue, FmQueueItem item)
{
    if (queue->n_heap == queue->heap_capacity)
        fm_queue_grow_heap(queue);
    guint32 i = queue->n_heap++;
    for (; i > 0 && fm_queue_before(&item, &queue->heap[(i - 1) / 2]); i = (i - 1) / 2)
        queue->heap[i] = queue->heap[(i - 1) / 2];
    queue->heap[i] = item;
}

static inline FmQueueItem fm_queue_heap_pop(FmQueue *queue)
{
    FmQueueItem *heap = queue->heap, top = heap[0], last = heap[--queue->n_heap];
    guint32 n = queue->n_heap, i = 0;
    for (guint32 child = 1; child < n; child = 2 * i + 1) {
        if (child + 1 < n && fm_queue_before(&heap[child + 1], &heap[child]))
            child++;
        if (!fm_queue_before(&heap[child], &last))
            break;
        heap[i] = heap[child];
        i = child;
    }
    heap[i] = last;
    return top;
}

static inline void fm_queue_push(FmQueue *queue, FmQueueItem item)
{
    guint64 bucket = (item.cost - queue->base) >> queue->shift;
    if (bucket <= queue->bucket) {
        fm_queue_heap_push(queue, item);
        return;
    }
    guint32 cell = queue->free_cell;
    if (cell != FM_NODE_NONE) {
        queue->free_cell = queue->cells[cell].next;
    } else {
        if (queue->n_cells == queue->capacity)
            fm_queue_grow_cells(queue);
        cell = queue->n_cells++;
    }
    guint32 *list = &queue->far;
    if (bucket < FM_QUEUE_BUCKETS) {
        list = &queue->buckets[bucket];
        queue->filled[bucket / 64] |= G_GUINT64_CONSTANT(1) << (bucket % 64);
    } else {
        queue->far_min = MIN(queue->far_min, item.cost);
        queue->far_max = MAX(queue->far_max, item.cost);
    }
    queue->cells[cell] = (FmQueueCell){item, *list};
    *list = cell;
}

/** @return FALSE when the queue is empty */
static inline gboolean fm_queue_pop(FmQueue *queue, FmQueueItem *out)
{
    if (queue->n_heap == 0 && !fm_queue_refill(queue))
        return FALSE;
    *out = fm_queue_heap_pop(queue);
    return TRUE;
}

#endif
