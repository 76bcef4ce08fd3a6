/* What of a network is kept in the workspace, so that a second command starts at once: its roads,
 * and a hierarchy for each kind of cost.  The key holds the content of the layer and the profile;
 * what was kept by another version, or is damaged, is as if it were not there. */
#include "network-internal.h"

static char *hierarchy_name(const FmNetwork *network)
{
    return g_strdup_printf("hierarchy %s %s", network->profile,
                           network->cost == FM_LIMIT_TIME ? "s" : "m");
}

static char *roads_name(const FmNetwork *network)
{
    return g_strdup_printf("roads %s", network->profile);
}

gboolean fm_network_kept_roads(const FmNetwork *network, GBytes **out, GError **error)
{
    g_autofree char *roads = roads_name(network);

    *out = NULL;
    return network->key == NULL || fm_workspace_cached(network->workspace, network->layers[0],
                                                       roads, network->key, out, error);
}

gboolean fm_network_keep(const FmNetwork *network, FmRun *run, GError **error)
{
    if (network->key == NULL) {
        return TRUE;
    }
    if (!network->roads_kept) {
        g_autofree char *name = roads_name(network);
        g_autoptr(GBytes) bytes = fm_roads_to_bytes(network->roads);
        if (bytes != NULL &&
            !fm_run_cache(run, network->layers[0], name, network->key, bytes, error)) {
            return FALSE;
        }
    }
    if (network->hierarchy != NULL && !network->hierarchy_kept) {
        g_autofree char *name = hierarchy_name(network);
        g_autoptr(GBytes) bytes = fm_hierarchy_to_bytes(network->hierarchy);
        return fm_run_cache(run, network->layers[0], name, network->key, bytes, error);
    }
    return TRUE;
}

/* The hierarchy that was kept, or NULL: one that cannot be read is made anew. */
static FmHierarchy *kept_hierarchy(const FmNetwork *network)
{
    g_autofree char *name = hierarchy_name(network);
    g_autoptr(GBytes) bytes = NULL;

    if (network->key == NULL || !fm_workspace_cached(network->workspace, network->layers[0], name,
                                                     network->key, &bytes, NULL)) {
        return NULL;
    }
    return bytes != NULL ? fm_hierarchy_from_bytes(bytes, network->arcs.graph, NULL) : NULL;
}

void fm_network_read_hierarchy(FmNetwork *network)
{
    if (network->hierarchy == NULL) {
        network->hierarchy = kept_hierarchy(network);
        network->hierarchy_kept = network->hierarchy != NULL;
    }
}

const FmHierarchy *fm_network_hierarchy(FmNetwork *network, guint n_threads,
                                        const FmProgress *progress, GError **error)
{
    fm_network_read_hierarchy(network);
    if (network->hierarchy == NULL) {
        network->hierarchy = fm_hierarchy_new(network->arcs.graph, n_threads, progress, error);
    }
    return network->hierarchy;
}
