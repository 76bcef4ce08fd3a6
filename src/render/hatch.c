/* A family of lines at an angle is the set x sin(a) + y cos(a) = k spacing (y down); those that
 * meet the clipped box are traced, all families in one path, so that crossings are not painted
 * twice. */
#include "hatch.h"

#include "draw.h"

#include <math.h>

typedef struct {
    double x0, y0, x1, y1;
} Box;

static void trace_family(cairo_t *cr, const Box *box, double angle_deg, double spacing_px)
{
    const double angle = angle_deg * G_PI / 180;
    const double along_x = cos(angle), along_y = -sin(angle); /* 45° rises to the right */
    const double across_x = -along_y, across_y = along_x;
    const double x = (box->x0 + box->x1) / 2, y = (box->y0 + box->y1) / 2;
    const double reach = hypot(box->x1 - box->x0, box->y1 - box->y0) / 2;
    const double middle = x * across_x + y * across_y;
    const double foot = x * along_x + y * along_y;
    const gint64 first = (gint64)ceil((middle - reach) / spacing_px);
    const gint64 last = (gint64)floor((middle + reach) / spacing_px);
    for (gint64 k = first; k <= last; k++) {
        const double across = (double)k * spacing_px;
        cairo_move_to(cr, across * across_x + (foot - reach) * along_x,
                      across * across_y + (foot - reach) * along_y);
        cairo_line_to(cr, across * across_x + (foot + reach) * along_x,
                      across * across_y + (foot + reach) * along_y);
    }
}

void fm__hatch_paint(cairo_t *cr, const FmHatch *hatch, double opacity)
{
    Box box;
    cairo_clip_extents(cr, &box.x0, &box.y0, &box.x1, &box.y1);
    if (box.x1 <= box.x0 || box.y1 <= box.y0)
        return;
    if (hatch->background.a > 0) {
        fm__set_source(cr, hatch->background, opacity);
        cairo_paint(cr);
    }
    cairo_new_path(cr);
    for (gsize i = 0; i < hatch->n_angles; i++)
        trace_family(cr, &box, hatch->angles_deg[i], hatch->spacing_px);
    cairo_set_line_width(cr, hatch->width_px);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_BUTT);
    cairo_set_dash(cr, NULL, 0, 0);
    fm__set_source(cr, hatch->color, opacity);
    cairo_stroke(cr);
}
