#include "fm-config.h"
#include "fm-unit.h"

#include <facmap/core.h>

static void test_form(void)
{
    g_assert_cmpstr(fm_version(), ==, FM_VERSION);
    g_assert_true(g_regex_match_simple("^[0-9]+\\.[0-9]+\\.[0-9]+$", fm_version(), 0, 0));
}

void test_version(void)
{
    g_test_add_func("/core/version/form", test_form);
}
