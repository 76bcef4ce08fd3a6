/* What the render tests share: temporary folders, small workspaces, whole pages. */
#ifndef FM_TEST_RENDER_FIXTURE_H
#define FM_TEST_RENDER_FIXTURE_H

#include <facmap/render.h>

/* A new folder; g_free the name, fixture_remove() the folder with all that is in it. */
char *fixture_folder(void);
void fixture_remove(const char *folder);
guint fixture_count_files(const char *folder);
/* A file's content, which must be readable; g_free.  size: may be NULL */
char *fixture_read(const char *path, gsize *size);

/* A small made-up town in EPSG:4548: `area` (two districts, 200 residents in the second), `school`
 * (three points: open, planned, open far outside; one row without a position; accuracy 100, 2000,
 * none and 2000 m), `road` (a line). */
FmWorkspace *fixture_town(const char *folder);

/* A style whose layers and metadata are the given JSON texts. */
FmStyle *fixture_document(const char *metadata, const char *layers);

#endif
