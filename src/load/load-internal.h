/* What the files of `load` share.  A source goes through them in this order:
 *
 *   ogr-open.c, csv.c ──▶ raw.c (FmRaw: the file's own columns, every row)
 *                       ├─▶ columns.c   which column is which field, and its type
 *                       ├─▶ position.c  a geometry in EPSG:4326 for each row, or why not
 *                       └─▶ rows.c      checked rows (FmTable) and bad ones (FmProblems)
 *                             └─▶ rejects.c  the bad rows as a file to be corrected and loaded
 *
 * raw.h and fields.h declare what the first steps use.  load.c conducts.  Rows are numbered from 0
 * in the code and from 1 in everything people see: row 1 is the first below the header, or the
 * first feature. */
#ifndef FACMAP_LOAD_INTERNAL_H
#define FACMAP_LOAD_INTERNAL_H

#include "fields.h"

#include <stdio.h>

/* ---- locate.c: positions by the name of an area ---- */

typedef struct FmLocator FmLocator;

/* @param areas the layer with the areas: polygons with id, name_zh, name_en
 * @param field heading of the source's column that names one
 * @return transfer full; NULL with FM_ERROR_NOT_FOUND (no such column) or FM_ERROR_USAGE (no
 *         polygons) */
FmLocator *fm_locator_new(const FmTable *areas, const char *layer, const FmRaw *raw,
                          const FmColumnMap *map, const char *field, GError **error);
void fm_locator_free(FmLocator *locator);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmLocator, fm_locator_free)
/* A point in the area that the row names, and how far the row may be from it.
 * @return transfer full; NULL when it names none, or several */
FmGeometry *fm_locator_place(FmLocator *locator, const FmTable *rows, gsize row,
                             double *accuracy_m);
/* Says how many rows were placed, and how many not, in raw's warnings. */
void fm_locator_note(const FmLocator *locator, FmRaw *raw);
/* What position_method says of them. */
#define FM_METHOD_AREA "area"

/* ---- position.c, crs-check.c ---- */

typedef struct {
    GHashTable *by_area;   /* row → accuracy in metres (gdouble*) of rows placed by a locator */
    GPtrArray *geometries; /* FmGeometry in EPSG:4326 or NULL, one for each row */
    FmGeometryType type;   /* that holds them all; FM_GEOMETRY_NONE without a position column */
    gsize n_flattened;     /* WKT values that had Z or M */
    char *crs;             /* what the coordinates were read as; NULL when none was needed */
} FmPositions;

/* @param cells projected CRS for source->cell_m, or NULL to choose it by extent
 * @param locator places rows that have no position; NULL = they stay so
 * @param problems borrowed; rows with a bad position are added
 * @return transfer full; NULL with FM_ERROR_CRS: not declared, unknown, or no row fits it */
FmPositions *fm_positions_new(const FmRaw *raw, const FmColumnMap *map, const FmSource *source,
                              const char *cells, FmLocator *locator, FmProblems *problems,
                              GError **error);
void fm_positions_free(FmPositions *positions);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmPositions, fm_positions_free)

/* A source CRS ready to use, and what it says about where its positions may be. */
typedef struct {
    FmCrs *crs;
    FmTransform *transform; /* to EPSG:4326 */
    gboolean has_area;
    FmExtent area; /* of use, widened by the margin; degrees */
} FmSourceCrs;

/* @param definition as declared  @param name of the source, for messages */
gboolean fm_source_crs_init(FmSourceCrs *crs, const char *definition, const char *name,
                            GError **error);
void fm_source_crs_clear(FmSourceCrs *crs);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmSourceCrs, fm_source_crs_clear)

/* What the parts of a source have in common.  Zeroed at first. */
typedef struct {
    FmSourceCrs crs; /* made for the first position */
    gsize n_placed, n_misfits;
    char *first;      /* the first misfit, described, */
    double misfit[2]; /* and its position as in the source */
} FmPlacing;

void fm_placing_clear(FmPlacing *placing);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmPlacing, fm_placing_clear)
/* fm_positions_new for one part of a source after the other. */
FmPositions *fm_positions_new_part(const FmRaw *raw, const FmColumnMap *map, const FmSource *source,
                                   const char *cells, FmLocator *locator, FmProblems *problems,
                                   FmPlacing *placing, GError **error);
/* After all parts: when no position fits, the declaration is wrong, not the rows.
 * @return FALSE with FM_ERROR_CRS */
gboolean fm_placing_check(const FmPlacing *placing, const char *name, GError **error);

/* "EPSG:4548", "GCJ-02", or the name of one without a code.  Transfer full. */
char *fm_source_crs_label(const FmSourceCrs *crs);
/* To EPSG:4326 in place.
 * @return FALSE with the reason why the position cannot be right, transfer full */
gboolean fm_source_crs_to_wgs84(const FmSourceCrs *crs, double (*xy)[2], gsize n, char **reason);
/* Why no position of a source fits its CRS: one of `sample` (positions as they are in the file) is
 * tried in other ways.  Transfer full. */
char *fm_source_crs_likely_cause(const FmSourceCrs *crs, const double sample[2]);

/* ---- cells.c ---- */

/* @return FALSE with FM_ERROR_USAGE when the source asks for cells of a size that no grid has */
gboolean fm_cells_check(const FmSource *source, GError **error);
/* Turns points (EPSG:4326) into squares of cell_m, centred on them, in a projected CRS.
 * @param cells its definition, NULL = by the points' extent
 * @return FALSE with FM_ERROR_CRS */
gboolean fm_cells_make(GPtrArray *geometries, double cell_m, const char *cells, const char *name,
                       FmProblems *problems, GError **error);

/* ---- cell.c: one value ---- */

/* A value in the type of its layer column. */
typedef struct {
    gboolean is_null;
    const char *text; /* the source's own, or `made`: most texts are taken as they are */
    char *made;       /* owned */
    gint64 integer;
    double real;
} FmCell;

void fm_cell_clear(FmCell *cell);
/* @param text transfer full */
void fm_cell_set_text(FmCell *cell, char *text);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmCell, fm_cell_clear)
/* Reads, converts and checks one value, which is good as long as the table and the column's words.
 * @return FALSE with the reason why it cannot be used, transfer full */
gboolean fm_cell_read(const FmTable *table, const FmMappedColumn *column, gsize row, FmCell *out,
                      char **reason);

/* ---- rows.c ---- */

typedef struct {
    FmTable *table;     /* the good rows */
    GArray *sources;    /* gsize: for each, its row in the source or in the part of it */
    gint64 n_unlocated; /* those without a position, when the source has positions */
} FmRows;

/* Which ids have come in which row, over all parts of a source. */
typedef struct {
    GHashTable *rows;     /* id (owned) → row + 1 */
    GHashTable *suspects; /* only these are watched, borrowed; NULL = all */
} FmIdBook;

void fm_id_book_init(FmIdBook *book, GHashTable *suspects);
void fm_id_book_clear(FmIdBook *book);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmIdBook, fm_id_book_clear)

void fm_rows_clear(FmRows *rows);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmRows, fm_rows_clear)
/* Checks every row; good ones are moved (with their geometry) into out->table.
 * @param highest_made the largest N of an id "<layer>-N" in the layer that they join */
void fm_rows_build(const FmRaw *raw, const FmColumnMap *map, FmPositions *positions,
                   const char *layer, gint64 highest_made, FmProblems *problems, FmIdBook *book,
                   FmRows *out);
/* Adds a row of the source to raw's problems, because of its id. */
void fm_rows_refuse_id(const FmRaw *raw, const FmColumnMap *map, gsize row, const char *reason);

/* ---- identity.c: rows without ids that update a layer ---- */

typedef struct FmIdentity FmIdentity;

/* Reads the layer.  @param known the layer's columns  @param columns of the rows that will come
 * @param raw what the map is of, with at least a part of its rows
 * @param given key that somebody names, "a,b"; NULL = one is looked for
 * @return transfer full; NULL with FM_ERROR_NOT_FOUND (no such column), FM_ERROR_IO (no room for
 *         temporary files) or FM_ERROR_DATABASE */
FmIdentity *fm_identity_new(FmWorkspace *workspace, const char *layer, const FmTable *known,
                            const FmTable *columns, const FmColumnMap *map, const FmRaw *raw,
                            const char *given, GError **error);
void fm_identity_free(FmIdentity *identity);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmIdentity, fm_identity_free)
/* Looks at the rows of a source, or of a part of it. */
gboolean fm_identity_add(FmIdentity *identity, const FmRaw *raw, const FmRows *rows,
                         GError **error);
/* After all rows: which is which, and says in raw's warnings by what they are told apart.
 * @param again TRUE when all rows must be added once more, and this called again
 * @return FALSE with FM_ERROR_USAGE: nothing tells them apart, and a row is new or changed */
gboolean fm_identity_settle(FmIdentity *identity, FmRaw *raw, gboolean *again, GError **error);
/* The row of the layer that a row of the source is, or FM_MATCH_NONE; to be asked in the order of
 * the rows. */
gboolean fm_identity_find(FmIdentity *identity, gint64 row, gint64 *fid, GError **error);

/* ---- changes.c ---- */

typedef struct {
    GPtrArray *list; /* FmLoadChange, the first FM_MAX_CHANGES */
    gint64 n;        /* all of them */
} FmChanges;

FmChanges *fm_changes_new(void);
void fm_changes_free(FmChanges *changes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmChanges, fm_changes_free)
/* Adds what differs between a row of a layer and the row with its id that takes its place. */
void fm_changes_add(FmChanges *changes, const FmTable *existing, gsize old_row, const FmTable *rows,
                    gsize row);

/* ---- merge.c: rows into a layer that is there ---- */

/* What is known of the layer beforehand. */
typedef struct {
    FmTable *columns;    /* with their titles; no rows */
    gint64 highest_made; /* largest N among ids "<layer>-N" */
    gint64 n_made;       /* how many such ids there are */
    gint64 n_ids;        /* and how many ids */
} FmExisting;

/* N when the id is "<layer>-N", as facmap makes them; else 0. */
gint64 fm_id_made_number(const char *id, const char *layer);
/* Transfer full; NULL with FM_ERROR_NOT_FOUND or FM_ERROR_DATABASE. */
FmExisting *fm_existing_new(FmWorkspace *workspace, const char *layer, GError **error);
void fm_existing_free(FmExisting *existing);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmExisting, fm_existing_free)

typedef struct {
    FmMerger *merger;
    const FmExisting *existing;
    const char *layer;
    gboolean update; /* else known ids are refused */
    gboolean has_geometry;
    FmIdentity *identity; /* of rows without ids in an update, else NULL; borrowed */
    FmChanges *changes;
    gint64 n_rows, n_made; /* rows that were put, and those whose ids are "<layer>-N" */
    gint64 n_unlocated;    /* new rows without a position, in a layer that has geometry */
} FmMerge;

/* @param spec, existing, changes borrowed as long as the merge
 * @param columns of all rows that will come  @return FALSE as fm_merger_new */
gboolean fm_merge_init(FmMerge *merge, FmRun *run, const FmLayerSpec *spec, const FmTable *columns,
                       const FmExisting *existing, gboolean update, FmChanges *changes,
                       GError **error);
void fm_merge_clear(FmMerge *merge);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmMerge, fm_merge_clear)
/* Puts the rows of a source, or of a part of it, into the layer; those that are refused join raw's
 * problems.  @return FALSE as fm_merger_put, or with FM_ERROR_CANCELLED */
gboolean fm_merge_rows(FmMerge *merge, const FmRaw *raw, const FmColumnMap *map, const FmRows *rows,
                       const FmProgress *progress, GError **error);
/* After all rows: do their ids say which is which, in a layer that was loaded without?
 * @return FALSE with FM_ERROR_USAGE: none of them is in the layer, or could be */
gboolean fm_merge_check(const FmMerge *merge, const char *name, GError **error);

/* ---- rejects.c ---- */

/* A reject file under a temporary name beside its own, until it is kept. */
typedef struct {
    char *path, *temporary;
    FILE *file;
} FmRejects;

/* Begins a reject file.  @param raw whose columns it has
 * @return transfer full; NULL with FM_ERROR_IO */
FmRejects *fm_rejects_open(const char *path, const FmRaw *raw, GError **error);
/* Adds the rows of a source, or of a part of it, that have problems. */
gboolean fm_rejects_add(FmRejects *rejects, const FmRaw *raw, FmProblems *problems, GError **error);
/* After the last row: is all of it on the disk? */
gboolean fm_rejects_finish(FmRejects *rejects, GError **error);
/* All three in one. */
FmRejects *fm_rejects_write(const char *path, const FmRaw *raw, FmProblems *problems,
                            GError **error);
/* Gives it its name.  @return FALSE with FM_ERROR_IO */
gboolean fm_rejects_keep(FmRejects *rejects, GError **error);
/* Frees; a file that was not kept is removed. */
void fm_rejects_free(FmRejects *rejects);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmRejects, fm_rejects_free)
/* How many leading columns of a table are those that a reject file adds: 4 or 0. */
gsize fm_rejects_n_own_columns(const FmTable *table);

/* ---- stream.c: a large source, part by part ---- */

typedef struct {
    const FmSource *source;
    const FmLayerSpec *spec;
    const GPtrArray *column_titles; /* FmColumnTitle, or NULL */
    FmWriteMode mode;
    const FmExisting *existing; /* to append to it or to update it; else NULL */
    FmWorkspace *workspace;
    gboolean keyless; /* rows without ids update the layer */
    FmChanges *changes;
    gboolean strict;
    const char *rejects_path, *cells;
} FmStreamRequest;

/* What became of a source. */
typedef struct {
    FmSurvey survey; /* read whole, the sample is all of it */
    FmColumnMap *map;
    FmTable *table;      /* the rows that were written; NULL when they went part by part */
    FmGeometryType type; /* of the layer */
    char *crs;
    FmRejects *rejects; /* NULL when nothing was rejected */
    gint64 n_unlocated;
    gsize n_rejected;
    FmWriteReport written;
} FmLoaded;

void fm_loaded_clear(FmLoaded *loaded);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmLoaded, fm_loaded_clear)
/* Can the source be loaded so: no row of it waits for others? */
gboolean fm_stream_may(const FmSource *source);
/* @param out has the survey and the map
 * @return FALSE as fm_load; *out is then to be cleared, too */
gboolean fm_stream(FmRun *run, const FmStreamRequest *request, FmLoaded *out,
                   const FmProgress *progress, GError **error);

/* ---- dataset.c ---- */

/* fm_dataset_read without a file: `text` need not end in NUL.
 * @param path of the manifest, for messages and for resolving the sources' paths */
FmDataset *fm_dataset_parse(const char *text, gsize length, const char *path, GError **error);

/* ---- run-log.c ---- */

/* Notes the files, mappings and counts of a load.  @return FALSE with FM_ERROR_DATABASE */
gboolean fm_load_log(FmRun *run, const GPtrArray *reports, GError **error);

/* ---- properties.c ---- */

/* Title, date, licence and CRS of the dataset become the workspace's.
 * @return FALSE with FM_ERROR_CRS, FM_ERROR_IO or FM_ERROR_DATABASE */
gboolean fm_dataset_set_properties(FmWorkspace *workspace, FmRun *run, const FmDataset *dataset,
                                   GError **error);

/* ---- parameters.c ---- */

/* Transfer full. */
char *fm_load_parameters(const FmDataset *dataset, const FmSource *const *sources, gsize n,
                         const FmLoadOptions *options);

#endif
