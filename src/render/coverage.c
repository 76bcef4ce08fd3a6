/* Summing the areas that edges cut off from pixels, by the cell method of FreeType's and AGG's
 * scanline rasterisers (after Levoy's exact area coverage): each edge leaves, in every row that it
 * crosses, the change of coverage at its columns; a running sum along the row is the coverage. */
#include "coverage.h"

#include <math.h>
#include <string.h>

/* A pixel that is covered wholly: height times twice the width. */
#define WHOLE (2 * FM_SUBPIXELS * FM_SUBPIXELS)
#define SHIFT 8 /* FM_SUBPIXELS = 1 << SHIFT */

void fm__coverage_init(FmCoverage *coverage, int width, int n_rows)
{
    *coverage = (FmCoverage){.width = width, .n_rows = n_rows, .first_row = n_rows, .last_row = -1};
    coverage->sums = g_new0(gint32, (gsize)n_rows * ((gsize)width + 2));
    coverage->first = g_new(int, n_rows);
    coverage->last = g_new(int, n_rows);
    for (int row = 0; row < n_rows; row++) {
        coverage->first[row] = G_MAXINT;
        coverage->last[row] = -1;
    }
}

void fm__coverage_clear(FmCoverage *coverage)
{
    g_clear_pointer(&coverage->sums, g_free);
    g_clear_pointer(&coverage->first, g_free);
    g_clear_pointer(&coverage->last, g_free);
}

void fm__coverage_move(FmCoverage *coverage, int top)
{
    coverage->top = top;
}

/* ---- adding ----------------------------------------------------------------------------- */

/* An edge in column `c` of a row: from `from` to `to` across it, `height` down it or, negative, up.
 */
static inline void add_cell(gint32 *sums, int c, gint32 from, gint32 to, gint32 height)
{
    gint32 beside = from + to - 2 * c * FM_SUBPIXELS;
    sums[c] += height * (2 * FM_SUBPIXELS - beside);
    sums[c + 1] += height * beside;
}

/* An edge within one row, from x0 to x1 (either order). */
static void add_in_row(FmCoverage *coverage, int row, gint32 x0, gint32 x1, gint32 height)
{
    const gint32 end = coverage->width << SHIFT;
    gint32 from = CLAMP(MIN(x0, x1), 0, end), to = CLAMP(MAX(x0, x1), 0, end);
    gint32 *sums = coverage->sums + (gsize)row * ((gsize)coverage->width + 2);
    int c = from >> SHIFT, last = to > from ? (to - 1) >> SHIFT : c;
    coverage->first[row] = MIN(coverage->first[row], c);
    coverage->last[row] = MAX(coverage->last[row], last + 1);
    if (c == last) {
        add_cell(sums, c, from, to, height);
        return;
    }
    gint32 at = from, done = 0;
    for (; c <= last; c++) {
        gint32 next = c < last ? (c + 1) << SHIFT : to;
        gint32 reached = c < last ? (gint32)((gint64)height * (next - from) / (to - from)) : height;
        add_cell(sums, c, at, next, reached - done);
        at = next;
        done = reached;
    }
}

static void add_edge(FmCoverage *coverage, FmSubpixel a, FmSubpixel b)
{
    if (a.y == b.y)
        return;
    const gint32 sign = a.y < b.y ? 1 : -1;
    if (sign < 0) {
        FmSubpixel swap = a;
        a = b;
        b = swap;
    }
    const int first = MAX(a.y >> SHIFT, coverage->top);
    const int last = MIN((b.y - 1) >> SHIFT, coverage->top + coverage->n_rows - 1);
    if (first > last)
        return;
    coverage->first_row = MIN(coverage->first_row, first - coverage->top);
    coverage->last_row = MAX(coverage->last_row, last - coverage->top);
    const gint64 dx = b.x - a.x, dy = b.y - a.y;
    gint32 y = MAX(a.y, first << SHIFT);
    gint32 x = y == a.y ? a.x : a.x + (gint32)((y - a.y) * dx / dy);
    for (int row = first; row <= last; row++) {
        /* Where it leaves the row is found from its ends, not from the row above: so it does not
         * depend on where the band begins. */
        gint32 y_end = MIN(b.y, (row + 1) << SHIFT);
        gint32 x_end = y_end == b.y ? b.x : a.x + (gint32)((y_end - a.y) * dx / dy);
        add_in_row(coverage, row - coverage->top, x, x_end, sign * (y_end - y));
        x = x_end;
        y = y_end;
    }
}

void fm__coverage_add(FmCoverage *coverage, const FmSubpixel *points, gsize n)
{
    for (gsize i = 0; i < n; i++)
        add_edge(coverage, points[i], points[i + 1 < n ? i + 1 : 0]);
}

/* ---- painting --------------------------------------------------------------------------- */

/* What share of the pixel or row [at, at + 1) lies between `begin` and `end`, in FM_SUBPIXELS. */
static gint32 share_inside(int at, gint32 begin, gint32 end)
{
    gint32 from = MAX(at * FM_SUBPIXELS, begin), to = MIN((at + 1) * FM_SUBPIXELS, end);
    return MAX(to - from, 0);
}

/* The pixel moved towards the source by share / FM_SUBPIXELS.  Red and blue are done in one go: a
 * channel times FM_SUBPIXELS fits into the 16 bits that it has there. */
static inline guint32 blend(guint32 below, guint32 source, gint32 share)
{
    const guint32 part = (guint32)share, rest = FM_SUBPIXELS - part;
    const guint32 red_blue = 0xff00ff, green = 0x00ff00;
    guint32 rb = (below & red_blue) * rest + (source & red_blue) * part + 0x800080;
    guint32 g = (below & green) * rest + (source & green) * part + 0x008000;
    return (rb >> SHIFT & red_blue) | (g >> SHIFT & green);
}

/* Running sums along a row.  Sums are cleared also where the clip paints nothing.
 * strength: of a pixel that is covered wholly, of FM_SUBPIXELS */
static void paint_row(gint32 *sums, int first, int last, guint32 *pixels, const FmSubpixelBox *clip,
                      gint32 strength, guint32 source)
{
    const int inner_begin = (clip->left + FM_SUBPIXELS - 1) >> SHIFT;
    const int inner_end = clip->right >> SHIFT;
    gint32 sum = 0;
    for (int x = first; x <= last; x++) {
        sum += sums[x];
        sums[x] = 0;
        if (sum == 0)
            continue;
        gint32 share = MIN((ABS(sum) + FM_SUBPIXELS) / (2 * FM_SUBPIXELS), FM_SUBPIXELS);
        if (strength < FM_SUBPIXELS)
            share = share * strength / FM_SUBPIXELS;
        if (x < inner_begin || x >= inner_end)
            share = share * share_inside(x, clip->left, clip->right) / FM_SUBPIXELS;
        if (share == FM_SUBPIXELS)
            pixels[x] = source;
        else if (share > 0)
            pixels[x] = blend(pixels[x], source, share);
    }
}

FmInk fm__coverage_ink(FmColor color, double opacity)
{
    return (FmInk){.source = (guint32)lround(color.r * 255) << 16 |
                             (guint32)lround(color.g * 255) << 8 | (guint32)lround(color.b * 255),
                   .strength = (gint32)lround(CLAMP(color.a * opacity, 0, 1) * FM_SUBPIXELS)};
}

void fm__coverage_paint(FmCoverage *coverage, guint8 *pixels, gsize stride,
                        const FmSubpixelBox *clip, FmInk ink)
{
    const FmSubpixelBox inside = {MAX(clip->left, 0), clip->top,
                                  MIN(clip->right, coverage->width << SHIFT), clip->bottom};
    for (int row = coverage->first_row; row <= coverage->last_row; row++) {
        gint32 *sums = coverage->sums + (gsize)row * ((gsize)coverage->width + 2);
        gint32 strength = ink.strength *
                          share_inside(coverage->top + row, inside.top, inside.bottom) /
                          FM_SUBPIXELS;
        int from = coverage->first[row], last = coverage->last[row];
        if (strength > 0) {
            guint8 *line = pixels + stride * (gsize)(coverage->top + row);
            /* The last sums of a row that ends at the picture's edge stand beyond it. */
            int end = MIN(last, coverage->width - 1);
            paint_row(sums, from, end, (guint32 *)(void *)line, &inside, strength, ink.source);
            from = MAX(from, end + 1);
        }
        for (int x = from; x <= last; x++)
            sums[x] = 0;
        coverage->first[row] = G_MAXINT;
        coverage->last[row] = -1;
    }
    coverage->first_row = coverage->n_rows;
    coverage->last_row = -1;
}
