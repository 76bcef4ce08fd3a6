/* What the columns of a source mean: headings, fields, positions as text, types. */
#ifndef FACMAP_LOAD_FIELDS_H
#define FACMAP_LOAD_FIELDS_H

#include "raw.h"

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

/* ---- infer.c: types of text columns ---- */

/* What a value shows of its column, a bit a kind; never 0. */
guint32 fm_infer_features(const char *text);

/* The narrowest type that keeps every value as it stands: leading zeros, '+' and numbers of more
 * digits than a double holds stay text. */
FmColumnType fm_infer_type(const FmTable *table, gsize column);
/* Is it a way to write "not a number" or "infinite"? */
gboolean fm_is_not_finite_word(const char *text);

#endif
