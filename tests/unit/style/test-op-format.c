#include "fm-unit.h"
#include "support.h"

#include <string.h>

/* What an evaluation may give and a page cannot show is refused in documents. */
static void test_not_drawn(void)
{
    static const struct {
        const char *format, *what;
    } cases[] = {
        {"['format', ['image', 'bus']]", "\"image\" in \"format\""},
        {"['format', 'a', {'vertical-align': 'top'}]", "\"vertical-align\" in \"format\""},
        {"['case', ['has', 'x'], ['format', ['image', ['get', 'i']]], 'b']",
         "\"image\" in \"format\""},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *members =
            g_strdup_printf("'type': 'symbol', 'layout': {'text-field': %s}", cases[i].format);
        g_autofree char *message = style_error(members, FM_ERROR_UNSUPPORTED);
        g_assert_nonnull(strstr(message, cases[i].what));
    }
}

static void test_unknown_look(void)
{
    g_autofree char *message =
        style_error("'type': 'symbol', 'layout': {'text-field': ['format', 'a', {'font-size': 2}]}",
                    FM_ERROR_PARSE);
    g_assert_nonnull(strstr(message, "A section takes \"font-scale\""));
}

void test_op_format(void)
{
    fixtures_add("op-format");
    g_test_add_func("/style/op-format/not-drawn", test_not_drawn);
    g_test_add_func("/style/op-format/unknown-look", test_unknown_look);
}
