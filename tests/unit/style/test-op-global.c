#include "fm-unit.h"
#include "support.h"

#include <string.h>

/* Each stands in one place of a document only. */
static void test_misplaced(void)
{
    static const struct {
        const char *members, *message;
        FmError code;
    } cases[] = {
        {"'line', 'paint': {'line-width': ['line-progress']}",
         "paint.line-width: \"line-progress\" can only be used in line-gradient", FM_ERROR_PARSE},
        {"'line', 'paint': {'line-width': ['*', 2, ['heatmap-density']]}",
         "\"heatmap-density\" can only be used in heatmap-color", FM_ERROR_PARSE},
        {"'fill', 'filter': ['>', ['line-progress'], 1]",
         "filter: \"line-progress\" can only be used in line-gradient", FM_ERROR_PARSE},
        {"'fill', 'paint': {'fill-opacity': ['elevation']}",
         "\"elevation\" can only be used in color-relief layers", FM_ERROR_UNSUPPORTED},
        {"'fill', 'filter': ['==', ['accumulated'], 1]",
         "\"accumulated\" can only be used in clusters", FM_ERROR_UNSUPPORTED},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *members = g_strdup_printf("'type': %s", cases[i].members);
        g_autofree char *message = style_error(members, cases[i].code);
        if (strstr(message, cases[i].message) == NULL) {
            g_assert_cmpstr(message, ==, cases[i].message);
        }
    }
}

void test_op_global(void)
{
    fixtures_add("op-global");
    g_test_add_func("/style/op-global/misplaced", test_misplaced);
}
