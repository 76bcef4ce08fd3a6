/* The shipped profiles, and files. */
#include "fm-unit.h"
#include "road-fixture.h"

#include <glib/gstdio.h>

static void test_shipped(void)
{
    static const char *const names[] = {"walk", "bike", "drive"};
    static const char *const titles[] = {"步行", "骑行", "驾车"};

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autoptr(FmProfile) profile = road_profile(names[i]);
        g_autoptr(FmProfile) again = road_profile(names[i]);
        g_assert_cmpstr(fm_profile_name(profile), ==, names[i]);
        g_assert_cmpstr(fm_profile_title_zh(profile), ==, titles[i]);
        g_assert_cmpstr(fm_profile_sha256(profile), ==, fm_profile_sha256(again));
        g_assert_cmpuint(strlen(fm_profile_sha256(profile)), ==, 64);
        g_assert_cmpfloat(fm_profile_access_speed(profile), ==, 1.25);
    }
}

/* A file is as good as a shipped one; layout is no content, a number is. */
static void test_file(void)
{
    static const char *const texts[] = {
        "{\"facmap_profile\":1,\"name\":\"x\",\"speed\":{\"default_kmh\":5}}",
        "{ \"facmap_profile\": 1,\n \"name\": \"x\", \"speed\": {\"default_kmh\": 5} }",
        "{\"facmap_profile\":1,\"name\":\"x\",\"speed\":{\"default_kmh\":6}}",
    };
    g_auto(RoadFixture) fixture = {NULL};
    road_fixture_open(&fixture);
    g_autofree char *path = g_build_filename(fixture.folder, "x.json", NULL);
    g_autoptr(GError) error = NULL;
    FmProfile *profiles[3];

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_assert_true(g_file_set_contents(path, texts[i], -1, &error));
        profiles[i] = fm_profile_read(path, &error);
        g_assert_no_error(error);
    }
    g_unlink(path);
    g_assert_cmpstr(fm_profile_title_en(profiles[0]), ==, "x"); /* for want of a title */
    g_assert_cmpstr(fm_profile_sha256(profiles[0]), ==, fm_profile_sha256(profiles[1]));
    g_assert_cmpstr(fm_profile_sha256(profiles[0]), !=, fm_profile_sha256(profiles[2]));
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        fm_profile_free(profiles[i]);
    }
}

static void test_absent(void)
{
    g_autoptr(GError) error = NULL;

    g_assert_null(fm_profile_read("fly", &error));
    road_assert_error(&error, FM_ERROR_NOT_FOUND, "(walk, bike, drive)");
    g_assert_null(fm_profile_read("/", &error));
    road_assert_error(&error, FM_ERROR_IO, "travel profile: ");
}

void test_profile(void)
{
    g_test_add_func("/network/profile/shipped", test_shipped);
    g_test_add_func("/network/profile/file", test_file);
    g_test_add_func("/network/profile/absent", test_absent);
}
