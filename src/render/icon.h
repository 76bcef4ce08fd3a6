/* SVG icons: found by name in one folder, read once, replayed as vectors at any size. */
#ifndef FACMAP_RENDER_ICON_H
#define FACMAP_RENDER_ICON_H

#include "page-space.h"

#include <cairo.h>
#include <facmap/style.h>

typedef struct FmIconSet FmIconSet;

/* dir: copied.  The folder is only read when an icon is asked for. */
FmIconSet *fm__icon_set_new(const char *dir);
void fm__icon_set_free(FmIconSet *set);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmIconSet, fm__icon_set_free)

/* The icon's own size.  Returns FALSE with FM_ERROR_NOT_FOUND (no such file; the icons that are
 * there are named) or FM_ERROR_PARSE (not an SVG, or one without a size). */
gboolean fm__icon_set_measure(FmIconSet *set, const char *name, double *width_px, double *height_px,
                              GError **error);

/* Draw an icon that was measured before into `box`, turned by rotate_deg about the box's centre.
 * color: what `currentColor` stands for in the file; NULL = black */
gboolean fm__icon_set_draw(FmIconSet *set, cairo_t *cr, const char *name, FmPageRect box,
                           double rotate_deg, double opacity, const FmColor *color, GError **error);

/* Draw what lies within `width_px` of the icon's shape, in one colour.  Returns FALSE as above. */
gboolean fm__icon_set_draw_halo(FmIconSet *set, cairo_t *cr, const char *name, FmPageRect box,
                                double rotate_deg, const FmColor *color, double width_px,
                                GError **error);

/* The icon as an endless pattern from the page's origin, for fill-pattern.  The tile is rounded to
 * whole device pixels so that its seams do not show.
 * Returns a pattern (cairo_pattern_destroy) or NULL with an error as above. */
cairo_pattern_t *fm__icon_set_pattern(FmIconSet *set, const char *name, double device_scale,
                                      GError **error);

#endif
