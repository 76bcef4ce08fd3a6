/* The graticule: lines of longitude and latitude, faint inside the frame, named outside it. */
#include "furniture.h"

#include <math.h>

#define WANTED_SPACING_PX 200.0
#define SAMPLES 64 /* straight pieces a line: it bends by less than a pixel in between */
#define LABEL_GAP_PX 3.0

/* Spacings in minutes of arc that divide the degree, or whole degrees. */
static double choose_step_deg(const FmFrame *frame)
{
    static const double minutes[] = {0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600};
    double px_per_deg = 111320.0 / frame->ground_m_per_px;
    for (gsize i = 0; i < G_N_ELEMENTS(minutes); i++)
        if (minutes[i] / 60 * px_per_deg >= WANTED_SPACING_PX)
            return minutes[i] / 60;
    return minutes[G_N_ELEMENTS(minutes) - 1] / 60;
}

/* "116°20′E" */
static char *format_angle(double deg, char positive, char negative)
{
    char side = deg < 0 ? negative : positive;
    gint64 seconds = llround(fabs(deg) * 3600);
    gint64 d = seconds / 3600, m = seconds / 60 % 60, s = seconds % 60;
    if (s != 0)
        return g_strdup_printf(
            "%" G_GINT64_FORMAT "°%02" G_GINT64_FORMAT "′%02" G_GINT64_FORMAT "″%c", d, m, s, side);
    return g_strdup_printf("%" G_GINT64_FORMAT "°%02" G_GINT64_FORMAT "′%c", d, m, side);
}

/* Geographic bounds of the frame, from its corners and the middles of its sides. */
static gboolean frame_extent(const FmFrame *frame, FmExtent *out, GError **error)
{
    *out = fm_extent_empty();
    for (int i = 0; i <= 2; i++)
        for (int j = 0; j <= 2; j++) {
            FmPagePoint p = {frame->rect.x_px + frame->rect.width_px * i / 2,
                             frame->rect.y_px + frame->rect.height_px * j / 2};
            FmLonLat at;
            if (!fm__frame_unproject(frame, p, &at, error))
                return FALSE;
            *out =
                fm_extent_union(*out, (FmExtent){at.lon_deg, at.lat_deg, at.lon_deg, at.lat_deg});
        }
    return TRUE;
}

/* One line to the page.  meridian: at a longitude, else at a latitude. */
static gboolean trace_line(const FmFrame *frame, const FmExtent *extent, gboolean meridian,
                           double at_deg, FmPagePoint out[SAMPLES + 1], GError **error)
{
    /* Beyond the bounds by a little, so that every line crosses the frame's edge. */
    double pad_lon = (extent->east_deg - extent->west_deg) * 0.05;
    double pad_lat = (extent->north_deg - extent->south_deg) * 0.05;
    for (int i = 0; i <= SAMPLES; i++) {
        double t = (double)i / SAMPLES;
        double lon =
            extent->west_deg - pad_lon + t * (extent->east_deg - extent->west_deg + 2 * pad_lon);
        double lat =
            extent->south_deg - pad_lat + t * (extent->north_deg - extent->south_deg + 2 * pad_lat);
        FmLonLat p = {meridian ? at_deg : lon, meridian ? lat : at_deg};
        if (!fm__frame_project(frame, p, &out[i], error))
            return FALSE;
    }
    return TRUE;
}

/* Where the line crosses x = at_px (or y = at_px).  Returns FALSE when it does not. */
static gboolean crossing(const FmPagePoint line[SAMPLES + 1], gboolean vertical_edge, double at_px,
                         double *out)
{
    for (int i = 1; i <= SAMPLES; i++) {
        double a = vertical_edge ? line[i - 1].x_px : line[i - 1].y_px;
        double b = vertical_edge ? line[i].x_px : line[i].y_px;
        if ((a <= at_px) == (b <= at_px))
            continue;
        double t = (at_px - a) / (b - a);
        double p = vertical_edge ? line[i - 1].y_px : line[i - 1].x_px;
        double q = vertical_edge ? line[i].y_px : line[i].x_px;
        *out = p + (q - p) * t;
        return TRUE;
    }
    return FALSE;
}

static void draw_line(FmFurniture *f, const FmPagePoint line[SAMPLES + 1])
{
    const FmPageRect *r = &f->frame->rect;
    cairo_save(f->cr);
    cairo_rectangle(f->cr, r->x_px, r->y_px, r->width_px, r->height_px);
    cairo_clip(f->cr);
    cairo_move_to(f->cr, line[0].x_px, line[0].y_px);
    for (int i = 1; i <= SAMPLES; i++)
        cairo_line_to(f->cr, line[i].x_px, line[i].y_px);
    fm__set_source(f->cr, FM_INK, 0.13);
    cairo_set_line_width(f->cr, 0.35);
    cairo_set_dash(f->cr, NULL, 0, 0);
    cairo_stroke(f->cr);
    cairo_restore(f->cr);
}

/* Longitudes above the frame, latitudes left of it, read from the right. */
static void draw_label(FmFurniture *f, const FmPagePoint line[SAMPLES + 1], gboolean meridian,
                       double at_deg)
{
    const FmTextLook look = {6, FALSE, FM_INK_SOFT, FM_JUSTIFY_CENTER};
    const FmPageRect *r = &f->frame->rect;
    const double room_px = 18, text_px = 6 * FM_PX_PER_PT * 1.32;
    double along = 0;
    if (!crossing(line, !meridian, meridian ? r->y_px : r->x_px, &along))
        return;
    double from = meridian ? r->x_px : r->y_px;
    double to = meridian ? fm__rect_right_px(r) : fm__rect_bottom_px(r);
    if (along < from + room_px || along > to - room_px)
        return;
    g_autofree char *text =
        meridian ? format_angle(at_deg, 'E', 'W') : format_angle(at_deg, 'N', 'S');
    if (meridian) {
        fm__furniture_draw_text(f, text, &look, along, r->y_px - LABEL_GAP_PX - text_px, 0);
        return;
    }
    cairo_save(f->cr);
    cairo_translate(f->cr, r->x_px - LABEL_GAP_PX - text_px, along);
    cairo_rotate(f->cr, -G_PI / 2);
    FmFurniture turned = *f;
    turned.origin_x_px = r->x_px - LABEL_GAP_PX - text_px;
    turned.origin_y_px = along;
    fm__furniture_draw_text(&turned, text, &look, 0, 0, 0);
    cairo_restore(f->cr);
}

gboolean fm__graticule_draw(FmFurniture *f, GError **error)
{
    if (!f->page->graticule)
        return TRUE;
    FmExtent extent;
    if (!frame_extent(f->frame, &extent, error))
        return FALSE;
    double step =
        f->page->graticule_step_deg > 0 ? f->page->graticule_step_deg : choose_step_deg(f->frame);
    FmPagePoint line[SAMPLES + 1];
    for (int meridian = 0; meridian <= 1; meridian++) {
        double from = meridian ? extent.west_deg : extent.south_deg;
        double to = meridian ? extent.east_deg : extent.north_deg;
        const gint64 last = (gint64)floor(to / step);
        for (gint64 k = (gint64)ceil(from / step); k <= last; k++) {
            const double at_deg = (double)k * step;
            if (!trace_line(f->frame, &extent, meridian, at_deg, line, error))
                return FALSE;
            draw_line(f, line);
            if (!f->unlabelled)
                draw_label(f, line, meridian, at_deg);
        }
    }
    return TRUE;
}
