/* The page's logo: an SVG that stays a vector, or a PNG. */
#ifndef FACMAP_RENDER_LOGO_H
#define FACMAP_RENDER_LOGO_H

#include "icon.h"

#include <facmap/page.h>

typedef struct FmLogo FmLogo;

/* Read the file.
 * icons: borrowed; must outlive the logo
 * dir:   the icons' folder, where a PNG is looked for too
 * Returns transfer full; NULL with FM_ERROR_NOT_FOUND or FM_ERROR_PARSE. */
FmLogo *fm__logo_new(const FmPageLogo *asked, FmIconSet *icons, const char *dir, GError **error);
void fm__logo_free(FmLogo *logo);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmLogo, fm__logo_free)

/* Draw it at most `width_px` wide; cr NULL = measure only.  Returns the height. */
double fm__logo_paint(const FmLogo *logo, cairo_t *cr, double x_px, double y_px, double width_px);

#endif
