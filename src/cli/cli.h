/** @file cli.h
 *  What every command of the tool shares: the command table, options with help and man pages made
 *  from one description, the terminal (progress bar, Ctrl-C, tables), and the JSON envelope.
 *
 *  Adding a command: a file cmd-<name>.c that defines its FmCommand, a line here and in
 *  commands.c, tests/cli/<name>.bats, `scripts/man` for its page, CHANGELOG.md. */
#ifndef FACMAP_CLI_H
#define FACMAP_CLI_H

#include <facmap/facmap.h>
#include <json-glib/json-glib.h>

typedef struct CliContext CliContext;

/** One command.  Help, the man page and the completion are made from it and its option table. */
typedef struct {
    const char *name;
    const char *synopsis;    /**< what follows the name: "WS SOURCE... [OPTION...]" */
    const char *summary;     /**< one line, no full stop */
    const char *description; /**< paragraphs separated by an empty line */
    const char *examples;    /**< "command line\n  what it does\n" pairs, may be NULL */
    /** Runs it.  @param args what remains after the options; args[0] is the first argument
     *  @return FALSE with `error`, or FALSE without when cli_options has answered --help */
    gboolean (*run)(CliContext *context, char **args, GError **error);
} FmCommand;

extern const FmCommand cmd_init, cmd_load, cmd_layers, cmd_check, cmd_network, cmd_coverage,
    cmd_proximity, cmd_site, cmd_render, cmd_export, cmd_style;

/** The table; ends with NULL. */
extern const FmCommand *const cli_commands[];
const FmCommand *cli_find_command(const char *name);

/** State of one invocation. */
struct CliContext {
    const FmCommand *command;
    char *command_line; /**< as typed, quoted for a shell; for run logs */
    gboolean json, quiet;
    int threads;
    gboolean answered; /**< --help or --man has been printed: nothing more to do */
    FmProgress progress;
};

/* ---- options.c -------------------------------------------------------------------------- */

/** Parse the options of a command, the common ones included, out of `args` (in place).
 *  @param n_min,n_max how many arguments must remain; n_max < 0 = any number
 *  @return FALSE with FM_ERROR_USAGE, or FALSE without an error after --help or --man */
gboolean cli_options(CliContext *context, const GOptionEntry *entries, char **args, int n_min,
                     int n_max, GError **error);
/** The overview that `facmap help` prints. */
void cli_print_overview(void);
/** facmap(1), the page about the tool as a whole. */
void cli_print_overview_page(void);

/** A string option's argument is taken as bytes: G_OPTION_ARG_FILENAME does no charset conversion,
 *  so Chinese arguments arrive whole in every locale. */
#define CLI_STRING G_OPTION_ARG_FILENAME

/** The filter options that --of and --to share. */
typedef struct {
    char *where, *as_of;
    gboolean include_planned;
} CliFilter;
void cli_filter_clear(CliFilter *filter);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(CliFilter, cli_filter_clear)
/** FALSE with FM_ERROR_USAGE when the date is none. */
gboolean cli_filter(const CliFilter *filter, FmFilter *out, GError **error);

/** "a=b,c=d" as pairs; a value may be empty.
 *  @return transfer full; NULL with FM_ERROR_USAGE naming `option` */
GHashTable *cli_pairs(const char *option, const char *text, GError **error);
/** FALSE with FM_ERROR_USAGE ("--of LAYER is missing") when `value` is NULL. */
gboolean cli_require(const char *option, const char *value, GError **error);
/** FALSE with FM_ERROR_USAGE when `path`, which `option` says to write, is there and is no regular
 *  file, or is one of `inputs` (NULL-terminated; NULL = none). */
gboolean cli_check_output(const char *option, const char *path, const char *const *inputs,
                          GError **error);

/* ---- data.c ----------------------------------------------------------------------------- */

/** A file that came with facmap: `folder/name` below FACMAP_DATADIR, the installed data folder or
 *  the source tree, the first that exists.  @return transfer full, NULL when there is none */
char *cli_data_file(const char *folder, const char *name);
/** A style by path, or by the name of a shipped one ("layout").
 *  @return transfer full (fm_style_free); NULL with FM_ERROR_NOT_FOUND listing the shipped ones */
FmStyle *cli_open_style(const char *path_or_name, char **icons_dir, GError **error);

/* ---- terminal.c ------------------------------------------------------------------------- */

/** Catch Ctrl-C and show progress on a terminal. */
void cli_terminal_start(CliContext *context);
/** Remove the progress bar from the screen. */
void cli_terminal_stop(void);

/** A text table for people: columns aligned by display width, wide glyphs counted as two. */
typedef struct CliTable CliTable;
/** @param heads NULL-terminated; one that begins with '>' is right-aligned (the mark is dropped) */
CliTable *cli_table_new(const char *const *heads);
/** @param cells NULL-terminated, as many as heads; copied */
void cli_table_add(CliTable *table, ...) G_GNUC_NULL_TERMINATED;
void cli_table_print(const CliTable *table);
void cli_table_free(CliTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CliTable, cli_table_free)

/** Formatting for tables.  @return transfer full */
char *cli_format_people(double people);
char *cli_format_percent(double ratio);
char *cli_format_length(double metres);
char *cli_format_area(double square_metres);

/* ---- output.c --------------------------------------------------------------------------- */

/** Print `text` to stdout unless --json or --quiet. */
void cli_say(const CliContext *context, const char *format, ...) G_GNUC_PRINTF(2, 3);
/** Print warnings to stderr, one line each, unless --json. */
void cli_warn_all(const CliContext *context, const GPtrArray *warnings);
/** With --json: print {"command", "version", "run_id", "result", "warnings"}.
 *  @param run_id  0 = null  @param result transfer full  @param warnings may be NULL */
void cli_print_json(const CliContext *context, gint64 run_id, JsonNode *result,
                    const GPtrArray *warnings);
/** The same with a result that is JSON text already, printed as it is. */
void cli_print_json_text(const CliContext *context, gint64 run_id, const char *result,
                         const GPtrArray *warnings);
/** Set a member to a string or null. */
void cli_json_set_text(JsonObject *object, const char *key, const char *value);

#endif
