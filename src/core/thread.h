/* The one place where threads begin.  They are pthreads, and so are the locks of this folder:
 * ThreadSanitizer cannot see GLib's. */
#ifndef FM_THREAD_H
#define FM_THREAD_H

#include <glib.h>
#include <pthread.h>

/* Begin `run(user)` on a thread that handles no signals, so that Ctrl-C always interrupts the
 * caller's.  The caller joins it.
 * @return FALSE when the system refuses a further thread: nothing was begun */
gboolean fm_thread_start(pthread_t *thread, void *(*run)(void *), void *user);

#endif
