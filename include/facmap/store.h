/** @file store.h
 *  The workspace: one SpatiaLite file with layers, their registry (`fm_layer`, `fm_column`), and the
 *  log of every command that wrote (`fm_run`).  All geometry is EPSG:4326, longitude first.
 *
 *  A command opens the workspace, reads layers into FmTable, computes without the database, and
 *  writes in one FmRun: one transaction, so that at any moment, also after SIGKILL, the file holds
 *  the old state or the new one.
 *
 *  Threads: one FmWorkspace per thread.  Several processes may read while one writes. */
#ifndef FACMAP_STORE_H
#define FACMAP_STORE_H

#include <facmap/table.h>

G_BEGIN_DECLS

/** PRAGMA user_version of the workspaces this library writes. */
#define FM_SCHEMA_VERSION 1

/* ---- opening ---------------------------------------------------------------------------- */

typedef struct FmWorkspace FmWorkspace;

typedef enum {
    FM_OPEN_READ,
    FM_OPEN_WRITE,
} FmOpenMode;

/** What `init` fixes for a workspace. */
typedef struct {
    const char *title_en, *title_zh; /**< may be NULL */
    const char *crs;                 /**< projected CRS definition; NULL = chosen from the first layer's extent */
} FmWorkspaceOptions;

/** Make a new workspace; the file must not exist.  Written beside and renamed: never half there.
 *  @return transfer full (fm_workspace_free); NULL with FM_ERROR_IO (exists, no such folder, disk
 *          full), FM_ERROR_CRS (crs is not projected) or FM_ERROR_DATABASE */
FM_API FmWorkspace *fm_workspace_create(const char *path, const FmWorkspaceOptions *options,
                                        GError **error);

/** Open a workspace; an older schema is migrated when opened for writing (and read as it is
 *  otherwise), a newer one refused.
 *  @return transfer full (fm_workspace_free); NULL with FM_ERROR_NOT_FOUND, FM_ERROR_DATABASE (not a
 *          workspace, newer, locked, damaged) or FM_ERROR_IO */
FM_API FmWorkspace *fm_workspace_open(const char *path, FmOpenMode mode, GError **error);
FM_API void fm_workspace_free(FmWorkspace *workspace);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmWorkspace, fm_workspace_free)

FM_API const char *fm_workspace_path(const FmWorkspace *workspace);

/** A property of the workspace: "title_en", "title_zh", "crs" (projected, NULL until known),
 *  "dataset", "dataset_date", "licence", "note".
 *  @return transfer full (g_free), NULL without error when unset; NULL with FM_ERROR_DATABASE */
FM_API char *fm_workspace_get(FmWorkspace *workspace, const char *key, GError **error);

/* ---- layers ----------------------------------------------------------------------------- */

/** A row of the registry.  Strings belong to the struct; absent ones are NULL. */
typedef struct {
    char *name; /**< ASCII, [a-z][a-z0-9_]*, at most 60 long, not starting with "fm_" or "idx_" */
    char *kind; /**< project_site, school, hospital, community, area, line, demand, network, result, … */
    FmGeometryType geometry_type;
    int srid; /**< 4326; 0 for a table without geometry */
    gint64 n_rows;
    gint64 n_unlocated; /**< rows whose geometry is NULL, in a layer that has geometry */
    char *title_en, *title_zh;
    char *source;         /**< where it came from: file name, citation */
    char *source_sha256;  /**< of the source file, NULL for results */
    char *licence, *note;
    gboolean modelled; /**< made by a model or invented: said wherever the layer is shown */
    char *loaded_at;      /**< ISO 8601 UTC */
    char *content_sha256; /**< fm_table_sha256 of the content, by ascending row */
    gint64 run_id;        /**< the run that wrote it last */
} FmLayerInfo;

FM_API void fm_layer_info_free(FmLayerInfo *info);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmLayerInfo, fm_layer_info_free)

/** Is `name` usable as a layer name?  @return FALSE with FM_ERROR_USAGE saying what is allowed */
FM_API gboolean fm_layer_name_check(const char *name, GError **error);

/** All layers in the order of their first writing.
 *  @return transfer full (g_ptr_array_unref), elements FmLayerInfo; NULL with FM_ERROR_DATABASE */
FM_API GPtrArray *fm_workspace_layers(FmWorkspace *workspace, GError **error);
/** @return transfer full; NULL with FM_ERROR_NOT_FOUND: the message lists near names */
FM_API FmLayerInfo *fm_workspace_layer(FmWorkspace *workspace, const char *name, GError **error);
/** Bounds of a layer's geometry; empty when it has none. */
FM_API gboolean fm_workspace_layer_extent(FmWorkspace *workspace, const char *name, FmExtent *out,
                                          GError **error);

/** Which rows to read.  All zero = all rows. */
typedef struct {
    const char *where; /**< an SQL condition on the layer's own columns, NULL = all.  Compiled under an
                            authorizer that permits reading this one layer and calling functions, no more */
    gboolean by_status;       /**< apply the rule below; layers without a status column are untouched */
    const char *as_of;        /**< date: what is open on that day (year = its last day); NULL = now, by status */
    gboolean include_planned; /**< also what is under construction or planned, whenever it opens */
    const FmExtent *extent;   /**< only geometries whose bounds touch it (uses the R*Tree); NULL = all */
} FmFilter;

/* The rule of by_status, for a row with status s (NULL = open), opens o, closes c:
 *   without as_of:  s = open                      [or s in (construction, planned) if include_planned]
 *   with as_of D:   (o <= D, or o NULL and s in (open, closed)) and (c > D or c NULL)
 *                   and not (c NULL and s = closed)
 *                   [or s in (construction, planned) if include_planned]
 * A year alone stands for its first day in `opens` and its last day in `closes`. */

/** Read a layer, rows in ascending order of their key; column titles come along.
 *  @param filter borrowed, NULL = all rows
 *  @return transfer full (fm_table_free); NULL with FM_ERROR_NOT_FOUND (layer), FM_ERROR_USAGE (the
 *          where clause: SQLite's message), FM_ERROR_PARSE (as_of), FM_ERROR_DATABASE or FM_ERROR_CANCELLED */
FM_API FmTable *fm_workspace_read(FmWorkspace *workspace, const char *layer,
                                  const FmFilter *filter, const FmProgress *progress,
                                  GError **error);

/* ---- runs: the only way to write -------------------------------------------------------- */

typedef struct FmRun FmRun;

/** Begin a run: takes the write lock at once.
 *  @param command      "load", "coverage", …
 *  @param command_line as typed, NULL when called from a program
 *  @param parameters   JSON object as text, NULL = {}
 *  @return transfer full (fm_run_free); NULL with FM_ERROR_DATABASE: locked (waits 5 s), read-only */
FM_API FmRun *fm_run_begin(FmWorkspace *workspace, const char *command, const char *command_line,
                           const char *parameters, GError **error);
FM_API gint64 fm_run_id(const FmRun *run);

/** Note that the run used a layer: its row count and content hash are kept. */
FM_API gboolean fm_run_add_input(FmRun *run, const char *layer, GError **error);

/** Set a workspace property (see fm_workspace_get); NULL value removes it. */
FM_API gboolean fm_run_set(FmRun *run, const char *key, const char *value, GError **error);

typedef enum {
    FM_WRITE_CREATE,  /**< the layer must not exist */
    FM_WRITE_REPLACE, /**< the layer may exist and is replaced whole */
    FM_WRITE_APPEND,  /**< add rows; an id that exists is FM_ERROR_DATA */
    FM_WRITE_UPDATE,  /**< rows with a known id change, others are added; needs an `id` column */
} FmWriteMode;

/** How a layer is registered.  Strings borrowed for the call, NULL where unknown. */
typedef struct {
    const char *name, *kind;
    const char *title_en, *title_zh;
    const char *source, *source_sha256, *licence, *note;
    gboolean modelled;
} FmLayerSpec;

typedef struct {
    gint64 inserted, updated, unchanged;
} FmWriteReport;

/** Write a table as a layer with its spatial index.  Appending or updating adds missing columns.
 *  @param[out] report may be NULL
 *  @return FALSE with FM_ERROR_USAGE (name), FM_ERROR_DATA (exists, duplicate id: names it, a type
 *          that does not fit), FM_ERROR_IO (disk full), FM_ERROR_DATABASE or FM_ERROR_CANCELLED */
FM_API gboolean fm_run_write(FmRun *run, const FmLayerSpec *spec, const FmTable *table,
                             FmWriteMode mode, FmWriteReport *report, const FmProgress *progress,
                             GError **error);

/** Remove layers by exact name; absent ones are not an error. */
FM_API gboolean fm_run_drop(FmRun *run, const char *layer, GError **error);

/** Make everything of this run visible and lasting.  The run can only be freed afterwards. */
FM_API gboolean fm_run_commit(FmRun *run, GError **error);

/** Free; a run that was not committed is undone. */
FM_API void fm_run_free(FmRun *run);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmRun, fm_run_free)

/** The run log as a table (id, command, command_line, tool_version, parameters, inputs, started,
 *  finished, outcome), oldest first.  @return transfer full; NULL with FM_ERROR_DATABASE */
FM_API FmTable *fm_workspace_runs(FmWorkspace *workspace, GError **error);

G_END_DECLS
#endif
