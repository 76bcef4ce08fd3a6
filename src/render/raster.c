/* Raster layers.  The page is covered by a lattice of nodes, fixed to its corner; a node's place in
 * the raster is exact, between nodes it is interpolated, as everywhere in resampling.  A raster
 * finer than the page is read in cells of 2, 4, 8 … pixels, so that no detail aliases.  Both make a
 * pixel independent of the strip or band that it is computed in. */
#include "raster.h"

#include "pixels.h"

#include <math.h>

#define NODE_PX 16                  /* device pixels between nodes */
#define BLOCK_PX (16 * NODE_PX)     /* side of what is read at once */
#define MOST_CELLS ((gsize)1 << 26) /* of one block: 256 MB */

typedef struct {
    FmRaster *raster;
    FmRasterPlace place;
    FmRasterLook look;
    gboolean nearest;
    gsize step;          /* raster pixels a cell, both ways */
    gsize columns, rows; /* whole cells */
} Source;

static void source_clear(Source *source)
{
    fm__raster_place_clear(&source->place);
    g_clear_pointer(&source->raster, fm_raster_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Source, source_clear)

/* ---- opening ---------------------------------------------------------------------------- */

/* Raster pixels a device pixel in the middle of the frame, rounded down to a power of two. */
static gsize step_of(const Source *source, const FmFrame *frame, double device_scale)
{
    const FmPageRect *rect = &frame->rect;
    const FmPagePoint at = {rect->x_px + rect->width_px / 2, rect->y_px + rect->height_px / 2};
    const FmPagePoint right = {at.x_px + 1, at.y_px}, below = {at.x_px, at.y_px + 1};
    const FmPagePoint a = fm__raster_place_pixel(&source->place, at);
    const FmPagePoint b = fm__raster_place_pixel(&source->place, right);
    const FmPagePoint c = fm__raster_place_pixel(&source->place, below);
    const double area =
        fabs((b.x_px - a.x_px) * (c.y_px - a.y_px) - (c.x_px - a.x_px) * (b.y_px - a.y_px));
    const double scale = sqrt(area) / device_scale;
    const gsize least_side = MIN(fm_raster_width(source->raster), fm_raster_height(source->raster));
    gsize step = 1;
    while (2.0 * (double)step <= scale && 2 * step <= least_side)
        step *= 2;
    return step;
}

static gboolean is_nearest(const FmStyleLayer *layer, double zoom)
{
    const FmStyleContext context = {NULL, 0, zoom, NULL};
    const FmStyleProperty property = fm_style_layer_has(layer, FM_PROP_RASTER_RESAMPLING)
                                         ? FM_PROP_RASTER_RESAMPLING
                                         : FM_PROP_RESAMPLING;
    g_autofree char *resampling = fm_style_layer_string(layer, property, &context);
    return g_strcmp0(resampling, "nearest") == 0;
}

static gboolean open_source(Source *source, const FmStyleLayer *layer, const FmFrame *frame,
                            double device_scale, GError **error)
{
    source->raster = fm_raster_open(fm_style_layer_raster(layer), error);
    if (!source->raster ||
        !fm__raster_place_init(&source->place, frame, source->raster, layer, error)) {
        g_prefix_error(error, "layer '%s': ", fm_style_layer_id(layer));
        return FALSE;
    }
    source->look = fm__raster_look(layer, frame->zoom);
    source->nearest = is_nearest(layer, frame->zoom);
    source->step = step_of(source, frame, device_scale);
    source->columns = fm_raster_width(source->raster) / source->step;
    source->rows = fm_raster_height(source->raster) / source->step;
    return TRUE;
}

gboolean fm__rasters_check(const FmStyle *style, const FmFrame *frame, GError **error)
{
    for (gsize i = 0; i < fm_style_n_layers(style); i++) {
        const FmStyleLayer *layer = fm_style_layer(style, i);
        g_auto(Source) source = {0};
        if (fm_style_layer_type(layer) == FM_STYLE_RASTER &&
            !open_source(&source, layer, frame, 1, error))
            return FALSE;
    }
    return TRUE;
}

/* ---- blocks ----------------------------------------------------------------------------- */

/* A block of the page with the nodes on and around it, and the cells that it needs. */
typedef struct {
    int x, y; /* device pixels, multiples of NODE_PX */
    FmPagePoint nodes[BLOCK_PX / NODE_PX + 1][BLOCK_PX / NODE_PX + 1]; /* in cells */
    FmRasterWindow window;
    guint32 *cells;
} Block;

static void place_nodes(const Source *source, double device_scale, Block *block)
{
    const double step = (double)source->step;
    for (int j = 0; j <= BLOCK_PX / NODE_PX; j++)
        for (int i = 0; i <= BLOCK_PX / NODE_PX; i++) {
            const FmPagePoint page = {(block->x + i * NODE_PX) / device_scale,
                                      (block->y + j * NODE_PX) / device_scale};
            const FmPagePoint pixel = fm__raster_place_pixel(&source->place, page);
            block->nodes[j][i] = (FmPagePoint){pixel.x_px / step, pixel.y_px / step};
        }
}

/* The cells from the lowest to the highest place, and one more on each side for interpolation. */
static gboolean span(double low, double high, gsize n, gsize *first, gsize *count)
{
    const double from = MAX(floor(low) - 1, 0), to = MIN(floor(high) + 1, (double)n - 1);
    if (!(from <= to))
        return FALSE;
    *first = (gsize)from;
    *count = (gsize)(to - from) + 1;
    return TRUE;
}

/* FALSE when nothing of the raster lies in the block. */
static gboolean find_window(const Source *source, Block *block)
{
    double x0 = INFINITY, y0 = INFINITY, x1 = -INFINITY, y1 = -INFINITY;
    for (int j = 0; j <= BLOCK_PX / NODE_PX; j++)
        for (int i = 0; i <= BLOCK_PX / NODE_PX; i++) {
            const FmPagePoint *node = &block->nodes[j][i];
            if (isfinite(node->x_px) && isfinite(node->y_px)) {
                x0 = MIN(x0, node->x_px);
                x1 = MAX(x1, node->x_px);
                y0 = MIN(y0, node->y_px);
                y1 = MAX(y1, node->y_px);
            }
        }
    FmRasterWindow *w = &block->window;
    return span(x0, x1, source->columns, &w->x, &w->width) &&
           span(y0, y1, source->rows, &w->y, &w->height);
}

static gboolean read_cells(const Source *source, Block *block, GError **error)
{
    const FmRasterWindow *w = &block->window;
    if (w->width > MOST_CELLS / w->height) {
        g_set_error(error, FM_ERROR, FM_ERROR_LIMIT,
                    "the raster's pixels are far too fine for the map at one end of it");
        return FALSE;
    }
    block->cells = g_try_new(guint32, w->width * w->height);
    if (!block->cells) {
        g_set_error(error, FM_ERROR, FM_ERROR_LIMIT, "not enough memory for a raster");
        return FALSE;
    }
    return fm_raster_read(source->raster, w, source->step, block->cells, error);
}

/* ---- pixels ----------------------------------------------------------------------------- */

static FmPagePoint between_nodes(const Block *block, double x, double y)
{
    const int i = (int)(x / NODE_PX), j = (int)(y / NODE_PX);
    const double tx = x / NODE_PX - i, ty = y / NODE_PX - j;
    const FmPagePoint *a = &block->nodes[j][i], *b = &block->nodes[j][i + 1];
    const FmPagePoint *c = &block->nodes[j + 1][i], *d = &block->nodes[j + 1][i + 1];
    const double ax = a->x_px + tx * (b->x_px - a->x_px), ay = a->y_px + tx * (b->y_px - a->y_px);
    const double bx = c->x_px + tx * (d->x_px - c->x_px), by = c->y_px + tx * (d->y_px - c->y_px);
    return (FmPagePoint){ax + ty * (bx - ax), ay + ty * (by - ay)};
}

/* A cell of the block; the outermost cells go on beyond the window, which is the raster's edge. */
static guint32 cell_at(const Block *block, double column, double row)
{
    const FmRasterWindow *w = &block->window;
    const double x = CLAMP(column - (double)w->x, 0, (double)w->width - 1);
    const double y = CLAMP(row - (double)w->y, 0, (double)w->height - 1);
    return block->cells[(gsize)y * w->width + (gsize)x];
}

static guint32 mix_linear(const Block *block, FmPagePoint at)
{
    const double column = floor(at.x_px - 0.5), row = floor(at.y_px - 0.5);
    const double tx = at.x_px - 0.5 - column, ty = at.y_px - 0.5 - row;
    const guint32 cells[] = {cell_at(block, column, row), cell_at(block, column + 1, row),
                             cell_at(block, column, row + 1), cell_at(block, column + 1, row + 1)};
    const double shares[] = {(1 - tx) * (1 - ty), tx * (1 - ty), (1 - tx) * ty, tx * ty};
    guint32 mixed = 0;
    for (int shift = 24; shift >= 0; shift -= 8) {
        double sum = 0.5;
        for (gsize i = 0; i < G_N_ELEMENTS(cells); i++)
            sum += shares[i] * (cells[i] >> shift & 0xFF);
        mixed |= (guint32)sum << shift;
    }
    return mixed;
}

static guint32 pixel_of(const Source *source, const Block *block, FmPagePoint at)
{
    if (!(at.x_px >= 0 && at.y_px >= 0 && at.x_px < (double)source->columns &&
          at.y_px < (double)source->rows))
        return 0;
    const guint32 argb =
        source->nearest ? cell_at(block, floor(at.x_px), floor(at.y_px)) : mix_linear(block, at);
    return fm__raster_look_apply(&source->look, argb);
}

/* The part of the block that is in the box. */
static void paint_block(const Source *source, const Block *block, const FmPixelBox *box,
                        guint32 *argb)
{
    const int x0 = MAX(block->x, box->x), x1 = MIN(block->x + BLOCK_PX, box->x + box->width);
    const int y0 = MAX(block->y, box->y), y1 = MIN(block->y + BLOCK_PX, box->y + box->height);
    for (int y = y0; y < y1; y++)
        for (int x = x0; x < x1; x++) {
            const FmPagePoint at = between_nodes(block, x + 0.5 - block->x, y + 0.5 - block->y);
            argb[(gsize)(y - box->y) * (gsize)box->width + (gsize)(x - box->x)] =
                pixel_of(source, block, at);
        }
}

static int floor_to_block(int pixel)
{
    return (int)floor((double)pixel / BLOCK_PX) * BLOCK_PX;
}

static gboolean fill_strip(const FmPixelBox *box, double device_scale, guint32 *argb, void *user,
                           GError **error)
{
    const Source *source = user;
    g_autofree Block *block = g_new(Block, 1);
    for (int y = floor_to_block(box->y); y < box->y + box->height; y += BLOCK_PX)
        for (int x = floor_to_block(box->x); x < box->x + box->width; x += BLOCK_PX) {
            block->x = x;
            block->y = y;
            block->cells = NULL;
            place_nodes(source, device_scale, block);
            if (!find_window(source, block))
                continue;
            const gboolean ok = read_cells(source, block, error);
            if (ok)
                paint_block(source, block, box, argb);
            g_free(block->cells);
            if (!ok)
                return FALSE;
        }
    return TRUE;
}

gboolean fm__raster_draw(const FmBrush *brush, const FmStyleLayer *layer, const FmFrame *frame,
                         GError **error)
{
    const FmStyleContext context = {NULL, 0, frame->zoom, NULL};
    const double opacity = fm_style_layer_number(layer, FM_PROP_RASTER_OPACITY, &context);
    g_auto(Source) source = {0};
    if (!open_source(&source, layer, frame, brush->device_scale, error))
        return FALSE;
    if (!fm__pixels_paint(brush->cr, brush->device_scale, opacity, fill_strip, &source, error)) {
        g_prefix_error(error, "layer '%s': ", fm_style_layer_id(layer));
        return FALSE;
    }
    return TRUE;
}
