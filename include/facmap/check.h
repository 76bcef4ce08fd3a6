/** @file check.h
 *  The data doctor: what is wrong with a list of places, found from evidence and shown with it.
 *  Positions (0,0; swapped axes; mistyped digits; a wrong zone; outside the area that the row
 *  names), the datum (WGS 84, GCJ-02 or BD-09, by how far each lies from a layer that is known),
 *  duplicates, shared positions, values, dates, names and ids.
 *
 *  It never changes a layer: a finding says what is there, why it is doubted, and what to do.
 *  docs/check.md defines every test and its threshold.
 *
 *  Threads: call from one thread at a time per workspace. */
#ifndef FACMAP_CHECK_H
#define FACMAP_CHECK_H

#include <facmap/store.h>

G_BEGIN_DECLS

/* ---- findings --------------------------------------------------------------------------- */

typedef enum {
    FM_CHECK_SYSTEM,             /**< the coordinate system of a whole layer */
    FM_CHECK_NULL_ISLAND,        /**< longitude 0, latitude 0 */
    FM_CHECK_SWAPPED_AXES,       /**< lies among its fellows when the axes are exchanged */
    FM_CHECK_WRONG_ZONE,         /**< lies among its fellows one projected zone further */
    FM_CHECK_COORDINATE_TYPO,    /**< lies among its fellows with one slip of a digit undone */
    FM_CHECK_FAR_OUTSIDE,        /**< far from everything else, and no repair is known */
    FM_CHECK_OUTSIDE_STATED,     /**< not in the area that the row names */
    FM_CHECK_DUPLICATE,          /**< the same or a similar name, near by */
    FM_CHECK_SHARED_POSITION,    /**< several names at one position */
    FM_CHECK_ID_VARIANT,         /**< ids that differ by case, width or blanks only */
    FM_CHECK_VALUE_RANGE,        /**< a number that cannot be, or stands far from all others */
    FM_CHECK_CAPACITY_MISSING,   /**< no capacity, where nearly every row has one */
    FM_CHECK_STATUS_CONTRADICTS, /**< the status and the dates cannot both be true */
    FM_CHECK_NAME_MISSING,       /**< no name in a language, where most rows have one */
    FM_N_CHECKS
} FmCheckKind;

typedef enum {
    FM_SEVERITY_NOTE,    /**< worth knowing */
    FM_SEVERITY_WARNING, /**< probably wrong */
    FM_SEVERITY_ERROR,   /**< wrong, or ruins every distance */
} FmSeverity;

/** Static texts of a kind: the name used in results ("duplicate"), titles, and what to do. */
typedef struct {
    const char *name, *title_en, *title_zh, *advice;
} FmCheckInfo;
FM_API const FmCheckInfo *fm_check_info(FmCheckKind kind);
/** "note", "warning", "error"; static storage. */
FM_API const char *fm_severity_name(FmSeverity severity);

/** One finding.  Strings belong to it; absent ones are NULL. */
typedef struct {
    FmCheckKind kind;
    FmSeverity severity;
    char *layer;
    char *feature_id;  /**< NULL when it is about the whole layer */
    char *other_id;    /**< the other row of a pair */
    char *name;        /**< of the feature */
    char *value;       /**< what was found */
    char *evidence;    /**< why it is doubted, with figures */
    FmLonLat position; /**< where to draw it; NaN when nowhere */
} FmFinding;

FM_API void fm_finding_free(FmFinding *finding);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmFinding, fm_finding_free)

/* ---- which coordinate system ------------------------------------------------------------- */

/** What the numbers of a layer may have been when they were loaded. */
typedef enum {
    FM_SYSTEM_WGS84,
    FM_SYSTEM_GCJ02,
    FM_SYSTEM_BD09,
    FM_SYSTEM_UTM_AS_GK, /**< UTM numbers (scale 0.9996) read as Gauss-Kruger (scale 1) */
    FM_SYSTEM_GK_AS_UTM, /**< the other way round */
    FM_N_SYSTEMS
} FmSystem;

/** "WGS 84", "GCJ-02", …; static storage. */
FM_API const char *fm_system_name(FmSystem system);

typedef enum {
    FM_EVIDENCE_NAMED_LINE,  /**< distance to the road that a row's text names */
    FM_EVIDENCE_SAME_NAME,   /**< distance to the feature of the same name */
    FM_EVIDENCE_STATED_AREA, /**< distance to the area that a row's text names, 0 inside */
    FM_EVIDENCE_NEAREST,     /**< distance to the nearest feature */
    FM_EVIDENCE_PATTERN,     /**< do places lie to the lines otherwise than by chance? */
} FmEvidenceKind;

/** One test of all systems against one reference.  `usable[s]` says which were tested. */
typedef struct {
    FmEvidenceKind kind;
    char *reference; /**< layer that was taken as right */
    char *column;    /**< whose text names the feature; NULL for NEAREST */
    gsize n;         /**< positions measured, each distinct one once */
    gboolean usable[FM_N_SYSTEMS];
    double median_m[FM_N_SYSTEMS]; /**< misfit */
    double inside[FM_N_SYSTEMS];   /**< share with misfit 0 */
    /** PATTERN only: how far the distances to the nearest line are distributed otherwise than those
     *  of copies that are moved at random, 0 … 1 (Kolmogorov-Smirnov); and the most that a copy
     *  departs. */
    double departure[FM_N_SYSTEMS], chance;
    FmSystem best, second; /**< by median, then by mean; PATTERN: by departure */
    double p;              /**< that `best` is no better than its rivals; the largest */
    gboolean clear;
    char *why; /**< why it is not clear; NULL when it is */
} FmEvidence;

typedef enum {
    FM_VERDICT_FITS,        /**< as it was loaded */
    FM_VERDICT_OTHER,       /**< another system fits */
    FM_VERDICT_CANNOT_TELL, /**< `why` says why */
} FmVerdict;

/** What is known of one layer.  Strings belong to it. */
typedef struct {
    char *layer;
    gsize n_rows, n_located, n_without_capacity;
    gboolean has_capacity;
    gsize n_findings;
    char *declared;      /**< the CRS that was declared when it was loaded; NULL = the file's own */
    FmSystem loaded_as;  /**< which of the systems that is */
    GPtrArray *evidence; /**< FmEvidence* */
    FmVerdict verdict;
    FmSystem system; /**< unless it cannot be told */
    char *why;       /**< the verdict in one sentence */
} FmLayerCheck;

/* ---- checking ---------------------------------------------------------------------------- */

/** Thresholds; zero = the default in brackets. */
typedef struct {
    double duplicate_m; /**< how near similar names must lie [300] */
    double similarity;  /**< Dice coefficient of bigrams from which names are similar [0.8] */
    double shared_m;    /**< positions nearer than this are one [1] */
    gsize shared_min;   /**< so many names at one position are a finding [3] */
    double stated_m;    /**< how far outside its stated area a position may lie, beyond the
                                  accuracies that the rows give [300] */
    const char *date;   /**< the day for which statuses are true; NULL = the workspace's
                                  "dataset_date", else the day the layer was loaded */
} FmCheckThresholds;

typedef struct {
    const char *const *layers; /**< NULL-terminated; NULL = every layer but results */
    const char *against;       /**< layer that is right, NULL = chosen among the workspace's */
    FmCheckThresholds thresholds;
} FmCheckOptions;

/** What was found.  Belongs to the caller (fm_check_report_free). */
typedef struct {
    GPtrArray *findings; /**< FmFinding*, by layer, then severity (worst first), kind, row */
    GPtrArray *layers;   /**< FmLayerCheck*, in the order of the layers */
    char *areas, *lines; /**< reference layers that were chosen; NULL = none */
    char *parameters;    /**< JSON object: what determines the report */
} FmCheckReport;

FM_API void fm_check_report_free(FmCheckReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmCheckReport, fm_check_report_free)

/** Check layers of a workspace.
 *  @return transfer full (fm_check_report_free); NULL with FM_ERROR_NOT_FOUND, FM_ERROR_USAGE
 *          (--against has no geometry), FM_ERROR_PARSE (date), FM_ERROR_DATABASE or
 *          FM_ERROR_CANCELLED */
FM_API FmCheckReport *fm_check(FmWorkspace *workspace, const FmCheckOptions *options,
                               const FmProgress *progress, GError **error);

/** The tests that need nothing but the rows themselves: all but those against other layers.
 *  @param layer      its name, for the findings
 *  @param thresholds borrowed, NULL = defaults; without a date statuses are not judged
 *  @return transfer full (g_ptr_array_unref), elements FmFinding */
FM_API GPtrArray *fm_check_table(const FmTable *table, const char *layer,
                                 const FmCheckThresholds *thresholds);

/** One line about what fm_check_table warns of ("Likely duplicate: 2; 'facmap check WS school'
 *  shows the rows and why"), for the end of a load.
 *  @return transfer full (g_free); NULL when there is nothing to say, or more than 10,000 rows */
FM_API char *fm_check_table_summary(const FmTable *table, const char *layer);

/** The findings as a layer of points (kind, severity, layer, feature_id, …).
 *  @return transfer full (fm_table_free) */
FM_API FmTable *fm_check_report_table(const FmCheckReport *report);
/** Layers, evidence, verdicts and findings as a JSON object.  @return transfer full (g_free) */
FM_API char *fm_check_report_json(const FmCheckReport *report);

/** Store the findings as the layer `name` (kind `result`), replacing those of an earlier check.
 *  @return run id, or 0 with FM_ERROR_DATA (a layer of that name is no check's) or an error as
 *          fm_run_write */
FM_API gint64 fm_check_write(FmWorkspace *workspace, const FmCheckReport *report, const char *name,
                             const char *command_line, const FmProgress *progress, GError **error);

G_END_DECLS
#endif
