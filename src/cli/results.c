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

gint64 cli_write_result(CliContext *context, FmWorkspace *workspace, const FmResult *result,
                        GError **error)
{
    const FmProgress writing = fm_progress_slice(&context->progress, 0.8, 1);
    return fm_analysis_write(workspace, result, context->command_line, &writing, error);
}

void cli_finish_result(const CliContext *context, const FmResult *result, gint64 run_id)
{
    cli_warn_all(context, result->warnings);
    if (!context->json && !context->quiet) {
        cli_say(context, "\nlayers:");
        for (guint i = 0; i < result->layers->len; i++) {
            const FmResultLayer *layer = g_ptr_array_index(result->layers, i);
            cli_say(context, " %s%s (%" G_GSIZE_FORMAT ")", result->name, layer->suffix,
                    fm_table_n_rows(layer->table));
        }
        cli_say(context, "\n");
    }
    cli_print_json_text(context, run_id, result->summary, result->warnings);
}
