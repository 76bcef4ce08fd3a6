/* A town for the tests: a grid of streets with names, two districts, places with addresses.  All of
 * it is made by a rule, so that what is right is known. */
#ifndef TOWN_H
#define TOWN_H

#include "check-internal.h"

/* One row of a list of places.  NULL and NaN are empty. */
typedef struct {
    const char *id, *name_zh, *name_en, *district, *address, *status, *opens, *closes;
    double capacity;
    FmLonLat position;
} Place;

#define NOWHERE ((FmLonLat){(double)NAN, (double)NAN})

FmTable *town_table(const Place *places, gsize n);

enum { TOWN_STREETS = 15, TOWN_PLACES = 150 };

/* Streets every 0.01 degrees from 116.33, 39.83: "东西01路" … run east, "南北01路" … north. */
FmTable *town_streets(void);
/* "西区" / "West Side" and "东区" / "East Side", split at 116.40. */
FmTable *town_districts(void);
/* Schools 10 to 40 m from a street, with its name and the district in the address. */
FmTable *town_schools(void);
/* Moves every point by what reading it as WGS 84 does, when it is in `system`. */
void town_misread(FmTable *table, FmSystem system);

/* A workspace in a folder of its own. */
typedef struct {
    char *folder, *path;
    FmWorkspace *workspace;
} Office;

void office_open(Office *office);
void office_close(Office *office);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Office, office_close)
/* Writes a layer as `facmap load --crs CRS` would; frees the table.  @param crs may be NULL */
void office_put(Office *office, const char *name, const char *kind, FmTable *table,
                const char *crs);

/* How many findings are of that kind. */
gsize count_kind(const GPtrArray *findings, FmCheckKind kind);
/* The only finding of that kind; fails when there is another number. */
const FmFinding *only_kind(const GPtrArray *findings, FmCheckKind kind);
/* Fails, showing them, unless there are none. */
void assert_no_findings(const GPtrArray *findings);

#endif
