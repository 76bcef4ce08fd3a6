/* Every model against answers known by hand, by trying every set, and published. */
#include "fm-unit.h"
#include "question.h"

#include <math.h>

static void assert_optima(const FmSiteSolution *solution, const char *expected)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (gsize i = 0; i < solution->n_optima; i++) {
        g_autofree char *one = question_set_text(solution->optima + i * solution->n, solution->n);
        g_string_append_printf(text, "%s%s", i > 0 ? ", " : "", one);
    }
    g_assert_cmpstr(text->str, ==, expected);
    g_assert_true(solution->all_optima);
}

static void test_line(void)
{
    static const struct {
        FmSiteModel model;
        gsize n_add;
        double within, objective;
        const char *optima;
    } cases[] = {
        {FM_SITE_PMEDIAN, 2, 0, 95, "2 4"},
        {FM_SITE_PCENTER, 2, 0, 4, "1 5, 2 5, 3 5, 3 6"},
        {FM_SITE_MCLP, 1, 2, 80, "2"},
        {FM_SITE_MCLP, 2, 2, 150, "2 4, 2 5"},
        /* Three reach all, so that a fourth and fifth would reach nobody. */
        {FM_SITE_MCLP, 5, 2, 155, "2 4 6, 2 5 6"},
        {FM_SITE_LSCP, 0, 2, 3, "2 4 6, 2 5 6"},
        {FM_SITE_LSCP, 0, 4, 2, "1 5, 2 5, 3 5, 3 6"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Question) question = question_line();
        g_autoptr(FmSiteSolution) solution =
            question_solve(question, cases[i].model, cases[i].n_add, cases[i].within);
        g_assert_cmpint(solution->status, ==, FM_SITE_OPTIMAL);
        g_assert_cmpfloat(solution->objective, ==, cases[i].objective);
        g_assert_cmpfloat(solution->bound, ==, cases[i].objective);
        assert_optima(solution, cases[i].optima);
    }
}

/* Of 2 4 6 and 2 5 6, four is nearer to more people. */
static void test_preferred(void)
{
    g_autoptr(Question) question = question_line();
    g_autoptr(FmSiteSolution) solution = question_solve(question, FM_SITE_LSCP, 0, 2);
    g_autofree char *text = question_set_text(solution->sites, solution->n);
    g_assert_cmpstr(text, ==, "2 4 6");
    /* Not asked to, it looks for no others. */
    question->problem.max_optima = 0;
    g_autoptr(FmSiteSolution) one = question_solve(question, FM_SITE_LSCP, 0, 2);
    g_assert_cmpuint(one->n_optima, ==, 0);
    g_assert_false(one->all_optima);
}

/* ---- against trying every set ------------------------------------------------------------ */

static gboolean leaves_somebody(const Question *question)
{
    const FmSiteProblem *problem = &question->problem;
    double all = 0;
    for (gsize i = 0; i < problem->n_demand; i++)
        all += question->weights[i];
    return question_people(question) < all;
}

static void assert_listed(const Question *question, const FmSiteSolution *solution, gsize n_sets,
                          double least)
{
    gboolean among = FALSE;
    g_assert_true(solution->all_optima);
    g_assert_cmpuint(solution->n_optima, ==, n_sets);
    for (gsize i = 0; i < solution->n_optima; i++) {
        const guint32 *sites = solution->optima + i * solution->n;
        guint32 set = 0;
        gboolean same = TRUE;
        for (gsize k = 0; k < solution->n; k++) {
            set |= 1U << sites[k];
            same = same && sites[k] == solution->sites[k];
            g_assert_true(k == 0 || sites[k - 1] < sites[k]);
        }
        g_assert_cmpfloat_with_epsilon(question_value(question, set), least, 1e-9);
        among = among || same;
    }
    g_assert_true(among);
}

static void check_mclp(Question *question, gsize n_add, double within)
{
    gsize n_sets = 0;
    g_autoptr(FmSiteSolution) solution = question_solve(question, FM_SITE_MCLP, n_add, within);
    double least = question_least(question, n_add, &n_sets);
    double people = question_people(question) - least;
    g_assert_cmpint(solution->status, ==, FM_SITE_OPTIMAL);
    g_assert_cmpfloat_with_epsilon(solution->objective, people, 1e-9);
    g_assert_cmpuint(solution->n, <=, n_add);
    double here = question_least(question, solution->n, &n_sets);
    g_assert_cmpfloat_with_epsilon(here, least, 1e-9);
    if (solution->n == 0)
        return;
    /* Fewer would serve fewer. */
    gsize fewer = 0;
    if (solution->n < n_add)
        g_assert_cmpfloat(question_least(question, solution->n - 1, &fewer), >, least + 1e-9);
    assert_listed(question, solution, n_sets, least);
}

static void check_lscp(Question *question, double within)
{
    gsize n = 0, n_sets = 0;
    g_autoptr(FmSiteSolution) solution = question_solve(question, FM_SITE_LSCP, 0, within);
    while (isinf(question_least(question, n, &n_sets)))
        n++;
    g_assert_cmpuint(solution->n, ==, n);
    gboolean infeasible = leaves_somebody(question);
    g_assert_cmpint(solution->status, ==, infeasible ? FM_SITE_INFEASIBLE : FM_SITE_OPTIMAL);
    g_assert_cmpint(isnan(solution->bound) != 0, ==, infeasible);
    if (n > 0)
        assert_listed(question, solution, n_sets, (double)n);
}

static void check_total(Question *question, FmSiteModel model, gsize n_add)
{
    gsize n_sets = 0;
    g_autoptr(FmSiteSolution) solution = question_solve(question, model, n_add, 0);
    double least = question_least(question, n_add, &n_sets);
    g_assert_cmpuint(solution->n, ==, n_add);
    if (isinf(least)) {
        g_assert_cmpint(solution->status, ==, FM_SITE_INFEASIBLE);
        return;
    }
    g_assert_cmpint(solution->status, ==, FM_SITE_OPTIMAL);
    g_assert_cmpfloat_with_epsilon(solution->objective, least, 1e-9 * (1 + least));
    /* Where what exists is always nearer, there is nothing to list. */
    if (solution->n_optima > 0)
        assert_listed(question, solution, n_sets, least);
    else
        g_assert_false(solution->all_optima);
}

static void test_random(void)
{
    for (guint32 seed = 1; seed <= 150; seed++) {
        g_autoptr(GRand) rand = g_rand_new_with_seed(seed + 1000);
        g_autoptr(Question) question = question_random(seed);
        gsize n_add = (gsize)g_rand_int_range(rand, 1, (gint32)question->problem.n_sites + 1);
        double within = g_rand_int_range(rand, 0, 13);
        check_mclp(question, n_add, within);
        check_lscp(question, within);
        check_total(question, FM_SITE_PMEDIAN, n_add);
        check_total(question, FM_SITE_PCENTER, n_add);
    }
}

/* ---- published ---------------------------------------------------------------------------- */

static void test_pmed(void)
{
    /* OR-Library's p-median optima; the p-centers by trying all sets of pmed1, the others as
     * published with the instances. */
    static const double median[] = {5819, 4093, 4250, 3034, 1355}, center[] = {127, 98, 93, 74, 48};
    for (int i = 0; i < 5; i++) {
        g_autoptr(Question) question = question_pmed(i + 1);
        if (!question)
            return;
        question->problem.max_optima = i == 0 ? 1000 : 0;
        gsize p = question->problem.n_add;
        g_autoptr(FmSiteSolution) shortest = question_solve(question, FM_SITE_PMEDIAN, p, 0);
        g_assert_cmpint(shortest->status, ==, FM_SITE_OPTIMAL);
        g_assert_cmpfloat(shortest->objective, ==, median[i]);
        g_autoptr(FmSiteSolution) middle = question_solve(question, FM_SITE_PCENTER, p, 0);
        g_assert_cmpint(middle->status, ==, FM_SITE_OPTIMAL);
        g_assert_cmpfloat(middle->objective, ==, center[i]);
        if (i > 0)
            continue;
        assert_optima(shortest, "7 13 65 91 99");
        g_assert_cmpuint(middle->n_optima, ==, 257);
        g_assert_true(middle->all_optima);
    }
}

/* ---- laws --------------------------------------------------------------------------------- */

/* More sites are never worse; greedy is never worse than 1 - 1/e of the best (Nemhauser, Wolsey &
 * Fisher 1978); as many as a set covering takes serve all. */
static void test_laws(void)
{
    g_autoptr(Question) question = question_city(3, 300, 40);
    g_autoptr(FmSiteSolution) all = question_solve(question, FM_SITE_LSCP, 0, 9000);
    double before = 0, total = (double)INFINITY, most = (double)INFINITY, everybody = 0;
    for (gsize i = 0; i < 300; i++)
        everybody += question->weights[i];
    question->problem.max_optima = 0;
    for (gsize p = 1; p <= 8; p++) {
        GError *error = NULL;
        g_autoptr(FmSiteSolution) cover = question_solve(question, FM_SITE_MCLP, p, 9000);
        g_autoptr(FmSiteSolution) median = question_solve(question, FM_SITE_PMEDIAN, p, 0);
        g_autoptr(FmSiteSolution) center = question_solve(question, FM_SITE_PCENTER, p, 0);
        g_assert_cmpint(cover->status, ==, FM_SITE_OPTIMAL);
        g_assert_cmpint(median->status, ==, FM_SITE_OPTIMAL);
        g_assert_cmpint(center->status, ==, FM_SITE_OPTIMAL);
        g_assert_cmpfloat(cover->objective, >=, before);
        g_assert_cmpfloat(median->objective, <, total);
        g_assert_cmpfloat(center->objective, <=, most);
        before = cover->objective;
        total = median->objective;
        most = center->objective;
        g_autoptr(FmSiteCore) core =
            fm_site_core_cover(&question->problem, 9000, FM_SITE_COVER_WEIGHTS, p, &error);
        g_autoptr(GArray) greedy = g_array_new(FALSE, FALSE, sizeof(guint32));
        FmSiteEffort none = {0, 0}; /* no interchange */
        fm_site_improve(core, greedy, &none);
        double missed = fm_site_core_cost(core, (guint32 *)(gpointer)greedy->data, greedy->len);
        question->problem.model = FM_SITE_MCLP;
        g_assert_cmpfloat(everybody - missed, >=, (1 - exp(-1)) * cover->objective);
    }
    if (all->status == FM_SITE_OPTIMAL) {
        g_autoptr(FmSiteSolution) cover = question_solve(question, FM_SITE_MCLP, all->n, 9000);
        g_assert_cmpfloat_with_epsilon(cover->objective, everybody, 1e-6);
    }
}

/* Cut short, it says how far it may be from the best, and that holds. */
static void test_gap(void)
{
    g_autoptr(Question) question = question_city(5, 400, 60);
    question->problem.max_optima = 0;
    const FmSiteModel models[] = {FM_SITE_MCLP, FM_SITE_PMEDIAN, FM_SITE_PCENTER, FM_SITE_LSCP};
    for (gsize i = 0; i < G_N_ELEMENTS(models); i++) {
        double sign = models[i] == FM_SITE_MCLP ? -1 : 1;
        question->problem.effort = 0;
        g_autoptr(FmSiteSolution) best = question_solve(question, models[i], 12, 4000);
        question->problem.effort = 1;
        g_autoptr(FmSiteSolution) quick = question_solve(question, models[i], 12, 4000);
        g_assert_cmpint(best->status, ==,
                        models[i] == FM_SITE_LSCP && isnan(best->bound) ? FM_SITE_INFEASIBLE
                                                                        : FM_SITE_OPTIMAL);
        g_assert_cmpfloat(sign * quick->objective, >=, sign * best->objective - 1e-6);
        if (quick->status == FM_SITE_GAP)
            g_assert_cmpfloat(sign * quick->bound, <=, sign * best->objective + 1e-6);
        if (models[i] == FM_SITE_MCLP || models[i] == FM_SITE_PMEDIAN)
            g_assert_cmpint(quick->status, ==, FM_SITE_GAP);
    }
}

static void test_words(void)
{
    for (int model = FM_SITE_MCLP; model <= FM_SITE_PCENTER; model++) {
        FmSiteModel read = FM_SITE_MCLP;
        g_assert_true(fm_site_model_parse(fm_site_model_name((FmSiteModel)model), &read, NULL));
        g_assert_cmpint(read, ==, model);
    }
    g_autoptr(GError) error = NULL;
    FmSiteModel read = FM_SITE_MCLP;
    g_assert_false(fm_site_model_parse("best", &read, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_USAGE);
    g_assert_nonnull(g_strstr_len(error->message, -1, "pmedian"));
}

void test_site_solve(void)
{
    g_test_add_func("/analysis/site-solve/line", test_line);
    g_test_add_func("/analysis/site-solve/preferred", test_preferred);
    g_test_add_func("/analysis/site-solve/random", test_random);
    g_test_add_func("/analysis/site-solve/pmed", test_pmed);
    g_test_add_func("/analysis/site-solve/laws", test_laws);
    g_test_add_func("/analysis/site-solve/gap", test_gap);
    g_test_add_func("/analysis/site-solve/words", test_words);
}
