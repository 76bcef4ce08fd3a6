/* Icons: the shipped ones, colours, patterns, and what is refused. */
#include "fixture.h"
#include "fm-unit.h"
#include "icon.h"

#include <cairo-svg.h>
#include <string.h>

/* Colour of a device pixel as 0xRRGGBB. */
static guint32 pixel_at(cairo_surface_t *surface, int x, int y)
{
    cairo_surface_flush(surface);
    guint32 pixel;
    memcpy(&pixel,
           cairo_image_surface_get_data(surface) + cairo_image_surface_get_stride(surface) * y +
               4 * x,
           sizeof pixel);
    return pixel & 0xFFFFFF;
}

static cairo_surface_t *white_surface(int size, cairo_t **cr)
{
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, size, size);
    *cr = cairo_create(surface);
    cairo_set_source_rgb(*cr, 1, 1, 1);
    cairo_paint(*cr);
    return surface;
}

static char *write_icon(const char *folder, const char *name, const char *body)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_assert_true(g_file_set_contents(path, body, -1, NULL));
    return g_steal_pointer(&path);
}

#define SVG "<svg xmlns='http://www.w3.org/2000/svg' "

static void shipped(void)
{
    static const char *const kinds[] = {"project-site", "school", "hospital", "community"};
    static const char *const statuses[] = {"open", "construction", "planned"};
    const char *source = g_getenv("FACMAP_SOURCE");
    g_assert_nonnull(source);
    g_autofree char *dir = g_build_filename(source, "styles", "icons", NULL);
    g_autoptr(FmIconSet) icons = fm__icon_set_new(dir);
    for (gsize k = 0; k < G_N_ELEMENTS(kinds); k++) {
        guint32 middles[G_N_ELEMENTS(statuses)];
        for (gsize s = 0; s < G_N_ELEMENTS(statuses); s++) {
            g_autofree char *name = g_strjoin("-", kinds[k], statuses[s], NULL);
            double width = 0, height = 0;
            g_autoptr(GError) error = NULL;
            g_assert_true(fm__icon_set_measure(icons, name, &width, &height, &error));
            g_assert_no_error(error);
            g_assert_cmpfloat(width, ==, height);
            cairo_t *cr = NULL;
            cairo_surface_t *surface = white_surface(64, &cr);
            g_assert_true(
                fm__icon_set_draw(icons, cr, name, (FmPageRect){0, 0, 64, 64}, 0, 1, NULL, NULL));
            middles[s] = pixel_at(surface, 32, 20); /* beside a hospital's cross */
            cairo_destroy(cr);
            cairo_surface_destroy(surface);
        }
        if (!g_str_equal(kinds[k], "hospital")) {
            g_assert_cmphex(middles[0], !=, 0xFFFFFF); /* open is filled */
            g_assert_cmphex(middles[1], ==, 0xFFFFFF); /* the others are not */
            g_assert_cmphex(middles[2], ==, 0xFFFFFF);
        }
    }
}

static void current_color(void)
{
    g_autofree char *folder = fixture_folder();
    g_free(write_icon(
        folder, "dot.svg",
        SVG "width='8' height='8'><rect width='8' height='8' fill='currentColor'/></svg>"));
    g_autoptr(FmIconSet) icons = fm__icon_set_new(folder);
    cairo_t *cr = NULL;
    cairo_surface_t *surface = white_surface(16, &cr);
    const FmColor red = {1, 0, 0, 1};
    g_assert_true(fm__icon_set_draw(icons, cr, "dot", (FmPageRect){0, 0, 8, 8}, 0, 1, &red, NULL));
    g_assert_true(fm__icon_set_draw(icons, cr, "dot", (FmPageRect){8, 8, 8, 8}, 0, 1, NULL, NULL));
    g_assert_cmphex(pixel_at(surface, 4, 4), ==, 0xFF0000);
    g_assert_cmphex(pixel_at(surface, 12, 12), ==, 0x000000);
    g_assert_cmphex(pixel_at(surface, 12, 4), ==, 0xFFFFFF);
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
    fixture_remove(folder);
}

static void rotated(void)
{
    g_autofree char *folder = fixture_folder();
    g_free(write_icon(folder, "top.svg",
                      SVG "width='8' height='8'><rect width='8' height='4' fill='black'/></svg>"));
    g_autoptr(FmIconSet) icons = fm__icon_set_new(folder);
    cairo_t *cr = NULL;
    cairo_surface_t *surface = white_surface(16, &cr);
    g_assert_true(
        fm__icon_set_draw(icons, cr, "top", (FmPageRect){0, 0, 16, 16}, 90, 1, NULL, NULL));
    g_assert_cmphex(pixel_at(surface, 12, 8), ==, 0x000000); /* top turned to the right */
    g_assert_cmphex(pixel_at(surface, 4, 8), ==, 0xFFFFFF);
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
    fixture_remove(folder);
}

/* A tile whose size is no whole number of device pixels repeats without a seam. */
static void pattern_tiles(void)
{
    g_autofree char *folder = fixture_folder();
    g_free(write_icon(folder, "full.svg",
                      SVG "width='5' height='5'><rect width='5' height='5' fill='#00f'/></svg>"));
    g_autoptr(FmIconSet) icons = fm__icon_set_new(folder);
    cairo_t *cr = NULL;
    cairo_surface_t *surface = white_surface(64, &cr);
    const double scale = 1.3;
    cairo_scale(cr, scale, scale);
    cairo_pattern_t *pattern = fm__icon_set_pattern(icons, "full", scale, NULL);
    g_assert_nonnull(pattern);
    cairo_set_source(cr, pattern);
    cairo_paint(cr);
    for (int i = 0; i < 64; i++) {
        guint32 pixel = pixel_at(surface, i, i);
        g_assert_cmpuint(pixel & 0xFF, >=, 0xFD);
        g_assert_cmpuint(pixel >> 16, <=, 2); /* a seam would let the white through */
    }
    cairo_pattern_destroy(pattern);
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
    fixture_remove(folder);
}

static void refused(void)
{
    g_autofree char *folder = fixture_folder();
    g_free(write_icon(folder, "good.svg", SVG "width='8' height='8'/>"));
    g_free(write_icon(folder, "text.svg", "not an icon"));
    g_free(write_icon(folder, "unsized.svg", SVG "width='50%' height='50%'/>"));
    static const struct {
        const char *name, *says;
        FmError code;
    } cases[] = {{"absent", "good", FM_ERROR_NOT_FOUND},
                 {"../good", "good", FM_ERROR_NOT_FOUND},
                 {"text", "text", FM_ERROR_PARSE},
                 {"unsized", "width", FM_ERROR_PARSE}};
    g_autoptr(FmIconSet) icons = fm__icon_set_new(folder);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        double width = 0, height = 0;
        g_autoptr(GError) error = NULL;
        g_assert_false(fm__icon_set_measure(icons, cases[i].name, &width, &height, &error));
        g_assert_error(error, FM_ERROR, (gint)cases[i].code);
        g_assert_nonnull(strstr(error->message, cases[i].says));
    }
    fixture_remove(folder);
}

/* The green of a halo lies round its icon in an SVG too, as librsvg draws it. */
static void halo_in_svg(void)
{
    g_autofree char *folder = fixture_folder();
    g_free(write_icon(
        folder, "dot.svg",
        SVG "width='8' height='8'><rect width='8' height='8' fill='currentColor'/></svg>"));
    g_autofree char *page = g_build_filename(folder, "page.svg", NULL);
    cairo_surface_t *vectors = cairo_svg_surface_create(page, 64, 64);
    cairo_t *cr = cairo_create(vectors);
    g_autoptr(FmIconSet) icons = fm__icon_set_new(folder);
    const FmColor green = {0, 1, 0, 1};
    const FmPageRect box = {28, 28, 8, 8};
    g_assert_true(fm__icon_set_draw_halo(icons, cr, "dot", box, 0, &green, 6, NULL));
    g_assert_true(fm__icon_set_draw(icons, cr, "dot", box, 0, 1, NULL, NULL));
    cairo_destroy(cr);
    cairo_surface_destroy(vectors);

    g_autoptr(FmIconSet) pages = fm__icon_set_new(folder);
    cairo_surface_t *surface = white_surface(64, &cr);
    g_assert_true(
        fm__icon_set_draw(pages, cr, "page", (FmPageRect){0, 0, 64, 64}, 0, 1, NULL, NULL));
    g_assert_cmphex(pixel_at(surface, 32, 32), ==, 0x000000);
    g_assert_cmphex(pixel_at(surface, 4, 4), ==, 0xFFFFFF);
    static const int beside[][2] = {{25, 32}, {38, 32}, {32, 25}, {32, 38}};
    for (gsize i = 0; i < G_N_ELEMENTS(beside); i++)
        g_assert_cmphex(pixel_at(surface, beside[i][0], beside[i][1]), ==, 0x00FF00);
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
    fixture_remove(folder);
}

void test_icon(void)
{
    g_test_add_func("/render/icon/shipped", shipped);
    g_test_add_func("/render/icon/current-color", current_color);
    g_test_add_func("/render/icon/rotated", rotated);
    g_test_add_func("/render/icon/pattern-tiles", pattern_tiles);
    g_test_add_func("/render/icon/refused", refused);
    g_test_add_func("/render/icon/halo-in-svg", halo_in_svg);
}
