/* Proximity by a table of costs: its rows are the pairs, drawn as straight lines. */
#include "proximity-internal.h"

static FmLonLat position_of(const FmGeometry *geometry)
{
    return geometry->type == FM_GEOMETRY_POINT ? geometry->points[0]
                                               : fm_geometry_point_on_surface(geometry);
}

/* The pairs of an origin that were asked for.  @return FALSE with FM_ERROR_LIMIT */
static gboolean append_origin(FmProximity *proximity, gsize origin, GError **error)
{
    const FmProximityOptions *options = proximity->options;
    const FmCosts *costs = proximity->costs;
    gsize self = proximity->self ? proximity->self[origin] : G_MAXSIZE, rank = 0;
    for (gsize i = costs->first[origin]; i < costs->first[origin + 1]; i++) {
        FmReached one = costs->pairs[i];
        if ((options->k > 0 && rank == options->k) ||
            (options->within && one.cost > options->within->value))
            break;
        if (one.end == self)
            continue;
        if (proximity->pairs->len >= FM_MAX_PAIRS) {
            g_set_error_literal(error, FM_ERROR, FM_ERROR_LIMIT,
                                "too many pairs: ask for fewer nearest or a shorter limit");
            return FALSE;
        }
        FmPair pair = {.from = origin, .to = one.end, .rank = ++rank, .cost = one.cost};
        pair.position = position_of(proximity->to->geometries[one.end]);
        g_array_append_val(proximity->pairs, pair);
    }
    return TRUE;
}

gboolean fm_proximity_look_up(FmProximity *proximity, FmWorkspace *workspace,
                              const FmProgress *progress, GError **error)
{
    const FmProximityOptions *options = proximity->options;
    if (options->routes) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                    "--routes runs along roads, and '%s' is a table of costs: leave it out",
                    options->via->profile);
        return FALSE;
    }
    proximity->costs = fm_costs_read(workspace, options->via, proximity->kind, proximity->from,
                                     proximity->origins, proximity->to, progress, error);
    if (!proximity->costs)
        return FALSE;
    proximity->pairs = g_array_new(FALSE, FALSE, sizeof(FmPair));
    for (gsize origin = 0; origin < proximity->origins->n; origin++)
        if (!append_origin(proximity, origin, error))
            return FALSE;
    return TRUE;
}
