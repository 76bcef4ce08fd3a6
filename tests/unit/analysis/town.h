/** @file town.h
 *  Running analyses on the town of fixture.h. */
#ifndef FM_ANALYSIS_TOWN_H
#define FM_ANALYSIS_TOWN_H

#include "fixture.h"

#include <facmap/site.h>

/** The town's clinics for its quarters within 1.2, 2.5 and 3.5 km, by district.  Change at will;
 *  `limits` is the caller's. */
FmCoverageOptions town_coverage(FmLimit limits[3]);
/** The town and a question about it, town_coverage() to begin with. */
typedef struct {
    Fixture fixture;
    FmLimit limits[3];
    FmCoverageOptions options;
} Town;
void town_open(Town *town);
void town_close(Town *town);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Town, town_close)
/** Run; fails the test on an error.  @return transfer full */
FmResult *town_covered(Town *town);
FmResult *town_cover(Fixture *fixture, const FmCoverageOptions *options);
FmResult *town_near(Fixture *fixture, const FmProximityOptions *options);
/** Run; the analysis must fail with this code and a message that holds `text`. */
void town_cover_fails(Fixture *fixture, const FmCoverageOptions *options, FmError code,
                      const char *text);
void town_near_fails(Fixture *fixture, const FmProximityOptions *options, FmError code,
                     const char *text);

/** Layer "plot": where something could be built, p0 … p5 at the quarters. */
void town_put_plots(Fixture *fixture);
/** The town's quarters and plots; change at will. */
FmSiteOptions town_siting(FmSiteModel model, gsize n_add, const FmLimit *within);
FmResult *town_site(Fixture *fixture, const FmSiteOptions *options);
void town_site_fails(Fixture *fixture, const FmSiteOptions *options, FmError code,
                     const char *text);
/** The chosen sites, "p1 p3".  @return transfer full (g_free) */
char *town_chosen(const FmResult *result);

/** The object that a result's JSON text holds.  @return transfer full (json_object_unref) */
JsonObject *town_object(const char *text);

/** Assert that some warning holds `text`. */
void town_assert_warned(const FmResult *result, const char *text);

enum { TOWN_STREETS = 6 };
/** Layer "roads": a grid of streets a hundredth of a degree apart, some left out but for those at
 *  the bottom. */
void town_put_grid(Fixture *fixture, GRand *random);
/** Points along the streets that lead east, never at a corner, ten people each; ids are the layer's
 *  name and a number from 0.
 *  @param rows of streets: from, and before */
void town_put_points(Fixture *fixture, const char *layer, const char *kind, gsize n,
                     const int rows[2], GRand *random);

/** A row of a table of costs; NULL and NaN are NULL. */
typedef struct {
    const char *from, *to;
    double cost;
} TownCost;
/** A layer of kind `costs` without ids of its own.
 *  @param column name of the column of costs */
void town_put_costs(Fixture *fixture, const char *layer, const char *column, const TownCost *rows,
                    gsize n);

#endif
