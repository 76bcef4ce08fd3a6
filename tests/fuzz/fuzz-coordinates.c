/* Any UTF-8 text as a coordinate, a position, a date, a heading: reading ends, and what is read is
 * a finite number, or a date that is read back as itself. */
#include "load-internal.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_words(const char *text)
{
    g_autoptr(FmSynonyms) synonyms = fm_synonyms_new();
    g_autoptr(GError) error = NULL;
    FmMatch match;

    g_assert_true(fm_synonyms_same(synonyms, text, text) || fm_synonyms_is_nothing(synonyms, text));
    (void)fm_synonyms_field(synonyms, text, &match);
    (void)fm_synonyms_status(synonyms, text);
    g_assert_true(fm_synonyms_parse(synonyms, text, strlen(text), "fuzz", &error) ==
                  (error == NULL));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *text = g_strndup((const char *)data, size);
    FmCoordinate one, pair[2];
    const char *reason = NULL;

    if (!g_utf8_validate(text, -1, NULL)) {
        return 0;
    }
    g_assert_true(fm_coordinate_parse(text, &one, &reason) ? isfinite(one.value) : reason != NULL);
    if (fm_coordinates_parse(text, pair, &reason)) {
        g_assert_true(isfinite(pair[0].value) && isfinite(pair[1].value));
        g_assert_true((pair[0].axis == FM_AXIS_UNKNOWN) == (pair[1].axis == FM_AXIS_UNKNOWN));
    }
    g_autofree char *date = fm_date_tidy(text);
    if (date != NULL) {
        g_autofree char *again = fm_date_tidy(date);
        g_assert_cmpstr(date, ==, again);
    }
    if (fm_text_is_geometry(text)) {
        g_autoptr(FmGeometry) geometry = fm_geometry_from_text(text, NULL);
    }
    read_words(text);
    return 0;
}
