#include "fixture.h"
#include "fm-unit.h"
#include "input.h"

/* FIPS 180-2, appendix B.1: "abc". */
static void files(void)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture);
    const char *one = fixture_write(&fixture, "1", "ab"), *two = fixture_write(&fixture, "2", "c");
    const char *const paths[] = {one, two, one, fixture.folder, NULL};
    const char *const absent[] = {fixture_path(&fixture, "3"), NULL};
    g_autofree char *sum = fm_files_sha256(paths, NULL);
    g_autoptr(GError) error = NULL;

    g_assert_cmpstr(sum, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    g_assert_null(fm_files_sha256(absent, &error));
    assert_error(error, FM_ERROR_IO, "3: cannot be opened");
}

/* By shares: never behind what was asked for, and the same sum. */
static void pieces(void)
{
    enum { SIZE = 3 << 20 };
    g_auto(Fixture) fixture;
    g_autoptr(GError) error = NULL;
    g_autofree char *text = g_malloc(SIZE + 1);
    fixture_init(&fixture);

    for (gsize i = 0; i < SIZE; i++) {
        text[i] = (char)('a' + i % 23);
    }
    text[SIZE] = '\0';
    const char *const paths[] = {fixture_write(&fixture, "1", text),
                                 fixture_write(&fixture, "2", "end"), NULL};
    g_autoptr(FmFileHash) hash = fm_file_hash_new(paths);
    for (double ratio = 0; ratio <= 1; ratio += 0.25) {
        g_assert_true(fm_file_hash_until(hash, ratio, &error));
        g_assert_no_error(error);
    }
    g_autofree char *sum = fm_file_hash_finish(hash);
    g_autofree char *whole = g_strconcat(text, "end", NULL);
    g_autofree char *expect = g_compute_checksum_for_string(G_CHECKSUM_SHA256, whole, -1);
    g_assert_cmpstr(sum, ==, expect);

    g_autoptr(FmFileHash) nothing = fm_file_hash_new(NULL);
    g_assert_true(fm_file_hash_until(nothing, 1, &error));
    g_assert_null(fm_file_hash_finish(nothing));
}

void test_file_hash(void)
{
    g_test_add_func("/load/file-hash/files", files);
    g_test_add_func("/load/file-hash/pieces", pieces);
}
