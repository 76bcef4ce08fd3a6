/* facmap, the tool: find the command, run it, turn its error into one line and an exit status.
 * 0 done, 1 failed (nothing half-written), 2 wrong usage, 130 interrupted. */

#include "cli.h"

#include <stdio.h>

enum { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2, EXIT_INTERRUPTED = 130 };

static int report(const char *command, const GError *error)
{
    g_autofree char *line = g_strdelimit(g_strdup(error->message), "\r\n", ' ');
    fprintf(stderr, "facmap%s%s: %s\n", command != NULL ? " " : "", command != NULL ? command : "",
            line);
    if (g_error_matches(error, FM_ERROR, FM_ERROR_CANCELLED))
        return EXIT_INTERRUPTED;
    return g_error_matches(error, FM_ERROR, FM_ERROR_USAGE) ? EXIT_USAGE : EXIT_FAILED;
}

static int unknown_command(const char *name)
{
    fprintf(stderr, "facmap: '%s' is not a command; there are:", name);
    for (const FmCommand *const *command = cli_commands; *command != NULL; command++)
        fprintf(stderr, "%s %s", command != cli_commands ? "," : "", (*command)->name);
    fprintf(stderr, "; 'facmap help' explains them\n");
    return EXIT_USAGE;
}

/* What was printed must have arrived. */
static int end_output(const char *command, int status)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    fprintf(stderr, "facmap %s: cannot write to standard output\n", command);
    return EXIT_FAILED;
}

/* "help", "help COMMAND" and the machine-readable "help --list" for completion and scripts. */
static int help(char **args)
{
    if (args[0] == NULL) {
        cli_print_overview();
        return EXIT_DONE;
    }
    if (strcmp(args[0], "--man") == 0) {
        cli_print_overview_page();
        return EXIT_DONE;
    }
    if (strcmp(args[0], "--list") == 0) {
        for (const FmCommand *const *command = cli_commands; *command != NULL; command++)
            printf("%s\n", (*command)->name);
        return EXIT_DONE;
    }
    const FmCommand *command = cli_find_command(args[0]);
    if (command == NULL)
        return unknown_command(args[0]);
    char help_option[] = "--help";
    char *help_args[] = {help_option, NULL};
    CliContext context = {.command = command};
    (void)command->run(&context, help_args, NULL);
    return EXIT_DONE;
}

static char *quote_command_line(char **argv)
{
    GString *line = g_string_new("facmap");
    for (char **arg = argv + 1; *arg != NULL; arg++) {
        gboolean plain = **arg != '\0';
        for (const char *c = *arg; *c != '\0'; c++)
            plain = plain && (g_ascii_isalnum(*c) || strchr("_-./,:=@%+", *c) != NULL || *c < 0);
        g_autofree char *quoted = plain ? g_strdup(*arg) : g_shell_quote(*arg);
        g_string_append_printf(line, " %s", quoted);
    }
    return g_string_free(line, FALSE);
}

/* Names and titles go into the workspace, into JSON and onto maps, all of which are UTF-8. */
static gboolean check_encoding(char **argv, GError **error)
{
    for (guint i = 1; argv[i] != NULL; i++) {
        if (!g_utf8_validate(argv[i], -1, NULL)) {
            g_autofree char *readable = g_utf8_make_valid(argv[i], -1);
            g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                        "argument %u, '%s', is not valid UTF-8: set the terminal to UTF-8, or "
                        "rename the file",
                        i, readable);
            return FALSE;
        }
    }
    return TRUE;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        cli_print_overview();
        return EXIT_USAGE;
    }
    const char *name = argv[1];
    if (strcmp(name, "help") == 0 || strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
        return end_output("help", help(argv + 2));
    if (strcmp(name, "version") == 0 || strcmp(name, "--version") == 0) {
        printf("facmap %s\n", fm_version());
        return end_output("version", EXIT_DONE);
    }
    const FmCommand *command = cli_find_command(name);
    if (command == NULL)
        return unknown_command(name);

    g_autofree char *command_line = quote_command_line(argv);
    CliContext context = {.command = command, .command_line = command_line};
    g_autoptr(GError) error = NULL;
    gboolean done = check_encoding(argv, &error) && command->run(&context, argv + 2, &error);
    cli_terminal_stop();
    if (!done && !context.answered)
        return report(name, error);
    return end_output(name, EXIT_DONE);
}
