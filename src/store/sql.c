/* A thin layer over SQLite: statements that clean up after themselves, values that are always
 * bound, and the one place where SQLite's result codes become our errors. */
#include "store-internal.h"

#include <errno.h>
#include <string.h>
#include <sys/statvfs.h>

#define SPATIAL_ROOM_BYTES (1u << 20)

/* ---- errors ----------------------------------------------------------------------------- */

/* SpatiaLite hands on SQLite's words in an error of its own. */
static gboolean disk_is_full(FmWorkspace *workspace, int code, const char *message)
{
    int system = sqlite3_system_errno(workspace->db);

    return (code & 0xff) == SQLITE_FULL ||
           ((code & 0xff) == SQLITE_IOERR && (system == ENOSPC || system == EDQUOT)) ||
           strstr(message, sqlite3_errstr(SQLITE_FULL)) != NULL;
}

gboolean fm_sql_fail(FmWorkspace *workspace, int code, GError **error)
{
    const char *path = workspace->path;
    const char *message = workspace->db != NULL ? sqlite3_errmsg(workspace->db) : "out of memory";
    int system = sqlite3_system_errno(workspace->db); /* 0 where a rollback came after the error */

    if (disk_is_full(workspace, code, message)) {
        g_set_error(error, FM_ERROR, FM_ERROR_IO,
                    "'%s': the disk is full; nothing was changed: free some space and try again",
                    path);
        return FALSE;
    }
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        g_set_error(error, FM_ERROR, FM_ERROR_DATABASE,
                    "'%s' is locked: another program is using it; close it there and try again",
                    path);
        break;
    case SQLITE_READONLY:
    case SQLITE_PERM:
        g_set_error(error, FM_ERROR, FM_ERROR_DATABASE,
                    "'%s' is read-only: change the permission of the file and its folder", path);
        break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        g_set_error(error, FM_ERROR, FM_ERROR_DATABASE,
                    "'%s' is damaged (%s): restore it from a copy", path, message);
        break;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
        g_set_error(error, FM_ERROR, FM_ERROR_IO, "'%s': %s (%s)", path, message,
                    system != 0 ? g_strerror(system) : "nothing was changed");
        break;
    case SQLITE_NOMEM:
    case SQLITE_TOOBIG:
        g_set_error(error, FM_ERROR, FM_ERROR_LIMIT, "'%s': %s", path, message);
        break;
    case SQLITE_CONSTRAINT:
        g_set_error(error, FM_ERROR, FM_ERROR_DATA, "'%s': %s", path, message);
        break;
    default:
        g_set_error(error, FM_ERROR, FM_ERROR_DATABASE, "'%s': %s", path, message);
    }
    return FALSE;
}

/* ---- statements ------------------------------------------------------------------------- */

sqlite3_stmt *fm_sql_prepare(FmWorkspace *workspace, const char *sql, GError **error)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(workspace->db, sql, -1, &statement, NULL);

    if (code != SQLITE_OK) {
        fm_sql_fail(workspace, code, error);
        return NULL;
    }
    return statement;
}

/* NOLINTBEGIN(clang-analyzer-valist.Uninitialized): it loses the caller's va_start() on the way. */
static gboolean bind_list(FmWorkspace *workspace, sqlite3_stmt *statement, int first,
                          GError **error, const char *types, va_list values)
{
    for (int i = 0; types[i] != '\0'; i++) {
        int code = SQLITE_MISUSE;
        switch (types[i]) {
        case 't':
            code = sqlite3_bind_text(statement, first + i, va_arg(values, const char *), -1,
                                     SQLITE_TRANSIENT);
            break;
        case 'i':
            code = sqlite3_bind_int64(statement, first + i, va_arg(values, gint64));
            break;
        case 'd':
            code = sqlite3_bind_double(statement, first + i, va_arg(values, double));
            break;
        default:
            g_assert_not_reached();
        }
        if (code != SQLITE_OK) {
            return fm_sql_fail(workspace, code, error);
        }
    }
    return TRUE;
}
/* NOLINTEND(clang-analyzer-valist.Uninitialized) */

gboolean fm_sql_bind(FmWorkspace *workspace, sqlite3_stmt *statement, int first, GError **error,
                     const char *types, ...)
{
    va_list values;

    va_start(values, types);
    gboolean ok = bind_list(workspace, statement, first, error, types, values);
    va_end(values);
    return ok;
}

gboolean fm_sql_step(FmWorkspace *workspace, sqlite3_stmt *statement, gboolean *row, GError **error)
{
    int code = sqlite3_step(statement);

    *row = code == SQLITE_ROW;
    return code == SQLITE_ROW || code == SQLITE_DONE || fm_sql_fail(workspace, code, error);
}

/* Prepares, binds and makes the first step. */
static sqlite3_stmt *start(FmWorkspace *workspace, gboolean *row, GError **error, const char *sql,
                           const char *types, va_list values)
{
    g_autoptr(sqlite3_stmt) statement = fm_sql_prepare(workspace, sql, error);

    if (statement == NULL || !bind_list(workspace, statement, 1, error, types, values) ||
        !fm_sql_step(workspace, statement, row, error)) {
        return NULL;
    }
    return g_steal_pointer(&statement);
}

gboolean fm_sql_run(FmWorkspace *workspace, GError **error, const char *sql, const char *types, ...)
{
    va_list values;
    gboolean row = FALSE;

    va_start(values, types);
    g_autoptr(sqlite3_stmt) statement = start(workspace, &row, error, sql, types, values);
    va_end(values);
    if (statement == NULL) {
        return FALSE;
    }
    while (row) {
        if (!fm_sql_step(workspace, statement, &row, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

gboolean fm_sql_integer(FmWorkspace *workspace, gint64 *out, GError **error, const char *sql,
                        const char *types, ...)
{
    va_list values;
    gboolean row = FALSE;

    va_start(values, types);
    g_autoptr(sqlite3_stmt) statement = start(workspace, &row, error, sql, types, values);
    va_end(values);
    if (statement == NULL) {
        return FALSE;
    }
    *out = row ? sqlite3_column_int64(statement, 0) : 0;
    return TRUE;
}

gboolean fm_sql_text(FmWorkspace *workspace, char **out, GError **error, const char *sql,
                     const char *types, ...)
{
    va_list values;
    gboolean row = FALSE;

    va_start(values, types);
    g_autoptr(sqlite3_stmt) statement = start(workspace, &row, error, sql, types, values);
    va_end(values);
    if (statement == NULL) {
        return FALSE;
    }
    *out = row ? g_strdup((const char *)sqlite3_column_text(statement, 0)) : NULL;
    return TRUE;
}

/* SpatiaLite prints SQLite's words on standard error before it fails, so it is not asked where the
 * few pages that it writes, and their copies in the journal, find no room. */
static gboolean has_room(const FmWorkspace *workspace)
{
    g_autofree char *folder = g_path_get_dirname(workspace->path);
    struct statvfs disk;

    return statvfs(folder, &disk) != 0 ||
           (guint64)disk.f_bavail * disk.f_frsize >= SPATIAL_ROOM_BYTES;
}

/* SpatiaLite swallows the reason; that writing failed shows in that SQLite has undone the
 * transaction. */
static gboolean spatial_fail(FmWorkspace *workspace, const char *sql, GError **error)
{
    if (sqlite3_get_autocommit(workspace->db) != 0) {
        g_set_error(
            error, FM_ERROR, FM_ERROR_IO,
            "'%s': writing failed, so nothing was changed: the disk is full or out of order",
            workspace->path);
    } else {
        g_set_error(error, FM_ERROR, FM_ERROR_DATABASE, "'%s': SpatiaLite refused %s",
                    workspace->path, sql);
    }
    return FALSE;
}

gboolean fm_sql_spatial(FmWorkspace *workspace, GError **error, const char *sql, const char *types,
                        ...)
{
    va_list values;
    gboolean row = FALSE;

    if (!has_room(workspace)) {
        return fm_sql_fail(workspace, SQLITE_FULL, error);
    }
    va_start(values, types);
    g_autoptr(sqlite3_stmt) statement = start(workspace, &row, error, sql, types, values);
    va_end(values);
    if (statement == NULL) {
        return FALSE;
    }
    return (row && sqlite3_column_int(statement, 0) == 1) || spatial_fail(workspace, sql, error);
}

char *fm_sql_quote(const char *identifier)
{
    GString *quoted = g_string_new("\"");

    for (const char *c = identifier; *c != '\0'; c++) {
        if (*c == '"') {
            g_string_append_c(quoted, '"');
        }
        g_string_append_c(quoted, *c);
    }
    g_string_append_c(quoted, '"');
    return g_string_free(quoted, FALSE);
}

/* ---- transactions ----------------------------------------------------------------------- */

gboolean fm_sql_commit(FmWorkspace *workspace, GError **error)
{
    workspace->may_commit = TRUE;
    gboolean ok = fm_sql_run(workspace, error, "COMMIT", "");
    workspace->may_commit = FALSE;
    return ok;
}

void fm_sql_rollback(FmWorkspace *workspace)
{
    if (sqlite3_get_autocommit(workspace->db) == 0) {
        g_autoptr(GError) ignored = NULL;
        fm_sql_run(workspace, &ignored, "ROLLBACK", "");
    }
}
