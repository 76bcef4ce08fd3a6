/** @file fixture.h
 *  A made-up town on the equator, small enough to do every sum by hand, and random positions.
 *
 *  Six quarters lie 0.01 degrees (1113.19 m) apart, from lon 0 to 0.05, with 100, 200 … 600 people.
 *  One clinic stands at either end.  The west district holds the first three quarters, the east
 *  district the others. */
#ifndef FM_ANALYSIS_FIXTURE_H
#define FM_ANALYSIS_FIXTURE_H

#include "analysis-internal.h"

/** One row; NULL text and NaN people are NULL. */
typedef struct {
    const char *id, *wkt, *name_en, *status, *opens;
    double people;
} Place;

/** Columns id, name_zh, name_en, status, opens and, when `people` is a name, that one.
 *  @return transfer full */
FmTable *fixture_table(const Place *places, gsize n, const char *people);

/** A workspace in a folder of its own, removed by fixture_close. */
typedef struct {
    char *folder, *path;
    FmWorkspace *workspace;
} Fixture;

/** An empty workspace. */
void fixture_open_empty(Fixture *fixture);
/** The town: layers clinic, quarter, district. */
void fixture_open(Fixture *fixture);
void fixture_close(Fixture *fixture);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Fixture, fixture_close)

/** Write a layer; takes the table. */
void fixture_put(Fixture *fixture, const char *name, const char *kind, FmTable *table);
void fixture_put_modelled(Fixture *fixture, const char *name, const char *kind, FmTable *table);
void fixture_put_places(Fixture *fixture, const char *name, const char *kind, const Place *places,
                        gsize n, const char *people);

/** A cell of a result; the column must exist. */
double fixture_number(const FmTable *table, const char *column, gsize row);
const char *fixture_text(const FmTable *table, const char *column, gsize row);
/** The first row whose text in `column` is `value`; fails the test when there is none. */
gsize fixture_row(const FmTable *table, const char *column, const char *value);

FmLimit fixture_limit(const char *text);

/** `n` positions, uniform in longitude and latitude within the extent.  @return transfer full */
FmLonLat *fixture_random(guint32 seed, gsize n, FmExtent extent);
/** Points as geometries.  @return transfer full (fixture_free_geometries) */
FmGeometry **fixture_points(const FmLonLat *positions, gsize n);
void fixture_free_geometries(FmGeometry **geometries, gsize n);

/** The same `size` bytes; g_assert_cmpmem takes sizes as int. */
void fixture_assert_bytes(gconstpointer a, gconstpointer b, gsize size);

/** Cancels at once. */
gboolean fixture_cancel(double fraction, const char *stage, void *user);

#endif
