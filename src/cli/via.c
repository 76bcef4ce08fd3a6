/* How to travel, as options. */

#include "via.h"

#include <math.h>

void cli_via_clear(CliVia *via)
{
    char **texts[] = {&via->profile, &via->network,   &via->closed,
                      &via->opened,  &via->direction, &via->max_snap};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        g_clear_pointer(texts[i], g_free);
}

gboolean cli_via_required(const CliVia *via, const char *option, gboolean given, GError **error)
{
    if (via->profile != NULL || !given)
        return TRUE;
    g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                "%s is about roads: say how to travel on them (--via walk)", option);
    return FALSE;
}

gboolean cli_limit(const char *option, const char *text, FmLimit *limit, GError **error)
{
    if (text == NULL || fm_limit_parse(text, limit, error))
        return TRUE;
    g_prefix_error(error, "%s %s: ", option, text);
    return FALSE;
}

gboolean cli_length(const char *option, const char *text, double *metres, GError **error)
{
    FmLimit limit = {0};
    if (text == NULL)
        return TRUE;
    if (!cli_limit(option, text, &limit, error))
        return FALSE;
    if (limit.kind != FM_LIMIT_LENGTH) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE, "%s %s: give a length such as 500m", option,
                    text);
        return FALSE;
    }
    *metres = limit.value;
    return TRUE;
}

gboolean cli_via(const CliVia *via, FmVia *out, GError **error)
{
    const struct {
        const char *option, *value;
    } roads_only[] = {{"--network", via->network},
                      {"--direction", via->direction},
                      {"--close", via->closed},
                      {"--open", via->opened},
                      {"--max-snap", via->max_snap}};
    for (gsize i = 0; i < G_N_ELEMENTS(roads_only); i++)
        if (!cli_via_required(via, roads_only[i].option, roads_only[i].value != NULL, error))
            return FALSE;
    if (via->direction != NULL && !g_str_equal(via->direction, "to") &&
        !g_str_equal(via->direction, "from")) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE, "--direction %s: must be 'to' or 'from'",
                    via->direction);
        return FALSE;
    }
    *out = (FmVia){
        .profile = via->profile,
        .network = via->network,
        .closed = via->closed,
        .opened = via->opened,
        .from_facilities = g_strcmp0(via->direction, "from") == 0,
    };
    return cli_length("--max-snap", via->max_snap, &out->max_snap_m, error);
}

char *cli_format_time(double time_s)
{
    double whole_s = floor(time_s + 0.5);
    double minutes = floor(whole_s / 60), seconds = whole_s - minutes * 60;
    if (minutes < 1)
        return g_strdup_printf("%.0f s", seconds);
    if (minutes < 60)
        return g_strdup_printf("%.0f min %02.0f s", minutes, seconds);
    return g_strdup_printf("%.0f h %02.0f min", floor(minutes / 60), fmod(minutes, 60));
}

char *cli_format_cost(double cost, gboolean time)
{
    if (isnan(cost))
        return g_strdup("");
    return time ? cli_format_time(cost) : cli_format_length(cost);
}
