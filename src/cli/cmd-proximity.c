/* facmap proximity: what is near what. */

#include "cli.h"
#include "results.h"
#include "via.h"

#include <math.h>

enum { K_NOT_GIVEN = G_MININT };

typedef struct {
    char *from, *to, *within, *by, *name, *weight, *from_where;
    CliFilter filter;
    CliVia via;
    int k;
    gboolean matrix, routes;
} ProximityArgs;

static void proximity_args_clear(ProximityArgs *a)
{
    char **texts[] = {&a->from, &a->to, &a->within, &a->by, &a->name, &a->weight, &a->from_where};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        g_clear_pointer(texts[i], g_free);
    cli_filter_clear(&a->filter);
    cli_via_clear(&a->via);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ProximityArgs, proximity_args_clear)

enum { ROWS_SHOWN = 40 };

/* English, Chinese, id: the first that the feature has. */
static const char *const from_columns[] = {"from_name_en", "from_name_zh", "from_id", NULL};
static const char *const to_columns[] = {"to_name_en", "to_name_zh", "to_id", NULL};

static const char *name_of(const FmTable *table, const char *const *columns, gsize row)
{
    const char *name = "";
    for (; *name == '\0' && *columns != NULL; columns++)
        name = cli_text(table, *columns, row);
    return name;
}

/* The pairs, at most ROWS_SHOWN of them: the whole is in the layer. */
static void print_pairs(const CliContext *context, const FmTable *table)
{
    gboolean time = fm_table_find_column(table, "time_s") != FM_COLUMN_NONE;
    /* Along roads there is none, and a column without values needs no heading. */
    gboolean straight = fm_table_find_column(table, "bearing_deg") != FM_COLUMN_NONE;
    const char *const heads[] = {
        "from", ">rank", "to", time ? ">time" : ">distance", straight ? ">bearing" : "", "", NULL};
    g_autoptr(CliTable) out = cli_table_new(heads);
    gsize n = fm_table_n_rows(table);
    for (gsize row = 0; row < MIN(n, ROWS_SHOWN); row++) {
        double cost = cli_number(table, time ? "time_s" : "distance_m", row);
        double bearing_deg = cli_number(table, "bearing_deg", row);
        double rank = cli_number(table, "rank", row);
        g_autofree char *distance = cli_format_cost(cost, time);
        g_autofree char *bearing =
            isnan(bearing_deg) ? NULL : g_strdup_printf("%.0f°", bearing_deg);
        g_autofree char *rank_text = isnan(rank) ? NULL : g_strdup_printf("%.0f", rank);
        cli_table_add(out, name_of(table, from_columns, row), rank_text != NULL ? rank_text : "",
                      name_of(table, to_columns, row), distance, bearing != NULL ? bearing : "",
                      cli_text(table, "reason", row), NULL);
    }
    cli_table_print(out);
    if (n > ROWS_SHOWN)
        cli_say(context, "  ... and %" G_GSIZE_FORMAT " more in the layer\n", n - ROWS_SHOWN);
}

static void print_areas(const CliContext *context, const FmTable *table)
{
    const char *const columns[] = {"median", "p90", "mean_weighted"};
    const char *const heads[] = {"area", "", ">n", ">median of n", ">90 % of n", ">mean", NULL};
    g_autoptr(CliTable) out = cli_table_new(heads);
    gsize median = fm_table_find_column(table, "median");
    gboolean time = g_strcmp0(fm_table_column_unit(table, median), "s") == 0;
    for (gsize row = 0; row < fm_table_n_rows(table); row++) {
        char *texts[G_N_ELEMENTS(columns)];
        for (gsize i = 0; i < G_N_ELEMENTS(columns); i++)
            texts[i] = cli_format_cost(cli_number(table, columns[i], row), time);
        g_autofree char *n = fm_format_count((gint64)cli_number(table, "n", row));
        cli_table_add(out, cli_text(table, "name_zh", row), cli_text(table, "name_en", row), n,
                      texts[0], texts[1], texts[2], NULL);
        for (gsize i = 0; i < G_N_ELEMENTS(columns); i++)
            g_free(texts[i]);
    }
    cli_table_print(out);
    /* The column's own title says whether and by what the mean is weighted. */
    gsize mean = fm_table_find_column(table, "mean_weighted");
    cli_say(context, "  mean: %s\n", fm_table_column_title_en(table, mean));
}

static FmResult *compute(FmWorkspace *workspace, const void *options, const FmProgress *progress,
                         GError **error)
{
    return fm_proximity(workspace, options, progress, error);
}

static gboolean analyse(CliContext *context, const char *path, const ProximityArgs *a,
                        GError **error)
{
    FmLimit within = {0};
    FmVia via = {0};
    FmFilter filter = {0};
    if (!cli_via(&a->via, &via, error) || !cli_filter(&a->filter, &filter, error) ||
        !cli_via_required(&a->via, "--routes", a->routes, error) ||
        !cli_limit("--within", a->within, &within, error))
        return FALSE;
    const FmProximityOptions options = {
        .from = {.layer = a->from, .filter = {.where = a->from_where}},
        .to = {.layer = a->to, .filter = filter},
        .k = (gsize)a->k,
        .matrix = a->matrix,
        .within = a->within != NULL ? &within : NULL,
        .via = via.profile != NULL ? &via : NULL,
        .routes = a->routes,
        .by = a->by,
        .weight = a->weight,
        .name = a->name,
        .n_threads = (guint)context->threads,
    };
    const CliAnalysis analysis = {
        .compute = compute,
        .options = &options,
        .by = a->by,
        .print_main = print_pairs,
        .print_areas = print_areas,
    };
    return cli_analyse(context, path, &analysis, error);
}

static gboolean check(const ProximityArgs *a, GError **error)
{
    if (!cli_require("--from LAYER", a->from, error) || !cli_require("--to LAYER", a->to, error))
        return FALSE;
    if (a->k != K_NOT_GIVEN && a->k < 1) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE, "-k %d: must be 1 or more", a->k);
        return FALSE;
    }
    if (a->matrix && a->k != K_NOT_GIVEN) {
        g_set_error_literal(error, FM_ERROR, FM_ERROR_USAGE,
                            "-k and --matrix exclude each other: give one");
        return FALSE;
    }
    return TRUE;
}

static gboolean run(CliContext *context, char **args, GError **error)
{
    g_auto(ProximityArgs) a = {.k = K_NOT_GIVEN};
    const GOptionEntry entries[] = {
        {"from", 0, 0, CLI_STRING, &a.from, "layer to measure from", "LAYER"},
        {"to", 0, 0, CLI_STRING, &a.to, "layer to measure to: points, lines or areas", "LAYER"},
        {"nearest", 'k', 0, G_OPTION_ARG_INT, &a.k,
         "the K nearest of each (default: 1, or all with --within)", "K"},
        {"matrix", 0, 0, G_OPTION_ARG_NONE, &a.matrix, "every pair", NULL},
        {"within", 0, 0, CLI_STRING, &a.within,
         "only pairs within a distance, such as 2km; with --via also a time, such as 10min", "D"},
        CLI_VIA_ENTRIES(a.via),
        {"routes", 0, 0, G_OPTION_ARG_NONE, &a.routes, "lines along the roads, not straight", NULL},
        {"by", 0, 0, CLI_STRING, &a.by,
         "layer of areas: median, 90th percentile and mean of the nearest distance", "AREA"},
        {"weight", 0, 0, CLI_STRING, &a.weight,
         "column of --from that weighs the mean (default: residents, population, people, weight or "
         "demand, if there)",
         "COLUMN"},
        CLI_FILTER_ENTRIES(a.filter, "--to"),
        {"from-where", 0, 0, CLI_STRING, &a.from_where, "SQL condition on the columns of --from",
         "SQL"},
        {"as", 0, 0, CLI_STRING, &a.name, "name of the result (default: proximity_<from>_<to>)",
         "NAME"},
        G_OPTION_ENTRY_NULL,
    };
    if (!cli_options(context, entries, args, 1, 1, error) || !check(&a, error))
        return FALSE;
    if (a.k == K_NOT_GIVEN)
        a.k = a.matrix || a.within != NULL ? 0 : 1;
    return analyse(context, args[0], &a, error);
}

const FmCommand cmd_proximity = {
    .name = "proximity",
    .synopsis = "WS --from LAYER --to LAYER [-k K | --matrix] [--within D] [OPTION...]",
    .summary = "what is near what: nearest, within a distance, or every pair",
    .description =
        "Measures geodesic distance and bearing from each feature to its nearest targets and "
        "draws the connecting lines. Targets may be lines (a corridor, an axis) or areas (0 "
        "inside). What has no target in reach has a row that says so. Of --to, only what is open "
        "takes part, unless --as-of or --include-planned say otherwise.\n\n"
        "With --via, travel goes along the roads of a layer of kind network, from each feature to "
        "its targets or, with --direction from, the other way; times count unless --within is a "
        "length. The ways to and from the road are part of it, and have columns of their own.\n\n"
        "Result layers: NAME (one line a pair) and NAME_by_AREA.",
    .examples =
        "facmap proximity city.sqlite --from community --to hospital -k 3\n"
        "facmap proximity city.sqlite --from demand --to school --by area --as near_school\n"
        "facmap proximity city.sqlite --from project_site --to corridor --within 2km \\\n"
        "    --where \"id='central-axis'\"\n"
        "facmap proximity city.sqlite --from community --to hospital --via drive --routes\n",
    .run = run,
};
