/** @file via.h
 *  How to travel: the options that coverage and proximity share. */
#ifndef FACMAP_CLI_VIA_H
#define FACMAP_CLI_VIA_H

#include "cli.h"

typedef struct {
    char *profile, *network, *closed, *opened, *direction, *max_snap;
} CliVia;

void cli_via_clear(CliVia *via);

/** The options, for an option table. */
#define CLI_VIA_ENTRIES(via)                                                                       \
    {"via",                                                                                        \
     0,                                                                                            \
     0,                                                                                            \
     CLI_STRING,                                                                                   \
     &(via).profile,                                                                               \
     "travel along roads: walk, bike, drive, or a file with a profile; or by a layer of kind "     \
     "costs; distances may be times",                                                              \
     "PROFILE|TABLE"},                                                                             \
        {"network", 0, 0, CLI_STRING, &(via).network, "layer of roads, when there are several",    \
         "LAYER"},                                                                                 \
        {"direction",                                                                              \
         0,                                                                                        \
         0,                                                                                        \
         CLI_STRING,                                                                               \
         &(via).direction,                                                                         \
         "travel 'to' the facilities (default), or 'from' them as an ambulance does",              \
         "to|from"},                                                                               \
        {"close",                                                                                  \
         0,                                                                                        \
         0,                                                                                        \
         CLI_STRING,                                                                               \
         &(via).closed,                                                                            \
         "what if: layer that closes the roads it lies on",                                        \
         "LAYER"},                                                                                 \
        {"open", 0, 0, CLI_STRING, &(via).opened, "what if: layer of lines that become roads",     \
         "LAYER"},                                                                                 \
    {                                                                                              \
        "max-snap", 0, 0, CLI_STRING, &(via).max_snap,                                             \
            "what is further from a road is not reached (default: 500m)", "D"                      \
    }

/** @param[out] out strings borrowed from `via`
 *  @return FALSE with FM_ERROR_USAGE: an option that needs --via, a direction, a distance */
gboolean cli_via(const CliVia *via, FmVia *out, GError **error);

/** A length or a time, such as 3km or 15min.
 *  @param option its name, for errors  @param[out] limit unchanged when `text` is NULL */
gboolean cli_limit(const char *option, const char *text, FmLimit *limit, GError **error);

/** A length such as 100m.
 *  @param option its name, for errors  @param[out] metres unchanged when `text` is NULL */
gboolean cli_length(const char *option, const char *text, double *metres, GError **error);

/** "--routes needs --via" unless it is there. */
gboolean cli_via_required(const CliVia *via, const char *option, gboolean given, GError **error);

/** "12 min 30 s".  @return transfer full (g_free) */
char *cli_format_time(double time_s);
/** Seconds as above, or metres; "" for NaN.  @return transfer full (g_free) */
char *cli_format_cost(double cost, gboolean time);

#endif
