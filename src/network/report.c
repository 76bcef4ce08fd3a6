/* How good is a network?  Its components, its dead ends, and what looks like a mistake: ends that
 * nearly touch another road, roads that one can enter and not leave, rows that say what cannot be.
 * Counts for a person to read, and points for a map. */
#include "network-internal.h"

#include <math.h>

#define REPORT_NODES 1024u
/* The dead end's own road, the one that it nearly touches, and others at the same place. */
#define NEIGHBOURS 4u

typedef struct {
    const FmNetwork *network;
    const FmRoads *roads;
    FmNetworkReport *report;
    guint32 *degree;     /* by junction: ends of edges */
    guint32 *weak;       /* by junction: parent in its tree, the root in the end */
    double *weak_length; /* by root */
    guint32 *weak_best;  /* by root: its largest strong component */
} Reporting;

static const FmRoadEdge *edge_at(const Reporting *reporting, guint32 edge)
{
    return &g_array_index(reporting->roads->edges, FmRoadEdge, edge);
}

static FmLonLat end_of(const Reporting *reporting, const FmRoadEdge *edge, guint side)
{
    return g_array_index(reporting->roads->points, FmLonLat,
                         edge->first + (side == 0 ? 0 : edge->n - 1));
}

/* ---- findings ---------------------------------------------------------------------------- */

enum { COLUMN_KIND, COLUMN_FEATURE, COLUMN_DISTANCE, COLUMN_NOTE };

static FmTable *new_findings(void)
{
    FmTable *table = fm_table_new(FM_GEOMETRY_POINT);

    fm_table_add_column(table, "kind", FM_COLUMN_TEXT);
    fm_table_add_column(table, "feature_id", FM_COLUMN_TEXT);
    fm_table_add_column(table, "distance_m", FM_COLUMN_REAL);
    fm_table_add_column(table, "note", FM_COLUMN_TEXT);
    fm_table_set_column_title(table, COLUMN_KIND, "Finding", "问题", NULL);
    fm_table_set_column_title(table, COLUMN_FEATURE, "Road", "道路", NULL);
    fm_table_set_column_title(table, COLUMN_DISTANCE, "Distance", "距离", "m");
    fm_table_set_column_title(table, COLUMN_NOTE, "Note", "说明", NULL);
    return table;
}

/* @param distance_m NaN = none */
static void add_finding(Reporting *reporting, const char *kind, guint32 feature, double distance_m,
                        FmLonLat position, const char *note)
{
    FmTable *table = reporting->report->findings;
    gsize row = fm_table_append_row(table);

    fm_table_set_text(table, COLUMN_KIND, row, kind);
    fm_table_set_text(table, COLUMN_FEATURE, row,
                      g_ptr_array_index(reporting->roads->features, feature));
    fm_table_set_real(table, COLUMN_DISTANCE, row, distance_m);
    fm_table_set_text(table, COLUMN_NOTE, row, note);
    if (isfinite(position.lon_deg)) {
        fm_table_set_geometry(table, row, fm_geometry_new_point(position));
    }
}

/* What building the network has noticed. */
static void add_found(Reporting *reporting)
{
    static const struct {
        const char *kind, *note;
    } texts[FM_FOUND_N_KINDS] = {
        [FM_FOUND_IMPASSABLE] = {"impassable", "may be used in neither direction"},
        [FM_FOUND_UNLOCATED] = {"unlocated", "has no position, and is left out"},
        [FM_FOUND_DEGENERATE] = {"degenerate", "has no length, and is left out"},
        [FM_FOUND_LENGTH] = {"length", "is longer or shorter than its geometry by distance_m"},
        [FM_FOUND_MAXSPEED] = {"maxspeed", "has a speed limit that is none; its class counts"},
    };
    const GArray *list = reporting->roads->found;

    for (guint i = 0; i < list->len; i++) {
        const FmFound *found = &g_array_index(list, FmFound, i);
        double distance_m = found->kind == FM_FOUND_LENGTH ? found->value : (double)NAN;
        add_finding(reporting, texts[found->kind].kind, found->feature, distance_m, found->position,
                    texts[found->kind].note);
    }
}

/* ---- components -------------------------------------------------------------------------- */

static guint32 root_of(guint32 *parent, guint32 node)
{
    while (parent[node] != node) {
        parent[node] = parent[parent[node]];
        node = parent[node];
    }
    return node;
}

/* Union-find without ranks: the lower root wins, so that roots do not depend on the order. */
static void find_weak(Reporting *reporting)
{
    guint32 n = reporting->roads->n_nodes;

    reporting->degree = g_new0(guint32, MAX(n, 1u));
    reporting->weak = g_new(guint32, MAX(n, 1u));
    reporting->weak_length = g_new0(double, MAX(n, 1u));
    reporting->weak_best = g_new(guint32, MAX(n, 1u));
    for (guint32 v = 0; v < n; v++) {
        reporting->weak[v] = v;
        reporting->weak_best[v] = FM_NODE_NONE;
    }
    for (guint32 i = 0; i < reporting->roads->edges->len; i++) {
        const FmRoadEdge *edge = edge_at(reporting, i);
        guint32 a = root_of(reporting->weak, edge->node[0]);
        guint32 b = root_of(reporting->weak, edge->node[1]);
        reporting->weak[MAX(a, b)] = MIN(a, b);
        reporting->degree[edge->node[0]]++;
        reporting->degree[edge->node[1]]++;
    }
    for (guint32 v = 0; v < n; v++) {
        guint32 root = reporting->weak[v] = root_of(reporting->weak, v);
        reporting->report->n_weak += root == v ? 1 : 0;
        reporting->weak_best[root] =
            MIN(reporting->weak_best[root], reporting->network->arcs.component[v]);
    }
}

static void add_lengths(Reporting *reporting)
{
    FmNetworkReport *report = reporting->report;
    double main_m = 0;

    for (guint32 i = 0; i < reporting->roads->edges->len; i++) {
        const FmRoadEdge *edge = edge_at(reporting, i);
        report->length_m += edge->length_m;
        main_m += reporting->network->arcs.island[i] == 0 ? edge->length_m : 0;
        reporting->weak_length[reporting->weak[edge->node[0]]] += edge->length_m;
    }
    report->main_share = report->length_m > 0 ? main_m / report->length_m : 0;
}

/* Every weak component but that of the main network is an island, told once. */
static void find_islands(Reporting *reporting)
{
    guint32 n_edges = reporting->roads->edges->len;
    g_autofree gboolean *told = g_new0(gboolean, MAX(reporting->roads->n_nodes, 1u));

    for (guint32 i = 0; i < n_edges; i++) {
        const FmRoadEdge *edge = edge_at(reporting, i);
        guint32 root = reporting->weak[edge->node[0]];
        if (reporting->weak_best[root] == 0 || told[root]) {
            continue;
        }
        g_autofree char *note = g_strdup_printf("an island of %.0f m, joined to nothing else",
                                                reporting->weak_length[root]);
        told[root] = TRUE;
        add_finding(reporting, "island", edge->feature, (double)NAN, end_of(reporting, edge, 0),
                    note);
    }
}

/* An edge of which one end is not in the largest strong component of its weak one. */
static void find_traps(Reporting *reporting)
{
    const guint32 *component = reporting->network->arcs.component;

    for (guint32 i = 0; i < reporting->roads->edges->len; i++) {
        const FmRoadEdge *edge = edge_at(reporting, i);
        guint32 best = reporting->weak_best[reporting->weak[edge->node[0]]];
        if (component[edge->node[0]] == best && component[edge->node[1]] == best) {
            continue;
        }
        FmLonLat middle =
            g_array_index(reporting->roads->points, FmLonLat, edge->first + edge->n / 2);
        reporting->report->n_traps++;
        add_finding(reporting, "trap", edge->feature, edge->length_m, middle,
                    "one-way: can be entered and not left, or the reverse");
    }
}

/* ---- loops and parallels ----------------------------------------------------------------- */

static int compare_pairs(const void *a, const void *b)
{
    const guint64 x = *(const guint64 *)a, y = *(const guint64 *)b;

    return (x > y) - (x < y);
}

static void count_parallels(Reporting *reporting)
{
    g_autoptr(GArray) pairs = g_array_new(FALSE, FALSE, sizeof(guint64));

    for (guint32 i = 0; i < reporting->roads->edges->len; i++) {
        const FmRoadEdge *edge = edge_at(reporting, i);
        guint32 low = MIN(edge->node[0], edge->node[1]), high = MAX(edge->node[0], edge->node[1]);
        guint64 pair = (guint64)low << 32 | high;
        if (low == high) {
            reporting->report->n_loops++;
        } else {
            g_array_append_val(pairs, pair);
        }
    }
    g_array_sort(pairs, compare_pairs);
    for (guint i = 1; i < pairs->len; i++) {
        gboolean again = g_array_index(pairs, guint64, i) == g_array_index(pairs, guint64, i - 1);
        reporting->report->n_parallel += again ? 1 : 0;
    }
}

/* ---- dead ends and breaks ---------------------------------------------------------------- */

static FmGeometryIndex *index_edges(const Reporting *reporting)
{
    guint32 n = reporting->roads->edges->len;
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func((GDestroyNotify)fm_geometry_free);

    for (guint32 i = 0; i < n; i++) {
        const FmRoadEdge *edge = edge_at(reporting, i);
        g_ptr_array_add(lines, fm_geometry_new_path(
                                   FM_GEOMETRY_LINESTRING,
                                   &g_array_index(reporting->roads->points, FmLonLat, edge->first),
                                   edge->n));
    }
    return fm_geometry_index_new((const FmGeometry *const *)(void *)lines->pdata, n);
}

/* A stub that is shorter than twice the gap leaves its road too little to be a break. */
static void look_at_dead_end(Reporting *reporting, const FmGeometryIndex *index, guint32 own,
                             FmLonLat end, double break_m)
{
    FmNeighbour near[NEIGHBOURS];
    const FmRoadEdge *edge = edge_at(reporting, own);
    gsize n = fm_geometry_index_nearest(index, end, NEIGHBOURS, break_m, near, NULL);

    reporting->report->n_dead_ends++;
    for (gsize i = 0; i < n; i++) {
        const FmRoadEdge *other = edge_at(reporting, (guint32)near[i].index);
        if (near[i].index == own || edge->length_m < 2 * near[i].distance_m) {
            continue;
        }
        g_autofree char *note = g_strdup_printf(
            "ends %.2f m from road '%s' and does not join it", near[i].distance_m,
            (const char *)g_ptr_array_index(reporting->roads->features, other->feature));
        reporting->report->n_breaks++;
        add_finding(reporting, "break", edge->feature, near[i].distance_m, end, note);
        return;
    }
    add_finding(reporting, "dead_end", edge->feature, (double)NAN, end, "one road ends here");
}

static gboolean find_dead_ends(Reporting *reporting, double break_m, const FmProgress *progress,
                               GError **error)
{
    guint32 n = reporting->roads->edges->len;
    g_autoptr(FmGeometryIndex) index = index_edges(reporting);

    for (guint32 i = 0; i < n; i++) {
        const FmRoadEdge *edge = edge_at(reporting, i);
        if (i % REPORT_NODES == 0 &&
            !fm_progress_report(progress, (double)i / n, "looking for breaks", error)) {
            return FALSE;
        }
        for (guint side = 0; side < 2; side++) {
            if (reporting->degree[edge->node[side]] == 1) {
                look_at_dead_end(reporting, index, i, end_of(reporting, edge, side), break_m);
            }
        }
    }
    return TRUE;
}

/* ---- the report -------------------------------------------------------------------------- */

static void reporting_clear(Reporting *reporting)
{
    g_free(reporting->degree);
    g_free(reporting->weak);
    g_free(reporting->weak_length);
    g_free(reporting->weak_best);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Reporting, reporting_clear)

FmNetworkReport *fm_network_report(const FmNetwork *network, double break_m,
                                   const FmProgress *progress, GError **error)
{
    const FmRoads *roads = network->roads;
    g_autoptr(FmNetworkReport) report = g_new0(FmNetworkReport, 1);
    g_auto(Reporting) reporting = {.network = network, .roads = roads, .report = report};

    report->findings = new_findings();
    report->n_features = roads->n_features;
    report->n_impassable = roads->n_impassable;
    report->n_unlocated = roads->n_unlocated;
    report->n_degenerate = roads->n_degenerate;
    report->n_edges = roads->edges->len;
    report->n_junctions = roads->n_nodes;
    report->n_arcs = fm_graph_n_arcs(network->arcs.graph);
    report->n_strong = network->arcs.n_components;
    find_weak(&reporting);
    add_lengths(&reporting);
    count_parallels(&reporting);
    find_islands(&reporting);
    find_traps(&reporting);
    add_found(&reporting);
    if (!find_dead_ends(&reporting, break_m, progress, error)) {
        return NULL;
    }
    return g_steal_pointer(&report);
}

void fm_network_report_free(FmNetworkReport *report)
{
    if (report == NULL) {
        return;
    }
    fm_table_free(report->findings);
    g_free(report);
}
