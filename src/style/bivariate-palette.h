/* Colours of two values at once. */
#ifndef FM_STYLE_BIVARIATE_PALETTE_H
#define FM_STYLE_BIVARIATE_PALETTE_H

#include <facmap/style.h>

/* Classes of either value. */
#define FM_BIVARIATE_CLASSES 3
#define FM_BIVARIATE_CELLS (FM_BIVARIATE_CLASSES * FM_BIVARIATE_CLASSES)

/* Names, NULL-terminated; static storage. */
const char *const *fm__bivariate_palette_names(void);
/* FM_BIVARIATE_CELLS opaque colours, the first value fastest, from the least of both.
 * Returns FALSE when there is no such palette. */
gboolean fm__bivariate_palette(const char *name, FmColor *colors);

#endif
