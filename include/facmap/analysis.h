/** @file analysis.h
 *  Who is within reach of what.  Two levels: *kernels* are pure functions over arrays (no database,
 *  the same bytes for any number of threads); *analyses* read layers, call kernels, and return
 *  result tables, which `fm_analysis_write` stores as layers in one run.
 *
 *  Distances are geodesic metres, or costs of travel along roads (reach.h) where an analysis is
 *  asked to go `via` a profile; reach means distance <= limit, not re-rounded. */
#ifndef FACMAP_ANALYSIS_H
#define FACMAP_ANALYSIS_H

#include <facmap/geo.h>
#include <facmap/reach.h>
#include <facmap/store.h>

G_BEGIN_DECLS

/* ---- kernels ---------------------------------------------------------------------------- */

/** For every origin and limit, how many facilities are within it, and the nearest one.
 *  @param origins    n_origins, lon/lat degrees
 *  @param facilities n_facilities points, lines or areas (distance 0 inside); NULL members reach
 *                    nobody
 *  @param limits_m   n_limits, ascending, > 0
 *  @param[out] n_within n_origins × n_limits, row-major: facilities with distance <= limit
 *  @param[out] nearest  n_origins: the nearest of all, ties by lower index; index G_MAXSIZE and
 *                       distance INFINITY without any
 *  @return FALSE with FM_ERROR_CANCELLED; outputs are then unspecified
 *  O((n + m) log m + reached pairs) */
FM_API gboolean fm_coverage_count(const FmLonLat *origins, gsize n_origins,
                                  const FmGeometry *const *facilities, gsize n_facilities,
                                  const double *limits_m, gsize n_limits, guint n_threads,
                                  guint32 *n_within, FmNeighbour *nearest,
                                  const FmProgress *progress, GError **error);

/** Per facility and limit, the weight within reach and the weight that only it reaches.
 *  @param weights  n_origins, >= 0
 *  @param n_within from fm_coverage_count
 *  @param[out] reached,only n_facilities × n_limits, summed in ascending order of origin
 *  @return FALSE with FM_ERROR_CANCELLED */
FM_API gboolean fm_coverage_by_facility(const FmLonLat *origins, const double *weights,
                                        gsize n_origins, const FmGeometry *const *facilities,
                                        gsize n_facilities, const double *limits_m, gsize n_limits,
                                        const guint32 *n_within, guint n_threads, double *reached,
                                        double *only, const FmProgress *progress, GError **error);

/** The k nearest targets of every origin, within max_distance_m (INFINITY = all).
 *  @param targets  geometries: points, lines or areas (0 inside); NULL members never match
 *  @param[out] out n_origins × k, row-major, ascending (distance_m, index); unused places have
 *                  index G_MAXSIZE and distance INFINITY
 *  @param[out] positions n_origins × k positions on the targets, NaN where unused; may be NULL
 *  @return FALSE with FM_ERROR_CANCELLED */
FM_API gboolean fm_nearest(const FmLonLat *origins, gsize n_origins,
                           const FmGeometry *const *targets, gsize n_targets, gsize k,
                           double max_distance_m, guint n_threads, FmNeighbour *out,
                           FmLonLat *positions, const FmProgress *progress, GError **error);

/** Quantile by linear interpolation between order statistics (Hyndman & Fan 1996, type 7,
 *  doi:10.1080/00031305.1996.10473566).
 *  @param values finite, any order, not modified  @param p 0 … 1  @return NaN for n == 0 */
FM_API double fm_quantile(const double *values, gsize n, double p);

/* ---- analyses --------------------------------------------------------------------------- */

/** A layer and which of its rows take part. */
typedef struct {
    const char *layer;
    FmFilter filter; /**< by_status is set by the command for facilities */
} FmSelection;

/** Which polygons of what roads reach are drawn; people are never counted by them. */
typedef enum {
    FM_AREAS_ALL,  /**< of all facilities together, a polygon a limit */
    FM_AREAS_EACH, /**< and of each facility */
    FM_AREAS_NONE,
} FmAreasDrawn;

/** Travel along a network instead of straight lines.  Strings borrowed for the call. */
typedef struct {
    const char *profile;      /**< as fm_profile_read; or a layer of kind `costs`, which comes
                                   first: costs by pairs of ids, and no roads are looked at */
    const char *network;      /**< layer; NULL = the only one of kind `network` */
    const char *closed;       /**< layer that closes the edges it lies on, or NULL */
    const char *opened;       /**< layer of lines added as roads, or NULL */
    gboolean from_facilities; /**< TRUE: travel goes from facilities (of proximity: from `to`), as
                                   an ambulance comes; FALSE: to them */
    double max_snap_m;        /**< what is further from a road is not reached; 0 = 500 m, at most
                                   FM_MAX_SNAP_M */
} FmVia;

typedef struct {
    const char
        *suffix; /**< "" for the main layer, else "_demand", "_facility", "_by_district"; lives
                             as long as the process */
    char *title_en, *title_zh;
    FmTable *table;
} FmResultLayer;

/** What an analysis found.  Belongs to the caller (fm_result_free). */
typedef struct {
    char *command;       /**< "coverage", "proximity" */
    char *name;          /**< result name: prefix of its layers */
    char *parameters;    /**< JSON object: everything that determines the result */
    char *summary;       /**< JSON object: the figures, for --json */
    GPtrArray *inputs;   /**< char*: layers read */
    GPtrArray *layers;   /**< FmResultLayer* */
    GPtrArray *warnings; /**< char*: e.g. rows without a position that could not be counted */
    gboolean modelled;   /**< some input is modelled, so is this */
    FmNetwork *network;  /**< that was travelled, kept with the result when written; or NULL */
} FmResult;

FM_API void fm_result_free(FmResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmResult, fm_result_free)
/** The result layer with that suffix; borrowed, NULL when absent. */
FM_API const FmTable *fm_result_table(const FmResult *result, const char *suffix);

/** Options of coverage.  Strings borrowed for the call. */
typedef struct {
    FmSelection of;        /**< facilities */
    FmSelection demand;    /**< where people are: points, or polygons by their point on surface */
    const char *weight;    /**< demand column of people; NULL = the first of residents, population,
                             people, weight, demand that is a number; every row 1 when none is (with
                             a warning); a row without a value counts 0 (with a warning) */
    const FmLimit *limits; /**< n_limits >= 1, ascending; lengths, or with `via` times */
    gsize n_limits;
    const FmVia *via;     /**< NULL = straight lines */
    FmAreasDrawn areas;   /**< with `via` */
    gboolean roads;       /**< with `via`: the reached parts of roads as a layer of lines */
    double area_buffer_m; /**< with `via`: as FmIsochroneOptions */
    const char *by;       /**< area layer or NULL */
    const char *name;     /**< NULL = "coverage_<of>_<largest limit>" */
    guint n_threads;      /**< 0 = all */
} FmCoverageOptions;

/** Coverage: result layers "" (one polygon a distance: people, share, area), "_demand" (the demand
 *  geometry with n_within of the largest limit and the nearest facility), "_facility" (facility ×
 *  distance: circles, people, people_only, area), "_by_<area>" (area × distance: people, covered,
 *  covered twice or more, share).  A facility that is a line or polygon counts by its distance to
 *  the geometry.  With `by`, the polygons of "" and their area are clipped to the areas.
 *
 *  With `via`, distances are travel times or distances along roads, both legs off the road
 *  included, and who is reached is decided by that alone; polygons are drawn around the reached
 *  roads.  "_roads" (limit: reached parts of roads) comes on request.  Demand that no road takes to
 *  a facility has the reason.
 *  docs/analysis.md defines every figure.
 *  @return transfer full; NULL with FM_ERROR_NOT_FOUND, FM_ERROR_USAGE, FM_ERROR_DATA (nothing to
 *          count, negative weight), FM_ERROR_LIMIT, FM_ERROR_DATABASE or FM_ERROR_CANCELLED */
FM_API FmResult *fm_coverage(FmWorkspace *workspace, const FmCoverageOptions *options,
                             const FmProgress *progress, GError **error);

typedef struct {
    FmSelection from, to;  /**< points, lines or areas; an origin that is not a point counts by its
                               point on surface */
    gsize k;               /**< nearest k; 0 with `matrix` or with only a limit = all pairs */
    gboolean matrix;       /**< every pair */
    const FmLimit *within; /**< NULL = no limit */
    const FmVia *via;      /**< NULL = straight lines */
    gboolean routes;       /**< with `via`: lines along the roads, both legs included */
    const char *by;        /**< area layer for the summary of the nearest distances, or NULL */
    const char *weight;    /**< column of `from` for the weighted mean; NULL = by the same rule as
                                coverage, else unweighted */
    const char *name;      /**< NULL = "proximity_<from>_<to>" */
    guint n_threads;       /**< 0 = all */
} FmProximityOptions;

/** Proximity: result layers "" (one connecting line a pair: from_id, to_id, names, rank,
 *  distance_m, bearing_deg, reason; a `from` with no target in reach has one row with a reason and
 *  no line) and "_by_<area>" (area_id, n, n_without, median, p90, mean_weighted of the distance to
 *  the nearest).  When `from` and `to` are the same layer, a feature is not its own neighbour.
 *  More than 5e7 pairs are FM_ERROR_LIMIT.  With `via`, the cost is time_s, or distance_m along
 *  roads when `within` is a length; access_m and egress_m are the legs off the road where the
 *  journey begins and ends.
 *  @return as fm_coverage */
FM_API FmResult *fm_proximity(FmWorkspace *workspace, const FmProximityOptions *options,
                              const FmProgress *progress, GError **error);

/** Store the result's layers (kind `result`) and the run in one transaction; layers of an earlier
 *  result of the same name are replaced, and those it no longer has are removed.
 *  @return run id, or 0 with an error as fm_run_write */
FM_API gint64 fm_analysis_write(FmWorkspace *workspace, const FmResult *result,
                                const char *command_line, const FmProgress *progress,
                                GError **error);

G_END_DECLS
#endif
