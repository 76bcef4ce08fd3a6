/* Logos: SVG and PNG, their size and place, and files that are none. */
#include "fixture-page.h"
#include "fm-unit.h"

#include <string.h>

/* A red SVG twice as wide as high, a blue PNG of 3 × 6 pixels, and a text. */
static char *logo_folder(void)
{
    char *folder = fixture_folder();
    g_autofree char *svg = g_build_filename(folder, "a.svg", NULL);
    g_autofree char *png = g_build_filename(folder, "b.png", NULL);
    g_autofree char *text = g_build_filename(folder, "c.png", NULL);
    g_assert_true(
        g_file_set_contents(svg,
                            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"20\">"
                            "<rect width=\"40\" height=\"20\" fill=\"#ff0000\"/></svg>",
                            -1, NULL));
    g_assert_true(g_file_set_contents(text, "no picture", -1, NULL));
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 3, 6);
    cairo_t *cr = cairo_create(surface);
    cairo_set_source_rgb(cr, 0, 0, 1);
    cairo_paint(cr);
    cairo_destroy(cr);
    g_assert_cmpint(cairo_surface_write_to_png(surface, png), ==, CAIRO_STATUS_SUCCESS);
    cairo_surface_destroy(surface);
    return folder;
}

/* Drawn at its height, or as wide as there is room. */
static void drawn(void)
{
    static char a[] = "a.svg", b[] = "b.png";
    static const struct {
        char *file;
        double width_px, height_px;
        guint32 color;
    } cases[] = {{a, 1000, 20, 0xFF0000}, {a, 20, 10, 0xFF0000}, {b, 1000, 20, 0x0000FF}};
    g_autofree char *folder = logo_folder();
    g_autoptr(FmIconSet) icons = fm__icon_set_new(folder);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(FixturePage) page = fixture_page_new("{}", "[" FIXTURE_AREA "]");
        const FmPageLogo asked = {cases[i].file, 20 / FM_PX_PER_MM, FALSE};
        g_autoptr(GError) error = NULL;
        g_autoptr(FmLogo) logo = fm__logo_new(&asked, icons, folder, &error);
        g_assert_no_error(error);
        double height = fm__logo_paint(logo, page->cr, 50, 50, cases[i].width_px);
        g_assert_cmpfloat_with_epsilon(height, cases[i].height_px, 1e-9);
        g_assert_cmphex(fixture_page_pixel(page, 50 + 3, 50 + height / 2), ==, cases[i].color);
        g_assert_cmphex(fixture_page_pixel(page, 50 + 3, 50 + height + 3), ==, 0xFFFFFF);
        g_assert_cmphex(fixture_page_pixel(page, 50 + 45, 50 + 3), ==, 0xFFFFFF);
    }
    fixture_remove(folder);
}

/* A piece of the panel, where the document wants it. */
static void places(void)
{
    static char a[] = "a.svg";
    g_autofree char *folder = logo_folder();
    g_autoptr(FmIconSet) icons = fm__icon_set_new(folder);
    const FmPageLogo asked = {a, 10, FALSE};
    g_autoptr(FmLogo) logo = fm__logo_new(&asked, icons, folder, NULL);
    static const char *const metadata[] = {
        "{\"facmap:logo\": {\"file\": \"a.svg\"}}",
        "{\"facmap:logo\": {\"file\": \"a.svg\", \"place\": \"top\"}}"};
    for (int top = 0; top <= 1; top++) {
        g_autoptr(FixturePage) page = fixture_page_new(metadata[top], "[" FIXTURE_AREA "]");
        g_assert_cmpfloat(fm__logo_draw_bottom(&page->furniture, 0, 0, 300), ==, 0);
        page->furniture.logo = logo;
        g_assert_true((fm__logo_draw_top(&page->furniture, 0, 0, 300) > 0) == (top == 1));
        g_assert_true((fm__logo_draw_bottom(&page->furniture, 0, 0, 300) > 0) == (top == 0));
    }
    fixture_remove(folder);
}

static void mistakes(void)
{
    static char absent_svg[] = "x.svg", absent_png[] = "x.png", text[] = "c.png";
    static const struct {
        char *file;
        FmError code;
    } cases[] = {
        {absent_svg, FM_ERROR_NOT_FOUND}, {absent_png, FM_ERROR_NOT_FOUND}, {text, FM_ERROR_PARSE}};
    g_autofree char *folder = logo_folder();
    g_autoptr(FmIconSet) icons = fm__icon_set_new(folder);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const FmPageLogo asked = {cases[i].file, 10, FALSE};
        g_autoptr(GError) error = NULL;
        g_autoptr(FmLogo) logo = fm__logo_new(&asked, icons, folder, &error);
        g_assert_null(logo);
        g_assert_error(error, FM_ERROR, (int)cases[i].code);
        g_assert_nonnull(strstr(error->message, "logo"));
    }
    fixture_remove(folder);
}

void test_logo(void)
{
    g_test_add_func("/render/logo/drawn", drawn);
    g_test_add_func("/render/logo/places", places);
    g_test_add_func("/render/logo/mistakes", mistakes);
}
