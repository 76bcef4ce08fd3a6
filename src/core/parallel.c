/* Parallel loops.
 *
 * Free threads take the next chunk from one counter, in ascending order, and a chunk that was taken
 * is always run.  When chunk c fails, every chunk before c was taken earlier and will report its
 * own error: so the failing chunk that is first in item order decides, whatever the timing. */
#include "thread.h"

#include <facmap/core.h>

#include <stdatomic.h>

typedef struct {
    gsize n, grain, n_chunks;
    FmParallelFunc func;
    void *user;

    atomic_size_t next_chunk;
    atomic_bool stop; /* no further chunk is taken */

    pthread_mutex_t lock; /* guards what follows */
    pthread_cond_t changed;
    gsize items_done;
    guint workers_running;
    gsize failed_chunk; /* the first one in item order; meaningful when error is set */
    GError *error;
} Loop;

typedef struct {
    Loop *loop;
    guint index;
    pthread_t thread;
} Worker;

guint fm_parallel_default_threads(void)
{
    return MAX(1, g_get_num_processors());
}

static void chunk_done(Loop *loop, gsize chunk, gsize n_items, GError *error)
{
    pthread_mutex_lock(&loop->lock);
    loop->items_done += n_items;
    if (error != NULL && (loop->error == NULL || chunk < loop->failed_chunk)) {
        g_clear_error(&loop->error);
        loop->error = g_steal_pointer(&error);
        loop->failed_chunk = chunk;
    }
    pthread_cond_signal(&loop->changed);
    pthread_mutex_unlock(&loop->lock);
    g_clear_error(&error);
}

/* Takes one chunk and runs it.  Returns FALSE when there is none left to take. */
static gboolean run_next_chunk(Loop *loop, guint worker)
{
    /* `stop` is looked at before the counter and never after it: see the top of the file. */
    if (atomic_load(&loop->stop)) {
        return FALSE;
    }
    gsize chunk = atomic_fetch_add(&loop->next_chunk, 1);
    if (chunk >= loop->n_chunks) {
        return FALSE;
    }

    gsize begin = chunk * loop->grain;
    gsize n_items = MIN(loop->grain, loop->n - begin);
    GError *error = NULL;

    if (!loop->func(begin, begin + n_items, worker, loop->user, &error)) {
        atomic_store(&loop->stop, TRUE);
        if (error == NULL) {
            g_critical("a parallel chunk failed without setting an error");
        }
    }
    chunk_done(loop, chunk, n_items, error);
    return TRUE;
}

static void *worker_main(void *user)
{
    const Worker *worker = user;
    Loop *loop = worker->loop;

    while (run_next_chunk(loop, worker->index)) {
    }
    pthread_mutex_lock(&loop->lock);
    loop->workers_running--;
    pthread_cond_signal(&loop->changed);
    pthread_mutex_unlock(&loop->lock);
    return NULL;
}

/* Starts up to n workers, numbered from 1 (0 is the caller), and returns how many there are: when
 * the system refuses a thread, those that it gave do the work. */
static guint start_workers(Loop *loop, Worker *workers, guint n)
{
    guint started = 0;

    loop->workers_running = n;
    for (; started < n; started++) {
        workers[started] = (Worker){.loop = loop, .index = started + 1};
        if (!fm_thread_start(&workers[started].thread, worker_main, &workers[started])) {
            break;
        }
    }

    pthread_mutex_lock(&loop->lock);
    loop->workers_running -= n - started;
    pthread_mutex_unlock(&loop->lock);
    return started;
}

static gboolean report(Loop *loop, const FmProgress *progress, const char *stage, GError **error)
{
    pthread_mutex_lock(&loop->lock);
    double fraction = (double)loop->items_done / (double)loop->n;
    pthread_mutex_unlock(&loop->lock);

    if (fm_progress_report(progress, fraction, stage, error)) {
        return TRUE;
    }
    atomic_store(&loop->stop, TRUE);
    return FALSE;
}

/* Waits until another chunk is done; FALSE when no worker runs any more. */
static gboolean wait_for_change(Loop *loop, gsize *seen)
{
    pthread_mutex_lock(&loop->lock);
    while (loop->workers_running > 0 && loop->items_done == *seen) {
        pthread_cond_wait(&loop->changed, &loop->lock);
    }
    *seen = loop->items_done;
    gboolean running = loop->workers_running > 0;
    pthread_mutex_unlock(&loop->lock);
    return running;
}

/* The caller's part: works like the others, reports between its chunks, and at the end reports what
 * the others still finish. */
static void caller_main(Loop *loop, const FmProgress *progress, const char *stage,
                        GError **cancelled)
{
    gsize seen = 0;

    while (run_next_chunk(loop, 0)) {
        if (!report(loop, progress, stage, cancelled)) {
            break;
        }
    }
    while (wait_for_change(loop, &seen)) {
        if (*cancelled == NULL) {
            report(loop, progress, stage, cancelled);
        }
    }
}

static void loop_init(Loop *loop, gsize n, gsize grain, FmParallelFunc func, void *user)
{
    *loop = (Loop){.n = n,
                   .grain = grain,
                   .n_chunks = n / grain + (n % grain != 0),
                   .func = func,
                   .user = user};
    atomic_init(&loop->next_chunk, 0);
    atomic_init(&loop->stop, FALSE);
    pthread_mutex_init(&loop->lock, NULL);
    pthread_cond_init(&loop->changed, NULL);
}

gboolean fm_parallel_for(gsize n, gsize grain, guint n_threads, FmParallelFunc func, void *user,
                         const FmProgress *progress, const char *stage, GError **error)
{
    g_return_val_if_fail(grain >= 1, FALSE);
    g_return_val_if_fail(func != NULL, FALSE);

    if (!fm_progress_report(progress, 0, stage, error)) {
        return FALSE;
    }
    if (n == 0) {
        return fm_progress_report(progress, 1, stage, error);
    }

    Loop loop;
    loop_init(&loop, n, grain, func, user);
    gsize wanted = n_threads == 0 ? fm_parallel_default_threads() : n_threads;
    guint n_workers = (guint)(MIN(wanted, loop.n_chunks) - 1);
    g_autofree Worker *workers = g_new(Worker, n_workers + 1);
    GError *cancelled = NULL;

    guint started = start_workers(&loop, workers, n_workers);
    caller_main(&loop, progress, stage, &cancelled);
    for (guint i = 0; i < started; i++) {
        pthread_join(workers[i].thread, NULL);
    }
    pthread_cond_destroy(&loop.changed);
    pthread_mutex_destroy(&loop.lock);

    if (loop.error != NULL) {
        g_clear_error(&cancelled);
        g_propagate_error(error, loop.error);
        return FALSE;
    }
    if (cancelled != NULL) {
        g_propagate_error(error, cancelled);
        return FALSE;
    }
    return fm_progress_report(progress, 1, stage, error);
}
