/* Opening what OGR reads: driver options, the one layer that is meant, its coordinate system. */
#ifndef FACMAP_OGR_OPEN_H
#define FACMAP_OGR_OPEN_H

#include "gdal-log.h"
#include "load-internal.h"

#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

/* An open source.  GDAL's messages go to `log` until it is cleared. */
typedef struct {
    FmGdalLog log;
    GDALDatasetH dataset;
    OGRLayerH layer;           /* borrowed from the dataset */
    gboolean spreadsheet;      /* cells have types, columns have not */
    gboolean encoding_unknown; /* text comes as the bytes that are in the file */
} FmOgr;

/* @return FALSE with FM_ERROR_PARSE (no format that is known), FM_ERROR_DATA (no rows),
 *         FM_ERROR_NOT_FOUND or FM_ERROR_USAGE (which of several layers) */
gboolean fm_ogr_open(FmOgr *ogr, const FmSource *source, const char *name, GError **error);
void fm_ogr_clear(FmOgr *ogr);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmOgr, fm_ogr_clear)
/* The layer's CRS as fm_crs_new takes it.  Transfer full; NULL when the file does not say. */
char *fm_ogr_crs(OGRLayerH layer);

#endif
