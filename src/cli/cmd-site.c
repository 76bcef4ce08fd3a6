/* facmap site: where next. */

#include "cli.h"
#include "results.h"
#include "via.h"

#include <math.h>

enum { N_NOT_GIVEN = G_MININT };

typedef struct {
    char *of, *demand, *candidates, *model, *within, *name, *weight, *near, *demand_where,
        *candidates_where;
    CliFilter filter;
    CliVia via;
    int n_add;
    double effort;
} SiteArgs;

static void site_args_clear(SiteArgs *a)
{
    char **texts[] = {&a->of,   &a->demand, &a->candidates, &a->model,        &a->within,
                      &a->name, &a->weight, &a->near,       &a->demand_where, &a->candidates_where};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        g_clear_pointer(texts[i], g_free);
    cli_filter_clear(&a->filter);
    cli_via_clear(&a->via);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SiteArgs, site_args_clear)

/* ---- what people see --------------------------------------------------------------------- */

/* The chosen sites; what was there already is in the layer. */
static void print_sites(const CliContext *context, const FmTable *table)
{
    const char *const heads[] = {"site", "", "", ">people", ">new", NULL};
    g_autoptr(CliTable) out = cli_table_new(heads);
    gsize n_fixed = 0;
    for (gsize row = 0; row < fm_table_n_rows(table); row++) {
        if (cli_number(table, "fixed", row) > 0) {
            n_fixed++;
            continue;
        }
        g_autofree char *people = cli_format_people(cli_number(table, "people", row));
        g_autofree char *newly = cli_format_people(cli_number(table, "people_new", row));
        cli_table_add(out, cli_text(table, "site_id", row), cli_text(table, "name_zh", row),
                      cli_text(table, "name_en", row), people, newly, NULL);
    }
    cli_table_print(out);
    if (n_fixed > 0)
        cli_say(context, "  beside %" G_GSIZE_FORMAT " that are there already\n", n_fixed);
}

static double member(JsonObject *object, const char *name)
{
    JsonNode *node = json_object_get_member(object, name);
    return node == NULL || JSON_NODE_HOLDS_NULL(node) ? (double)NAN : json_node_get_double(node);
}

static void add_figures(CliTable *out, const char *label, JsonObject *figures)
{
    gboolean time = json_object_has_member(figures, "mean_s");
    g_autofree char *people = cli_format_people(member(figures, "people"));
    g_autofree char *share = cli_format_percent(member(figures, "people_share"));
    g_autofree char *mean = cli_format_cost(member(figures, time ? "mean_s" : "mean_m"), time);
    g_autofree char *most = cli_format_cost(member(figures, time ? "max_s" : "max_m"), time);
    cli_table_add(out, label, people, share, mean, most, NULL);
}

static void print_proof(const CliContext *context, JsonObject *summary)
{
    const char *status = json_object_get_string_member(summary, "status");
    if (g_str_equal(status, "optimal")) {
        gsize n = json_object_has_member(summary, "optima")
                      ? json_array_get_length(json_object_get_array_member(summary, "optima"))
                      : 0;
        gboolean all =
            json_object_get_boolean_member_with_default(summary, "optima_complete", FALSE);
        cli_say(context, "\nproven: no choice is better");
        if (n > 1)
            cli_say(context, "; %s%" G_GSIZE_FORMAT " are as good", all ? "" : "at least ", n);
        else if (all)
            cli_say(context, ", and no other is as good");
        cli_say(context, "\n");
    } else if (g_str_equal(status, "gap")) {
        g_autofree char *gap = cli_format_percent(member(summary, "gap"));
        cli_say(context, "\nnot proven: a better choice could be better by at most %s\n", gap);
    } else {
        cli_say(context, "\ninfeasible: no choice serves all\n");
    }
}

enum { NEAR_SHOWN = 10 };

/* What nearly equal choices have in common. */
static void print_near(const CliContext *context, JsonObject *near)
{
    gint64 n = json_object_get_int_member(near, "n");
    g_autofree char *ratio = fm_format_double(100 * member(near, "ratio"));
    g_autofree char *number = fm_format_count(n);
    if (!json_object_get_boolean_member(near, "complete")) {
        cli_say(context, "\nnot all choices within %s %% of the best are listed\n", ratio);
        return;
    }
    cli_say(context, "\n%s %s within %s %% of the best\n\n", number,
            n == 1 ? "choice is" : "choices are", ratio);
    JsonArray *sites = json_object_get_array_member(near, "sites");
    guint n_sites = json_array_get_length(sites);
    const char *const heads[] = {"in them", ">choices", ">share", NULL};
    g_autoptr(CliTable) out = cli_table_new(heads);
    for (guint i = 0; i < MIN(n_sites, NEAR_SHOWN); i++) {
        JsonObject *site = json_array_get_object_element(sites, i);
        gint64 n_choices = json_object_get_int_member(site, "n_choices");
        g_autofree char *count = fm_format_count(n_choices);
        g_autofree char *share = cli_format_percent((double)n_choices / (double)n);
        cli_table_add(out, json_object_get_string_member(site, "site_id"), count, share, NULL);
    }
    cli_table_print(out);
    if (n_sites > NEAR_SHOWN)
        cli_say(context, "  ... and %u more in the layer\n", n_sites - NEAR_SHOWN);
}

static void print_summary(const CliContext *context, JsonObject *summary)
{
    const char *const heads[] = {"", ">people served", ">share", ">mean", ">longest", NULL};
    g_autoptr(CliTable) out = cli_table_new(heads);
    add_figures(out, "now", json_object_get_object_member(summary, "before"));
    add_figures(out, "with these", json_object_get_object_member(summary, "after"));
    cli_say(context, "\n");
    cli_table_print(out);
    print_proof(context, summary);
    if (json_object_has_member(summary, "near"))
        print_near(context, json_object_get_object_member(summary, "near"));
}

/* ---- options ----------------------------------------------------------------------------- */

static FmResult *compute(FmWorkspace *workspace, const void *options, const FmProgress *progress,
                         GError **error)
{
    return fm_site(workspace, options, progress, error);
}

/* "1%" as 0.01. */
static gboolean parse_near(const char *text, double *ratio, GError **error)
{
    char *end = NULL;
    double percent = text != NULL ? g_ascii_strtod(text, &end) : 0;
    if (text == NULL || (end != text && g_str_equal(end, "%") && percent > 0 && percent <= 100)) {
        *ratio = percent / 100;
        return TRUE;
    }
    g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                "--near %s: give a share of the best, above 0%% and at most 100%%, such as 1%%",
                text);
    return FALSE;
}

static gboolean analyse(CliContext *context, const char *path, const SiteArgs *a, GError **error)
{
    double near_ratio = 0;
    FmSiteModel model = FM_SITE_MCLP;
    FmLimit within = {0};
    FmVia via = {0};
    FmFilter filter = {0};
    if (!cli_via(&a->via, &via, error) || !cli_filter(&a->filter, &filter, error) ||
        !cli_limit("--within", a->within, &within, error) ||
        !parse_near(a->near, &near_ratio, error))
        return FALSE;
    if (!fm_site_model_parse(a->model, &model, error)) {
        g_prefix_error(error, "--model %s: ", a->model);
        return FALSE;
    }
    const FmSiteOptions options = {
        .model = model,
        .of = {.layer = a->of, .filter = filter},
        .demand = {.layer = a->demand, .filter = {.where = a->demand_where}},
        .candidates = {.layer = a->candidates, .filter = {.where = a->candidates_where}},
        .weight = a->weight,
        .n_add = a->n_add == N_NOT_GIVEN ? 0 : (gsize)a->n_add,
        .within = a->within != NULL ? &within : NULL,
        .via = via.profile != NULL ? &via : NULL,
        .near_ratio = near_ratio,
        .effort = a->effort,
        .name = a->name,
        .n_threads = (guint)context->threads,
    };
    const CliAnalysis analysis = {
        .compute = compute,
        .options = &options,
        .print_main = print_sites,
        .print_summary = print_summary,
    };
    return cli_analyse(context, path, &analysis, error);
}

static gboolean check(const SiteArgs *a, GError **error)
{
    if (!cli_require("--demand LAYER", a->demand, error) ||
        !cli_require("--candidates LAYER", a->candidates, error) ||
        !cli_require("--model mclp|lscp|pmedian|pcenter", a->model, error))
        return FALSE;
    if (a->n_add != N_NOT_GIVEN && a->n_add < 1) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE, "--add %d: must be 1 or more", a->n_add);
        return FALSE;
    }
    if (!(a->effort > 0)) {
        g_set_error_literal(error, FM_ERROR, FM_ERROR_USAGE, "--effort: must be above 0");
        return FALSE;
    }
    if (a->of != NULL ||
        (a->filter.where == NULL && a->filter.as_of == NULL && !a->filter.include_planned))
        return TRUE;
    g_set_error_literal(error, FM_ERROR, FM_ERROR_USAGE,
                        "--where, --as-of and --include-planned are about what is there already: "
                        "say what that is (--of LAYER)");
    return FALSE;
}

static gboolean run(CliContext *context, char **args, GError **error)
{
    g_auto(SiteArgs) a = {.n_add = N_NOT_GIVEN, .effort = 1};
    const GOptionEntry entries[] = {
        {"of", 0, 0, CLI_STRING, &a.of,
         "layer of what is there already and stays (default: nothing is)", "LAYER"},
        {"demand", 0, 0, CLI_STRING, &a.demand, "layer of where people are", "LAYER"},
        {"candidates", 0, 0, CLI_STRING, &a.candidates,
         "layer of where something could be built: points, or areas by a point inside", "LAYER"},
        {"add", 0, 0, G_OPTION_ARG_INT, &a.n_add, "how many to choose; not with lscp", "N"},
        {"model", 0, 0, CLI_STRING, &a.model,
         "mclp: most people within a distance; lscp: fewest sites that leave nobody beyond it; "
         "pmedian: shortest ways in all; pcenter: shortest longest way",
         "MODEL"},
        {"within", 0, 0, CLI_STRING, &a.within,
         "the distance of mclp and lscp, such as 3km; of the others, how far anybody goes at most; "
         "with --via also a time, such as 15min",
         "D"},
        {"weight", 0, 0, CLI_STRING, &a.weight,
         "demand column with the number of people (default: residents, population, people, weight "
         "or demand)",
         "COLUMN"},
        CLI_VIA_ENTRIES(a.via),
        CLI_FILTER_ENTRIES(a.filter, "--of"),
        {"demand-where", 0, 0, CLI_STRING, &a.demand_where, "SQL condition on the demand", "SQL"},
        {"candidates-where", 0, 0, CLI_STRING, &a.candidates_where,
         "SQL condition on the candidates", "SQL"},
        {"near", 0, 0, CLI_STRING, &a.near,
         "list also choices that are worse by up to this share, such as 1%, and which candidates "
         "they have in common; not with lscp",
         "P%"},
        {"effort", 0, 0, G_OPTION_ARG_DOUBLE, &a.effort,
         "times the usual work until the proof is given up (default: 1, some seconds)", "X"},
        {"as", 0, 0, CLI_STRING, &a.name, "name of the result (default: site_<model>_<candidates>)",
         "NAME"},
        G_OPTION_ENTRY_NULL,
    };
    if (!cli_options(context, entries, args, 1, 1, error) || !check(&a, error))
        return FALSE;
    return analyse(context, args[0], &a, error);
}

const FmCommand cmd_site = {
    .name = "site",
    .synopsis = "WS --demand LAYER --candidates LAYER --model MODEL [--add N] [OPTION...]",
    .summary = "where next: the best N of some candidates, beside what is there already",
    .description =
        "Chooses among candidates those that serve people best together with what is there "
        "already, and says whether that is proven. Four models: mclp brings most people within a "
        "distance; lscp finds the fewest sites that leave nobody beyond it; pmedian makes the "
        "ways of all people shortest in sum; pcenter makes the longest way shortest.\n\n"
        "The answer is optimal where the proof was found within the work allowed, which is counted "
        "and not timed, so that the same question has the same answer everywhere. Else it is the "
        "best that was found, with how much better another could be. Choices that are as good are "
        "listed in --json, complete or said to be incomplete.\n\n"
        "Distance is geodesic, or with --via along roads or by a table of costs. People go to the "
        "nearest site; what no site reaches has its reason in NAME_demand.\n\n"
        "Result layers: NAME (chosen sites and, with fixed = 1, what is there already, each with "
        "the people who go there), NAME_demand (every demand feature with its site and cost), "
        "NAME_lines (a line from each to its site), and with --near NAME_near (the candidates of "
        "nearly equal choices, with the number of choices that have them).",
    .examples =
        "facmap site city.sqlite --of hospital --demand demand --candidates station \\\n"
        "    --model mclp --within 3km --add 3\n"
        "facmap site city.sqlite --demand demand --candidates plot --model pmedian --add 3 \\\n"
        "    --near 1%\n"
        "facmap site city.sqlite --demand demand --candidates plot --model lscp --within 2km\n"
        "facmap site city.sqlite --of school --demand demand --candidates plot --model pmedian \\\n"
        "    --add 2 --via walk --as schools_next\n",
    .run = run,
};
