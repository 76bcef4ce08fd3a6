/* Any bytes as the path of a source, and as the beginning of what standard input brings. */
#include "load-internal.h"
#include "open-input.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_layer_name(const char *path)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *layer = fm_path_layer_name(path, &error);

    g_assert_true((layer == NULL) == (error != NULL));
    /* "idx_schools.csv" is a good name for a file, but one that the workspace keeps to itself. */
    if (layer != NULL) {
        g_assert_cmpuint(strlen(layer), <=, 60);
        g_assert_cmpuint(strspn(layer, "abcdefghijklmnopqrstuvwxyz0123456789_"), ==, strlen(layer));
        g_assert_true(g_ascii_islower(layer[0]));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *path = g_strndup((const char *)data, size);
    g_autofree char *bytes = g_memdup2(data, size);
    g_autofree char *mask = fm_path_mask(path);
    g_autofree char *again = fm_path_mask(mask);
    g_autofree char *name = fm_path_name(path);
    g_autofree char *gdal = fm_path_for_gdal(path);
    g_autofree char *inner = fm_path_inner_layer(path);
    g_autofree char *disk = fm_path_on_disk(path);

    g_assert_true(g_utf8_validate(mask, -1, NULL));
    g_assert_cmpstr(mask, ==, again);
    g_assert_nonnull(name);
    g_assert_nonnull(gdal);
    g_assert_true(inner == NULL || strstr(path, inner) != NULL);
    (void)fm_path_is_text_table(path);
    check_layer_name(path);
    if (bytes != NULL) {
        const char *suffix = fm_input_suffix(bytes, size);
        g_assert_true(suffix != NULL && suffix[0] == '.');
    }
    return 0;
}
