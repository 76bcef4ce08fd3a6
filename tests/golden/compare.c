/* Compares two PNG files as a reader would: golden-compare EXPECTED ACTUAL DIFF
 *
 * A pixel differs when a channel is off by more than 8 of 255 and no pixel within one of it has the
 * expected colour (anti-aliasing may shift an edge by less than a pixel).  Pictures are equal when
 * at most 0.05 % of the pixels differ and no 16 × 16 block has more than a tenth of them: a lost
 * label is a small share of a page and most of a block.
 *
 * Exit 0 when they are equal, 1 when they are not (DIFF then shows the expected picture in grey and
 * what differs in red), 2 when a file cannot be read. */
#include <glib.h>
#include <png.h>
#include <string.h>

#define TOLERANCE 8
#define MAX_SHARE 0.0005
#define BLOCK 16
#define MAX_BLOCK_SHARE 0.1

typedef struct {
    png_image image;
    guint8 *pixels; /* RGB */
} Picture;

static void picture_clear(Picture *picture)
{
    png_image_free(&picture->image);
    g_free(picture->pixels);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Picture, picture_clear)

static gboolean picture_read(Picture *picture, const char *path)
{
    picture->image.version = PNG_IMAGE_VERSION;
    if (!png_image_begin_read_from_file(&picture->image, path)) {
        g_printerr("%s: %s\n", path, picture->image.message);
        return FALSE;
    }
    picture->image.format = PNG_FORMAT_RGB;
    picture->pixels = g_malloc(PNG_IMAGE_SIZE(picture->image));
    if (png_image_finish_read(&picture->image, NULL, picture->pixels, 0, NULL))
        return TRUE;
    g_printerr("%s: %s\n", path, picture->image.message);
    return FALSE;
}

static const guint8 *pixel(const Picture *picture, guint x, guint y)
{
    return picture->pixels + 3 * ((gsize)y * picture->image.width + x);
}

static gboolean close_to(const guint8 *a, const guint8 *b)
{
    for (int c = 0; c < 3; c++)
        if (ABS((int)a[c] - (int)b[c]) > TOLERANCE)
            return FALSE;
    return TRUE;
}

static gboolean differs(const Picture *expected, const Picture *actual, guint x, guint y)
{
    const guint8 *wanted = pixel(expected, x, y);
    guint x1 = MIN(x + 1, actual->image.width - 1), y1 = MIN(y + 1, actual->image.height - 1);
    for (guint v = y > 0 ? y - 1 : 0; v <= y1; v++)
        for (guint u = x > 0 ? x - 1 : 0; u <= x1; u++)
            if (close_to(wanted, pixel(actual, u, v)))
                return FALSE;
    return TRUE;
}

/* Mark what differs in `diff` (RGB).  Returns how many, and the worst block's share. */
static gsize count_differences(const Picture *expected, const Picture *actual, guint8 *diff,
                               double *worst)
{
    guint width = expected->image.width, height = expected->image.height;
    gsize total = 0;
    *worst = 0;
    for (guint by = 0; by < height; by += BLOCK)
        for (guint bx = 0; bx < width; bx += BLOCK) {
            gsize n = 0;
            for (guint y = by; y < MIN(by + BLOCK, height); y++)
                for (guint x = bx; x < MIN(bx + BLOCK, width); x++) {
                    gboolean off = differs(expected, actual, x, y);
                    const guint8 *p = pixel(expected, x, y);
                    guint8 grey = (guint8)(191 + (p[0] + p[1] + p[2]) / 12);
                    guint8 *out = diff + 3 * ((gsize)y * width + x);
                    out[0] = off ? 255 : grey;
                    out[1] = out[2] = off ? 0 : grey;
                    n += off ? 1 : 0;
                }
            total += n;
            *worst = MAX(*worst, (double)n / (BLOCK * BLOCK));
        }
    return total;
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        g_printerr("usage: golden-compare EXPECTED ACTUAL DIFF\n");
        return 2;
    }
    g_auto(Picture) expected = {0};
    g_auto(Picture) actual = {0};
    if (!picture_read(&expected, argv[1]) || !picture_read(&actual, argv[2]))
        return 2;
    if (expected.image.width != actual.image.width ||
        expected.image.height != actual.image.height) {
        g_print("%s: %u x %u pixels, expected %u x %u\n", argv[2], actual.image.width,
                actual.image.height, expected.image.width, expected.image.height);
        return 1;
    }
    g_autofree guint8 *diff = g_malloc(PNG_IMAGE_SIZE(expected.image));
    double worst = 0;
    gsize n = count_differences(&expected, &actual, diff, &worst);
    double share = (double)n / ((double)expected.image.width * expected.image.height);
    if (share <= MAX_SHARE && worst <= MAX_BLOCK_SHARE)
        return 0;
    g_print("%s: %.3f %% of the pixels differ, in one block %.0f %%\n", argv[2], 100 * share,
            100 * worst);
    png_image image = expected.image;
    if (!png_image_write_to_file(&image, argv[3], 0, diff, 0, NULL))
        g_printerr("%s: %s\n", argv[3], image.message);
    return 1;
}
