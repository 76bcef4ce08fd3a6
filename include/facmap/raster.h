/** @file raster.h
 *  Rasters as pictures: pieces of any file that GDAL reads, as colours, at full or reduced
 *  resolution.  One palette band is shown in its colours, one band in greys, three as red, green
 *  and blue; an alpha band, a mask or a no-data value is transparency.  Bands of more than 8 bits
 *  are stretched between the 2nd and the 98th percentile of a sample.
 *
 *  Threads: an FmRaster belongs to one thread at a time; the first one is opened on the main
 *  thread. */
#ifndef FACMAP_RASTER_H
#define FACMAP_RASTER_H

#include <facmap/core.h>

G_BEGIN_DECLS

typedef struct FmRaster FmRaster;

/** A piece in cells of `step` x `step` pixels, counted from the top left corner. */
typedef struct {
    gsize x, y, width, height;
} FmRasterWindow;

/** @return transfer full (fm_raster_free); NULL with FM_ERROR_NOT_FOUND, FM_ERROR_DATA (not a
 *          raster, no bands) or FM_ERROR_IO */
FM_API FmRaster *fm_raster_open(const char *path, GError **error);
FM_API void fm_raster_free(FmRaster *raster);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmRaster, fm_raster_free)

/** Pixels in a row. */
FM_API gsize fm_raster_width(const FmRaster *raster);
/** Rows of pixels. */
FM_API gsize fm_raster_height(const FmRaster *raster);
/** Its coordinate system as fm_crs_new() reads it; NULL when the file does not say.  Borrowed. */
FM_API const char *fm_raster_crs(const FmRaster *raster);
/** Where its pixels lie: x = out[0] + column out[1] + row out[2], y = out[3] + column out[4] + row
 *  out[5], in units of its coordinate system, (0, 0) the outer corner of the first pixel.
 *  @return FALSE when the file does not say; `out` is then untouched */
FM_API gboolean fm_raster_place(const FmRaster *raster, double out[6]);

/** The values that are shown as black and white.
 *  @return FALSE for colours, which are no scale of one value; the outputs are then untouched */
FM_API gboolean fm_raster_range(const FmRaster *raster, double *black, double *white);

/** Read a window.
 *  @param step  1, 2, 4 …: a cell is the mean of step x step pixels, of those that are data, or one
 *               of them when the band is a palette; what is left over at the right and the bottom
 *               is not read
 *  @param[out] argb  window->width x window->height, row by row, 0xAARRGGBB, channels times alpha
 *  @return FALSE with FM_ERROR_IO; `argb` is then unspecified */
FM_API gboolean fm_raster_read(FmRaster *raster, const FmRasterWindow *window, gsize step,
                               guint32 *argb, GError **error);

G_END_DECLS
#endif
