/** @file load.h
 *  From files to layers: anything OGR reads, one source or a dataset manifest, validated row by
 *  row.  A bad row is data, not an error: it goes to the reject file with its reason and the rest
 *  is loaded (unless `strict`).  Nothing is converted silently: the CRS is declared or in the file.
 *
 *  Rows are numbered from 1: the first below the heading, or the first feature.  docs/dataset.md
 *  says what is read, how columns are mapped, and why rows are rejected.
 *
 *  Threads: call from one thread at a time per workspace. */
#ifndef FACMAP_LOAD_H
#define FACMAP_LOAD_H

#include <facmap/store.h>

G_BEGIN_DECLS

/** What people call things: headings that mean a field, words that mean a status.  Begins with the
 *  shipped words (geodata/synonyms.json); files of the same form add to them. */
typedef struct FmSynonyms FmSynonyms;

/** @return transfer full (fm_synonyms_unref) */
FM_API FmSynonyms *fm_synonyms_new(void);
FM_API FmSynonyms *fm_synonyms_ref(FmSynonyms *synonyms);
FM_API void fm_synonyms_unref(FmSynonyms *synonyms);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmSynonyms, fm_synonyms_unref)
/** Add a file's words; where it gives a known word another meaning, the file's holds.
 *  @return FALSE with FM_ERROR_NOT_FOUND, FM_ERROR_IO or FM_ERROR_PARSE (JSON path in the message);
 *          `synonyms` may then have some of its words */
FM_API gboolean fm_synonyms_read(FmSynonyms *synonyms, const char *path, GError **error);

/** One source and how to read it.  Strings belong to the struct; NULL where not given. */
typedef struct {
    char *path;      /**< anything GDAL opens, also compressed; or "a.gpkg|layername=b" */
    char *ogr_layer; /**< layer or sheet inside; NULL = the only one */
    char *kind;      /**< NULL = the layer's name */
    char *layer;     /**< target layer; NULL = from the file name */
    char *crs;       /**< FmCrs definition; NULL = as the file says, else FM_ERROR_CRS */
    char *encoding;  /**< of text files and shapefiles, NULL = as the file says, else UTF-8 */
    /** Columns with the position; NULL = by the usual headings, or the format's own geometry.
     *  wkt_field: whole positions as text, WKT, GeoJSON or "116.40,39.91" in any spelling. */
    char *x_field, *y_field, *wkt_field;
    /** "AREA:COLUMN": rows without a position are placed in the area of layer AREA that COLUMN of
     *  the source names, with its size as position_accuracy_m and "area" as position_method. */
    char *locate_by;
    /** "COLUMN,COLUMN": what tells rows without ids apart in an update; NULL = found out. */
    char *key;
    /** > 0: points are centres of square cells with this side, in the workspace's projected CRS. */
    double cell_m;
    /** Field of the layer -> column of the source (char* -> char*); may be NULL.  An empty column
     *  says that the source has no such field. */
    GHashTable *fields;
    FmSynonyms *synonyms;     /**< owned reference; NULL = the shipped ones */
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
    char *synonyms;     /**< file with more words, against the manifest's folder; NULL without */
    GPtrArray *sources; /**< FmSource, paths resolved against the manifest's folder */
} FmDataset;

/** Reads a manifest and looks whether its files are there.
 *  @return transfer full (fm_dataset_free); NULL with FM_ERROR_NOT_FOUND, FM_ERROR_IO or
 *          FM_ERROR_PARSE (JSON path in the message; unknown keys are errors) */
FM_API FmDataset *fm_dataset_read(const char *path, GError **error);
FM_API void fm_dataset_free(FmDataset *dataset);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmDataset, fm_dataset_free)
/** Is this file a manifest (a JSON object with "facmap": "dataset")?  Reads only its beginning. */
FM_API gboolean fm_dataset_is_manifest(const char *path);

typedef enum {
    FM_LOAD_CREATE, /**< the layer must not exist */
    FM_LOAD_APPEND, /**< ids that exist are rejected rows */
    FM_LOAD_UPDATE, /**< by id; else by FmSource.key, a code, name and address, or all of the row */
    FM_LOAD_REPLACE, /**< the layer is replaced whole */
} FmLoadMode;

typedef struct {
    FmLoadMode mode;
    gboolean strict; /**< the first bad row is FM_ERROR_DATA and nothing is loaded */
    /** CSV, for one source; NULL = beside the workspace, "<workspace>.<layer>.rejects.csv". */
    const char *rejects_path;
    const char *command_line; /**< for the run log, may be NULL */
} FmLoadOptions;

/** One field of one row that an update changed.  Empty values are NULL. */
typedef struct {
    char *id, *field, *before, *after;
} FmLoadChange;

/** So many changes are listed in a report; all are counted. */
#define FM_MAX_CHANGES 10000u

/** What became of one source.  read == loaded + updated + unchanged + unlocated + rejected. */
typedef struct {
    char *layer, *path;
    char *crs;          /**< what the coordinates were read as */
    char *sha256;       /**< of the source's bytes; NULL when it is no file */
    char *rejects_file; /**< NULL when nothing was rejected */
    gint64 n_read, n_loaded, n_updated, n_unchanged, n_unlocated, n_rejected;
    GPtrArray *warnings; /**< char*, e.g. "Z dropped from 12 rows" */
    GPtrArray *changes;  /**< FmLoadChange of an update, the first FM_MAX_CHANGES */
    gint64 n_changes;    /**< all of them */
    GPtrArray *mapping;  /**< char*, "id <- 编号" in column order */
} FmLoadReport;

FM_API void fm_load_report_free(FmLoadReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmLoadReport, fm_load_report_free)

/** Load sources in one run: all of them or none.
 *  @param dataset the manifest they came from, whose title, date and CRS become the workspace's; or
 *                 NULL
 *  @param sources borrowed array of n
 *  @param[out] reports GPtrArray of FmLoadReport, transfer full (g_ptr_array_unref)
 *  @param[out] run_id  may be NULL
 *  @return FALSE with FM_ERROR_USAGE (no name for the layer, no id to update by, an encoding that
 *          does not exist), FM_ERROR_NOT_FOUND, FM_ERROR_CRS, FM_ERROR_DATA, FM_ERROR_PARSE,
 *          FM_ERROR_IO, FM_ERROR_LIMIT, FM_ERROR_DATABASE or FM_ERROR_CANCELLED; the workspace is
 *          then unchanged and no reject file is left */
FM_API gboolean fm_load(FmWorkspace *workspace, const FmDataset *dataset,
                        const FmSource *const *sources, gsize n, const FmLoadOptions *options,
                        GPtrArray **reports, gint64 *run_id, const FmProgress *progress,
                        GError **error);

G_END_DECLS
#endif
