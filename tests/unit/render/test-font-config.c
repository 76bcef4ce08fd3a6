/* The machine's fonts without the machine's rules. */
#include "font-config.h"

#include "fm-unit.h"
#include "label-fixture.h"

/* Make these the rules of the machine, over the fonts that tests see. */
static void machine_with(const char *more)
{
    g_autofree char *xml =
        g_strdup_printf("<fontconfig><include>%s/tests/support/fonts.conf</include>%s</fontconfig>",
                        g_getenv("FACMAP_SOURCE"), more);
    FcConfig *config = FcConfigCreate();
    g_assert_true(FcConfigParseAndLoadFromMemory(config, (const FcChar8 *)xml, FcTrue));
    g_assert_true(FcConfigSetCurrent(config));
    FcConfigDestroy(config);
}

/* Ink and its place: what a rule would change. */
static guint picture_of(const char *words)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    FmTextStyle style = fixture_style();
    static const char *const italic[] = {"Noto Sans Italic", NULL};
    style.fonts = italic;
    FixtureText text = fixture_text(words);
    g_autoptr(FmTextBlock) block = fm__text_block_new(context, text.sections, text.n, &style);
    cairo_t *cr = fixture_canvas((FmPageRect){0, 0, 120, 40}, 2);
    fm__text_block_draw(cr, block, 5, 5);
    guint hash = 0;
    for (int y = 0; y < 80; y++)
        for (int x = 0; x < 240; x++)
            hash = hash * 31 + fixture_alpha(cr, x, y);
    cairo_destroy(cr);
    return hash;
}

static void rules_do_not_matter(void)
{
    static const char *const rules[] = {
        "<match target=\"font\"><edit name=\"hinting\" mode=\"assign\"><bool>true</bool></edit>"
        "<edit name=\"hintstyle\" mode=\"assign\"><const>hintfull</const></edit>"
        "<edit name=\"rgba\" mode=\"assign\"><const>rgb</const></edit></match>",
        "<match target=\"font\"><edit name=\"embolden\" mode=\"assign\"><bool>true</bool></edit>"
        "</match>",
        "<match target=\"font\"><edit name=\"antialias\" mode=\"assign\"><bool>false</bool></edit>"
        "</match>",
        "<match><edit name=\"family\" mode=\"prepend\" binding=\"strong\">"
        "<string>Noto Sans CJK SC</string></edit></match>",
    };
    const char *const words = "Wenyu 温榆河";
    machine_with("");
    const guint plain = picture_of(words);
    g_assert_cmpuint(picture_of("Wenyu 温榆"), !=, plain);
    for (gsize i = 0; i < G_N_ELEMENTS(rules); i++) {
        machine_with(rules[i]);
        g_assert_cmpuint(picture_of(words), ==, plain);
    }
    machine_with("");
}

/* Fonts that the machine's rules reject stay out. */
static void choice_of_fonts_does(void)
{
    machine_with("");
    FcConfig *config = fm__font_config_new();
    const FcFontSet *fonts = FcConfigGetFonts(config, FcSetSystem);
    const FcFontSet *machine = FcConfigGetFonts(NULL, FcSetSystem);
    g_assert_cmpint(fonts->nfont, >, 0);
    g_assert_cmpint(fonts->nfont, <=, machine->nfont + 64); /* a collection is one file */
    for (int i = 0; i < fonts->nfont; i++) {
        FcChar8 *family = NULL;
        g_assert_cmpint(FcPatternGetString(fonts->fonts[i], FC_FAMILY, 0, &family), ==,
                        FcResultMatch);
        g_assert_true(g_str_has_prefix((const char *)family, "Noto Sans"));
    }
    FcConfigDestroy(config);
}

void test_font_config(void)
{
    g_test_add_func("/render/font-config/rules", rules_do_not_matter);
    g_test_add_func("/render/font-config/choice", choice_of_fonts_does);
}
