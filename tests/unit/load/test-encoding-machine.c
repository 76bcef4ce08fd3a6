#include "encoding-model.h"

#include "fm-unit.h"

#include <string.h>

/* What one candidate makes of a text. */
static FmTextMachine read(FmTextKind kind, const char *bytes)
{
    g_autoptr(FmTextModel) model = fm_text_model_new();
    FmTextMachine machine = {0};

    fm_text_machine_feed(&machine, model, kind, bytes, strlen(bytes));
    fm_text_machine_end(&machine);
    return machine;
}

/* Characters are counted as iconv counts them, invalid sequences where it stops. */
static void coding_schemes(void)
{
    static const struct {
        FmTextKind kind;
        const char *bytes;
        gsize n_chars, n_invalid;
    } cases[] = {
        {FM_TEXT_UTF8, "a学校", 2, 0},
        {FM_TEXT_UTF8, "\xF0\x9F\x8F\xAB", 1, 0},
        {FM_TEXT_UTF8, "\xC0\x80", 0, 2},
        {FM_TEXT_UTF8, "\xED\xA0\x80", 0, 1}, /* a surrogate */
        {FM_TEXT_UTF8, "\xE5\xAD", 0, 1},
        {FM_TEXT_UTF8,
         "\xE5\xAD"
         "a",
         0, 1},
        {FM_TEXT_GB18030, "\xD1\xA7\xD0\xA3", 2, 0},
        {FM_TEXT_GB18030, "\x81\x30\x81\x30", 1, 0},
        {FM_TEXT_GB18030,
         "\x81\x30\x81"
         "a",
         0, 1},
        {FM_TEXT_GB18030,
         "\x81\x30"
         "a",
         0, 1},
        {FM_TEXT_GB18030, "\xD1,", 0, 1},
        {FM_TEXT_GB18030, "\xFF", 0, 1},
        {FM_TEXT_BIG5, "\xBE\xC7\xAE\xD5", 2, 0},
        {FM_TEXT_BIG5, "\xA4\x40", 1, 0},
        {FM_TEXT_BIG5, "\xA4\x80", 0, 1},
        {FM_TEXT_BIG5, "\xA4", 0, 1},
        {FM_TEXT_WESTERN, "caf\xE9", 1, 0},
        {FM_TEXT_WESTERN, "\x81\x8D", 0, 2},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        FmTextMachine machine = read(cases[i].kind, cases[i].bytes);
        g_test_message("case %d", (int)i);
        g_assert_cmpuint(machine.n_chars, ==, cases[i].n_chars);
        g_assert_cmpuint(machine.n_invalid, ==, cases[i].n_invalid);
    }
}

/* The same bytes in pieces of any size make the same machine. */
static void pieces(void)
{
    static const char bytes[] = "a\xD1\xA7\x81\x30\x81\x30\xE5\xAD\xA6\xA4\x40"
                                "caf\xE9";
    g_autoptr(FmTextModel) model = fm_text_model_new();

    for (guint kind = 0; kind < FM_N_TEXTS; kind++) {
        FmTextMachine whole = read(kind, bytes);
        for (gsize size = 1; size < sizeof bytes; size++) {
            FmTextMachine machine = {0};
            for (gsize at = 0; at < sizeof bytes - 1; at += size) {
                fm_text_machine_feed(&machine, model, kind, bytes + at,
                                     MIN(size, sizeof bytes - 1 - at));
            }
            fm_text_machine_end(&machine);
            g_assert_cmpuint(machine.n_chars, ==, whole.n_chars);
            g_assert_cmpuint(machine.n_invalid, ==, whole.n_invalid);
            g_assert_cmpfloat(machine.score, ==, whole.score);
        }
    }
}

/* What decides: daily characters before rare ones, words before rows of accents. */
static void scores(void)
{
    const char *school = "\xD1\xA7\xD0\xA3";

    g_assert_cmpfloat(read(FM_TEXT_GB18030, school).score, >, read(FM_TEXT_BIG5, school).score);
    g_assert_cmpfloat(read(FM_TEXT_GB18030, school).score, >, read(FM_TEXT_UTF8, school).score);
    g_assert_cmpfloat(read(FM_TEXT_GB18030, school).score, >, read(FM_TEXT_WESTERN, school).score);
    g_assert_cmpfloat(read(FM_TEXT_BIG5, "\xBE\xC7\xAE\xD5").score, >,
                      read(FM_TEXT_GB18030, "\xBE\xC7\xAE\xD5").score);
    g_assert_cmpfloat(read(FM_TEXT_WESTERN, "caf\xE9").score, >,
                      read(FM_TEXT_WESTERN, "c\xE0\xF4\xE9").score);
    g_assert_cmpuint(read(FM_TEXT_WESTERN, "\xD8\xEA\xEE\xEB\xE0").n_usual, ==, 1);
}

void test_encoding_machine(void)
{
    g_test_add_func("/load/encoding-machine/coding-schemes", coding_schemes);
    g_test_add_func("/load/encoding-machine/pieces", pieces);
    g_test_add_func("/load/encoding-machine/scores", scores);
}
