/* Tasks: one piece of work beside the caller's. */
#include "thread.h"

#include <facmap/core.h>

struct FmTask {
    FmTaskFunc func;
    gpointer user;
    gboolean started;
    pthread_t thread;
};

static void *task_main(void *user)
{
    const FmTask *task = user;

    task->func(task->user);
    return NULL;
}

FmTask *fm_task_start(FmTaskFunc func, gpointer user, guint n_threads)
{
    g_return_val_if_fail(func != NULL, NULL);

    FmTask *task = g_new0(FmTask, 1);
    task->func = func;
    task->user = user;
    task->started = n_threads != 1 && fm_thread_start(&task->thread, task_main, task);
    if (!task->started) {
        func(user);
    }
    return task;
}

void fm_task_join(FmTask *task)
{
    if (task == NULL) {
        return;
    }
    if (task->started) {
        pthread_join(task->thread, NULL);
    }
    g_free(task);
}
