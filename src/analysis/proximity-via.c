/* Proximity along a network: the same list of pairs, with what travel costs, and the ways on
 * request. */
#include "proximity-internal.h"

#include <math.h>

/* From this many full searches on, a hierarchy is made sooner than they are done (it takes about
 * the time of 30) or was made before. */
#define HIERARCHY_PAYS 64

/* A block of rows of a matrix: bounds its memory. */
#define BLOCK_COSTS ((gsize)1 << 23)

gboolean fm_proximity_open_ways(FmProximity *proximity, FmWorkspace *workspace,
                                const FmProgress *progress, GError **error)
{
    const FmProximityOptions *options = proximity->options;
    FmProgress open_slice = fm_progress_slice(progress, 0, 0.6);
    FmProgress from_slice = fm_progress_slice(progress, 0.6, 0.8);
    FmProgress to_slice = fm_progress_slice(progress, 0.8, 1);
    FmWays *ways = proximity->ways = fm_ways_open(workspace, options->via, proximity->kind,
                                                  options->n_threads, &open_slice, error);
    if (!ways)
        return FALSE;
    proximity->from_places =
        fm_places_new_points(ways->snapper, proximity->origins->positions, proximity->origins->n,
                             ways->max_snap_m, options->n_threads, &from_slice, error);
    if (!proximity->from_places)
        return FALSE;
    proximity->to_places = fm_places_new(ways->snapper, proximity->to->geometries, proximity->to->n,
                                         ways->max_snap_m, options->n_threads, &to_slice, error);
    return proximity->to_places != NULL;
}

static FmReachInput reach_input(const FmProximity *proximity)
{
    const FmLimit *within = proximity->options->within;
    return (FmReachInput){
        .network = proximity->ways->network,
        .origins = proximity->from_places,
        .targets = proximity->to_places,
        .travel = proximity->ways->travel,
        .limit = within ? within->value : (double)INFINITY,
        .n_threads = proximity->options->n_threads,
    };
}

static gboolean too_many(GError **error)
{
    g_autofree char *limit = fm_format_count(FM_MAX_PAIRS);
    g_set_error(error, FM_ERROR, FM_ERROR_LIMIT,
                "more than %s pairs: ask for fewer nearest, a shorter limit or fewer rows", limit);
    return FALSE;
}

/* Appends an origin's pairs, ascending; the origin itself is struck out.  @param k 0 = all */
static gboolean append_origin(const FmProximity *proximity, gsize origin, const FmReached *row,
                              gsize n, gsize k, GArray *pairs, GError **error)
{
    gsize self = proximity->self ? proximity->self[origin] : G_MAXSIZE;
    gsize rank = 0;
    for (gsize i = 0; i < n && (k == 0 || rank < k); i++) {
        if (row[i].end == FM_NODE_NONE)
            break;
        if (row[i].end == self)
            continue;
        if (pairs->len >= FM_MAX_PAIRS)
            return too_many(error);
        FmPair pair = {.from = origin, .to = row[i].end, .rank = ++rank, .cost = row[i].cost};
        g_array_append_val(pairs, pair);
    }
    return TRUE;
}

/* ---- the k nearest ----------------------------------------------------------------------- */

static gboolean pair_nearest(const FmProximity *proximity, gsize k, GArray *pairs,
                             const FmProgress *progress, GError **error)
{
    const FmReachInput input = reach_input(proximity);
    gsize n = proximity->origins->n;
    gsize asked = MIN(k + (proximity->self ? 1 : 0), proximity->to->n);
    if (n > FM_MAX_PAIRS / asked)
        return too_many(error);
    g_autofree FmReached *rows = g_try_new(FmReached, n * asked);
    if (!rows)
        return too_many(error);
    if (!fm_reach_nearest(&input, asked, rows, NULL, progress, error))
        return FALSE;
    for (gsize origin = 0; origin < n; origin++)
        if (!append_origin(proximity, origin, rows + origin * asked, asked, k, pairs, error))
            return FALSE;
    return TRUE;
}

/* ---- all within a limit ------------------------------------------------------------------ */

static int compare_reached(const void *a, const void *b)
{
    const FmReached *left = a, *right = b;
    if (left->cost != right->cost)
        return left->cost < right->cost ? -1 : 1;
    return left->end < right->end ? -1 : 1;
}

static gboolean keep_found(gsize target, const FmInReach *found, gsize n_found, guint worker,
                           void *user, GError **error)
{
    (void)worker, (void)error;
    GArray **by_target = user;
    by_target[target] = g_array_sized_new(FALSE, FALSE, sizeof(FmInReach), (guint)n_found);
    if (n_found > 0)
        g_array_append_vals(by_target[target], found, (guint)n_found);
    return TRUE;
}

/* What each target found, turned into what each origin has. */
static gboolean turn(const FmProximity *proximity, GArray *const *by_target, GArray *pairs,
                     GError **error)
{
    gsize n = proximity->origins->n, total = 0;
    g_autofree gsize *end = g_new0(gsize, n + 1);
    for (gsize t = 0; t < proximity->to->n; t++)
        for (guint i = 0; by_target[t] && i < by_target[t]->len; i++)
            end[g_array_index(by_target[t], FmInReach, i).origin + 1]++;
    for (gsize i = 0; i < n; i++)
        end[i + 1] += end[i];
    total = end[n];
    if (total > FM_MAX_PAIRS)
        return too_many(error);
    g_autofree FmReached *rows = g_new(FmReached, total);
    for (gsize t = 0; t < proximity->to->n; t++)
        for (guint i = 0; by_target[t] && i < by_target[t]->len; i++) {
            FmInReach found = g_array_index(by_target[t], FmInReach, i);
            rows[end[found.origin]++] = (FmReached){(guint32)t, found.cost};
        }
    for (gsize origin = 0; origin < n; origin++) {
        gsize begin = origin > 0 ? end[origin - 1] : 0;
        qsort(rows + begin, end[origin] - begin, sizeof *rows, compare_reached);
        if (!append_origin(proximity, origin, rows + begin, end[origin] - begin, 0, pairs, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean pair_each(const FmProximity *proximity, GArray *pairs, const FmProgress *progress,
                          GError **error)
{
    const FmReachInput input = reach_input(proximity);
    g_autofree GArray **by_target = g_new0(GArray *, proximity->to->n);
    gboolean ok = fm_reach_each(&input, keep_found, by_target, progress, error) &&
                  turn(proximity, by_target, pairs, error);
    for (gsize t = 0; t < proximity->to->n; t++)
        if (by_target[t])
            g_array_unref(by_target[t]);
    return ok;
}

/* ---- every pair -------------------------------------------------------------------------- */

static gboolean append_block(const FmProximity *proximity, gsize begin, gsize n,
                             const double *costs, GArray *pairs, GError **error)
{
    gsize n_to = proximity->to->n;
    g_autofree FmReached *row = g_new(FmReached, n_to);
    for (gsize i = 0; i < n; i++) {
        gsize n_row = 0;
        for (gsize to = 0; to < n_to; to++)
            if (costs[i * n_to + to] < FM_COST_MAX)
                row[n_row++] = (FmReached){(guint32)to, costs[i * n_to + to]};
        qsort(row, n_row, sizeof *row, compare_reached);
        if (!append_origin(proximity, begin + i, row, n_row, 0, pairs, error))
            return FALSE;
    }
    return TRUE;
}

/* Some rows of the places, in the same arrays: `first` counts from the first of all. */
static FmPlaces slice_places(const FmPlaces *places, gsize begin, gsize n)
{
    return (FmPlaces){n, places->first + begin, places->entrances, places->positions};
}

static gboolean pair_matrix(const FmProximity *proximity, GArray *pairs, const FmProgress *progress,
                            GError **error)
{
    guint n_threads = proximity->options->n_threads;
    gsize n = proximity->origins->n, n_to = proximity->to->n;
    FmProgress build_slice = fm_progress_slice(progress, 0, 0.5);
    const FmHierarchy *hierarchy =
        fm_network_hierarchy(proximity->ways->network, n_threads, &build_slice, error);
    if (!hierarchy)
        return FALSE;
    gsize block = CLAMP(BLOCK_COSTS / n_to, 1, n);
    g_autofree double *costs = g_new(double, block *n_to);
    for (gsize begin = 0; begin < n; begin += block) {
        FmProgress slice = fm_progress_slice(progress, 0.5 + 0.5 * (double)begin / (double)n,
                                             0.5 + 0.5 * (double)MIN(begin + block, n) / (double)n);
        FmPlaces origins = slice_places(proximity->from_places, begin, MIN(block, n - begin));
        FmReachInput input = reach_input(proximity);
        input.origins = &origins;
        if (!fm_reach_matrix(&input, hierarchy, costs, &slice, error) ||
            !append_block(proximity, begin, origins.n, costs, pairs, error))
            return FALSE;
    }
    return TRUE;
}

/* ---- the ways themselves ----------------------------------------------------------------- */

static void way_clear(void *data)
{
    fm_geometry_free(((FmPairWay *)data)->line);
}

/* All entrances of a place are one position? */
static gboolean single_entrance(const FmPlaces *places, gsize place)
{
    FmLonLat first = places->positions[places->first[place]];
    for (gsize i = places->first[place] + 1; i < places->first[place + 1]; i++)
        if (places->positions[i].lon_deg != first.lon_deg ||
            places->positions[i].lat_deg != first.lat_deg)
            return FALSE;
    return TRUE;
}

/* The search that found the pair may be repeated for its way; the legs alone need that only where a
 * target has several entrances. */
static void find_way(FmProximity *proximity, FmPair *pair, FmPairWay *way)
{
    const FmPlaces *from = proximity->from_places, *to = proximity->to_places;
    gboolean towards = proximity->ways->travel == FM_TRAVEL_TO;
    gsize here = from->first[pair->from], there = to->first[pair->to];
    if (proximity->options->routes || !single_entrance(to, pair->to)) {
        g_autoptr(FmRoute) route = fm_route_new(
            proximity->ways->network, towards ? from : to, towards ? pair->from : pair->to,
            towards ? to : from, towards ? pair->to : pair->from, pair->cost);
        if (route) {
            here = towards ? route->from : route->to;
            there = towards ? route->to : route->from;
            way->length_m = route->access_m + route->length_m + route->egress_m;
            if (proximity->options->routes)
                way->line = g_steal_pointer(&route->line);
        }
    }
    const FmSnap *near = &from->entrances[here], *far = &to->entrances[there];
    way->access_m = towards ? near->access_m : far->access_m;
    way->egress_m = towards ? far->access_m : near->access_m;
    pair->position = to->positions[there];
}

static gboolean way_chunk(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)worker, (void)error;
    FmProximity *proximity = user;
    for (gsize i = begin; i < end; i++)
        find_way(proximity, &g_array_index(proximity->pairs, FmPair, i),
                 &g_array_index(proximity->pair_ways, FmPairWay, i));
    return TRUE;
}

gboolean fm_proximity_travel(FmProximity *proximity, const FmProgress *progress, GError **error)
{
    const FmProximityOptions *options = proximity->options;
    FmProgress pair_slice = fm_progress_slice(progress, 0, 0.7);
    FmProgress way_slice = fm_progress_slice(progress, 0.7, 1);
    GArray *pairs = proximity->pairs = g_array_new(FALSE, FALSE, sizeof(FmPair));
    gboolean ok;
    if (options->k > 0)
        ok = pair_nearest(proximity, options->k, pairs, &pair_slice, error);
    else if (!options->within && MIN(proximity->origins->n, proximity->to->n) >= HIERARCHY_PAYS)
        ok = pair_matrix(proximity, pairs, &pair_slice, error);
    else
        ok = pair_each(proximity, pairs, &pair_slice, error);
    if (!ok)
        return FALSE;
    proximity->pair_ways = g_array_new(FALSE, TRUE, sizeof(FmPairWay));
    g_array_set_clear_func(proximity->pair_ways, way_clear);
    g_array_set_size(proximity->pair_ways, pairs->len);
    return fm_parallel_for(pairs->len, 64, options->n_threads, way_chunk, proximity, &way_slice,
                           "following roads", error);
}
