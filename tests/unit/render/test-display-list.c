/* The display list's line format. */
#include "display-list.h"
#include "fm-unit.h"

static void lines(void)
{
    g_autoptr(GString) list = g_string_new(NULL);
    fm__display_list_add(list, "label", (FmPageRect){1.005, -0.001, 64.016, 19.5}, "%s %d", "a b",
                         3);
    fm__display_list_add(list, "text", (FmPageRect){0, 0, 0, 0}, "two\nlines");
    g_assert_cmpstr(list->str, ==,
                    "label 1.00 0.00 64.02 19.50 a b 3\ntext 0.00 0.00 0.00 0.00 two lines\n");
    fm__display_list_add(NULL, "label", (FmPageRect){0, 0, 0, 0}, "nobody listens");
}

void test_display_list(void)
{
    g_test_add_func("/render/display-list/lines", lines);
}
