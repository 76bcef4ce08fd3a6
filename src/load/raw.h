/* A source as it is: its own columns, every row, and what is wrong with which. */
#ifndef FACMAP_LOAD_RAW_H
#define FACMAP_LOAD_RAW_H

#include "input.h"

#include <facmap/geo.h>
#include <facmap/load.h>

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

/* ---- survey.c: what must be known of all rows before the first is written ---- */

/* A source of fewer rows is read whole, a larger one by parts. */
#define FM_WHOLE_ROWS 8192u
#define FM_PART_ROWS 1024u

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

/* ---- part-reader.c: any source, some rows at a time ---- */

typedef struct FmPartReader FmPartReader;

/* @param source with the encoding that was found; borrowed until the reader is freed
 * @param header gets the columns.  Transfer full. */
FmPartReader *fm_part_reader_open(const FmSource *source, FmRaw *header, GError **error);
void fm_part_reader_free(FmPartReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmPartReader, fm_part_reader_free)
/* Adds rows until `raw` has `max_rows`; fewer only at the end. */
gboolean fm_part_reader_read(FmPartReader *reader, FmRaw *raw, gsize max_rows, GError **error);

#endif
