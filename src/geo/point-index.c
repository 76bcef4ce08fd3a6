/* A k-d tree over earth-centred positions (Bentley 1975, doi:10.1145/361002.361007).
 *
 * The tree is implicit (halving.h): besides the points only the splitting planes are stored.  A
 * query for the k nearest
 *   1. finds the k nearest by chord, as any k-d tree does, and measures just those k geodesics;
 *   2. knows from chord.c how long the chord of a better point can still be.  The tree was searched
 *      a little beyond the k-th chord, so the best chord that was turned down tells whether there
 *      is any such point; there hardly ever is, and then the second search is skipped.
 * So a query costs about k geodesics, and the answer is that of measuring all n. */
#include "chord.h"
#include "halving.h"
#include "neighbours.h"

#include <math.h>
#include <stdlib.h>

typedef struct {
    double plane; /* points left of it have coordinate <= plane, points right of it >= plane */
    guint axis;
} Split;

struct FmPointIndex {
    gsize n;
    FmLonLat *points; /* in the caller's order */
    FmPlaced *entries;
    Split *splits; /* of node i; its children are 2i + 1 and 2i + 2 */
};

/* ---- building ---- */

static void build(FmPointIndex *index, gsize node, gsize begin, gsize end)
{
    gsize n = end - begin;
    FmPlaced *entries = index->entries + begin;

    if (n <= FM_LEAF_SIZE) {
        return;
    }
    guint axis = fm_halving_arrange(entries, n);
    index->splits[node] = (Split){.plane = entries[n / 2].at.c[axis], .axis = axis};
    build(index, 2 * node + 1, begin, begin + n / 2);
    build(index, 2 * node + 2, begin + n / 2, end);
}

FmPointIndex *fm_point_index_new(const FmLonLat *points, gsize n)
{
    FmPointIndex *index = g_new0(FmPointIndex, 1);

    index->n = n;
    index->points = g_memdup2(points, n * sizeof *points);
    index->entries = g_new(FmPlaced, n);
    index->splits = g_new(Split, fm_halving_inner_nodes(n));
    for (gsize i = 0; i < n; i++) {
        index->entries[i] = (FmPlaced){.at = fm_ecef_from_lonlat(points[i]), .index = i};
    }
    build(index, 0, 0, n);
    return index;
}

void fm_point_index_free(FmPointIndex *index)
{
    if (index == NULL) {
        return;
    }
    g_free(index->points);
    g_free(index->entries);
    g_free(index->splits);
    g_free(index);
}

/* ---- searching ---- */

typedef struct Search Search;

/* What chords say of a radius: up to sure2 (squared) a point is within it, beyond reach2 it is
 * not. */
typedef struct {
    double sure2, reach2;
} Bounds;

struct Search {
    const FmPointIndex *index;
    FmLonLat origin;
    FmEcef from;
    double limit2; /* squared chord beyond which nothing matters; shrinks */
    void (*visit)(Search *search, const FmPlaced *entry, double chord2);

    FmNeighbours best;
    double reach_m;        /* the longest chord that max_distance_m allows */
    double max_distance_m; /* of the request */
    double rejected2;      /* the least chord², within the limit, that was turned down */
    FmNeighbour last;      /* the worst of the k nearest by chord² */
    GArray *within;

    const double *radii_m;
    const Bounds *bounds; /* of each radius */
    gsize n_bands;
};

/* `offset` is the vector from the origin to the nearest corner or side of the node's cell. */
static void descend(Search *search, gsize node, gsize begin, gsize end, double offset[3])
{
    if (end - begin <= FM_LEAF_SIZE) {
        for (const FmPlaced *entry = search->index->entries + begin;
             entry < search->index->entries + end; entry++) {
            double chord2 = fm_ecef_distance2(&entry->at, &search->from);
            if (chord2 <= search->limit2) {
                search->visit(search, entry, chord2);
            }
        }
        return;
    }

    const Split *split = &search->index->splits[node];
    gsize middle = begin + (end - begin) / 2;
    double side = search->from.c[split->axis] - split->plane;
    double kept = offset[split->axis];

    if (side < 0) {
        descend(search, 2 * node + 1, begin, middle, offset);
    } else {
        descend(search, 2 * node + 2, middle, end, offset);
    }
    offset[split->axis] = side;
    if (offset[0] * offset[0] + offset[1] * offset[1] + offset[2] * offset[2] <= search->limit2) {
        if (side < 0) {
            descend(search, 2 * node + 2, middle, end, offset);
        } else {
            descend(search, 2 * node + 1, begin, middle, offset);
        }
    }
    offset[split->axis] = kept;
}

static void run(Search *search, double reach_m, void (*visit)(Search *, const FmPlaced *, double))
{
    double offset[3] = {0, 0, 0};

    search->limit2 = reach_m * reach_m;
    search->visit = visit;
    descend(search, 0, 0, search->index->n, offset);
}

static double measure(const Search *search, gsize index)
{
    return fm_geodesic_distance_m(search->origin, search->index->points[index]);
}

/* First search of a nearest query; best.items hold squared chords. */
static void visit_chord(Search *search, const FmPlaced *entry, double chord2)
{
    FmNeighbour item = {.index = entry->index, .distance_m = chord2};

    if (!fm_neighbours_wants(&search->best, &item)) {
        search->rejected2 = MIN(search->rejected2, chord2);
        return;
    }
    if (fm_neighbours_full(&search->best)) {
        search->rejected2 = MIN(search->rejected2, search->best.items[0].distance_m);
    }
    fm_neighbours_put(&search->best, item);
    if (fm_neighbours_full(&search->best)) {
        double chord_m = sqrt(search->best.items[0].distance_m);
        double reach_m = fm_chord_reach_m(fm_chord_geodesic_max_m(chord_m));
        reach_m = MIN(reach_m, search->reach_m);
        search->limit2 = reach_m * reach_m;
    }
}

/* Second search; best.items hold geodesic distances.  The first search's finds come by again. */
static void visit_rest(Search *search, const FmPlaced *entry, double chord2)
{
    FmNeighbour item = {.index = entry->index, .distance_m = chord2};

    if (!fm_neighbour_before(&search->last, &item)) {
        return;
    }
    item.distance_m = measure(search, entry->index);
    if (item.distance_m <= search->max_distance_m && fm_neighbours_wants(&search->best, &item)) {
        fm_neighbours_put(&search->best, item);
    }
}

/* Replaces squared chords by geodesics and drops what is beyond the request. */
static void measure_best(Search *search)
{
    FmNeighbours *best = &search->best;
    gsize kept = 0;

    for (gsize i = 0; i < best->n; i++) {
        FmNeighbour item = best->items[i];
        item.distance_m = measure(search, item.index);
        if (item.distance_m <= search->max_distance_m) {
            best->items[kept++] = item;
        }
    }
    best->n = kept;
    fm_neighbours_rebuild(best);
}

gsize fm_point_index_nearest(const FmPointIndex *index, FmLonLat origin, gsize k,
                             double max_distance_m, FmNeighbour *out)
{
    Search search = {.index = index,
                     .origin = origin,
                     .from = fm_ecef_from_lonlat(origin),
                     .best = {.items = out, .capacity = k},
                     .reach_m = fm_chord_reach_m(max_distance_m),
                     .max_distance_m = max_distance_m,
                     .rejected2 = INFINITY};

    if (k == 0 || index->n == 0 || !(max_distance_m >= 0)) {
        return 0;
    }
    run(&search, search.reach_m, visit_chord);
    if (search.best.n == 0) {
        return 0;
    }
    search.last = search.best.items[0];
    measure_best(&search);

    double reach_m = fm_neighbours_full(&search.best)
                         ? fm_chord_reach_m(search.best.items[0].distance_m)
                         : search.reach_m;
    if (search.rejected2 <= reach_m * reach_m) {
        run(&search, reach_m, visit_rest);
    }
    fm_neighbours_sort(&search.best);
    return search.best.n;
}

static void visit_within(Search *search, const FmPlaced *entry, double chord2)
{
    FmNeighbour item = {.index = entry->index, .distance_m = measure(search, entry->index)};

    (void)chord2;
    if (item.distance_m <= search->max_distance_m) {
        g_array_append_val(search->within, item);
    }
}

void fm_point_index_within(const FmPointIndex *index, FmLonLat origin, double radius_m, GArray *out)
{
    Search search = {.index = index,
                     .origin = origin,
                     .from = fm_ecef_from_lonlat(origin),
                     .max_distance_m = radius_m,
                     .within = out};
    guint before = out->len;

    if (index->n == 0 || !(radius_m >= 0)) {
        return;
    }
    run(&search, fm_chord_reach_m(radius_m), visit_within);
    if (out->len > before) {
        qsort(&g_array_index(out, FmNeighbour, before), out->len - before, sizeof(FmNeighbour),
              fm_neighbour_compare_index);
    }
}

/* ---- bands ---- */

static void visit_band(Search *search, const FmPlaced *entry, double chord2)
{
    gsize band = 0;

    while (chord2 > search->bounds[band].reach2) {
        band++;
    }
    if (chord2 > search->bounds[band].sure2) {
        double distance_m = measure(search, entry->index);
        while (band < search->n_bands && distance_m > search->radii_m[band]) {
            band++;
        }
        if (band == search->n_bands) {
            return;
        }
    }
    FmBand found = {.index = entry->index, .band = band};
    g_array_append_val(search->within, found);
}

void fm_point_index_bands(const FmPointIndex *index, FmLonLat origin, const double *radii_m,
                          gsize n, GArray *out)
{
    Bounds room[8]; /* enough for most: a query allocates nothing */
    g_autofree Bounds *more = n > G_N_ELEMENTS(room) ? g_new(Bounds, n) : NULL;
    Bounds *bounds = more != NULL ? more : room;
    Search search = {.index = index,
                     .origin = origin,
                     .from = fm_ecef_from_lonlat(origin),
                     .radii_m = radii_m,
                     .bounds = bounds,
                     .n_bands = n,
                     .within = out};

    if (index->n == 0 || n == 0 || !(radii_m[n - 1] >= 0)) {
        return;
    }
    for (gsize b = 0; b < n; b++) {
        double sure_m = fm_chord_sure_m(radii_m[b]), reach_m = fm_chord_reach_m(radii_m[b]);
        bounds[b].sure2 = sure_m > 0 ? sure_m * sure_m : -1;
        bounds[b].reach2 = reach_m * reach_m;
    }
    run(&search, fm_chord_reach_m(radii_m[n - 1]), visit_band);
}
