/* The table of commands, in the order of `facmap help`. */

#include "cli.h"

const FmCommand *const cli_commands[] = {
    &cmd_init,      &cmd_load, &cmd_layers, &cmd_check,  &cmd_network, &cmd_coverage,
    &cmd_proximity, &cmd_site, &cmd_render, &cmd_export, &cmd_style,   NULL,
};

const FmCommand *cli_find_command(const char *name)
{
    for (const FmCommand *const *command = cli_commands; *command != NULL; command++) {
        if (strcmp((*command)->name, name) == 0)
            return *command;
    }
    return NULL;
}
