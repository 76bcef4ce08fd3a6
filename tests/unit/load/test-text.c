#include "fixture.h"
#include "fm-unit.h"

#include <string.h>

static char *read(Fixture *fixture, const char *bytes, gsize n, const char *encoding,
                  GError **error)
{
    const char *path = fixture_write_bytes(fixture, "t.csv", bytes, n);
    gsize length = 0;
    char *text = fm_text_read(path, encoding, &length, error);

    if (text != NULL) {
        g_assert_true(text[length] == '\0');
    }
    return text;
}

static void encodings(void)
{
    static const struct {
        const char *bytes;
        gsize n;
        const char *encoding, *text;
    } cases[] = {
        {"学校", 6, NULL, "学校"},
        {"\xEF\xBB\xBF学校", 9, NULL, "学校"},
        {"\xEF\xBB\xBF学校", 9, "UTF-8", "学校"},
        {"\xD1\xA7\xD0\xA3", 4, "GB18030", "学校"},
        {"\xD1\xA7\xD0\xA3", 4, "GBK", "学校"},
        {"\xFF\xFE\x66\x5B\x21\x68", 6, NULL, "学校"},
        {"\xFE\xFF\x5B\x66\x68\x21", 6, NULL, "学校"},
        {"", 0, NULL, ""},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(Fixture) fixture;
        g_autoptr(GError) error = NULL;
        fixture_init(&fixture);
        g_autofree char *text =
            read(&fixture, cases[i].bytes, cases[i].n, cases[i].encoding, &error);
        g_assert_no_error(error);
        g_assert_cmpstr(text, ==, cases[i].text);
    }
}

static void wrong_encodings(void)
{
    static const struct {
        const char *bytes, *encoding;
        FmError code;
        const char *words;
    } cases[] = {
        {"id\n1\n\xB1\xB1\xBE\xA9\n", NULL, FM_ERROR_DATA, "t.csv: line 3: not UTF-8"},
        {"id\n1\n\xB1\xB1\xBE\xA9\n", NULL, FM_ERROR_DATA, "--encoding GB18030"},
        {"id\n\xff\xff\n", "GB18030", FM_ERROR_DATA, "line 2: bytes that are not GB18030"},
        {"id\n", "klingon", FM_ERROR_USAGE, "unknown encoding 'klingon'"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(Fixture) fixture;
        g_autoptr(GError) error = NULL;
        fixture_init(&fixture);
        g_assert_null(
            read(&fixture, cases[i].bytes, strlen(cases[i].bytes), cases[i].encoding, &error));
        assert_error(error, cases[i].code, cases[i].words);
    }
}

/* Declared UTF-8 is not refused as a whole: its bad rows are. */
static void declared_utf8_is_left_to_the_rows(void)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture);
    g_autofree char *text = read(&fixture, "a\xff", 2, "UTF-8", NULL);
    g_assert_cmpstr(text, ==, "a\xff");
    g_autofree char *with_nul = read(&fixture, "a\0b", 3, NULL, NULL);
    g_assert_true(memcmp(with_nul, "a\0b", 4) == 0);
}

/* Around the size in which files are read. */
static void chunk_borders(void)
{
    for (gsize n = (1u << 20) - 1; n <= (1u << 20) + 1; n++) {
        g_auto(Fixture) fixture;
        gsize length = 0;
        fixture_init(&fixture);
        g_autofree char *bytes = g_malloc(n);
        memset(bytes, 'a', n);
        bytes[n - 1] = 'z';
        const char *path = fixture_write_bytes(&fixture, "t.csv", bytes, n);
        g_autofree char *text = fm_text_read(path, NULL, &length, NULL);
        g_assert_cmpuint(length, ==, n);
        g_assert_true(memcmp(text, bytes, n) == 0);
    }
}

static void faults(void)
{
    g_assert_null(fm_text_fault("a\tb\nc\r学"));
    g_assert_nonnull(strstr(fm_text_fault("a\x01"), "control"));
    g_assert_nonnull(strstr(fm_text_fault("\x7f"), "control"));
    g_assert_nonnull(strstr(fm_text_fault("\xff"), "UTF-8"));
    g_assert_true(fm_text_is_blank(""));
    g_assert_true(fm_text_is_blank(" \t\n\u3000"));
    g_assert_false(fm_text_is_blank(" x"));
    g_assert_false(fm_text_is_blank("\xff"));
    g_autofree char *trimmed = fm_text_trim("\u3000 a b\t\u3000");
    g_assert_cmpstr(trimmed, ==, "a b");
    g_autofree char *nothing = fm_text_trim("  ");
    g_assert_cmpstr(nothing, ==, "");
}

void test_text(void)
{
    g_test_add_func("/load/text/encodings", encodings);
    g_test_add_func("/load/text/wrong-encodings", wrong_encodings);
    g_test_add_func("/load/text/declared-utf8", declared_utf8_is_left_to_the_rows);
    g_test_add_func("/load/text/chunk-borders", chunk_borders);
    g_test_add_func("/load/text/faults", faults);
}
