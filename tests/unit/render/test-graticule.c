/* The graticule: its labels stand where the lines leave the frame. */
#include "fixture-page.h"
#include "fm-unit.h"

static void labels_at_their_lines(void)
{
    g_autoptr(FixturePage) page =
        fixture_page_new("{\"facmap:graticule\": {\"step_deg\": 0.1}}", "[" FIXTURE_AREA "]");
    g_autoptr(GError) error = NULL;
    g_assert_true(fm__graticule_draw(&page->furniture, &error));
    g_assert_no_error(error);
    const FmPageRect *frame = &page->frame->rect;
    FmPageRect meridian = fixture_page_box(page, "text", "116°06′E");
    FmPagePoint middle = {meridian.x_px + meridian.width_px / 2, frame->y_px};
    FmLonLat at;
    g_assert_true(fm__frame_unproject(page->frame, middle, &at, NULL));
    g_assert_cmpfloat_with_epsilon(at.lon_deg, 116.1, 1e-4);
    g_assert_cmpfloat(fm__rect_bottom_px(&meridian), <, frame->y_px);
    g_assert_cmpuint(fixture_page_count(page, "text", "40°00′N"), ==, 1);
    g_assert_cmpuint(fixture_page_count(page, "text", "116°05′E"), ==, 0);
}

/* Without a step one is chosen that leaves a handful of lines. */
static void step_fits_the_scale(void)
{
    g_autoptr(FixturePage) page =
        fixture_page_new("{\"facmap:graticule\": {}}", "[" FIXTURE_AREA "]");
    g_assert_true(fm__graticule_draw(&page->furniture, NULL));
    guint n = fixture_page_count(page, "text", "′E");
    g_assert_cmpuint(n, >=, 1);
    g_assert_cmpuint(n, <=, 5);
}

static void without(void)
{
    g_autoptr(FixturePage) page = fixture_page_new("{}", "[" FIXTURE_AREA "]");
    g_assert_true(fm__graticule_draw(&page->furniture, NULL));
    g_assert_cmpuint(page->list->len, ==, 0);
}

void test_graticule(void)
{
    g_test_add_func("/render/graticule/labels-at-their-lines", labels_at_their_lines);
    g_test_add_func("/render/graticule/step-fits-the-scale", step_fits_the_scale);
    g_test_add_func("/render/graticule/without", without);
}
