#include "fixture.h"
#include "fm-unit.h"

#include <string.h>

static char *read_all(const char *path, const char *encoding, GError **error)
{
    g_autoptr(FmTextStream) stream = fm_text_stream_open(path, encoding, error);
    g_autoptr(GString) text = g_string_new(NULL);
    gsize before;

    if (stream == NULL) {
        return NULL;
    }
    do {
        before = text->len;
        if (!fm_text_stream_read(stream, text, error)) {
            return NULL;
        }
        g_assert_cmpfloat(fm_text_stream_ratio(stream), <=, 1);
    } while (text->len > before);
    return g_strdup(text->str);
}

/* More than a piece, so that characters lie across its border, whatever it is. */
static char *long_text(gsize n_before)
{
    GString *text = g_string_new(NULL);

    for (gsize i = 0; i < n_before; i++) {
        g_string_append_c(text, 'x');
    }
    for (gsize i = 0; i < 100000; i++) {
        g_string_append(text, i % 50 == 0 ? "北京\n" : "北京");
    }
    return g_string_free(text, FALSE);
}

static void encodings(void)
{
    static const char *const names[] = {"UTF-8", "GB18030", "UTF-16LE", "UTF-16BE", "BIG5"};
    g_auto(Fixture) fixture;
    fixture_init(&fixture);

    for (gsize shift = 0; shift < 4; shift++) {
        g_autofree char *text = long_text(shift);
        for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
            g_autoptr(GError) error = NULL;
            gsize n = 0;
            g_autofree char *bytes = g_convert(text, -1, names[i], "UTF-8", NULL, &n, &error);
            g_assert_no_error(error);
            const char *path = fixture_write_bytes(&fixture, "t.csv", bytes, n);
            g_autofree char *found = read_all(path, names[i], &error);
            g_assert_no_error(error);
            g_assert_cmpstr(found, ==, text);
        }
    }
}

/* What the file says of itself comes before what is said of it. */
static void marks(void)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture);
    const char *utf8 = fixture_write(&fixture, "a.csv",
                                     "\xEF\xBB\xBF"
                                     "id");
    const char *utf16 = fixture_write_bytes(&fixture, "b.csv", "\xFF\xFEi\0d\0", 6);
    g_autofree char *a = read_all(utf8, "GB18030", NULL), *b = read_all(utf16, "UTF-8", NULL);

    g_assert_cmpstr(a, ==, "id");
    g_assert_cmpstr(b, ==, "id");
}

static void bad_bytes(void)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture);
    g_autoptr(GError) error = NULL;
    const char *path = fixture_write(&fixture, "t.csv", "id\n1\n\xFF\xFF\xFF\n");
    const char *cut = fixture_write(&fixture, "u.csv", "id\n\xB1");

    g_assert_null(read_all(path, "GB18030", &error));
    assert_error(error, FM_ERROR_DATA, "t.csv: line 3: bytes that are not GB18030");
    g_clear_error(&error);
    g_assert_null(read_all(cut, "GB18030", &error));
    assert_error(error, FM_ERROR_DATA, "u.csv: line 2: bytes that are not GB18030");
    g_clear_error(&error);
    g_assert_null(read_all(path, "no-such", &error));
    assert_error(error, FM_ERROR_USAGE, "unknown encoding 'no-such'");
    g_clear_error(&error);
    g_assert_null(read_all("/nowhere/t.csv", "UTF-8", &error));
    assert_error(error, FM_ERROR_IO, "t.csv: cannot be opened");
}

void test_text_stream(void)
{
    g_test_add_func("/load/text-stream/encodings", encodings);
    g_test_add_func("/load/text-stream/marks", marks);
    g_test_add_func("/load/text-stream/bad-bytes", bad_bytes);
}
