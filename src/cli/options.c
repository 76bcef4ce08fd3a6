/* Options of a command: parsed by GLib from one table, from which --help and the man page come too.
 * Everything a user can be told about a command is said once, in its FmCommand and its table. */

#include "cli.h"
#include "help.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { N_COMMON = 6, N_OPTIONS_MAX = 48 };

static gsize count_entries(const GOptionEntry *entries)
{
    gsize n = 0;
    while (entries != NULL && entries[n].long_name != NULL)
        n++;
    return n;
}

/* The command's options followed by the common ones. */
static void merge_entries(const GOptionEntry *own, const GOptionEntry *common, GOptionEntry *out)
{
    gsize n = count_entries(own);
    g_assert(n + N_COMMON <= N_OPTIONS_MAX);
    if (n > 0)
        memcpy(out, own, n * sizeof *out);
    memcpy(out + n, common, N_COMMON * sizeof *out);
}

static gboolean check_arguments(CliContext *context, char **args, int n_min, int n_max,
                                GError **error)
{
    int n = (int)g_strv_length(args);
    if (n < n_min) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE, "too few arguments; usage: facmap %s %s",
                    context->command->name, context->command->synopsis);
        return FALSE;
    }
    if (n_max >= 0 && n > n_max) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                    "unexpected argument '%s'; usage: facmap %s %s", args[n_max],
                    context->command->name, context->command->synopsis);
        return FALSE;
    }
    return TRUE;
}

/* GLib's message as ours are: in lower case, with straight quotes. */
static char *in_our_words(const char *message)
{
    g_autoptr(GString) text = g_string_new(message);
    g_string_replace(text, "\u201c", "'", 0);
    g_string_replace(text, "\u201d", "'", 0);
    if (text->len > 0)
        text->str[0] = g_ascii_tolower(text->str[0]);
    return g_strdup(text->str);
}

/* Parse `args` by `entries` in place; what is no option stays, "--" ends the options. */
static gboolean parse(const GOptionEntry *entries, char **args, GError **error)
{
    g_autoptr(GOptionContext) parser = g_option_context_new(NULL);
    g_option_context_set_help_enabled(parser, FALSE);
    g_option_context_add_main_entries(parser, entries, NULL);
    int n = (int)g_strv_length(args);
    g_autofree char **vector = g_new0(char *, (gsize)n + 2);
    char name[] = "facmap";
    vector[0] = name;
    memcpy(vector + 1, args, (gsize)n * sizeof *args);
    int n_left = n + 1;
    char **left = vector;
    g_autoptr(GError) local = NULL;
    if (!g_option_context_parse(parser, &n_left, &left, &local)) {
        g_autofree char *message = in_our_words(local->message);
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE, "%s; --help lists the options", message);
        return FALSE;
    }
    int n_kept = 0;
    for (int i = 1; i < n_left; i++) {
        if (strcmp(vector[i], "--") != 0)
            args[n_kept++] = vector[i];
    }
    args[n_kept] = NULL;
    return TRUE;
}

gboolean cli_options(CliContext *context, const GOptionEntry *entries, char **args, int n_min,
                     int n_max, GError **error)
{
    gboolean help = FALSE, page = FALSE;
    const GOptionEntry common[N_COMMON] = {
        {"threads", 0, 0, G_OPTION_ARG_INT, &context->threads,
         "use N threads (default: all); the result is the same for any N", "N"},
        {"json", 0, 0, G_OPTION_ARG_NONE, &context->json,
         "print one JSON document on standard output, and nothing else", NULL},
        {"quiet", 'q', 0, G_OPTION_ARG_NONE, &context->quiet,
         "print nothing but errors, and show no progress", NULL},
        {"help", 'h', 0, G_OPTION_ARG_NONE, &help, "show this help", NULL},
        {"man", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &page, NULL, NULL},
        G_OPTION_ENTRY_NULL,
    };
    GOptionEntry all[N_OPTIONS_MAX];
    merge_entries(entries, common, all);
    if (!parse(all, args, error))
        return FALSE;
    if (help || page) {
        if (page)
            cli_print_page(context->command, all);
        else
            cli_print_help(context->command, all);
        context->answered = TRUE;
        return FALSE;
    }
    if (context->threads < 0 || context->threads > 1024) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE, "--threads %d: must be 0 (all) to 1024",
                    context->threads);
        return FALSE;
    }
    if (!check_arguments(context, args, n_min, n_max, error))
        return FALSE;
    cli_terminal_start(context);
    return TRUE;
}

void cli_filter_clear(CliFilter *filter)
{
    g_clear_pointer(&filter->where, g_free);
    g_clear_pointer(&filter->as_of, g_free);
}

gboolean cli_filter(const CliFilter *filter, FmFilter *out, GError **error)
{
    g_autoptr(GError) failure = NULL;
    gint64 day = 0;
    *out = (FmFilter){
        .where = filter->where,
        .by_status = TRUE,
        .as_of = filter->as_of,
        .include_planned = filter->include_planned,
    };
    if (filter->as_of == NULL || fm_date_parse(filter->as_of, FM_DATE_LAST_DAY, &day, &failure))
        return TRUE;
    g_set_error(error, FM_ERROR, FM_ERROR_USAGE, "--as-of: %s", failure->message);
    return FALSE;
}

GHashTable *cli_pairs(const char *option, const char *text, GError **error)
{
    g_autoptr(GHashTable) pairs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_auto(GStrv) parts = g_strsplit(text, ",", -1);
    for (char **part = parts; *part != NULL; part++) {
        char *equals = strchr(*part, '=');
        if (equals == NULL || equals == *part) {
            g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                        "%s: '%s' is not of the form name=value; separate pairs with commas",
                        option, *part);
            return NULL;
        }
        char *key = g_strstrip(g_strndup(*part, (gsize)(equals - *part)));
        if (!g_hash_table_insert(pairs, key, g_strstrip(g_strdup(equals + 1)))) {
            g_set_error(error, FM_ERROR, FM_ERROR_USAGE, "%s: '%s' is given twice", option, *part);
            return NULL;
        }
    }
    return g_steal_pointer(&pairs);
}

gboolean cli_require(const char *option, const char *value, GError **error)
{
    if (value != NULL && *value != '\0')
        return TRUE;
    g_set_error(error, FM_ERROR, FM_ERROR_USAGE, "%s is missing; --help lists the options", option);
    return FALSE;
}

/* What is written takes the place of the file of its name in one step.  In the place of a device or
 * of the workspace that step would destroy what no command can bring back. */
gboolean cli_check_output(const char *option, const char *path, const char *const *inputs,
                          GError **error)
{
    GStatBuf there, input;
    if (*path == '\0') {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE, "%s: the name of the file is empty", option);
        return FALSE;
    }
    if (g_stat(path, &there) != 0)
        return TRUE;
    if (!S_ISREG(there.st_mode)) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                    "%s %s: this is no regular file: choose another name", option, path);
        return FALSE;
    }
    for (; inputs != NULL && *inputs != NULL; inputs++) {
        if (g_stat(*inputs, &input) == 0 && input.st_dev == there.st_dev &&
            input.st_ino == there.st_ino) {
            g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                        "%s %s: the command reads this file: choose another name", option, path);
            return FALSE;
        }
    }
    return TRUE;
}
