/* The look of icons: read from the style, drawn with a halo. */
#include "fixture-page.h"
#include "fm-unit.h"
#include "icon-look.h"

#define LAYER(layout, paint)                                                                       \
    "[{\"id\": \"x\", \"type\": \"symbol\", \"source\": \"workspace\", \"source-layer\": "         \
    "\"school\","                                                                                  \
    " \"layout\": {" layout "}, \"paint\": {" paint "}}]"

static void read(FixturePage *page, FmIconLook *look)
{
    const FmMapLayer *schools = fm__map_layers_find(page->layers, "school");
    const FmStyleContext context = {schools->table, 0, page->frame->zoom, "both"};
    g_autoptr(GError) error = NULL;
    fm__icon_look_init(look, page->icons, fm_style_layer(page->style, 0), &context, &error);
    g_assert_no_error(error);
}

static void none(void)
{
    g_autoptr(FixturePage) page = fixture_page_new("{}", LAYER("\"text-field\": \"a\"", ""));
    g_auto(FmIconLook) look = {0};
    read(page, &look);
    g_assert_null(look.name);
}

/* Beyond the icon's shape there is the halo's colour, beyond the halo nothing. */
static void halo(void)
{
    g_autoptr(FixturePage) page =
        fixture_page_new("{}", LAYER("\"icon-image\": \"school-open\", \"icon-size\": 2",
                                     "\"icon-halo-color\": \"#ff0000\", \"icon-halo-width\": 6"));
    g_auto(FmIconLook) look = {0};
    read(page, &look);
    g_assert_cmpfloat(look.halo_width_px, ==, 6);
    const FmPageRect box = {100, 100, look.width_px, look.height_px};
    const double middle_px = 100 + look.height_px / 2;
    g_assert_true(fm__icon_look_draw(&look, page->icons, page->cr, box, NULL));
    guint32 pixel = fixture_page_pixel(page, 97, middle_px);
    g_assert_cmpuint(pixel >> 16, ==, 0xFF);
    g_assert_cmpuint(pixel & 0xFF, <, 0x20);
    g_assert_cmpuint(fixture_page_pixel(page, 90, middle_px), ==, 0xFFFFFF);
    g_assert_cmpuint(fixture_page_pixel(page, 100 + look.width_px / 2, middle_px), !=, 0xFF0000);
}

void test_icon_look(void)
{
    g_test_add_func("/render/icon-look/none", none);
    g_test_add_func("/render/icon-look/halo", halo);
}
