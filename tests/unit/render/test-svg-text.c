/* SVG with text as text: strings, places, halos, and the order among the shapes. */
#include "fixture.h"
#include "fm-unit.h"
#include "surface.h"
#include "svg-text.h"

#include <string.h>

#define DPI 192.0

static const FmSheet SHEET = {.width_dev = 800, .height_dev = 400, .dpi = DPI, .device_scale = 2};

/* An SVG with a red box, `text` over it at (30, 40), and a green box over that. */
static char *draw(const char *text, double halo_px, double turn_rad, double *width_px,
                  double *baseline_px)
{
    g_autofree char *folder = fixture_folder();
    g_autofree char *path = g_build_filename(folder, "page.svg", NULL);
    g_autoptr(FmTextContext) context = fm__text_context_new();
    g_autoptr(GError) error = NULL;
    FmTextStyle style = {.size_px = 20,
                         .line_height_em = 1.2,
                         .color = {0.2, 0.4, 0.6, 1},
                         .halo_color = {1, 1, 1, 0.5},
                         .halo_width_px = halo_px};
    FmTextSection section = {.text = g_strdup(text), .font_scale = 1};
    g_autoptr(FmTextBlock) block = fm__text_block_new(context, &section, 1, &style);
    g_free(section.text);
    cairo_t *cr = fm__surface_open(FM_PICTURE_SVG, path, &SHEET, &error);
    g_assert_no_error(error);
    cairo_set_source_rgb(cr, 1, 0, 0);
    cairo_rectangle(cr, 10, 10, 100, 100);
    cairo_fill(cr);
    cairo_rotate(cr, turn_rad);
    fm__text_block_draw(cr, block, 30, 40);
    cairo_set_source_rgb(cr, 0, 1, 0);
    cairo_rectangle(cr, 50, 40, 10, 10);
    cairo_fill(cr);
    g_assert_true(fm__surface_finish(cr, path, &error));
    g_assert_no_error(error);
    cairo_destroy(cr);
    *width_px = fm__text_block_width_px(block);
    *baseline_px = fm__text_block_baseline_px(block);
    char *svg = fixture_read(path, NULL);
    fixture_remove(folder);
    return svg;
}

/* The attribute's number in the first <text>. */
static double attribute(const char *svg, const char *name)
{
    g_autofree char *wanted = g_strdup_printf(" %s=\"", name);
    const char *element = strstr(svg, "<text");
    g_assert_nonnull(element);
    const char *at = strstr(element, wanted);
    g_assert_true(at && at < strchr(element, '>'));
    return g_ascii_strtod(at + strlen(wanted), NULL);
}

static gsize count(const char *svg, const char *word)
{
    gsize n = 0;
    for (const char *at = strstr(svg, word); at; at = strstr(at + 1, word))
        n++;
    return n;
}

static void strings(void)
{
    double width = 0, baseline = 0;
    g_autofree char *svg = draw("Beijing <A & B>", 0, 0, &width, &baseline);
    g_assert_nonnull(strstr(svg, ">Beijing &lt;A &amp; B&gt;</text>"));
    g_assert_null(strstr(svg, "<symbol"));
    g_assert_null(strstr(svg, "98.765432"));
    g_assert_null(strstr(svg, "paint-order"));
    g_assert_nonnull(strstr(svg, "fill=\"#336699\""));
    g_autofree char *chinese = draw("北京", 0, 0, &width, &baseline);
    g_assert_nonnull(strstr(chinese, ">北京</text>"));
    g_assert_nonnull(strstr(chinese, "CJK"));
}

/* A point is 4/3 of a CSS px: the page is scaled by 3/4. */
static void places(void)
{
    double width = 0, baseline = 0;
    g_autofree char *svg = draw("Beijing", 0, 0, &width, &baseline);
    g_assert_cmpfloat_with_epsilon(attribute(svg, "x"), 30, 1e-3);
    g_assert_cmpfloat_with_epsilon(attribute(svg, "y"), 40 + baseline, 1e-3);
    g_assert_cmpfloat_with_epsilon(attribute(svg, "textLength"), width, 1e-3);
    g_assert_cmpfloat_with_epsilon(attribute(svg, "font-size"), 20, 1e-3);
    g_assert_nonnull(strstr(svg, "matrix(0.75,0,0,0.75,0,0)"));
    g_autofree char *turned = draw("Beijing", 0, 0.5, &width, &baseline);
    g_assert_nonnull(strstr(turned, "matrix(0.658186"));
}

static void halo(void)
{
    double width = 0, baseline = 0;
    g_autofree char *svg = draw("Beijing", 1.5, 0, &width, &baseline);
    g_assert_cmpfloat_with_epsilon(attribute(svg, "stroke-width"), 3, 1e-6);
    g_assert_cmpfloat_with_epsilon(attribute(svg, "stroke-opacity"), 0.5, 1e-6);
    g_assert_nonnull(strstr(svg, "paint-order=\"stroke\""));
    g_assert_cmpuint(count(svg, "Beijing"), ==, 1);
}

static void order(void)
{
    double width = 0, baseline = 0;
    g_autofree char *svg = draw("Beijing", 1, 0, &width, &baseline);
    const char *red = strstr(svg, "(100%,0%,0%)"), *green = strstr(svg, "(0%,100%,0%)");
    const char *text = strstr(svg, "<text");
    g_assert_true(red && green && text);
    g_assert_true(red < text && text < green);
}

/* A group is blended by whatever draws the file: no image, and every tag has its end, whether the
 * clip is a box, which cairo leaves out around a mark, or is not. */
static void blended(void)
{
    for (int round = 0; round < 2; round++) {
        g_autofree char *folder = fixture_folder();
        g_autofree char *path = g_build_filename(folder, "page.svg", NULL);
        g_autoptr(GError) error = NULL;
        cairo_t *cr = fm__surface_open(FM_PICTURE_SVG, path, &SHEET, &error);
        g_assert_no_error(error);
        if (round)
            cairo_arc(cr, 100, 100, 50, 0, 2 * G_PI);
        else
            cairo_rectangle(cr, 50, 50, 100, 100);
        cairo_clip(cr);
        cairo_push_group(cr);
        cairo_set_source_rgb(cr, 1, 0, 0);
        cairo_rectangle(cr, 10, 10, 100, 100);
        cairo_fill(cr);
        cairo_pop_group_to_source(cr);
        fm__svg_text_paint_blended(cr, "multiply", 0.5);
        g_assert_true(fm__surface_finish(cr, path, &error));
        g_assert_no_error(error);
        cairo_destroy(cr);
        g_autofree char *svg = fixture_read(path, NULL);
        fixture_remove(folder);
        const char *tag = strstr(svg, "<g style=\"mix-blend-mode:multiply\">");
        g_assert_nonnull(tag);
        g_assert_nonnull(strstr(tag, "<use "));
        g_assert_cmpuint(count(svg, "<g "), ==, count(svg, "</g>"));
        g_assert_null(strstr(svg, "<image"));
        g_assert_null(strstr(svg, "98.765432"));
    }
}

void test_svg_text(void)
{
    g_test_add_func("/render/svg-text/strings", strings);
    g_test_add_func("/render/svg-text/places", places);
    g_test_add_func("/render/svg-text/halo", halo);
    g_test_add_func("/render/svg-text/order", order);
    g_test_add_func("/render/svg-text/blended", blended);
}
