/* facmap style: check a map document, or evaluate an expression. */

#include "cli.h"

#include <gio/gio.h>
#include <stdio.h>
#include <string.h>

/* Check every file; the first fault is the error, after the good ones were named. */
static gboolean check(CliContext *context, char **paths, GError **error)
{
    if (*paths == NULL) {
        g_set_error_literal(error, FM_ERROR, FM_ERROR_USAGE,
                            "check needs the name of a style: facmap style check FILE...");
        return FALSE;
    }
    JsonArray *list = json_array_new();
    gboolean good = TRUE;
    for (char **path = paths; good && *path != NULL; path++) {
        g_autoptr(FmStyle) style = cli_open_style(*path, NULL, error);
        g_autoptr(FmPage) page = style != NULL ? fm_page_new(style, error) : NULL;
        good = page != NULL;
        if (!good)
            break;
        cli_say(context, "%s: good, %" G_GSIZE_FORMAT " %s\n", *path, fm_style_n_layers(style),
                fm_style_n_layers(style) == 1 ? "layer" : "layers");
        JsonObject *one = json_object_new();
        cli_json_set_text(one, "style", *path);
        json_object_set_int_member(one, "layers", (gint64)fm_style_n_layers(style));
        json_array_add_object_element(list, one);
    }
    if (good)
        cli_print_json(context, 0, json_node_init_array(json_node_alloc(), list), NULL);
    json_array_unref(list);
    return good;
}

static char *read_standard_input(GError **error)
{
    GString *text = g_string_new(NULL);
    char block[65536];
    for (gsize n; (n = fread(block, 1, sizeof block, stdin)) > 0;)
        g_string_append_len(text, block, (gssize)n);
    if (ferror(stdin)) {
        g_string_free(text, TRUE);
        g_set_error_literal(error, FM_ERROR, FM_ERROR_IO, "cannot read standard input");
        return NULL;
    }
    return g_string_free(text, FALSE);
}

static gboolean evaluate(GError **error)
{
    g_autofree char *fixture = read_standard_input(error);
    if (fixture == NULL)
        return FALSE;
    g_autofree char *answer = fm_style_eval_fixture(fixture, error);
    if (answer == NULL)
        return FALSE;
    puts(answer);
    return TRUE;
}

static gboolean run(CliContext *context, char **args, GError **error)
{
    if (!cli_options(context, NULL, args, 1, -1, error))
        return FALSE;
    if (strcmp(args[0], "check") == 0)
        return check(context, args + 1, error);
    if (strcmp(args[0], "eval") == 0 && args[1] == NULL)
        return evaluate(error);
    g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                "'%s': must be 'check STYLE...', or 'eval' alone with a fixture on standard input",
                args[0]);
    return FALSE;
}

const FmCommand cmd_style = {
    .name = "style",
    .synopsis = "check STYLE... | eval",
    .summary = "check a map document, or evaluate an expression",
    .description =
        "check reads map documents as strictly as render does and names the first fault with its "
        "JSON path. eval reads {\"expression\", \"propertySpec\", \"inputs\"} on standard input "
        "and "
        "prints {\"compiled\", \"outputs\"}: the shape of the MapLibre style specification's own "
        "expression fixtures.",
    .examples =
        "facmap style check layout my-map.json\n"
        "echo '{\"expression\": [\"+\", 1, 2], \"inputs\": [[{}, {}]]}' | facmap style eval\n",
    .run = run,
};
