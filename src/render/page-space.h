/* Positions and boxes on the page.
 *
 * Unit everywhere: the CSS pixel, 1/96 inch, as a double; x to the right, y down, the origin at the
 * page's top left corner.  The cairo context is scaled once by dpi / 96, so nothing else knows dpi.
 */
#ifndef FACMAP_RENDER_PAGE_SPACE_H
#define FACMAP_RENDER_PAGE_SPACE_H

#include <glib.h>

/* A type of its own, so that a page position cannot be taken for metres or degrees. */
typedef struct {
    double x_px, y_px;
} FmPagePoint;

typedef struct {
    double x_px, y_px, width_px, height_px; /* top left corner and size, sizes >= 0 */
} FmPageRect;

#define FM_PX_PER_INCH 96.0
#define FM_PX_PER_MM (FM_PX_PER_INCH / 25.4)
#define FM_PX_PER_PT (FM_PX_PER_INCH / 72.0)

static inline double fm__rect_right_px(const FmPageRect *r)
{
    return r->x_px + r->width_px;
}

static inline double fm__rect_bottom_px(const FmPageRect *r)
{
    return r->y_px + r->height_px;
}

/* Do they share more than a border? */
static inline gboolean fm__rect_overlap(const FmPageRect *a, const FmPageRect *b)
{
    return a->x_px < fm__rect_right_px(b) && b->x_px < fm__rect_right_px(a) &&
           a->y_px < fm__rect_bottom_px(b) && b->y_px < fm__rect_bottom_px(a);
}

/* Is `inner` wholly inside `outer`? */
static inline gboolean fm__rect_contains(const FmPageRect *outer, const FmPageRect *inner)
{
    return inner->x_px >= outer->x_px && inner->y_px >= outer->y_px &&
           fm__rect_right_px(inner) <= fm__rect_right_px(outer) &&
           fm__rect_bottom_px(inner) <= fm__rect_bottom_px(outer);
}

static inline FmPageRect fm__rect_grow(FmPageRect r, double by_px)
{
    return (FmPageRect){r.x_px - by_px, r.y_px - by_px, r.width_px + 2 * by_px,
                        r.height_px + 2 * by_px};
}

#endif
