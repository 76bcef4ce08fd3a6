/** @file site.h
 *  Where next: location-allocation.  Which N of some candidates, beside what is there already,
 *  serve people best.  The kernel works on arrays and proves what it can: it says `optimal` only
 *  where bound and answer meet, else how far apart they are.
 *
 *  Four models.  mclp: most people within a limit (Church & ReVelle 1974,
 *  doi:10.1007/BF01942293).  lscp: fewest sites that leave nobody beyond a limit (Toregas et al.
 *  1971, doi:10.1287/opre.19.6.1363).  pmedian: least total of people times cost (Hakimi 1964,
 *  doi:10.1287/opre.12.3.450).  pcenter: least cost of the worst served place, people uncounted
 *  (Hakimi 1964; Minieka 1970, doi:10.1137/1012016).
 *
 *  The work is bounded by counting it, never by a clock: the same question has the same answer, to
 *  the bit, on any machine and for any number of threads. */
#ifndef FACMAP_SITE_H
#define FACMAP_SITE_H

#include <facmap/analysis.h>

G_BEGIN_DECLS

typedef enum {
    FM_SITE_MCLP,
    FM_SITE_LSCP,
    FM_SITE_PMEDIAN,
    FM_SITE_PCENTER,
} FmSiteModel;

/** "mclp", "lscp", "pmedian" or "pcenter".  @return FALSE with FM_ERROR_USAGE listing them */
FM_API gboolean fm_site_model_parse(const char *text, FmSiteModel *out, GError **error);
/** The same word back; lives as long as the process. */
FM_API const char *fm_site_model_name(FmSiteModel model);

/* ---- the kernel ------------------------------------------------------------------------- */

/** A question.  All borrowed.  Demand of weight 0 asks for nothing. */
typedef struct {
    FmSiteModel model;
    gsize n_demand, n_sites;
    const double *weights;  /**< n_demand, finite, >= 0 */
    const double *existing; /**< n_demand: cost to what is there already, INFINITY where it cannot
                                 be reached; NULL when nothing is there */
    const gsize *first;     /**< n_demand + 1: row i has pairs first[i] … first[i + 1] - 1 */
    const FmReached *pairs; /**< sites (`end`) and costs >= 0 by row, ascending (cost, end); a site
                                 that is not listed cannot be reached */
    gsize n_add;            /**< how many sites to choose, 1 … n_sites; not looked at by lscp */
    double within;          /**< mclp and lscp: served is cost <= within */
    guint64 effort;         /**< pairs to look at before giving up the proof; 0 = 2e9 */
    gsize max_optima;       /**< list at most so many equal answers; 0 = do not look for others */
    double near_ratio;      /**< list also the sets that are worse by up to this part of the
                                 objective; 0 = do not.  Not looked at by lscp */
} FmSiteProblem;

typedef enum {
    FM_SITE_OPTIMAL,    /**< proven: no set is better */
    FM_SITE_GAP,        /**< the best that was found; `bound` says how much better one could be */
    FM_SITE_INFEASIBLE, /**< some of the demand is served by no set of that size; `sites` are
                             those that serve what can be served */
} FmSiteStatus;

/** An answer.  Belongs to the caller (fm_site_solution_free). */
typedef struct {
    FmSiteStatus status;
    gsize n;          /**< sites chosen; fewer than asked for by mclp when more would add nobody */
    guint32 *sites;   /**< n, ascending */
    double objective; /**< mclp: people served, by existing ones too; lscp: sites; pmedian: total of
                           people times cost; pcenter: greatest cost */
    double bound;     /**< no set is better than this; the objective itself when proven; NaN when
                           infeasible */
    gsize n_optima;  /**< sets of `n` sites that are as good, `sites` among them, as far as found */
    guint32 *optima; /**< n_optima × n, each ascending, in lexicographic order */
    gboolean all_optima; /**< proven: there are no others */
    gsize n_near;        /**< sets of `n` sites that are nearly as good, the equal ones among them;
                              none unless the answer is proven */
    guint32 *near;       /**< n_near × n, best first, then in lexicographic order */
    double *near_objectives; /**< n_near */
    double
        near_ratio; /**< they are worse by up to this part: what was asked for or, where there are
                            more than `max_optima` of those, a half, a quarter … of it */
    gboolean all_near; /**< proven: there are no others within `near_ratio` */
} FmSiteSolution;

FM_API void fm_site_solution_free(FmSiteSolution *solution);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmSiteSolution, fm_site_solution_free)

/** Choose sites.  Greedy and interchange (Teitz & Bart 1968, doi:10.1287/opre.16.5.955; Resende &
 *  Werneck 2007, doi:10.1016/j.ejor.2005.02.051) find an answer; Lagrangian relaxation (Cornuejols,
 *  Fisher & Nemhauser 1977, doi:10.1287/mnsc.23.8.789; Beasley 1993,
 *  doi:10.1016/0377-2217(93)90254-W; for coverage Galvão & ReVelle 1996,
 *  doi:10.1016/0377-2217(94)00159-6) bounds every other; branch and bound closes what is left.
 *
 *  Of equal answers the one with the least total of people times cost is chosen, then the
 *  lexicographically first, as far as they were found.  Equal is a difference of less than 1e-10 of
 *  the total.  Demand that no site and nothing existing reaches is left out of pmedian and pcenter;
 *  lscp is infeasible with it.
 *  @return transfer full; NULL with FM_ERROR_LIMIT (memory) or FM_ERROR_CANCELLED */
FM_API FmSiteSolution *fm_site_solve(const FmSiteProblem *problem, const FmProgress *progress,
                                     GError **error);

/* ---- the analysis ----------------------------------------------------------------------- */

/** Options of siting.  Strings borrowed for the call. */
typedef struct {
    FmSiteModel model;
    FmSelection of;         /**< what is there already; layer NULL = nothing is */
    FmSelection demand;     /**< as that of coverage */
    FmSelection candidates; /**< points; a line or polygon counts by its point on surface */
    const char *weight;     /**< as that of coverage */
    gsize n_add;            /**< >= 1; 0 with lscp */
    const FmLimit *within;  /**< needed by mclp and lscp; of the others the longest way anybody
                                 takes; NULL = no limit */
    const FmVia *via;       /**< NULL = straight lines */
    double near_ratio;      /**< 0 to 1: list also choices that are worse by up to this part; 0 =
                                 do not; never with lscp */
    double effort;          /**< times the usual work, > 0; 0 = 1 */
    const char *name;       /**< NULL = "site_<model>_<candidates>" */
    guint n_threads;        /**< 0 = all */
} FmSiteOptions;

/** Siting: result layers "" (chosen and existing sites: site_id, names, fixed, people,
 *  people_new), "_demand" (demand_id, weight, site_id, fixed, cost, cost_before, reason) and
 *  "_lines" (a straight line from every served demand to its site); with `near_ratio` also "_near"
 *  (candidates in nearly as good choices: site_id, names, chosen, n_choices, share).  People go to
 *  the nearest site, ties to what exists, then to the lower row; with mclp and lscp only within the
 *  limit.
 *  docs/site.md defines every figure.
 *  @return transfer full; NULL with the errors of fm_coverage and of fm_site_solve, or
 *          FM_ERROR_USAGE: more to add than candidates, a limit that is missing */
FM_API FmResult *fm_site(FmWorkspace *workspace, const FmSiteOptions *options,
                         const FmProgress *progress, GError **error);

G_END_DECLS
#endif
