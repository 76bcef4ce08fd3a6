/* Filters by the PNG specification's own inverse, and the choice between them. */
#include "fm-unit.h"
#include "png-filter.h"

#include <stdlib.h>
#include <string.h>

#define N 60

/* PNG specification, 9.2: what a reader adds to a byte. */
static int predict(int filter, int left, int above, int corner)
{
    int p = left + above - corner;
    int a = abs(p - left), b = abs(p - above), c = abs(p - corner);
    int nearest = a <= b && a <= c ? left : b <= c ? above : corner;
    const int predictions[] = {0, left, above, (left + above) / 2, nearest};
    return predictions[filter];
}

static void inverse(void)
{
    guint8 above[N], row[N], out[N + 1], back[N];
    g_autoptr(GRand) rand = g_rand_new_with_seed(2);
    for (gsize i = 0; i < N; i++) {
        above[i] = (guint8)g_rand_int(rand);
        row[i] = (guint8)g_rand_int(rand);
    }
    for (int filter = FM_PNG_NONE; filter <= FM_PNG_PAETH; filter++)
        for (gsize pixel = 1; pixel <= 3; pixel += 2) {
            fm__png_filter_row((FmPngFilter)filter, row, above, N, pixel, out);
            g_assert_cmpint(out[0], ==, filter);
            for (gsize i = 0; i < N; i++) {
                int left = i >= pixel ? back[i - pixel] : 0;
                int corner = i >= pixel ? above[i - pixel] : 0;
                back[i] = (guint8)(out[i + 1] + predict(filter, left, above[i], corner));
            }
            g_assert_cmpint(memcmp(back, row, N), ==, 0);
        }
}

/* Flat colours with lines over them stay as they are; a smooth field does not. */
static void choice(void)
{
    const gsize width = 400, n_rows = 12, n = 3 * width;
    g_autofree guint8 *drawn = g_malloc(n_rows * n);
    g_autofree guint8 *smooth = g_malloc(n_rows * n);
    g_autoptr(GRand) rand = g_rand_new_with_seed(3);
    for (gsize i = 0; i < n_rows * width; i++) {
        guint8 flat = g_rand_int_range(rand, 0, 5) == 0 ? 0x20 : 0xf0;
        memset(drawn + 3 * i, flat, 3);
        for (gsize c = 0; c < 3; c++)
            smooth[3 * i + c] =
                (guint8)(i % width / 2 + 3 * (i / width) * c + (gsize)g_rand_int_range(rand, 0, 3));
    }
    g_autoptr(FmDeflater) judge = fm__deflater_new(1);
    gsize first = 0, n_sample = fm__png_filter_sample(n_rows, &first);
    g_assert_cmpuint(first, >, 0);
    g_assert_cmpuint(first + n_sample, <=, n_rows);
    const gsize above = (first - 1) * n;
    g_assert_cmpint(fm__png_filter_choose(judge, drawn + above, n_sample, n, 3), ==, FM_PNG_NONE);
    g_assert_cmpint(fm__png_filter_choose(judge, smooth + above, n_sample, n, 3), !=, FM_PNG_NONE);
    g_assert_cmpuint(fm__png_filter_sample(1, &first), ==, 1);
    g_assert_cmpuint(first, ==, 0);
}

void test_png_filter(void)
{
    g_test_add_func("/render/png-filter/inverse", inverse);
    g_test_add_func("/render/png-filter/choice", choice);
}
