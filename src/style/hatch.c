/* The names of built-in hatches, "facmap:hatch?angle=45&spacing=4": a URI's query, so that colours
 * are escaped as they are elsewhere and any editor keeps the name as it is. */
#include "style-internal.h"

#include <math.h>
#include <string.h>

#define PREFIX "facmap:hatch"

/* Closer lines cannot be printed apart, wider ones are no hatch. */
#define LEAST_SPACING_PX 0.5
#define MOST_SPACING_PX 200.0

gboolean fm_hatch_is_name(const char *name)
{
    g_return_val_if_fail(name != NULL, FALSE);
    const gsize length = strlen(PREFIX);
    return strncmp(name, PREFIX, length) == 0 && (name[length] == '\0' || name[length] == '?');
}

static gboolean read_number(const char *text, double least, double most, double *out)
{
    char *end = NULL;
    const double number = g_ascii_strtod(text, &end);
    if (end == text || *end != '\0' || !(number >= least && number <= most)) {
        return FALSE;
    }
    *out = number;
    return TRUE;
}

static gboolean read_angles(const char *text, FmHatch *hatch)
{
    g_auto(GStrv) parts = g_strsplit(text, ",", -1);
    const guint n = g_strv_length(parts);
    if (n == 0 || n > G_N_ELEMENTS(hatch->angles_deg)) {
        return FALSE;
    }
    for (guint i = 0; i < n; i++) {
        if (!read_number(parts[i], -180, 180, &hatch->angles_deg[i])) {
            return FALSE;
        }
    }
    hatch->n_angles = n;
    return TRUE;
}

/* One "key=value".  FALSE with a message of what was expected. */
static gboolean read_pair(const char *key, const char *value, FmHatch *hatch, const char **expected)
{
    if (strcmp(key, "angle") == 0) {
        *expected = "one to four angles from -180 to 180, separated by commas";
        return read_angles(value, hatch);
    }
    if (strcmp(key, "spacing") == 0) {
        *expected = "a number from 0.5 to 200";
        return read_number(value, LEAST_SPACING_PX, MOST_SPACING_PX, &hatch->spacing_px);
    }
    if (strcmp(key, "width") == 0) {
        *expected = "a number from 0.05 to 200";
        return read_number(value, 0.05, MOST_SPACING_PX, &hatch->width_px);
    }
    if (strcmp(key, "color") == 0) {
        *expected = "a color";
        return fm__color_parse(value, &hatch->color);
    }
    if (strcmp(key, "background") == 0) {
        *expected = "a color";
        return fm__color_parse(value, &hatch->background);
    }
    *expected = NULL;
    return FALSE;
}

gboolean fm_hatch_parse(const char *name, FmHatch *out, GError **error)
{
    g_return_val_if_fail(name != NULL && fm_hatch_is_name(name) && out != NULL, FALSE);
    FmHatch hatch = {.n_angles = 1,
                     .angles_deg = {45},
                     .spacing_px = 4,
                     .width_px = 0.6,
                     .color = {0.5, 0.5, 0.5, 1},
                     .background = {0, 0, 0, 0}};
    const char *query = strchr(name, '?');
    g_auto(GStrv) pairs = g_strsplit(query != NULL ? query + 1 : "", "&", -1);
    for (gsize i = 0; pairs[i] != NULL; i++) {
        char *equals = strchr(pairs[i], '=');
        g_autofree char *value =
            equals != NULL ? g_uri_unescape_string(equals + 1, NULL) : g_strdup("");
        if (equals != NULL) {
            *equals = '\0';
        }
        const char *expected = NULL;
        if (value != NULL && read_pair(pairs[i], value, &hatch, &expected)) {
            continue;
        }
        if (value != NULL && expected == NULL) {
            g_set_error(error, FM_ERROR, FM_ERROR_PARSE,
                        "hatch \"%s\": unknown key \"%s\"; there are angle, spacing, width, color "
                        "and background",
                        name, pairs[i]);
        } else {
            g_set_error(error, FM_ERROR, FM_ERROR_PARSE, "hatch \"%s\": \"%s\" has to be %s", name,
                        pairs[i], expected != NULL ? expected : "escaped as in a URI");
        }
        return FALSE;
    }
    if (hatch.width_px > hatch.spacing_px) {
        g_set_error(error, FM_ERROR, FM_ERROR_PARSE,
                    "hatch \"%s\": lines wider than their spacing leave nothing between them",
                    name);
        return FALSE;
    }
    *out = hatch;
    return TRUE;
}
