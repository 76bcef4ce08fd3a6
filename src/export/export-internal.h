/** @file export-internal.h
 *  Shared by the files of `export`: GDAL handles that close themselves, one layer in memory, and
 *  the parts of a GeoPackage. */
#ifndef FACMAP_EXPORT_INTERNAL_H
#define FACMAP_EXPORT_INTERNAL_H

#include <facmap/export.h>

#include <gdal.h>
#include <ogr_api.h>

/* ---- GDAL ------------------------------------------------------------------------------- */

static inline void fm__dataset_close(GDALDatasetH dataset)
{
    if (dataset != NULL)
        GDALClose(dataset);
}
typedef GDALDatasetH FmDatasetH;
G_DEFINE_AUTO_CLEANUP_FREE_FUNC(FmDatasetH, fm__dataset_close, NULL)

typedef OGRFeatureH FmFeatureH;
G_DEFINE_AUTO_CLEANUP_FREE_FUNC(FmFeatureH, OGR_F_Destroy, NULL)

/** Register GDAL's drivers once; while the guard lives, GDAL prints nothing and stamps files with
 *  fm_timestamp_now().  Use: g_auto(FmGdalGuard) guard = fm__gdal_begin(); */
typedef struct {
    gboolean active;
} FmGdalGuard;
FmGdalGuard fm__gdal_begin(void);
void fm__gdal_end(FmGdalGuard *guard);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmGdalGuard, fm__gdal_end)

/** Close, so that everything is on disk.  Sets *dataset to NULL.
 *  @return FALSE with FM_ERROR_IO: a full disk shows only here */
gboolean fm__dataset_finish(FmDatasetH *dataset, const char *what, GError **error);

/** Set FM_ERROR_IO with what GDAL said last. */
void fm__gdal_error(GError **error, const char *what);

/* ---- layers (ogr-writer.c) -------------------------------------------------------------- */

/** A layer to be written; both members belong to it. */
typedef struct {
    FmLayerInfo *info;
    FmTable *table;
} FmExportLayer;

void fm__export_layer_clear(FmExportLayer *layer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmExportLayer, fm__export_layer_clear)

/** Read a layer of the workspace.  @return FALSE with the store's error */
gboolean fm__export_layer_read(FmWorkspace *workspace, const char *name, FmExportLayer *out,
                               const FmProgress *progress, GError **error);

/** Write it as a new layer of `dataset`, in one transaction where the format has them.
 *  @param options GDAL's layer creation options, may be NULL
 *  @return FALSE with FM_ERROR_IO or FM_ERROR_CANCELLED */
gboolean fm__ogr_write(GDALDatasetH dataset, const FmExportLayer *layer, char **options,
                       const FmProgress *progress, GError **error);

/* ---- GeoPackage ------------------------------------------------------------------------- */

/** Write all `layers` to a new GeoPackage, `file`, which errors call `path`.
 *  @param report counts are added */
gboolean fm__gpkg_write(FmWorkspace *workspace, const char *file, const char *path,
                        const char *const *layers, const FmExportOptions *options,
                        FmExportReport *report, const FmProgress *progress, GError **error);

/** Run one statement.  @return FALSE with FM_ERROR_IO */
gboolean fm__gpkg_sql(GDALDatasetH dataset, GError **error, const char *sql);
/** `text` as an SQL literal ('it''s', or NULL).  @return transfer full */
char *fm__sql_literal(const char *text);

/** gpkg_data_columns with titles in both languages, and the values that `status` may take. */
gboolean fm__gpkg_write_columns(GDALDatasetH dataset, const GPtrArray *layers, GError **error);
/** gpkg_metadata: a QGIS document and facmap's description for each layer, and the run log
 *  for the whole file. */
gboolean fm__gpkg_write_metadata(GDALDatasetH dataset, FmWorkspace *workspace,
                                 const GPtrArray *layers, GError **error);

/** The run log as JSON.  @return transfer full (g_free); NULL with FM_ERROR_DATABASE */
char *fm__run_log_json(FmWorkspace *workspace, GError **error);

/** What gpkg.c remembers of each layer that it wrote. */
typedef struct {
    FmLayerInfo *info;
    GPtrArray *columns; /**< FmExportColumn */
    char *qml;          /**< NULL = no style for it */
} FmWrittenLayer;
typedef struct {
    char *name, *title_en, *title_zh, *unit;
} FmExportColumn;

/** What is said of a layer, as a dataset manifest.  @return transfer full (g_free) */
char *fm__layer_description(const FmWrittenLayer *layer);

/** layer_styles as QGIS makes it, one default style a layer that has QML. */
gboolean fm__gpkg_write_styles(GDALDatasetH dataset, const GPtrArray *layers, GError **error);

/** How QGIS draws a layer as the map document does: a QML document with rules, labels and aliases.
 *  Aliases are written also when no style layer draws it.
 *  @param style     may be NULL: aliases only
 *  @param icons_dir may be NULL
 *  @param[out] warnings char* appended: what QML cannot say as the map does
 *  @return transfer full; NULL with FM_ERROR_NOT_FOUND (icon) or FM_ERROR_IO */
char *fm__qml_new(const FmExportLayer *layer, const FmStyle *style, const char *icons_dir,
                  GPtrArray *warnings, GError **error);

#endif
