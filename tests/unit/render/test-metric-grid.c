/* The metric grid: lines where the CRS says, numbers outside the frame. */
#include "fixture-page.h"
#include "fm-unit.h"

#include <math.h>
#include <string.h>

#define KM "{\"facmap:grid\": {\"step_m\": 2000}}"

/* Each number stands at the easting or northing that it names. */
static void places(void)
{
    g_autoptr(FixturePage) page = fixture_page_new(KM, "[" FIXTURE_AREA "]");
    const FmPageRect *rect = &page->frame->rect;
    guint n_east = 0, n_north = 0;
    fm__grid_draw(&page->furniture);
    g_auto(GStrv) lines = g_strsplit(page->list->str, "\n", -1);
    for (char **line = lines; *line && **line; line++) {
        g_auto(GStrv) parts = g_strsplit(*line, " ", 6);
        double x_px = g_ascii_strtod(parts[1], NULL), y_px = g_ascii_strtod(parts[2], NULL);
        double width_px = g_ascii_strtod(parts[3], NULL);
        g_auto(GStrv) thousands = g_strsplit(parts[5], ",", -1);
        g_autofree char *digits = g_strjoinv("", thousands);
        double km = g_ascii_strtod(digits, NULL);
        gboolean north = km > 2000; /* northings of 40 degrees, eastings about 500 km */
        if (north) { /* turned: listed at its place along the side, half its width to the left */
            FmXY at = fm__frame_from_page(page->frame, (FmPagePoint){rect->x_px, y_px});
            g_assert_cmpfloat_with_epsilon(at.y_m, km * 1000, page->frame->m_per_px);
            g_assert_cmpfloat(x_px + width_px / 2, >, fm__rect_right_px(rect));
            n_north++;
        } else {
            FmXY at =
                fm__frame_from_page(page->frame, (FmPagePoint){x_px + width_px / 2, rect->y_px});
            g_assert_cmpfloat_with_epsilon(at.x_m, km * 1000, page->frame->m_per_px);
            g_assert_cmpfloat(y_px, >, fm__rect_bottom_px(rect));
            n_east++;
        }
        g_assert_cmpfloat(fmod(km, 2), ==, 0);
    }
    g_assert_cmpuint(n_east, >=, 3);
    g_assert_cmpuint(n_north, >=, 3);
    g_assert_nonnull(strstr(page->list->str, " km 东 E\n"));
    g_assert_nonnull(strstr(page->list->str, " km 北 N\n"));
}

/* A step that fits the scale, and one that would be a grey page. */
static void steps(void)
{
    g_autoptr(FixturePage) chosen = fixture_page_new("{\"facmap:grid\": {}}", "[" FIXTURE_AREA "]");
    fm__grid_draw(&chosen->furniture);
    guint n = fixture_page_count(chosen, "text", "");
    g_assert_cmpuint(n, >=, 4);
    g_assert_cmpuint(n, <=, 20);
    g_autoptr(FixturePage) fine =
        fixture_page_new("{\"facmap:grid\": {\"step_m\": 1}}", "[" FIXTURE_AREA "]");
    fm__grid_draw(&fine->furniture);
    g_assert_cmpuint(fine->list->len, ==, 0);
    g_assert_cmpuint(fine->furniture.report->warnings->len, ==, 1);
}

static void without(void)
{
    g_autoptr(FixturePage) page = fixture_page_new("{}", "[" FIXTURE_AREA "]");
    fm__grid_draw(&page->furniture);
    g_assert_cmpuint(page->list->len, ==, 0);
    g_autoptr(FixturePage) bare = fixture_page_new(KM, "[" FIXTURE_AREA "]");
    bare->furniture.unlabelled = TRUE;
    fm__grid_draw(&bare->furniture);
    g_assert_cmpuint(bare->list->len, ==, 0);
}

void test_metric_grid(void)
{
    g_test_add_func("/render/metric-grid/places", places);
    g_test_add_func("/render/metric-grid/steps", steps);
    g_test_add_func("/render/metric-grid/without", without);
}
