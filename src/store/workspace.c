/* Opening and closing a workspace, and its properties.
 *
 * One connection, one thread (SQLITE_OPEN_NOMUTEX).  The journal is SQLite's rollback journal, so
 * that a workspace at rest is one file that opens from any folder, read-only ones too;
 * `synchronous` stays FULL, because a command commits once: the two or three syncs that NORMAL
 * would spare are not felt.  The page cache holds 64 MB, so that most runs keep readers out only
 * while they commit; those that write new layers make do with less (writer.c), and so do readers:
 * they pass over a layer once, and the system keeps the file in memory as well. */
#include "store-internal.h"

#include <spatialite.h>
#include <string.h>

#define BUSY_TIMEOUT_MS 5000

/* After an I/O error SQLite undoes the transaction by itself, and whatever SpatiaLite still had to
 * write would be committed statement by statement: without an announced commit, nothing is. */
static int refuse_commit(void *user)
{
    const FmWorkspace *workspace = user;

    return workspace->may_commit ? 0 : 1;
}

FmWorkspace *fm_workspace_connect(const char *path, const char *file, int flags, GError **error)
{
    static const char pragmas[] =
        "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL;" FM_CACHE_SQL;
    g_autoptr(FmWorkspace) workspace = g_new0(FmWorkspace, 1);
    /* An absolute name is never mistaken for a URI or for ":memory:". */
    g_autofree char *absolute = g_canonicalize_filename(file, NULL);

    workspace->path = g_strdup(path);
    int code = sqlite3_open_v2(absolute, &workspace->db, flags | SQLITE_OPEN_NOMUTEX, NULL);
    if (code == SQLITE_OK) {
        sqlite3_extended_result_codes(workspace->db, 1);
        sqlite3_busy_timeout(workspace->db, BUSY_TIMEOUT_MS);
        sqlite3_commit_hook(workspace->db, refuse_commit, workspace);
        code = sqlite3_exec(workspace->db, pragmas, NULL, NULL, NULL);
    }
    if (code != SQLITE_OK) {
        fm_sql_fail(workspace, code, error);
        return NULL;
    }
    return g_steal_pointer(&workspace);
}

gboolean fm_workspace_attach_spatialite(FmWorkspace *workspace, GError **error)
{
    /* This initialises the library, once a process; SpatiaLite guards that itself. */
    workspace->spatialite = spatialite_alloc_connection();
    if (workspace->spatialite == NULL) {
        g_set_error(error, FM_ERROR, FM_ERROR_LIMIT,
                    "SpatiaLite allows no further connection: close a workspace first");
        return FALSE;
    }
    spatialite_set_silent_mode(workspace->spatialite);
    spatialite_init_ex(workspace->db, workspace->spatialite, 0);
    return TRUE;
}

void fm_workspace_free(FmWorkspace *workspace)
{
    if (workspace == NULL) {
        return;
    }
    sqlite3_close(workspace->db);
    if (workspace->spatialite != NULL) {
        spatialite_cleanup_ex(workspace->spatialite);
    }
    g_free(workspace->path);
    g_free(workspace);
}

/* ---- opening ---------------------------------------------------------------------------- */

static gboolean check_schema(FmWorkspace *workspace, int *version, GError **error)
{
    gint64 n_tables = 0;

    if (!fm_sql_integer(workspace, &n_tables, error,
                        "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table'"
                        " AND name IN ('fm_meta', 'fm_layer', 'fm_run')",
                        "") ||
        !fm_schema_version(workspace, version, error)) {
        return FALSE;
    }
    if (n_tables != 3 || *version < 1) {
        g_set_error(error, FM_ERROR, FM_ERROR_DATABASE,
                    "'%s' is not a facmap workspace: it is another program's SQLite file",
                    workspace->path);
        return FALSE;
    }
    if (*version > FM_SCHEMA_VERSION) {
        g_set_error(error, FM_ERROR, FM_ERROR_DATABASE,
                    "'%s' was made by a newer facmap (schema %d; this one reads up to %d): upgrade "
                    "facmap",
                    workspace->path, *version, FM_SCHEMA_VERSION);
        return FALSE;
    }
    return TRUE;
}

/* Another program may have left the file in WAL mode, with files beside it.  While it reads the
 * file that cannot be changed, and need not be: WAL is as safe. */
static void leave_wal_mode(FmWorkspace *workspace)
{
    g_autoptr(GError) ignored = NULL;

    workspace->may_commit = TRUE;
    fm_sql_run(workspace, &ignored, "PRAGMA journal_mode = DELETE", "");
    workspace->may_commit = FALSE;
}

static gboolean prepare_to_write(FmWorkspace *workspace, int version, GError **error)
{
    if (sqlite3_db_readonly(workspace->db, "main") != 0) {
        return fm_sql_fail(workspace, SQLITE_READONLY, error);
    }
    leave_wal_mode(workspace);
    return version == FM_SCHEMA_VERSION ||
           fm_schema_migrate(workspace, fm_schema_steps, fm_schema_n_steps, error);
}

FmWorkspace *fm_workspace_open(const char *path, FmOpenMode mode, GError **error)
{
    int version = 0;

    if (!fm_probe_file(path, error)) {
        return NULL;
    }
    /* Opened for writing in both modes, because a reader may have to roll back the journal of a
     * program that was killed; SQLite falls back to reading where the file allows no more. */
    g_autoptr(FmWorkspace) workspace =
        fm_workspace_connect(path, path, SQLITE_OPEN_READWRITE, error);
    if (workspace == NULL || !check_schema(workspace, &version, error) ||
        !fm_workspace_attach_spatialite(workspace, error)) {
        return NULL;
    }
    workspace->mode = mode;
    gboolean ready = mode == FM_OPEN_WRITE
                         ? prepare_to_write(workspace, version, error)
                         : fm_sql_run(workspace, error, "PRAGMA query_only = ON", "") &&
                               fm_sql_run(workspace, error, FM_SMALL_CACHE_SQL, "");
    return ready ? g_steal_pointer(&workspace) : NULL;
}

const char *fm_workspace_path(const FmWorkspace *workspace)
{
    return workspace->path;
}

/* ---- properties ------------------------------------------------------------------------- */

char *fm_workspace_get(FmWorkspace *workspace, const char *key, GError **error)
{
    char *value = NULL;

    return fm_sql_text(workspace, &value, error, "SELECT value FROM fm_meta WHERE key = ?1", "t",
                       key)
               ? value
               : NULL;
}

gboolean fm_workspace_put(FmWorkspace *workspace, const char *key, const char *value,
                          GError **error)
{
    if (value == NULL) {
        return fm_sql_run(workspace, error, "DELETE FROM fm_meta WHERE key = ?1", "t", key);
    }
    return fm_sql_run(workspace, error,
                      "INSERT INTO fm_meta (key, value) VALUES (?1, ?2)"
                      " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                      "tt", key, value);
}
