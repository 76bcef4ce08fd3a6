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

/* A text in another encoding, in pieces of several sizes: the verdict. */
static char *verdict_on(const char *text, const char *encoding)
{
    gsize n = 0;
    g_autoptr(GError) error = NULL;
    g_autofree char *bytes = g_convert(text, -1, encoding, "UTF-8", NULL, &n, &error);
    g_autofree char *first = NULL;
    static const gsize pieces[] = {1u << 20, 1, 7};

    g_assert_no_error(error);
    for (gsize i = 0; i < G_N_ELEMENTS(pieces); i++) {
        g_auto(FmEncoding) found = {0};
        g_autoptr(GError) failure = NULL;
        const char *verdict =
            detect(bytes, n, pieces[i], &found, &failure) ? found.encoding : "none";
        g_assert_true(first == NULL || strcmp(first, verdict) == 0);
        g_free(first);
        first = g_strdup(verdict);
    }
    return g_steal_pointer(&first);
}

static const char list_zh[] = "编号,名称,地址\n1,清河镇中心小学,海淀区清河中街7号\n2,友谊医院,"
                              "\"西城区永安路95号,\n近天桥\"\n";
static const char list_hant[] = "編號,名稱,地址\n1,建國高級中學,臺北市中正區南海路56號\n2,"
                                "馬偕紀念醫院,中山北路二段92號\n";
static const char list_western[] = "id,nome\n1,São Paulo\n2,Escola Básica de Évora\n";
static const char list_russian[] = "номер,имя\n1,Московская городская больница\n";
static const char list_korean[] = "번호,이름,주소\n1,서울대학교병원,서울특별시 종로구 대학로\n";

static void verdicts(void)
{
    static const struct {
        const char *text, *encoding, *verdict;
    } cases[] = {
        {"id\n1\n", "UTF-8", "UTF-8"},
        {list_zh, "UTF-8", "UTF-8"},
        {list_zh, "GB18030", "GB18030"},
        {list_zh, "UTF-16LE", "UTF-16LE"},
        {list_zh, "UTF-16BE", "UTF-16BE"},
        {"\xEF\xBB\xBF学", "UTF-16BE", "UTF-16BE"},
        {"\xEF\xBB\xBF学", "UTF-16LE", "UTF-16LE"},
        {"\xEF\xBB\xBF学", "UTF-8", "UTF-8"},
        {list_hant, "UTF-8", "UTF-8"},
        {list_hant, "BIG5", "BIG5"},
        {list_hant, "GB18030", "GB18030"},
        {"学校", "GB18030", "GB18030"}, /* also valid UTF-8 */
        {"医院", "GB18030", "GB18030"},
        {"學校", "BIG5", "BIG5"},
        {"a,𠮷㐀", "GB18030", "GB18030"},
        {"学校𠮷㐀", "GB18030", "GB18030"},
        {list_western, "UTF-8", "UTF-8"},
        {list_western, "WINDOWS-1252", "WINDOWS-1252"},
        {list_russian, "UTF-8", "UTF-8"},
        {list_russian, "WINDOWS-1251", "none"},
        {list_korean, "UTF-8", "UTF-8"},
        {list_korean, "EUC-KR", "none"},
        {"小校", "GB18030", "none"}, /* as likely two Cyrillic letters */
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s in %s", cases[i].text, cases[i].encoding);
        g_autofree char *verdict = verdict_on(cases[i].text, cases[i].encoding);
        g_assert_cmpstr(verdict, ==, cases[i].verdict);
    }
}

/* UTF-8 is still validated after it is taken for settled, whatever the pieces. */
static void long_texts(void)
{
    g_autoptr(GString) text = g_string_new("");
    for (guint i = 0; i < 3000; i++) {
        g_string_append(text, "海淀学校\n");
    }
    for (gsize piece = 4095; piece <= 4097; piece++) {
        g_auto(FmEncoding) found = {0};
        g_assert_true(detect(text->str, text->len, piece, &found, NULL));
        g_assert_cmpstr(found.encoding, ==, "UTF-8");
    }
    g_string_append_c(text, '\0');
    g_string_append(text, "a\n\xE5\xAD");
    for (gsize piece = 4095; piece <= 4097; piece++) {
        g_auto(FmEncoding) found = {0};
        g_autoptr(GError) error = NULL;
        g_string_append(text, "\n学校和医院\n");
        g_assert_false(detect(text->str, text->len, piece, &found, &error));
        assert_error(error, FM_ERROR_DATA, "t: line 3002: not UTF-8");
    }
}

/* A few NULs in UTF-8 are no UTF-16. */
static void nuls(void)
{
    g_auto(FmEncoding) found = {0};

    g_assert_true(detect("id,\0学校\0\n", 12, 99, &found, NULL));
    g_assert_cmpstr(found.encoding, ==, "UTF-8");
}

void test_encoding(void)
{
    g_test_add_func("/load/encoding/verdicts", verdicts);
    g_test_add_func("/load/encoding/long-texts", long_texts);
    g_test_add_func("/load/encoding/nuls", nuls);
}
