/* facmap network: a road network is made, kept, and looked at. */

#include "cli.h"

#include <math.h>

typedef struct {
    char *via, *as, *close, *open;
    double break_m;
} Options;

static void options_clear(Options *options)
{
    g_free(options->via);
    g_free(options->as);
    g_free(options->close);
    g_free(options->open);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

/* The figures of a report, in the order in which they are told. */
typedef struct {
    const char *key, *label;
    gsize offset;
} Figure;

#define FIGURE(key, label)                                                                         \
    {                                                                                              \
#key, label, G_STRUCT_OFFSET(FmNetworkReport, key)                                         \
    }
static const Figure figures[] = {
    FIGURE(n_features, "roads in the layer"),
    FIGURE(n_edges, "edges between junctions"),
    FIGURE(n_junctions, "junctions"),
    FIGURE(n_arcs, "arcs of the graph"),
    FIGURE(n_weak, "separate parts"),
    FIGURE(n_strong, "parts by one-way streets"),
    FIGURE(n_dead_ends, "dead ends"),
    FIGURE(n_breaks, "likely breaks"),
    FIGURE(n_traps, "one-way traps"),
    FIGURE(n_impassable, "impassable roads"),
    FIGURE(n_loops, "loops"),
    FIGURE(n_parallel, "parallel edges"),
    FIGURE(n_unlocated, "roads without position"),
    FIGURE(n_degenerate, "roads without length"),
};

static gint64 figure_value(const FmNetworkReport *report, const Figure *figure)
{
    return G_STRUCT_MEMBER(gint64, report, figure->offset);
}

static void say_report(const CliContext *context, const FmNetwork *network,
                       const FmProfile *profile, const FmNetworkReport *report)
{
    if (context->json || context->quiet)
        return;
    const char *const heads[] = {"", ">", NULL};
    g_autoptr(CliTable) table = cli_table_new(heads);
    for (gsize i = 0; i < G_N_ELEMENTS(figures); i++) {
        g_autofree char *count = fm_format_count(figure_value(report, &figures[i]));
        cli_table_add(table, figures[i].label, count, NULL);
    }
    g_autofree char *length = cli_format_length(report->length_m);
    g_autofree char *share = cli_format_percent(report->main_share);
    cli_table_add(table, "length", length, NULL);
    cli_table_add(table, "of it in the main network", share, NULL);
    cli_say(context, "%s, by profile '%s'\n\n", fm_network_layers(network)[0],
            fm_profile_name(profile));
    cli_table_print(table);
}

static JsonNode *report_json(const FmNetwork *network, const FmProfile *profile,
                             const FmNetworkReport *report, const char *findings)
{
    JsonObject *object = json_object_new();
    cli_json_set_text(object, "layer", fm_network_layers(network)[0]);
    cli_json_set_text(object, "via", fm_profile_name(profile));
    cli_json_set_text(object, "profile_sha256", fm_profile_sha256(profile));
    for (gsize i = 0; i < G_N_ELEMENTS(figures); i++)
        json_object_set_int_member(object, figures[i].key, figure_value(report, &figures[i]));
    json_object_set_double_member(object, "length_m", report->length_m);
    json_object_set_double_member(object, "main_share", report->main_share);
    cli_json_set_text(object, "findings", findings);
    JsonNode *node = json_node_init_object(json_node_alloc(), object);
    json_object_unref(object);
    return node;
}

/* Was this layer written by an earlier `facmap network`? */
static gboolean holds_findings(FmWorkspace *workspace, const FmLayerInfo *layer, gboolean *yes,
                               GError **error)
{
    g_autoptr(FmTable) runs = fm_workspace_runs(workspace, error);
    if (runs == NULL)
        return FALSE;
    gsize id = fm_table_find_column(runs, "id");
    gsize command = fm_table_find_column(runs, "command");
    *yes = FALSE;
    for (gsize row = 0; row < fm_table_n_rows(runs); row++)
        *yes = *yes || (fm_table_integer(runs, id, row) == layer->run_id &&
                        g_strcmp0(fm_table_text(runs, command, row), "network") == 0);
    return TRUE;
}

/* Findings replace findings, and no other layer. */
static gboolean write_findings(FmWorkspace *workspace, FmRun *run, const FmLayerSpec *spec,
                               const FmTable *findings, GError **error)
{
    g_autoptr(FmLayerInfo) before = fm_workspace_layer(workspace, spec->name, NULL);
    gboolean replace = FALSE;
    if (before != NULL && !holds_findings(workspace, before, &replace, error))
        return FALSE;
    if (before != NULL && !replace) {
        g_set_error(error, FM_ERROR, FM_ERROR_DATA,
                    "layer '%s' exists and holds no findings of 'facmap network': choose another "
                    "name (--as)",
                    spec->name);
        return FALSE;
    }
    return fm_run_write(run, spec, findings, replace ? FM_WRITE_REPLACE : FM_WRITE_CREATE, NULL,
                        NULL, error);
}

/* Keep the network, and the findings where a name for them was given. */
static gint64 store(CliContext *context, FmWorkspace *workspace, const FmNetwork *network,
                    const FmNetworkReport *report, const Options *options, GError **error)
{
    g_autoptr(JsonObject) parameters = json_object_new();
    cli_json_set_text(parameters, "name", options->as);
    cli_json_set_text(parameters, "via", options->via);
    g_autoptr(JsonNode) node = json_node_init_object(json_node_alloc(), parameters);
    g_autofree char *text = json_to_string(node, FALSE);
    g_autoptr(FmRun) run = fm_run_begin(workspace, "network", context->command_line, text, error);
    if (run == NULL)
        return 0;
    for (const char *const *layer = fm_network_layers(network); *layer != NULL; layer++)
        if (!fm_run_add_input(run, *layer, error))
            return 0;
    const FmLayerSpec spec = {.name = options->as,
                              .kind = "result",
                              .title_en = "Findings on the road network",
                              .title_zh = "路网检查结果",
                              .source = fm_network_layers(network)[0]};
    if ((options->as != NULL && !write_findings(workspace, run, &spec, report->findings, error)) ||
        !fm_network_keep(network, run, error))
        return 0;
    gint64 id = fm_run_id(run);
    return fm_run_commit(run, error) ? id : 0;
}

static gboolean make(CliContext *context, char **args, const Options *options, GError **error)
{
    g_autoptr(FmProfile) profile = fm_profile_read(options->via, error);
    g_autoptr(FmWorkspace) workspace =
        profile != NULL ? fm_workspace_open(args[0], FM_OPEN_WRITE, error) : NULL;
    if (workspace == NULL)
        return FALSE;
    const FmProgress opening = fm_progress_slice(&context->progress, 0, 0.3);
    const FmProgress reporting = fm_progress_slice(&context->progress, 0.3, 0.5);
    const FmProgress contracting = fm_progress_slice(&context->progress, 0.5, 1);
    const FmNetworkOptions network_options = {.layer = args[1],
                                              .profile = profile,
                                              .cost = FM_LIMIT_TIME,
                                              .closed = options->close,
                                              .opened = options->open};
    g_autoptr(FmNetwork) network = fm_network_open(workspace, &network_options, &opening, error);
    if (network == NULL)
        return FALSE;
    g_autoptr(FmNetworkReport) report =
        fm_network_report(network, options->break_m, &reporting, error);
    if (report == NULL ||
        fm_network_hierarchy(network, (guint)context->threads, &contracting, error) == NULL)
        return FALSE;
    gint64 run_id = store(context, workspace, network, report, options, error);
    if (run_id == 0)
        return FALSE;
    cli_warn_all(context, fm_network_warnings(network));
    say_report(context, network, profile, report);
    cli_print_json(context, run_id, report_json(network, profile, report, options->as),
                   fm_network_warnings(network));
    return TRUE;
}

static gboolean run(CliContext *context, char **args, GError **error)
{
    g_auto(Options) options = {.break_m = 5};
    const GOptionEntry entries[] = {
        {"via", 0, 0, CLI_STRING, &options.via,
         "travel profile: walk, bike, drive, or a JSON file; default drive", "PROFILE"},
        {"break", 0, 0, G_OPTION_ARG_DOUBLE, &options.break_m,
         "ends nearer than this to a road that they do not join are likely breaks; default 5", "M"},
        {"close", 0, 0, CLI_STRING, &options.close,
         "layer of points, lines or areas that close the roads they lie on", "LAYER"},
        {"open", 0, 0, CLI_STRING, &options.open, "layer of lines that are added as roads",
         "LAYER"},
        {"as", 0, 0, CLI_STRING, &options.as, "store the findings as a layer of points", "NAME"},
        {NULL},
    };
    if (!cli_options(context, entries, args, 1, 2, error))
        return FALSE;
    if (!(options.break_m >= 0) || !isfinite(options.break_m)) {
        g_set_error_literal(error, FM_ERROR, FM_ERROR_USAGE,
                            "--break must be a number of metres, at least 0");
        return FALSE;
    }
    if (options.via == NULL)
        options.via = g_strdup("drive");
    return make(context, args, &options, error);
}

const FmCommand cmd_network = {
    .name = "network",
    .synopsis = "WS [LAYER] [OPTION...]",
    .summary = "make a road network for travel, keep it, and say how good it is",
    .description =
        "Makes a graph of a layer of roads (kind network: OpenStreetMap lines with their tags, an "
        "edge table with node ids, or any lines) as a travel profile sees it, and keeps it in the "
        "workspace with a hierarchy for fast matrices, so that analyses with --via start at once. "
        "Without LAYER it takes the only layer of kind network.\n\n"
        "The report counts separate parts, dead ends, likely breaks, one-way traps, roads that "
        "cannot be used and rows that are left out; --as NAME stores them as points with the id "
        "of the road. Roads join where they share a vertex or a node id, never where they merely "
        "cross.",
    .examples = "facmap load city.sqlite city.osm.pbf --kind network --layer roads\n"
                "facmap network city.sqlite roads --via drive --as road_findings\n"
                "facmap network city.sqlite --via walk --break 3 --json\n",
    .run = run,
};
