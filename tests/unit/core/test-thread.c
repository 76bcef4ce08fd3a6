#include "fm-unit.h"
#include "thread.h"

#include <signal.h>

typedef struct {
    pthread_t self;
    sigset_t blocked;
} Seen;

static void *look_around(void *user)
{
    Seen *seen = user;

    seen->self = pthread_self();
    pthread_sigmask(SIG_SETMASK, NULL, &seen->blocked);
    return seen;
}

/* A thread of its own, which leaves signals to those who have them: the caller keeps its own. */
static void test_signals_stay_with_caller(void)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE};
    Seen there = {0}, here = {0};
    pthread_t thread;
    void *answer = NULL;

    g_assert_true(fm_thread_start(&thread, look_around, &there));
    g_assert_cmpint(pthread_join(thread, &answer), ==, 0);
    g_assert_true(answer == &there);
    look_around(&here);
    g_assert_false(pthread_equal(there.self, here.self));
    for (gsize i = 0; i < G_N_ELEMENTS(signals); i++) {
        g_assert_cmpint(sigismember(&there.blocked, signals[i]), ==, 1);
        g_assert_cmpint(sigismember(&here.blocked, signals[i]), ==, 0);
    }
}

void test_thread(void)
{
    g_test_add_func("/core/thread/signals-stay-with-caller", test_signals_stay_with_caller);
}
