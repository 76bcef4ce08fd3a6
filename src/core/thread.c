/* Starting a thread. */
#include "thread.h"

#include <signal.h>

gboolean fm_thread_start(pthread_t *thread, void *(*run)(void *), void *user)
{
    sigset_t all, before;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    gboolean started = pthread_create(thread, NULL, run, user) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}
