/* Are the fonts that a document names there? */
#ifndef FACMAP_RENDER_FONTS_H
#define FACMAP_RENDER_FONTS_H

#include <facmap/style.h>

/* A stack is a list of fallbacks: one font of it is enough.  A family is there when it is
 * installed, is generic ("sans-serif"), or has an installed one in its place by fontconfig's rules
 * of equals, such as Liberation Sans for Arial.
 * Returns FALSE with FM_ERROR_NOT_FOUND: layer, path and fonts named, and what is like them. */
gboolean fm__fonts_check(const FmStyle *style, GError **error);

#endif
