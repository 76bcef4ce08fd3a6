#include "question.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int compare_reached(const void *a, const void *b)
{
    const FmReached *left = a, *right = b;
    if (left->cost != right->cost)
        return left->cost < right->cost ? -1 : 1;
    return left->end < right->end ? -1 : left->end > right->end;
}

Question *question_new(gsize n_demand, gsize n_sites, double *costs, double *weights,
                       double *existing)
{
    Question *question = g_new0(Question, 1);
    question->costs = costs;
    question->weights = weights;
    question->existing = existing;
    question->first = g_new0(gsize, n_demand + 1);
    question->pairs = g_new(FmReached, n_demand * n_sites + 1);
    gsize at = 0;
    for (gsize i = 0; i < n_demand; i++) {
        question->first[i] = at;
        for (gsize j = 0; j < n_sites; j++)
            if (isfinite(costs[i * n_sites + j]))
                question->pairs[at++] = (FmReached){(guint32)j, costs[i * n_sites + j]};
        qsort(question->pairs + question->first[i], at - question->first[i], sizeof(FmReached),
              compare_reached);
    }
    question->first[n_demand] = at;
    question->problem = (FmSiteProblem){
        .n_demand = n_demand,
        .n_sites = n_sites,
        .weights = weights,
        .existing = existing,
        .first = question->first,
        .pairs = question->pairs,
        .max_optima = 100000,
    };
    return question;
}

void question_free(Question *question)
{
    if (!question)
        return;
    g_free(question->weights);
    g_free(question->existing);
    g_free(question->costs);
    g_free(question->first);
    g_free(question->pairs);
    g_free(question);
}

Question *question_line(void)
{
    static const double x[] = {0, 2, 3, 7, 8, 12}, weights[] = {10, 40, 30, 50, 20, 5};
    double *costs = g_new(double, 36);
    for (gsize i = 0; i < 36; i++)
        costs[i] = fabs(x[i / 6] - x[i % 6]);
    return question_new(6, 6, costs, g_memdup2(weights, sizeof weights), NULL);
}

Question *question_random(guint32 seed)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
    gsize n = (gsize)g_rand_int_range(rand, 1, 21), m = (gsize)g_rand_int_range(rand, 1, 12);
    gboolean whole = seed % 2 == 0, sparse = seed % 3 == 0, something = seed % 5 < 2;
    double *weights = g_new(double, n), *existing = something ? g_new(double, n) : NULL;
    double *costs = g_new(double, n *m);
    for (gsize i = 0; i < n; i++) {
        weights[i] = whole ? g_rand_int_range(rand, 0, 5) : g_rand_double_range(rand, 0, 10);
        gboolean reached = g_rand_boolean(rand);
        if (existing)
            existing[i] = reached ? g_rand_int_range(rand, 0, 20) : (double)INFINITY;
    }
    for (gsize i = 0; i < n * m; i++) {
        costs[i] = whole ? g_rand_int_range(rand, 0, 12) : g_rand_double_range(rand, 0, 20);
        if (sparse && g_rand_double(rand) < 0.3)
            costs[i] = (double)INFINITY;
    }
    return question_new(n, m, costs, weights, existing);
}

/* ---- OR-Library -------------------------------------------------------------------------- */

static void all_shortest(double *costs, gsize n)
{
    for (gsize k = 0; k < n; k++)
        for (gsize i = 0; i < n; i++)
            for (gsize j = 0; j < n; j++)
                costs[i * n + j] = fmin(costs[i * n + j], costs[i * n + k] + costs[k * n + j]);
}

Question *question_pmed(int instance)
{
    g_autofree char *name = g_strdup_printf("pmed%d.txt", instance);
    const char *shared = g_getenv("FACMAP_SHARED"); /* ctest sets it */
    g_autofree char *path =
        g_build_filename(shared ? shared : "../shared", "data", "orlib_pmedian", name, NULL);
    g_autofree char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL)) {
        g_test_skip("the shared instances of OR-Library are not there");
        return NULL;
    }
    const char *at = text;
    char *next = NULL;
    gsize head[3];
    for (gsize i = 0; i < 3; i++, at = next)
        head[i] = (gsize)g_ascii_strtoull(at, &next, 10);
    gsize n = head[0];
    double *costs = g_new(double, n *n), *weights = g_new(double, n);
    for (gsize i = 0; i < n * n; i++)
        costs[i] = i % (n + 1) == 0 ? 0 : (double)INFINITY;
    for (gsize i = 0; i < n; i++)
        weights[i] = 1;
    for (gsize edge = 0; edge < head[1]; edge++) {
        gsize ends[2];
        for (gsize i = 0; i < 2; i++, at = next)
            ends[i] = (gsize)g_ascii_strtoull(at, &next, 10) - 1;
        costs[ends[0] * n + ends[1]] = costs[ends[1] * n + ends[0]] = g_ascii_strtod(at, &next);
        at = next;
    }
    all_shortest(costs, n);
    Question *question = question_new(n, n, costs, weights, NULL);
    question->problem.n_add = head[2];
    return question;
}

Question *question_city(guint32 seed, gsize n_demand, gsize n_sites)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
    gsize n = n_demand + n_sites;
    g_autofree double *x = g_new(double, n);
    g_autofree double *y = g_new(double, n);
    for (gsize i = 0; i < n; i++) {
        double radius = 15000 * sqrt(-log(1 - g_rand_double(rand)));
        double angle = g_rand_double_range(rand, 0, 2 * G_PI);
        x[i] = radius * cos(angle);
        y[i] = radius * sin(angle);
    }
    double *costs = g_new(double, n_demand *n_sites), *weights = g_new(double, n_demand);
    for (gsize i = 0; i < n_demand; i++) {
        weights[i] = g_rand_double_range(rand, 0, 1000);
        for (gsize j = 0; j < n_sites; j++)
            costs[i * n_sites + j] = hypot(x[i] - x[n_demand + j], y[i] - y[n_demand + j]);
    }
    return question_new(n_demand, n_sites, costs, weights, NULL);
}

/* ---- by trying --------------------------------------------------------------------------- */

static double within_of(const FmSiteProblem *problem)
{
    return problem->model == FM_SITE_MCLP || problem->model == FM_SITE_LSCP ? problem->within
                                                                            : (double)INFINITY;
}

/* The least cost of a demand with a set. */
static double cost_with(const Question *question, gsize demand, guint32 set)
{
    gsize m = question->problem.n_sites;
    double cost = question->existing ? question->existing[demand] : (double)INFINITY;
    for (gsize j = 0; j < m; j++)
        if (set >> j & 1)
            cost = fmin(cost, question->costs[demand * m + j]);
    return cost;
}

static gboolean is_served(const FmSiteProblem *problem, double cost)
{
    return isfinite(cost) && cost <= within_of(problem);
}

double question_value(const Question *question, guint32 set)
{
    const FmSiteProblem *problem = &question->problem;
    double total = 0, most = 0, left = 0;
    for (gsize i = 0; i < problem->n_demand; i++) {
        double weight = question->weights[i], cost = cost_with(question, i, set);
        if (weight <= 0 || !is_served(problem, cost_with(question, i, G_MAXUINT32)))
            continue;
        if (!is_served(problem, cost)) {
            left += weight;
            continue;
        }
        total += weight * cost;
        most = fmax(most, cost);
    }
    gsize n = 0;
    for (guint32 bits = set; bits; bits &= bits - 1)
        n++;
    if (problem->model == FM_SITE_MCLP)
        return left;
    if (left > 0)
        return (double)INFINITY;
    return problem->model == FM_SITE_LSCP      ? (double)n
           : problem->model == FM_SITE_PMEDIAN ? total
                                               : most;
}

double question_least(const Question *question, gsize n, gsize *n_sets)
{
    double least = (double)INFINITY;
    *n_sets = 0;
    for (guint32 set = 0; set < 1U << question->problem.n_sites; set++) {
        gsize size = 0;
        for (guint32 bits = set; bits; bits &= bits - 1)
            size++;
        if (size != n)
            continue;
        double value = question_value(question, set);
        if (value < least - 1e-9) {
            least = value;
            *n_sets = 0;
        }
        *n_sets += value <= least + 1e-9;
    }
    return least;
}

double question_people(const Question *question)
{
    double people = 0;
    for (gsize i = 0; i < question->problem.n_demand; i++)
        if (is_served(&question->problem, cost_with(question, i, G_MAXUINT32)))
            people += question->weights[i];
    return people;
}

FmSiteSolution *question_solve(Question *question, FmSiteModel model, gsize n_add, double within)
{
    GError *error = NULL;
    question->problem.model = model;
    question->problem.n_add = n_add;
    question->problem.within = within;
    FmSiteSolution *solution = fm_site_solve(&question->problem, NULL, &error);
    g_assert_no_error(error);
    return solution;
}

char *question_set_text(const guint32 *sites, gsize n)
{
    GString *text = g_string_new(NULL);
    for (gsize i = 0; i < n; i++)
        g_string_append_printf(text, "%s%u", i > 0 ? " " : "", sites[i] + 1);
    return g_string_free(text, FALSE);
}
