/** @file coverage-internal.h
 *  The state of one coverage analysis, filled step by step: coverage.c reads and runs the kernels,
 *  coverage-sums.c adds up, coverage-polygons.c draws the reach, coverage-layers.c and
 *  coverage-summary.c write it down. */
#ifndef FM_COVERAGE_INTERNAL_H
#define FM_COVERAGE_INTERNAL_H

#include "analysis-internal.h"

typedef struct {
    const FmCoverageOptions *options;
    char *name;
    gsize n_limits;
    double *limits_m;

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
    FmNeighbour *nearest;
    double *reached, *only;

    /* people; by limit, or area × limit */
    double *covered;
    double *area_people, *area_covered, *area_twice;
    double unlocated_people, outside_people;
    double *outside_covered;
    gsize n_outside;

    /* shapes; by facility × limit, or by limit */
    FmGeometry **circles;
    double *circle_areas_m2;
    FmGeometry **reach; /**< NULL where nothing is left after clipping */
    double *reach_areas_m2;
} FmCoverage;

/** Add up people by distance and by area, in ascending order of row. */
void fm_coverage_add_up(FmCoverage *coverage);

/** Draw what each facility reaches, and all of them together.
 *  @return FALSE with FM_ERROR_DATA naming the row, FM_ERROR_LIMIT or FM_ERROR_CANCELLED */
gboolean fm_coverage_draw(FmCoverage *coverage, const FmProgress *progress, GError **error);

/** Make the result layers; moves the shapes into them. */
void fm_coverage_make_layers(FmCoverage *coverage, FmResult *result);

void fm_coverage_make_warnings(const FmCoverage *coverage, FmResult *result);
/** Fill `parameters` and `summary`; call it when the layers are there. */
void fm_coverage_make_json(const FmCoverage *coverage, FmResult *result);

#endif
