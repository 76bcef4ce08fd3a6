/* Which layers, which format, and that a file appears whole or not at all. */
#include "fixture.h"

#include <fm-unit.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

static const char *const school_only[] = {"school", NULL};

/* fm_export must fail and leave in the folder what was there. */
static void assert_refused(Fixture *fixture, const char *name, const FmExportOptions *options,
                           const FmProgress *progress, FmError code, const char *part)
{
    GError *error = NULL;
    g_autofree char *path = fixture_file(fixture, name);
    g_autofree char *before = fixture_list(fixture);
    g_assert_null(fm_export(fixture->workspace, path, options, progress, &error));
    fixture_assert_error(&error, code, part);
    g_autofree char *after = fixture_list(fixture);
    g_assert_cmpstr(after, ==, before);
}

static void test_formats(void)
{
    g_auto(Fixture) town = {0};
    fixture_open_town(&town);
    assert_refused(&town, "a.shp", NULL, NULL, FM_ERROR_USAGE, ".gpkg, .geojson or .csv");
    assert_refused(&town, "gpkg", NULL, NULL, FM_ERROR_USAGE, "gpkg");
    const char *const unknown[] = {"school", "skool", NULL};
    assert_refused(&town, "a.csv", &(FmExportOptions){.layers = unknown}, NULL, FM_ERROR_NOT_FOUND,
                   "school");
}

static void test_no_folder(void)
{
    g_auto(Fixture) town = {0};
    fixture_open_town(&town);
    assert_refused(&town, "no/a.gpkg", NULL, NULL, FM_ERROR_NOT_FOUND, "there is no folder");
    assert_refused(&town, "no/a.csv", NULL, NULL, FM_ERROR_NOT_FOUND, "there is no folder");
}

static void test_empty_workspace(void)
{
    g_auto(Fixture) empty = {0};
    fixture_open(&empty);
    assert_refused(&empty, "a.gpkg", NULL, NULL, FM_ERROR_NOT_FOUND, "has no layers");
}

static void test_existing(void)
{
    g_auto(Fixture) town = {0};
    fixture_open_town(&town);
    static const char *const names[] = {"a.gpkg", "a.csv", "a.geojson"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        GError *error = NULL;
        g_autofree char *path = fixture_file(&town, names[i]);
        g_autofree char *text = NULL;
        FmExportOptions options = {.layers = school_only};
        g_file_set_contents(path, "mine", -1, &error);
        g_assert_no_error(error);
        assert_refused(&town, names[i], &options, NULL, FM_ERROR_IO, "--overwrite");
        g_file_get_contents(path, &text, NULL, &error);
        g_assert_cmpstr(text, ==, "mine");

        options.overwrite = TRUE;
        g_autoptr(FmExportReport) report = fm_export(town.workspace, path, &options, NULL, &error);
        g_assert_no_error(error);
        g_clear_pointer(&text, g_free);
        g_file_get_contents(path, &text, NULL, &error);
        g_assert_cmpstr(text, !=, "mine");
    }
    g_autofree char *folder = fixture_file(&town, "f.csv");
    g_assert_cmpint(g_mkdir(folder, 0700), ==, 0);
    assert_refused(&town, "f.csv", &(FmExportOptions){.layers = school_only, .overwrite = TRUE},
                   NULL, FM_ERROR_IO, "is a folder");
}

static void test_cancelled(void)
{
    g_auto(Fixture) town = {0};
    fixture_open_town(&town);
    const FmProgress progress = fm_progress_init(fixture_cancel, NULL);
    assert_refused(&town, "a.gpkg", NULL, &progress, FM_ERROR_CANCELLED, "");
    assert_refused(&town, "a.csv", NULL, &progress, FM_ERROR_CANCELLED, "");
}

typedef struct {
    guint n_left;
} Patience;

static gboolean lose_patience(double fraction, const char *stage, void *user)
{
    Patience *patience = user;
    (void)fraction, (void)stage;
    return patience->n_left-- > 0;
}

/* At whichever report the caller stops, no file is there; and each report is one to stop at. */
static void test_cancelled_anywhere(void)
{
    g_auto(Fixture) town = {0};
    fixture_open_town(&town);
    g_autofree char *path = fixture_file(&town, "a.gpkg");
    guint n_stopped = 0;
    for (;; n_stopped++) {
        GError *error = NULL;
        Patience patience = {n_stopped};
        const FmProgress progress = fm_progress_init(lose_patience, &patience);
        g_autoptr(FmExportReport) report = fm_export(town.workspace, path, NULL, &progress, &error);
        if (report != NULL)
            break;
        fixture_assert_error(&error, FM_ERROR_CANCELLED, "");
        g_autofree char *list = fixture_list(&town);
        g_assert_cmpstr(list, ==, "");
        g_assert_cmpuint(n_stopped, <, 1000);
    }
    g_assert_cmpuint(n_stopped, >=, 3); /* once a layer at least */
}

/* What a full disk does, or a quota: the file cannot grow. */
static void test_full_disk(void)
{
    if (!g_test_subprocess()) {
        g_test_trap_subprocess(NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
        g_test_trap_assert_passed();
        return;
    }
    static const char *const names[] = {"a.gpkg", "a.geojson", "a.csv"};
    g_auto(Fixture) town = {0};
    fixture_open(&town);
    enum { N = 4000 };
    g_autofree double *numbers = g_new(double, N);
    for (gsize i = 0; i < N; i++)
        numbers[i] = (double)i / 7;
    fixture_put(&town, &(FmLayerSpec){.name = "school", .kind = "school"},
                fixture_points(NULL, numbers, N));
    fixture_put(&town, &(FmLayerSpec){.name = "one", .kind = "school"},
                fixture_points(NULL, numbers, 1));
    const struct rlimit limit = {.rlim_cur = 1 << 15, .rlim_max = 1 << 15};
    g_assert_true(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
    g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &limit), ==, 0);
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        assert_refused(&town, names[i], &(FmExportOptions){.layers = school_only}, NULL,
                       FM_ERROR_IO, "/a.");
    /* The first layer would fit: it does not stand alone. */
    const char *const both[] = {"one", "school", NULL};
    assert_refused(&town, "b.csv", &(FmExportOptions){.layers = both}, NULL, FM_ERROR_IO,
                   "/b_school.csv: ");
}

static void test_several_layers(void)
{
    g_auto(Fixture) town = {0};
    fixture_open_town(&town);
    GError *error = NULL;
    g_autofree char *path = fixture_file(&town, "out.csv");
    const char *const two[] = {"school", "tally", "school", NULL};
    g_autoptr(FmExportReport) report =
        fm_export(town.workspace, path, &(FmExportOptions){.layers = two}, NULL, &error);
    g_assert_no_error(error);
    g_assert_cmpint(report->n_layers, ==, 2);
    g_assert_cmpint(report->n_rows, ==, 4);
    g_assert_cmpuint(report->files->len, ==, 2);
    g_assert_true(g_str_has_suffix(g_ptr_array_index(report->files, 0), "/out_school.csv"));
    g_autofree char *list = fixture_list(&town);
    g_assert_cmpstr(list, ==, "out_school.csv out_tally.csv");
}

static void test_all_layers(void)
{
    g_auto(Fixture) town = {0};
    fixture_open_town(&town);
    fixture_export(&town, "out.geojson", NULL, NULL);
    fixture_export(&town, "out.gpkg", NULL, NULL);
    g_autofree char *list = fixture_list(&town);
    g_assert_cmpstr(list, ==, "out.gpkg out_area.geojson out_school.geojson out_tally.geojson");
}

/* The second file exists: the first must not be written and then stand alone. */
static void test_several_layers_existing(void)
{
    g_auto(Fixture) town = {0};
    fixture_open_town(&town);
    GError *error = NULL;
    g_autofree char *path = fixture_file(&town, "out_tally.csv");
    g_file_set_contents(path, "mine", -1, &error);
    g_assert_no_error(error);
    assert_refused(&town, "out.csv", NULL, NULL, FM_ERROR_IO, "out_tally.csv exists");
}

void test_export(void)
{
    g_test_add_func("/export/export/formats", test_formats);
    g_test_add_func("/export/export/no-folder", test_no_folder);
    g_test_add_func("/export/export/empty-workspace", test_empty_workspace);
    g_test_add_func("/export/export/existing", test_existing);
    g_test_add_func("/export/export/cancelled", test_cancelled);
    g_test_add_func("/export/export/cancelled-anywhere", test_cancelled_anywhere);
    g_test_add_func("/export/export/full-disk", test_full_disk);
    g_test_add_func("/export/export/several-layers", test_several_layers);
    g_test_add_func("/export/export/several-layers-existing", test_several_layers_existing);
    g_test_add_func("/export/export/all-layers", test_all_layers);
}
