/* What the tests of `store` share: a folder for files, sample tables, short ways to write and to
 * look. */
#ifndef STORE_SUPPORT_H
#define STORE_SUPPORT_H

#include "store-internal.h"

/* A folder that disappears with its files. */
typedef struct {
    char *path;
} TestFolder;

void test_folder_init(TestFolder *folder);
void test_folder_clear(TestFolder *folder);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(TestFolder, test_folder_clear)
/* transfer full */
char *test_folder_file(const TestFolder *folder, const char *name);

/* A new workspace `name` in the folder; fails the test when it cannot be made. */
FmWorkspace *test_new_workspace(const TestFolder *folder, const char *name);

/* Schools: id, name_zh, status, opens, capacity, area_ha, point; `n` rows, ids "s0" … */
FmTable *test_schools(gsize n);
/* A table with an `id` and one geometry a WKT; NULL for a row without. */
FmTable *test_shapes(FmGeometryType type, const char *const *wkt, gsize n);

/* Write in a run of its own. */
gboolean test_write(FmWorkspace *workspace, const char *layer, const FmTable *table,
                    FmWriteMode mode, FmWriteReport *report, GError **error);
/* The same, and it must succeed. */
void test_write_ok(FmWorkspace *workspace, const char *layer, const FmTable *table,
                   FmWriteMode mode);

/* The first value of a query, as text; transfer full. */
char *test_query(FmWorkspace *workspace, const char *sql);
void test_assert_query(FmWorkspace *workspace, const char *sql, const char *expect);
/* Run SQL as another program would, past the run and its guard. */
void test_execute(FmWorkspace *workspace, const char *sql);

/* quick_check, foreign keys, rtreecheck and CheckSpatialIndex of every layer, hash and counts of
 * the registry against what is read. */
void test_assert_sound(FmWorkspace *workspace);

/* The error has the code, is one line, and has `part` in its message; it is cleared. */
void test_assert_error(GError **error, FmError code, const char *part);

/* Both tables hold the same, titles included. */
void test_assert_tables_equal(const FmTable *a, const FmTable *b);

#endif
