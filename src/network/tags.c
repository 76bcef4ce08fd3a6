/* What the words of OpenStreetMap's tags mean: one-way, speed limits, durations, yes and no.  Text
 * in, value out; nothing here knows a table or a profile.  The words are those of the wiki pages
 * Key:oneway, Key:maxspeed and Key:duration. */
#include "network-internal.h"

#include <math.h>
#include <string.h>

#define MPH 0.44704 /* international mile an hour, m/s, exact */
#define KNOT (1852 / 3600.0)

static gboolean is_any(const char *value, const char *const *words)
{
    for (; *words != NULL; words++) {
        if (g_ascii_strcasecmp(value, *words) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

gboolean fm_tag_boolean(const char *value, gboolean *out)
{
    static const char *const yes[] = {"yes", "true", "1", "t", "y", NULL};
    static const char *const no[] = {"no", "false", "0", "f", "n", NULL};

    if (value == NULL || !(is_any(value, yes) || is_any(value, no))) {
        return FALSE;
    }
    *out = is_any(value, yes);
    return TRUE;
}

FmOneway fm_tag_oneway(const char *value)
{
    static const char *const backward[] = {"-1", "reverse", NULL};
    gboolean yes = FALSE;

    if (fm_tag_boolean(value, &yes)) {
        return yes ? FM_ONEWAY_FORWARD : FM_ONEWAY_NO;
    }
    if (value == NULL) {
        return FM_ONEWAY_UNKNOWN;
    }
    if (is_any(value, backward)) {
        return FM_ONEWAY_BACKWARD;
    }
    if (g_ascii_strcasecmp(value, "reversible") == 0) {
        return FM_ONEWAY_CHANGING;
    }
    /* Alternating traffic, at lights or by sight, is two-way with a wait. */
    return g_ascii_strcasecmp(value, "alternating") == 0 ? FM_ONEWAY_NO : FM_ONEWAY_UNKNOWN;
}

FmOneway fm_tag_oneway_fclass(const char *value)
{
    if (value == NULL) {
        return FM_ONEWAY_UNKNOWN;
    }
    if (g_ascii_strcasecmp(value, "F") == 0) {
        return FM_ONEWAY_FORWARD;
    }
    if (g_ascii_strcasecmp(value, "T") == 0) {
        return FM_ONEWAY_BACKWARD;
    }
    return g_ascii_strcasecmp(value, "B") == 0 ? FM_ONEWAY_NO : FM_ONEWAY_UNKNOWN;
}

/* ---- speed limits ----------------------------------------------------------------------- */

static FmMaxspeedState single_maxspeed(const char *value, GHashTable *zones, double *mps)
{
    static const struct {
        const char *name;
        double mps;
    } units[] = {{"", FM_KMH},    {"km/h", FM_KMH}, {"kmh", FM_KMH},
                 {"kph", FM_KMH}, {"mph", MPH},     {"knots", KNOT}};
    const double *zone = zones != NULL ? g_hash_table_lookup(zones, value) : NULL;
    char *rest = NULL;

    if (zone != NULL) {
        *mps = *zone;
        return FM_MAXSPEED_KNOWN;
    }
    if (!g_ascii_isdigit(*value) && *value != '-' && *value != '.') {
        return FM_MAXSPEED_UNKNOWN;
    }
    double number = g_ascii_strtod(value, &rest);
    while (*rest == ' ') {
        rest++;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(units); i++) {
        if (g_ascii_strcasecmp(rest, units[i].name) == 0) {
            *mps = number * units[i].mps;
            return isfinite(*mps) && *mps > 0 ? FM_MAXSPEED_KNOWN : FM_MAXSPEED_BAD;
        }
    }
    return FM_MAXSPEED_UNKNOWN;
}

FmMaxspeedState fm_tag_maxspeed(const char *value, GHashTable *zones, double *mps)
{
    FmMaxspeedState state = FM_MAXSPEED_UNKNOWN;

    if (value == NULL) {
        return state;
    }
    g_auto(GStrv) parts = g_strsplit(value, ";", -1);
    for (char **part = parts; *part != NULL; part++) {
        double speed = 0;
        FmMaxspeedState one = single_maxspeed(g_strstrip(*part), zones, &speed);
        if (one == FM_MAXSPEED_BAD) {
            return one;
        }
        if (one == FM_MAXSPEED_KNOWN && (state != FM_MAXSPEED_KNOWN || speed < *mps)) {
            *mps = speed;
            state = one;
        }
    }
    return state;
}

/* ---- durations ---------------------------------------------------------------------------- */

/* "PT1H20M30S" behind its "PT". */
static gboolean iso_duration(const char *text, double *seconds)
{
    static const char units[] = "HMS";
    static const double lengths_s[] = {3600, 60, 1};
    gsize at = 0;

    *seconds = 0;
    while (*text != '\0') {
        char *rest = NULL;
        double number = g_ascii_isdigit(*text) ? g_ascii_strtod(text, &rest) : -1;
        if (number < 0 || rest == NULL || *rest == '\0') {
            return FALSE;
        }
        const char *unit = strchr(units + at, *rest);
        if (unit == NULL) {
            return FALSE;
        }
        at = (gsize)(unit - units);
        *seconds += number * lengths_s[at++];
        text = rest + 1;
    }
    return TRUE;
}

/* "20" minutes, "1:20" hours and minutes, "1:20:30". */
static gboolean clock_duration(const char *text, double *seconds)
{
    double part[3] = {0, 0, 0};
    gsize n = 0;

    for (;; text++) {
        char *rest = NULL;
        if (n == G_N_ELEMENTS(part) || !g_ascii_isdigit(*text)) {
            return FALSE;
        }
        part[n++] = (double)g_ascii_strtoull(text, &rest, 10);
        text = rest;
        if (*text != ':') {
            break;
        }
    }
    *seconds = n == 1 ? part[0] * 60 : part[0] * 3600 + part[1] * 60 + part[2];
    return *text == '\0';
}

gboolean fm_tag_duration(const char *value, double *seconds)
{
    double length = 0;

    if (value == NULL || !(g_str_has_prefix(value, "PT") ? iso_duration(value + 2, &length)
                                                         : clock_duration(value, &length))) {
        return FALSE;
    }
    if (!(length > 0) || length >= FM_COST_MAX) {
        return FALSE;
    }
    *seconds = length;
    return TRUE;
}
