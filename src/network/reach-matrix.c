/* All pairs through the hierarchy, and the pairs that need no junction besides. */
#include "reach-internal.h"

#include <math.h>

static void transpose(const double *in, gsize n_rows, gsize n_columns, double *out)
{
    for (gsize row = 0; row < n_rows; row++)
        for (gsize column = 0; column < n_columns; column++)
            out[column * n_rows + row] = in[row * n_columns + column];
}

/* Origins and targets on one edge. */
static void lower_to_direct(const FmReachInput *input, double *costs)
{
    g_autoptr(GArray) by_edge = fm_places_by_edge(input->targets);
    const FmPlaces *origins = input->origins, *targets = input->targets;
    gboolean to = input->travel == FM_TRAVEL_TO;
    for (gsize origin = 0; origin < origins->n; origin++)
        for (gsize i = origins->first[origin]; i < origins->first[origin + 1]; i++) {
            const FmSnap *here = &origins->entrances[i];
            gsize n = 0;
            const FmEdgeEntrance *on_edge = fm_edge_entrances(by_edge, here->edge, &n);
            for (gsize j = 0; j < n; j++) {
                const FmSnap *there = &targets->entrances[on_edge[j].entrance];
                double *cost = &costs[origin * targets->n + on_edge[j].place];
                double direct =
                    fm_snap_direct_cost(input->network, to ? here : there, to ? there : here, NULL);
                if (direct <= input->limit && direct < *cost)
                    *cost = direct;
            }
        }
}

gboolean fm_reach_matrix(const FmReachInput *input, const FmHierarchy *hierarchy, double *costs,
                         const FmProgress *progress, GError **error)
{
    gsize n_origins = input->origins->n, n_targets = input->targets->n;
    g_autoptr(FmPlaceEnds) origins =
        fm_place_ends_new(input->network, input->origins, fm_travel_reverse(input->travel));
    g_autoptr(FmPlaceEnds) targets =
        fm_place_ends_new(input->network, input->targets, input->travel);
    if (input->travel == FM_TRAVEL_TO) {
        if (!fm_hierarchy_matrix(hierarchy, &origins->ends, &targets->ends, input->limit,
                                 input->n_threads, costs, progress, error))
            return FALSE;
    } else {
        g_autofree double *turned = g_try_new(double, n_origins *n_targets);
        if (!turned) {
            g_set_error(error, FM_ERROR, FM_ERROR_LIMIT,
                        "no memory for %" G_GSIZE_FORMAT " × %" G_GSIZE_FORMAT " costs", n_origins,
                        n_targets);
            return FALSE;
        }
        if (!fm_hierarchy_matrix(hierarchy, &targets->ends, &origins->ends, input->limit,
                                 input->n_threads, turned, progress, error))
            return FALSE;
        transpose(turned, n_targets, n_origins, costs);
    }
    lower_to_direct(input, costs);
    return TRUE;
}
