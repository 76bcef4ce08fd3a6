/** @file help.h
 *  Help on a terminal and manual pages, from the same tables that parse the options. */
#ifndef FACMAP_CLI_HELP_H
#define FACMAP_CLI_HELP_H

#include "cli.h"

/** `facmap COMMAND --help`.
 *  @param entries the command's and the common options, NULL-terminated */
void cli_print_help(const FmCommand *command, const GOptionEntry *entries);
/** facmap-COMMAND(1) in man(7) markup. */
void cli_print_page(const FmCommand *command, const GOptionEntry *entries);

#endif
