/* One source into its layer: which way it goes, and what it leaves behind. */
#include "fixture.h"
#include "fm-unit.h"
#include "job.h"

static char *table_of(gsize n)
{
    GString *text = g_string_new("id,name,lon,lat\n");

    for (gsize i = 0; i < n; i++) {
        g_string_append_printf(text, "r%" G_GSIZE_FORMAT ",Clinic,1.5,2.5\n", i);
    }
    return g_string_free(text, FALSE);
}

/* Loads n rows as layer "t", in a run that is committed when it went well. */
static gboolean load(Fixture *fixture, gsize n, FmLoadMode mode, const char *locate_by, FmJob *job,
                     GError **error)
{
    g_autofree char *text = table_of(n);
    const char *path = fixture_write(fixture, "t.csv", text);
    g_autoptr(FmSource) source = fixture_source(path, "t", NULL);
    source->locate_by = g_strdup(locate_by);
    FmWorkspace *workspace = fixture_workspace(fixture);
    g_autoptr(FmRun) run = fm_run_begin(workspace, "load", NULL, "{}", error);

    g_assert_nonnull(run);
    *job = (FmJob){.workspace = workspace, .run = run, .mode = mode, .source = source};
    job->layer = g_strdup("t");
    job->changes = fm_changes_new();
    job->rejects_path = g_strdup(fixture_path(fixture, "rejects.csv"));
    g_assert_true(fm_input_open(&job->input, source, NULL, error));
    return fm_job_load(job, NULL, error) && fm_run_commit(run, error);
}

static void few_rows_whole_many_by_parts(void)
{
    static const gsize counts[] = {1, FM_WHOLE_ROWS - 1, FM_WHOLE_ROWS, FM_WHOLE_ROWS + 1};
    g_auto(Fixture) fixture;
    fixture_init(&fixture);

    for (gsize i = 0; i < G_N_ELEMENTS(counts); i++) {
        g_auto(FmJob) job = {NULL};
        g_autoptr(GError) error = NULL;
        g_assert_true(load(&fixture, counts[i], i == 0 ? FM_LOAD_CREATE : FM_LOAD_REPLACE, NULL,
                           &job, &error));
        g_assert_no_error(error);
        g_assert_cmpint(job.out.table != NULL, ==, counts[i] < FM_WHOLE_ROWS);
        g_assert_cmpuint(job.out.survey.n_rows, ==, counts[i]);
        g_assert_cmpint(job.out.written.inserted, ==, (gint64)counts[i]);
        g_assert_cmpint(job.out.type, ==, FM_GEOMETRY_POINT);
        g_assert_cmpstr(job.out.crs, ==, "EPSG:4326");
        g_assert_cmpstr(job.spec.source, ==, "t.csv");
        g_autoptr(FmTable) table = fixture_read(&fixture, "t");
        g_assert_cmpuint(fm_table_n_rows(table), ==, counts[i]);
    }
}

static void locate_by(void)
{
    static const char *const wrong[] = {"area", ":district", "area:"};
    g_auto(Fixture) fixture;
    fixture_init(&fixture);

    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_auto(FmJob) job = {NULL};
        g_autoptr(GError) error = NULL;
        g_assert_false(load(&fixture, 3, FM_LOAD_CREATE, wrong[i], &job, &error));
        assert_error(error, FM_ERROR_USAGE, "write AREA:COLUMN");
    }
    g_auto(FmJob) job = {NULL};
    g_autoptr(GError) error = NULL;
    g_assert_false(load(&fixture, 3, FM_LOAD_UPDATE, "area:district", &job, &error));
    assert_error(error, FM_ERROR_USAGE, "--update");
}

void test_job(void)
{
    g_test_add_func("/load/job/few-rows-whole-many-by-parts", few_rows_whole_many_by_parts);
    g_test_add_func("/load/job/locate-by", locate_by);
}
