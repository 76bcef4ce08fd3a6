/* Do places lie to the roads in a pattern that chance does not make?  Schools stand back from the
 * road, stations stand on it; which of the two a list does is not known beforehand, but copies of
 * the list that are moved anywhere else do neither.  So the list's distances to the nearest line,
 * under each system, are compared with those of moved copies.  Under the right system they differ;
 * under a wrong one the list is itself such a copy.
 *
 * That is the test of Lotwick & Silverman (1982, doi:10.1111/j.2517-6161.1982.tb01221.x) for two
 * patterns that have nothing to do with each other: moving the whole list keeps how its places lie
 * among themselves, so that neighbours do not count as independent witnesses. */
#include "check-internal.h"

#include <math.h>

/* Positions measured at most, and copies: 380 of them that all depart less give p = 1 / 381. */
enum { MOST_PLACES = 400, LEAST_PLACES = 30, MOST_COPIES = 400 };

/* Copies are moved so far: the blocks of a city are left behind, and yet it is the same part. */
#define NEAREST_COPY_M 300.0
#define FARTHEST_COPY_M 2000.0
/* A copy this near to where a system puts the list would be no copy of chance. */
#define APART_M 200.0
/* No copy may leave the reference: 0.03 degrees are 2 km also at 53 degrees north. */
#define MARGIN_DEG 0.03
/* The winner departs from chance by this much more than the copy that departs most. */
#define CLEAR_DEPARTURE 1.2

typedef struct {
    const FmSystems *systems;
    const FmLineSet *lines;
    FmLonLat *stored;
    gsize n;
} Places;

static void places_clear(Places *places)
{
    g_clear_pointer(&places->stored, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Places, places_clear)

static int compare_positions(const void *a, const void *b)
{
    const FmLonLat *p = a, *q = b;
    int by_lon = (p->lon_deg > q->lon_deg) - (p->lon_deg < q->lon_deg);
    return by_lon != 0 ? by_lon : (p->lat_deg > q->lat_deg) - (p->lat_deg < q->lat_deg);
}

/* Each distinct position once, and an even spread of them when they are many. */
static void thin(Places *places)
{
    gsize n = 0;

    if (places->n == 0) {
        return; /* an empty layer has no array to sort */
    }
    qsort(places->stored, places->n, sizeof *places->stored, compare_positions);
    for (gsize i = 0; i < places->n; i++)
        if (n == 0 || compare_positions(&places->stored[n - 1], &places->stored[i]) != 0)
            places->stored[n++] = places->stored[i];
    places->n = MIN(n, MOST_PLACES);
    for (gsize i = 0; i < places->n; i++)
        places->stored[i] = places->stored[i * n / places->n];
}

static void collect(Places *places, const FmLayer *layer)
{
    places->stored = g_new(FmLonLat, layer->n);
    for (gsize row = 0; row < layer->n; row++)
        if (fm_position_is_set(layer->positions[row]) &&
            fm_systems_keep_inside(places->systems, places->lines->extent, MARGIN_DEG,
                                   layer->positions[row]))
            places->stored[places->n++] = layer->positions[row];
    thin(places);
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Distances of the positions to the nearest line, ascending. */
static void measure(const Places *places, const FmLonLat *positions, double *distances)
{
    for (gsize i = 0; i < places->n; i++) {
        FmNeighbour nearest = {.distance_m = INFINITY};
        fm_geometry_index_nearest(places->lines->index, positions[i], 1, INFINITY, &nearest, NULL);
        distances[i] = nearest.distance_m;
    }
    qsort(distances, places->n, sizeof *distances, compare_doubles);
}

double fm_departure(const double *sample, gsize n, const double *chance, gsize n_chance)
{
    double most = 0;
    gsize below = 0;
    for (gsize i = 0; i < n; i++) {
        while (below < n_chance && chance[below] < sample[i])
            below++;
        double expected = (double)below / (double)n_chance;
        most = fmax(most, fabs((double)i / (double)n - expected));
        most = fmax(most, fabs((double)(i + 1) / (double)n - expected));
    }
    return most;
}

/* ---- copies ----------------------------------------------------------------------------- */

typedef struct {
    double east_m, north_m;
} Shift;

static const double m_per_degree = 111320;

static Shift shift_between(FmLonLat from, FmLonLat to)
{
    double cosine = cos(from.lat_deg * G_PI / 180);
    return (Shift){(to.lon_deg - from.lon_deg) * cosine * m_per_degree,
                   (to.lat_deg - from.lat_deg) * m_per_degree};
}

static FmLonLat moved(FmLonLat from, Shift by)
{
    double cosine = cos(from.lat_deg * G_PI / 180);
    return (FmLonLat){from.lon_deg + by.east_m / (cosine * m_per_degree),
                      from.lat_deg + by.north_m / m_per_degree};
}

/* Where the systems put the middle of the list, seen from where it is stored. */
static guint find_systems_shifts(const Places *places, Shift *shifts)
{
    FmLonLat middle = places->stored[places->n / 2];
    guint n = 0;
    for (guint s = 0; s < FM_N_SYSTEMS; s++)
        if (fm_systems_usable(places->systems, s))
            shifts[n++] = shift_between(middle, fm_systems_position(places->systems, s, middle));
    return n;
}

static gboolean is_apart(Shift shift, const Shift *from, guint n)
{
    for (guint i = 0; i < n; i++)
        if (hypot(shift.east_m - from[i].east_m, shift.north_m - from[i].north_m) < APART_M)
            return FALSE;
    return TRUE;
}

/* Shifts in all directions and of all lengths between the two limits, evenly over the ring: a
 * spiral by the golden angle (Vogel 1979, doi:10.1016/0025-5564(79)90080-4), the same every time.
 * Returns how many. */
static gsize make_shifts(const Places *places, Shift shifts[MOST_COPIES])
{
    const double golden = G_PI * (3 - sqrt(5));
    const double inner = NEAREST_COPY_M * NEAREST_COPY_M;
    const double outer = FARTHEST_COPY_M * FARTHEST_COPY_M;
    Shift systems[FM_N_SYSTEMS];
    guint n_systems = find_systems_shifts(places, systems);
    gsize n = 0;
    for (gsize turn = 0; turn < MOST_COPIES; turn++) {
        double part = ((double)turn + 0.5) / MOST_COPIES;
        double length_m = sqrt(inner + part * (outer - inner)), angle = (double)turn * golden;
        Shift shift = {length_m * sin(angle), length_m * cos(angle)};
        if (is_apart(shift, systems, n_systems))
            shifts[n++] = shift;
    }
    return n;
}

/* Distances of every copy, each ascending. */
static double *measure_copies(const Places *places, gsize *n_copies)
{
    Shift shifts[MOST_COPIES];
    g_autofree FmLonLat *copy = g_new(FmLonLat, places->n);
    *n_copies = make_shifts(places, shifts);
    double *distances = g_new(double, *n_copies * places->n);
    for (gsize k = 0; k < *n_copies; k++) {
        for (gsize i = 0; i < places->n; i++)
            copy[i] = moved(places->stored[i], shifts[k]);
        measure(places, copy, distances + k * places->n);
    }
    return distances;
}

/* ---- the test --------------------------------------------------------------------------- */

static void find_best(FmEvidence *evidence)
{
    guint best = FM_N_SYSTEMS, second = FM_N_SYSTEMS;
    for (guint s = 0; s < FM_N_SYSTEMS; s++) {
        if (!evidence->usable[s])
            continue;
        if (best == FM_N_SYSTEMS || evidence->departure[s] > evidence->departure[best]) {
            second = best;
            best = s;
        } else if (second == FM_N_SYSTEMS || evidence->departure[s] > evidence->departure[second]) {
            second = s;
        }
    }
    evidence->best = best;
    evidence->second = second == FM_N_SYSTEMS ? best : second;
}

void fm_pattern_judge(FmEvidence *evidence, const double *copies, gsize n_copies)
{
    guint n_rivals = 0;
    gsize n_like_best = 0;
    find_best(evidence);
    double best = evidence->departure[evidence->best];
    double second = evidence->departure[evidence->second];
    for (guint s = 0; s < FM_N_SYSTEMS; s++)
        n_rivals += evidence->usable[s] && s != evidence->best ? 1 : 0;
    evidence->chance = 0;
    for (gsize k = 0; k < n_copies; k++) {
        evidence->chance = fmax(evidence->chance, copies[k]);
        n_like_best += copies[k] >= best ? 1 : 0;
    }
    /* Besag & Diggle (1977, doi:10.2307/2346974); Bonferroni, as the winner was chosen. */
    evidence->p = MIN(1, (double)(1 + n_like_best) / (double)(1 + n_copies) * (n_rivals + 1));
    if (best < CLEAR_DEPARTURE * evidence->chance)
        evidence->why = g_strdup("under no system do the places lie to the lines otherwise than "
                                 "copies that are moved at random");
    else if (second > evidence->chance)
        evidence->why =
            g_strdup_printf("under %s and %s alike the places lie to the lines "
                            "otherwise than copies that are moved at random",
                            fm_system_name(evidence->best), fm_system_name(evidence->second));
    evidence->clear = evidence->why == NULL;
}

FmEvidence *fm_evidence_by_pattern(const FmLayer *layer, const FmSystems *systems,
                                   const FmLineSet *lines)
{
    g_auto(Places) places = {.systems = systems, .lines = lines};
    collect(&places, layer);
    gsize n = places.n;
    if (n < LEAST_PLACES)
        return NULL;
    FmEvidence *evidence = g_new0(FmEvidence, 1);
    evidence->kind = FM_EVIDENCE_PATTERN;
    evidence->reference = g_strdup(lines->name);
    evidence->n = n;
    double copies[MOST_COPIES];
    gsize n_copies = 0;
    g_autofree double *distances = measure_copies(&places, &n_copies);
    gsize n_chance = n_copies * n;
    g_autofree double *chance = g_memdup2(distances, n_chance * sizeof *distances);
    qsort(chance, n_chance, sizeof *chance, compare_doubles);
    for (gsize k = 0; k < n_copies; k++)
        copies[k] = fm_departure(distances + k * n, n, chance, n_chance);

    g_autofree FmLonLat *positions = g_new(FmLonLat, n);
    for (guint s = 0; s < FM_N_SYSTEMS; s++) {
        evidence->median_m[s] = evidence->inside[s] = evidence->departure[s] = (double)NAN;
        evidence->usable[s] = fm_systems_usable(systems, s);
        if (!evidence->usable[s])
            continue;
        for (gsize i = 0; i < n; i++)
            positions[i] = fm_systems_position(systems, s, places.stored[i]);
        measure(&places, positions, distances);
        evidence->median_m[s] = fm_check_median(distances, n);
        evidence->departure[s] = fm_departure(distances, n, chance, n_chance);
    }
    fm_pattern_judge(evidence, copies, n_copies);
    return evidence;
}
