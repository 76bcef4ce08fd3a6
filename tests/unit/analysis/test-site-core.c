/* Questions of every model as rows and bases. */
#include "fm-unit.h"
#include "question.h"

#include <math.h>

static FmSiteCore *cover(const Question *question, double within, FmSiteCover what, gsize p)
{
    GError *error = NULL;
    FmSiteCore *core = fm_site_core_cover(&question->problem, within, what, p, &error);
    g_assert_no_error(error);
    return core;
}

/* Within 2: {1,2} {1,2,3} {2,3} {4,5} {4,5} {6}; the second follows from the first and from the
 * third, the last two of 7 and 8 are one. */
static void test_rows(void)
{
    g_autoptr(Question) question = question_line();
    g_autoptr(FmSiteCore) weights = cover(question, 2, FM_SITE_COVER_WEIGHTS, 2);
    g_assert_cmpuint(weights->n_rows, ==, 5);
    double total = 0;
    for (gsize row = 0; row < weights->n_rows; row++)
        total += weights->base[row];
    g_assert_cmpfloat(total, ==, 155);
    g_assert_cmpfloat(weights->grain, ==, 1);
    g_autoptr(FmSiteCore) rows = cover(question, 2, FM_SITE_COVER_ROWS, 2);
    g_assert_cmpuint(rows->n_rows, ==, 4);
    g_autoptr(FmSiteCore) all = cover(question, 2, FM_SITE_COVER_ALL, 2);
    g_assert_cmpuint(all->n_rows, ==, 4);
    g_assert_cmpuint(all->p, ==, 0);
    g_assert_cmpfloat(all->open, ==, 1);
}

/* The objective of every core is what the model says, for every set. */
static void check_costs(guint32 seed)
{
    GError *error = NULL;
    g_autoptr(Question) question = question_random(seed);
    FmSiteProblem *problem = &question->problem;
    problem->within = seed % 13;
    problem->model = FM_SITE_MCLP;
    problem->n_add = 1;
    g_autoptr(FmSiteCore) weights = cover(question, problem->within, FM_SITE_COVER_WEIGHTS, 1);
    g_autoptr(FmSiteCore) rows = cover(question, problem->within, FM_SITE_COVER_ROWS, 1);
    g_autoptr(FmSiteCore) median = fm_site_core_median(problem, (double)INFINITY, &error);
    g_assert_no_error(error);
    for (guint32 set = 0; set < 1U << problem->n_sites; set++) {
        guint32 sites[32];
        gsize n = 0;
        for (guint32 site = 0; site < problem->n_sites; site++)
            if (set >> site & 1)
                sites[n++] = site;
        problem->model = FM_SITE_MCLP;
        double left = question_value(question, set);
        g_assert_cmpfloat_with_epsilon(fm_site_core_cost(weights, sites, n), left, 1e-9);
        g_assert_cmpint(fm_site_core_cost(rows, sites, n) > 0, ==, left > 0);
        problem->model = FM_SITE_PMEDIAN;
        double total = question_value(question, set);
        if (n > 0 && isfinite(total))
            g_assert_cmpfloat_with_epsilon(fm_site_core_cost(median, sites, n), total, 1e-9);
    }
}

static void test_objectives(void)
{
    for (guint32 seed = 1; seed <= 60; seed++)
        check_costs(seed);
}

/* To leave somebody unserved costs more than any set that serves all. */
static void test_unserved(void)
{
    GError *error = NULL;
    double *costs = g_new(double, 4), *weights = g_new(double, 2);
    costs[0] = costs[3] = 100;
    costs[1] = costs[2] = (double)INFINITY;
    weights[0] = 1000;
    weights[1] = 0.001;
    g_autoptr(Question) question = question_new(2, 2, costs, weights, NULL);
    question->problem.n_add = 1;
    g_autoptr(FmSiteCore) core = fm_site_core_median(&question->problem, (double)INFINITY, &error);
    g_assert_no_error(error);
    const guint32 both[] = {0, 1};
    g_assert_cmpfloat(fm_site_core_cost(core, both, 2), <, fm_site_core_cost(core, both, 1));
    g_assert_cmpfloat(fm_site_core_cost(core, both, 1), >, 2 * 1000 * 100);
    /* Beyond the limit nothing is left to choose. */
    g_autoptr(FmSiteCore) near = fm_site_core_median(&question->problem, 99, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(near->n_rows, ==, 0);
}

void test_site_core(void)
{
    g_test_add_func("/analysis/site-core/rows", test_rows);
    g_test_add_func("/analysis/site-core/objectives", test_objectives);
    g_test_add_func("/analysis/site-core/unserved", test_unserved);
}
