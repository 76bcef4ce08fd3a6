/** @file site-study.h
 *  The state of one siting, filled step by step: site.c reads, asks the kernel and hands people to
 *  sites; site-costs.c and site-ways.c find what everything costs; site-layers.c and site-summary.c
 *  write it down. */
#ifndef FM_ANALYSIS_SITE_STUDY_H
#define FM_ANALYSIS_SITE_STUDY_H

#include "analysis-internal.h"
#include "costs.h"

#include <facmap/site.h>

/** Who serves an origin. */
typedef struct {
    gsize row;      /**< of `of` when fixed, else of the candidates; G_MAXSIZE: nobody */
    gboolean fixed; /**< it was there already */
    double cost;    /**< INFINITY when nobody does */
} FmServed;

/** A candidate in the nearly equal choices. */
typedef struct {
    guint32 site;    /**< in `sites` */
    gboolean chosen; /**< in the answer */
    gsize n_choices;
} FmSiteNear;

/** Figures over the demand, as it is before and after. */
typedef struct {
    double people; /**< who are served */
    double mean;   /**< cost, weighted by people; NaN when nobody is served */
    double most;   /**< cost of the worst served with people; NaN when nobody is */
} FmServedFigures;

typedef struct {
    const FmSiteOptions *options;
    char *name;
    FmLimitKind kind; /**< of costs */
    double limit;     /**< nobody goes further; INFINITY without */

    FmFeatures *of; /**< NULL when nothing is there */
    FmFeatures *demand, *candidates;
    FmWeights *weights; /**< of the demand rows */
    FmOrigins *origins; /**< the demand that has a position */
    FmOrigins *sites;   /**< the candidates that have one */
    double *origin_weights;

    /* with `via`; NULL for straight lines */
    FmWays *ways;
    FmPlaces *homes;                   /**< the origins */
    FmPlaces *of_places, *site_places; /**< the rows of `of`, the sites */
    FmCosts *costs;                    /**< with `via` a table: of the candidates */
    FmCosts *of_costs;                 /**< of what is there */

    double *existing;      /**< one an origin; INFINITY: none within the limit */
    gsize *existing_row;   /**< of `of` */
    FmLonLat *existing_at; /**< straight: the nearest position on it; NULL with `via` */
    gsize *first;          /**< as FmSiteProblem: below what exists and within the limit */
    FmReached *pairs;

    FmSiteSolution *solution;
    GArray *near;     /**< FmSiteNear: most choices first; NULL without a complete list */
    FmServed *served; /**< one an origin */
    FmServedFigures before, after;
    gboolean *hopeless; /**< one an origin: nothing, chosen or not, reaches it */
    gsize n_hopeless;   /**< with people */
    double hopeless_people;
    double unlocated_people;
} FmSiteStudy;

/** Fill `existing` and the pairs.
 *  @return FALSE with FM_ERROR_LIMIT, FM_ERROR_CANCELLED or the errors of fm_ways_open and
 *          fm_costs_read */
gboolean fm_site_study_costs(FmSiteStudy *study, FmWorkspace *workspace, const FmProgress *progress,
                             GError **error);
/** The same along a network. */
gboolean fm_site_study_travel(FmSiteStudy *study, FmWorkspace *workspace,
                              const FmProgress *progress, GError **error);
/** Lay out pairs that were found for each origin, without those that are no nearer than what
 *  exists.  @param lists n origins: FmReached; NULL members are empty
 *  @return FALSE with FM_ERROR_LIMIT */
gboolean fm_site_study_lay_out(FmSiteStudy *study, GArray *const *lists, GError **error);

/** Why nobody serves this origin.  @return transfer full (g_free) */
char *fm_site_study_reason(const FmSiteStudy *study, gsize origin);
/** Where a site is. */
FmLonLat fm_site_study_position(const FmSiteStudy *study, gsize origin);

void fm_site_study_make_layers(const FmSiteStudy *study, FmResult *result);
void fm_site_study_make_warnings(const FmSiteStudy *study, FmResult *result);
/** Fill `parameters` and `summary`; call it when the layers are there. */
void fm_site_study_make_json(const FmSiteStudy *study, FmResult *result);

#endif
