/* Small rasters as files that a test writes by itself. */
#ifndef FM_TEST_RENDER_RASTER_FIXTURE_H
#define FM_TEST_RENDER_RASTER_FIXTURE_H

#include <facmap/style.h>

#define RASTER_SIDE 64

/* `folder`/picture.vrt, RASTER_SIDE both ways, in EPSG:4548: its upper left corner at (x_m, y_m),
 * pixels of `pixel_m`; red is the column times 4, green the row times 4, blue 128 everywhere.
 * x_m NaN: it does not say where it lies. */
void raster_write(const char *folder, double x_m, double y_m, double pixel_m);
/* A style that draws `folder`/`file` as the layer "photo" with this paint (' for "). */
FmStyle *raster_style(const char *folder, const char *file, const char *paint);
/* The same as an image source with corners, "[[116, 40], …]". */
FmStyle *raster_image_style(const char *folder, const char *file, const char *corners);

#endif
