/* Names inside areas: at the pole of inaccessibility of what is seen of the area, or where that is
 * taken at other inner points, the deeper the better.  A name that lies wholly inside says without
 * doubt what it names (Imhof 1975, doi:10.1559/152304075784313304), so it goes before all that
 * cross the outline.  The test is exact: a box with its middle inside that meets no side of the
 * outline. */

#include "label-area.h"

#include <math.h>

enum {
    ACROSS = 24,     /* inner points tried along either side of the area's box, at most */
    PLACES_MAX = 96, /* that are kept */
};

/* Which side of the line a → b the corner lies on. */
static double side_of(FmPagePoint a, FmPagePoint b, double x_px, double y_px)
{
    return (b.x_px - a.x_px) * (y_px - a.y_px) - (b.y_px - a.y_px) * (x_px - a.x_px);
}

/* Does a segment meet a box?  Not when it lies beside it, or all corners on one side of it. */
static gboolean segment_meets(FmPagePoint a, FmPagePoint b, const FmPageRect *box)
{
    double right = fm__rect_right_px(box), bottom = fm__rect_bottom_px(box);
    if (MAX(a.x_px, b.x_px) < box->x_px || MIN(a.x_px, b.x_px) > right ||
        MAX(a.y_px, b.y_px) < box->y_px || MIN(a.y_px, b.y_px) > bottom)
        return FALSE;
    double s[] = {side_of(a, b, box->x_px, box->y_px), side_of(a, b, right, box->y_px),
                  side_of(a, b, box->x_px, bottom), side_of(a, b, right, bottom)};
    return !(s[0] > 0 && s[1] > 0 && s[2] > 0 && s[3] > 0) &&
           !(s[0] < 0 && s[1] < 0 && s[2] < 0 && s[3] < 0);
}

static gboolean outline_meets(const FmShape *shape, const FmPageRect *box)
{
    gsize begin = 0;
    for (gsize p = 0; p < shape->n_paths; begin = shape->path_end[p++])
        for (gsize i = begin, j = shape->path_end[p] - 1; i < shape->path_end[p]; j = i++)
            if (segment_meets(shape->points[j], shape->points[i], box))
                return TRUE;
    return FALSE;
}

/* Does a box with its middle at the place lie wholly in the area? */
static gboolean holds_box(const FmLabelRequest *r, FmPagePoint at, double depth_px, double width_px,
                          double height_px)
{
    if (depth_px <= MIN(width_px, height_px) / 2)
        return FALSE;
    if (depth_px >= hypot(width_px, height_px) / 2)
        return TRUE;
    const FmPageRect box = {at.x_px - width_px / 2, at.y_px - height_px / 2, width_px, height_px};
    for (gsize i = 0; i < r->n_covers; i++)
        if (fm__rect_overlap(&box, &r->covers[i]))
            return FALSE;
    return !outline_meets(r->area, &box);
}

static gint compare_places(gconstpointer a, gconstpointer b)
{
    const FmAreaPlace *p = a, *q = b;
    if (p->cost != q->cost)
        return p->cost < q->cost ? -1 : 1;
    if (p->at.y_px != q->at.y_px)
        return p->at.y_px < q->at.y_px ? -1 : 1;
    return (p->at.x_px > q->at.x_px) - (p->at.x_px < q->at.x_px);
}

/* A text and the depth of the pole, which other places are measured by. */
typedef struct {
    const FmLabelRequest *request;
    double width_px, height_px, pole_px;
    GArray *places;
} Search;

static void add_place(const Search *s, FmPagePoint at)
{
    const FmLabelRequest *r = s->request;
    FmAreaPlace place = {.at = at,
                         .depth_px = fm__shape_depth_px(r->area, r->covers, r->n_covers, at)};
    if (place.depth_px <= 0)
        return;
    double padding = 2 * r->padding_px;
    place.inside = holds_box(r, at, place.depth_px, s->width_px + padding, s->height_px + padding);
    place.cost = (place.inside ? 0 : 1) + MAX(1 - place.depth_px / s->pole_px, 0);
    g_array_append_val(s->places, place);
}

GArray *fm__label_area_places(const FmLabelRequest *request, double width_px, double height_px)
{
    GArray *places = g_array_new(FALSE, FALSE, sizeof(FmAreaPlace));
    const FmPagePoint pole = request->anchor;
    double depth_px = fm__shape_depth_px(request->area, request->covers, request->n_covers, pole);
    if (depth_px <= 0)
        return places;
    const Search search = {request, width_px, height_px, depth_px, places};
    add_place(&search, pole);
    /* A grid through the pole, fine enough that names half a line apart are told apart. */
    FmPageRect box = fm__shape_bounds(request->area);
    double step_x = MAX(width_px / 4, box.width_px / ACROSS);
    double step_y = MAX(height_px / 4, box.height_px / ACROSS);
    double first_x = pole.x_px - floor((pole.x_px - box.x_px) / step_x) * step_x;
    double first_y = pole.y_px - floor((pole.y_px - box.y_px) / step_y) * step_y;
    const guint across = (guint)ceil((fm__rect_right_px(&box) - first_x) / step_x);
    const guint down = (guint)ceil((fm__rect_bottom_px(&box) - first_y) / step_y);
    for (guint i = 0; i < down; i++)
        for (guint k = 0; k < across; k++) {
            const FmPagePoint at = {first_x + k * step_x, first_y + i * step_y};
            if (at.x_px != pole.x_px || at.y_px != pole.y_px)
                add_place(&search, at);
        }
    g_array_sort(places, compare_places);
    g_array_set_size(places, MIN(places->len, PLACES_MAX));
    return places;
}
