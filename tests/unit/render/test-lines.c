/* Many lines at once: which layers are drawn so, and that neither threads nor bands show. */
#include "fixture.h"
#include "fm-unit.h"
#include "lines.h"

#include <string.h>

#define WIDTH 300
#define HEIGHT 230

/* A layer of seeded lines in three classes, as the page would make it. */
typedef struct {
    FmTable *table;
    FmShape **shapes;
    GArray *rows;
} Roads;

static void roads_init(Roads *roads, gsize n)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(4);
    *roads = (Roads){.rows = g_array_new(FALSE, FALSE, sizeof(gsize))};
    roads->table = fm_table_new(FM_GEOMETRY_LINESTRING);
    roads->shapes = g_new0(FmShape *, n);
    gsize class = fm_table_add_column(roads->table, "class", FM_COLUMN_INTEGER);
    for (gsize i = 0; i < n; i++) {
        fm_table_append_row(roads->table);
        fm_table_set_integer(roads->table, class, i, (gint64)(i * 3 / n));
        FmShape *shape = g_new0(FmShape, 1);
        *shape = (FmShape){1, 4, 1, g_new(FmPagePoint, 4), g_new(gsize, 1)};
        shape->path_end[0] = 4;
        for (gsize k = 0; k < 4; k++)
            shape->points[k] = (FmPagePoint){g_rand_double_range(rand, -20, WIDTH / 2 + 20),
                                             g_rand_double_range(rand, -20, HEIGHT / 2 + 20)};
        roads->shapes[i] = shape;
        g_array_append_val(roads->rows, i);
    }
}

static void roads_clear(Roads *roads)
{
    for (gsize i = 0; i < roads->rows->len; i++)
        fm__shape_free(roads->shapes[i]);
    g_free(roads->shapes);
    fm_table_free(roads->table);
    g_array_unref(roads->rows);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Roads, roads_clear)

static FmStyle *style_of(const char *paint)
{
    g_autofree char *layers =
        g_strdup_printf("[{\"id\": \"x\", \"type\": \"line\", \"source\": \"workspace\","
                        " \"source-layer\": \"x\", \"layout\": {\"line-cap\": \"round\"},"
                        " \"paint\": %s}]",
                        paint);
    return fixture_document("{}", layers);
}

#define PLAIN                                                                                      \
    "{\"line-width\": [\"+\", 1, [\"get\", \"class\"]],"                                           \
    " \"line-color\": [\"match\", [\"get\", \"class\"], 0, \"#000\", 1, \"#f00\", \"#00f\"]}"

/* The rows from `top` of a page that is `scale` device pixels a px. */
static cairo_surface_t *draw(const Roads *roads, const char *paint, int top, int n_rows,
                             guint n_threads, gboolean *drawn)
{
    g_autoptr(FmStyle) style = style_of(paint);
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, WIDTH, n_rows);
    cairo_t *cr = cairo_create(surface);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    cairo_translate(cr, 0, -top);
    cairo_scale(cr, 2, 2);
    const FmPageRect clip = {5.25, 5.25, WIDTH / 2 - 10, HEIGHT / 2 - 10};
    FmBrush brush = {.cr = cr, .device_scale = 2};
    g_autoptr(GError) error = NULL;
    g_assert_true(fm__lines_draw(&brush, fm_style_layer(style, 0), roads->table, roads->shapes,
                                 roads->rows, &clip, 10, n_threads, drawn, &error));
    g_assert_no_error(error);
    cairo_destroy(cr);
    cairo_surface_flush(surface);
    return surface;
}

static void threads_and_bands(void)
{
    g_auto(Roads) roads;
    roads_init(&roads, 60);
    gboolean drawn = FALSE;
    cairo_surface_t *whole = draw(&roads, PLAIN, 0, HEIGHT, 1, &drawn);
    g_assert_true(drawn);
    const guint8 *expected = cairo_image_surface_get_data(whole);
    gsize stride = (gsize)cairo_image_surface_get_stride(whole);
    cairo_surface_t *threaded = draw(&roads, PLAIN, 0, HEIGHT, 4, &drawn);
    g_assert_cmpint(memcmp(expected, cairo_image_surface_get_data(threaded), stride * HEIGHT), ==,
                    0);
    cairo_surface_destroy(threaded);
    for (int top = 0; top < HEIGHT; top += 50) {
        int n = MIN(50, HEIGHT - top);
        cairo_surface_t *band = draw(&roads, PLAIN, top, n, 2, &drawn);
        g_assert_cmpint(memcmp(expected + stride * (gsize)top, cairo_image_surface_get_data(band),
                               stride * (gsize)n),
                        ==, 0);
        cairo_surface_destroy(band);
    }
    cairo_surface_destroy(whole);
}

/* Later classes lie on earlier ones, the clip holds, and something is seen of each. */
static void colors(void)
{
    g_auto(Roads) roads;
    roads_init(&roads, 60);
    gboolean drawn = FALSE;
    cairo_surface_t *surface = draw(&roads, PLAIN, 0, HEIGHT, 1, &drawn);
    const guint32 *pixels = (const guint32 *)(const void *)cairo_image_surface_get_data(surface);
    gsize n_red = 0, n_blue = 0, n_black = 0, n_outside = 0;
    for (gsize i = 0; i < WIDTH * HEIGHT; i++) {
        guint32 pixel = pixels[i] & 0xffffff;
        n_red += pixel == 0xff0000;
        n_blue += pixel == 0x0000ff;
        n_black += pixel == 0;
        n_outside += pixel != 0xffffff && (i % WIDTH < 10 || i / WIDTH < 10);
    }
    g_assert_cmpuint(n_blue, >, n_red);
    g_assert_cmpuint(n_red, >, n_black);
    g_assert_cmpuint(n_black, >, 0);
    g_assert_cmpuint(n_outside, ==, 0);
    cairo_surface_destroy(surface);
}

/* Whatever is more than a stroke is left to be drawn otherwise, and nothing is drawn. */
static void not_plain(void)
{
    static const char *const paints[] = {
        "{\"line-dasharray\": [2, 1]}",
        "{\"line-gap-width\": 2}",
        "{\"line-blur\": 1}",
        "{\"line-offset\": 3}",
        "{\"line-translate\": [3, 3]}",
        "{\"line-blur\": [\"match\", [\"get\", \"class\"], 2, 0.5, 0]}",
    };
    g_auto(Roads) roads;
    roads_init(&roads, 9);
    for (gsize i = 0; i < G_N_ELEMENTS(paints); i++) {
        gboolean drawn = TRUE;
        cairo_surface_t *surface = draw(&roads, paints[i], 0, HEIGHT, 1, &drawn);
        g_assert_false(drawn);
        const guint32 *pixels =
            (const guint32 *)(const void *)cairo_image_surface_get_data(surface);
        for (gsize k = 0; k < WIDTH * HEIGHT; k++)
            g_assert_cmphex(pixels[k] & 0xffffff, ==, 0xffffff);
        cairo_surface_destroy(surface);
    }
}

void test_lines(void)
{
    g_test_add_func("/render/lines/threads-and-bands", threads_and_bands);
    g_test_add_func("/render/lines/colors", colors);
    g_test_add_func("/render/lines/not-plain", not_plain);
}
