#include "fm-unit.h"

#include <facmap/core.h>

static void test_domain(void)
{
    g_assert_cmpstr(g_quark_to_string(FM_ERROR), ==, "fm-error-quark");
    g_assert_cmpuint(FM_ERROR, ==, fm_error_quark());
}

static gboolean raise_error(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)end;
    (void)worker;
    (void)user;
    g_set_error(error, FM_ERROR, FM_ERROR_DATA, "chunk %" G_GSIZE_FORMAT, begin);
    return FALSE;
}

/* Workers may raise their errors at the same moment. */
static void test_domain_threads(void)
{
    for (int i = 0; i < 100; i++) {
        g_autoptr(GError) error = NULL;
        g_assert_false(fm_parallel_for(4, 1, 4, raise_error, NULL, NULL, "failing", &error));
        g_assert_error(error, FM_ERROR, FM_ERROR_DATA);
    }
}

void test_error(void)
{
    g_test_add_func("/core/error/domain", test_domain);
    g_test_add_func("/core/error/domain-threads", test_domain_threads);
}
