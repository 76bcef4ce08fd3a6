/* Pipes: two stages at once, a ring of items between them.  The second stage runs on the caller's
 * thread, so what touches a database or reports progress belongs there. */
#include "thread.h"

#include <facmap/core.h>

struct FmPipe {
    FmProduceFunc produce;
    FmConsumeFunc consume;
    GDestroyNotify free_item;
    void *user;
    gboolean direct; /* no second thread: a pushed item is consumed at once */

    pthread_mutex_t lock; /* guards what follows */
    pthread_cond_t changed;
    gpointer *items; /* a ring */
    gsize capacity, first, n;
    gboolean produced; /* no item will follow */
    gboolean stopped;  /* none will be taken */
    GError *producer_error, *consumer_error;
};

static void pipe_free_item(const FmPipe *pipe, gpointer item)
{
    if (pipe->free_item != NULL) {
        pipe->free_item(item);
    }
}

static gboolean push_direct(FmPipe *pipe, gpointer item)
{
    if (pipe->stopped) {
        pipe_free_item(pipe, item);
        return FALSE;
    }
    pipe->stopped = !pipe->consume(item, pipe->user, &pipe->consumer_error);
    return !pipe->stopped;
}

gboolean fm_pipe_push(FmPipe *pipe, gpointer item)
{
    g_return_val_if_fail(item != NULL, FALSE);
    if (pipe->direct) {
        return push_direct(pipe, item);
    }
    pthread_mutex_lock(&pipe->lock);
    while (pipe->n == pipe->capacity && !pipe->stopped) {
        pthread_cond_wait(&pipe->changed, &pipe->lock);
    }
    gboolean taken = !pipe->stopped;
    if (taken) {
        pipe->items[(pipe->first + pipe->n++) % pipe->capacity] = item;
        pthread_cond_signal(&pipe->changed);
    }
    pthread_mutex_unlock(&pipe->lock);
    if (!taken) {
        pipe_free_item(pipe, item);
    }
    return taken;
}

static void *producer_main(void *user)
{
    FmPipe *pipe = user;
    GError *error = NULL;

    (void)pipe->produce(pipe, pipe->user, &error); /* an error says all */
    pthread_mutex_lock(&pipe->lock);
    pipe->producer_error = error;
    pipe->produced = TRUE;
    pthread_cond_signal(&pipe->changed);
    pthread_mutex_unlock(&pipe->lock);
    return NULL;
}

/* The next item; NULL when there will be none. */
static gpointer pipe_take(FmPipe *pipe)
{
    gpointer item = NULL;

    pthread_mutex_lock(&pipe->lock);
    while (pipe->n == 0 && !pipe->produced) {
        pthread_cond_wait(&pipe->changed, &pipe->lock);
    }
    if (pipe->n > 0) {
        item = pipe->items[pipe->first];
        pipe->first = (pipe->first + 1) % pipe->capacity;
        pipe->n--;
        pthread_cond_signal(&pipe->changed);
    }
    pthread_mutex_unlock(&pipe->lock);
    return item;
}

static void consume_all(FmPipe *pipe)
{
    gpointer item;

    while ((item = pipe_take(pipe)) != NULL) {
        if (!pipe->consume(item, pipe->user, &pipe->consumer_error)) {
            pthread_mutex_lock(&pipe->lock);
            pipe->stopped = TRUE;
            pthread_cond_signal(&pipe->changed);
            pthread_mutex_unlock(&pipe->lock);
            return;
        }
    }
}

/* Where the system refuses a thread, or none is wanted, the first stage drives the second. */
static void pipe_drive(FmPipe *pipe, guint n_threads)
{
    pthread_t producer;

    if (n_threads != 1 && fm_thread_start(&producer, producer_main, pipe)) {
        consume_all(pipe);
        pthread_join(producer, NULL);
        return;
    }
    pipe->direct = TRUE;
    producer_main(pipe);
}

gboolean fm_pipe_run(gsize capacity, guint n_threads, FmProduceFunc produce, FmConsumeFunc consume,
                     GDestroyNotify free_item, void *user, GError **error)
{
    g_return_val_if_fail(capacity >= 1, FALSE);
    g_return_val_if_fail(produce != NULL && consume != NULL, FALSE);

    g_autofree gpointer *items = g_new0(gpointer, capacity);
    FmPipe pipe = {.produce = produce,
                   .consume = consume,
                   .free_item = free_item,
                   .user = user,
                   .items = items,
                   .capacity = capacity};
    pthread_mutex_init(&pipe.lock, NULL);
    pthread_cond_init(&pipe.changed, NULL);
    pipe_drive(&pipe, n_threads);
    pthread_cond_destroy(&pipe.changed);
    pthread_mutex_destroy(&pipe.lock);
    for (; pipe.n > 0; pipe.n--, pipe.first = (pipe.first + 1) % capacity) {
        pipe_free_item(&pipe, items[pipe.first]);
    }

    gboolean done = pipe.producer_error == NULL && pipe.consumer_error == NULL;
    if (pipe.consumer_error != NULL) {
        g_clear_error(&pipe.producer_error);
        g_propagate_error(error, pipe.consumer_error);
    } else if (pipe.producer_error != NULL) {
        g_propagate_error(error, pipe.producer_error);
    }
    return done;
}
