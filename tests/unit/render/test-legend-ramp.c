/* Heatmaps and rasters in the legend: their scale from end to end, with what the ends mean. */
#include "legend-ramp.h"

#include "fixture-page.h"
#include "fm-unit.h"
#include "raster-fixture.h"

#define META "{\"facmap:legend\": [{\"id\": \"g\"}]}"
#define HEAT                                                                                       \
    "[{\"id\": \"h\", \"type\": \"heatmap\", \"source\": \"workspace\", \"source-layer\": "        \
    "\"school\", \"metadata\": {\"facmap:legend\": {\"group\": \"g\", \"label\": {\"en\": "        \
    "\"Schools about\", \"zh\": \"学校密度\"}}}, \"paint\": {\"heatmap-opacity\": %s, "        \
    "\"heatmap-color\": [\"interpolate\", [\"linear\"], [\"heatmap-density\"], 0, \"#00ff00\", "   \
    "1, \"#ff0000\"]}}]"

static void heat(void)
{
    g_autofree char *layers = g_strdup_printf(HEAT, "1");
    g_autoptr(FixturePage) page = fixture_page_new(META, layers);
    const double height = fm__legend_draw(&page->furniture, 10, 10, 300);
    const FmPageRect box = fixture_page_box(page, "swatch", "h");
    const double middle_px = box.y_px + box.height_px / 2;
    g_assert_cmpfloat(height, >, box.height_px);
    /* Green at the left, red at the right, both in the middle. */
    const guint32 left = fixture_page_pixel(page, box.x_px + 3, middle_px);
    const guint32 right = fixture_page_pixel(page, fm__rect_right_px(&box) - 3, middle_px);
    const guint32 middle = fixture_page_pixel(page, box.x_px + box.width_px / 2, middle_px);
    g_assert_cmpuint(left >> 8 & 0xff, >, 235);
    g_assert_cmpuint(left >> 16, <, 20);
    g_assert_cmpuint(right >> 16, >, 235);
    g_assert_cmpuint(right >> 8 & 0xff, <, 20);
    g_assert_cmpint(ABS((int)(middle >> 16) - 128), <, 8);
    /* What the ends mean stands below them, in both languages. */
    const FmPageRect low = fixture_page_box(page, "text", "低 · low");
    const FmPageRect high = fixture_page_box(page, "text", "高 · high");
    g_assert_cmpfloat(low.y_px, >=, fm__rect_bottom_px(&box));
    g_assert_cmpfloat_with_epsilon(low.x_px, box.x_px, 0.1);
    g_assert_cmpfloat_with_epsilon(fm__rect_right_px(&high), fm__rect_right_px(&box), 0.1);
    g_assert_cmpuint(fixture_page_count(page, "text", "Schools about"), ==, 1);
}

/* As faint as on the map. */
static void opacity(void)
{
    g_autofree char *layers = g_strdup_printf(HEAT, "0.5");
    g_autoptr(FixturePage) page = fixture_page_new(META, layers);
    fm__legend_draw(&page->furniture, 10, 10, 300);
    const FmPageRect box = fixture_page_box(page, "swatch", "h");
    const guint32 right =
        fixture_page_pixel(page, fm__rect_right_px(&box) - 3, box.y_px + box.height_px / 2);
    g_assert_cmpint(ABS((int)(right >> 8 & 0xff) - 128), <, 8);
}

/* A raster of colours shows its middle; it is in the legend when a map shows a part of it. */
static void picture(void)
{
    g_autofree char *layers = g_strdup_printf(HEAT, "1");
    g_autoptr(FixturePage) page = fixture_page_new(META, layers);
    const FmFrame *frame = page->frame;
    static const struct {
        double shift_m;
        gboolean seen;
    } cases[] = {{0, TRUE}, {1e6, FALSE}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        raster_write(page->folder, frame->centre.x_m - 3200 + cases[i].shift_m,
                     frame->centre.y_m + 3200, 100);
        g_autoptr(FmStyle) style = raster_style(page->folder, "picture.vrt", "");
        const FmStyleLayer *photo = fm_style_find_layer(style, "photo");
        g_assert_true(fm__legend_is_picture(photo));
        g_assert_cmpint(fm__legend_sees_raster(&page->furniture, photo), ==, cases[i].seen);
        fixture_page_forget(page);
        const double height = fm__legend_ramp_draw(&page->furniture, photo, 10, 10, 300);
        const FmPageRect box = fixture_page_box(page, "swatch", "photo");
        const guint32 middle =
            fixture_page_pixel(page, box.x_px + box.width_px / 2, box.y_px + height / 2);
        /* Red and green are those of column and row 32, blue is 128 everywhere. */
        for (int shift = 0; shift <= 16; shift += 8)
            g_assert_cmpint(ABS((int)(middle >> shift & 0xff) - 128), <, 6);
    }
}

void test_legend_ramp(void)
{
    g_test_add_func("/render/legend-ramp/picture", picture);
    g_test_add_func("/render/legend-ramp/heat", heat);
    g_test_add_func("/render/legend-ramp/opacity", opacity);
}
