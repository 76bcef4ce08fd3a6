/* SHA-256 of a source's files, one after the other, as they lie on the disk: a compressed file is
 * not unpacked, so that sha256sum gives the same.  Piece by piece, so that it can go along with the
 * reading of the same files. */
#include "gdal-log.h"
#include "input.h"

#include <cpl_vsi.h>
#include <glib/gstdio.h>

#define CHUNK_BYTES (1u << 20)

struct FmFileHash {
    GPtrArray *files; /* char* */
    guint at;         /* of them, the one that is being read */
    VSILFILE *file;
    guint64 size, done; /* of all */
    guchar *chunk;
    FmSha256 *sha256;
};

static void add_file(FmFileHash *hash, const char *path)
{
    g_autofree char *disk = fm_path_on_disk(path);
    const char *file = disk != NULL ? disk : path;
    GStatBuf status;

    if (g_file_test(file, G_FILE_TEST_IS_DIR) ||
        g_ptr_array_find_with_equal_func(hash->files, file, g_str_equal, NULL)) {
        return;
    }
    hash->size += g_stat(file, &status) == 0 ? (guint64)status.st_size : 0;
    g_ptr_array_add(hash->files, g_strdup(file));
}

FmFileHash *fm_file_hash_new(const char *const *paths)
{
    FmFileHash *hash = g_new0(FmFileHash, 1);

    hash->files = g_ptr_array_new_with_free_func(g_free);
    hash->chunk = g_malloc(CHUNK_BYTES);
    hash->sha256 = fm_sha256_new();
    for (; paths != NULL && *paths != NULL; paths++) {
        add_file(hash, *paths);
    }
    return hash;
}

void fm_file_hash_free(FmFileHash *hash)
{
    if (hash != NULL) {
        if (hash->file != NULL) {
            (void)VSIFCloseL(hash->file);
        }
        fm_sha256_free(hash->sha256);
        g_free(hash->chunk);
        g_ptr_array_unref(hash->files);
        g_free(hash);
    }
}

/* The next piece of the current file; at its end the next one is the current. */
static gboolean hash_piece(FmFileHash *hash, GError **error)
{
    const char *path = g_ptr_array_index(hash->files, hash->at);
    g_autofree char *name = fm_path_name(path);
    g_auto(FmGdalLog) log;

    fm_gdal_log_begin(&log);
    if (hash->file == NULL) {
        hash->file = VSIFOpenL(path, "rb");
    }
    if (hash->file == NULL) {
        return fm_gdal_log_fail(&log, FM_ERROR_IO, name, "cannot be opened for reading", error);
    }
    gsize n = VSIFReadL(hash->chunk, 1, CHUNK_BYTES, hash->file);
    if (n == 0 && log.failure != NULL) {
        return fm_gdal_log_fail(&log, FM_ERROR_IO, name, "cannot be read to its end", error);
    }
    fm_sha256_update(hash->sha256, hash->chunk, n);
    hash->done += n;
    if (n == 0) {
        (void)VSIFCloseL(hash->file);
        hash->file = NULL;
        hash->at++;
    }
    return TRUE;
}

gboolean fm_file_hash_until(FmFileHash *hash, double ratio, GError **error)
{
    while (hash->at < hash->files->len &&
           (ratio >= 1 || (double)hash->done < ratio * (double)hash->size)) {
        if (!hash_piece(hash, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

char *fm_file_hash_finish(FmFileHash *hash)
{
    return hash->files->len > 0 ? fm_sha256_finish(hash->sha256) : NULL;
}

char *fm_files_sha256(const char *const *paths, GError **error)
{
    g_autoptr(FmFileHash) hash = fm_file_hash_new(paths);

    return fm_file_hash_until(hash, 1, error) ? fm_file_hash_finish(hash) : NULL;
}
