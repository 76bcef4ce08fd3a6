/* Gradients and patterns along lines, judged by their pixels. */
#include "along.h"
#include "canvas.h"
#include "fixture.h"
#include "fm-unit.h"

static const char *const ramp = "'line-gradient': ['interpolate', ['linear'], ['line-progress'], "
                                "0, 'black', 1, 'red']";

/* A level line from x = 10 to 90 at y = 50, with a corner in the middle that changes nothing. */
static void draw(const FmCanvas *canvas, const char *paint)
{
    FmPagePoint points[] = {{10, 50}, {40, 50}, {90, 50}};
    gsize ends[] = {3};
    FmShape shape = {1, 3, 1, points, ends};
    g_autofree char *members = g_strdup_printf("'type': 'line', 'paint': {%s}", paint);
    g_autoptr(FmStyle) style = canvas_style(members);
    const FmStyleContext context = {NULL, 0, 10, NULL};
    g_autoptr(GError) error = NULL;
    g_assert_true(
        fm__draw_shape(&canvas->brush, fm_style_layer(style, 0), &shape, &context, &error));
    g_assert_no_error(error);
}

static int red_at(const FmCanvas *canvas, int x, int y)
{
    return (int)(canvas_pixel(canvas, x, y) >> 16);
}

/* The colour is a matter of the length from the start, whatever the corners. */
static void test_gradient(void)
{
    g_auto(FmCanvas) canvas = canvas_open(1);
    g_autofree char *paint = g_strconcat("'line-width': 10, ", ramp, NULL);
    draw(&canvas, paint);
    for (int x = 12; x < 88; x += 5) {
        const double progress = (x + 0.5 - 10) / 80;
        g_assert_cmpint(ABS(red_at(&canvas, x, 50) - (int)(255 * progress)), <=, 3);
        g_assert_cmphex(canvas_pixel(&canvas, x, 50) & 0xFFFF, ==, 0);
    }
    g_assert_cmphex(canvas_pixel(&canvas, 50, 43), ==, 0xFFFFFF);
    g_assert_cmphex(canvas_pixel(&canvas, 5, 50), ==, 0xFFFFFF);
}

/* What shapes a line shapes its gradient: gap, opacity, dashes. */
static void test_mask(void)
{
    g_auto(FmCanvas) gap = canvas_open(1);
    g_autofree char *with_gap = g_strconcat("'line-width': 4, 'line-gap-width': 6, ", ramp, NULL);
    draw(&gap, with_gap);
    g_assert_cmphex(canvas_pixel(&gap, 50, 50), ==, 0xFFFFFF);
    g_assert_cmpint(red_at(&gap, 50, 55), <, 150);
    g_auto(FmCanvas) faint = canvas_open(1);
    g_autofree char *half = g_strconcat("'line-width': 8, 'line-opacity': 0.5, ", ramp, NULL);
    draw(&faint, half);
    g_assert_cmpint(ABS((int)(canvas_pixel(&faint, 11, 50) & 0xFF) - 128), <=, 3);
    g_auto(FmCanvas) dashed = canvas_open(1);
    g_autofree char *dashes =
        g_strconcat("'line-width': 10, 'line-dasharray': [1, 1], ", ramp, NULL);
    draw(&dashed, dashes);
    g_assert_cmphex(canvas_pixel(&dashed, 25, 50), ==, 0xFFFFFF);
    g_assert_cmphex(canvas_pixel(&dashed, 35, 50), !=, 0xFFFFFF);
}

/* A tile as high as the line, repeated along it: black before, white behind. */
static void test_tiles_along(void)
{
    g_autofree char *folder = fixture_folder();
    g_autofree char *file = g_build_filename(folder, "halves.svg", NULL);
    g_assert_true(g_file_set_contents(
        file,
        "<svg xmlns='http://www.w3.org/2000/svg' width='20' height='10'><rect width='10' "
        "height='10'/><rect x='10' width='10' height='10' fill='#0f0'/></svg>",
        -1, NULL));
    g_auto(FmCanvas) canvas = canvas_open(1);
    canvas.brush.icons = fm__icon_set_new(folder);
    draw(&canvas, "'line-width': 10, 'line-pattern': 'halves'");
    g_assert_cmphex(canvas_pixel(&canvas, 15, 50), ==, 0x000000);
    g_assert_cmphex(canvas_pixel(&canvas, 25, 50), ==, 0x00FF00);
    g_assert_cmphex(canvas_pixel(&canvas, 55, 48), ==, 0x000000);
    g_assert_cmphex(canvas_pixel(&canvas, 65, 52), ==, 0x00FF00);
    /* Twice as wide, the tile is twice as long. */
    g_auto(FmCanvas) wide = canvas_open(1);
    wide.brush.icons = canvas.brush.icons;
    draw(&wide, "'line-width': 20, 'line-pattern': 'halves'");
    g_assert_cmphex(canvas_pixel(&wide, 25, 50), ==, 0x000000);
    g_assert_cmphex(canvas_pixel(&wide, 35, 50), ==, 0x00FF00);
    fm__icon_set_free(canvas.brush.icons);
    fixture_remove(folder);
}

static void test_missing_icon(void)
{
    FmPagePoint points[] = {{10, 50}, {90, 50}};
    gsize ends[] = {2};
    FmShape shape = {1, 2, 1, points, ends};
    g_autoptr(FmStyle) style = canvas_style("'type': 'line', 'paint': {'line-pattern': 'none'}");
    const FmStyleContext context = {NULL, 0, 10, NULL};
    g_autofree char *folder = fixture_folder();
    g_autoptr(FmIconSet) icons = fm__icon_set_new(folder);
    g_autoptr(GError) error = NULL;
    g_auto(FmCanvas) canvas = canvas_open(1);
    canvas.brush.icons = icons;
    g_assert_false(
        fm__draw_shape(&canvas.brush, fm_style_layer(style, 0), &shape, &context, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_NOT_FOUND);
    fixture_remove(folder);
}

static void test_applies(void)
{
    g_autoptr(FmStyle) plain = canvas_style("'type': 'line'");
    g_autoptr(FmStyle) pattern = canvas_style("'type': 'line', 'paint': {'line-pattern': 'x'}");
    g_assert_false(fm__along_applies(fm_style_layer(plain, 0)));
    g_assert_true(fm__along_applies(fm_style_layer(pattern, 0)));
}

void test_along(void)
{
    g_test_add_func("/render/along/gradient", test_gradient);
    g_test_add_func("/render/along/mask", test_mask);
    g_test_add_func("/render/along/pattern", test_tiles_along);
    g_test_add_func("/render/along/missing-icon", test_missing_icon);
    g_test_add_func("/render/along/applies", test_applies);
}
