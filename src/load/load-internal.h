/* What the files of `load` share.  A source goes through them in this order:
 *
 *   ogr-open.c, csv.c ──▶ raw.c (FmRaw: the file's own columns, every row)
 *                       ├─▶ columns.c   which column is which field, and its type
 *                       ├─▶ position.c  a geometry in EPSG:4326 for each row, or why not
 *                       └─▶ rows.c      checked rows (FmTable) and bad ones (FmProblems)
 *                             └─▶ rejects.c  the bad rows as a file to be corrected and loaded
 *
 * load.c conducts.  Rows are numbered from 0 in the code and from 1 in everything people see: row 1
 * is the first below the header, or the first feature. */
#ifndef FACMAP_LOAD_INTERNAL_H
#define FACMAP_LOAD_INTERNAL_H

#include "input.h"

#include <facmap/geo.h>
#include <facmap/load.h>
#include <stdio.h>

/* ---- problems.c: what is wrong with which row ---- */

/* One bad row.  Only the first problem found in a row is kept: the row is out either way. */
typedef struct {
    char *field;  /* column of the source, "" when it is the whole row */
    char *value;  /* as found, made valid UTF-8 */
    char *reason; /* completes "row 3: field 'value': …" */
} FmProblem;

/* Row → FmProblem. */
typedef GHashTable FmProblems;

FmProblems *fm_problems_new(void);
/* A second problem of a row is ignored.  `value` may be any bytes, or NULL. */
void fm_problems_add(FmProblems *problems, gsize row, const char *field, const char *value,
                     const char *format, ...) G_GNUC_PRINTF(5, 6);
const FmProblem *fm_problems_get(FmProblems *problems, gsize row);
/* "row 12: capacity '12a': not a whole number".  Transfer full. */
char *fm_problem_describe(const FmProblem *problem, gsize row);
/* The problem of the first bad row of a part that begins with `first_row`, described; NULL without
 * any.  Transfer full. */
char *fm_problems_describe_first(FmProblems *problems, gsize first_row, gsize n_rows);

/* ---- raw.c and raw-csv.c: a source as it is ---- */

typedef struct {
    char *name;             /* of the file, for messages */
    gsize first_row;        /* of the source, in a part of it; else 0 */
    FmTable *table;         /* every source column under its own name; no geometry */
    gboolean typed;         /* the format has column types: text stays text */
    gboolean has_geometry;  /* the format carries geometry */
    GPtrArray *geometries;  /* FmGeometry or NULL for each row, in the source's CRS; NULL without */
    GHashTable *unread_wkt; /* row → WKT (char*) of geometries that cannot be used; NULL without */
    char *crs;              /* the file's own, as fm_crs_new takes it; NULL when it does not say */
    char *sha256;           /* of the source's bytes; NULL when it is no file */
    FmSource *said;         /* titles, licence … that the file itself gives; NULL without */
    FmProblems *problems;   /* rows that could not be read */
    GPtrArray *warnings;    /* char* */
} FmRaw;

/* Reads all of a source.
 * @return transfer full; NULL with FM_ERROR_NOT_FOUND, FM_ERROR_USAGE (which layer),
 *         FM_ERROR_PARSE, FM_ERROR_DATA (no rows, encoding), FM_ERROR_IO or FM_ERROR_CANCELLED */
FmRaw *fm_raw_read(const FmSource *source, const FmProgress *progress, GError **error);
/* Is the source's file there?  @return FALSE with FM_ERROR_NOT_FOUND or FM_ERROR_IO */
gboolean fm_raw_check_file(const FmSource *source, const char *name, GError **error);
FmRaw *fm_raw_new(const char *name);
void fm_raw_free(FmRaw *raw);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmRaw, fm_raw_free)
void fm_raw_warn(FmRaw *raw, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* An empty part of a source whose columns `raw` has, from `first_row` on.  Transfer full. */
FmRaw *fm_raw_new_part(const FmRaw *raw, gsize first_row);
/* The rows to come have geometry. */
void fm_raw_expect_geometry(FmRaw *raw);
/* Adds a column under a name that is free: blanks tidied, "column_3" when empty, "name_2" when
 * taken (with a warning). */
gsize fm_raw_add_column(FmRaw *raw, const char *name, FmColumnType type);
/* Sets a text cell: blank is NULL; text that no cell may hold is the row's problem. */
void fm_raw_set_text(FmRaw *raw, gsize column, gsize row, const char *text);
/* Fills `raw` from a text table. */
gboolean fm_raw_read_csv(FmRaw *raw, const FmSource *source, const FmProgress *progress,
                         GError **error);
/* A text table, some rows at a time. */
typedef struct FmCsvReader FmCsvReader;

/* @param encoding of the text, borrowed until the reader is freed
 * @param raw gets the columns
 * @return transfer full; NULL with FM_ERROR_IO, FM_ERROR_USAGE (encoding), FM_ERROR_DATA (empty) or
 *         FM_ERROR_PARSE */
FmCsvReader *fm_csv_reader_open(const char *path, const char *encoding, FmRaw *raw, GError **error);
void fm_csv_reader_free(FmCsvReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmCsvReader, fm_csv_reader_free)
/* The next record that is not empty, good until the next call; *record = NULL at the end. */
gboolean fm_csv_reader_next(FmCsvReader *reader, const FmCsv **record, GError **error);
/* How many values the record has up to the last that is not blank. */
gsize fm_csv_n_used_values(const FmCsv *csv);
/* Adds the record as a row, with what is wrong with it. */
void fm_csv_add_record(FmRaw *raw, const FmCsv *csv);
/* Adds rows until `raw` has `max_rows`; fewer only at the end. */
gboolean fm_csv_reader_read(FmCsvReader *reader, FmRaw *raw, gsize max_rows, GError **error);
/* How much of the file was read, 0 … 1, and how many empty rows were left out so far. */
double fm_csv_reader_ratio(const FmCsvReader *reader);
gsize fm_csv_reader_n_empty(const FmCsvReader *reader);

/* The declared encoding, or else the one found, of which `raw` gets a warning. */
gboolean fm_csv_encoding(const FmSource *source, FmRaw *raw, FmEncoding *out, GError **error);
void fm_csv_warn_of_empty(FmRaw *raw, gsize n_empty);
/* Fills `raw` from anything else, through OGR. */
gboolean fm_raw_read_ogr(FmRaw *raw, const FmSource *source, const FmProgress *progress,
                         GError **error);

/* What OGR reads, some rows at a time.  A reader lives and dies on one thread. */
typedef struct FmOgrReader FmOgrReader;

/* @param skim leaves the geometries out, and only looks at what they are
 * @param raw gets the columns, the CRS and what the file says of itself
 * @return transfer full; NULL as fm_ogr_open */
FmOgrReader *fm_ogr_reader_open(const FmSource *source, gboolean skim, FmRaw *raw, GError **error);
void fm_ogr_reader_free(FmOgrReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmOgrReader, fm_ogr_reader_free)
/* Adds rows until `raw` has `max_rows`; fewer only at the end. */
gboolean fm_ogr_reader_read(FmOgrReader *reader, FmRaw *raw, gsize max_rows, GError **error);
/* How many rows there will be; -1 when the format does not say without reading them. */
gint64 fm_ogr_reader_n_expected(const FmOgrReader *reader);
/* How much was read, 0 … 1. */
double fm_ogr_reader_ratio(const FmOgrReader *reader);
/* The type that holds the geometries so far; FM_GEOMETRY_NONE without any. */
FmGeometryType fm_ogr_reader_type(const FmOgrReader *reader);
/* Of a Shapefile's texts, when it was found out; else NULL.  Borrowed. */
const char *fm_ogr_reader_encoding(const FmOgrReader *reader);
/* Files of the source; NULL when it is none.  Transfer full. */
char **fm_ogr_reader_files(const FmOgrReader *reader);
/* What was dropped, and what GDAL warned of, becomes warnings of `raw`. */
void fm_ogr_reader_warn(const FmOgrReader *reader, FmRaw *raw);

/* ---- synonyms.c: what people call things ---- */

/* How well a heading fits a field, best first. */
typedef enum {
    FM_MATCH_OWN_NAME,  /* "capacity" */
    FM_MATCH_SYNONYM,   /* "床位数" */
    FM_MATCH_QUALIFIED, /* "床位数（张）", "longitude_wgs84" */
} FmMatch;

/* @return the field's key in the synonyms file, borrowed; NULL when the heading means none */
const char *fm_synonyms_field(const FmSynonyms *synonyms, const char *heading, FmMatch *match);
/* @return "open" …, borrowed; NULL when the word means none */
const char *fm_synonyms_status(const FmSynonyms *synonyms, const char *word);
/* "无", "N/A", "-": does it say that there is no value? */
gboolean fm_synonyms_is_nothing(const FmSynonyms *synonyms, const char *text);
/* Are they the same but for width, case, blanks, punctuation and traditional characters? */
gboolean fm_synonyms_same(const FmSynonyms *synonyms, const char *a, const char *b);
/* What two spellings of a word have in common.  Transfer full. */
char *fm_synonyms_fold(const FmSynonyms *synonyms, const char *text);
/* Names of the files that were added (char*); borrowed. */
const GPtrArray *fm_synonyms_files(const FmSynonyms *synonyms);
/* fm_synonyms_read without a file.  @param file for messages */
gboolean fm_synonyms_parse(FmSynonyms *synonyms, const char *text, gsize length, const char *file,
                           GError **error);

/* ---- coordinates.c: positions as people write them ---- */

typedef enum {
    FM_AXIS_UNKNOWN,
    FM_AXIS_LON,
    FM_AXIS_LAT,
} FmAxis;

/* A number and what it says about itself ("E", "北纬"). */
typedef struct {
    double value;
    FmAxis axis;
} FmCoordinate;

/* One coordinate: "116.39", "116°23′29″E", "东经116度23分", "116 23 29".
 * @return FALSE with a reason that completes "row 3: field 'value': …", static storage */
gboolean fm_coordinate_parse(const char *text, FmCoordinate *out, const char **reason);
/* Two of them, in the order in which they stand. */
gboolean fm_coordinates_parse(const char *text, FmCoordinate out[2], const char **reason);
/* Does the text look like a geometry (WKT, EWKT, GeoJSON), not like two numbers? */
gboolean fm_text_is_geometry(const char *text);
/* geometry-text.c: that geometry.
 * @return transfer full; NULL with FM_ERROR_PARSE or FM_ERROR_UNSUPPORTED */
FmGeometry *fm_geometry_from_text(const char *text, GError **error);

/* ---- date-text.c ---- */

/* "2010年9月1日", "2010/9/1", "2010.9", "2010-09-01 00:00:00" → "2010-09-01", "2010-09".
 * @return transfer full; NULL when it is no date, or could be read in two ways */
char *fm_date_tidy(const char *text);

/* ---- core-fields.c: the columns that facility layers share ---- */

typedef enum {
    FM_FIELD_ID,
    FM_FIELD_NAME_ZH,
    FM_FIELD_NAME_EN,
    FM_FIELD_CATEGORY,
    FM_FIELD_STATUS,
    FM_FIELD_OPENS,
    FM_FIELD_CLOSES,
    FM_FIELD_CAPACITY,
    FM_FIELD_POSITION_ACCURACY,
    FM_FIELD_SOURCE,
    FM_N_FIELDS,
    FM_FIELD_NONE = FM_N_FIELDS, /* a source column of its own */
} FmField;

typedef struct {
    const char *name, *title_en, *title_zh, *unit;
    FmColumnType type;
} FmFieldInfo;

const FmFieldInfo *fm_field_info(FmField field);
/* The field called exactly that, without ASCII case; FM_FIELD_NONE when there is none. */
FmField fm_field_find(const char *name);
/* Sets the titles of the shared fields, then those of a manifest (FmColumnTitle elements, or NULL).
 */
void fm_field_titles_apply(FmTable *table, const GPtrArray *column_titles);
/* The words that `status` may have, for messages; and is it one of them? */
#define FM_STATUS_WORDS "open, construction, planned, closed"
gboolean fm_status_is_known(const char *status);

/* ---- columns.c: from source columns to layer columns ---- */

typedef struct {
    char *name;    /* in the layer */
    gsize source;  /* column of raw->table; FM_COLUMN_NONE for ids that are made */
    FmField field; /* FM_FIELD_NONE for the source's own columns */
    FmColumnType type;
    /* Of fields: words that are translated or mean nothing.  Not NULL in a column of the source's
     * own when it keeps the words of the status.  Borrowed from the map. */
    const FmSynonyms *words;
} FmMappedColumn;

/* In which order one column holds two coordinates. */
typedef enum {
    FM_ORDER_UNKNOWN, /* each value says it itself, or no column is read so */
    FM_ORDER_LON_LAT,
    FM_ORDER_LAT_LON,
} FmPairOrder;

typedef struct {
    GArray *columns;   /* FmMappedColumn, in the order of the layer */
    gsize x, y, wkt;   /* columns of raw->table that hold the position, or FM_COLUMN_NONE */
    FmPairOrder order; /* of pairs in the column `wkt` */
    GPtrArray *notes;  /* char*: what was not decided, or decided by evidence */
    FmSynonyms *synonyms;
    gboolean made_ids; /* the source has no id: "<layer>-<row>" */
} FmColumnMap;

/* Maps by source->fields first, then by the synonyms.  A field that two columns fit equally well is
 * left open, with a note.
 * @param raw at least the first rows of the source
 * @param existing the layer that will be added to, whose column types rule; or NULL
 * @return transfer full; NULL with FM_ERROR_NOT_FOUND: a named column is not there (lists what is),
 *         FM_ERROR_USAGE: x without y, several columns for a position; or FM_ERROR_CRS: nothing
 *         tells the longitudes from the latitudes */
FmColumnMap *fm_column_map_new(const FmRaw *raw, const FmSource *source, const FmTable *existing,
                               GError **error);
void fm_column_map_free(FmColumnMap *map);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmColumnMap, fm_column_map_free)
/* "id <- 编号" for each column that is not simply kept.  Transfer full, char* elements. */
GPtrArray *fm_column_map_describe(const FmColumnMap *map, const FmRaw *raw);
/* Is there anything that says where the rows are: columns, or the format's own geometry? */
gboolean fm_column_map_has_position(const FmColumnMap *map, const FmRaw *raw);

/* ---- guess.c: positions by their headings ---- */

/* The source column of that name, without ASCII case, from `first` on; or FM_COLUMN_NONE. */
gsize fm_find_heading(const FmTable *table, gsize first, const char *name);
/* The same; else one that folds to it. */
gsize fm_find_column_as_meant(const FmTable *table, const FmSynonyms *synonyms, const char *name);

typedef struct {
    gsize x, y, wkt;     /* or FM_COLUMN_NONE; never only one of x and y */
    FmPairOrder heading; /* the order that the heading of `wkt` states */
    gboolean letters;    /* x and y are called so, which surveyors use the other way round */
} FmPositionColumns;

/* @return FALSE with what several columns could be, transfer full in *ambiguous */
gboolean fm_guess_position(const FmTable *table, gsize first, const FmSynonyms *synonyms,
                           FmPositionColumns *out, char **ambiguous);

/* ---- axis-order.c: which of two numbers is the longitude ---- */

/* Decides map->order, and exchanges map->x and map->y where the letters mean the opposite, from
 * what fits the CRS; says so in map->notes.
 * @return FALSE with FM_ERROR_CRS */
gboolean fm_axis_order_decide(FmColumnMap *map, const FmRaw *raw, const FmPositionColumns *guess,
                              const char *crs, GError **error);

/* ---- survey.c: what must be known of all rows before the first is written ---- */

/* A source of fewer rows is read whole, a larger one by parts. */
#define FM_WHOLE_ROWS 8192u
#define FM_PART_ROWS 2048u

/* A source seen from end to end.  The rows of `sample` are the first ones, and every later one
 * with a value of a kind that its column had not shown before: types and languages that are found
 * in the sample are those of the whole. */
typedef struct {
    FmRaw *sample;  /* with warnings and sha256; the row numbers are its own */
    char *encoding; /* of its texts, as found or declared; NULL where the format says it */
    gsize n_rows;
    FmGeometryType type; /* that holds the format's own geometries; FM_GEOMETRY_NONE without any */
} FmSurvey;

gboolean fm_survey_text(FmSurvey *survey, const FmSource *source, const FmProgress *progress,
                        GError **error);
/* The same of what OGR reads.
 * @param[out] large FALSE when it has so few rows that it is not worth it: then there may be no
 *             sample yet */
gboolean fm_survey_ogr(FmSurvey *survey, const FmSource *source, gboolean *large,
                       const FmProgress *progress, GError **error);
/* The source with what was found out about it; borrows from both. */
FmSource fm_survey_source(const FmSurvey *survey, const FmSource *source);
void fm_survey_clear(FmSurvey *survey);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmSurvey, fm_survey_clear)

/* ---- infer.c: types of text columns ---- */

/* What a value shows of its column, a bit a kind; never 0. */
guint32 fm_infer_features(const char *text);

/* The narrowest type that keeps every value as it stands: leading zeros, '+' and numbers of more
 * digits than a double holds stay text. */
FmColumnType fm_infer_type(const FmTable *table, gsize column);
/* Is it a way to write "not a number" or "infinite"? */
gboolean fm_is_not_finite_word(const char *text);

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

/* What a layer holds that rows are added to. */
typedef struct {
    FmTable *table;
    GHashTable *ids;     /* borrowed strings of `table` */
    gint64 highest_made; /* largest N among ids "<layer>-N" */
} FmExisting;

FmExisting *fm_existing_new(FmTable *table, const char *layer);
void fm_existing_free(FmExisting *existing);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmExisting, fm_existing_free)

typedef struct {
    FmTable *table;     /* the good rows */
    gint64 n_unlocated; /* of them, new ones without a position, in a layer that has geometry */
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
 * @param existing of the layer, or NULL;  @param append: its ids are refused, else updated */
void fm_rows_build(const FmRaw *raw, const FmColumnMap *map, FmPositions *positions,
                   const char *layer, const FmExisting *existing, gboolean append,
                   FmProblems *problems, FmIdBook *book, FmRows *out);

/* ---- identity.c ---- */

/* Gives the rows of a source without ids those of the rows in the layer that they are, and says in
 * raw's warnings by what they are told apart.
 * @return FALSE with FM_ERROR_USAGE: nothing tells them apart, and a row is new or changed */
gboolean fm_identity_match(FmRows *rows, const FmTable *existing, const FmSynonyms *synonyms,
                           FmRaw *raw, GError **error);

/* ---- changes.c ---- */

typedef struct {
    GPtrArray *list; /* FmLoadChange, the first FM_MAX_CHANGES */
    gint64 n;        /* all of them */
} FmChanges;

FmChanges *fm_changes_new(void);
void fm_changes_free(FmChanges *changes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmChanges, fm_changes_free)
/* Adds what differs in rows that are in the layer, by their ids. */
void fm_changes_find(FmChanges *changes, const FmTable *existing, const FmTable *rows);

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

/* ---- part-reader.c: any source, some rows at a time ---- */

typedef struct FmPartReader FmPartReader;

/* @param source with the encoding that was found; borrowed until the reader is freed
 * @param header gets the columns.  Transfer full. */
FmPartReader *fm_part_reader_open(const FmSource *source, FmRaw *header, GError **error);
void fm_part_reader_free(FmPartReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmPartReader, fm_part_reader_free)
/* Adds rows until `raw` has `max_rows`; fewer only at the end. */
gboolean fm_part_reader_read(FmPartReader *reader, FmRaw *raw, gsize max_rows, GError **error);

/* ---- stream.c: a large source into a new layer ---- */

typedef struct {
    const FmSource *source;
    const FmLayerSpec *spec;
    const GPtrArray *column_titles; /* FmColumnTitle, or NULL */
    FmWriteMode mode;
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
