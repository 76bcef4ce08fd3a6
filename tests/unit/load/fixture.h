/* A folder of its own, a workspace in it, and short ways to write, read and load small files. */
#ifndef FACMAP_TEST_LOAD_FIXTURE_H
#define FACMAP_TEST_LOAD_FIXTURE_H

#include "load-internal.h"

typedef struct {
    char *folder;
    FmWorkspace *workspace; /* made on first use by fixture_workspace */
    GPtrArray *reports;     /* of the last load that succeeded */
    GPtrArray *paths;       /* char*, freed with the fixture */
} Fixture;

void fixture_init(Fixture *fixture);
void fixture_clear(Fixture *fixture);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Fixture, fixture_clear)

/* A path in the folder; borrowed from the fixture. */
const char *fixture_path(Fixture *fixture, const char *name);
/* Writes a file and returns its path. */
const char *fixture_write(Fixture *fixture, const char *name, const char *text);
const char *fixture_write_bytes(Fixture *fixture, const char *name, const char *bytes, gsize n);
FmWorkspace *fixture_workspace(Fixture *fixture);

/* Loads one source.  `options` may be NULL. */
gboolean fixture_load(Fixture *fixture, const FmSource *source, const FmLoadOptions *options,
                      GError **error);
/* Loads a CSV text as layer "t" with EPSG:4326 and fails the test when that fails. */
const FmLoadReport *fixture_load_text(Fixture *fixture, const char *text,
                                      const FmLoadOptions *options);
/* The same, of which an error with this code and these words is expected. */
void fixture_load_text_fails(Fixture *fixture, const char *text, const FmLoadOptions *options,
                             FmError code, const char *words);
/* Layer "t", or the layer of that name. */
FmTable *fixture_read(Fixture *fixture, const char *layer);
/* The reject file of the last report, whole.  Transfer full. */
char *fixture_rejects(const Fixture *fixture);
/* A source for a path, with EPSG:4326 unless `crs` says otherwise ("" = undeclared). */
FmSource *fixture_source(const char *path, const char *layer, const char *crs);
/* A text table that was read, from "a,b" and "1,2;3,4".  Transfer full. */
FmRaw *fixture_raw(const char *headings, const char *rows);
/* "id:T name_zh:T" … with a letter for the type.  Transfer full. */
char *fixture_column_names(const FmColumnMap *map);
/* Adds a mapping. */
void fixture_map(FmSource *source, const char *field, const char *column);

/* read == loaded + updated + unchanged + unlocated + rejected */
void assert_counts_add_up(const FmLoadReport *report);
/* The message has the words, is one line and has the code. */
void assert_error(const GError *error, FmError code, const char *words);
void assert_contains(const char *text, const char *words);

/* Where the shared reference data lies, or NULL (with the test skipped) when the file is not there.
 * Transfer full. */
char *shared_file(const char *name);

#endif
