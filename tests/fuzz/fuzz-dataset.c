/* Any bytes as a dataset manifest: a dataset, or an error that names the file. */
#include "load-internal.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(FmDataset) dataset =
        fm_dataset_parse((const char *)data, size, "folder/dataset.json", &error);

    g_assert_true((dataset == NULL) == (error != NULL));
    g_assert_true(error == NULL || g_str_has_prefix(error->message, "dataset.json: "));
    g_assert_true(dataset == NULL || dataset->sources->len > 0);
    return 0;
}
