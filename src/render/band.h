/* A page as pixels: drawn and written in bands, so that its size does not count. */
#ifndef FACMAP_RENDER_BAND_H
#define FACMAP_RENDER_BAND_H

#include "job.h"
#include "png-writer.h"

/* Pixels of a band.  Four are in memory at once at most: a page of any size takes less than 1 GB.
 */
#define FM_BAND_PIXELS 24e6

/* Draw the prepared page and write it as PNG.  The pixels are the same whatever the bands.
 * info:        what the file says of itself; size, resolution and palette are set here
 * n_colors:    2 … 256: write a palette of at most so many; 0 = all colours
 * band_pixels: FM_BAND_PIXELS, but in tests
 * Returns FALSE with FM_ERROR_IO or as fm__job_draw. */
gboolean fm__bands_write(FmRenderJob *job, const char *file, FmPngInfo info, gsize n_colors,
                         double band_pixels, const FmProgress *progress, GError **error);

#endif
