/* Threshold accepting (Dueck & Scheuer 1990, doi:10.1016/0021-9991(90)90201-B): simulated
 * annealing, which Christensen, Marks & Shieber (1995, doi:10.1145/212332.212334) found best for
 * labels, with a fixed threshold in place of the random one, so that no exponential, whose last
 * bit differs between C libraries, decides a map.
 *
 * A move takes one label to a place drawn at random, the cheap ones more often; whoever sat there
 * goes to his own cheapest free place or, when there is none, loses his seat.  Only labels that do
 * not have their best place, and those that a move touched, are drawn. */

#include "label-search.h"

#include <string.h>

enum {
    BLOCKERS_MAX = 3, /* that a move may chase away */
    PLACES_MAX = 24,  /* where each of them looks for a new place */
};
/* The first threshold, in shares of the lightest label's weight; the last is 0. */
#define START_SHARE 0.35

typedef struct {
    FmSeating *seating;
    const double *weights;
    GRand *random;
    GArray *active; /* gsize: units that moves are drawn from */
    gboolean *is_active;
} Search;

double fm__label_energy(const FmSeating *seating, const double *weights)
{
    double energy = 0;
    for (gsize unit = 0; unit < fm__seating_n_units(seating); unit++)
        energy += weights[unit] > 0 ? fm__seating_cost(seating, unit, weights[unit]) : 0;
    return energy;
}

static void activate(Search *s, gsize unit)
{
    if (s->is_active[unit] || fm__seating_n_candidates(s->seating, unit) < 1)
        return;
    s->is_active[unit] = TRUE;
    g_array_append_val(s->active, unit);
}

static void find_active(Search *s)
{
    for (gsize unit = 0; unit < fm__seating_n_units(s->seating); unit++)
        if (s->weights[unit] > 0 && fm__seating_seat_of(s->seating, unit) != 0)
            activate(s, unit);
}

/* One compound move, kept when it costs less than the threshold.  Returns what it changed. */
static double try_move(Search *s, gsize unit, gsize candidate, double threshold)
{
    gsize blockers[BLOCKERS_MAX];
    int n = fm__seating_blockers(s->seating, unit, candidate, BLOCKERS_MAX, blockers);
    if (n < 0)
        return 0;
    double change = -fm__seating_cost(s->seating, unit, s->weights[unit]);
    fm__seating_begin(s->seating);
    for (int i = 0; i < n; i++) {
        change -= fm__seating_cost(s->seating, blockers[i], s->weights[blockers[i]]);
        fm__seating_move(s->seating, blockers[i], FM_NO_SEAT);
    }
    fm__seating_move(s->seating, unit, candidate);
    change += fm__seating_cost(s->seating, unit, s->weights[unit]);
    for (int i = 0; i < n; i++) {
        fm__seating_move_to_free(s->seating, blockers[i], PLACES_MAX);
        change += fm__seating_cost(s->seating, blockers[i], s->weights[blockers[i]]);
    }
    if (change >= threshold && change >= 0) {
        fm__seating_take_back(s->seating);
        return 0;
    }
    for (int i = 0; i < n; i++)
        activate(s, blockers[i]);
    return change;
}

static void keep_seats(const FmSeating *seating, gsize *seats)
{
    for (gsize unit = 0; unit < fm__seating_n_units(seating); unit++)
        seats[unit] = fm__seating_seat_of(seating, unit);
}

static void restore_seats(FmSeating *seating, const gsize *seats)
{
    fm__seating_begin(seating);
    for (gsize unit = 0; unit < fm__seating_n_units(seating); unit++)
        if (fm__seating_seat_of(seating, unit) != seats[unit])
            fm__seating_move(seating, unit, seats[unit]);
}

static double lightest(const Search *s)
{
    double least = 0;
    for (guint i = 0; i < s->active->len; i++) {
        double weight = s->weights[g_array_index(s->active, gsize, i)];
        least = i == 0 ? weight : MIN(least, weight);
    }
    return least;
}

static void run(Search *s, guint budget)
{
    const double start = START_SHARE * lightest(s);
    for (guint i = 0; i < budget; i++) {
        gint32 drawn = g_rand_int_range(s->random, 0, (gint32)s->active->len);
        gsize unit = g_array_index(s->active, gsize, drawn);
        gsize n = fm__seating_n_candidates(s->seating, unit);
        double r = g_rand_double(s->random);
        gsize candidate = (gsize)(r * r * (double)n);
        double threshold = start * (1 - (double)i / (double)budget);
        if (candidate < n && candidate != fm__seating_seat_of(s->seating, unit))
            try_move(s, unit, candidate, threshold);
    }
}

void fm__label_search(FmSeating *seating, const double *weights, guint per_unit, guint at_most,
                      guint32 seed)
{
    gsize n = fm__seating_n_units(seating);
    Search s = {seating, weights, g_rand_new_with_seed(seed),
                g_array_new(FALSE, FALSE, sizeof(gsize)), g_new0(gboolean, MAX(n, 1))};
    find_active(&s);
    if (s.active->len > 0 && s.active->len < G_MAXINT32) {
        g_autofree gsize *before = g_new0(gsize, n); /* clang-tidy cannot see that n stays */
        double energy = fm__label_energy(seating, weights);
        keep_seats(seating, before);
        run(&s, (guint)MIN((guint64)s.active->len * per_unit, at_most));
        if (fm__label_energy(seating, weights) > energy)
            restore_seats(seating, before);
    }
    g_rand_free(s.random);
    g_array_unref(s.active);
    g_free(s.is_active);
}
