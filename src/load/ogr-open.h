/* Opening what OGR reads: driver options, the one layer that is meant, its coordinate system. */
#ifndef FACMAP_OGR_OPEN_H
#define FACMAP_OGR_OPEN_H

#include "gdal-log.h"
#include "load-internal.h"

#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

/* An open source.  GDAL's messages go to `log` until it is cleared.  The layer hands out the rows
 * that are meant and no others, under the names that are meant. */
typedef struct {
    FmGdalLog log;
    GDALDatasetH dataset;
    OGRLayerH layer;      /* borrowed from the dataset */
    gboolean spreadsheet; /* cells have types, columns have not */
    GPtrArray *notes;     /* char*: what was found out, for the report */
    char *encoding;       /* of a Shapefile, when it was found out */
} FmOgr;

/* @return FALSE with FM_ERROR_PARSE (no format that is known), FM_ERROR_DATA (no rows, encoding),
 *         FM_ERROR_NOT_FOUND, FM_ERROR_USAGE (which of several layers) or FM_ERROR_UNSUPPORTED */
gboolean fm_ogr_open(FmOgr *ogr, const FmSource *source, const char *name, GError **error);
void fm_ogr_clear(FmOgr *ogr);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmOgr, fm_ogr_clear)
/* The layer's CRS as fm_crs_new takes it.  Transfer full; NULL when the file does not say. */
char *fm_ogr_crs(OGRLayerH layer);

/* ---- gpkg-description.c ---- */

/* What facmap wrote into the GeoPackage about the layer.  Transfer full; NULL without, with a note
 * when it cannot be read. */
FmSource *fm_gpkg_description(FmOgr *ogr);

/* ---- sheet-heading.c ---- */

/* Of a sheet that was opened with its first row as the heading: is that row one? */
gboolean fm_sheet_starts_with_heading(OGRLayerH layer);
/* Of a sheet that was opened without a heading: finds the row that is it, names the columns by it,
 * and leaves out that row and those above it.
 * @return what was done, for the report; transfer full */
char *fm_sheet_find_heading(OGRLayerH layer);

/* ---- dbf-encoding.c ---- */

/* Does the Shapefile leave open in which encoding its texts are? */
gboolean fm_dbf_encoding_is_open(OGRLayerH layer);
/* Finds it out from the texts, which must come as they are in the file.
 * @return FALSE as fm_encoding_detector_finish */
gboolean fm_dbf_find_encoding(OGRLayerH layer, const char *name, FmEncoding *out, GError **error);

/* ---- osm-config.c ---- */

/* The configuration of GDAL's OpenStreetMap reader, with our choice of tags: a file in memory,
 * which is read when a dataset is opened.  Transfer full; freeing removes the file too. */
typedef char FmOsmConfig;
FmOsmConfig *fm_osm_config_new(void);
void fm_osm_config_free(FmOsmConfig *path);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmOsmConfig, fm_osm_config_free)
/* Of layer `lines`: only what carries traffic. */
#define FM_OSM_NETWORK_LAYER "lines"
#define FM_OSM_NETWORK_FILTER "highway IS NOT NULL OR route = 'ferry'"

#endif
