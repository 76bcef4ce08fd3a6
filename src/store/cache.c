/* Blobs that are kept beside a layer because making them takes long: a road graph, a hierarchy.
 * They are told by a name and found only while the fingerprint of what they were made from is the
 * same; they go with their layer.  A cache: who reads one must check it, and can make it anew. */
#include "store-internal.h"

/* A file of schema 1, opened for reading, has no such table. */
static gboolean has_cache(FmWorkspace *workspace, gboolean *has, GError **error)
{
    gint64 n = 0;

    if (!fm_sql_integer(workspace, &n, error,
                        "SELECT COUNT(*) FROM sqlite_master WHERE name = 'fm_cache'", "")) {
        return FALSE;
    }
    *has = n > 0;
    return TRUE;
}

/* A blob of 10 MB is 2,500 pages, each of which SQLite would read by a call and keep in its cache.
 * Mapped, they are copied to where they stay at once; where that cannot be done, SQLite reads as
 * ever.  For such blobs only: an error of the disk is a signal in mapped memory. */
static void map_file(FmWorkspace *workspace, gboolean on)
{
    g_autoptr(GError) ignored = NULL;

    fm_sql_run(workspace, &ignored, on ? "PRAGMA mmap_size = 1073741824" : "PRAGMA mmap_size = 0",
               "");
}

/* Read straight to where it stays: as a column of a row, SQLite would put it together in memory of
 * its own first. */
static GBytes *read_content(FmWorkspace *workspace, gint64 row, GError **error)
{
    sqlite3_blob *blob = NULL;
    g_autofree guint8 *bytes = NULL;
    int size = 0;

    map_file(workspace, TRUE);
    int code = sqlite3_blob_open(workspace->db, "main", "fm_cache", "content", row, 0, &blob);

    if (code == SQLITE_OK) {
        size = sqlite3_blob_bytes(blob);
        bytes = g_try_malloc((gsize)size + 1);
        code = bytes != NULL ? sqlite3_blob_read(blob, bytes, size, 0) : SQLITE_NOMEM;
    }
    sqlite3_blob_close(blob);
    gboolean ok = code == SQLITE_OK || fm_sql_fail(workspace, code, error);
    map_file(workspace, FALSE);
    return ok ? g_bytes_new_take(g_steal_pointer(&bytes), (gsize)size) : NULL;
}

gboolean fm_workspace_cached(FmWorkspace *workspace, const char *layer, const char *name,
                             const char *fingerprint, GBytes **out, GError **error)
{
    gboolean has = FALSE, row = FALSE;

    *out = NULL;
    if (!has_cache(workspace, &has, error)) {
        return FALSE;
    }
    if (!has) {
        return TRUE;
    }
    g_autoptr(sqlite3_stmt) statement =
        fm_sql_prepare(workspace,
                       "SELECT rowid FROM fm_cache"
                       " WHERE layer = ?1 AND name = ?2 AND fingerprint = ?3",
                       error);
    if (statement == NULL ||
        !fm_sql_bind(workspace, statement, 1, error, "ttt", layer, name, fingerprint) ||
        !fm_sql_step(workspace, statement, &row, error)) {
        return FALSE;
    }
    if (row) {
        *out = read_content(workspace, sqlite3_column_int64(statement, 0), error);
    }
    return !row || *out != NULL;
}

gboolean fm_cache_put(FmWorkspace *workspace, const char *layer, const char *name,
                      const char *fingerprint, GBytes *content, GError **error)
{
    gsize size = 0;
    const void *bytes = g_bytes_get_data(content, &size);
    gboolean row = FALSE;

    /* SQLite's own limit: what is larger is not kept, and made anew the next time. */
    if (size > (gsize)sqlite3_limit(workspace->db, SQLITE_LIMIT_LENGTH, -1) / 2) {
        return TRUE;
    }
    g_autoptr(sqlite3_stmt) statement = fm_sql_prepare(
        workspace,
        "INSERT INTO fm_cache (layer, name, fingerprint, content) VALUES (?1, ?2, ?3, ?4)"
        " ON CONFLICT (layer, name) DO UPDATE SET fingerprint = ?3, content = ?4",
        error);
    if (statement == NULL ||
        !fm_sql_bind(workspace, statement, 1, error, "ttt", layer, name, fingerprint)) {
        return FALSE;
    }
    int code = sqlite3_bind_blob64(statement, 4, size > 0 ? bytes : "", size, SQLITE_STATIC);
    return code == SQLITE_OK ? fm_sql_step(workspace, statement, &row, error)
                             : fm_sql_fail(workspace, code, error);
}
