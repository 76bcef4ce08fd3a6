#include "fm-unit.h"

#include <facmap/core.h>
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

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

void test_parallel(void)
{
    g_test_add_func("/core/parallel/same-bytes", test_same_bytes);
    g_test_add_func("/core/parallel/nothing", test_nothing);
    g_test_add_func("/core/parallel/worker-index", test_worker_index);
    g_test_add_func("/core/parallel/first-error-wins", test_first_error_wins);
    g_test_add_func("/core/parallel/progress-on-caller", test_progress_on_caller);
    g_test_add_func("/core/parallel/cancel", test_cancel);
    g_test_add_func("/core/parallel/cancel-before-start", test_cancel_before_start);
    g_test_add_func("/core/parallel/nested", test_nested);
}
