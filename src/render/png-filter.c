/* A drawn map repeats its colours, and deflate finds them best unfiltered; where a raster or a
 * gradient lies on it the differences to the neighbours are smaller than the pixels.  No rule of
 * thumb tells the two apart as surely as trying, and four rows are enough to tell. */
#include "png-filter.h"

#include <string.h>

#define SAMPLE_ROWS 4

/* PNG specification, 9.4. */
static guint8 paeth(int left, int above, int corner)
{
    int p = left + above - corner;
    int to_left = ABS(p - left), to_above = ABS(p - above), to_corner = ABS(p - corner);
    if (to_left <= to_above && to_left <= to_corner)
        return (guint8)left;
    return (guint8)(to_above <= to_corner ? above : corner);
}

void fm__png_filter_row(FmPngFilter filter, const guint8 *row, const guint8 *above, gsize n_bytes,
                        gsize pixel, guint8 *out)
{
    *out++ = (guint8)filter;
    switch (filter) {
    case FM_PNG_NONE:
        memcpy(out, row, n_bytes);
        return;
    case FM_PNG_SUB:
        for (gsize i = 0; i < n_bytes; i++)
            out[i] = (guint8)(row[i] - (i >= pixel ? row[i - pixel] : 0));
        return;
    case FM_PNG_UP:
        for (gsize i = 0; i < n_bytes; i++)
            out[i] = (guint8)(row[i] - above[i]);
        return;
    case FM_PNG_AVERAGE:
        for (gsize i = 0; i < n_bytes; i++)
            out[i] = (guint8)(row[i] - ((i >= pixel ? row[i - pixel] : 0) + above[i]) / 2);
        return;
    case FM_PNG_PAETH:
        for (gsize i = 0; i < n_bytes; i++) {
            int left = i >= pixel ? row[i - pixel] : 0, corner = i >= pixel ? above[i - pixel] : 0;
            out[i] = (guint8)(row[i] - paeth(left, above[i], corner));
        }
        return;
    }
}

gsize fm__png_filter_sample(gsize n_rows, gsize *first)
{
    const gsize n = MIN(n_rows, SAMPLE_ROWS);
    *first = (n_rows - n) / 2;
    return n;
}

FmPngFilter fm__png_filter_choose(FmDeflater *judge, const guint8 *rows, gsize n, gsize n_bytes,
                                  gsize pixel)
{
    static const FmPngFilter candidates[] = {FM_PNG_NONE, FM_PNG_UP, FM_PNG_PAETH};
    const gsize size = n_bytes + 1;
    g_autofree guint8 *sample = g_malloc(n * size);
    FmPngFilter best = FM_PNG_NONE;
    gsize least = G_MAXSIZE;
    for (gsize c = 0; c < G_N_ELEMENTS(candidates); c++) {
        for (gsize i = 0; i < n; i++)
            fm__png_filter_row(candidates[c], rows + (i + 1) * n_bytes, rows + i * n_bytes, n_bytes,
                               pixel, sample + i * size);
        gsize compressed = fm__deflate_size(judge, sample, n * size);
        if (compressed < least) {
            least = compressed;
            best = candidates[c];
        }
    }
    return best;
}
