/* Fonts of one page and the characters that none of them has. */

#include "font-config.h"
#include "text-internal.h"

#include <pango/pangofc-fontmap.h>

static void set_boolean(FcPattern *pattern, const char *object, FcBool value)
{
    FcPatternDel(pattern, object);
    FcPatternAddBool(pattern, object, value);
}

static void set_integer(FcPattern *pattern, const char *object, int value)
{
    FcPatternDel(pattern, object);
    FcPatternAddInteger(pattern, object, value);
}

/* Cairo puts what a pattern leaves open above the font options, by the desktop's screen: grey
 * antialiasing becomes coloured fringes. */
static void for_paper(FcPattern *pattern, gpointer user)
{
    (void)user;
    set_boolean(pattern, FC_ANTIALIAS, FcTrue);
    set_boolean(pattern, FC_HINTING, FcFalse);
    set_boolean(pattern, FC_AUTOHINT, FcFalse);
    set_integer(pattern, FC_HINT_STYLE, FC_HINT_NONE);
    set_integer(pattern, FC_RGBA, FC_RGBA_NONE);
    set_integer(pattern, FC_LCD_FILTER, FC_LCD_NONE);
}

FmTextContext *fm__text_context_new(void)
{
    FmTextContext *context = g_new0(FmTextContext, 1);
    context->map = pango_cairo_font_map_new();
    pango_fc_font_map_set_default_substitute(PANGO_FC_FONT_MAP(context->map), for_paper, NULL,
                                             NULL);
    FcConfig *config = fm__font_config_new();
    if (config) {
        pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(context->map), config);
        FcConfigDestroy(config);
    }
    context->pango = pango_font_map_create_context(context->map);
    pango_cairo_context_set_resolution(context->pango, FM_PX_PER_INCH);
    pango_context_set_round_glyph_positions(context->pango, FALSE);
    /* Han characters in the forms of the mainland. */
    pango_context_set_language(context->pango, pango_language_from_string("zh-CN"));
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(context->pango, options);
    cairo_font_options_destroy(options);
    context->missing = g_ptr_array_new_with_free_func(g_free);
    context->missing_seen = g_hash_table_new(NULL, NULL);
    return context;
}

void fm__text_context_free(FmTextContext *context)
{
    if (context == NULL)
        return;
    g_hash_table_unref(context->missing_seen);
    g_ptr_array_unref(context->missing);
    g_object_unref(context->pango);
    g_object_unref(context->map);
    g_free(context);
}

const GPtrArray *fm__text_context_missing(const FmTextContext *context)
{
    return context->missing;
}

void fm__text_context_note_missing(FmTextContext *context, const PangoGlyphItem *item,
                                   const char *text)
{
    for (int i = 0; i < item->glyphs->num_glyphs; i++) {
        PangoGlyph glyph = item->glyphs->glyphs[i].glyph;
        if ((glyph & PANGO_GLYPH_UNKNOWN_FLAG) == 0)
            continue;
        gunichar character = (gunichar)(glyph & ~PANGO_GLYPH_UNKNOWN_FLAG);
        if (!g_hash_table_add(context->missing_seen, GUINT_TO_POINTER(character)))
            continue;
        g_autofree char *shown = g_strdelimit(g_strdup(text), "\n", ' ');
        g_ptr_array_add(context->missing, g_strdup_printf("U+%04X in '%s'", character, shown));
    }
}
