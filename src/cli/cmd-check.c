/* facmap check: the data doctor. */

#include "cli.h"
#include "via.h"

#include <math.h>
#include <stdio.h>

enum { ROWS_SHOWN = 5, EVIDENCE_CHARS = 200 };

typedef struct {
    char *against, *name, *date, *within;
    gboolean strict, no_layer;
} CheckArgs;

static void check_args_clear(CheckArgs *a)
{
    char **texts[] = {&a->against, &a->name, &a->date, &a->within};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        g_clear_pointer(texts[i], g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(CheckArgs, check_args_clear)

static const char *or_empty(const char *text)
{
    return text != NULL ? text : "";
}

/* ---- layers and their coordinate systems ------------------------------------------------- */

static void print_layers(const FmCheckReport *report)
{
    const char *const heads[] = {
        "layer", ">rows", ">unlocated", ">no capacity", ">findings", "coordinate system", NULL};
    g_autoptr(CliTable) table = cli_table_new(heads);
    for (guint i = 0; i < report->layers->len; i++) {
        const FmLayerCheck *check = g_ptr_array_index(report->layers, i);
        g_autofree char *rows = fm_format_count((gint64)check->n_rows);
        g_autofree char *unlocated = fm_format_count((gint64)(check->n_rows - check->n_located));
        g_autofree char *capacity =
            check->has_capacity ? fm_format_count((gint64)check->n_without_capacity) : NULL;
        g_autofree char *findings = fm_format_count((gint64)check->n_findings);
        cli_table_add(table, check->layer, rows, unlocated, or_empty(capacity), findings,
                      or_empty(check->why), NULL);
    }
    cli_table_print(table);
}

static char *misfit_text(const FmEvidence *evidence, FmSystem system)
{
    if (!evidence->usable[system])
        return g_strdup("");
    if (evidence->kind == FM_EVIDENCE_STATED_AREA)
        return cli_format_percent(evidence->inside[system]);
    if (evidence->kind == FM_EVIDENCE_PATTERN)
        return g_strdup_printf("%.2f", evidence->departure[system]);
    return cli_format_length(evidence->median_m[system]);
}

static void print_evidence(const CliContext *context, const FmCheckReport *report)
{
    static const char *const kinds[] = {"line named in", "same", "inside area named in", "nearest",
                                        "pattern of nearest"};
    const char *const heads[] = {"layer",  "against", "measured by", ">n", ">WGS 84", ">GCJ-02",
                                 ">BD-09", ">UTM/GK", ">p",          "",   NULL};
    g_autoptr(CliTable) table = cli_table_new(heads);
    gsize n = 0;
    for (guint i = 0; i < report->layers->len; i++) {
        const FmLayerCheck *check = g_ptr_array_index(report->layers, i);
        for (guint k = 0; check->evidence != NULL && k < check->evidence->len; k++, n++) {
            const FmEvidence *evidence = g_ptr_array_index(check->evidence, k);
            g_autofree char *by =
                g_strdup_printf("%s%s%s", kinds[evidence->kind], evidence->column ? " " : "",
                                or_empty(evidence->column));
            g_autofree char *count = fm_format_count((gint64)evidence->n);
            g_autofree char *wgs84 = misfit_text(evidence, FM_SYSTEM_WGS84);
            g_autofree char *gcj02 = misfit_text(evidence, FM_SYSTEM_GCJ02);
            g_autofree char *bd09 = misfit_text(evidence, FM_SYSTEM_BD09);
            g_autofree char *utm = misfit_text(evidence, FM_SYSTEM_UTM_AS_GK);
            g_autofree char *p = g_strdup_printf("%.1g", evidence->p);
            cli_table_add(table, check->layer, evidence->reference, by, count, wgs84, gcj02, bd09,
                          utm, p, evidence->clear ? "clear" : "not clear", NULL);
        }
    }
    if (n == 0)
        return;
    cli_say(context,
            "\nmisfit if the numbers are in each system (median; of areas the share inside; "
            "of patterns the departure from chance, where more is better)\n");
    cli_table_print(table);
}

/* ---- findings ---------------------------------------------------------------------------- */

/* One row of a group, with a word at the end when it is cut. */
static void print_finding(CliTable *table, const FmFinding *finding)
{
    const char *evidence = or_empty(finding->evidence);
    g_autofree char *cut = g_utf8_strlen(evidence, -1) > EVIDENCE_CHARS
                               ? g_utf8_substring(evidence, 0, EVIDENCE_CHARS)
                               : g_strdup(evidence);
    g_autofree char *shown = g_strconcat(cut, strlen(cut) < strlen(evidence) ? "…" : "", NULL);
    g_strdelimit(shown, "\n\r\t", ' ');
    g_autofree char *name = g_strdelimit(g_strdup(or_empty(finding->name)), "\n\r\t", ' ');
    cli_table_add(table, finding->feature_id != NULL ? finding->feature_id : "(layer)", name, shown,
                  NULL);
}

/* The findings from `from` on that are of its layer and kind.  @return where the next begin */
static guint print_group(const CliContext *context, const GPtrArray *findings, guint from)
{
    const FmFinding *first = g_ptr_array_index(findings, from);
    const FmCheckInfo *info = fm_check_info(first->kind);
    const char *const heads[] = {"id", "name", "evidence", NULL};
    g_autoptr(CliTable) table = cli_table_new(heads);
    guint to = from;
    for (; to < findings->len; to++) {
        const FmFinding *finding = g_ptr_array_index(findings, to);
        if (finding->kind != first->kind || strcmp(finding->layer, first->layer) != 0)
            break;
        if (to - from < ROWS_SHOWN)
            print_finding(table, finding);
    }
    cli_say(context, "\n%s: %s %s: %u (%s): %s\n", first->layer, info->title_en, info->title_zh,
            to - from, fm_severity_name(first->severity), info->advice);
    cli_table_print(table);
    if (to - from > ROWS_SHOWN)
        cli_say(context, "  ... and %u more\n", to - from - ROWS_SHOWN);
    return to;
}

static void print_report(const CliContext *context, const FmCheckReport *report)
{
    if (context->json || context->quiet)
        return;
    cli_say(context, "%s", ""); /* the bar goes before the first table comes */
    print_layers(report);
    print_evidence(context, report);
    for (guint i = 0; i < report->findings->len;)
        i = print_group(context, report->findings, i);
    cli_say(context, "\n%u %s in %u %s\n", report->findings->len,
            report->findings->len == 1 ? "finding" : "findings", report->layers->len,
            report->layers->len == 1 ? "layer" : "layers");
}

/* ---- the command ------------------------------------------------------------------------- */

static gboolean finish(const FmCheckReport *report, const CheckArgs *a, GError **error)
{
    if (!a->strict || report->findings->len == 0)
        return TRUE;
    const FmFinding *first = g_ptr_array_index(report->findings, 0);
    g_set_error(error, FM_ERROR, FM_ERROR_DATA,
                "%u %s, the first in layer '%s' (%s); --strict makes that a failure",
                report->findings->len, report->findings->len == 1 ? "finding" : "findings",
                first->layer, fm_check_info(first->kind)->name);
    return FALSE;
}

static gboolean check(CliContext *context, char **args, const CheckArgs *a, GError **error)
{
    double within_m = 0;
    if (!cli_length("--within", a->within, &within_m, error))
        return FALSE;
    const FmCheckOptions options = {
        .layers = args[1] != NULL ? (const char *const *)(args + 1) : NULL,
        .against = a->against,
        .thresholds = {.duplicate_m = within_m, .date = a->date},
    };
    FmOpenMode mode = a->no_layer ? FM_OPEN_READ : FM_OPEN_WRITE;
    g_autoptr(FmWorkspace) workspace = fm_workspace_open(args[0], mode, error);
    if (workspace == NULL)
        return FALSE;
    const FmProgress checking = fm_progress_slice(&context->progress, 0, 0.9);
    const FmProgress writing = fm_progress_slice(&context->progress, 0.9, 1);
    g_autoptr(FmCheckReport) report = fm_check(workspace, &options, &checking, error);
    if (report == NULL)
        return FALSE;
    gint64 run_id = 0;
    if (!a->no_layer) {
        run_id = fm_check_write(workspace, report, a->name != NULL ? a->name : "check",
                                context->command_line, &writing, error);
        if (run_id == 0)
            return FALSE;
    }
    print_report(context, report);
    g_autofree char *json = context->json ? fm_check_report_json(report) : NULL;
    cli_print_json_text(context, run_id, json, NULL);
    fflush(stdout);
    return finish(report, a, error);
}

static gboolean run(CliContext *context, char **args, GError **error)
{
    g_auto(CheckArgs) a = {0};
    const GOptionEntry entries[] = {
        {"against", 0, 0, CLI_STRING, &a.against,
         "layer whose positions are right: points, lines or areas (default: the areas and the "
         "longest list of lines in the workspace)",
         "LAYER"},
        {"within", 0, 0, CLI_STRING, &a.within,
         "how near two rows of a similar name are to be duplicates (default: 300m)", "D"},
        {"date", 0, 0, CLI_STRING, &a.date,
         "day for which statuses are true (default: the dataset's, else the day of loading)",
         "DATE"},
        {"strict", 0, 0, G_OPTION_ARG_NONE, &a.strict, "exit with status 1 when there are findings",
         NULL},
        {"as", 0, 0, CLI_STRING, &a.name, "name of the layer of findings (default: check)", "NAME"},
        {"no-layer", 0, 0, G_OPTION_ARG_NONE, &a.no_layer,
         "only report: leave the workspace as it is", NULL},
        G_OPTION_ENTRY_NULL,
    };
    if (!cli_options(context, entries, args, 1, -1, error))
        return FALSE;
    return check(context, args, &a, error);
}

const FmCommand cmd_check = {
    .name = "check",
    .synopsis = "WS [LAYER...] [--against LAYER] [OPTION...]",
    .summary = "find what is wrong with the data: positions, datum, duplicates, values",
    .description =
        "Tests layers (all but results) and shows the evidence: positions at 0, 0, far outside, "
        "with swapped axes, a mistyped digit or in the wrong zone; positions outside the area that "
        "the row names; likely duplicates; positions that many share; values, dates and statuses "
        "that cannot be; missing names and capacities; ids that differ in writing only.\n\n"
        "Whether a layer is in WGS 84, GCJ-02 or BD-09 is found by measuring its rows under each "
        "of them against a layer that is known: the road that an address names, the feature of the "
        "same name, the area that a row names, the nearest line. Nothing is converted: the finding "
        "says what to pass to 'facmap load --crs'.\n\n"
        "The findings are also a layer of points, which the style 'check' draws. The exit status "
        "is 0 also with findings, unless --strict is given.",
    .examples = "facmap check city.sqlite\n"
                "facmap check city.sqlite school --against road\n"
                "facmap check city.sqlite --strict --no-layer --json\n",
    .run = run,
};
