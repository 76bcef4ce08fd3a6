/* Characters that no font has are found, once each. */
#include "fm-unit.h"
#include "label-fixture.h"

static void test_missing(void)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    const FmTextStyle style = fixture_style();
    double width_px = 0, height_px = 0;
    fm__text_measure(context, "北京 Beijing · Québec – “Peking”", &style, &width_px, &height_px);
    g_assert_cmpuint(fm__text_context_missing(context)->len, ==, 0);
    /* Private use: no font of ours has it. */
    const char *const names[] = {"A\uE123B\n区", "\uE123", "\U000F1234 again \U000F1234"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        fm__text_measure(context, names[i], &style, &width_px, &height_px);
    const GPtrArray *missing = fm__text_context_missing(context);
    g_assert_cmpuint(missing->len, ==, 2);
    g_assert_cmpstr(missing->pdata[0], ==, "U+E123 in 'A\uE123B 区'");
    g_assert_cmpstr(missing->pdata[1], ==, "U+F1234 in '\U000F1234 again \U000F1234'");
}

/* What has no shape by nature is not missing. */
static void test_invisible(void)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    const FmTextStyle style = fixture_style();
    double width_px = 0, height_px = 0;
    fm__text_measure(context, "Bei\u200Bjing\u00A0City\u3000区\tEast", &style, &width_px,
                     &height_px);
    g_assert_cmpuint(fm__text_context_missing(context)->len, ==, 0);
    g_assert_cmpfloat(width_px, >, 60);
}

void test_text_context(void)
{
    g_test_add_func("/render/text-context/missing", test_missing);
    g_test_add_func("/render/text-context/invisible", test_invisible);
}
