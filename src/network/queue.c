/* The parts of the queue that run once a bucket, not once an item. */
#include "queue.h"

enum {
    FIRST_CELLS = 256,
    FIRST_HEAP = 64,
    BUCKETS_AN_ARC = 128, /* a typical arc spans so many, unless the buckets have to be wider */
};

void fm_queue_init(FmQueue *queue, FmSteps typical_cost)
{
    memset(queue, 0, sizeof *queue);
    FmSteps width = typical_cost / BUCKETS_AN_ARC;
    while (queue->finest_shift < 52 && (width >> queue->finest_shift) > 1)
        queue->finest_shift++;
    memset(queue->buckets, 0xff, sizeof queue->buckets);
    fm_queue_reset(queue);
}

void fm_queue_clear(FmQueue *queue)
{
    g_free(queue->cells);
    g_free(queue->heap);
    memset(queue, 0, sizeof *queue);
}

/* All buckets used up, so that the next pushes go to the far list, which sets the first base. */
void fm_queue_reset(FmQueue *queue)
{
    for (guint32 word = 0; word < FM_QUEUE_BUCKETS / 64; word++) {
        for (; queue->filled[word]; queue->filled[word] &= queue->filled[word] - 1) {
            guint32 bit = (guint32)__builtin_ctzll(queue->filled[word]);
            queue->buckets[word * 64 + bit] = FM_NODE_NONE;
        }
    }
    queue->n_cells = 0;
    queue->free_cell = queue->far = FM_NODE_NONE;
    queue->n_heap = 0;
    queue->base = 0;
    queue->shift = queue->finest_shift;
    queue->bucket = 0;
    queue->far_min = G_MAXUINT64;
    queue->far_max = 0;
}

void fm_queue_grow_cells(FmQueue *queue)
{
    queue->capacity = MAX(FIRST_CELLS, 2 * queue->capacity);
    queue->cells = g_renew(FmQueueCell, queue->cells, queue->capacity);
}

void fm_queue_grow_heap(FmQueue *queue)
{
    queue->heap_capacity = MAX(FIRST_HEAP, 2 * queue->heap_capacity);
    queue->heap = g_renew(FmQueueItem, queue->heap, queue->heap_capacity);
}

/* Spreads the far list over the buckets: none of it stays far. */
static void spread(FmQueue *queue)
{
    guint32 list = queue->far;
    queue->base = queue->far_min;
    queue->shift = queue->finest_shift;
    while ((queue->far_max - queue->far_min) >> queue->shift >= FM_QUEUE_BUCKETS)
        queue->shift++;
    queue->bucket = 0;
    queue->far = FM_NODE_NONE;
    queue->far_min = G_MAXUINT64;
    queue->far_max = 0;
    while (list != FM_NODE_NONE) {
        guint32 cell = list;
        list = queue->cells[cell].next;
        guint64 bucket = (queue->cells[cell].item.cost - queue->base) >> queue->shift;
        queue->cells[cell].next = queue->buckets[bucket];
        queue->buckets[bucket] = cell;
        queue->filled[bucket / 64] |= G_GUINT64_CONSTANT(1) << (bucket % 64);
    }
}

static gboolean next_bucket(FmQueue *queue)
{
    for (guint32 word = queue->bucket / 64; word < FM_QUEUE_BUCKETS / 64; word++) {
        if (queue->filled[word]) {
            queue->bucket = word * 64 + (guint32)__builtin_ctzll(queue->filled[word]);
            return TRUE;
        }
    }
    return FALSE;
}

gboolean fm_queue_refill(FmQueue *queue)
{
    if (!next_bucket(queue)) {
        if (queue->far == FM_NODE_NONE)
            return FALSE;
        spread(queue);
        next_bucket(queue);
    }
    guint32 cell = queue->buckets[queue->bucket];
    queue->buckets[queue->bucket] = FM_NODE_NONE;
    queue->filled[queue->bucket / 64] &= ~(G_GUINT64_CONSTANT(1) << (queue->bucket % 64));
    while (cell != FM_NODE_NONE) {
        guint32 next = queue->cells[cell].next;
        fm_queue_heap_push(queue, queue->cells[cell].item);
        queue->cells[cell].next = queue->free_cell;
        queue->free_cell = cell;
        cell = next;
    }
    return TRUE;
}
