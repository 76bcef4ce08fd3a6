/* facmap coverage: who is within reach of a facility. */

#include "cli.h"
#include "results.h"
#include "via.h"

#include <math.h>

typedef struct {
    char *of, *within, *demand, *by, *name, *weight, *demand_where, *areas, *buffer;
    CliFilter filter;
    CliVia via;
    gboolean roads;
} CoverageArgs;

static void coverage_args_clear(CoverageArgs *a)
{
    char **texts[] = {&a->of,     &a->within,       &a->demand, &a->by,    &a->name,
                      &a->weight, &a->demand_where, &a->areas,  &a->buffer};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        g_clear_pointer(texts[i], g_free);
    cli_filter_clear(&a->filter);
    cli_via_clear(&a->via);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(CoverageArgs, coverage_args_clear)

static void print_whole(const CliContext *context, const FmTable *table)
{
    (void)context;
    const char *const heads[] = {"within", ">people", ">share", ">area", NULL};
    g_autoptr(CliTable) out = cli_table_new(heads);
    for (gsize row = 0; row < fm_table_n_rows(table); row++) {
        g_autofree char *people = cli_format_people(cli_number(table, "people", row));
        g_autofree char *share = cli_format_percent(cli_number(table, "people_share", row));
        double area_m2 = cli_number(table, "area_m2", row);
        g_autofree char *area = isnan(area_m2) ? g_strdup("") : cli_format_area(area_m2);
        cli_table_add(out, cli_text(table, "within", row), people, share, area, NULL);
    }
    cli_table_print(out);
}

static void print_areas(const CliContext *context, const FmTable *table)
{
    (void)context;
    const char *const heads[] = {"area",   "",  "within", ">people", ">covered", ">by two or more",
                                 ">share", NULL};
    g_autoptr(CliTable) out = cli_table_new(heads);
    for (gsize row = 0; row < fm_table_n_rows(table); row++) {
        g_autofree char *people = cli_format_people(cli_number(table, "people", row));
        g_autofree char *covered = cli_format_people(cli_number(table, "people_covered", row));
        g_autofree char *twice = cli_format_people(cli_number(table, "people_twice", row));
        g_autofree char *share = cli_format_percent(cli_number(table, "share", row));
        cli_table_add(out, cli_text(table, "name_zh", row), cli_text(table, "name_en", row),
                      cli_text(table, "within", row), people, covered, twice, share, NULL);
    }
    cli_table_print(out);
}

static FmResult *compute(FmWorkspace *workspace, const void *options, const FmProgress *progress,
                         GError **error)
{
    return fm_coverage(workspace, options, progress, error);
}

static gboolean parse_areas(const char *text, FmAreasDrawn *out, GError **error)
{
    static const char *const names[] = {
        [FM_AREAS_ALL] = "all", [FM_AREAS_EACH] = "each", [FM_AREAS_NONE] = "none"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        if (text == NULL || g_str_equal(text, names[i])) {
            *out = (FmAreasDrawn)i;
            return TRUE;
        }
    g_set_error(error, FM_ERROR, FM_ERROR_USAGE, "--areas %s: must be 'all', 'each' or 'none'",
                text);
    return FALSE;
}

static gboolean analyse(CliContext *context, const char *path, const CoverageArgs *a,
                        GError **error)
{
    FmVia via = {0};
    FmFilter filter = {0};
    FmAreasDrawn areas = FM_AREAS_ALL;
    double buffer_m = 0;
    if (!cli_via(&a->via, &via, error) || !cli_filter(&a->filter, &filter, error) ||
        !cli_via_required(&a->via, "--areas", a->areas != NULL, error) ||
        !cli_via_required(&a->via, "--buffer", a->buffer != NULL, error) ||
        !cli_via_required(&a->via, "--roads", a->roads, error) ||
        !parse_areas(a->areas, &areas, error) ||
        !cli_length("--buffer", a->buffer, &buffer_m, error))
        return FALSE;
    g_autoptr(GArray) limits = NULL;
    if (!fm_limit_list_parse(a->within, &limits, error)) {
        g_prefix_error(error, "--within %s: ", a->within);
        return FALSE;
    }
    const FmCoverageOptions options = {
        .of = {.layer = a->of, .filter = filter},
        .demand = {.layer = a->demand, .filter = {.where = a->demand_where}},
        .weight = a->weight,
        .limits = (const FmLimit *)(gconstpointer)limits->data,
        .n_limits = limits->len,
        .via = via.profile != NULL ? &via : NULL,
        .areas = areas,
        .roads = a->roads,
        .area_buffer_m = buffer_m,
        .by = a->by,
        .name = a->name,
        .n_threads = (guint)context->threads,
    };
    const CliAnalysis analysis = {
        .compute = compute,
        .options = &options,
        .by = a->by,
        .print_main = print_whole,
        .print_areas = print_areas,
    };
    return cli_analyse(context, path, &analysis, error);
}

static gboolean run(CliContext *context, char **args, GError **error)
{
    g_auto(CoverageArgs) a = {0};
    const GOptionEntry entries[] = {
        {"of", 0, 0, CLI_STRING, &a.of, "layer of facilities", "LAYER"},
        {"within", 0, 0, CLI_STRING, &a.within,
         "one or more distances with their unit, such as 1km,3km,5km; with --via also times, such "
         "as 5min,10min,15min",
         "D,..."},
        {"demand", 0, 0, CLI_STRING, &a.demand, "layer of where people are", "LAYER"},
        {"weight", 0, 0, CLI_STRING, &a.weight,
         "demand column with the number of people (default: residents, population, people, weight "
         "or demand)",
         "COLUMN"},
        {"by", 0, 0, CLI_STRING, &a.by, "layer of areas to sum up by", "AREA"},
        CLI_VIA_ENTRIES(a.via),
        {"areas", 0, 0, CLI_STRING, &a.areas,
         "polygons around reached roads: of all facilities together (default), of each too, or "
         "none",
         "all|each|none"},
        {"buffer", 0, 0, CLI_STRING, &a.buffer,
         "how far from a reached road these polygons go (default: 100m)", "D"},
        {"roads", 0, 0, G_OPTION_ARG_NONE, &a.roads, "the reached parts of roads as a layer", NULL},
        CLI_FILTER_ENTRIES(a.filter, "--of"),
        {"demand-where", 0, 0, CLI_STRING, &a.demand_where, "SQL condition on the demand", "SQL"},
        {"as", 0, 0, CLI_STRING, &a.name, "name of the result (default: coverage_<of>_<distance>)",
         "NAME"},
        G_OPTION_ENTRY_NULL,
    };
    if (!cli_options(context, entries, args, 1, 1, error) ||
        !cli_require("--of LAYER", a.of, error) ||
        !cli_require("--within D[,D...]", a.within, error) ||
        !cli_require("--demand LAYER", a.demand, error))
        return FALSE;
    return analyse(context, args[0], &a, error);
}

const FmCommand cmd_coverage = {
    .name = "coverage",
    .synopsis = "WS --of LAYER --within D[,D...] --demand LAYER [OPTION...]",
    .summary = "who is within reach of a facility: people and area, in all and by area",
    .description =
        "Counts the people of the demand layer within each distance of a facility. Distance is "
        "geodesic, along a straight line on the ellipsoid; exactly at the distance counts. Only "
        "facilities that are open take part, unless --as-of or --include-planned say otherwise.\n\n"
        "With --via, people travel along the roads of a layer of kind network, from the nearest "
        "position on the nearest road that the profile may use; the way to it counts. Speeds are "
        "free-flow: no traffic, no waiting. Who is within reach is decided by travel alone; the "
        "polygons are drawn around reached roads, for the eye. What cannot be reached has its "
        "reason in NAME_demand.\n\n"
        "Result layers: NAME (the reach as a polygon a distance), NAME_demand (every demand "
        "feature with the number of facilities in reach and the nearest), NAME_facility (people "
        "that each facility reaches, and that only it reaches), NAME_by_AREA, and with --roads "
        "NAME_roads.",
    .examples =
        "facmap coverage city.sqlite --of school --within 1km,3km,5km --demand demand --by area\n"
        "facmap coverage city.sqlite --of school --within 3km --demand demand \\\n"
        "    --as-of 2020 --as schools_2020\n"
        "facmap coverage city.sqlite --of hospital --within 5km --demand demand \\\n"
        "    --where \"category='pilot'\"\n"
        "facmap coverage city.sqlite --of hospital --within 5min,10min,15min --demand demand \\\n"
        "    --via drive --direction from\n",
    .run = run,
};
