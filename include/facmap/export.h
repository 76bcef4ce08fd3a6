/** @file export.h
 *  Layers out of the workspace: GeoPackage with styles, bilingual aliases, metadata and the run
 *  log; GeoJSON; CSV; and pages as GeoTIFF.  The workspace is only read.
 *
 *  Threads: call from one thread per workspace. */
#ifndef FACMAP_EXPORT_H
#define FACMAP_EXPORT_H

#include <facmap/render.h>
#include <facmap/store.h>
#include <facmap/style.h>

G_BEGIN_DECLS

/** Strings borrowed for the call. */
typedef struct {
    const char *const *layers; /**< NULL-terminated names; NULL or empty = all */
    const FmStyle *style;      /**< GeoPackage: written as layer_styles (QML); NULL = plain */
    const char *icons_dir;     /**< SVG icons of the style; NULL = "icons" in the working folder */
    gboolean csv_bom;          /**< CSV begins with a UTF-8 byte order mark, for Excel */
    gboolean overwrite;        /**< replace an existing file atomically; else FM_ERROR_IO */
} FmExportOptions;

typedef struct {
    gint64 n_layers, n_rows;
    GPtrArray *files;    /**< char*: files written */
    GPtrArray *warnings; /**< char* */
} FmExportReport;

FM_API void fm_export_report_free(FmExportReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmExportReport, fm_export_report_free)

/** Export by the path's ending: ".gpkg" (all layers in one file), ".geojson" or ".csv" (one layer:
 *  that file; several: FILE-stem_<layer>.ending).  Written beside and renamed.
 *  @return transfer full (fm_export_report_free); NULL with FM_ERROR_USAGE (unknown ending),
 *          FM_ERROR_NOT_FOUND (layer, folder), FM_ERROR_IO, FM_ERROR_DATABASE or
 *          FM_ERROR_CANCELLED */
FM_API FmExportReport *fm_export(FmWorkspace *workspace, const char *path,
                                 const FmExportOptions *options, const FmProgress *progress,
                                 GError **error);

/** Draw a page as fm_render_page does, as a GeoTIFF: tiled, deflated, with overviews (GDAL's COG
 *  driver), its resolution, and its place unless it has several maps.  Written beside and renamed.
 *  @param options as of fm_render_page, not NULL
 *  @return transfer full (fm_render_report_free); NULL with FM_ERROR_USAGE (an atlas, size),
 *          FM_ERROR_IO or as fm_render_page; no file is then left */
FM_API FmRenderReport *fm_export_geotiff(FmWorkspace *workspace, const FmStyle *style,
                                         const char *path, const FmRenderOptions *options,
                                         const FmProgress *progress, GError **error);

G_END_DECLS
#endif
