#include "fm-unit.h"

#include <facmap/core.h>
#include <string.h>

static char *sum_of(const char *text, gsize piece)
{
    g_autoptr(FmSha256) sha256 = fm_sha256_new();
    gsize n = strlen(text);

    for (gsize at = 0; at < n; at += piece) {
        fm_sha256_update(sha256, text + at, MIN(piece, n - at));
    }
    return fm_sha256_finish(sha256);
}

/* FIPS 180-2, appendix B, and the sum of nothing. */
static void published(void)
{
    static const struct {
        const char *text, *sum;
    } cases[] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *sum = sum_of(cases[i].text, 1000);
        g_assert_cmpstr(sum, ==, cases[i].sum);
    }
}

/* The same as another implementation's, whatever the pieces. */
static void pieces(void)
{
    char text[300];

    for (gsize i = 0; i < sizeof text; i++) {
        text[i] = (char)('!' + i % 90);
    }
    text[sizeof text - 1] = '\0';
    g_autofree char *expect = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
    for (gsize piece = 1; piece <= sizeof text; piece++) {
        g_autofree char *sum = sum_of(text, piece);
        g_assert_cmpstr(sum, ==, expect);
    }
}

void test_sha256(void)
{
    g_test_add_func("/core/sha256/published", published);
    g_test_add_func("/core/sha256/pieces", pieces);
}
