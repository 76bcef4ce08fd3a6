/** @file site-internal.h
 *  The parts of the kernel of siting.  Every model becomes one question (site-core.c), answered by
 *  a local search (site-swap.c), a bound (site-bound.c) and a tree (site-search.c). */
#ifndef FM_ANALYSIS_SITE_INTERNAL_H
#define FM_ANALYSIS_SITE_INTERNAL_H

#include <facmap/site.h>

/* ---- site-core.c: the one question ------------------------------------------------------- */

/** Choose sites so that the sum over the rows of the least value, `base` or that of a chosen site,
 *  is least; a chosen site itself costs `open`.  That a maximal covering is a median, and a set
 *  covering nearly one, is Church & ReVelle's (1976, doi:10.1111/j.1538-4632.1976.tb00547.x). */
typedef struct {
    gsize n_rows, n_sites;
    gsize *first;     /**< n_rows + 1 */
    guint32 *sites;   /**< by row, ascending (value, site); only values below the base */
    double *values;   /**< as `sites` */
    double *base;     /**< n_rows, > 0: what a row costs when nothing is chosen */
    gsize p;          /**< how many sites to choose; 0 = as many as pay for `open` */
    double open;      /**< 0 with `p`, else 1 */
    double grain;     /**< objectives are whole multiples of it; 0 = of nothing */
    double tolerance; /**< a smaller difference is none */
} FmSiteCore;

void fm_site_core_free(FmSiteCore *core);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmSiteCore, fm_site_core_free)

/** Total of people times cost.  A row that something can serve costs so much unserved that serving
 *  one more is always better.
 *  @param within what is further is not reached; INFINITY = all is
 *  @return transfer full; NULL with FM_ERROR_LIMIT */
FmSiteCore *fm_site_core_median(const FmSiteProblem *problem, double within, GError **error);

/** What a covering counts. */
typedef enum {
    FM_SITE_COVER_WEIGHTS, /**< p sites, least weight uncovered */
    FM_SITE_COVER_ROWS,    /**< p sites, fewest rows uncovered; those that follow from others are
                                left out */
    FM_SITE_COVER_ALL,     /**< fewest sites, all rows covered; the same rows */
} FmSiteCover;

/** Rows with weight that a site within the limit covers and nothing existing does; rows that the
 *  same sites cover are one.
 *  @param p with FM_SITE_COVER_ALL not looked at
 *  @return transfer full; NULL with FM_ERROR_LIMIT */
FmSiteCore *fm_site_core_cover(const FmSiteProblem *problem, double within, FmSiteCover cover,
                               gsize p, GError **error);

/** The objective of a set, summed in the order of rows.  @param sites n, any order */
double fm_site_core_cost(const FmSiteCore *core, const guint32 *sites, gsize n);

/** Does this demand take part: has it weight, and does anything reach it within the limit? */
gboolean fm_site_can_serve(const FmSiteProblem *problem, gsize demand, double within);
/** What exists costs this demand; INFINITY without. */
double fm_site_existing(const FmSiteProblem *problem, gsize demand);

/* ---- site-value.c: what a set is worth ---------------------------------------------------- */

/** Everybody goes to the cheapest, chosen or there already, unless it is beyond the limit. */
typedef struct {
    double people;       /**< who are served */
    double total;        /**< people times cost, over them */
    double most;         /**< greatest cost of those with people; 0 without */
    gboolean serves_all; /**< all that something could serve */
} FmSiteValue;

FmSiteValue fm_site_value(const FmSiteProblem *problem, double within, const guint32 *sites,
                          gsize n);
/** The one of them that the model is about.  @param n sites */
double fm_site_value_of(FmSiteModel model, const FmSiteValue *value, gsize n);

/* ---- work --------------------------------------------------------------------------------- */

/** Coming to a row takes the time of so many pairs. */
#define FM_SITE_ROW_WORK 8

/** Pairs looked at; when they are spent, the search ends. */
typedef struct {
    guint64 done, most;
} FmSiteEffort;

static inline gboolean fm_site_is_spent(const FmSiteEffort *effort)
{
    return effort->done >= effort->most;
}

/* ---- site-swap.c: a good answer ----------------------------------------------------------- */

/** Add what gains most until there are `p`, or until nothing pays for itself; then add, drop and
 *  swap while that helps.
 *  @param[in,out] sites GArray of guint32, any order; left ascending */
void fm_site_improve(const FmSiteCore *core, GArray *sites, FmSiteEffort *effort);

/* ---- site-bound.c: no answer is better than this ------------------------------------------ */

/** Where the tree stands, and room to work in. */
typedef struct {
    const FmSiteCore *core;
    guint8 *state; /**< FmSiteState, one a site */
    gsize n_in, n_free;
    double *base;       /**< by row: least value of the base and the sites that are in */
    double *multiplier; /**< by row: those of the best bound so far; base >= it >= 0 */
    double *reduced;    /**< by site: what it would save by these, <= 0 */
    GArray *chosen; /**< guint32: the free sites of the relaxed answer, ascending by `reduced` */
    double bound;   /**< on every set that has all sites that are in and none that is out */
    FmSiteEffort *effort;
    /* room */
    double *trial, *direction, *prices;
    guint8 *marked;
    struct FmSitePrice *order;
} FmSiteRelaxation;

typedef enum { FM_SITE_FREE, FM_SITE_IN, FM_SITE_OUT } FmSiteState;

FmSiteRelaxation *fm_site_relaxation_new(const FmSiteCore *core, FmSiteEffort *effort);
void fm_site_relaxation_free(FmSiteRelaxation *relaxation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmSiteRelaxation, fm_site_relaxation_free)

/** Bring `base` up to date with the sites that are in. */
void fm_site_relaxation_refresh(FmSiteRelaxation *relaxation);
/** Multipliers to begin with, by what a good answer costs. */
void fm_site_relaxation_start(FmSiteRelaxation *relaxation, const GArray *sites);
/** Raise the bound by subgradient steps, until it is above `enough` or rises no more.
 *  @param target an objective to aim the steps at  @param n_steps at most */
void fm_site_relaxation_raise(FmSiteRelaxation *relaxation, double target, double enough,
                              guint n_steps);

/* ---- site-search.c: the tree -------------------------------------------------------------- */

typedef struct {
    double cost;   /**< of the best set; INFINITY: none below the cutoff */
    double bound;  /**< the cost when proven */
    GArray *sites; /**< guint32, ascending */
} FmSiteBest;

void fm_site_best_clear(FmSiteBest *best);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmSiteBest, fm_site_best_clear)

/** @param cutoff only what costs less is looked for: bound >= cutoff proves that there is nothing;
 *                INFINITY = all
 *  @param enough stop when something costs no more than this; -INFINITY = never
 *  @return FALSE with FM_ERROR_CANCELLED */
gboolean fm_site_search(const FmSiteCore *core, double cutoff, double enough, FmSiteEffort *effort,
                        FmSiteBest *best, const FmProgress *progress, GError **error);

/** All sets of exactly p sites that cost no more than `cost`, up to the tolerance.
 *  @param hint      a good set, ascending; it is listed if it costs no more and has p sites
 *  @param most      stop after so many
 *  @param[out] sets GArray of guint32, p a set, appended; each set ascending, in no order
 *  @param[out] all  proven: there are no others
 *  @return FALSE with FM_ERROR_CANCELLED */
gboolean fm_site_enumerate(const FmSiteCore *core, double cost, const GArray *hint, gsize most,
                           FmSiteEffort *effort, GArray *sets, gboolean *all,
                           const FmProgress *progress, GError **error);

/* ---- site-near.c -------------------------------------------------------------------------- */

/** List the sets that are nearly as good as a proven answer, when the problem asks for them.
 *  @param[in,out] solution `near` and what belongs to it
 *  @return FALSE with FM_ERROR_LIMIT or FM_ERROR_CANCELLED */
gboolean fm_site_near(const FmSiteProblem *problem, FmSiteEffort *effort, FmSiteSolution *solution,
                      const FmProgress *progress, GError **error);

/* ---- site-center.c ------------------------------------------------------------------------ */

/** The least radius within which n_add sites cover all that can be.
 *  @param[out] best cost: that radius  @return FALSE with FM_ERROR_LIMIT or FM_ERROR_CANCELLED */
gboolean fm_site_center(const FmSiteProblem *problem, FmSiteEffort *effort, FmSiteBest *best,
                        const FmProgress *progress, GError **error);

#endif
