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

/** An analysis: how to compute it, and how to show its tables to people. */
typedef struct {
    /** @param options what the command made of its own
     *  @return transfer full (fm_result_free); NULL with an error */
    FmResult *(*compute)(FmWorkspace *workspace, const void *options, const FmProgress *progress,
                         GError **error);
    const void *options;
    const char *by; /**< area layer of the sums, or NULL */
    void (*print_main)(const CliContext *context, const FmTable *table);
    void (*print_areas)(const CliContext *context, const FmTable *table);
    void (*print_summary)(const CliContext *context, JsonObject *summary); /**< or NULL */
} CliAnalysis;

/** Open the workspace, compute, store, and tell: tables, warnings, layers, or one JSON document. */
gboolean cli_analyse(CliContext *context, const char *path, const CliAnalysis *analysis,
                     GError **error);

#endif
