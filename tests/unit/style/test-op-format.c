#include "fm-unit.h"
#include "support.h"

#include <string.h>

/* Where only the words of a text are used, an image would be lost. */
static void test_image_outside_text(void)
{
    static const char *const images[] = {
        "['format', ['image', 'bus']]",
        "['case', ['has', 'x'], ['format', ['image', ['get', 'i']]], ['format', 'b']]",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(images); i++) {
        g_autofree char *filter = g_strdup_printf(
            "'type': 'symbol', 'filter': ['==', ['to-string', %s], 'a']", images[i]);
        g_autofree char *message = style_error(filter, FM_ERROR_UNSUPPORTED);
        g_assert_nonnull(strstr(message, "filter: an image in \"format\" can only be drawn in"));
        g_autofree char *text =
            g_strdup_printf("'type': 'symbol', 'layout': {'text-field': %s}", images[i]);
        g_autoptr(FmStyle) style = style_of(text);
        g_assert_cmpuint(fm_style_n_layers(style), ==, 1);
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
    g_test_add_func("/style/op-format/image-outside-text", test_image_outside_text);
    g_test_add_func("/style/op-format/unknown-look", test_unknown_look);
}
