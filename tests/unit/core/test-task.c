#include "fm-unit.h"

#include <facmap/core.h>

static void add_one(gpointer user)
{
    int *count = user;

    (*count)++;
}

/* What a task wrote is there after it was joined, on another thread and on the caller's. */
static void test_joined(void)
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

void test_task(void)
{
    g_test_add_func("/core/task/joined", test_joined);
}
