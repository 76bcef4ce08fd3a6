#include "fm-unit.h"

#include <facmap/core.h>

typedef struct {
    double last;
    int calls;
    char stage[32];
    double stop_at;
} Sink;

static gboolean receive(double fraction, const char *stage, void *user)
{
    Sink *sink = user;

    sink->last = fraction;
    sink->calls++;
    g_strlcpy(sink->stage, stage, sizeof sink->stage);
    return fraction < sink->stop_at;
}

static void test_slices(void)
{
    Sink sink = {.stop_at = 2};
    FmProgress whole = fm_progress_init(receive, &sink);
    FmProgress second = fm_progress_slice(&whole, 0.5, 1);
    FmProgress inner = fm_progress_slice(&second, 0.5, 0.75);

    g_assert_true(fm_progress_report(&whole, 0.25, "reading", NULL));
    g_assert_cmpfloat(sink.last, ==, 0.25);
    g_assert_cmpstr(sink.stage, ==, "reading");
    g_assert_true(fm_progress_report(&second, 0, "writing", NULL));
    g_assert_cmpfloat(sink.last, ==, 0.5);
    g_assert_true(fm_progress_report(&inner, 1, "writing", NULL));
    g_assert_cmpfloat(sink.last, ==, 0.875);
    g_assert_cmpint(sink.calls, ==, 3);
}

static void test_clamped(void)
{
    Sink sink = {.stop_at = 2};
    FmProgress whole = fm_progress_init(receive, &sink);
    FmProgress slice = fm_progress_slice(&whole, 0.2, 0.4);

    g_assert_true(fm_progress_report(&slice, 1.5, "over", NULL));
    g_assert_cmpfloat(sink.last, ==, 0.4);
    g_assert_true(fm_progress_report(&slice, -1, "under", NULL));
    g_assert_cmpfloat(sink.last, ==, 0.2);
}

static void test_cancelled(void)
{
    Sink sink = {.stop_at = 0.5};
    FmProgress whole = fm_progress_init(receive, &sink);
    g_autoptr(GError) error = NULL;

    g_assert_true(fm_progress_report(&whole, 0.4, "measuring", &error));
    g_assert_no_error(error);
    g_assert_false(fm_progress_report(&whole, 0.6, "measuring", &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_CANCELLED);
    g_assert_cmpstr(error->message, ==, "cancelled while measuring");
}

static void test_silent(void)
{
    FmProgress none = fm_progress_slice(NULL, 0.1, 0.2);

    g_assert_true(fm_progress_report(NULL, 0.5, "anything", NULL));
    g_assert_null(none.func);
    g_assert_true(fm_progress_report(&none, 0.5, "anything", NULL));
}

void test_progress(void)
{
    g_test_add_func("/core/progress/slices", test_slices);
    g_test_add_func("/core/progress/clamped", test_clamped);
    g_test_add_func("/core/progress/cancelled", test_cancelled);
    g_test_add_func("/core/progress/silent", test_silent);
}
