/* The locator: the frame's place in the whole, and no locator where the frame is the whole. */
#include "fixture-page.h"
#include "fm-unit.h"

static void place(void)
{
    g_autoptr(FixturePage) page =
        fixture_page_new("{\"facmap:locator\": {\"layer\": \"school\"}}", "[" FIXTURE_AREA "]");
    double height = fm__locator_draw(&page->furniture, 0, 0, 200);
    g_assert_cmpfloat(height, >, 0);
    /* The schools reach to 117.50 degrees east; the frame shows the west of that, and begins
     * farther west than they do: the locator shows both. */
    FmPageRect box = fixture_page_box(page, "locator", "school");
    double m_per_px = page->frame->m_per_px * page->frame->rect.width_px / box.width_px;
    double span_m = 200 * m_per_px;
    const FmPageRect *rect = &page->frame->rect;
    FmPagePoint middle = {rect->x_px, rect->y_px + rect->height_px / 2};
    FmLonLat west;
    g_assert_true(fm__frame_unproject(page->frame, middle, &west, NULL));
    double expected_m = fm_geodesic_distance_m(west, (FmLonLat){117.50, west.lat_deg});
    g_assert_cmpfloat_with_epsilon(span_m / expected_m, 1, 0.02);
    g_assert_cmpfloat_with_epsilon(box.x_px, 0, 0.01);
    g_assert_cmpfloat(fm__rect_right_px(&box), <, 60);
}

static void the_whole(void)
{
    g_autoptr(FixturePage) page =
        fixture_page_new("{\"facmap:locator\": {\"layer\": \"area\"}}", "[" FIXTURE_AREA "]");
    g_assert_cmpfloat(fm__locator_draw(&page->furniture, 0, 0, 200), ==, 0);
    g_assert_cmpuint(page->list->len, ==, 0);
}

/* A frame that lacks a corner of the place needs none either; one that lacks a side does. */
static void nearly_the_whole(void)
{
    g_autoptr(FixturePage) page =
        fixture_page_new("{\"facmap:locator\": {\"layer\": \"area\"}}", "[" FIXTURE_AREA "]");
    const FmTable *areas = fm__map_layers_find(page->layers, "area")->table;
    FmBounds bounds = FM_BOUNDS_EMPTY;
    for (gsize row = 0; row < fm_table_n_rows(areas); row++)
        g_assert_true(fm__frame_extend(page->frame, fm_table_geometry(areas, row), &bounds, NULL));
    FmFrame frame = *page->frame;
    frame.centre =
        (FmXY){(bounds.min_x_m + bounds.max_x_m) / 2, (bounds.min_y_m + bounds.max_y_m) / 2};
    page->furniture.frame = &frame;
    static const double shares[] = {0.97, 0.93};
    for (gsize i = 0; i < G_N_ELEMENTS(shares); i++) {
        frame.rect.width_px = (bounds.max_x_m - bounds.min_x_m) * shares[i] / frame.m_per_px;
        frame.rect.height_px = (bounds.max_y_m - bounds.min_y_m) / frame.m_per_px;
        g_assert_true((fm__locator_draw(&page->furniture, 0, 0, 200) == 0) == (i == 0));
    }
}

static void without(void)
{
    g_autoptr(FixturePage) page = fixture_page_new("{}", "[" FIXTURE_AREA "]");
    g_assert_cmpfloat(fm__locator_draw(&page->furniture, 0, 0, 200), ==, 0);
}

void test_locator(void)
{
    g_test_add_func("/render/locator/place", place);
    g_test_add_func("/render/locator/the-whole", the_whole);
    g_test_add_func("/render/locator/nearly-the-whole", nearly_the_whole);
    g_test_add_func("/render/locator/without", without);
}
