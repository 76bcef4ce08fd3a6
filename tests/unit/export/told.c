#include "told.h"

FmStyle *told_style(const char *members)
{
    g_autofree char *layer = g_strdup_printf(
        "{'id': 'c', 'type': 'circle', 'source': 'workspace', 'source-layer': 'p', %s}", members);
    return fixture_style(layer);
}

char *told(const char *members, FmTable *table, gboolean *exact)
{
    g_autoptr(FmStyle) style = told_style(members);
    g_autoptr(FmTable) owned = table;
    g_autoptr(GPtrArray) looks =
        fm__looks_new(fm_style_layer(style, 0), table, 0, TOLD_ZOOM, exact);
    if (looks == NULL)
        return NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < looks->len; i++) {
        const FmLook *look = g_ptr_array_index(looks, i);
        g_string_append_printf(text, "%s%s > %s (%" G_GSIZE_FORMAT ")", i > 0 ? "\n" : "",
                               look->condition != NULL ? look->condition : "all",
                               look->label != NULL ? look->label : "-", look->n_rows);
    }
    return g_strdup(text->str);
}

void told_assert(const char *members, FmTable *table, const char *expect)
{
    gboolean exact = FALSE;
    g_autofree char *text = told(members, table, &exact);
    g_assert_cmpstr(text, ==, expect);
    g_assert_true(exact);
}
