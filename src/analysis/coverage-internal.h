/** @file coverage-internal.h
 *  The state of one coverage analysis, filled step by step: coverage.c reads and runs the kernels,
 *  coverage-sums.c adds up, coverage-polygons.c draws the reach, coverage-layers.c and
 *  coverage-summary.c write it down. */
#ifndef FM_COVERAGE_INTERNAL_H
#define FM_COVERAGE_INTERNAL_H

#include "analysis-internal.h"
#include "costs.h"

/** The cheapest facility of an origin. */
typedef struct {
    gsize index; /**< G_MAXSIZE: there is none */
    double cost; /**< in the unit of the limits; INFINITY without */
} FmCheapest;

typedef struct {
    const FmCoverageOptions *options;
    char *name;
    gsize n_limits;
    double *limits; /**< metres or seconds */
    FmLimitKind kind;

    /* with `via`; NULL for straight lines */
    FmWays *ways;
    FmPlaces *facilities, *homes; /**< the rows of `of`, the origins */
    FmCosts *costs;               /**< with `via` a table, and then instead of these */

    /* read */
    FmFeatures *of, *demand;
    FmWeights *weights; /**< of the demand rows */
    FmAreas *areas;     /**< NULL without `by` */

    /* the demand that has a position */
    FmOrigins *origins;
    double *origin_weights;
    gsize *area_of; /**< one an origin: row of the area, or G_MAXSIZE; NULL without `by` */

    /* what the kernels found, shapes as in analysis.h */
    guint32 *n_within;
    FmCheapest *nearest;
    double *reached, *only;
    double *node_costs; /**< along a network: of every node, to or from the nearest facility */

    /* people; by limit, or area × limit */
    double *covered;
    double *area_people, *area_covered, *area_twice;
    double unlocated_people, outside_people;
    double stranded_people; /**< with a position, but no way by road to any facility */
    gsize n_stranded;
    double *outside_covered;
    gsize n_outside;

    /* shapes; by facility × limit, or by limit */
    FmGeometry **circles; /**< what each reaches; NULL with `via` unless it is asked for */
    double *circle_areas_m2;
    FmGeometry **reach; /**< NULL where nothing is left after clipping */
    double *reach_areas_m2;
    FmGeometry **roads; /**< by limit; NULL unless asked for */
} FmCoverage;

/** Add up people by distance and by area, in ascending order of row. */
void fm_coverage_add_up(FmCoverage *coverage);

/** Draw what each facility reaches, and all of them together.
 *  @return FALSE with FM_ERROR_DATA naming the row, FM_ERROR_LIMIT or FM_ERROR_CANCELLED */
gboolean fm_coverage_draw(FmCoverage *coverage, const FmProgress *progress, GError **error);
/** Keep the part of a limit's reach that lies in the study area, and its area.
 *  @param reach transfer full, may be NULL  @return FALSE with FM_ERROR_DATA */
gboolean fm_coverage_clip(FmCoverage *coverage, gsize limit, FmGeometry *reach,
                          const FmGeometry *study_area, GError **error);
/** The union of the areas; NULL without `by`, or with an error. */
FmGeometry *fm_coverage_study_area(const FmCoverage *coverage, GError **error);

/* coverage-via.c, coverage-travel.c */

/** Finish opening the network, and put facilities and homes on it. */
gboolean fm_coverage_open_ways(FmCoverage *coverage, const FmProgress *progress, GError **error);
/** The kernels along the network; fills the same arrays as those of straight lines. */
gboolean fm_coverage_travel(FmCoverage *coverage, const FmProgress *progress, GError **error);
/** The same arrays by a table of costs.
 *  @return FALSE with the errors of fm_costs_read, or FM_ERROR_USAGE: an option that draws */
gboolean fm_coverage_look_up(FmCoverage *coverage, FmWorkspace *workspace,
                             const FmProgress *progress, GError **error);
/** Are there polygons? */
gboolean fm_coverage_is_drawn(const FmCoverage *coverage);
/** How far from a reached road land counts as reached. */
double fm_coverage_buffer_m(const FmCoverage *coverage);
/** Isochrones, for the eye. */
gboolean fm_coverage_draw_ways(FmCoverage *coverage, const FmProgress *progress, GError **error);

/** Make the result layers; moves the shapes into them. */
void fm_coverage_make_layers(FmCoverage *coverage, FmResult *result);

void fm_coverage_make_warnings(const FmCoverage *coverage, FmResult *result);
/** Fill `parameters` and `summary`; call it when the layers are there. */
void fm_coverage_make_json(const FmCoverage *coverage, FmResult *result);

#endif
