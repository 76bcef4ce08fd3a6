/** @file store.h
 *  The workspace: one SpatiaLite file with layers, their registry (`fm_layer`, `fm_column`), and
 *  the log of every command that wrote (`fm_run`).  All geometry is EPSG:4326, longitude first.
 *
 *  A command opens the workspace, reads layers into FmTable, computes without the database, and
 *  writes in one FmRun: one transaction, so that at any moment, also after SIGKILL, the file holds
 *  the old state or the new one.
 *
 *  Threads: one FmWorkspace per thread.  Several processes may read while one writes.  Opening one
 *  sets LC_NUMERIC of the process to "POSIX": SpatiaLite needs that.
 *
 *  The schema, and which columns are renamed: docs/workspace.md. */
#ifndef FACMAP_STORE_H
#define FACMAP_STORE_H

#include <facmap/table.h>

G_BEGIN_DECLS

/** PRAGMA user_version of the workspaces this library writes. */
#define FM_SCHEMA_VERSION 2

/* ---- opening ---------------------------------------------------------------------------- */

typedef struct FmWorkspace FmWorkspace;

typedef enum {
    FM_OPEN_READ,
    FM_OPEN_WRITE,
} FmOpenMode;

/** What `init` fixes for a workspace. */
typedef struct {
    const char *title_en, *title_zh; /**< may be NULL */
    const char *crs; /**< of a projected CRS; NULL = chosen by the first layer's extent */
} FmWorkspaceOptions;

/** Make a new workspace; the file must not exist.  Written beside and renamed: never half there.
 *  @return transfer full (fm_workspace_free); NULL with FM_ERROR_IO (exists, no such folder, disk
 *          full), FM_ERROR_CRS (crs is not projected) or FM_ERROR_DATABASE */
FM_API FmWorkspace *fm_workspace_create(const char *path, const FmWorkspaceOptions *options,
                                        GError **error);

/** Open a workspace; an older schema is migrated when opened for writing (and read as it is
 *  otherwise), a newer one refused.
 *  @return transfer full (fm_workspace_free); NULL with FM_ERROR_NOT_FOUND, FM_ERROR_DATABASE (not
 *          a workspace, newer, locked, damaged) or FM_ERROR_IO */
FM_API FmWorkspace *fm_workspace_open(const char *path, FmOpenMode mode, GError **error);
FM_API void fm_workspace_free(FmWorkspace *workspace);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmWorkspace, fm_workspace_free)

/** As it was given to open or create; borrowed, as long as the workspace. */
FM_API const char *fm_workspace_path(const FmWorkspace *workspace);

/** A property of the workspace: "title_en", "title_zh", "crs" (projected, NULL until known),
 *  "dataset", "dataset_date", "licence", "note".
 *  @return transfer full (g_free), NULL without error when unset; NULL with FM_ERROR_DATABASE */
FM_API char *fm_workspace_get(FmWorkspace *workspace, const char *key, GError **error);

/* ---- layers ----------------------------------------------------------------------------- */

/** A row of the registry.  Strings belong to the struct; absent ones are NULL. */
typedef struct {
    /** ASCII, [a-z][a-z0-9_]*, at most 60 long, not starting with "fm_", "idx_" or "sqlite_". */
    char *name;
    char *kind; /**< project_site, school, hospital, community, area, line, demand, result, … */
    FmGeometryType geometry_type;
    int srid;           /**< 4326; 0 for a table without geometry */
    gint64 n_rows;      /**< when facmap last wrote it, as all that follows */
    gint64 n_unlocated; /**< rows whose geometry is NULL, in a layer that has geometry */
    char *title_en, *title_zh;
    char *source;        /**< where it came from: file name, citation */
    char *source_sha256; /**< of the source file, NULL for results */
    char *licence, *note;
    gboolean modelled;    /**< made by a model or invented: said wherever the layer is shown */
    char *loaded_at;      /**< ISO 8601 UTC */
    char *content_sha256; /**< fm_table_sha256 of the content, by ascending row */
    gint64 run_id;        /**< the run that wrote it last */
} FmLayerInfo;

FM_API void fm_layer_info_free(FmLayerInfo *info);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmLayerInfo, fm_layer_info_free)

/** Is `name` usable as a layer name?  @return FALSE with FM_ERROR_USAGE saying what is allowed */
FM_API gboolean fm_layer_name_check(const char *name, GError **error);

/** All layers in the order of their first writing, as the runs of facmap left them.
 *  @return transfer full (g_ptr_array_unref), elements FmLayerInfo; NULL with FM_ERROR_DATABASE */
FM_API GPtrArray *fm_workspace_layers(FmWorkspace *workspace, GError **error);
/** @return transfer full; NULL with FM_ERROR_NOT_FOUND: the message lists near names */
FM_API FmLayerInfo *fm_workspace_layer(FmWorkspace *workspace, const char *name, GError **error);
/** Which of the layers that a layer was made from are no longer as they were.
 *  @return transfer full (g_ptr_array_unref): a sentence (char*) for each, none when it is up to
 *          date or was made from files alone; NULL with FM_ERROR_NOT_FOUND or FM_ERROR_DATABASE */
FM_API GPtrArray *fm_workspace_outdated(FmWorkspace *workspace, const char *layer, GError **error);
/** Bounds of a layer's geometry, from every row; empty when it has none.
 *  @return FALSE with FM_ERROR_NOT_FOUND or FM_ERROR_DATABASE */
FM_API gboolean fm_workspace_layer_extent(FmWorkspace *workspace, const char *name, FmExtent *out,
                                          GError **error);

/** Which rows to read.  All zero = all rows. */
typedef struct {
    /** An SQL condition on the layer's own columns, NULL = all.  Compiled under an authorizer that
     *  permits reading this one layer and calling functions whose answer depends on their arguments
     *  alone, no more. */
    const char *where;
    gboolean by_status; /**< apply the rule below; layers without a status column are untouched */
    /** With by_status: what is open on that day (a year is its last day); NULL = now, by status. */
    const char *as_of;
    gboolean include_planned; /**< also what is under construction or planned, whenever it opens */
    const FmExtent *extent;   /**< only geometries whose bounds touch it; NULL = all */
} FmFilter;

/* The rule of by_status, for a row with status s (NULL = open), opens o, closes c:
 *   without as_of:  s = open
 *   with as_of D:   (o <= D, or o NULL and s in (open, closed)) and (c > D or c NULL)
 *                   and not (c NULL and s = closed)
 *   both            or s in (construction, planned) if include_planned
 * A year alone stands for its first day in `opens` and its last day in `closes`. */

/** The ids of a layer, one after the other, in ascending order of their rows.
 *  @param visit given each id, borrowed for the call
 *  @return FALSE with FM_ERROR_NOT_FOUND or FM_ERROR_DATABASE */
FM_API gboolean fm_workspace_each_id(FmWorkspace *workspace, const char *layer,
                                     void (*visit)(const char *id, void *user), void *user,
                                     GError **error);

/** Some rows of a layer, one part after the other in ascending order of their keys.
 *  @param rows, fids borrowed for the call; a key for each row, which may be negative
 *  @return FALSE with an error to end it */
typedef gboolean (*FmPartFunc)(const FmTable *rows, const gint64 *fids, void *user, GError **error);

/** All rows of a layer without holding them.
 *  @return FALSE as fm_workspace_read, or as `visit` */
FM_API gboolean fm_workspace_each_part(FmWorkspace *workspace, const char *layer, FmPartFunc visit,
                                       void *user, const FmProgress *progress, GError **error);

/** Read a layer, rows in ascending order of their key; column titles come along.
 *  @param filter borrowed, NULL = all rows
 *  @return transfer full (fm_table_free); NULL with FM_ERROR_NOT_FOUND (layer), FM_ERROR_USAGE
 *          (the where clause: SQLite's message), FM_ERROR_PARSE (as_of; a date or a geometry in a
 *          row that is none), FM_ERROR_DATA (a value that is not of its column's type: row and
 *          column), FM_ERROR_UNSUPPORTED (a curve), FM_ERROR_DATABASE or FM_ERROR_CANCELLED */
FM_API FmTable *fm_workspace_read(FmWorkspace *workspace, const char *layer, const FmFilter *filter,
                                  const FmProgress *progress, GError **error);

/* ---- cache: blobs beside a layer --------------------------------------------------------- */

/** What fm_run_cache kept under a name, if it was made from the same.
 *  @param fingerprint of all that the content was made from: layer contents, parameters, version
 *  @param[out] out transfer full (g_bytes_unref); NULL when there is none.  Check it before use: a
 *              cache may be damaged, and can be made anew
 *  @return FALSE with FM_ERROR_DATABASE */
FM_API gboolean fm_workspace_cached(FmWorkspace *workspace, const char *layer, const char *name,
                                    const char *fingerprint, GBytes **out, GError **error);

/* ---- runs: the only way to write -------------------------------------------------------- */

typedef struct FmRun FmRun;

/** Begin a run: takes the write lock at once.
 *  @param command      "load", "coverage", …
 *  @param command_line as typed, NULL when called from a program
 *  @param parameters   JSON object as text, NULL = {}
 *  @return transfer full (fm_run_free; the workspace must outlive it); NULL with FM_ERROR_USAGE
 *          (parameters) or FM_ERROR_DATABASE: locked (waits 5 s), read-only, another run is not
 *          finished */
FM_API FmRun *fm_run_begin(FmWorkspace *workspace, const char *command, const char *command_line,
                           const char *parameters, GError **error);
FM_API gint64 fm_run_id(const FmRun *run);

/** Note that the run used a layer: its row count and content hash are kept.
 *  @return FALSE with FM_ERROR_NOT_FOUND or FM_ERROR_DATABASE */
FM_API gboolean fm_run_add_input(FmRun *run, const char *layer, GError **error);

/** Note a file that the run read: its name, rows and SHA-256 stand among the inputs in the log.
 *  @param sha256 NULL when it is no file  @return FALSE with FM_ERROR_DATABASE */
FM_API gboolean fm_run_add_file(FmRun *run, const char *name, gint64 n_rows, const char *sha256,
                                GError **error);

/** Keep something in the log that only the run brought to light, under `key` of its parameters.
 *  @param json any JSON value as text, which replaces an earlier one
 *  @return FALSE with FM_ERROR_DATABASE, also when `json` is none */
FM_API gboolean fm_run_note(FmRun *run, const char *key, const char *json, GError **error);

/** Set a workspace property (see fm_workspace_get); NULL value removes it.
 *  @return FALSE with FM_ERROR_CRS ("crs" is not projected), FM_ERROR_IO or FM_ERROR_DATABASE */
FM_API gboolean fm_run_set(FmRun *run, const char *key, const char *value, GError **error);

typedef enum {
    FM_WRITE_CREATE,  /**< the layer must not exist */
    FM_WRITE_REPLACE, /**< the layer may exist and is replaced whole */
    FM_WRITE_APPEND,  /**< add rows to a layer that exists; an id that exists is FM_ERROR_DATA */
    /** Rows with a known id change, others are added; needs an `id` column and a layer that exists.
     *  Columns that the table lacks keep their values. */
    FM_WRITE_UPDATE,
} FmWriteMode;

/** How a layer is registered.  Strings borrowed for the call, NULL where unknown: appending and
 *  updating keep what was registered, a kind is then the layer's earlier one or its name. */
typedef struct {
    const char *name, *kind;
    const char *title_en, *title_zh;
    const char *source, *source_sha256, *licence, *note;
    gboolean modelled;
} FmLayerSpec;

typedef struct {
    gint64 inserted, updated, unchanged;
} FmWriteReport;

/** Write a table as a layer with its spatial index.  Appending or updating adds missing columns; a
 *  value of another type than its column's is taken when the column holds it exactly; single
 *  geometries become multi where the layer needs it.  The first layer with a position fixes the
 *  property "crs" if it is unset.  After a write that failed half-way the run can only be freed.
 *  @param[out] report may be NULL
 *  @return FALSE with FM_ERROR_USAGE (name), FM_ERROR_NOT_FOUND (nothing to append to or to
 *          update), FM_ERROR_DATA (exists, duplicate id: names it, a type that does not fit),
 *          FM_ERROR_IO (disk full), FM_ERROR_DATABASE or FM_ERROR_CANCELLED */
FM_API gboolean fm_run_write(FmRun *run, const FmLayerSpec *spec, const FmTable *table,
                             FmWriteMode mode, FmWriteReport *report, const FmProgress *progress,
                             GError **error);

/* ---- a new layer in batches: in the memory of a few of them, however many rows there are -- */

typedef struct FmWriter FmWriter;
/** Rows that are ready to be stored. */
typedef struct FmPackedRows FmPackedRows;

/** Make or replace a layer and be ready for its rows.  Until fm_writer_finish() the run can take
 *  nothing else; a writer that is freed before leaves a run that can only be freed.
 *  @param spec    borrowed as long as the writer
 *  @param columns copied: names, types, titles and the geometry type, which must hold every
 *                 geometry that will come; rows that it has are not written
 *  @param mode    FM_WRITE_CREATE or FM_WRITE_REPLACE
 *  @return transfer full (fm_writer_free; the run must outlive it); NULL as fm_run_write */
FM_API FmWriter *fm_writer_new(FmRun *run, const FmLayerSpec *spec, const FmTable *columns,
                               FmWriteMode mode, GError **error);
FM_API void fm_writer_free(FmWriter *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmWriter, fm_writer_free)

/** Encode, hash and measure the next rows.  The only call that may be made on another thread than
 *  the workspace's, at the same time as fm_writer_put(): one batch after the other.
 *  @param rows transfer full; the columns of the writer, in their order and types
 *  @return transfer full (fm_packed_rows_free); NULL with FM_ERROR_DATA (a geometry of another
 *          type) or FM_ERROR_IO (no room for a temporary file) */
FM_API FmPackedRows *fm_writer_pack(FmWriter *writer, FmTable *rows, GError **error);
FM_API void fm_packed_rows_free(FmPackedRows *rows);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmPackedRows, fm_packed_rows_free)

/** Store rows, in the order in which they were packed.
 *  @return FALSE with FM_ERROR_IO (disk full) or FM_ERROR_DATABASE */
FM_API gboolean fm_writer_put(FmWriter *writer, const FmPackedRows *rows, GError **error);

/** After all rows, where a repeated id is not to be an error: are there any?
 *  @param[out] repeated set of char*, transfer full (g_hash_table_unref); NULL without any
 *  @return FALSE with FM_ERROR_IO, FM_ERROR_DATABASE or FM_ERROR_CANCELLED */
FM_API gboolean fm_writer_find_repeated(FmWriter *writer, GHashTable **repeated,
                                        const FmProgress *progress, GError **error);
/** Forget all rows so far and begin anew.  @return FALSE with FM_ERROR_IO or FM_ERROR_DATABASE */
FM_API gboolean fm_writer_rewind(FmWriter *writer, GError **error);

/** Index, check and register the layer.
 *  @param[out] report may be NULL
 *  @return FALSE with FM_ERROR_DATA (a repeated id: names it), FM_ERROR_IO, FM_ERROR_DATABASE or
 *          FM_ERROR_CANCELLED */
FM_API gboolean fm_writer_finish(FmWriter *writer, FmWriteReport *report,
                                 const FmProgress *progress, GError **error);

/* ---- rows into a layer that is there, one by one: in the memory of their ids ------------- */

typedef struct FmMerger FmMerger;

/** Where a row would go. */
typedef struct {
    gint64 fid;     /**< of the row in the layer that has its id; 0 = none has, it is new */
    guint32 number; /**< given to the row that this merger has put there; 0 = it has put none */
} FmMergeTarget;

/** Give a layer the columns that it lacks, and be ready for rows.  Until fm_merger_finish() the run
 *  can take nothing else; a merger that is freed before leaves a run that can only be freed.
 *  @param spec    borrowed as long as the merger
 *  @param columns copied: names, types, titles and the geometry type, which with that of its rows
 *                 must hold every geometry that will come
 *  @param mode    FM_WRITE_APPEND or FM_WRITE_UPDATE
 *  @return transfer full (fm_merger_free; the run must outlive it); NULL as fm_run_write */
FM_API FmMerger *fm_merger_new(FmRun *run, const FmLayerSpec *spec, const FmTable *columns,
                               FmWriteMode mode, GError **error);
FM_API void fm_merger_free(FmMerger *merger);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmMerger, fm_merger_free)

/** Look for the row that has the id of this one; a row without an id is new.
 *  @param rows the columns of the merger, in their order
 *  @return FALSE with FM_ERROR_DATA (an id that the layer's column cannot hold) or
 *          FM_ERROR_DATABASE */
FM_API gboolean fm_merger_find(FmMerger *merger, const FmTable *rows, gsize row,
                               FmMergeTarget *target, GError **error);
/** Put a row where it belongs: at the end, or in an update in place of the row that was found, to
 *  which none may have been put yet.
 *  @param target NULL = it is new
 *  @param number 1 or more, by which a later fm_merger_find() calls this row
 *  @param[out] before what a row was that is changed, as a table of one row, transfer full
 *                     (fm_table_free); NULL when nothing in it is; may be NULL
 *  @return FALSE with FM_ERROR_DATA (a new row whose id is there, a value that does not fit its
 *          column), FM_ERROR_IO (disk full) or FM_ERROR_DATABASE */
FM_API gboolean fm_merger_put(FmMerger *merger, const FmTable *rows, gsize row,
                              const FmMergeTarget *target, guint32 number, FmTable **before,
                              GError **error);
/** As fm_merger_find() for a row that is known to be one of the layer's, whose id it takes over.
 *  @param rows    its column `id` is set, unless the row in the layer has none
 *  @param fid     as fm_workspace_each_part() gave it
 *  @return FALSE with FM_ERROR_DATABASE */
FM_API gboolean fm_merger_take(FmMerger *merger, gint64 fid, FmTable *rows, gsize row,
                               FmMergeTarget *target, GError **error);
/** Index and register the layer; it is read for that.
 *  @param[out] report may be NULL
 *  @return FALSE with FM_ERROR_IO, FM_ERROR_DATABASE or FM_ERROR_CANCELLED, or as
 *          fm_workspace_read */
FM_API gboolean fm_merger_finish(FmMerger *merger, FmWriteReport *report,
                                 const FmProgress *progress, GError **error);

/* ---- which rows of two sets are the same, by keys that they have of themselves ------------ */

/** Any number of rows in little memory: beyond it, a temporary file. */
typedef struct FmMatcher FmMatcher;

typedef enum { FM_MATCH_KNOWN, FM_MATCH_COMING } FmMatchSide;

/** What stands for no row. */
#define FM_MATCH_NONE G_MININT64

/** @return transfer full (fm_matcher_free) */
FM_API FmMatcher *fm_matcher_new(void);
FM_API void fm_matcher_free(FmMatcher *matcher);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmMatcher, fm_matcher_free)
/** Add a row, before fm_matcher_join().
 *  @param key any bytes
 *  @param row its number, another than that of any row of its side; of coming rows 0 or more
 *  @return FALSE with FM_ERROR_IO: the temporary file cannot be written */
FM_API gboolean fm_matcher_add(FmMatcher *matcher, FmMatchSide side, const char *key, gsize length,
                               gint64 row, GError **error);
/** Once, after all rows: find those with the same key.  Of several on a side each has at most one
 *  on the other.  @return FALSE with FM_ERROR_IO */
FM_API gboolean fm_matcher_join(FmMatcher *matcher, GError **error);
/** Does a side have rows with the same key?
 *  @param[out] rows two of them: there is no pair of which the later row comes earlier */
FM_API gboolean fm_matcher_has_twins(const FmMatcher *matcher, FmMatchSide side, gint64 rows[2]);
/** The first of the coming rows that has no known one, -1 when all have. */
FM_API gint64 fm_matcher_first_unmatched(const FmMatcher *matcher);
/** The known row with the key of a coming one.
 *  @param row     another and higher one with each call
 *  @param[out] known FM_MATCH_NONE where there is none
 *  @return FALSE with FM_ERROR_IO */
FM_API gboolean fm_matcher_find(FmMatcher *matcher, gint64 row, gint64 *known, GError **error);

/** Remove a layer by its exact name; an absent one is not an error.
 *  @return FALSE with FM_ERROR_IO or FM_ERROR_DATABASE */
FM_API gboolean fm_run_drop(FmRun *run, const char *layer, GError **error);

/** Keep a blob beside a layer, in place of one of the same name; it goes with the layer.  A blob
 *  that the file cannot hold is not kept.
 *  @param content borrowed
 *  @return FALSE with FM_ERROR_DATA (no such layer), FM_ERROR_DATABASE or FM_ERROR_IO (the disk is
 *          full) */
FM_API gboolean fm_run_cache(FmRun *run, const char *layer, const char *name,
                             const char *fingerprint, GBytes *content, GError **error);

/** Make everything of this run visible and lasting.  The run can only be freed afterwards.
 *  @return FALSE with FM_ERROR_DATABASE (an earlier write failed, locked by readers for 5 s) or
 *          FM_ERROR_IO; nothing is then changed */
FM_API gboolean fm_run_commit(FmRun *run, GError **error);

/** Free; a run that was not committed is undone. */
FM_API void fm_run_free(FmRun *run);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmRun, fm_run_free)

/** The run log as a table (id, command, command_line, tool_version, parameters, inputs, outputs,
 *  started, finished, outcome), oldest first; a run that was not committed has no line.
 *  @return transfer full (fm_table_free); NULL with FM_ERROR_DATABASE */
FM_API FmTable *fm_workspace_runs(FmWorkspace *workspace, GError **error);

G_END_DECLS
#endif
