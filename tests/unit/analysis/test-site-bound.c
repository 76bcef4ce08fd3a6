/* The bound is below every set that it speaks of, whatever is in or out, and close to the best. */
#include "fm-unit.h"
#include "question.h"

#include <math.h>
#include <string.h>

static FmSiteCore *make_core(Question *question, guint32 seed, gsize p)
{
    GError *error = NULL;
    question->problem.n_add = p;
    FmSiteCore *core = seed % 2 ? fm_site_core_median(&question->problem, (double)INFINITY, &error)
                                : fm_site_core_cover(&question->problem, seed % 9,
                                                     FM_SITE_COVER_WEIGHTS, p, &error);
    g_assert_no_error(error);
    return core;
}

/* The least cost of the sets of `p` sites that agree with the states. */
static double least_of(const FmSiteCore *core, const guint8 *state)
{
    double least = (double)INFINITY;
    for (guint32 set = 0; set < 1U << core->n_sites; set++) {
        guint32 sites[32];
        gsize n = 0;
        gboolean fits = TRUE;
        for (guint32 site = 0; site < core->n_sites; site++) {
            gboolean in = set >> site & 1;
            fits = fits && !(in ? state[site] == FM_SITE_OUT : state[site] == FM_SITE_IN);
            if (in)
                sites[n++] = site;
        }
        if (fits && n == core->p)
            least = fmin(least, fm_site_core_cost(core, sites, n));
    }
    return least;
}

static void check_bound(guint32 seed)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
    g_autoptr(Question) question = question_random(seed);
    gsize m = question->problem.n_sites, p = 1 + seed % m;
    g_autoptr(FmSiteCore) core = make_core(question, seed, p);
    FmSiteEffort effort = {0, G_MAXUINT64};
    g_autoptr(FmSiteRelaxation) relaxation = fm_site_relaxation_new(core, &effort);
    if (core->n_rows == 0)
        return;
    for (gsize site = 0; site < m; site++) {
        double dice = g_rand_double(rand);
        if (dice < 0.2 && relaxation->n_in + 1 < p) {
            relaxation->state[site] = FM_SITE_IN;
            relaxation->n_in++;
            relaxation->n_free--;
        } else if (dice > 0.8 && relaxation->n_in + relaxation->n_free > p) {
            relaxation->state[site] = FM_SITE_OUT;
            relaxation->n_free--;
        }
    }
    double least = least_of(core, relaxation->state);
    g_autoptr(GArray) hint = g_array_new(FALSE, FALSE, sizeof(guint32));
    fm_site_improve(core, hint, &effort);
    fm_site_relaxation_refresh(relaxation);
    fm_site_relaxation_start(relaxation, hint);
    fm_site_relaxation_raise(relaxation, least, (double)INFINITY, 1);
    double first = relaxation->bound;
    g_assert_cmpfloat(first, <=, least + 10 * core->tolerance + 1e-9);
    fm_site_relaxation_raise(relaxation, least, (double)INFINITY, 300);
    g_assert_cmpfloat(relaxation->bound, <=, least + 10 * core->tolerance + 1e-9);
    g_assert_cmpfloat(relaxation->bound, >=, first);
    g_assert_cmpuint(relaxation->chosen->len, <=, p - relaxation->n_in);
    for (guint i = 0; i < relaxation->chosen->len; i++)
        g_assert_cmpint(relaxation->state[g_array_index(relaxation->chosen, guint32, i)], ==,
                        FM_SITE_FREE);
}

static void test_below(void)
{
    for (guint32 seed = 1; seed <= 200; seed++)
        check_bound(seed);
}

/* With every site in that may be, the bound is the cost itself. */
static void test_tight(void)
{
    GError *error = NULL;
    g_autoptr(Question) question = question_line();
    question->problem.n_add = 2;
    g_autoptr(FmSiteCore) core = fm_site_core_median(&question->problem, (double)INFINITY, &error);
    g_assert_no_error(error);
    FmSiteEffort effort = {0, G_MAXUINT64};
    g_autoptr(FmSiteRelaxation) relaxation = fm_site_relaxation_new(core, &effort);
    relaxation->state[1] = relaxation->state[3] = FM_SITE_IN;
    relaxation->n_in = 2;
    relaxation->n_free = 4;
    fm_site_relaxation_refresh(relaxation);
    memcpy(relaxation->multiplier, relaxation->base, core->n_rows * sizeof(double));
    fm_site_relaxation_raise(relaxation, 100, 1000, 1);
    g_assert_cmpfloat(relaxation->bound, ==, 95);
    /* It stops where it is told to. */
    relaxation->state[1] = relaxation->state[3] = FM_SITE_FREE;
    relaxation->n_in = 0;
    relaxation->n_free = 6;
    fm_site_relaxation_refresh(relaxation);
    effort.done = 0;
    fm_site_relaxation_raise(relaxation, 95, -1e9, 500);
    guint64 one = effort.done;
    fm_site_relaxation_raise(relaxation, 95, 1000, 500);
    g_assert_cmpuint(effort.done, >, 20 * one);
    g_assert_cmpfloat(relaxation->bound, >, 90);
}

void test_site_bound(void)
{
    g_test_add_func("/analysis/site-bound/below", test_below);
    g_test_add_func("/analysis/site-bound/tight", test_tight);
}
