/* Palettes: lossless for few colours, close for many. */
#include "fm-unit.h"
#include "quantize.h"

#include <math.h>
#include <string.h>

#define SIZE 128

static FmPalette *palette_of(const guint32 *pixels, gsize n_max)
{
    g_autoptr(FmHistogram) histogram = fm__histogram_new();
    fm__histogram_add(histogram, (const guint8 *)pixels, 4 * (gsize)SIZE, SIZE, SIZE);
    return fm__palette_new(histogram, n_max);
}

static void few(void)
{
    guint32 pixels[SIZE * SIZE];
    /* Neighbours in one cell of the histogram, which must not become one. */
    for (guint32 i = 0; i < SIZE * SIZE; i++)
        pixels[i] = 0x102030 + i % 200;
    g_autoptr(FmPalette) palette = palette_of(pixels, 200);
    g_assert_cmpuint(palette->n, ==, 200);
    for (gsize i = 0; i < SIZE * SIZE; i++)
        g_assert_cmphex(palette->colors[fm__palette_index(pixels[i], palette)], ==, pixels[i]);
}

/* A smooth field: the mean error against a grid of as many colours. */
static void many(void)
{
    guint32 pixels[SIZE * SIZE];
    for (guint32 y = 0; y < SIZE; y++)
        for (guint32 x = 0; x < SIZE; x++)
            pixels[y * SIZE + x] = 2 * x << 16 | 2 * y << 8 | 0x80;
    static const gsize sizes[] = {2, 16, 64, 256};
    for (gsize s = 0; s < G_N_ELEMENTS(sizes); s++) {
        g_autoptr(FmPalette) palette = palette_of(pixels, sizes[s]);
        g_assert_cmpuint(palette->n, <=, sizes[s]);
        double error = 0;
        for (gsize i = 0; i < SIZE * SIZE; i++) {
            guint32 got = palette->colors[fm__palette_index(pixels[i], palette)];
            for (int shift = 0; shift <= 16; shift += 8) {
                double d = (double)(got >> shift & 0xff) - (double)(pixels[i] >> shift & 0xff);
                error += d * d;
            }
        }
        /* n squares of side 256 / sqrt(n), each with variance side² / 12 along two axes; the cells
         * of the histogram and odd shapes cost a part. */
        double ideal = 2 * 65536.0 / (double)sizes[s] / 12;
        g_assert_cmpfloat(error / (SIZE * SIZE), <, 1.35 * ideal);
    }
}

/* Grounds keep their colours to the bit among thousands of others. */
static void ground(void)
{
    static const guint32 grounds[] = {0xfaf9f6, 0xcfe1ec, 0x123456};
    guint32 pixels[SIZE * SIZE];
    g_autoptr(GRand) rand = g_rand_new_with_seed(9);
    for (gsize i = 0; i < SIZE * SIZE; i++)
        pixels[i] = i % 4 == 0 ? g_rand_int(rand) & 0xffffff : grounds[i / 8 % 3];
    g_autoptr(FmPalette) palette = palette_of(pixels, 64);
    for (gsize i = 0; i < G_N_ELEMENTS(grounds); i++)
        g_assert_cmphex(palette->colors[fm__palette_index(grounds[i], palette)], ==, grounds[i]);
}

/* The same counts in another division of the picture give the same palette. */
static void in_bands(void)
{
    guint32 pixels[SIZE * SIZE];
    g_autoptr(GRand) rand = g_rand_new_with_seed(3);
    for (gsize i = 0; i < SIZE * SIZE; i++)
        pixels[i] = g_rand_int(rand) & 0xf0ff3f;
    g_autoptr(FmPalette) whole = palette_of(pixels, 100);
    g_autoptr(FmHistogram) histogram = fm__histogram_new();
    for (int y = 0; y < SIZE; y += 16)
        fm__histogram_add(histogram, (const guint8 *)(pixels + y * SIZE), 4 * (gsize)SIZE, SIZE,
                          16);
    g_autoptr(FmPalette) bands = fm__palette_new(histogram, 100);
    g_assert_cmpuint(whole->n, ==, bands->n);
    g_assert_cmpint(memcmp(whole->colors, bands->colors, sizeof whole->colors), ==, 0);
}

void test_quantize(void)
{
    g_test_add_func("/render/quantize/few", few);
    g_test_add_func("/render/quantize/many", many);
    g_test_add_func("/render/quantize/ground", ground);
    g_test_add_func("/render/quantize/in-bands", in_bands);
}
