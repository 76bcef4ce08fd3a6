/* Runs a fuzz target over files without libFuzzer, so that every build replays every corpus.
 *
 * Each file is given whole, and cut at up to CUTS places: a reader that trusts a length or a
 * closing bracket is found without a fuzzer.  Each input is a heap block of exactly its size, so
 * that AddressSanitizer sees the first byte too many. */

#include <glib.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { CUTS = 256 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void run(const char *contents, gsize size)
{
    g_autofree uint8_t *exact = g_malloc(MAX(size, 1));
    memcpy(exact, contents, size);
    LLVMFuzzerTestOneInput(exact, size);
}

static guint replay_file(const char *path, GError **error)
{
    g_autofree char *contents = NULL;
    gsize size = 0;
    if (!g_file_get_contents(path, &contents, &size, error))
        return 0;
    run(contents, size);
    guint runs = 1;
    gsize step = MAX(size / CUTS, 1);
    for (gsize cut = 0; cut < size; cut += step, runs++)
        run(contents, cut);
    return runs;
}

static gint compare_paths(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *files_in(const char *path, GError **error)
{
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);
    if (!g_file_test(path, G_FILE_TEST_IS_DIR)) {
        g_ptr_array_add(files, g_strdup(path));
        return g_steal_pointer(&files);
    }
    g_autoptr(GDir) dir = g_dir_open(path, 0, error);
    if (dir == NULL)
        return NULL;
    for (const char *name; (name = g_dir_read_name(dir)) != NULL;)
        g_ptr_array_add(files, g_build_filename(path, name, NULL));
    g_ptr_array_sort(files, compare_paths);
    return g_steal_pointer(&files);
}

int main(int argc, char **argv)
{
    guint n_files = 0;
    guint n_runs = 0;
    for (int i = 1; i < argc; i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GPtrArray) files = files_in(argv[i], &error);
        for (guint f = 0; files != NULL && error == NULL && f < files->len; f++, n_files++)
            n_runs += replay_file(g_ptr_array_index(files, f), &error);
        if (error != NULL) {
            fprintf(stderr, "%s\n", error->message);
            return 1;
        }
    }
    printf("%u files, %u inputs\n", n_files, n_runs);
    return n_files > 0 ? 0 : 1;
}
