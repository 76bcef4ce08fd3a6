/* What the files of `store` share: the open workspace, SQL helpers, geometry BLOBs, the schema,
 * and the shape of a stored layer. */
#ifndef FM_STORE_INTERNAL_H
#define FM_STORE_INTERNAL_H

#include <facmap/store.h>

#include <sqlite3.h>

#define FM_STORE_SRID 4326
#define FM_FID "fid"   /* the key of every layer table */
#define FM_GEOM "geom" /* its geometry column */

#define FM_CACHE_SQL "PRAGMA cache_size = -65536"      /* KB, the page cache of a workspace */
#define FM_SMALL_CACHE_SQL "PRAGMA cache_size = -2048" /* where pages are seen once */

struct FmWorkspace {
    char *path; /* as the caller wrote it, for messages */
    sqlite3 *db;
    void *spatialite; /* SpatiaLite's per-connection memory; freed after `db` is closed */
    FmOpenMode mode;
    gboolean may_commit; /* the commit hook refuses any commit that nobody announced */
    gboolean in_run;
};

/* ---- sql.c ------------------------------------------------------------------------------ */

static inline void fm_stmt_clear(sqlite3_stmt *statement)
{
    sqlite3_finalize(statement);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(sqlite3_stmt, fm_stmt_clear)

/* The one translator of SQLite's result codes into ours; always returns FALSE. */
gboolean fm_sql_fail(FmWorkspace *workspace, int code, GError **error);

sqlite3_stmt *fm_sql_prepare(FmWorkspace *workspace, const char *sql, GError **error);

/* Bind from `first` on.  `types` has a letter a value: t text (NULL allowed), i gint64, d
 * double. */
gboolean fm_sql_bind(FmWorkspace *workspace, sqlite3_stmt *statement, int first, GError **error,
                     const char *types, ...);

/* Advance.  *row says whether there is one. */
gboolean fm_sql_step(FmWorkspace *workspace, sqlite3_stmt *statement, gboolean *row,
                     GError **error);

/* Run a statement to its end; values as for fm_sql_bind. */
gboolean fm_sql_run(FmWorkspace *workspace, GError **error, const char *sql, const char *types,
                    ...);

/* The first value of the first row; 0 / NULL without a row or for NULL.  Text is transfer full. */
gboolean fm_sql_integer(FmWorkspace *workspace, gint64 *out, GError **error, const char *sql,
                        const char *types, ...);
gboolean fm_sql_text(FmWorkspace *workspace, char **out, GError **error, const char *sql,
                     const char *types, ...);

/* A call of a SpatiaLite function, "SELECT F(?1, …)", that answers 1 when it has succeeded. */
gboolean fm_sql_spatial(FmWorkspace *workspace, GError **error, const char *sql, const char *types,
                        ...);

/* An identifier as SQL writes it, whatever characters it has.  Transfer full. */
char *fm_sql_quote(const char *identifier);

/* Commit or undo the open transaction; undoing cannot fail. */
gboolean fm_sql_commit(FmWorkspace *workspace, GError **error);
void fm_sql_rollback(FmWorkspace *workspace);

/* ---- probe.c ---------------------------------------------------------------------------- */

/* Is it a file that may be a workspace?  Looks at its first bytes only, and takes no lock. */
gboolean fm_probe_file(const char *path, GError **error);

/* ---- schema.c --------------------------------------------------------------------------- */

/* One numbered step of the schema: the statements that lead from version - 1 to version. */
typedef struct {
    int version;
    const char *const *statements; /* NULL-terminated */
} FmMigration;

extern const FmMigration fm_schema_steps[];
extern const gsize fm_schema_n_steps;

gboolean fm_schema_version(FmWorkspace *workspace, int *version, GError **error);
/* Apply the steps above the file's version, in the transaction that is open. */
gboolean fm_schema_apply(FmWorkspace *workspace, const FmMigration *steps, gsize n_steps,
                         GError **error);
/* The same in a transaction of its own: all steps or none. */
gboolean fm_schema_migrate(FmWorkspace *workspace, const FmMigration *steps, gsize n_steps,
                           GError **error);

/* ---- workspace.c ------------------------------------------------------------------------ */

/* Open a database file with SQLite's own checks only; `path` is what messages say. */
FmWorkspace *fm_workspace_connect(const char *path, const char *file, int flags, GError **error);
gboolean fm_workspace_attach_spatialite(FmWorkspace *workspace, GError **error);
/* Set or remove a property, in the transaction that is open. */
gboolean fm_workspace_put(FmWorkspace *workspace, const char *key, const char *value,
                          GError **error);
/* Make the projected CRS the workspace's: FM_ERROR_CRS when it is not projected. */
gboolean fm_workspace_put_crs(FmWorkspace *workspace, const char *definition, GError **error);

/* ---- create.c --------------------------------------------------------------------------- */

/* Rename within a folder, without ever overwriting; where it fails `to` is as before. */
gboolean fm_file_give_name(const char *from, const char *to, GError **error);

/* ---- blob.c ----------------------------------------------------------------------------- */

/* SpatiaLite's BLOB-Geometry of `geometry`, after what `out` holds or in its place; a single
 * geometry becomes a multi one where the column asks for it. */
void fm_blob_append(const FmGeometry *geometry, FmGeometryType column_type, GByteArray *out);
void fm_blob_encode(const FmGeometry *geometry, FmGeometryType column_type, GByteArray *out);
/* NULL with FM_ERROR_PARSE or FM_ERROR_UNSUPPORTED; any bytes are safe. */
FmGeometry *fm_blob_decode(const guint8 *blob, gsize size, GError **error);
/* What a value becomes in a column of the type. */
FmGeometryType fm_blob_stored_type(FmGeometryType column_type, FmGeometryType type);
/* Can a column of the type hold the value, if need be as a multi-geometry? */
gboolean fm_blob_fits(FmGeometryType column_type, FmGeometryType type);

/* ---- layers.c, shape.c ------------------------------------------------------------------ */

/* A registered layer, or NULL without an error. */
gboolean fm_layer_find(FmWorkspace *workspace, const char *name, FmLayerInfo **out, GError **error);

typedef struct {
    char *name;
    FmColumnType type;
} FmLayerColumn;

/* What the table of a layer looks like now, which other programs may have changed. */
typedef struct {
    char *name, *table; /* as registered, and quoted */
    char *rtree;        /* quoted name of the R*Tree, NULL when there is none */
    gboolean has_geometry;
    FmGeometryType geometry_type; /* as geometry_columns says */
    GArray *columns;              /* FmLayerColumn, in the table's order, without fid and geom */
} FmLayerShape;

FmLayerShape *fm_layer_shape_new(FmWorkspace *workspace, const char *name, GError **error);
void fm_layer_shape_free(FmLayerShape *shape);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmLayerShape, fm_layer_shape_free)
/* Position by name without ASCII case, or FM_COLUMN_NONE. */
gsize fm_layer_shape_find(const FmLayerShape *shape, const char *column);
const FmLayerColumn *fm_layer_shape_column(const FmLayerShape *shape, gsize column);

/* ---- near.c ----------------------------------------------------------------------------- */

/* ", there are a, b" / "; did you mean a?" / "": a hint for a message.  Transfer full. */
char *fm_near_hint(const char *wanted, const char *const *names, gsize n);

/* ---- condition.c, status.c, read.c ------------------------------------------------------ */

/* Is the text one SQL condition that reads this layer and nothing else?  FM_ERROR_USAGE if not. */
gboolean fm_condition_check(FmWorkspace *workspace, const FmLayerShape *shape, const char *where,
                            GError **error);

/* FmFilter.by_status for one layer. */
typedef struct {
    gboolean has_as_of, include_planned;
    gint64 day; /* of as_of */
} FmStatusRule;

gboolean fm_status_rule_init(FmStatusRule *rule, const FmFilter *filter, GError **error);
/* NULL and "" are absent.  FM_ERROR_PARSE for a date that is none. */
gboolean fm_status_rule_accepts(const FmStatusRule *rule, const char *status, const char *opens,
                                const char *closes, gboolean *accepts, GError **error);

/* The layer's columns with their titles, without rows.  Transfer full. */
FmTable *fm_layer_columns(FmWorkspace *workspace, const FmLayerShape *shape, GError **error);

/* A layer being read, by ascending key. */
typedef struct FmReader FmReader;

FmReader *fm_reader_new(FmWorkspace *workspace, const char *layer, const FmFilter *filter,
                        GError **error);
/* For fm_reader_read_fid() alone. */
FmReader *fm_reader_new_by_fid(FmWorkspace *workspace, const char *layer, GError **error);
void fm_reader_free(FmReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmReader, fm_reader_free)
/* An empty table for its rows.  Transfer full. */
FmTable *fm_reader_columns(const FmReader *reader);
/* Look at the next few thousand rows, and add those that pass the filter to a table of such
 * columns; `fids` (GArray of gint64) receives their keys when it is not NULL. */
gboolean fm_reader_next(FmReader *reader, FmTable *into, GArray *fids, gboolean *more,
                        GError **error);
gsize fm_reader_n_seen(const FmReader *reader);
/* A table of this row, or of none.  Transfer full. */
FmTable *fm_reader_read_fid(FmReader *reader, gint64 fid, GError **error);

/* ---- table-hash.c ----------------------------------------------------------------------- */

typedef struct FmTableHash FmTableHash;

/* fm_table_sha256 for rows that come in batches.  `columns` says names, types and what geometries
 * are stored as; the batches have the same columns, whatever they are called. */
FmTableHash *fm_table_hash_new(const FmTable *columns);
void fm_table_hash_free(FmTableHash *hash);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmTableHash, fm_table_hash_free)
void fm_table_hash_add(FmTableHash *hash, const FmTable *rows, gsize begin, gsize end);
/* Once, after all rows.  Transfer full. */
char *fm_table_hash_finish(FmTableHash *hash);

/* ---- bulk.c ----------------------------------------------------------------------------- */

/* Rows on their way into a table. */
typedef struct {
    FmWorkspace *workspace;
    sqlite3_stmt *one, *many; /* for one row, and for n_rows */
    gsize n_values, n_rows;
    gsize n_bound; /* rows of the current statement, which is `many` if it is */
    gboolean wide;
} FmBulk;

/* @param row as in VALUES, "(NULL, ?, ?)", with n_values question marks */
gboolean fm_bulk_init(FmBulk *bulk, FmWorkspace *workspace, const char *table, const char *row,
                      gsize n_values, GError **error);
void fm_bulk_clear(FmBulk *bulk);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmBulk, fm_bulk_clear)
/* Where the next row's values are to be bound, from number *first on.  When n_left, the number of
 * rows that are to come with this one, has gone down to 0 all of them are in the table; until then
 * their values must stay. */
sqlite3_stmt *fm_bulk_row(FmBulk *bulk, gsize n_left, int *first);
/* After a row's values were bound. */
gboolean fm_bulk_put(FmBulk *bulk, GError **error);

/* ---- radix.c ---------------------------------------------------------------------------- */

/* Sorts records that begin with a FmSortKey; the size is a multiple of 8, as of `scratch`, which is
 * as large as all records together. */
void fm_radix_sort(void *records, void *scratch, gsize n, gsize record_size);

/* ---- sorter.c --------------------------------------------------------------------------- */

typedef struct FmSorter FmSorter;

/* What a record begins with; records that have the same come in any order. */
typedef struct {
    gint64 key, id;
} FmSortKey;

/* Records of one size, sorted by key and id in bounded memory. */
FmSorter *fm_sorter_new(gsize record_size, gsize memory_bytes);
void fm_sorter_free(FmSorter *sorter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmSorter, fm_sorter_free)
gsize fm_sorter_n_records(const FmSorter *sorter);
/* FM_ERROR_IO: the temporary file cannot be written. */
gboolean fm_sorter_add(FmSorter *sorter, const void *record, GError **error);
/* Once, after the last was added; then each of them in order, as often as there are records. */
gboolean fm_sorter_sort(FmSorter *sorter, GError **error);
gboolean fm_sorter_next(FmSorter *sorter, void *record, GError **error);

/* ---- rtree.c ---------------------------------------------------------------------------- */

/* Bounds in single precision, rounded outwards; sorts by the middle of x, then by fid. */
typedef struct {
    FmSortKey sort;
    float west, east, south, north;
} FmRtreeEntry;

FmRtreeEntry fm_rtree_entry(gint64 fid, const FmExtent *extent);
/* Fill a layer's R*Tree anew with these entries (FmRtreeEntry), which are used up. */
gboolean fm_rtree_build(FmWorkspace *workspace, const FmLayerShape *shape, FmSorter *entries,
                        GError **error);

/* ---- facts.c ---------------------------------------------------------------------------- */

/* What is known about a layer's rows, gathered while they pass. */
typedef struct {
    FmTable *columns; /* as they are stored; no rows */
    gint64 n_rows, n_unlocated;
    FmExtent extent;
    FmTableHash *hash;
    FmSorter *entries; /* for the R*Tree; NULL without geometry */
} FmLayerFacts;

/* @param columns transfer full */
void fm_layer_facts_init(FmLayerFacts *facts, FmTable *columns);
void fm_layer_facts_clear(FmLayerFacts *facts);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmLayerFacts, fm_layer_facts_clear)
/* As if no row had come. */
void fm_layer_facts_reset(FmLayerFacts *facts);
/* @param fids keys of the rows from `begin` on; NULL = those that follow the rows so far */
gboolean fm_layer_facts_add(FmLayerFacts *facts, const FmTable *rows, gsize begin, gsize end,
                            const gint64 *fids, GError **error);

/* ---- cache.c ---------------------------------------------------------------------------- */

/* fm_run_cache, in the transaction that is open. */
gboolean fm_cache_put(FmWorkspace *workspace, const char *layer, const char *name,
                      const char *fingerprint, GBytes *content, GError **error);

/* ---- define.c --------------------------------------------------------------------------- */

/* The names that a table's columns get in SQL: as they are, but for those that the workspace itself
 * uses.  Transfer full (g_strfreev). */
char **fm_layer_column_names(const FmTable *table);
/* The column type that holds the table's declared type and every geometry in it. */
FmGeometryType fm_layer_geometry_type(const FmTable *table);
/* A table without rows and with the columns and titles of another.  Transfer full. */
FmTable *fm_table_copy_columns(const FmTable *table, FmGeometryType type);
/* Make an empty table for a layer. */
gboolean fm_layer_define(FmWorkspace *workspace, const char *name, const FmTable *table,
                         GError **error);
/* Give an existing layer the columns and the geometry type that the table needs besides. */
gboolean fm_layer_extend(FmWorkspace *workspace, const FmLayerShape *shape, const FmTable *table,
                         GError **error);
/* Make ids unique, where the layer has them: once a new table is filled, because sorting them is
 * quicker than inserting each at its place.  FM_ERROR_DATA names the first that is there twice. */
gboolean fm_layer_index_ids(FmWorkspace *workspace, const char *name, GError **error);
/* The error for an id that exists already; `row` counts from 1. */
void fm_layer_fail_id_twice(const char *name, gint64 row, const char *id, GError **error);
/* Remove a layer's table with all that SpatiaLite keeps about it; absent is fine. */
gboolean fm_layer_undefine(FmWorkspace *workspace, const char *name, GError **error);

/* ---- sql-value.c ----------------------------------------------------------------------------- */

/* A value on its way into a column, in the column's type. */
typedef struct {
    int type; /* SQLITE_NULL, SQLITE_TEXT, SQLITE_INTEGER or SQLITE_FLOAT */
    const char *text;
    gint64 integer;
    double real;
    char *owned; /* what `text` points to when it was made here */
} FmSqlValue;

void fm_sql_value_clear(FmSqlValue *value);
/* FM_ERROR_DATA when the value cannot be held exactly. */
gboolean fm_sql_value_load(FmSqlValue *value, const FmTable *table, gsize column, gsize row,
                           FmColumnType type, GError **error);
/* The cell must outlive the statement's next step. */
int fm_sql_value_bind(const FmSqlValue *value, sqlite3_stmt *statement, int at);
gboolean fm_sql_value_equals(const FmSqlValue *value, sqlite3_stmt *statement, int at);

/* ---- rows.c ----------------------------------------------------------------------------- */

/* Rows on their way into a table that has some. */
typedef struct FmRowWriter FmRowWriter;

/* @param columns of all tables that will come */
FmRowWriter *fm_row_writer_new(FmWorkspace *workspace, const FmLayerShape *shape,
                               const FmTable *columns, GError **error);
void fm_row_writer_free(FmRowWriter *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmRowWriter, fm_row_writer_free)
/* Which row of the layer has this row's id?  *fid is 0 when none has. */
gboolean fm_row_writer_find(FmRowWriter *writer, const FmTable *table, gsize row, gint64 *fid,
                            GError **error);
/* Gives a row of a table the id of a row of the layer, if that has one. */
gboolean fm_row_writer_take_id(FmRowWriter *writer, FmTable *table, gsize row, gint64 fid,
                               GError **error);
/* FM_ERROR_DATA: the id exists already. */
gboolean fm_row_writer_insert(FmRowWriter *writer, const FmTable *table, gsize row, gint64 *fid,
                              GError **error);
/* Is anything in the layer's row different? */
gboolean fm_row_writer_differs(FmRowWriter *writer, const FmTable *table, gsize row, gint64 fid,
                               gboolean *differs, GError **error);
/* After fm_row_writer_differs(). */
gboolean fm_row_writer_change(FmRowWriter *writer, gint64 fid, GError **error);

/* ---- register.c ------------------------------------------------------------------------- */

/* After the rows: index, statistics, counts, hash, titles and the entry in fm_layer.  `titles` has
 * the columns that were written, `before` is the entry so far, or NULL; with `keep` what the spec
 * leaves out stays as it was.  Uses the facts up. */
gboolean fm_layer_register(FmWorkspace *workspace, const FmLayerSpec *spec, FmLayerFacts *facts,
                           const FmTable *titles, const FmLayerInfo *before, gboolean keep,
                           gint64 run_id, GError **error);

/* ---- run.c, writer.c, merger.c ----------------------------------------------------------- */

struct FmRun {
    FmWorkspace *workspace;
    gint64 id;
    char *command, *command_line, *parameters, *started;
    GString *inputs; /* JSON objects, separated by commas */
    gboolean failed; /* something was half written: only undoing is left */
    gboolean committed;
};

/* After a write that failed half-way there is nothing to do but to undo the run: an error then. */
gboolean fm_run_check_alive(const FmRun *run, GError **error);
/* Can the layer be written so?  *before: its entry so far, or NULL. */
gboolean fm_run_check_mode(FmRun *run, const FmLayerSpec *spec, const FmTable *table,
                           FmWriteMode mode, FmLayerInfo **before, GError **error);
/* Make the layer's table anew.  Only what is registered as a layer is ever replaced. */
gboolean fm_run_define(FmRun *run, const FmLayerInfo *before, const char *name,
                       const FmTable *table, GError **error);
/* The layer that it writes; borrowed. */
const char *fm_merger_layer(const FmMerger *merger);
/* Rows of a new layer from a table that stays the caller's. */
gboolean fm_writer_add_table(FmWriter *writer, const FmTable *table, const FmProgress *progress,
                             GError **error);

#endif
