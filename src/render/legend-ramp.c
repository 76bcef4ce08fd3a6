/* A heatmap and a raster of one value are shown by their scale from end to end, in the colours and
 * with the opacity of the map; a raster of colours by its middle. */
#include "legend-ramp.h"

#include "raster.h"

#include <math.h>

#define RAMP_STEPS 64
#define RAMP_WIDTH_PX 120.0
#define RAMP_HEIGHT_PX 9.0
#define PICTURE_HEIGHT_PX 24.0
#define PICTURE_PIXELS 256 /* of the longer side, at most */
#define TEXT_PT 6.5
#define PROBES 24 /* a side: where a frame looks for the raster */

gboolean fm__legend_is_picture(const FmStyleLayer *layer)
{
    const FmStyleLayerType type = fm_style_layer_type(layer);
    return type == FM_STYLE_HEATMAP || type == FM_STYLE_RASTER;
}

static gboolean frame_sees(const FmFrame *frame, const FmRaster *raster, const FmStyleLayer *layer)
{
    g_auto(FmRasterPlace) place = {0};
    if (!fm__raster_place_init(&place, frame, raster, layer, NULL))
        return FALSE;
    for (int i = 0; i <= PROBES * PROBES; i++) {
        const int row = i / PROBES, column = i % PROBES;
        const FmPagePoint at = {frame->rect.x_px + frame->rect.width_px * column / PROBES,
                                frame->rect.y_px + frame->rect.height_px * row / PROBES};
        const FmPagePoint pixel = fm__raster_place_pixel(&place, at);
        if (pixel.x_px >= 0 && pixel.x_px < (double)fm_raster_width(raster) && pixel.y_px >= 0 &&
            pixel.y_px < (double)fm_raster_height(raster))
            return TRUE;
    }
    return FALSE;
}

gboolean fm__legend_sees_raster(const FmFurniture *f, const FmStyleLayer *layer)
{
    g_autoptr(FmRaster) raster = fm_raster_open(fm_style_layer_raster(layer), NULL);
    for (gsize i = 0; raster && i < fm__furniture_n_maps(f); i++) {
        const FmFurnitureMap map = fm__furniture_map(f, i);
        if (fm__furniture_map_has(&map, layer) && frame_sees(map.frame, raster, layer))
            return TRUE;
    }
    return FALSE;
}

/* ---- scales ----------------------------------------------------------------------------- */

static double opacity_of(const FmFurniture *f, const FmStyleLayer *layer, FmStyleProperty property)
{
    const FmStyleContext context = {NULL, 0, f->frame->zoom, NULL};
    return fm_style_layer_number(layer, property, &context);
}

/* The greys of a raster as its adjustments of colour show them. */
static void raster_colors(const FmFurniture *f, const FmStyleLayer *layer, FmColor *out)
{
    const FmRasterLook look = fm__raster_look(layer, f->frame->zoom);
    for (gsize i = 0; i < RAMP_STEPS; i++) {
        const guint32 grey = (guint32)lround(255.0 * (double)i / (RAMP_STEPS - 1));
        const guint32 argb =
            fm__raster_look_apply(&look, 0xFF000000u | grey << 16 | grey << 8 | grey);
        out[i] = (FmColor){(argb >> 16 & 0xFF) / 255.0, (argb >> 8 & 0xFF) / 255.0,
                           (argb & 0xFF) / 255.0, 1};
    }
}

/* A hairline around it shows where it begins when that is transparent. */
static void draw_scale(const FmFurniture *f, const FmColor *colors, double opacity, FmPageRect box)
{
    cairo_pattern_t *ramp = cairo_pattern_create_linear(box.x_px, 0, fm__rect_right_px(&box), 0);
    for (gsize i = 0; i < RAMP_STEPS; i++)
        cairo_pattern_add_color_stop_rgba(ramp, (double)i / (RAMP_STEPS - 1), colors[i].r,
                                          colors[i].g, colors[i].b, colors[i].a * opacity);
    cairo_new_path(f->cr);
    cairo_rectangle(f->cr, box.x_px, box.y_px, box.width_px, box.height_px);
    cairo_set_source(f->cr, ramp);
    cairo_fill_preserve(f->cr);
    cairo_pattern_destroy(ramp);
    fm__set_source(f->cr, FM_INK_FAINT, 1);
    cairo_set_line_width(f->cr, 0.5);
    cairo_stroke(f->cr);
}

/* Words or values below the ends.  Returns their height. */
static double draw_ends(FmFurniture *f, const char *low, const char *high, FmPageRect box)
{
    const FmTextLook left = {TEXT_PT, FALSE, FM_INK_SOFT, FM_JUSTIFY_LEFT};
    const FmTextLook right = {TEXT_PT, FALSE, FM_INK_SOFT, FM_JUSTIFY_RIGHT};
    const double y_px = fm__rect_bottom_px(&box) + 1;
    fm__furniture_draw_text(f, high, &right, fm__rect_right_px(&box), y_px, 0);
    return 1 + fm__furniture_draw_text(f, low, &left, box.x_px, y_px, 0);
}

/* ---- pictures --------------------------------------------------------------------------- */

/* The raster at a reduced size; NULL when it cannot be read. */
static cairo_surface_t *read_picture(const FmFurniture *f, const FmStyleLayer *layer,
                                     FmRaster *raster)
{
    const gsize longer = MAX(fm_raster_width(raster), fm_raster_height(raster));
    gsize step = 1;
    while (longer / step > PICTURE_PIXELS)
        step *= 2;
    const FmRasterWindow all = {0, 0, fm_raster_width(raster) / step,
                                fm_raster_height(raster) / step};
    if (all.width == 0 || all.height == 0)
        return NULL;
    g_autofree guint32 *argb = g_new(guint32, all.width * all.height);
    if (!fm_raster_read(raster, &all, step, argb, NULL))
        return NULL;
    const FmRasterLook look = fm__raster_look(layer, f->frame->zoom);
    cairo_surface_t *picture =
        cairo_image_surface_create(CAIRO_FORMAT_ARGB32, (int)all.width, (int)all.height);
    if (cairo_surface_status(picture) != CAIRO_STATUS_SUCCESS) {
        cairo_surface_destroy(picture);
        return NULL;
    }
    cairo_surface_flush(picture);
    unsigned char *bytes = cairo_image_surface_get_data(picture);
    const gsize stride = (gsize)cairo_image_surface_get_stride(picture);
    for (gsize y = 0; y < all.height; y++) {
        guint32 *row = (guint32 *)(void *)(bytes + y * stride);
        for (gsize x = 0; x < all.width; x++)
            row[x] = fm__raster_look_apply(&look, argb[y * all.width + x]);
    }
    cairo_surface_mark_dirty(picture);
    return picture;
}

/* As much of its middle as fills the box. */
static void draw_picture(const FmFurniture *f, const FmStyleLayer *layer, FmRaster *raster,
                         FmPageRect box)
{
    cairo_surface_t *picture = read_picture(f, layer, raster);
    if (!picture)
        return;
    const double width = cairo_image_surface_get_width(picture);
    const double height = cairo_image_surface_get_height(picture);
    const double scale = MAX(box.width_px / width, box.height_px / height);
    cairo_save(f->cr);
    cairo_rectangle(f->cr, box.x_px, box.y_px, box.width_px, box.height_px);
    cairo_clip(f->cr);
    cairo_translate(f->cr, box.x_px + (box.width_px - width * scale) / 2,
                    box.y_px + (box.height_px - height * scale) / 2);
    cairo_scale(f->cr, scale, scale);
    cairo_set_source_surface(f->cr, picture, 0, 0);
    cairo_paint_with_alpha(f->cr, opacity_of(f, layer, FM_PROP_RASTER_OPACITY));
    cairo_restore(f->cr);
    cairo_surface_destroy(picture);
}

/* ---- the sample ------------------------------------------------------------------------- */

static double draw_heat(FmFurniture *f, const FmStyleLayer *layer, FmPageRect box)
{
    static const char *const low[] = {"low", "低", "低 · low"};
    static const char *const high[] = {"high", "高", "高 · high"};
    const int words = f->language == FM_LANGUAGE_EN ? 0 : f->language == FM_LANGUAGE_ZH ? 1 : 2;
    FmColor colors[RAMP_STEPS];
    fm_style_layer_ramp(layer, FM_PROP_HEATMAP_COLOR, colors, RAMP_STEPS);
    if (f->cr)
        draw_scale(f, colors, opacity_of(f, layer, FM_PROP_HEATMAP_OPACITY), box);
    return box.height_px + draw_ends(f, low[words], high[words], box);
}

static double draw_raster(FmFurniture *f, const FmStyleLayer *layer, FmPageRect box)
{
    double black = 0, white = 0;
    g_autoptr(FmRaster) raster = fm_raster_open(fm_style_layer_raster(layer), NULL);
    if (raster && fm_raster_range(raster, &black, &white)) {
        g_autofree char *low = fm__format_value(black, FM_PAGE_NUMBER, FM_LANGUAGE_EN);
        g_autofree char *high = fm__format_value(white, FM_PAGE_NUMBER, FM_LANGUAGE_EN);
        FmColor colors[RAMP_STEPS];
        raster_colors(f, layer, colors);
        if (f->cr)
            draw_scale(f, colors, opacity_of(f, layer, FM_PROP_RASTER_OPACITY), box);
        return box.height_px + draw_ends(f, low, high, box);
    }
    box.height_px = PICTURE_HEIGHT_PX;
    if (raster && f->cr)
        draw_picture(f, layer, raster, box);
    return box.height_px;
}

double fm__legend_ramp_draw(FmFurniture *f, const FmStyleLayer *layer, double x_px, double y_px,
                            double width_px)
{
    const FmPageRect box = {x_px, y_px, MIN(width_px, RAMP_WIDTH_PX), RAMP_HEIGHT_PX};
    fm__furniture_list(f, "swatch", box, fm_style_layer_id(layer));
    return fm_style_layer_type(layer) == FM_STYLE_HEATMAP ? draw_heat(f, layer, box)
                                                          : draw_raster(f, layer, box);
}
