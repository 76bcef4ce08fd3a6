/* facmap init: make an empty workspace. */

#include "cli.h"

static gboolean run(CliContext *context, char **args, GError **error)
{
    g_autofree char *crs = NULL, *title_en = NULL, *title_zh = NULL;
    const GOptionEntry entries[] = {
        {"crs", 0, 0, CLI_STRING, &crs,
         "projected coordinate system to draw and measure in, such as EPSG:4548 (default: chosen "
         "by the extent of the first layer)",
         "C"},
        {"title-en", 0, 0, CLI_STRING, &title_en, "title in English, shown on maps", "T"},
        {"title-zh", 0, 0, CLI_STRING, &title_zh, "title in Chinese, shown on maps", "T"},
        G_OPTION_ENTRY_NULL,
    };
    if (!cli_options(context, entries, args, 1, 1, error))
        return FALSE;

    const FmWorkspaceOptions options = {.title_en = title_en, .title_zh = title_zh, .crs = crs};
    g_autoptr(FmWorkspace) workspace = fm_workspace_create(args[0], &options, error);
    if (workspace == NULL)
        return FALSE;

    cli_say(context, "made %s\n", args[0]);
    JsonObject *result = json_object_new();
    cli_json_set_text(result, "workspace", args[0]);
    cli_json_set_text(result, "crs", crs);
    cli_print_json(context, 0, json_node_init_object(json_node_alloc(), result), NULL);
    json_object_unref(result);
    return TRUE;
}

const FmCommand cmd_init = {
    .name = "init",
    .synopsis = "WS [--crs C] [--title-en T] [--title-zh T]",
    .summary = "make an empty workspace",
    .description =
        "Makes WS, one SpatiaLite file that will hold every layer, result and run. The file must "
        "not exist. Positions are stored in WGS 84; the projected system is for drawing and plane "
        "work only.",
    .examples = "facmap init city.sqlite\n"
                "facmap init beijing.sqlite --crs EPSG:4548 --title-en Beijing --title-zh 北京\n",
    .run = run,
};
