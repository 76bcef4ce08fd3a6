/* Sheets: sizes in, pixels out, and what is refused. */
#include "fm-unit.h"
#include "sheet.h"

static FmPage page_defaults(void)
{
    static char a3[] = "A3";
    return (FmPage){.size = a3, .margin_mm = 12, .panel_ratio = 0.28};
}

static void sizes(void)
{
    static const struct {
        const char *size;
        double dpi;
        int width, height;
    } cases[] = {
        {NULL, 0, 4961, 3508},          {"A3", 96, 1587, 1123},
        {"a4", 300, 3508, 2480},        {"A4-portrait", 300, 2480, 3508},
        {"A0", 72, 3370, 2384},         {"1920x1080", 0, 1920, 1080},
        {"1920x1080", 192, 3840, 2160}, {"600x400mm", 127, 3000, 2000},
        {"210x99.5MM", 254, 2100, 995}, {"16:9", 0, 1280, 720},
        {"4:3", 192, 1920, 1440},
    };
    FmPage page = page_defaults();
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        FmSheet sheet;
        g_assert_true(fm__sheet_init(&sheet, &page, cases[i].size, cases[i].dpi, &error));
        g_assert_no_error(error);
        g_assert_cmpint(sheet.width_dev, ==, cases[i].width);
        g_assert_cmpint(sheet.height_dev, ==, cases[i].height);
        g_assert_cmpfloat_with_epsilon(sheet.width_px * sheet.device_scale, sheet.width_dev, 1e-6);
    }
}

static void boxes_stay_inside(void)
{
    static const char *const names[] = {"A0", "A3", "A4-portrait", "A5", "800x600", "1080x1920"};
    FmPage page = page_defaults();
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        FmSheet sheet;
        g_assert_true(fm__sheet_init(&sheet, &page, names[i], 0, NULL));
        FmPageRect all = {0, 0, sheet.width_px, sheet.height_px};
        g_assert_true(fm__rect_contains(&all, &sheet.frame));
        g_assert_true(fm__rect_contains(&all, &sheet.panel));
        g_assert_false(fm__rect_overlap(&sheet.frame, &sheet.panel));
        g_assert_cmpfloat(sheet.frame.width_px * sheet.frame.height_px, >,
                          sheet.panel.width_px * sheet.panel.height_px);
    }
}

static void without_panel(void)
{
    FmPage page = page_defaults();
    page.panel_ratio = 0;
    FmSheet sheet;
    g_assert_true(fm__sheet_init(&sheet, &page, NULL, 0, NULL));
    g_assert_cmpfloat(sheet.panel.width_px, ==, 0);
    g_assert_cmpfloat_with_epsilon(sheet.frame.width_px,
                                   sheet.width_px - 2 * page.margin_mm * FM_PX_PER_MM, 1e-9);
}

static void refused(void)
{
    static const struct {
        const char *size;
        double dpi;
        FmError code;
    } cases[] = {
        {"B4", 0, FM_ERROR_USAGE},
        {"A9", 0, FM_ERROR_USAGE},
        {"A3-upright", 0, FM_ERROR_USAGE},
        {"", 0, FM_ERROR_USAGE},
        {"1920x", 0, FM_ERROR_USAGE},
        {"0x10", 0, FM_ERROR_USAGE},
        {"12x12", 0, FM_ERROR_USAGE},
        {"A3", 5, FM_ERROR_USAGE},
        {"A3", -300, FM_ERROR_USAGE},
        {"A0", 1200, FM_ERROR_LIMIT},
        {"30000x30000", 192, FM_ERROR_LIMIT},
    };
    FmPage page = page_defaults();
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        FmSheet sheet;
        g_assert_false(fm__sheet_init(&sheet, &page, cases[i].size, cases[i].dpi, &error));
        g_assert_error(error, FM_ERROR, (gint)cases[i].code);
    }
}

void test_sheet(void)
{
    g_test_add_func("/render/sheet/sizes", sizes);
    g_test_add_func("/render/sheet/boxes-stay-inside", boxes_stay_inside);
    g_test_add_func("/render/sheet/without-panel", without_panel);
    g_test_add_func("/render/sheet/refused", refused);
}
