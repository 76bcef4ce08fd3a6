#include "fm-unit.h"

#include <facmap/core.h>
#include <stdatomic.h>

typedef struct {
    guint n, fail_produce_at, fail_consume_at; /* items; G_MAXUINT = never */
    guint n_consumed, n_in_order;
    atomic_uint n_alive;
} Line;

static void item_free(gpointer item)
{
    Line *line = *(Line **)item;

    atomic_fetch_sub(&line->n_alive, 1);
    g_free(item);
}

typedef struct {
    Line *line;
    guint number;
} Item;

static gboolean produce(FmPipe *pipe, void *user, GError **error)
{
    Line *line = user;

    for (guint i = 0; i < line->n; i++) {
        if (i == line->fail_produce_at) {
            g_set_error(error, FM_ERROR, FM_ERROR_IO, "no item %u", i);
            return FALSE;
        }
        Item *item = g_new(Item, 1);
        *item = (Item){line, i};
        atomic_fetch_add(&line->n_alive, 1);
        if (!fm_pipe_push(pipe, item)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean consume(gpointer data, void *user, GError **error)
{
    Line *line = user;
    guint number = ((Item *)data)->number;

    item_free(data);
    if (number == line->fail_consume_at) {
        g_set_error(error, FM_ERROR, FM_ERROR_DATA, "bad item %u", number);
        return FALSE;
    }
    line->n_in_order += number == line->n_consumed ? 1 : 0;
    line->n_consumed++;
    return TRUE;
}

static gboolean run_line(Line *line, gsize capacity, guint n_threads, GError **error)
{
    line->n_consumed = line->n_in_order = 0;
    atomic_init(&line->n_alive, 0);
    gboolean done = fm_pipe_run(capacity, n_threads, produce, consume, item_free, line, error);
    g_assert_cmpuint(atomic_load(&line->n_alive), ==, 0);
    g_assert_cmpuint(line->n_in_order, ==, line->n_consumed);
    return done;
}

static void test_pipe_order(void)
{
    static const guint sizes[] = {0, 1, 3, 4, 5, 1000};

    for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
        for (guint n_threads = 0; n_threads < 3; n_threads++) {
            for (gsize capacity = 1; capacity <= 4; capacity += 3) {
                Line line = {sizes[i], G_MAXUINT, G_MAXUINT, 0, 0, 0};
                g_autoptr(GError) error = NULL;
                g_assert_true(run_line(&line, capacity, n_threads, &error));
                g_assert_no_error(error);
                g_assert_cmpuint(line.n_consumed, ==, sizes[i]);
            }
        }
    }
}

/* Where it ends does not depend on the threads: what came before an error is consumed. */
static void test_pipe_errors(void)
{
    for (guint n_threads = 1; n_threads < 3; n_threads++) {
        g_autoptr(GError) first = NULL, second = NULL, both = NULL;
        Line line = {1000, 300, G_MAXUINT, 0, 0, 0};

        g_assert_false(run_line(&line, 4, n_threads, &first));
        g_assert_error(first, FM_ERROR, FM_ERROR_IO);
        g_assert_cmpuint(line.n_consumed, ==, 300);
        line.fail_consume_at = 200;
        g_assert_false(run_line(&line, 4, n_threads, &both));
        g_assert_error(both, FM_ERROR, FM_ERROR_DATA);
        g_assert_cmpuint(line.n_consumed, ==, 200);
        line.fail_produce_at = G_MAXUINT;
        g_assert_false(run_line(&line, 1, n_threads, &second));
        g_assert_error(second, FM_ERROR, FM_ERROR_DATA);
        g_assert_cmpuint(line.n_consumed, ==, 200);
    }
}

void test_pipe(void)
{
    g_test_add_func("/core/pipe/order", test_pipe_order);
    g_test_add_func("/core/pipe/errors", test_pipe_errors);
}
