/* Fonts that are there, that stand for others, and that are nowhere. */
#include "fixture.h"
#include "fm-unit.h"
#include "fonts.h"

#include <string.h>

/* A symbol layer behind another layer; `fonts` is JSON. */
static FmStyle *with_fonts(const char *fonts)
{
    g_autofree char *layers = g_strdup_printf(
        "[{\"id\": \"ground\", \"type\": \"background\"}, {\"id\": \"names\", \"type\": \"symbol\","
        " \"source\": \"workspace\", \"source-layer\": \"school\","
        " \"layout\": {\"text-field\": \"x\"%s%s}}]",
        fonts ? ", \"text-font\": " : "", fonts ? fonts : "");
    return fixture_document("{}", layers);
}

static void test_there(void)
{
    static const char *const table[] = {
        NULL, /* the specification's default asks for nothing */
        "[\"Noto Sans Regular\"]",
        "[\"noto sans Bold Italic\"]",
        "[\"Nowhere Grotesk Bold\", \"Noto Sans CJK SC Regular\"]",
        "[\"sans-serif\"]",
        "[\"case\", [\"has\", \"id\"], [\"literal\", [\"Noto Sans Bold\"]],"
        " [\"literal\", [\"Noto Sans Regular\"]]]",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++) {
        g_autoptr(FmStyle) style = with_fonts(table[i]);
        g_autoptr(GError) error = NULL;
        g_assert_true(fm__fonts_check(style, &error));
        g_assert_no_error(error);
    }
}

static void test_nowhere(void)
{
    static const struct {
        const char *fonts, *said[3];
    } table[] = {
        {"[\"Nowhere Grotesk Bold\"]", {"the font 'Nowhere Grotesk Bold'", "", ""}},
        {"[\"Nowhere A\", \"Nowhere B\"]",
         {"none of the fonts 'Nowhere A', 'Nowhere B' is installed", "", ""}},
        {"[\"Noto Snas Regular\"]", {"Noto Snas Regular", "most like it is 'Noto Sans'", ""}},
        {"[\"Bold\"]", {"the font 'Bold' is not installed", "", ""}},
        {"[\"step\", [\"zoom\"], [\"literal\", [\"Noto Sans Bold\"]], 20,"
         " [\"literal\", [\"Nowhere\"]]]",
         {"the font 'Nowhere'", "", ""}},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++) {
        g_autoptr(FmStyle) style = with_fonts(table[i].fonts);
        g_autoptr(GError) error = NULL;
        g_assert_false(fm__fonts_check(style, &error));
        g_assert_error(error, FM_ERROR, FM_ERROR_NOT_FOUND);
        g_assert_nonnull(strstr(error->message, "layers[1] 'names': layout.text-font: "));
        g_assert_null(strchr(error->message, '\n'));
        for (gsize k = 0; k < G_N_ELEMENTS(table[i].said); k++)
            g_assert_nonnull(strstr(error->message, table[i].said[k]));
    }
}

/* The sections of a text have fonts of their own. */
static void test_sections(void)
{
    g_autoptr(FmStyle) style = fixture_document(
        "{}", "[{\"id\": \"names\", \"type\": \"symbol\", \"source\": \"workspace\","
              " \"source-layer\": \"school\", \"layout\": {\"text-field\": [\"format\","
              " [\"get\", \"id\"], {\"text-font\": [\"literal\", [\"Nowhere\"]]}]}}]");
    g_autoptr(GError) error = NULL;
    g_assert_false(fm__fonts_check(style, &error));
    g_assert_nonnull(strstr(error->message, "'names': layout.text-field: the font 'Nowhere'"));
}

void test_fonts(void)
{
    g_test_add_func("/render/fonts/there", test_there);
    g_test_add_func("/render/fonts/nowhere", test_nowhere);
    g_test_add_func("/render/fonts/sections", test_sections);
}
