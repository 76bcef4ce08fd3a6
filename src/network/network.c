/* Opening a network: from the cache where it fits, else from its layer; and what callers may know
 * of it.  What was kept needs the workspace only to be read: it is made ready on another thread. */
#include "network-internal.h"

#include <math.h>
#include <string.h>

/* ---- which layer ------------------------------------------------------------------------- */

static FmLayerInfo *only_network(FmWorkspace *workspace, GError **error)
{
    g_autoptr(GPtrArray) layers = fm_workspace_layers(workspace, error);
    g_autoptr(GString) names = g_string_new(NULL);
    const char *name = NULL;
    guint n = 0;

    if (layers == NULL) {
        return NULL;
    }
    for (guint i = 0; i < layers->len; i++) {
        const FmLayerInfo *info = g_ptr_array_index(layers, i);
        if (g_strcmp0(info->kind, "network") == 0) {
            name = info->name;
            g_string_append_printf(names, "%s%s", n++ > 0 ? ", " : "", name);
        }
    }
    if (n == 0) {
        g_set_error_literal(error, FM_ERROR, FM_ERROR_NOT_FOUND,
                            "no layer of kind 'network': load roads with --kind network");
        return NULL;
    }
    if (n > 1) {
        g_set_error(error, FM_ERROR, FM_ERROR_NOT_FOUND,
                    "there are %u layers of kind 'network' (%s): say which (--network LAYER, or "
                    "facmap network WS LAYER)",
                    n, names->str);
        return NULL;
    }
    return fm_workspace_layer(workspace, name, error);
}

/* ---- building ---------------------------------------------------------------------------- */

static gboolean check_roads(const FmRoads *roads, const char *layer,
                            const FmNetworkOptions *options, gboolean any_closed, GError **error)
{
    const FmProfile *profile = options->profile;
    if (roads->edges->len > 0) {
        return TRUE;
    }
    if (any_closed) {
        g_set_error(
            error, FM_ERROR, FM_ERROR_DATA,
            "layer '%s' closes every road of '%s' that profile '%s' may use: leave one open",
            options->closed, layer, profile->name);
    } else if (roads->n_features == 0) {
        g_set_error(error, FM_ERROR, FM_ERROR_DATA, "layer '%s' has no roads: load some into it",
                    layer);
    } else {
        g_set_error(error, FM_ERROR, FM_ERROR_DATA,
                    "layer '%s' has no road that profile '%s' may use (of %" G_GINT64_FORMAT
                    " it may not use %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT
                    " without position, %" G_GINT64_FORMAT
                    " without length): choose another profile, or correct the layer's classes, "
                    "access and geometry",
                    layer, profile->name, roads->n_features, roads->n_impassable,
                    roads->n_unlocated, roads->n_degenerate);
    }
    return FALSE;
}

static FmRoads *build_roads(FmWorkspace *workspace, const char *layer,
                            const FmNetworkOptions *options, GPtrArray *warnings,
                            const FmProgress *progress, GError **error)
{
    FmProgress reading = fm_progress_slice(progress, 0, 0.5);
    FmProgress making = fm_progress_slice(progress, 0.5, 1);
    g_autoptr(FmTable) table = fm_workspace_read(workspace, layer, NULL, &reading, error);
    g_autoptr(FmLines) lines = fm_lines_new();

    if (table == NULL ||
        !fm_lines_add(lines, layer, table, options->profile, TRUE, &making, error)) {
        return NULL;
    }
    g_clear_pointer(&table, fm_table_free);
    if (options->opened != NULL &&
        !fm_roads_open(lines, workspace, options->opened, options->profile, warnings, error)) {
        return NULL;
    }
    g_autoptr(FmPieces) pieces = fm_pieces_new(lines);
    guint n_open = pieces->pieces->len;
    if (options->closed != NULL &&
        !fm_roads_close(pieces, lines, workspace, options->closed, warnings, error)) {
        return NULL;
    }
    g_autoptr(FmRoads) roads = fm_roads_new(lines, pieces);
    gboolean any_closed = pieces->pieces->len < n_open;
    return check_roads(roads, layer, options, any_closed, error) ? g_steal_pointer(&roads) : NULL;
}

/* ---- opening ----------------------------------------------------------------------------- */

static FmNetwork *network_new(FmWorkspace *workspace, const FmLayerInfo *layer,
                              const FmNetworkOptions *options)
{
    FmNetwork *network = g_new0(FmNetwork, 1);
    g_autoptr(GStrvBuilder) layers = g_strv_builder_new();

    g_strv_builder_add(layers, layer->name);
    if (options->closed != NULL) {
        g_strv_builder_add(layers, options->closed);
    }
    if (options->opened != NULL) {
        g_strv_builder_add(layers, options->opened);
    }
    network->layers = g_strv_builder_end(layers);
    network->workspace = workspace;
    network->profile = g_strdup(options->profile->name);
    network->cost = options->cost;
    network->access_cost_per_m =
        options->cost == FM_LIMIT_TIME ? 1 / options->profile->access_mps : 1;
    network->warnings = g_ptr_array_new_with_free_func(g_free);
    if (options->closed == NULL && options->opened == NULL) {
        network->key = g_strconcat(layer->content_sha256, " ", options->profile->sha256, NULL);
    }
    return network;
}

static gboolean make_arcs(FmNetwork *network, const FmProfile *profile, GError **error)
{
    return fm_arcs_init(&network->arcs, network->roads, profile, network->cost, error);
}

/* Roads that were kept but are damaged are as if they were not there. */
static void open_kept(gpointer user)
{
    FmNetwork *network = user;
    FmOpening *opening = &network->opening;

    network->roads = fm_roads_from_bytes(opening->kept, NULL);
    network->roads_kept = network->roads != NULL;
    g_clear_pointer(&opening->kept, g_bytes_unref);
    if (network->roads_kept) {
        (void)make_arcs(network, opening->profile, &opening->error); /* an error says all */
    }
}

FmNetwork *fm_network_begin(FmWorkspace *workspace, const FmNetworkOptions *options,
                            guint n_threads, GError **error)
{
    g_autoptr(FmLayerInfo) layer = options->layer != NULL
                                       ? fm_workspace_layer(workspace, options->layer, error)
                                       : only_network(workspace, error);
    if (layer == NULL) {
        return NULL;
    }
    g_autoptr(FmNetwork) network = network_new(workspace, layer, options);
    FmOpening *opening = &network->opening;
    if (!fm_network_kept_roads(network, &opening->kept, error)) {
        return NULL;
    }
    if (opening->kept != NULL) {
        opening->profile = options->profile;
        opening->task = fm_task_start(open_kept, network, n_threads);
    }
    return g_steal_pointer(&network);
}

gboolean fm_network_finish(FmNetwork *network, const FmNetworkOptions *options,
                           const FmProgress *progress, GError **error)
{
    g_clear_pointer(&network->opening.task, fm_task_join);
    if (network->opening.error != NULL) {
        g_propagate_error(error, g_steal_pointer(&network->opening.error));
        return FALSE;
    }
    if (!network->roads_kept) {
        network->roads = build_roads(network->workspace, network->layers[0], options,
                                     network->warnings, progress, error);
        if (network->roads == NULL || !make_arcs(network, options->profile, error)) {
            return FALSE;
        }
    }
    return fm_progress_report(progress, 1, "opening the network", error);
}

FmNetwork *fm_network_open(FmWorkspace *workspace, const FmNetworkOptions *options,
                           const FmProgress *progress, GError **error)
{
    g_autoptr(FmNetwork) network = fm_network_begin(workspace, options, 1, error);

    return network != NULL && fm_network_finish(network, options, progress, error)
               ? g_steal_pointer(&network)
               : NULL;
}

void fm_network_free(FmNetwork *network)
{
    if (network == NULL) {
        return;
    }
    fm_task_join(network->opening.task);
    g_clear_error(&network->opening.error);
    g_strfreev(network->layers);
    g_free(network->profile);
    g_free(network->key);
    fm_hierarchy_free(network->hierarchy);
    fm_arcs_clear(&network->arcs);
    fm_roads_free(network->roads);
    g_ptr_array_unref(network->warnings);
    g_free(network);
}

/* ---- what callers may know ---------------------------------------------------------------- */

const char *const *fm_network_layers(const FmNetwork *network)
{
    return (const char *const *)network->layers;
}

const GPtrArray *fm_network_warnings(const FmNetwork *network)
{
    return network->warnings;
}

FmLimitKind fm_network_cost_kind(const FmNetwork *network)
{
    return network->cost;
}

double fm_network_access_cost_per_m(const FmNetwork *network)
{
    return network->access_cost_per_m;
}

const FmGraph *fm_network_graph(const FmNetwork *network)
{
    return network->arcs.graph;
}

guint32 fm_network_n_edges(const FmNetwork *network)
{
    return network->roads->edges->len;
}

FmEdge fm_network_edge(const FmNetwork *network, guint32 edge)
{
    const FmRoads *roads = network->roads;
    const FmRoadEdge *road = &g_array_index(roads->edges, FmRoadEdge, edge);
    gsize way = (gsize)edge * 2;

    return (FmEdge){
        .length_m = road->length_m,
        .cost = {network->arcs.cost[way], network->arcs.cost[way + 1]},
        .cost_per_m = {network->arcs.cost_per_m[way], network->arcs.cost_per_m[way + 1]},
        .begin = {network->arcs.begin[way], network->arcs.begin[way + 1]},
        .points = &g_array_index(roads->points, FmLonLat, road->first),
        .segment_m = &g_array_index(roads->segment_m, double, road->first),
        .n_points = road->n,
        .island = network->arcs.island[edge],
    };
}

const FmSeed *fm_network_edge_ends(const FmNetwork *network, guint32 edge,
                                   FmEdgeDirection direction, gsize *n)
{
    const FmArcs *arcs = &network->arcs;
    gsize way = (gsize)edge * 2 + direction;

    *n = arcs->ends_first[way + 1] - arcs->ends_first[way];
    return arcs->ends + arcs->ends_first[way];
}

guint32 fm_network_arc_edge(const FmNetwork *network, guint32 arc, FmEdgeDirection *direction)
{
    guint32 way = network->arcs.arc_way[arc];

    *direction = way % 2 == 0 ? FM_EDGE_FORWARD : FM_EDGE_BACKWARD;
    return way / 2;
}
