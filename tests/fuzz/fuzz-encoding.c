/* Any bytes as a text of unknown encoding: a verdict or an error, the same whatever the pieces. */
#include "encoding.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *verdict(const uint8_t *data, size_t size, size_t piece)
{
    g_autoptr(FmEncodingDetector) detector = fm_encoding_detector_new();
    g_auto(FmEncoding) found = {0};
    g_autoptr(GError) error = NULL;

    for (size_t at = 0; at < size; at += piece) {
        fm_encoding_detector_feed(detector, (const char *)data + at, MIN(piece, size - at));
    }
    if (fm_encoding_detector_finish(detector, "f", "line", &found, &error)) {
        g_assert_nonnull(found.encoding);
        return found.encoding;
    }
    g_assert_true(g_utf8_validate(error->message, -1, NULL));
    g_assert_null(strchr(error->message, '\n'));
    return "none";
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_assert_cmpstr(verdict(data, size, size + 1), ==, verdict(data, size, 5));
    return 0;
}
