/* What a file is, from its first bytes: an honest message for what is not a workspace, before
 * SQLite takes a lock or leaves a journal beside it.  Offsets: "Database File Format", sqlite.org,
 * section 1.3. */
#include "store-internal.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define HEADER_SIZE 100
#define APPLICATION_ID_OFFSET 68

static gboolean refuse(const char *path, const char *what, GError **error)
{
    g_set_error(error, FM_ERROR, FM_ERROR_DATABASE, "'%s' is not a facmap workspace: %s", path,
                what);
    return FALSE;
}

static gboolean check_header(const char *path, const guint8 *header, gsize size, GError **error)
{
    static const char magic[16] = "SQLite format 3";

    if (size == 0) {
        return refuse(path, "it is empty; make one with 'facmap init'", error);
    }
    if (size < HEADER_SIZE || memcmp(header, magic, sizeof magic) != 0) {
        return refuse(path, "it is no SQLite file; make one with 'facmap init'", error);
    }

    const guint8 *id = header + APPLICATION_ID_OFFSET;
    if (memcmp(id, "GPKG", 4) == 0 || memcmp(id, "GP10", 4) == 0 || memcmp(id, "GP11", 4) == 0) {
        return refuse(path, "it is a GeoPackage; make one with 'facmap init' and load this into it",
                      error);
    }
    return TRUE;
}

gboolean fm_probe_file(const char *path, GError **error)
{
    guint8 header[HEADER_SIZE];

    if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
        g_set_error(error, FM_ERROR, FM_ERROR_NOT_FOUND,
                    "workspace '%s' does not exist; make it with 'facmap init'", path);
        return FALSE;
    }
    if (!g_file_test(path, G_FILE_TEST_IS_REGULAR)) {
        return refuse(path, "it is no regular file", error);
    }
    FILE *file = g_fopen(path, "rb");
    if (file == NULL) {
        g_set_error(error, FM_ERROR, FM_ERROR_IO, "'%s' cannot be opened: %s", path,
                    g_strerror(errno));
        return FALSE;
    }
    gsize size = fread(header, 1, sizeof header, file);
    gboolean failed = ferror(file) != 0;
    fclose(file);
    if (failed) {
        g_set_error(error, FM_ERROR, FM_ERROR_IO, "'%s' cannot be read", path);
        return FALSE;
    }
    return check_header(path, header, size, error);
}
