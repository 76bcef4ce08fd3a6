/* Cells of colours are divided at the cut that lessens the squared error most, along the channel of
 * greatest variance (Wu 1992, "Efficient statistical computations for optimal color quantization",
 * Graphics Gems II), then moved to the means of what is nearest to them (Lloyd 1982,
 * doi:10.1109/TIT.1982.1056489).  A colour that makes up most of what an entry stands for takes its
 * place exactly: grounds and lines of a map keep their colours. */
#include "quantize.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CELL_BITS 6 /* a channel */
#define N_CELLS (1u << 3 * CELL_BITS)
#define N_ROUNDS 8 /* of Lloyd's: the error falls by less than 1 % a round after five */

/* What is in a cell.  `major` is the colour of most of its pixels if one has more than half of
 * them, `lead` by how many at least (Boyer & Moore 1991, doi:10.1007/978-94-011-3488-0_5). */
typedef struct {
    guint64 count, sums[3];
    guint32 major;
    guint64 lead;
} Cell;

struct FmHistogram {
    Cell *cells;
    guint32 few[FM_PALETTE_MAX]; /* the different colours while n_few <= FM_PALETTE_MAX */
    gsize n_few;
};

FmHistogram *fm__histogram_new(void)
{
    FmHistogram *histogram = g_new0(FmHistogram, 1);
    histogram->cells = g_new0(Cell, N_CELLS);
    return histogram;
}

void fm__histogram_free(FmHistogram *histogram)
{
    if (!histogram)
        return;
    g_free(histogram->cells);
    g_free(histogram);
}

static guint32 channel(guint32 color, int c)
{
    return color >> (16 - 8 * c) & 0xff;
}

static gsize cell_of(guint32 color)
{
    gsize cell = 0;
    for (int c = 0; c < 3; c++)
        cell = cell << CELL_BITS | channel(color, c) >> (8 - CELL_BITS);
    return cell;
}

static void note_color(FmHistogram *histogram, guint32 color)
{
    if (histogram->n_few > FM_PALETTE_MAX)
        return;
    for (gsize i = 0; i < histogram->n_few; i++)
        if (histogram->few[i] == color)
            return;
    if (histogram->n_few < FM_PALETTE_MAX)
        histogram->few[histogram->n_few] = color;
    histogram->n_few++;
}

static void add_run(FmHistogram *histogram, guint32 color, guint64 n)
{
    Cell *cell = &histogram->cells[cell_of(color)];
    note_color(histogram, color);
    cell->count += n;
    for (int c = 0; c < 3; c++)
        cell->sums[c] += n * channel(color, c);
    if (cell->major == color) {
        cell->lead += n;
    } else if (cell->lead >= n) {
        cell->lead -= n;
    } else {
        cell->major = color;
        cell->lead = n - cell->lead;
    }
}

void fm__histogram_add(FmHistogram *histogram, const guint8 *pixels, gsize stride, int width,
                       int n_rows)
{
    for (int y = 0; y < n_rows; y++) {
        const guint8 *row = pixels + stride * (gsize)y;
        guint32 color = 0;
        guint64 run = 0;
        for (int x = 0; x < width; x++) {
            guint32 pixel;
            memcpy(&pixel, row + 4 * (gsize)x, sizeof pixel);
            pixel &= 0xffffff;
            if (run > 0 && pixel != color) {
                add_run(histogram, color, run);
                run = 0;
            }
            color = pixel;
            run++;
        }
        if (run > 0)
            add_run(histogram, color, run);
    }
}

/* ---- dividing --------------------------------------------------------------------------- */

/* A cell that has pixels: their mean, and how many. */
typedef struct {
    double mean[3], weight;
    const Cell *cell;
    gsize index, entry; /* of the palette */
} Sample;

/* Samples begin … end-1. */
typedef struct {
    gsize begin, end;
    int axis;     /* of greatest variance */
    double error; /* squared, over all axes */
    double gain;  /* what the best cut takes from it */
    gsize cut;    /* where */
} Box;

static int compare_on(const Sample *a, const Sample *b, int axis)
{
    if (a->mean[axis] != b->mean[axis])
        return a->mean[axis] < b->mean[axis] ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

static gint compare_samples(gconstpointer a, gconstpointer b, gpointer axis)
{
    return compare_on(a, b, *(const int *)axis);
}

/* Weighted sums of samples, and from them the squared distance from their mean. */
typedef struct {
    double weight, sum[3], square[3];
} Moments;

static void moments_add(Moments *m, const Sample *s)
{
    m->weight += s->weight;
    for (int c = 0; c < 3; c++) {
        m->sum[c] += s->weight * s->mean[c];
        m->square[c] += s->weight * s->mean[c] * s->mean[c];
    }
}

static double squared_sum(const Moments *m)
{
    double total = 0;
    for (int c = 0; c < 3; c++)
        total += m->sum[c] * m->sum[c];
    return m->weight > 0 ? total / m->weight : 0;
}

/* Sort the box along its longest axis, and find where to cut it. */
static void prepare_box(Box *box, Sample *samples)
{
    Moments all = {0};
    for (gsize i = box->begin; i < box->end; i++)
        moments_add(&all, &samples[i]);
    double widest = -1;
    for (int c = 0; c < 3; c++) {
        double variance = all.square[c] - all.sum[c] * all.sum[c] / all.weight;
        if (variance > widest) {
            widest = variance;
            box->axis = c;
        }
    }
    g_qsort_with_data(samples + box->begin, (gint)(box->end - box->begin), sizeof *samples,
                      compare_samples, &box->axis);
    Moments left = {0};
    const double whole = squared_sum(&all);
    box->gain = 0;
    for (gsize i = box->begin; i + 1 < box->end; i++) {
        moments_add(&left, &samples[i]);
        Moments right = all;
        right.weight -= left.weight;
        for (int c = 0; c < 3; c++)
            right.sum[c] -= left.sum[c];
        double gain = squared_sum(&left) + squared_sum(&right) - whole;
        if (gain > box->gain) {
            box->gain = gain;
            box->cut = i + 1;
        }
    }
}

/* Cut the samples into at most n boxes, and give each sample its box.  Returns how many there are.
 */
static gsize divide(Sample *samples, gsize n_samples, gsize n)
{
    Box boxes[FM_PALETTE_MAX] = {{.begin = 0, .end = n_samples}};
    gsize n_boxes = 1;
    prepare_box(&boxes[0], samples);
    while (n_boxes < n) {
        Box *worst = &boxes[0];
        for (gsize b = 1; b < n_boxes; b++)
            if (boxes[b].gain > worst->gain)
                worst = &boxes[b];
        if (!(worst->gain > 0))
            break;
        boxes[n_boxes] = (Box){.begin = worst->cut, .end = worst->end};
        worst->end = worst->cut;
        prepare_box(worst, samples);
        prepare_box(&boxes[n_boxes++], samples);
    }
    for (gsize b = 0; b < n_boxes; b++)
        for (gsize i = boxes[b].begin; i < boxes[b].end; i++)
            samples[i].entry = b;
    return n_boxes;
}

/* ---- entries ---------------------------------------------------------------------------- */

static void take_means(const Sample *samples, gsize n_samples, double (*entries)[3], gsize n)
{
    Moments moments[FM_PALETTE_MAX] = {{0}};
    for (gsize i = 0; i < n_samples; i++)
        moments_add(&moments[samples[i].entry], &samples[i]);
    for (gsize e = 0; e < n; e++)
        for (int c = 0; c < 3 && moments[e].weight > 0; c++) /* an empty one stays */
            entries[e][c] = moments[e].sum[c] / moments[e].weight;
}

static gsize nearest_entry(const double *mean, double (*entries)[3], gsize n)
{
    gsize best = 0;
    double least = HUGE_VAL;
    for (gsize e = 0; e < n; e++) {
        double distance = 0;
        for (int c = 0; c < 3; c++)
            distance += (mean[c] - entries[e][c]) * (mean[c] - entries[e][c]);
        if (distance < least) {
            least = distance;
            best = e;
        }
    }
    return best;
}

/* The colour of most of the pixels that an entry stands for, in its place. */
static void take_majors(const Sample *samples, gsize n_samples, double (*entries)[3])
{
    double weight[FM_PALETTE_MAX] = {0};
    for (gsize i = 0; i < n_samples; i++)
        weight[samples[i].entry] += samples[i].weight;
    for (gsize i = 0; i < n_samples; i++) {
        const gsize e = samples[i].entry;
        /* Its lead is less than its number: more than half is so for certain. */
        for (int c = 0; c < 3 && (double)samples[i].cell->lead * 2 > weight[e]; c++)
            entries[e][c] = channel(samples[i].cell->major, c);
    }
}

static int compare_colors(const void *a, const void *b)
{
    guint32 p = *(const guint32 *)a, q = *(const guint32 *)b;
    return (p > q) - (p < q);
}

/* ---- the palette ------------------------------------------------------------------------ */

static gsize slot_of(guint32 color)
{
    return (color * 2654435761u >> 16) % (4 * FM_PALETTE_MAX); /* Knuth's multiplier */
}

static void keep_exact(FmPalette *palette)
{
    for (gsize i = 0; i < palette->n; i++) {
        gsize slot = slot_of(palette->colors[i]);
        while (palette->keys[slot] != 0)
            slot = (slot + 1) % G_N_ELEMENTS(palette->keys);
        palette->keys[slot] = palette->colors[i] + 1;
        palette->values[slot] = (guint8)i;
    }
}

static Sample *take_samples(const FmHistogram *histogram, gsize *n)
{
    GArray *samples = g_array_new(FALSE, TRUE, sizeof(Sample));
    for (gsize i = 0; i < N_CELLS; i++) {
        const Cell *cell = &histogram->cells[i];
        if (cell->count == 0)
            continue;
        Sample s = {.weight = (double)cell->count, .cell = cell, .index = i};
        for (int c = 0; c < 3; c++)
            s.mean[c] = (double)cell->sums[c] / s.weight;
        g_array_append_val(samples, s);
    }
    *n = samples->len;
    return (Sample *)(void *)g_array_free(samples, FALSE);
}

static void fill_cells(FmPalette *palette, const Sample *samples, gsize n_samples)
{
    double entries[FM_PALETTE_MAX][3];
    for (gsize e = 0; e < palette->n; e++)
        for (int c = 0; c < 3; c++)
            entries[e][c] = channel(palette->colors[e], c);
    palette->cells = g_malloc0(N_CELLS);
    for (gsize i = 0; i < n_samples; i++)
        palette->cells[samples[i].index] =
            (guint8)nearest_entry(samples[i].mean, entries, palette->n);
}

static void choose_colors(FmPalette *palette, const FmHistogram *histogram, gsize n_max)
{
    gsize n_samples = 0;
    g_autofree Sample *samples = take_samples(histogram, &n_samples);
    double entries[FM_PALETTE_MAX][3] = {{0}};
    gsize n = divide(samples, n_samples, n_max);
    take_means(samples, n_samples, entries, n);
    for (int round = 0; round < N_ROUNDS; round++) {
        for (gsize i = 0; i < n_samples; i++)
            samples[i].entry = nearest_entry(samples[i].mean, entries, n);
        take_means(samples, n_samples, entries, n);
    }
    take_majors(samples, n_samples, entries);
    for (gsize e = 0; e < n; e++) {
        guint32 color = 0;
        for (int c = 0; c < 3; c++)
            color = color << 8 | (guint32)lround(entries[e][c]);
        palette->colors[e] = color;
    }
    palette->n = n;
    qsort(palette->colors, n, sizeof *palette->colors, compare_colors);
    fill_cells(palette, samples, n_samples);
}

FmPalette *fm__palette_new(const FmHistogram *histogram, gsize n_max)
{
    FmPalette *palette = g_new0(FmPalette, 1);
    n_max = CLAMP(n_max, 2, FM_PALETTE_MAX);
    if (histogram->n_few <= n_max) {
        palette->n = histogram->n_few;
        memcpy(palette->colors, histogram->few, palette->n * sizeof *palette->colors);
        qsort(palette->colors, palette->n, sizeof *palette->colors, compare_colors);
    } else {
        choose_colors(palette, histogram, n_max);
    }
    keep_exact(palette);
    return palette;
}

void fm__palette_free(FmPalette *palette)
{
    if (!palette)
        return;
    g_free(palette->cells);
    g_free(palette);
}

guint8 fm__palette_index(guint32 pixel, const void *user)
{
    const FmPalette *palette = user;
    for (gsize slot = slot_of(pixel); palette->keys[slot] != 0;
         slot = (slot + 1) % G_N_ELEMENTS(palette->keys))
        if (palette->keys[slot] == pixel + 1)
            return palette->values[slot];
    return palette->cells ? palette->cells[cell_of(pixel)] : 0;
}
