/* Help and manual pages.  A page is man(7) markup; its text is the same as --help's. */

#include "help.h"

#include <stdio.h>
#include <string.h>

enum { WIDTH = 92, OPTION_COLUMN = 28 };

/* Print `text` filled to WIDTH, every line but the first indented; the cursor stands at
 * `indent`. */
static void print_filled(const char *text, int indent)
{
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    int column = indent;
    for (char **word = words; *word != NULL; word++) {
        int length = (int)g_utf8_strlen(*word, -1);
        if (word != words && column + 1 + length > WIDTH) {
            printf("\n%*s", indent, "");
            column = indent;
        } else if (word != words) {
            putchar(' ');
            column++;
        }
        fputs(*word, stdout);
        column += length;
    }
    putchar('\n');
}

static void print_paragraphs(const char *text)
{
    g_auto(GStrv) paragraphs = g_strsplit(text, "\n\n", -1);
    for (char **paragraph = paragraphs; *paragraph != NULL; paragraph++) {
        putchar('\n');
        print_filled(*paragraph, 0);
    }
}

/* "-q, --quiet" or "--crs C". */
static char *option_head(const GOptionEntry *entry)
{
    GString *head = g_string_new(NULL);
    if (entry->short_name != 0)
        g_string_append_printf(head, "-%c, ", entry->short_name);
    g_string_append_printf(head, "--%s", entry->long_name);
    if (entry->arg_description != NULL)
        g_string_append_printf(head, " %s", entry->arg_description);
    return g_string_free(head, FALSE);
}

static gboolean is_shown(const GOptionEntry *entry)
{
    return (entry->flags & G_OPTION_FLAG_HIDDEN) == 0;
}

void cli_print_help(const FmCommand *command, const GOptionEntry *entries)
{
    printf("facmap %s: %s\n\nusage: facmap %s %s\n", command->name, command->summary, command->name,
           command->synopsis);
    print_paragraphs(command->description);
    printf("\nOptions:\n");
    for (const GOptionEntry *entry = entries; entry->long_name != NULL; entry++) {
        if (!is_shown(entry))
            continue;
        g_autofree char *head = option_head(entry);
        int length = (int)strlen(head);
        if (length > OPTION_COLUMN - 4)
            printf("  %s\n%*s", head, OPTION_COLUMN, "");
        else
            printf("  %s%*s", head, OPTION_COLUMN - 2 - length, "");
        print_filled(entry->description, OPTION_COLUMN);
    }
    if (command->examples != NULL) {
        printf("\nExamples:\n");
        g_auto(GStrv) lines = g_strsplit(command->examples, "\n", -1);
        for (char **line = lines; *line != NULL && **line != '\0'; line++)
            printf("  %s\n", *line);
    }
}

void cli_print_overview(void)
{
    printf("facmap: who is within reach of which facility, on a map\n\n"
           "usage: facmap COMMAND WORKSPACE ...\n\n");
    for (const FmCommand *const *command = cli_commands; *command != NULL; command++)
        printf("  %-11s %s\n", (*command)->name, (*command)->summary);
    printf("  %-11s %s\n  %-11s %s\n", "help", "this overview, or 'help COMMAND'", "version",
           "which facmap this is");
    printf("\n'facmap COMMAND --help' explains a command.  A workspace is one SpatiaLite file.\n");
}

/* ---- man(7) ----------------------------------------------------------------------------- */

/* Text with what troff would take for markup escaped. */
static void print_escaped(const char *text)
{
    gboolean line_start = TRUE;
    for (const char *c = text; *c != '\0'; c++) {
        if (line_start && (*c == '.' || *c == '\''))
            fputs("\\&", stdout);
        if (*c == '\\')
            fputs("\\e", stdout);
        else if (*c == '-')
            fputs("\\-", stdout);
        else
            putchar(*c);
        line_start = *c == '\n';
    }
}

static void print_page_head(const char *name, const char *summary)
{
    printf(".TH %s 1 \"\" \"facmap %s\" \"facmap manual\"\n.SH NAME\n", name, fm_version());
    print_escaped(name);
    fputs(" \\- ", stdout);
    print_escaped(summary);
}

static void print_page_paragraphs(const char *text)
{
    g_auto(GStrv) paragraphs = g_strsplit(text, "\n\n", -1);
    for (char **paragraph = paragraphs; *paragraph != NULL; paragraph++) {
        if (paragraph != paragraphs)
            printf(".PP\n");
        print_escaped(*paragraph);
        putchar('\n');
    }
}

static void print_page_options(const GOptionEntry *entries)
{
    printf(".SH OPTIONS\n");
    for (const GOptionEntry *entry = entries; entry->long_name != NULL; entry++) {
        if (!is_shown(entry))
            continue;
        g_autofree char *head = option_head(entry);
        printf(".TP\n\\fB");
        print_escaped(head);
        printf("\\fR\n");
        print_escaped(entry->description);
        putchar('\n');
    }
}

static void print_page_examples(const char *examples)
{
    printf(".SH EXAMPLES\n.nf\n");
    print_escaped(examples);
    printf(".fi\n");
}

static void print_page_status(void)
{
    printf(".SH EXIT STATUS\n"
           "0 done; 1 failed, and nothing is half written; 2 wrong usage; 130 interrupted.\n");
}

void cli_print_page(const FmCommand *command, const GOptionEntry *entries)
{
    g_autofree char *name = g_strconcat("facmap-", command->name, NULL);
    print_page_head(name, command->summary);
    printf("\n.SH SYNOPSIS\n\\fBfacmap %s\\fR ", command->name);
    print_escaped(command->synopsis);
    printf("\n.SH DESCRIPTION\n");
    print_page_paragraphs(command->description);
    print_page_options(entries);
    if (command->examples != NULL)
        print_page_examples(command->examples);
    print_page_status();
    printf(".SH SEE ALSO\n.BR facmap (1)\n");
}

void cli_print_overview_page(void)
{
    print_page_head("facmap", "who is within reach of which facility, on a map");
    printf("\n.SH SYNOPSIS\n\\fBfacmap\\fR COMMAND WORKSPACE [ARGUMENT...] [OPTION...]\n"
           ".SH DESCRIPTION\n"
           "Facility lists go into a workspace, one SpatiaLite file; coverage and proximity\n"
           "are computed on it; maps, GeoPackages and tables come out of it.\n"
           ".SH COMMANDS\n");
    for (const FmCommand *const *command = cli_commands; *command != NULL; command++) {
        printf(".TP\n.BR facmap\\-%s (1)\n", (*command)->name);
        print_escaped((*command)->summary);
        putchar('\n');
    }
    printf(".SH ENVIRONMENT\n.TP\nFACMAP_DATADIR\nwhere the shipped styles are looked for first\n"
           ".TP\nSOURCE_DATE_EPOCH\nthe time written into runs and maps, in place of the clock\n");
    print_page_status();
}
