#include "canvas.h"
#include "fixture.h"
#include "fm-unit.h"
#include "pattern.h"

/* Tiles are fixed to the page: a second area goes on where the first ended. */
static void test_tiles(void)
{
    g_autofree char *folder = fixture_folder();
    g_autofree char *file = g_build_filename(folder, "half.svg", NULL);
    g_assert_true(g_file_set_contents(
        file,
        "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'><rect width='5' "
        "height='10' fill='#00f'/></svg>",
        -1, NULL));
    g_autoptr(FmIconSet) icons = fm__icon_set_new(folder);
    g_auto(FmCanvas) canvas = canvas_open(1);
    canvas.brush.icons = icons;
    cairo_rectangle(canvas.brush.cr, 13, 20, 60, 10);
    cairo_clip(canvas.brush.cr);
    g_assert_true(fm__pattern_paint(&canvas.brush, "half", 1, NULL));
    g_assert_cmphex(canvas_pixel(&canvas, 14, 25), ==, 0x0000FF);
    g_assert_cmphex(canvas_pixel(&canvas, 17, 25), ==, 0xFFFFFF);
    g_assert_cmphex(canvas_pixel(&canvas, 22, 25), ==, 0x0000FF);
    g_assert_cmphex(canvas_pixel(&canvas, 11, 25), ==, 0xFFFFFF);
    fixture_remove(folder);
}

static void test_hatch_and_errors(void)
{
    g_autoptr(GError) error = NULL;
    g_auto(FmCanvas) canvas = canvas_open(1);
    g_assert_true(fm__pattern_paint(&canvas.brush, "facmap:hatch?spacing=4&width=1&background=red",
                                    1, &error));
    g_assert_no_error(error);
    g_assert_cmphex(canvas_pixel(&canvas, 50, 50) >> 16, >=, 0x40);
    g_assert_false(fm__pattern_paint(&canvas.brush, "facmap:hatch?spacing=x", 1, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_PARSE);
}

void test_pattern(void)
{
    g_test_add_func("/render/pattern/tiles", test_tiles);
    g_test_add_func("/render/pattern/hatch-and-errors", test_hatch_and_errors);
}
