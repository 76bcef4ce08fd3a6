/* Any bytes as a text table: every value lies inside its record, and reading ends. */
#include "load-internal.h"
#include "text-heading.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_auto(FmCsv) csv;
    g_autoptr(GError) error = NULL;
    gsize n_values = 0;

    g_auto(FmTextHeading) heading = {.n_records = 0};
    fm_csv_init(&csv, (const char *)data, size);
    for (int partial = 0; partial <= 1; partial++) {
        fm_text_heading_clear(&heading);
        fm_text_heading_find((const char *)data, size, partial != 0, csv.separator, &heading);
        g_assert_true((heading.n_records > 0) == (heading.names != NULL));
    }
    while (fm_csv_next(&csv, &error)) {
        for (gsize i = 0; i < fm_csv_n_values(&csv); i++, n_values++) {
            const char *value = fm_csv_value(&csv, i);
            g_assert_true(value + strlen(value) < csv.bytes->str + csv.bytes->len);
        }
    }
    /* A value needs a separator or a line break after it, but for the last. */
    g_assert_cmpuint(n_values, <=, size + 1);
    g_assert_true(csv.at == csv.end || error != NULL);
    return 0;
}
