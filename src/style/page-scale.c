/* The scale that a map is to have: fixed, fitted, or fitted and rounded. */
#include "page-read.h"

#include <string.h>

#define LEAST_DENOMINATOR 10.0
#define MOST_DENOMINATOR 1e9

/* "50,000", "50 000" or "50000". */
static gboolean parse_denominator(const char *text, double *out)
{
    g_autoptr(GString) digits = g_string_new(NULL);
    for (const char *p = text; *p; p++)
        if (*p != ',' && *p != ' ')
            g_string_append_c(digits, *p);
    return fm_parse_double(digits->str, out) && *out >= LEAST_DENOMINATOR &&
           *out <= MOST_DENOMINATOR;
}

gboolean fm_page_scale_parse(const char *text, FmPageScale *out, GError **error)
{
    FmPageScale scale = {FM_PAGE_SCALE_FIXED, 0};
    g_return_val_if_fail(text && out, FALSE);
    if (strcmp(text, "round") == 0 || strcmp(text, "fit") == 0) {
        *out = (FmPageScale){text[0] == 'r' ? FM_PAGE_SCALE_ROUND : FM_PAGE_SCALE_FIT, 0};
        return TRUE;
    }
    const char *colon = strchr(text, ':');
    g_autofree char *one = colon ? g_strstrip(g_strndup(text, (gsize)(colon - text))) : NULL;
    if (one && strcmp(one, "1") == 0 && parse_denominator(colon + 1, &scale.denominator)) {
        *out = scale;
        return TRUE;
    }
    g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                "scale '%s': write 1:50000 (from 1:10 to 1:1,000,000,000), round or fit", text);
    return FALSE;
}

void fm__page_scale_read(FmPageReader *reader, JsonNode *node, const char *path, FmPage *page)
{
    g_autoptr(GError) error = NULL;
    if (!JSON_NODE_HOLDS_VALUE(node) || json_node_get_value_type(node) != G_TYPE_STRING)
        fm__page_fail(reader, path, FM_ERROR_PARSE, "must be a string such as \"1:50000\"");
    else if (!fm_page_scale_parse(json_node_get_string(node), &page->scale, &error))
        fm__page_fail(reader, path, FM_ERROR_PARSE, "%s", error->message);
}
