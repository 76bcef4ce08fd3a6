/** @file load.h
 *  From files to layers: anything OGR reads, one source or a dataset manifest, validated row by row.
 *  A bad row is data, not an error: it goes to the reject file with its reason and the rest is
 *  loaded (unless `strict`).  Nothing is converted silently: the CRS is declared or in the file.
 *
 *  Threads: call from one thread at a time per workspace. */
#ifndef FACMAP_LOAD_H
#define FACMAP_LOAD_H

#include <facmap/store.h>

G_BEGIN_DECLS

/** One source and how to read it.  Strings belong to the struct; NULL where not given. */
typedef struct {
    char *path;      /**< anything GDAL opens, also /vsizip/ and /vsigzip/ */
    char *ogr_layer; /**< layer or sheet inside; NULL = the only one */
    char *kind;      /**< NULL = the layer's name */
    char *layer;     /**< target layer; NULL = from the file name */
    char *crs;       /**< FmCrs definition; NULL = as the file says, else FM_ERROR_CRS */
    char *encoding;  /**< of text files and shapefiles, NULL = as the file says, else UTF-8 */
    char *x_field, *y_field, *wkt_field; /**< geometry from columns; NULL = guessed from the usual names or the format */
    double cell_m; /**< > 0: points are centres of square cells of this size, in the workspace's projected CRS */
    GHashTable *fields;      /**< facmap field name -> source column name (char* -> char*), may be NULL */
    GPtrArray *column_titles; /**< FmColumnTitle elements, may be NULL */
    char *title_en, *title_zh, *licence, *source, *note;
    gboolean modelled;
} FmSource;

/** Titles for one column, from a manifest. */
typedef struct {
    char *column, *title_en, *title_zh;
} FmColumnTitle;

/** @param path copied  @return transfer full (fm_source_free) */
FM_API FmSource *fm_source_new(const char *path);
FM_API void fm_source_free(FmSource *source);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmSource, fm_source_free)

/** A dataset manifest (dataset.json, "facmap": "dataset", "version": 1). */
typedef struct {
    char *path, *name, *title_en, *title_zh, *date, *workspace_crs, *licence, *note;
    GPtrArray *sources; /**< FmSource, paths resolved against the manifest's folder */
} FmDataset;

/** @return transfer full; NULL with FM_ERROR_NOT_FOUND, FM_ERROR_PARSE or FM_ERROR_DATA (JSON path in
 *          the message; unknown keys are errors) */
FM_API FmDataset *fm_dataset_read(const char *path, GError **error);
FM_API void fm_dataset_free(FmDataset *dataset);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmDataset, fm_dataset_free)
/** Is this file a manifest (a JSON object with "facmap": "dataset")?  Reads at most its beginning. */
FM_API gboolean fm_dataset_is_manifest(const char *path);

typedef enum {
    FM_LOAD_CREATE,  /**< the layer must not exist */
    FM_LOAD_APPEND,  /**< ids that exist are rejected rows */
    FM_LOAD_UPDATE,  /**< by id */
    FM_LOAD_REPLACE, /**< the layer is replaced whole */
} FmLoadMode;

typedef struct {
    FmLoadMode mode;
    gboolean strict;          /**< the first bad row is FM_ERROR_DATA and nothing is loaded */
    const char *rejects_path; /**< CSV; NULL = beside the workspace, "<workspace>.<layer>.rejects.csv" */
    const char *command_line; /**< for the run log, may be NULL */
} FmLoadOptions;

/** What became of one source.  read == loaded + updated + unchanged + unlocated + rejected. */
typedef struct {
    char *layer, *path;
    char *crs;          /**< what the coordinates were read as */
    char *rejects_file; /**< NULL when nothing was rejected */
    gint64 n_read, n_loaded, n_updated, n_unchanged, n_unlocated, n_rejected;
    GPtrArray *warnings; /**< char*, e.g. "Z dropped from 12 rows" */
    GPtrArray *mapping;  /**< char*, "id <- 编号" in column order */
} FmLoadReport;

FM_API void fm_load_report_free(FmLoadReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmLoadReport, fm_load_report_free)

/** Load sources in one run: all of them or none.
 *  @param dataset the manifest they came from (its title, date, CRS become the workspace's), or NULL
 *  @param sources borrowed array of n
 *  @param[out] reports GPtrArray of FmLoadReport, transfer full (g_ptr_array_unref)
 *  @param[out] run_id  may be NULL
 *  @return FALSE with FM_ERROR_NOT_FOUND, FM_ERROR_CRS, FM_ERROR_DATA, FM_ERROR_PARSE, FM_ERROR_IO,
 *          FM_ERROR_DATABASE or FM_ERROR_CANCELLED; the workspace is then unchanged and no reject file is left */
FM_API gboolean fm_load(FmWorkspace *workspace, const FmDataset *dataset,
                        const FmSource *const *sources, gsize n, const FmLoadOptions *options,
                        GPtrArray **reports, gint64 *run_id, const FmProgress *progress,
                        GError **error);

G_END_DECLS
#endif
