#include "../../../src/render/surface.h"
#include "fm-unit.h"

#include <glib/gstdio.h>
#include <string.h>

static void formats(void)
{
    static const struct {
        const char *path;
        FmPictureFormat format;
    } known[] = {
        {"map.png", FM_PICTURE_PNG}, {"a.b.pdf", FM_PICTURE_PDF}, {"M.SVG", FM_PICTURE_SVG}};
    static const char *const unknown[] = {"map", "map.jpg", "png", "map.png.txt"};
    FmPictureFormat format;

    for (gsize i = 0; i < G_N_ELEMENTS(known); i++) {
        g_assert_true(fm__picture_format(known[i].path, &format, NULL));
        g_assert_cmpint(format, ==, known[i].format);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(unknown); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_false(fm__picture_format(unknown[i], &format, &error));
        g_assert_error(error, FM_ERROR, FM_ERROR_USAGE);
    }
}

/* A page of 2 x 1 inch: the vectors have its size in points, whatever the resolution. */
static void page_size(void)
{
    g_autofree char *folder = g_dir_make_tmp("facmap-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "page.svg", NULL);
    const FmSheet sheet = {.width_dev = 600, .height_dev = 300, .dpi = 300, .device_scale = 3};
    g_autoptr(GError) error = NULL;
    g_autofree char *text = NULL;

    cairo_t *cr = fm__surface_open(FM_PICTURE_SVG, path, &sheet, &error);
    g_assert_no_error(error);
    cairo_rectangle(cr, 0, 0, 10, 10);
    cairo_fill(cr);
    g_assert_true(fm__surface_finish(cr, path, &error));
    cairo_destroy(cr);
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_assert_nonnull(strstr(text, "width=\"144pt\" height=\"72pt\""));
    g_remove(path);
    g_rmdir(folder);
}

static void errors(void)
{
    const FmSheet sheet = {.width_dev = 600, .height_dev = 300, .dpi = 300, .device_scale = 3};
    const FmSheet huge = {.width_dev = 40000, .height_dev = 40000, .dpi = 300, .device_scale = 3};
    g_autoptr(GError) error = NULL;

    g_assert_null(fm__surface_open(FM_PICTURE_PDF, "/no/such/folder/a.pdf", &sheet, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_IO);
    g_clear_error(&error);
    g_assert_null(fm__surface_open(FM_PICTURE_PNG, NULL, &huge, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_LIMIT);
}

/* Pages beyond what the disk holds: the first failure is said at the end, by the output's name. */
static void full_disk(void)
{
    static const FmPictureFormat formats_of_files[] = {FM_PICTURE_PDF, FM_PICTURE_SVG};
    const FmSheet sheet = {.width_dev = 600, .height_dev = 300, .dpi = 300, .device_scale = 3};
    for (gsize i = 0; i < G_N_ELEMENTS(formats_of_files); i++) {
        g_autoptr(GError) error = NULL;
        cairo_t *cr = fm__surface_open(formats_of_files[i], "/dev/full", &sheet, &error);
        g_assert_no_error(error);
        int n_pages = formats_of_files[i] == FM_PICTURE_PDF ? 3 : 1;
        for (int page = 0; page < n_pages; page++) {
            for (int k = 0; k < 20000; k++)
                cairo_line_to(cr, k * 7 % 199, k * 11 % 97);
            cairo_push_group(cr);
            cairo_stroke(cr);
            cairo_pop_group_to_source(cr);
            cairo_paint_with_alpha(cr, 0.5);
            if (page + 1 < n_pages)
                fm__surface_next_page(cr);
        }
        g_assert_false(fm__surface_finish(cr, "map", &error));
        g_assert_error(error, FM_ERROR, FM_ERROR_IO);
        g_assert_cmpstr(error->message, ==, "cannot write map: No space left on device");
        cairo_destroy(cr);
    }
}

void test_surface(void)
{
    g_test_add_func("/render/surface/formats", formats);
    g_test_add_func("/render/surface/page-size", page_size);
    g_test_add_func("/render/surface/errors", errors);
    g_test_add_func("/render/surface/full-disk", full_disk);
}
