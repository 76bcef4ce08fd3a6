/* The queue against sorting: whatever the spread of costs, items come out in order. */
#include "fm-unit.h"
#include "queue.h"

static void assert_before(const FmQueueItem *a, const FmQueueItem *b)
{
    g_assert_true(a->cost < b->cost || (a->cost == b->cost && a->end <= b->end));
}

/* Pushes what lies ahead of what came out last, as a search does. */
static void run_monotone(FmQueue *queue, guint32 seed, guint bits)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
    guint32 n_pushed = 0, n_popped = 0;
    guint64 sum_pushed = 0, sum_popped = 0;
    FmQueueItem last = {0, 0, 0}, item;

    fm_queue_reset(queue);
    do {
        for (int i = g_rand_int_range(rand, 0, 4); i > 0 && n_pushed < 20000; i--) {
            guint64 ahead = ((guint64)g_rand_int(rand) << 21) >>
                            (53 - (guint)g_rand_int_range(rand, 0, (int)bits + 1));
            item = (FmQueueItem){last.cost + ahead, n_pushed++, g_rand_int(rand) % 3};
            if (ahead == 0)
                item.end = MAX(item.end, last.end);
            sum_pushed += item.cost * 3 + item.place;
            fm_queue_push(queue, item);
        }
        if (!fm_queue_pop(queue, &item))
            continue;
        assert_before(&last, &item);
        sum_popped += item.cost * 3 + item.place;
        n_popped++;
        last = item;
    } while (n_popped < 20000);
    g_assert_false(fm_queue_pop(queue, &item));
    g_assert_cmpuint(n_popped, ==, n_pushed);
    g_assert_cmpuint(sum_popped, ==, sum_pushed);
}

static void test_monotone(void)
{
    const FmSteps typical[] = {1, 1000, FM_STEPS_MAX / 2};
    const guint bits[] = {0, 1, 8, 30, 53};
    for (guint t = 0; t < G_N_ELEMENTS(typical); t++) {
        g_auto(FmQueue) queue;
        fm_queue_init(&queue, typical[t]);
        for (guint b = 0; b < G_N_ELEMENTS(bits); b++)
            run_monotone(&queue, b, bits[b]);
    }
}

/* What is left over from one search is not seen by the next. */
static void test_reset(void)
{
    g_auto(FmQueue) queue;
    fm_queue_init(&queue, 1000);
    for (guint32 i = 0; i < 5000; i++)
        fm_queue_push(&queue, (FmQueueItem){i * 999, i, 0});
    FmQueueItem item;
    g_assert_true(fm_queue_pop(&queue, &item));
    fm_queue_reset(&queue);
    g_assert_false(fm_queue_pop(&queue, &item));
    fm_queue_push(&queue, (FmQueueItem){7, 3, 0});
    g_assert_true(fm_queue_pop(&queue, &item));
    g_assert_cmpuint(item.place, ==, 3);
    g_assert_false(fm_queue_pop(&queue, &item));
}

void test_queue(void)
{
    g_test_add_func("/network/queue/monotone", test_monotone);
    g_test_add_func("/network/queue/reset", test_reset);
}
