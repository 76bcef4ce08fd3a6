/* What the files of this room share.
 *
 *     layer.c      a layer as the tests see it: names, ids, one position a row
 *     text.c       names made comparable
 *     areas.c      the reference areas, and which of them a row names
 *     lines.c      the reference lines, and which of them a row names
 *     systems.c    positions under another coordinate system
 *     rank-test.c  is one system's misfit smaller than another's
 *     evidence.c   misfits against references         datum.c    the verdict on a layer
 *     pattern.c    where places lie to lines, against chance
 *     repair.c     what could have happened           place.c    positions that cannot be
 *     duplicates.c rows twice, positions shared       values.c   numbers, dates, names, ids
 *     finding.c    the list                           report.c   as a table and as JSON
 *     summary.c    one line about a table
 *     declared.c   the CRS that was given at load
 *     check.c      conducts                           write.c    stores */
#ifndef FACMAP_CHECK_INTERNAL_H
#define FACMAP_CHECK_INTERNAL_H

#include <facmap/check.h>
#include <facmap/geo.h>

/* ---- text.c ---- */

/* Compatibility-composed (NFKC: full width becomes half width), case folded, blanks at the ends
 * gone.  Transfer full. */
char *fm_text_fold(const char *text);
/* What tells names apart: folded, brackets and their contents gone, also blanks and punctuation,
 * and at the beginning the city (`stem` with or without 市; may be NULL) and a district or county.
 * Transfer full; "" when nothing is left. */
char *fm_name_key(const char *name, const char *stem);
/* What stands in brackets: letters and digits, folded.  Transfer full; "" without brackets. */
char *fm_name_note(const char *name);
/* The X of "X市…", when a fifth of the names begin so.  Transfer full, or NULL. */
char *fm_name_stem(const char *const *names, gsize n);

/* A key made ready to be compared: its pairs of neighbouring characters, and the characters that
 * tell namesakes apart (digits, numerals, north or south …), both sorted. */
typedef struct {
    char *key;
    gsize n, n_telling;
    guint64 *pairs;
    gunichar *telling;
} FmNameBigrams;

FmNameBigrams *fm_name_bigrams_new(const char *key);
void fm_name_bigrams_free(FmNameBigrams *name);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmNameBigrams, fm_name_bigrams_free)
/* Dice's coefficient of the pairs, 0 … 1; 0 when the telling characters differ.  Dice (1945),
 * doi:10.2307/1932409. */
double fm_name_similarity(const FmNameBigrams *a, const FmNameBigrams *b);

/* ---- layer.c ---- */

/* Strings and table are borrowed; arrays are owned. */
typedef struct {
    const char *name;
    const FmTable *table;
    gsize n, n_located;
    gsize id, name_zh, name_en, district, address; /* columns or FM_COLUMN_NONE */
    FmLonLat *positions; /* a point, or the middle of the bounds; NaN where there is none */
    FmLonLat *tested;    /* the same, in the system that the layer was found to be in */
    guint dimension;     /* of the first geometry */
    FmLonLat middle;     /* median longitude and latitude; NaN without positions */
} FmLayer;

FmLayer *fm_check_layer_new(const char *name, const FmTable *table);
void fm_check_layer_free(FmLayer *layer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmLayer, fm_check_layer_free)
gboolean fm_position_is_set(FmLonLat position);
/* Borrowed text of a text column; NULL without one. */
const char *fm_layer_text(const FmLayer *layer, gsize column, gsize row);
/* The id, or the row's number counted from 1.  Transfer full. */
char *fm_layer_dup_id(const FmLayer *layer, gsize row);
/* Chinese, English, whichever there is; may be NULL.  Borrowed. */
const char *fm_layer_name_of(const FmLayer *layer, gsize row);
/* The median of `n` values; NaN for none. */
double fm_check_median(const double *values, gsize n);

/* ---- finding.c ---- */

/* Adds a finding; `row` G_MAXSIZE = the whole layer, drawn at its middle.  `value` is copied and
 * may be NULL.  Returns it, for other_id. */
FmFinding *fm_finding_add(GPtrArray *findings, FmCheckKind kind, FmSeverity severity,
                          const FmLayer *layer, gsize row, const char *value, const char *format,
                          ...) G_GNUC_PRINTF(7, 8);
GPtrArray *fm_findings_new(void);

/* ---- areas.c ---- */

typedef struct {
    char *name;     /* of the layer */
    FmTable *table; /* owned */
    const FmGeometry **geometries;
    gsize n;
    FmGeometryIndex *index;
    FmGeometryIndex **each; /* of one area; NULL where there is no polygon */
    FmLayer *layer;         /* its names */
    GHashTable *rows;       /* folded name or id -> row + 1 */
    GPtrArray *words;       /* folded names that are looked for inside texts: keys of `rows` */
    gsize accuracy;         /* column or FM_COLUMN_NONE */
} FmAreaSet;

FmAreaSet *fm_area_set_new(const char *name, FmTable *table);
void fm_area_set_free(FmAreaSet *areas);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmAreaSet, fm_area_set_free)

/* Which area each row names, from the column that says so best. */
typedef struct {
    gsize column;     /* FM_COLUMN_NONE: none does */
    gboolean is_name; /* the column is the row's own name: a hint, not a statement */
    gsize *area_of;   /* row -> area or G_MAXSIZE */
} FmStated;

void fm_stated_clear(FmStated *stated);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmStated, fm_stated_clear)
void fm_stated_find(const FmAreaSet *areas, const FmLayer *layer, FmStated *out);

/* ---- lines.c ---- */

typedef struct {
    char *name;
    FmTable *table; /* owned */
    const FmGeometry **geometries;
    gsize n;
    FmGeometryIndex *index;
    GHashTable *rows; /* folded name -> GArray of gsize */
    glong longest;    /* name, in characters */
    FmExtent extent;
} FmLineSet;

FmLineSet *fm_line_set_new(const char *name, FmTable *table);
void fm_line_set_free(FmLineSet *lines);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmLineSet, fm_line_set_free)
/* The longest of the lines' names inside `text`, as a key of `rows`; NULL when there is none. */
const char *fm_line_set_named_in(const FmLineSet *lines, const char *text);

/* ---- systems.c ---- */

typedef struct {
    FmSystem loaded_as;
    gboolean metric;                     /* the declared CRS is projected */
    gboolean zoned;                      /* ... or may be: the file's own was taken */
    gboolean in_area;                    /* where GCJ-02 is shifted */
    FmTransform *to_metres, *to_degrees; /* around the layer's meridian; NULL unless metric */
} FmSystems;

/* @param declared CRS that the layer was loaded with, NULL = the file's own
 * @return FALSE with FM_ERROR_CRS */
gboolean fm_systems_init(FmSystems *systems, const char *declared, FmLonLat middle, GError **error);
void fm_systems_clear(FmSystems *systems);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmSystems, fm_systems_clear)
gboolean fm_systems_usable(const FmSystems *systems, FmSystem system);
/* Where a stored position lies if its numbers were in `system`. */
FmLonLat fm_systems_position(const FmSystems *systems, FmSystem system, FmLonLat stored);
/* Does it lie inside the extent under every system, by the margin? */
gboolean fm_systems_keep_inside(const FmSystems *systems, FmExtent extent, double margin_deg,
                                FmLonLat stored);

/* ---- rank-test.c ---- */

/* Wilcoxon's signed-rank test, one-sided: the chance of differences a - b this far below zero if
 * neither were smaller.  Zero differences are dropped; 1 when fewer than 8 are left. */
double fm_signed_rank_p(const double *a, const double *b, gsize n);

/* ---- pattern.c ---- */

/* The largest difference between how two ascending samples are distributed (Kolmogorov-Smirnov). */
double fm_departure(const double *sample, gsize n, const double *chance, gsize n_chance);
/* Whether the places lie to the lines in a way that chance does not make; NULL with too few. */
FmEvidence *fm_evidence_by_pattern(const FmLayer *layer, const FmSystems *systems,
                                   const FmLineSet *lines);
/* Fills in best, second, chance, p and clear from usable and departure, and from the departures of
 * copies that were moved at random. */
void fm_pattern_judge(FmEvidence *evidence, const double *copies, gsize n_copies);

/* ---- evidence.c ---- */

void fm_evidence_free(FmEvidence *evidence);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmEvidence, fm_evidence_free)

typedef struct {
    const FmAreaSet *areas; /* any may be NULL */
    const FmLineSet *lines;
    const FmLineSet *points; /* a trusted layer of points */
} FmReferences;

/* Every test that the references allow.  Elements FmEvidence*; transfer full. */
GPtrArray *fm_evidence_collect(const FmLayer *layer, const FmSystems *systems,
                               const FmReferences *references);
/* Fills in the summary from misfits (n rows of FM_N_SYSTEMS). */
void fm_evidence_judge(FmEvidence *evidence, const double *misfits, double shift_m);

/* ---- datum.c ---- */

/* Fills in evidence, verdict, system and why, and adds a finding when another system fits. */
void fm_datum_judge(FmLayerCheck *check, const FmLayer *layer, const FmSystems *systems,
                    const FmReferences *references, GPtrArray *findings);

/* ---- repair.c ---- */

typedef enum {
    FM_REPAIR_NONE,
    FM_REPAIR_SWAP,
    FM_REPAIR_ZONE,
    FM_REPAIR_DIGIT,
} FmRepairKind;

typedef struct {
    FmRepairKind kind;
    FmLonLat position;
    const char *what; /* "two digits of the longitude exchanged"; static */
} FmRepair;

/* Is a position where it may be? */
typedef gboolean (*FmRepairTest)(FmLonLat position, gpointer user);
/* The first repair whose position passes: exchange the axes, move by zones (when `zones`), undo one
 * slip of a digit; among slips of one sort the position nearest to `middle`. */
FmRepair fm_repair_find(FmLonLat position, gboolean zones, FmLonLat middle, FmRepairTest test,
                        gpointer user);

/* ---- place.c, duplicates.c, values.c ---- */

/* @param areas, stated may be NULL: then rows are judged by their fellows alone */
void fm_check_places(const FmLayer *layer, const FmAreaSet *areas, const FmStated *stated,
                     const FmSystems *systems, const FmCheckThresholds *limits,
                     GPtrArray *findings);
void fm_check_duplicates(const FmLayer *layer, const FmCheckThresholds *limits,
                         GPtrArray *findings);
void fm_check_values(const FmLayer *layer, const FmCheckThresholds *limits, GPtrArray *findings);

/* ---- declared.c ---- */

/* The CRS that the layer's last load was told, of the run log; NULL = the file's own.  Transfer
 * full. */
char *fm_declared_crs(const FmTable *runs, const FmLayerInfo *info);

/* ---- report.c and check.c ---- */

FmCheckReport *fm_check_report_new(void);
/* What determines a report, as JSON for the run log.  Transfer full. */
char *fm_check_parameters(const FmCheckOptions *options, const FmCheckReport *report);
/* The thresholds with defaults in the place of zeros. */
FmCheckThresholds fm_check_defaults(const FmCheckThresholds *given);

#endif
