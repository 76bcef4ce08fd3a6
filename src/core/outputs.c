/* Files that appear together or not at all, also when the machine loses power: their bytes are on
 * the disk before the first of them gets its name (Pillai et al. 2014, "All file systems are not
 * created equal": what rename() promises of content is up to the file system). */
#include <facmap/core.h>

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    char *path, *temporary; /* NULL when it has its name */
} Output;

struct FmOutputs {
    GPtrArray *files; /* Output */
};

static void output_free(gpointer data)
{
    Output *output = data;

    if (output->temporary != NULL) {
        g_unlink(output->temporary);
    }
    g_free(output->temporary);
    g_free(output->path);
    g_free(output);
}

FmOutputs *fm_outputs_new(void)
{
    FmOutputs *outputs = g_new(FmOutputs, 1);

    outputs->files = g_ptr_array_new_with_free_func(output_free);
    return outputs;
}

void fm_outputs_free(FmOutputs *outputs)
{
    if (outputs != NULL) {
        g_ptr_array_unref(outputs->files);
        g_free(outputs);
    }
}

static gboolean fail(const char *path, int code, GError **error)
{
    g_set_error(error, FM_ERROR, FM_ERROR_IO, "cannot write %s: %s", path, g_strerror(code));
    return FALSE;
}

/* Better known before the work than after it. */
static gboolean check_place(const char *path, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);

    if (!g_file_test(folder, G_FILE_TEST_IS_DIR)) {
        g_set_error(error, FM_ERROR, FM_ERROR_NOT_FOUND,
                    "cannot write %s: there is no folder %s; make it first", path, folder);
        return FALSE;
    }
    return !g_file_test(path, G_FILE_TEST_IS_DIR) || fail(path, EISDIR, error);
}

/* "…/map.XXXXXX.png": with the same ending, at which some writers look. */
static char *name_beside(const char *path)
{
    const char *slash = strrchr(path, G_DIR_SEPARATOR), *base = slash != NULL ? slash + 1 : path;
    const char *dot = strrchr(base, '.');
    gsize stem = dot != NULL && dot > base ? (gsize)(dot - path) : strlen(path);

    return g_strdup_printf("%.*s.XXXXXX%s", (int)stem, path, path + stem);
}

const char *fm_outputs_add(FmOutputs *outputs, const char *path, GError **error)
{
    if (!check_place(path, error)) {
        return NULL;
    }
    g_autofree char *temporary = name_beside(path);
    int fd = g_mkstemp_full(temporary, O_RDWR | O_CLOEXEC, 0666);
    if (fd < 0 || !g_close(fd, NULL)) {
        fail(path, errno, error);
        return NULL;
    }
    fm_outputs_take(outputs, temporary, path);
    return ((Output *)g_ptr_array_index(outputs->files, outputs->files->len - 1))->temporary;
}

void fm_outputs_take(FmOutputs *outputs, const char *file, const char *path)
{
    Output *output = g_new(Output, 1);

    *output = (Output){.path = g_strdup(path), .temporary = g_strdup(file)};
    g_ptr_array_add(outputs->files, output);
}

/* Not g_file_set_contents(), whose message names the file that it wrote. */
gboolean fm_outputs_write(const char *file, const char *path, gconstpointer bytes, gsize n,
                          GError **error)
{
    FILE *out = g_fopen(file, "wbe");
    const gboolean written =
        out != NULL && (n == 0 || fwrite(bytes, 1, n, out) == n) && fflush(out) == 0;
    const int cause = errno;

    if (out != NULL && fclose(out) == 0 && written) {
        return TRUE;
    }
    return fail(path, written ? errno : cause, error);
}

gboolean fm_outputs_add_bytes(FmOutputs *outputs, const char *path, gconstpointer bytes, gsize n,
                              GError **error)
{
    const char *file = fm_outputs_add(outputs, path, error);

    return file != NULL && fm_outputs_write(file, path, bytes, n, error);
}

/* @return 0 or errno.  What cannot be synced (EINVAL) is no disk. */
static int sync_file(const char *file)
{
    int fd = g_open(file, O_RDONLY | O_CLOEXEC, 0);

    if (fd < 0) {
        return errno;
    }
    int code = fsync(fd) == 0 || errno == EINVAL ? 0 : errno;
    close(fd);
    return code;
}

/* The names: a folder that cannot be synced loses no more than the file's new name. */
static void sync_folder(const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);

    (void)sync_file(folder);
}

gboolean fm_outputs_commit(FmOutputs *outputs, GError **error)
{
    for (guint i = 0; i < outputs->files->len; i++) {
        const Output *output = g_ptr_array_index(outputs->files, i);
        int code = output->temporary != NULL ? sync_file(output->temporary) : 0;
        if (code != 0) {
            return fail(output->path, code, error);
        }
    }
    for (guint i = 0; i < outputs->files->len; i++) {
        Output *output = g_ptr_array_index(outputs->files, i);
        if (output->temporary != NULL) {
            if (g_rename(output->temporary, output->path) != 0) {
                return fail(output->path, errno, error);
            }
            g_clear_pointer(&output->temporary, g_free);
            sync_folder(output->path);
        }
    }
    return TRUE;
}
