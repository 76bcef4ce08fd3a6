/* Every stack of fonts that a document names is found, wherever it stands. */
#include "fm-unit.h"
#include "support.h"

#include <string.h>

static gboolean note(const char *path, const char *const *fonts, void *user)
{
    g_autofree char *names = g_strjoinv("+", (char **)(guintptr)fonts);
    g_string_append_printf(user, "%s=%s;", path, names);
    return TRUE;
}

static gboolean stop(const char *path, const char *const *fonts, void *user)
{
    note(path, fonts, user);
    return FALSE;
}

static void test_places(void)
{
    static const struct {
        const char *layer, *found;
    } table[] = {
        {"'layout': {'text-field': 'x'}", ""}, /* the default is not the document's */
        {"'layout': {'text-font': ['A Bold', 'B']}", "layout.text-font=A Bold+B;"},
        {"'layout': {'text-font': ['step', ['zoom'], ['literal', ['A']], 9, ['literal', ['B']]]}",
         "layout.text-font=A;layout.text-font=B;"},
        {"'layout': {'text-font': ['case', ['in', ['get', 'name'], ['literal', ['x', 'y']]],"
         " ['literal', ['A']], ['literal', ['B', 'C']]]}",
         "layout.text-font=A;layout.text-font=B+C;"},
        {"'layout': {'text-font': {'stops': [[0, ['A']], [9, ['B']]]}}",
         "layout.text-font=A;layout.text-font=B;"},
        {"'layout': {'text-field': ['format', 'x', {'text-font': ['literal', ['A', 'B']]}, 'y',"
         " {}]}",
         "layout.text-field=A+B;"},
        {"'layout': {'text-field': ['case', ['has', 'name'], ['format', ['get', 'name'],"
         " {'text-font': ['literal', ['A']]}], 'none']}",
         "layout.text-field=A;"},
        {"'metadata': {'facmap:text-field': {'zh': ['format', ['get', 'name'], {'text-font':"
         " ['literal', ['Z']]}]}}, 'layout': {'text-font': ['A']}",
         "layout.text-font=A;metadata.facmap:text-field.zh=Z;"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++) {
        g_autofree char *members = g_strdup_printf("'type': 'symbol', %s", table[i].layer);
        g_autoptr(FmStyle) style = style_of(members);
        g_autoptr(GString) found = g_string_new(NULL);
        g_assert_true(fm_style_layer_each_font(fm_style_layer(style, 0), note, found));
        g_assert_cmpstr(found->str, ==, table[i].found);
        /* The first is the last when the visitor wants no more. */
        g_autoptr(GString) first = g_string_new(NULL);
        const char *end = strchr(table[i].found, ';');
        gsize length = end ? (gsize)(end - table[i].found) + 1 : 0;
        g_autofree char *expected = g_strndup(table[i].found, length);
        g_assert_true(fm_style_layer_each_font(fm_style_layer(style, 0), stop, first) ==
                      (length == 0));
        g_assert_cmpstr(first->str, ==, expected);
    }
}

void test_layer_fonts(void)
{
    g_test_add_func("/style/layer-fonts/places", test_places);
}
