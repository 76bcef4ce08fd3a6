/* What is said of a verdict, and what is refused. */
#include "encoding.h"

#include "fixture.h"
#include "fm-unit.h"

#include <string.h>

static gboolean detect(const char *bytes, gsize n, gsize piece, FmEncoding *out, GError **error)
{
    g_autoptr(FmEncodingDetector) detector = fm_encoding_detector_new();

    for (gsize at = 0; at < n; at += piece) {
        fm_encoding_detector_feed(detector, bytes + at, MIN(piece, n - at));
    }
    return fm_encoding_detector_finish(detector, "t", "line", out, error);
}

static void notes(void)
{
    static const struct {
        const char *bytes, *note;
    } cases[] = {
        {"id\n", NULL},
        {"学校", NULL},
        {"\xD1\xA7\xD0\xA3", "read as GB18030: found out from 2 characters (UTF-8 is 10^2 times"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(FmEncoding) found = {0};
        g_assert_true(detect(cases[i].bytes, strlen(cases[i].bytes), 99, &found, NULL));
        if (cases[i].note == NULL) {
            g_assert_null(found.note);
        } else {
            assert_contains(found.note, cases[i].note);
        }
    }
}

static void refusals(void)
{
    static const struct {
        const char *bytes, *words;
    } cases[] = {
        {"id\n1,\xD0\xA1\xD0\xA3\n", "t: line 2: not sure to be UTF-8 or any other encoding: it "
                                     "reads 'СУ' as UTF-8, '小校' as GB18030"},
        {"id\n\x01\x02\x03\xD1\xA7\x04\x05\n", "line 2: not sure"},
        {"\xFF\xFF\xFF\xFF", "pass --encoding"},
        {"名称,学校\n医院,小学\n\xB1\xB1\xBE\xA9\n", "t: line 3: not UTF-8, as the rest is"},
        {"\xC3\xFB\xB3\xC6,\xD1\xA7\xD0\xA3\n\xD2\xBD\xD4\xBA,\xD1\xA7\xD0\xA3\n"
         "海淀区学校,医院\n",
         "t: line 3 is UTF-8, but line 1 is GB18030"},
        {"\xC3\xFB\xB3\xC6,\xD1\xA7\xD0\xA3\n\xD2\xBD\xD4\xBA,"
         "\xD1\n\xD1\xA7\xD0\xA3\xD1\xA7\xD0\xA3"
         "\xD1\xA7\xD0\xA3\xD1\xA7\xD0\xA3\xD1\xA7\xD0\xA3\xD1\xA7\xD0\xA3\xD1\xA7\xD0\xA3\xD1\xA7"
         "\n",
         "t: line 2: bytes that are not GB18030, as the rest is"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(FmEncoding) found = {0};
        g_autoptr(GError) error = NULL;
        g_assert_false(detect(cases[i].bytes, strlen(cases[i].bytes), 99, &found, &error));
        assert_error(error, FM_ERROR_DATA, cases[i].words);
    }
}

void test_encoding_verdict(void)
{
    g_test_add_func("/load/encoding-verdict/notes", notes);
    g_test_add_func("/load/encoding-verdict/refusals", refusals);
}
