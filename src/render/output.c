/* Files that appear together or not at all. */
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>

typedef struct {
    char *path, *temporary;
} Output;

struct FmOutputs {
    GPtrArray *files; /* Output */
};

static void output_free(gpointer data)
{
    Output *output = data;
    if (output->temporary)
        g_unlink(output->temporary);
    g_free(output->temporary);
    g_free(output->path);
    g_free(output);
}

FmOutputs *fm__outputs_new(void)
{
    FmOutputs *outputs = g_new(FmOutputs, 1);
    outputs->files = g_ptr_array_new_with_free_func(output_free);
    return outputs;
}

void fm__outputs_free(FmOutputs *outputs)
{
    if (!outputs)
        return;
    g_ptr_array_unref(outputs->files);
    g_free(outputs);
}

const char *fm__outputs_add(FmOutputs *outputs, const char *path, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);
    if (!g_file_test(folder, G_FILE_TEST_IS_DIR)) {
        g_set_error(error, FM_ERROR, FM_ERROR_NOT_FOUND, "cannot write %s: there is no folder %s",
                    path, folder);
        return NULL;
    }
    g_autofree char *temporary = g_strconcat(path, ".XXXXXX", NULL);
    int fd = g_mkstemp_full(temporary, O_RDWR | O_CLOEXEC, 0666);
    if (fd < 0 || !g_close(fd, NULL)) {
        g_set_error(error, FM_ERROR, FM_ERROR_IO, "cannot write %s: %s", path, g_strerror(errno));
        return NULL;
    }
    Output *output = g_new(Output, 1);
    *output = (Output){g_strdup(path), g_steal_pointer(&temporary)};
    g_ptr_array_add(outputs->files, output);
    return output->temporary;
}

/* Not g_file_set_contents(), whose message names the file that it wrote. */
gboolean fm__output_write(const char *file, const char *path, const char *text, GError **error)
{
    FILE *out = g_fopen(file, "wbe");
    const gsize length = strlen(text);
    const gboolean written = out && fwrite(text, 1, length, out) == length && fflush(out) == 0;
    const int cause = errno;
    if (out && fclose(out) == 0 && written)
        return TRUE;
    g_set_error(error, FM_ERROR, FM_ERROR_IO, "cannot write %s: %s", path,
                g_strerror(written ? errno : cause));
    return FALSE;
}

gboolean fm__outputs_add_text(FmOutputs *outputs, const char *path, const char *text,
                              GError **error)
{
    const char *temporary = fm__outputs_add(outputs, path, error);
    return temporary && fm__output_write(temporary, path, text, error);
}

gboolean fm__outputs_commit(FmOutputs *outputs, GError **error)
{
    for (guint i = 0; i < outputs->files->len; i++) {
        Output *output = outputs->files->pdata[i];
        if (g_rename(output->temporary, output->path) != 0) {
            g_set_error(error, FM_ERROR, FM_ERROR_IO, "cannot write %s: %s", output->path,
                        g_strerror(errno));
            return FALSE;
        }
        g_clear_pointer(&output->temporary, g_free);
    }
    return TRUE;
}
