/** @file fixture.h
 *  A workspace in a folder of its own, three small layers whose text is as awkward as text gets,
 *  and short ways to look at what was exported. */
#ifndef FM_EXPORT_FIXTURE_H
#define FM_EXPORT_FIXTURE_H

#include "export-internal.h"

/** Removed by fixture_close. */
typedef struct {
    char *folder;
    FmWorkspace *workspace;
} Fixture;

/** An empty workspace. */
void fixture_open(Fixture *fixture);
/** With the layers that the functions below make: school, area and tally. */
void fixture_open_town(Fixture *fixture);
void fixture_close(Fixture *fixture);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Fixture, fixture_close)

/** A file in the folder.  @return transfer full */
char *fixture_file(const Fixture *fixture, const char *name);
/** Names in the folder but the workspace's own, sorted, joined by blanks.  @return transfer full */
char *fixture_list(const Fixture *fixture);

/** Write a layer; takes the table. */
void fixture_put(Fixture *fixture, const FmLayerSpec *spec, FmTable *table);

/** Three schools: id, name_zh, name_en, status, capacity, area_ha.  The second has quotes, a comma
 *  and a line break in its name, the third is unlocated and knows nothing but its id. */
FmTable *fixture_schools(void);
/** Two areas in a layer of multipolygons: id, share_ratio; the first is a single polygon. */
FmTable *fixture_areas(void);
/** Without geometry: id, n. */
FmTable *fixture_tally(void);

/** One text column and one real one, named "kind" and "n", a point for each row. */
FmTable *fixture_points(const char *const *kinds, const double *numbers, gsize n);

/** Export with defaults; must succeed. */
void fixture_export(Fixture *fixture, const char *name, const char *const *layers,
                    const FmStyle *style);

/** The first column of all rows that a query gives, joined by '|'.  @return transfer full */
char *fixture_query(const Fixture *fixture, const char *name, const char *sql);
void fixture_assert_query(const Fixture *fixture, const char *name, const char *sql,
                          const char *expect);

/** A style of the layers given as JSON, with ' for ". */
FmStyle *fixture_style(const char *layers);

/** Fails the test unless the text is well-formed XML. */
void fixture_assert_xml(const char *text);
/** Fails the test unless `text` has `part` in it. */
void fixture_assert_has(const char *text, const char *part);
void fixture_assert_lacks(const char *text, const char *part);
/** The error has the code, is one line with `part` in it, and is cleared. */
void fixture_assert_error(GError **error, FmError code, const char *part);

/** Cancels at once. */
gboolean fixture_cancel(double fraction, const char *stage, void *user);

#endif
