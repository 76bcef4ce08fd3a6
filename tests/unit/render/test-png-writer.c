/* PNG files: the pixels that were drawn, the resolution, and the texts. */
#include "fixture.h"
#include "fm-unit.h"
#include "png-writer.h"

#include <cairo.h>
#include <errno.h>
#include <math.h>
#include <png.h>
#include <string.h>

static cairo_surface_t *draw_pattern(int width, int height)
{
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    guint8 *pixels = cairo_image_surface_get_data(surface);
    gsize stride = (gsize)cairo_image_surface_get_stride(surface);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            guint32 pixel = ((guint32)(x * 7 % 256) << 16) | ((guint32)(y * 5 % 256) << 8) |
                            (guint32)((x + y) % 256);
            memcpy(pixels + stride * (gsize)y + 4 * (gsize)x, &pixel, sizeof pixel);
        }
    cairo_surface_mark_dirty(surface);
    return surface;
}

/* Write the surface in bands of `n_blocks` blocks of rows. */
static gboolean write_png(const char *path, cairo_surface_t *surface, const FmPngInfo *texts,
                          int n_blocks, guint n_threads, const FmProgress *progress, GError **error)
{
    FmPngInfo info = texts ? *texts : (FmPngInfo){.dpi = 300};
    info.width = cairo_image_surface_get_width(surface);
    info.height = cairo_image_surface_get_height(surface);
    g_autoptr(FmPngWriter) writer = fm__png_open(path, &info, NULL, NULL, error);
    if (!writer)
        return FALSE;
    gsize stride = (gsize)cairo_image_surface_get_stride(surface);
    const guint8 *pixels = cairo_image_surface_get_data(surface);
    int step = n_blocks * fm__png_block_rows(info.width);
    for (int y = 0; y < info.height; y += step)
        if (!fm__png_add(writer, pixels + stride * (gsize)y, stride, MIN(step, info.height - y),
                         n_threads, progress, error))
            return FALSE;
    return fm__png_close(writer, error);
}

/* Around the edges of the blocks in which rows are compressed, which are 3971 rows high here. */
static void pixels(void)
{
    static const int heights[] = {1, 3970, 3971, 3972, 8000};
    g_autofree char *folder = fixture_folder();
    g_autofree char *path = g_build_filename(folder, "p.png", NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(heights); i++) {
        cairo_surface_t *surface = draw_pattern(33, heights[i]);
        g_autoptr(GError) error = NULL;
        g_assert_true(write_png(path, surface, NULL, 100, 2, NULL, &error));
        g_assert_no_error(error);
        png_image image = {.version = PNG_IMAGE_VERSION};
        g_assert_true(png_image_begin_read_from_file(&image, path));
        g_assert_cmpuint(image.width, ==, 33);
        g_assert_cmpuint(image.height, ==, (guint)heights[i]);
        image.format = PNG_FORMAT_RGB;
        g_autofree guint8 *read = g_malloc(PNG_IMAGE_SIZE(image));
        g_assert_true(png_image_finish_read(&image, NULL, read, 0, NULL));
        for (int y = 0; y < heights[i]; y++)
            for (int x = 0; x < 33; x++) {
                const guint8 *p = read + 3 * ((gsize)y * 33 + (gsize)x);
                g_assert_cmpint(p[0], ==, x * 7 % 256);
                g_assert_cmpint(p[1], ==, y * 5 % 256);
                g_assert_cmpint(p[2], ==, (x + y) % 256);
            }
        cairo_surface_destroy(surface);
    }
    fixture_remove(folder);
}

/* The bytes depend neither on the threads nor on how many rows are given at once. */
static void same_bytes(void)
{
    g_autofree char *folder = fixture_folder();
    g_autofree char *path = g_build_filename(folder, "p.png", NULL);
    cairo_surface_t *surface = draw_pattern(700, 900);
    gsize n_first = 0;
    g_autofree char *first = NULL;
    static const struct {
        int n_blocks;
        guint n_threads;
    } ways[] = {{100, 1}, {100, 4}, {1, 1}, {2, 3}};
    for (gsize i = 0; i < G_N_ELEMENTS(ways); i++) {
        g_assert_true(
            write_png(path, surface, NULL, ways[i].n_blocks, ways[i].n_threads, NULL, NULL));
        gsize n = 0;
        g_autofree char *file = fixture_read(path, &n);
        if (i == 0) {
            first = g_steal_pointer(&file);
            n_first = n;
        } else {
            g_assert_cmpuint(n_first, ==, n);
            g_assert_cmpint(memcmp(first, file, n), ==, 0);
        }
    }
    cairo_surface_destroy(surface);
    fixture_remove(folder);
}

static guint8 index_of_low_bits(guint32 pixel, const void *user)
{
    return (guint8)(pixel & *(const guint32 *)user);
}

/* Each depth: indices packed from the left, and the palette's colours in their place. */
static void palette(void)
{
    static const guint32 n_colors[] = {2, 4, 16, 256};
    g_autofree char *folder = fixture_folder();
    g_autofree char *path = g_build_filename(folder, "p.png", NULL);
    cairo_surface_t *surface = draw_pattern(33, 50);
    guint32 colors[256];
    for (guint32 i = 0; i < 256; i++)
        colors[i] = i << 16 | (255 - i) << 8 | 7;
    for (gsize i = 0; i < G_N_ELEMENTS(n_colors); i++) {
        const guint32 mask = n_colors[i] - 1;
        const FmPngInfo info = {33, 50, 96, NULL, 0, colors, n_colors[i], NULL};
        g_autoptr(FmPngWriter) writer = fm__png_open(path, &info, index_of_low_bits, &mask, NULL);
        g_assert_nonnull(writer);
        g_assert_true(fm__png_add(writer, cairo_image_surface_get_data(surface),
                                  (gsize)cairo_image_surface_get_stride(surface), 50, 1, NULL,
                                  NULL));
        g_assert_true(fm__png_close(writer, NULL));
        png_image image = {.version = PNG_IMAGE_VERSION};
        g_assert_true(png_image_begin_read_from_file(&image, path));
        g_assert_cmpuint(image.colormap_entries, ==, n_colors[i]);
        image.format = PNG_FORMAT_RGB;
        g_autofree guint8 *read = g_malloc(PNG_IMAGE_SIZE(image));
        g_assert_true(png_image_finish_read(&image, NULL, read, 0, NULL));
        for (int y = 0; y < 50; y++)
            for (int x = 0; x < 33; x++) {
                guint32 index = (guint32)((x + y) % 256) & mask;
                const guint8 *p = read + 3 * ((gsize)y * 33 + (gsize)x);
                g_assert_cmpuint(p[0], ==, index);
                g_assert_cmpuint(p[1], ==, 255 - index);
                g_assert_cmpuint(p[2], ==, 7);
            }
    }
    cairo_surface_destroy(surface);
    fixture_remove(folder);
}

/* The chunk's data; NULL when there is none.  Independent of libpng, and checks every length. */
static const guint8 *find_chunk(const char *file, gsize size, const char *type, const char *key,
                                gsize *length)
{
    for (gsize at = 8; at + 12 <= size;) {
        const guint8 *p = (const guint8 *)file + at;
        gsize n = (gsize)p[0] << 24 | (gsize)p[1] << 16 | (gsize)p[2] << 8 | p[3];
        g_assert_cmpuint(at + 12 + n, <=, size);
        if (memcmp(p + 4, type, 4) == 0 &&
            (!key || (n > strlen(key) && memcmp(p + 8, key, strlen(key) + 1) == 0))) {
            *length = n;
            return p + 8;
        }
        at += 12 + n;
    }
    return NULL;
}

static void chunks(void)
{
    g_autofree char *folder = fixture_folder();
    g_autofree char *path = g_build_filename(folder, "p.png", NULL);
    cairo_surface_t *surface = draw_pattern(8, 8);
    char title[] = "北京 Beijing";
    g_autofree char *comment = g_strnfill(3000, 'x');
    FmPngText texts[] = {{"Title", title}, {"Comment", comment}};
    const FmPngInfo info = {.dpi = 300, .texts = texts, .n_texts = 2};
    g_assert_true(write_png(path, surface, &info, 1, 1, NULL, NULL));
    cairo_surface_destroy(surface);
    gsize size = 0, n = 0;
    g_autofree char *file = fixture_read(path, &size);
    const guint8 *phys = find_chunk(file, size, "pHYs", NULL, &n);
    g_assert_nonnull(phys);
    g_assert_cmpuint(n, ==, 9);
    guint32 per_m =
        (guint32)phys[0] << 24 | (guint32)phys[1] << 16 | (guint32)phys[2] << 8 | phys[3];
    g_assert_cmpuint(per_m, ==, (guint32)lround(300 / 0.0254));
    g_assert_cmpint(phys[8], ==, 1);
    g_assert_nonnull(find_chunk(file, size, "sRGB", NULL, &n));
    /* key NUL, compression flag, method, language NUL, translated key NUL, UTF-8 text */
    const guint8 *text = find_chunk(file, size, "iTXt", "Title", &n);
    g_assert_nonnull(text);
    g_assert_cmpuint(n, ==, strlen("Title") + 5 + strlen(title));
    g_assert_cmpint(memcmp(text + strlen("Title") + 5, title, strlen(title)), ==, 0);
    const guint8 *long_text = find_chunk(file, size, "iTXt", "Comment", &n);
    g_assert_nonnull(long_text);
    g_assert_cmpuint(n, <, 200); /* compressed */
    fixture_remove(folder);
}

static void cannot_write(void)
{
    cairo_surface_t *surface = draw_pattern(8, 8);
    g_autoptr(GError) error = NULL;
    g_assert_false(write_png("/dev/full", surface, NULL, 1, 1, NULL, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_IO);
    g_assert_nonnull(strstr(error->message, g_strerror(ENOSPC)));
    cairo_surface_destroy(surface);
}

static gboolean cancel(double fraction, const char *stage, void *user)
{
    (void)fraction;
    (void)stage;
    (void)user;
    return FALSE;
}

static void cancelled(void)
{
    g_autofree char *folder = fixture_folder();
    g_autofree char *path = g_build_filename(folder, "p.png", NULL);
    cairo_surface_t *surface = draw_pattern(8, 8);
    FmProgress progress = fm_progress_init(cancel, NULL);
    g_autoptr(GError) error = NULL;
    g_assert_false(write_png(path, surface, NULL, 1, 1, &progress, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_CANCELLED);
    cairo_surface_destroy(surface);
    fixture_remove(folder);
}

void test_png_writer(void)
{
    g_test_add_func("/render/png-writer/pixels", pixels);
    g_test_add_func("/render/png-writer/same-bytes", same_bytes);
    g_test_add_func("/render/png-writer/palette", palette);
    g_test_add_func("/render/png-writer/chunks", chunks);
    g_test_add_func("/render/png-writer/cannot-write", cannot_write);
    g_test_add_func("/render/png-writer/cancelled", cancelled);
}
