#include "fm-unit.h"

#include <facmap/core.h>
#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#define N 10007u /* a prime: the last chunk is never full */

static const guint thread_counts[] = {1, 2, 4, 7};

typedef struct {
    double *out;
    atomic_uint visits[N];
} Work;

static gboolean work(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    Work *w = user;

    (void)worker;
    (void)error;
    for (gsize i = begin; i < end; i++) {
        w->out[i] = sin((double)i) / (1 + (double)begin);
        atomic_fetch_add(&w->visits[i], 1);
    }
    return TRUE;
}

static void test_same_bytes(void)
{
    static const gsize grains[] = {1, 64, N - 1, N, N + 1};

    for (gsize g = 0; g < G_N_ELEMENTS(grains); g++) {
        g_autofree double *reference = NULL;
        for (gsize t = 0; t < G_N_ELEMENTS(thread_counts); t++) {
            g_autofree double *out = g_new0(double, N);
            g_autofree Work *w = g_new0(Work, 1);
            w->out = out;
            g_assert_true(
                fm_parallel_for(N, grains[g], thread_counts[t], work, w, NULL, "working", NULL));
            for (gsize i = 0; i < N; i++) {
                g_assert_cmpuint(atomic_load(&w->visits[i]), ==, 1);
            }
            if (reference == NULL) {
                reference = g_steal_pointer(&out);
            } else {
                g_assert_true(memcmp(out, reference, N * sizeof *out) == 0);
            }
        }
    }
}

static gboolean refuse(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)begin;
    (void)end;
    (void)worker;
    (void)user;
    (void)error;
    g_assert_not_reached();
    return TRUE;
}

static void test_nothing(void)
{
    g_assert_true(fm_parallel_for(0, 1, 4, refuse, NULL, NULL, "nothing", NULL));
}

static gboolean note_worker(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    atomic_uint *used = user;

    (void)begin;
    (void)end;
    (void)error;
    g_assert_cmpuint(worker, <, 3);
    atomic_fetch_add(&used[worker], 1);
    return TRUE;
}

static void test_worker_index(void)
{
    atomic_uint used[3] = {0, 0, 0};

    g_assert_true(fm_parallel_for(1000, 1, 3, note_worker, used, NULL, "noting", NULL));
    g_assert_cmpuint(used[0] + used[1] + used[2], ==, 1000);
    g_assert_cmpuint(fm_parallel_default_threads(), >=, 1);
}

/* Chunk 3 fails late, chunk 5 at once, chunk 40 would fail if it were ever reached. */
static gboolean fail_some(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)end;
    (void)worker;
    (void)user;
    if (begin != 3 && begin != 5 && begin != 40) {
        return TRUE;
    }
    if (begin == 3) {
        g_usleep(2000);
    }
    g_set_error(error, FM_ERROR, FM_ERROR_DATA, "item %" G_GSIZE_FORMAT, begin);
    return FALSE;
}

static void test_first_error_wins(void)
{
    for (int round = 0; round < 50; round++) {
        for (gsize t = 0; t < G_N_ELEMENTS(thread_counts); t++) {
            g_autoptr(GError) error = NULL;
            g_assert_false(
                fm_parallel_for(64, 1, thread_counts[t], fail_some, NULL, NULL, "some", &error));
            g_assert_error(error, FM_ERROR, FM_ERROR_DATA);
            g_assert_cmpstr(error->message, ==, "item 3");
        }
    }
}

typedef struct {
    pthread_t caller;
    double last;
    double stop_at;
    int calls;
} Watch;

static gboolean watch(double fraction, const char *stage, void *user)
{
    Watch *w = user;

    g_assert_true(pthread_equal(pthread_self(), w->caller));
    g_assert_cmpstr(stage, ==, "resting");
    g_assert_cmpfloat(fraction, >=, w->last);
    w->last = fraction;
    w->calls++;
    return fraction < w->stop_at;
}

static gboolean rest(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)begin;
    (void)end;
    (void)worker;
    (void)error;
    atomic_fetch_add((atomic_uint *)user, 1);
    g_usleep(200);
    return TRUE;
}

static void test_progress_on_caller(void)
{
    for (gsize t = 0; t < G_N_ELEMENTS(thread_counts); t++) {
        Watch w = {.caller = pthread_self(), .stop_at = 2};
        FmProgress progress = fm_progress_init(watch, &w);
        atomic_uint chunks = 0;
        g_assert_true(
            fm_parallel_for(50, 1, thread_counts[t], rest, &chunks, &progress, "resting", NULL));
        g_assert_cmpfloat(w.last, ==, 1);
        /* Begin and end at least; alone the caller reports after each of its chunks, beside
         * others it may come too late for any. */
        g_assert_cmpint(w.calls, >=, thread_counts[t] == 1 ? 50 : 2);
        g_assert_cmpuint(atomic_load(&chunks), ==, 50);
    }
}

static void test_cancel(void)
{
    for (gsize t = 0; t < G_N_ELEMENTS(thread_counts); t++) {
        Watch w = {.caller = pthread_self(), .stop_at = 0.1};
        FmProgress progress = fm_progress_init(watch, &w);
        atomic_uint chunks = 0;
        g_autoptr(GError) error = NULL;
        g_assert_false(fm_parallel_for(2000, 1, thread_counts[t], rest, &chunks, &progress,
                                       "resting", &error));
        g_assert_error(error, FM_ERROR, FM_ERROR_CANCELLED);
        g_assert_cmpuint(atomic_load(&chunks), <, 2000);
    }
}

static void test_cancel_before_start(void)
{
    Watch w = {.caller = pthread_self(), .stop_at = 0};
    FmProgress progress = fm_progress_init(watch, &w);
    g_autoptr(GError) error = NULL;

    g_assert_false(fm_parallel_for(10, 1, 2, refuse, NULL, &progress, "resting", &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_CANCELLED);
}

static gboolean check_signals(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    sigset_t blocked;

    (void)begin;
    (void)end;
    (void)user;
    (void)error;
    pthread_sigmask(SIG_SETMASK, NULL, &blocked);
    g_assert_cmpint(sigismember(&blocked, SIGINT), ==, worker > 0 ? 1 : 0);
    g_usleep(100);
    return TRUE;
}

static void test_signals_stay_with_caller(void)
{
    g_assert_true(fm_parallel_for(100, 1, 4, check_signals, NULL, NULL, "waiting", NULL));
}

static gboolean inner(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)worker;
    (void)error;
    atomic_fetch_add((atomic_uint *)user, (unsigned)(end - begin));
    return TRUE;
}

static gboolean outer(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)begin;
    (void)end;
    (void)worker;
    return fm_parallel_for(100, 7, 2, inner, user, NULL, "inner", error);
}

static void test_nested(void)
{
    atomic_uint sum = 0;

    g_assert_true(fm_parallel_for(8, 1, 2, outer, &sum, NULL, "outer", NULL));
    g_assert_cmpuint(atomic_load(&sum), ==, 800);
}

/* ---- pipes ------------------------------------------------------------------------------ */

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

static void add_one(gpointer user)
{
    int *count = user;

    (*count)++;
}

/* What a task wrote is there after it was joined, on another thread and on the caller's. */
static void test_task(void)
{
    for (guint n_threads = 0; n_threads < 3; n_threads++) {
        int count = 1;
        FmTask *task = fm_task_start(add_one, &count, n_threads);
        if (n_threads == 1) {
            g_assert_cmpint(count, ==, 2);
        }
        fm_task_join(task);
        g_assert_cmpint(count, ==, 2);
    }
    fm_task_join(NULL);
}

void test_parallel(void)
{
    g_test_add_func("/core/parallel/same-bytes", test_same_bytes);
    g_test_add_func("/core/parallel/nothing", test_nothing);
    g_test_add_func("/core/parallel/worker-index", test_worker_index);
    g_test_add_func("/core/parallel/first-error-wins", test_first_error_wins);
    g_test_add_func("/core/parallel/progress-on-caller", test_progress_on_caller);
    g_test_add_func("/core/parallel/cancel", test_cancel);
    g_test_add_func("/core/parallel/cancel-before-start", test_cancel_before_start);
    g_test_add_func("/core/parallel/signals-stay-with-caller", test_signals_stay_with_caller);
    g_test_add_func("/core/parallel/nested", test_nested);
    g_test_add_func("/core/parallel/pipe-order", test_pipe_order);
    g_test_add_func("/core/parallel/pipe-errors", test_pipe_errors);
    g_test_add_func("/core/parallel/task", test_task);
}
