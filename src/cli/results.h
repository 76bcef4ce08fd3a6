/** @file results.h
 *  What the analysis commands share: filters, storing a result, reading its figures. */
#ifndef FACMAP_CLI_RESULTS_H
#define FACMAP_CLI_RESULTS_H

#include "cli.h"

/** The filter options, for an option table.  @param what the option that they filter, a literal */
#define CLI_FILTER_ENTRIES(filter, what)                                                           \
    {"where",                                                                                      \
     0,                                                                                            \
     0,                                                                                            \
     CLI_STRING,                                                                                   \
     &(filter).where,                                                                              \
     "SQL condition on the columns of " what ", such as \"district='Chaoyang'\"",                  \
     "SQL"},                                                                                       \
        {"as-of",                                                                                  \
         0,                                                                                        \
         0,                                                                                        \
         CLI_STRING,                                                                               \
         &(filter).as_of,                                                                          \
         "only what is open on that day of " what "; a year stands for its last day",              \
         "DATE"},                                                                                  \
    {                                                                                              \
        "include-planned", 0, 0, G_OPTION_ARG_NONE, &(filter).include_planned,                     \
            "also what is under construction or planned", NULL                                     \
    }

/** A cell by column name; NaN and "" when absent. */
double cli_number(const FmTable *table, const char *column, gsize row);
const char *cli_text(const FmTable *table, const char *column, gsize row);

/** Store the result; the rest of the progress range.  @return run id, 0 with an error */
gint64 cli_write_result(CliContext *context, FmWorkspace *workspace, const FmResult *result,
                        GError **error);
/** Warnings, the list of layers for people, and the JSON document. */
void cli_finish_result(const CliContext *context, const FmResult *result, gint64 run_id);

#endif
