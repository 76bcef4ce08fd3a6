/* The locator: where in the whole place the frame lies.  Left out when the frame shows it all, or
 * as good as all. */
#include "furniture.h"

#define MAX_HEIGHT_PX 128.0

/* The frame in its CRS. */
static FmBounds frame_bounds(const FmFrame *frame)
{
    double half_width_m = frame->rect.width_px * frame->m_per_px / 2;
    double half_height_m = frame->rect.height_px * frame->m_per_px / 2;
    return (FmBounds){frame->centre.x_m - half_width_m, frame->centre.y_m - half_height_m,
                      frame->centre.x_m + half_width_m, frame->centre.y_m + half_height_m};
}

/* Does the frame show the place, but for a corner? */
static gboolean is_inside(const FmFrame *frame, const FmBounds *place)
{
    const double least_share = 0.95; /* of its width, and of its height */
    const FmBounds box = frame_bounds(frame);
    const double width_m = MIN(place->max_x_m, box.max_x_m) - MAX(place->min_x_m, box.min_x_m);
    const double height_m = MIN(place->max_y_m, box.max_y_m) - MAX(place->min_y_m, box.min_y_m);
    return width_m >= least_share * (place->max_x_m - place->min_x_m) &&
           height_m >= least_share * (place->max_y_m - place->min_y_m);
}

static void unite_frame(const FmFrame *frame, FmBounds *bounds)
{
    FmBounds box = frame_bounds(frame);
    bounds->min_x_m = MIN(bounds->min_x_m, box.min_x_m);
    bounds->min_y_m = MIN(bounds->min_y_m, box.min_y_m);
    bounds->max_x_m = MAX(bounds->max_x_m, box.max_x_m);
    bounds->max_y_m = MAX(bounds->max_y_m, box.max_y_m);
}

/* A copy of the frame's projection at the locator's own scale. */
static gboolean locator_frame(const FmFurniture *f, const FmMapLayer *layer, double width_px,
                              FmFrame *out, FmBounds *bounds, GError **error)
{
    *out = *f->frame;
    *bounds = FM_BOUNDS_EMPTY;
    for (gsize row = 0; row < fm_table_n_rows(layer->table); row++) {
        const FmGeometry *geometry = fm_table_geometry(layer->table, row);
        if (geometry && !fm__frame_extend(f->frame, geometry, bounds, error))
            return FALSE;
    }
    for (gsize i = 0; i < fm__furniture_n_maps(f); i++)
        if (is_inside(fm__furniture_map(f, i).frame, bounds))
            return FALSE;
    for (gsize i = 0; i < fm__furniture_n_maps(f); i++) /* the boxes stay on the locator */
        unite_frame(fm__furniture_map(f, i).frame, bounds);
    double width_m = bounds->max_x_m - bounds->min_x_m;
    double height_m = bounds->max_y_m - bounds->min_y_m;
    if (!(width_m > 0) || !(height_m > 0))
        return FALSE;
    out->m_per_px = MAX(width_m / width_px, height_m / MAX_HEIGHT_PX);
    out->centre =
        (FmXY){(bounds->min_x_m + bounds->max_x_m) / 2, (bounds->min_y_m + bounds->max_y_m) / 2};
    out->rect = (FmPageRect){0, 0, width_m / out->m_per_px, height_m / out->m_per_px};
    return TRUE;
}

/* The main frame as a box of the locator. */
static FmPageRect frame_box(const FmFrame *frame, const FmFrame *locator)
{
    FmXY north_west = fm__frame_from_page(frame, (FmPagePoint){frame->rect.x_px, frame->rect.y_px});
    FmPagePoint p = fm__frame_to_page(locator, north_west.x_m, north_west.y_m);
    double ratio = frame->m_per_px / locator->m_per_px;
    return (FmPageRect){p.x_px, p.y_px, frame->rect.width_px * ratio,
                        frame->rect.height_px * ratio};
}

static void draw_layer(FmFurniture *f, const FmMapLayer *layer, const FmFrame *locator)
{
    cairo_set_line_width(f->cr, 0.5);
    cairo_set_line_join(f->cr, CAIRO_LINE_JOIN_ROUND);
    cairo_set_fill_rule(f->cr, CAIRO_FILL_RULE_EVEN_ODD);
    FmPageRect clip = fm__rect_grow(locator->rect, 4);
    g_auto(FmShapeScratch) scratch;
    fm__shape_scratch_init(&scratch);
    for (gsize row = 0; row < fm_table_n_rows(layer->table); row++) {
        const FmGeometry *geometry = fm_table_geometry(layer->table, row);
        g_autoptr(FmShape) shape = NULL;
        if (geometry)
            shape = fm__shape_new(&scratch, locator, locator->forward, geometry, &clip, NULL);
        if (!shape || shape->dimension == 0)
            continue;
        cairo_new_path(f->cr);
        fm__shape_trace(shape, f->cr);
        if (shape->dimension == 2) {
            if (f->atlas && f->atlas->row == row && f->atlas->layer->table == layer->table)
                fm__set_source(f->cr, FM_INK_SOFT, 1);
            else
                cairo_set_source_rgb(f->cr, 0.925, 0.918, 0.898);
            cairo_fill_preserve(f->cr);
        }
        cairo_set_source_rgb(f->cr, 1, 1, 1);
        cairo_stroke(f->cr);
    }
}

/* Small multiples show one place; its box is drawn once. */
static gboolean is_repeated(const FmFurniture *f, gsize i)
{
    FmBounds own = frame_bounds(fm__furniture_map(f, i).frame);
    for (gsize j = 0; j < i; j++) {
        FmBounds other = frame_bounds(fm__furniture_map(f, j).frame);
        if (own.min_x_m == other.min_x_m && own.min_y_m == other.min_y_m &&
            own.max_x_m == other.max_x_m && own.max_y_m == other.max_y_m)
            return TRUE;
    }
    return FALSE;
}

static void draw_box(const FmFurniture *f, const FmPageRect *box)
{
    cairo_rectangle(f->cr, box->x_px, box->y_px, box->width_px, box->height_px);
    fm__set_source(f->cr, FM_INK, 0.07);
    cairo_fill_preserve(f->cr);
    fm__set_source(f->cr, FM_INK, 1);
    cairo_set_line_width(f->cr, 1);
    cairo_set_line_join(f->cr, CAIRO_LINE_JOIN_MITER);
    cairo_stroke(f->cr);
}

double fm__locator_draw(FmFurniture *f, double x_px, double y_px, double width_px)
{
    const char *name = f->page->locator_layer;
    const FmMapLayer *layer = name ? fm__map_layers_find(f->layers, name) : NULL;
    FmFrame locator;
    FmBounds bounds;
    if (!layer || !locator_frame(f, layer, width_px, &locator, &bounds, NULL))
        return 0;
    if (f->cr) {
        cairo_save(f->cr);
        cairo_translate(f->cr, x_px, y_px);
        draw_layer(f, layer, &locator);
    }
    for (gsize i = 0; i < fm__furniture_n_maps(f); i++) {
        if (is_repeated(f, i))
            continue;
        FmPageRect box = frame_box(fm__furniture_map(f, i).frame, &locator);
        if (f->cr)
            draw_box(f, &box);
        box.x_px += x_px;
        box.y_px += y_px;
        fm__furniture_list(f, "locator", box, name);
    }
    if (f->cr)
        cairo_restore(f->cr);
    return locator.rect.height_px;
}
