/* The tree finds the best, proves it, and lists every equal. */
#include "fm-unit.h"
#include "question.h"

#include <math.h>

static gboolean stop(double fraction, const char *stage, void *user)
{
    (void)fraction, (void)stage, (void)user;
    return FALSE;
}

static FmSiteCore *line_median(Question **question)
{
    GError *error = NULL;
    *question = question_line();
    (*question)->problem.n_add = 2;
    FmSiteCore *core = fm_site_core_median(&(*question)->problem, (double)INFINITY, &error);
    g_assert_no_error(error);
    return core;
}

/* Nothing costs less than what is cut off; something good enough ends the search. */
static void test_cutoff(void)
{
    GError *error = NULL;
    g_autoptr(Question) question = NULL;
    g_autoptr(FmSiteCore) core = line_median(&question);
    g_auto(FmSiteBest) best = {0};
    FmSiteEffort effort = {0, 10000000};
    g_assert_true(fm_site_search(core, 95, -(double)INFINITY, &effort, &best, NULL, &error));
    g_assert_no_error(error);
    g_assert_true(isinf(best.cost));
    g_assert_cmpfloat(best.bound, >=, 95);
    g_assert_true(fm_site_search(core, 96, -(double)INFINITY, &effort, &best, NULL, &error));
    g_assert_cmpfloat(best.cost, ==, 95);
    g_assert_cmpfloat(best.bound, ==, 95);
    g_assert_true(fm_site_search(core, (double)INFINITY, 1e6, &effort, &best, NULL, &error));
    g_assert_cmpfloat(best.cost, <=, 1e6);
}

/* Spent at once: an answer all the same, and a bound that holds. */
static void test_spent(void)
{
    for (guint32 seed = 1; seed <= 40; seed++) {
        GError *error = NULL;
        g_autoptr(Question) question = question_random(seed);
        question->problem.model = FM_SITE_MCLP;
        question->problem.within = 5;
        gsize p = 1 + seed % question->problem.n_sites, n_sets = 0;
        g_autoptr(FmSiteCore) core =
            fm_site_core_cover(&question->problem, 5, FM_SITE_COVER_WEIGHTS, p, &error);
        g_assert_no_error(error);
        double least = question_least(question, p, &n_sets);
        if (core->n_rows == 0)
            continue;
        for (guint64 most = 0; most < 3000; most = 2 * most + 7) {
            g_auto(FmSiteBest) best = {0};
            FmSiteEffort effort = {0, most};
            g_assert_true(fm_site_search(core, (double)INFINITY, -(double)INFINITY, &effort, &best,
                                         NULL, &error));
            g_assert_cmpfloat(best.cost, >=, least - 1e-9);
            g_assert_cmpfloat(best.bound, <=, least + 1e-9);
            g_assert_cmpfloat(
                fm_site_core_cost(core, (guint32 *)(gpointer)best.sites->data, best.sites->len), ==,
                best.cost);
        }
    }
}

/* A list that is full, or given up, never says that it is whole. */
static void test_list(void)
{
    GError *error = NULL;
    g_autoptr(Question) question = question_line();
    g_autoptr(FmSiteCore) core =
        fm_site_core_cover(&question->problem, 4, FM_SITE_COVER_ROWS, 2, &error);
    g_assert_no_error(error);
    g_autoptr(GArray) hint = g_array_new(FALSE, FALSE, sizeof(guint32));
    const guint32 two[] = {1, 4};
    g_array_append_vals(hint, two, 2);
    const struct {
        gsize most;
        guint64 effort;
        gsize n;
        gboolean all;
    } cases[] = {{100, 1000000, 4, TRUE}, {4, 1000000, 4, TRUE}, {3, 1000000, 3, FALSE}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GArray) sets = g_array_new(FALSE, FALSE, sizeof(guint32));
        FmSiteEffort effort = {0, cases[i].effort};
        gboolean all = !cases[i].all;
        g_assert_true(
            fm_site_enumerate(core, 0, hint, cases[i].most, &effort, sets, &all, NULL, &error));
        g_assert_cmpuint(sets->len, ==, 2 * cases[i].n);
        g_assert_cmpint(all, ==, cases[i].all);
    }
    g_autoptr(GArray) sets = g_array_new(FALSE, FALSE, sizeof(guint32));
    FmSiteEffort none = {0, 1};
    gboolean all = TRUE;
    g_assert_true(fm_site_enumerate(core, 0, hint, 100, &none, sets, &all, NULL, &error));
    g_assert_false(all);
}

static void test_cancelled(void)
{
    g_autoptr(Question) question = NULL;
    g_autoptr(FmSiteCore) core = line_median(&question);
    g_auto(FmSiteBest) best = {0};
    FmSiteEffort effort = {0, 10000000};
    g_autoptr(GError) error = NULL;
    const FmProgress progress = fm_progress_init(stop, NULL);
    g_assert_false(fm_site_search(core, (double)INFINITY, -(double)INFINITY, &effort, &best,
                                  &progress, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_CANCELLED);
}

void test_site_search(void)
{
    g_test_add_func("/analysis/site-search/cutoff", test_cutoff);
    g_test_add_func("/analysis/site-search/spent", test_spent);
    g_test_add_func("/analysis/site-search/list", test_list);
    g_test_add_func("/analysis/site-search/cancelled", test_cancelled);
}
