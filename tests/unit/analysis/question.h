/** @file question.h
 *  Small questions of siting whose answers are known: by hand, by trying every set, or as
 *  published. */
#ifndef FM_ANALYSIS_QUESTION_H
#define FM_ANALYSIS_QUESTION_H

#include "site-internal.h"

/** A question with its arrays; `costs` is n_demand × n_sites, INFINITY where there is no way. */
typedef struct {
    FmSiteProblem problem;
    double *weights, *existing, *costs;
    gsize *first;
    FmReached *pairs;
} Question;

/** Takes the arrays; `existing` may be NULL.  Lists every optimum. */
Question *question_new(gsize n_demand, gsize n_sites, double *costs, double *weights,
                       double *existing);
void question_free(Question *question);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Question, question_free)

/** Six places on a line, each also a site: x = 0, 2, 3, 7, 8, 12; weights 10, 40, 30, 50, 20, 5. */
Question *question_line(void);
/** At most 20 demands and 11 sites: whole or real costs and weights, some of them 0 or equal, some
 *  ways missing, sometimes something there already; all by the seed. */
Question *question_random(guint32 seed);
/** An instance of OR-Library (Beasley 1985) from the shared data, a later line for the same edge
 *  replacing the earlier one; NULL, and the test skipped, without that data. */
Question *question_pmed(int instance);
/** People in the plane round a centre, sites among them; straight lines. */
Question *question_city(guint32 seed, gsize n_demand, gsize n_sites);

/** What a set is worth, less being better; only demand counts that something reaches.  mclp: people
 *  not served; lscp: sites, INFINITY when some are not; pmedian, pcenter: objective, INFINITY
 *  likewise.  @param set a bit a site */
double question_value(const Question *question, guint32 set);
/** The least value over all sets of `n` sites, and how many sets have it. */
double question_least(const Question *question, gsize n, gsize *n_sets);
/** People who could be served. */
double question_people(const Question *question);

/** Solve; fails the test on an error.  @return transfer full */
FmSiteSolution *question_solve(Question *question, FmSiteModel model, gsize n_add, double within);
/** "1 3 5": one set of an answer, counted from 1.  @return transfer full (g_free) */
char *question_set_text(const guint32 *sites, gsize n);

#endif
