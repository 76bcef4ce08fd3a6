/* Greedy and interchange.  For every row the nearest and the second nearest chosen site are known;
 * what adding, dropping and swapping would change then adds up in one pass over the pairs below the
 * second nearest (Whitaker 1983; in the form of Resende & Werneck 2007: gain, loss and extra). */
#include "site-internal.h"

#include <string.h>

#define NO_PLACE G_MAXUINT32

typedef struct {
    const FmSiteCore *core;
    GArray *sites;     /* guint32: what is chosen */
    guint32 *place_of; /* one a site: where in `sites`, or NO_PLACE */
    double *gain;      /* one a site: what adding it saves */
    double *loss;      /* one a place: what dropping it costs */
    double *extra;     /* n_sites × places: what a swap loses less than the two alone say */
    gsize n_places;    /* room */
    FmSiteEffort *effort;
} Swap;

static void swap_clear(Swap *swap)
{
    g_free(swap->place_of);
    g_free(swap->gain);
    g_free(swap->loss);
    g_free(swap->extra);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Swap, swap_clear)

static guint32 site_at(const Swap *swap, gsize place)
{
    return g_array_index(swap->sites, guint32, place);
}

/* Places are positions, so that dropping one moves the last into its place. */
static void drop_place(Swap *swap, gsize place)
{
    swap->place_of[site_at(swap, place)] = NO_PLACE;
    g_array_remove_index_fast(swap->sites, (guint)place);
    if (place < swap->sites->len)
        swap->place_of[site_at(swap, place)] = (guint32)place;
}

static void add_site(Swap *swap, guint32 site)
{
    swap->place_of[site] = swap->sites->len;
    g_array_append_val(swap->sites, site);
}

/* What a row says about every change. */
static void count_row(Swap *swap, gsize row)
{
    const FmSiteCore *core = swap->core;
    gsize begin = core->first[row], end = core->first[row + 1], k = begin;
    for (; k < end && swap->place_of[core->sites[k]] == NO_PLACE; k++)
        ;
    double nearest = k < end ? core->values[k] : core->base[row];
    guint32 place = k < end ? swap->place_of[core->sites[k]] : NO_PLACE;
    for (gsize i = begin; i < k && core->values[i] < nearest; i++)
        swap->gain[core->sites[i]] += nearest - core->values[i];
    swap->effort->done += k - begin + FM_SITE_ROW_WORK;
    if (place == NO_PLACE)
        return;
    gsize second_at = k + 1;
    for (; second_at < end && swap->place_of[core->sites[second_at]] == NO_PLACE; second_at++)
        ;
    double second = second_at < end ? core->values[second_at] : core->base[row];
    swap->loss[place] += second - nearest;
    for (gsize i = begin; i < second_at; i++) {
        double value = core->values[i];
        if (i != k && value < second)
            swap->extra[core->sites[i] * swap->n_places + place] += second - MAX(value, nearest);
    }
    swap->effort->done += 2 * (second_at - begin);
}

/* @param places FALSE: only what adding gains */
static void count(Swap *swap)
{
    gsize n_sites = swap->core->n_sites;
    if (swap->sites->len >= swap->n_places) {
        swap->n_places = 2 * swap->sites->len + 1;
        swap->loss = g_renew(double, swap->loss, swap->n_places);
        swap->extra = g_renew(double, swap->extra, swap->n_places *n_sites);
    }
    memset(swap->gain, 0, n_sites * sizeof *swap->gain);
    memset(swap->loss, 0, swap->n_places * sizeof *swap->loss);
    memset(swap->extra, 0, swap->n_places * n_sites * sizeof *swap->extra);
    for (gsize row = 0; row < swap->core->n_rows; row++)
        count_row(swap, row);
}

/* ---- moves ------------------------------------------------------------------------------- */

typedef struct {
    double saves;
    gsize in, out; /* site to add, place to drop; G_MAXSIZE: none */
} Move;

static void consider(Move *best, double saves, gsize in, gsize out)
{
    if (saves > best->saves)
        *best = (Move){saves, in, out};
}

static Move best_move(const Swap *swap)
{
    const FmSiteCore *core = swap->core;
    gsize n = swap->sites->len;
    Move best = {core->tolerance, G_MAXSIZE, G_MAXSIZE};
    for (gsize place = 0; core->p == 0 && place < n; place++)
        consider(&best, core->open - swap->loss[place], G_MAXSIZE, place);
    for (gsize site = 0; site < core->n_sites; site++) {
        if (swap->place_of[site] != NO_PLACE)
            continue;
        if (core->p == 0)
            consider(&best, swap->gain[site] - core->open, site, G_MAXSIZE);
        for (gsize place = 0; place < n; place++)
            consider(&best,
                     swap->gain[site] - swap->loss[place] +
                         swap->extra[site * swap->n_places + place],
                     site, place);
    }
    return best;
}

static void apply(Swap *swap, const Move *move)
{
    if (move->out != G_MAXSIZE)
        drop_place(swap, move->out);
    if (move->in != G_MAXSIZE)
        add_site(swap, (guint32)move->in);
}

/* The site that saves most, the first of equals.  @return G_MAXSIZE when all are chosen */
static gsize best_gain(const Swap *swap)
{
    gsize best = G_MAXSIZE;
    for (gsize site = 0; site < swap->core->n_sites; site++)
        if (swap->place_of[site] == NO_PLACE &&
            (best == G_MAXSIZE || swap->gain[site] > swap->gain[best]))
            best = site;
    return best;
}

static void grow(Swap *swap)
{
    const FmSiteCore *core = swap->core;
    for (;;) {
        if (core->p > 0 && swap->sites->len >= core->p)
            return;
        count(swap);
        gsize best = best_gain(swap);
        if (best == G_MAXSIZE || (core->p == 0 && swap->gain[best] <= core->open))
            return;
        add_site(swap, (guint32)best);
    }
}

static int compare_sites(const void *a, const void *b)
{
    guint32 left = *(const guint32 *)a, right = *(const guint32 *)b;
    return left < right ? -1 : left > right;
}

void fm_site_improve(const FmSiteCore *core, GArray *sites, FmSiteEffort *effort)
{
    g_auto(Swap) swap = {
        .core = core,
        .sites = sites,
        .place_of = g_new(guint32, core->n_sites),
        .gain = g_new(double, core->n_sites),
        .effort = effort,
    };
    for (gsize site = 0; site < core->n_sites; site++)
        swap.place_of[site] = NO_PLACE;
    for (guint i = 0; i < sites->len; i++)
        swap.place_of[site_at(&swap, i)] = i;
    grow(&swap);
    while (!fm_site_is_spent(effort)) {
        count(&swap);
        const Move move = best_move(&swap);
        if (move.in == G_MAXSIZE && move.out == G_MAXSIZE)
            break;
        apply(&swap, &move);
    }
    g_array_sort(sites, compare_sites);
}
