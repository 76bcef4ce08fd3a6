/* Siting in the town: who is asked, and what is refused. */
#include "fm-unit.h"
#include "town.h"

#include <math.h>

static void assert_chosen(Fixture *fixture, const FmSiteOptions *options, const char *expected)
{
    g_autoptr(FmResult) result = town_site(fixture, options);
    g_autofree char *chosen = town_chosen(result);
    g_assert_cmpstr(chosen, ==, expected);
}

static void test_models(void)
{
    g_auto(Fixture) fixture = {NULL};
    fixture_open(&fixture);
    town_put_plots(&fixture);
    const FmLimit near = fixture_limit("1.2km");
    FmSiteOptions options = town_siting(FM_SITE_MCLP, 1, &near);
    assert_chosen(&fixture, &options, "p4"); /* 400 + 500 + 600 */
    options.n_add = 2;
    assert_chosen(&fixture, &options, "p1 p4");
    options = town_siting(FM_SITE_LSCP, 0, &near);
    assert_chosen(&fixture, &options, "p1 p4");
    /* The middle of the people: at p3 are 600 before and 1100 after. */
    options = town_siting(FM_SITE_PMEDIAN, 1, NULL);
    assert_chosen(&fixture, &options, "p4");
    options = town_siting(FM_SITE_PCENTER, 1, NULL);
    assert_chosen(&fixture, &options, "p3"); /* as p2, and nearer to more people */
}

/* What is there stays: the clinics at both ends leave q2 and q3, which p2 and p3 both reach; from
 * p3 the way is shorter for more people. */
static void test_existing(void)
{
    g_auto(Fixture) fixture = {NULL};
    fixture_open(&fixture);
    town_put_plots(&fixture);
    const FmLimit near = fixture_limit("1.2km");
    FmSiteOptions options = town_siting(FM_SITE_MCLP, 1, &near);
    options.of = (FmSelection){.layer = "clinic", .filter = {.by_status = TRUE}};
    assert_chosen(&fixture, &options, "p3");
    options.of.filter.where = "id = 'a'";
    assert_chosen(&fixture, &options, "p4");
    options.demand.filter.where = "people < 300";
    assert_chosen(&fixture, &options, ""); /* a reaches them all */
    options.of.filter.where = "id = 'b'";
    options.candidates.filter.where = "id <> 'p1'";
    assert_chosen(&fixture, &options, "p0");
}

static void test_refused(void)
{
    g_auto(Fixture) fixture = {NULL};
    fixture_open(&fixture);
    town_put_plots(&fixture);
    const FmLimit near = fixture_limit("1.2km"), soon = fixture_limit("5min");
    FmSiteOptions options = town_siting(FM_SITE_MCLP, 1, NULL);
    town_site_fails(&fixture, &options, FM_ERROR_USAGE, "--within 3km");
    options = town_siting(FM_SITE_LSCP, 2, &near);
    town_site_fails(&fixture, &options, FM_ERROR_USAGE, "leave out --add");
    options = town_siting(FM_SITE_PMEDIAN, 0, NULL);
    town_site_fails(&fixture, &options, FM_ERROR_USAGE, "say how many");
    options = town_siting(FM_SITE_PMEDIAN, 7, NULL);
    town_site_fails(&fixture, &options, FM_ERROR_USAGE, "only 6 candidates");
    options = town_siting(FM_SITE_MCLP, 1, &soon);
    town_site_fails(&fixture, &options, FM_ERROR_USAGE, "5min");
    options = town_siting(FM_SITE_MCLP, 1, &near);
    options.candidates.filter.where = "id = 'nothing'";
    town_site_fails(&fixture, &options, FM_ERROR_DATA, "no candidate of layer 'plot' is left");
    options = town_siting(FM_SITE_MCLP, 1, &near);
    options.demand.filter.where = "people > 1000";
    town_site_fails(&fixture, &options, FM_ERROR_DATA, "no demand of layer 'quarter' is left");
    options = town_siting(FM_SITE_MCLP, 1, &near);
    options.candidates.layer = "meadow";
    town_site_fails(&fixture, &options, FM_ERROR_NOT_FOUND, "meadow");
    options = town_siting(FM_SITE_MCLP, 1, &near);
    options.name = "1 2";
    town_site_fails(&fixture, &options, FM_ERROR_USAGE, "1 2");
    const Place nobody[] = {{"n", "POINT (0 0)", NULL, NULL, NULL, 0}};
    fixture_put_places(&fixture, "nobody", "demand", nobody, 1, "people");
    options = town_siting(FM_SITE_MCLP, 1, &near);
    options.demand.layer = "nobody";
    town_site_fails(&fixture, &options, FM_ERROR_DATA, "counts nobody");
}

/* The same bytes for any number of threads, and stored as every result is. */
static void test_threads(void)
{
    g_auto(Fixture) fixture = {NULL};
    fixture_open(&fixture);
    town_put_plots(&fixture);
    FmSiteOptions options = town_siting(FM_SITE_PMEDIAN, 2, NULL);
    options.of.layer = "clinic";
    options.n_threads = 1;
    g_autoptr(FmResult) one = town_site(&fixture, &options);
    options.n_threads = 4;
    g_autoptr(FmResult) four = town_site(&fixture, &options);
    g_assert_cmpstr(one->summary, ==, four->summary);
    for (guint i = 0; i < one->layers->len; i++) {
        const FmResultLayer *a = g_ptr_array_index(one->layers, i);
        const FmResultLayer *b = g_ptr_array_index(four->layers, i);
        g_autofree char *left = fm_table_sha256(a->table);
        g_autofree char *right = fm_table_sha256(b->table);
        g_assert_cmpstr(left, ==, right);
    }
    GError *error = NULL;
    g_assert_cmpint(fm_analysis_write(fixture.workspace, one, "facmap site", NULL, &error), >, 0);
    g_assert_no_error(error);
    g_autoptr(FmLayerInfo) info = fm_workspace_layer(fixture.workspace, "next_lines", &error);
    g_assert_no_error(error);
    g_assert_cmpstr(info->kind, ==, "result");
}

static void test_cancelled(void)
{
    g_auto(Fixture) fixture = {NULL};
    fixture_open(&fixture);
    town_put_plots(&fixture);
    const FmSiteOptions options = town_siting(FM_SITE_PMEDIAN, 2, NULL);
    const FmProgress progress = fm_progress_init(fixture_cancel, NULL);
    g_autoptr(GError) error = NULL;
    g_assert_null(fm_site(fixture.workspace, &options, &progress, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_CANCELLED);
}

void test_site(void)
{
    g_test_add_func("/analysis/site/models", test_models);
    g_test_add_func("/analysis/site/existing", test_existing);
    g_test_add_func("/analysis/site/refused", test_refused);
    g_test_add_func("/analysis/site/threads", test_threads);
    g_test_add_func("/analysis/site/cancelled", test_cancelled);
}
