/* Storing a result and telling about it. */

#include "results.h"

#include <math.h>

double cli_number(const FmTable *table, const char *column, gsize row)
{
    gsize position = fm_table_find_column(table, column);
    return position == FM_COLUMN_NONE ? (double)NAN : fm_table_number(table, position, row);
}

const char *cli_text(const FmTable *table, const char *column, gsize row)
{
    gsize position = fm_table_find_column(table, column);
    const char *text = position == FM_COLUMN_NONE ? NULL : fm_table_text(table, position, row);
    return text != NULL ? text : "";
}

/* The main layer, and the sums by area when there are any. */
static void print_tables(const CliContext *context, const FmResult *result,
                         const CliAnalysis *analysis)
{
    cli_say(context, "%s%s\n\n", result->name, result->modelled ? " (modelled data)" : "");
    analysis->print_main(context, fm_result_table(result, ""));
    g_autofree char *suffix = analysis->by != NULL ? g_strconcat("_by_", analysis->by, NULL) : NULL;
    const FmTable *areas = suffix != NULL ? fm_result_table(result, suffix) : NULL;
    if (areas != NULL) {
        cli_say(context, "\n");
        analysis->print_areas(context, areas);
    }
    g_autoptr(JsonNode) summary =
        analysis->print_summary != NULL ? json_from_string(result->summary, NULL) : NULL;
    if (summary != NULL)
        analysis->print_summary(context, json_node_get_object(summary));
}

static void print_layers(const CliContext *context, const FmResult *result)
{
    cli_say(context, "\nlayers:");
    for (guint i = 0; i < result->layers->len; i++) {
        const FmResultLayer *layer = g_ptr_array_index(result->layers, i);
        cli_say(context, " %s%s (%" G_GSIZE_FORMAT ")", result->name, layer->suffix,
                fm_table_n_rows(layer->table));
    }
    cli_say(context, "\n");
}

gboolean cli_analyse(CliContext *context, const char *path, const CliAnalysis *analysis,
                     GError **error)
{
    g_autoptr(FmWorkspace) workspace = fm_workspace_open(path, FM_OPEN_WRITE, error);
    if (workspace == NULL)
        return FALSE;
    const FmProgress computing = fm_progress_slice(&context->progress, 0, 0.8);
    const FmProgress writing = fm_progress_slice(&context->progress, 0.8, 1);
    g_autoptr(FmResult) result = analysis->compute(workspace, analysis->options, &computing, error);
    if (result == NULL)
        return FALSE;
    gint64 run_id = fm_analysis_write(workspace, result, context->command_line, &writing, error);
    if (run_id == 0)
        return FALSE;
    if (!context->json && !context->quiet)
        print_tables(context, result, analysis);
    cli_warn_all(context, result->warnings);
    if (!context->json && !context->quiet)
        print_layers(context, result);
    cli_print_json_text(context, run_id, result->summary, result->warnings);
    return TRUE;
}
