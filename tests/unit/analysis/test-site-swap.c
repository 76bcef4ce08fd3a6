/* Greedy and interchange: what they say of a swap is what a swap does. */
#include "fm-unit.h"
#include "question.h"

#include <math.h>

static FmSiteCore *median(Question *question, gsize p)
{
    GError *error = NULL;
    question->problem.n_add = p;
    FmSiteCore *core = fm_site_core_median(&question->problem, (double)INFINITY, &error);
    g_assert_no_error(error);
    return core;
}

static double cost_of(const FmSiteCore *core, const GArray *sites)
{
    return fm_site_core_cost(core, (const guint32 *)(gconstpointer)sites->data, sites->len);
}

/* What is left can be made better by no single swap. */
static void assert_no_swap_helps(const FmSiteCore *core, const GArray *sites)
{
    double cost = cost_of(core, sites);
    for (guint place = 0; place < sites->len; place++)
        for (guint32 site = 0; site < core->n_sites; site++) {
            g_autoptr(GArray) other = g_array_new(FALSE, FALSE, sizeof(guint32));
            g_array_append_vals(other, sites->data, sites->len);
            g_array_index(other, guint32, place) = site;
            g_assert_cmpfloat(cost_of(core, other), >=, cost - 2 * core->tolerance);
        }
}

static void test_local(void)
{
    for (guint32 seed = 1; seed <= 80; seed++) {
        g_autoptr(Question) question = question_random(seed);
        gsize p = 1 + seed % question->problem.n_sites;
        g_autoptr(FmSiteCore) core = median(question, p);
        g_autoptr(GArray) sites = g_array_new(FALSE, FALSE, sizeof(guint32));
        FmSiteEffort effort = {0, 1000000};
        fm_site_improve(core, sites, &effort);
        g_assert_cmpuint(sites->len, ==, p);
        for (guint i = 1; i < sites->len; i++)
            g_assert_cmpuint(g_array_index(sites, guint32, i - 1), <,
                             g_array_index(sites, guint32, i));
        assert_no_swap_helps(core, sites);
    }
}

/* A covering from sites that are of no use: they are dropped, and all is covered. */
static void test_covering(void)
{
    GError *error = NULL;
    for (guint32 seed = 1; seed <= 40; seed++) {
        g_autoptr(Question) question = question_random(seed);
        g_autoptr(FmSiteCore) core =
            fm_site_core_cover(&question->problem, 6, FM_SITE_COVER_ALL, 0, &error);
        g_assert_no_error(error);
        g_autoptr(GArray) sites = g_array_new(FALSE, FALSE, sizeof(guint32));
        for (guint32 site = 0; site < question->problem.n_sites; site++)
            g_array_append_val(sites, site);
        FmSiteEffort effort = {0, 1000000};
        fm_site_improve(core, sites, &effort);
        double cost = cost_of(core, sites);
        g_assert_cmpfloat(cost, ==, sites->len); /* nothing is uncovered */
        for (guint i = 0; i < sites->len; i++) {
            g_autoptr(GArray) fewer = g_array_new(FALSE, FALSE, sizeof(guint32));
            g_array_append_vals(fewer, sites->data, sites->len);
            g_array_remove_index(fewer, i);
            g_assert_cmpfloat(cost_of(core, fewer), >=, cost);
        }
    }
}

/* Without work to do, what was given is filled up and left as it is. */
static void test_spent(void)
{
    g_autoptr(Question) question = question_line();
    g_autoptr(FmSiteCore) core = median(question, 2);
    g_autoptr(GArray) sites = g_array_new(FALSE, FALSE, sizeof(guint32));
    const guint32 last = 5;
    g_array_append_val(sites, last);
    FmSiteEffort none = {0, 0};
    fm_site_improve(core, sites, &none);
    g_assert_cmpuint(sites->len, ==, 2);
    g_assert_cmpuint(g_array_index(sites, guint32, 1), ==, 5);
    FmSiteEffort some = {0, 100000};
    fm_site_improve(core, sites, &some);
    g_autofree char *text =
        question_set_text((const guint32 *)(gconstpointer)sites->data, sites->len);
    g_assert_cmpstr(text, ==, "2 4");
    g_assert_cmpuint(some.done, >, 0);
}

void test_site_swap(void)
{
    g_test_add_func("/analysis/site-swap/local", test_local);
    g_test_add_func("/analysis/site-swap/covering", test_covering);
    g_test_add_func("/analysis/site-swap/spent", test_spent);
}
