/* A network as the analyses need it: opened for a profile, with a way to snap, and words for what
 * it cannot reach. */
#include "analysis-internal.h"

#define DEFAULT_MAX_SNAP_M 500.0

static gboolean check_snap(const FmVia *via, GError **error)
{
    if (via->max_snap_m <= FM_MAX_SNAP_M)
        return TRUE;
    g_autofree char *number = fm_format_double(via->max_snap_m);
    g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                "--max-snap: %s m is too far to be on a road; give at most %.0f km", number,
                FM_MAX_SNAP_M / 1000);
    return FALSE;
}

FmWays *fm_ways_begin(FmWorkspace *workspace, const FmVia *via, FmLimitKind kind, guint n_threads,
                      GError **error)
{
    g_autoptr(FmWays) ways = g_new0(FmWays, 1);
    FmProfile *profile = ways->profile = fm_profile_read(via->profile, error);
    if (!profile || !check_snap(via, error))
        return NULL;
    ways->options = (FmNetworkOptions){
        .layer = via->network,
        .profile = profile,
        .cost = kind,
        .closed = via->closed,
        .opened = via->opened,
    };
    ways->network = fm_network_begin(workspace, &ways->options, n_threads, error);
    if (!ways->network)
        return NULL;
    ways->profile_en = g_strdup(fm_profile_title_en(profile));
    ways->profile_zh = g_strdup(fm_profile_title_zh(profile));
    ways->max_snap_m = via->max_snap_m > 0 ? via->max_snap_m : DEFAULT_MAX_SNAP_M;
    g_autofree char *number = fm_format_double(ways->max_snap_m);
    ways->max_snap = g_strconcat(number, " m", NULL);
    ways->travel = via->from_facilities ? FM_TRAVEL_FROM : FM_TRAVEL_TO;
    return g_steal_pointer(&ways);
}

gboolean fm_ways_finish(FmWays *ways, guint n_threads, const FmProgress *progress, GError **error)
{
    if (!fm_network_finish(ways->network, &ways->options, progress, error))
        return FALSE;
    ways->snapper = fm_snapper_new(ways->network, n_threads);
    return TRUE;
}

FmWays *fm_ways_open(FmWorkspace *workspace, const FmVia *via, FmLimitKind kind, guint n_threads,
                     const FmProgress *progress, GError **error)
{
    g_autoptr(FmWays) ways = fm_ways_begin(workspace, via, kind, 1, error);
    return ways && fm_ways_finish(ways, n_threads, progress, error) ? g_steal_pointer(&ways) : NULL;
}

void fm_ways_free(FmWays *ways)
{
    if (!ways)
        return;
    fm_snapper_free(ways->snapper);
    fm_network_free(ways->network);
    fm_profile_free(ways->profile);
    g_free(ways->profile_en);
    g_free(ways->profile_zh);
    g_free(ways->max_snap);
    g_free(ways);
}

char *fm_ways_reason(const FmWays *ways, const FmPlaces *places, gsize place)
{
    if (places->first[place] == places->first[place + 1])
        return g_strdup_printf("no road within %s", ways->max_snap);
    for (gsize i = places->first[place]; i < places->first[place + 1]; i++)
        if (fm_network_edge(ways->network, places->entrances[i].edge).island == 0)
            return g_strdup("no route");
    return g_strdup("on a part of the network that is cut off");
}

void fm_ways_warn_off_road(const FmWays *ways, const FmFeatures *features, const FmPlaces *places,
                           const char *consequence, FmResult *result)
{
    gsize n_off = 0;
    for (gsize row = 0; row < features->n; row++)
        n_off += features->geometries[row] && places->first[row] == places->first[row + 1];
    if (n_off > 0)
        fm_result_warn(result,
                       "layer '%s': %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT
                       " rows have no road within %s (--max-snap) %s",
                       features->info->name, n_off, features->n, ways->max_snap, consequence);
}

gboolean fm_ways_give(FmWays *ways, FmWorkspace *workspace, FmResult *result, GError **error)
{
    for (const char *const *layer = fm_network_layers(ways->network); *layer; layer++) {
        g_autoptr(FmLayerInfo) info = fm_workspace_layer(workspace, *layer, error);
        if (!info)
            return FALSE;
        fm_result_add_layer_info(result, info);
    }
    const GPtrArray *warnings = fm_network_warnings(ways->network);
    for (guint i = 0; i < warnings->len; i++)
        fm_result_warn(result, "%s", (const char *)warnings->pdata[i]);
    result->network = g_steal_pointer(&ways->network);
    return TRUE;
}

void fm_json_add_via(JsonBuilder *builder, const FmVia *via, gboolean table)
{
    json_builder_set_member_name(builder, "via");
    json_builder_begin_object(builder);
    fm_json_add_text(builder, table ? "table" : "profile", via->profile);
    fm_json_add_text(builder, "network", via->network);
    fm_json_add_text(builder, "close", via->closed);
    fm_json_add_text(builder, "open", via->opened);
    fm_json_add_text(builder, "direction", via->from_facilities ? "from" : "to");
    if (!table)
        fm_json_add_number(builder, "max_snap_m",
                           via->max_snap_m > 0 ? via->max_snap_m : DEFAULT_MAX_SNAP_M);
    json_builder_end_object(builder);
}
