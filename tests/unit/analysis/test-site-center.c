/* The least radius, and a bound on it when the search is cut short. */
#include "fm-unit.h"
#include "question.h"

#include <math.h>

static gboolean is_a_cost(const Question *question, double radius)
{
    const FmSiteProblem *problem = &question->problem;
    for (gsize k = 0; k < problem->first[problem->n_demand]; k++)
        if (question->pairs[k].cost == radius)
            return TRUE;
    for (gsize i = 0; question->existing && i < problem->n_demand; i++)
        if (question->existing[i] == radius)
            return TRUE;
    return FALSE;
}

static void check_radius(guint32 seed, guint64 most)
{
    GError *error = NULL;
    g_autoptr(Question) question = question_random(seed);
    FmSiteProblem *problem = &question->problem;
    problem->model = FM_SITE_PCENTER;
    problem->n_add = 1 + seed % problem->n_sites;
    gsize n_sets = 0;
    double least = question_least(question, problem->n_add, &n_sets);
    g_auto(FmSiteBest) best = {0};
    FmSiteEffort effort = {0, most};
    g_assert_true(fm_site_center(problem, &effort, &best, NULL, &error));
    g_assert_no_error(error);
    if (most < G_MAXUINT32) {
        g_assert_cmpfloat(best.bound, <=, least);
        g_assert_true(best.cost >= least);
        return;
    }
    g_assert_true(best.cost == least && best.bound == least);
    g_assert_cmpuint(best.sites->len, <=, problem->n_add);
    if (least > 0 && isfinite(least))
        g_assert_true(is_a_cost(question, least));
}

static void test_random(void)
{
    for (guint32 seed = 1; seed <= 120; seed++) {
        check_radius(seed, G_MAXUINT64);
        check_radius(seed, 50);
    }
}

/* Nobody with weight: nothing to reach. */
static void test_nobody(void)
{
    GError *error = NULL;
    double *costs = g_new(double, 1), *weights = g_new0(double, 1);
    costs[0] = 5;
    g_autoptr(Question) question = question_new(1, 1, costs, weights, NULL);
    question->problem.n_add = 1;
    g_auto(FmSiteBest) best = {0};
    FmSiteEffort effort = {0, 1000};
    g_assert_true(fm_site_center(&question->problem, &effort, &best, NULL, &error));
    g_assert_cmpfloat(best.cost, ==, 0);
    g_assert_cmpfloat(best.bound, ==, 0);
}

void test_site_center(void)
{
    g_test_add_func("/analysis/site-center/random", test_random);
    g_test_add_func("/analysis/site-center/nobody", test_nobody);
}
