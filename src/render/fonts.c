/* Pango draws a text in any font rather than not at all.  A map whose fonts were silently replaced
 * is not the one that was designed, so what a document names is looked for before all else. */
#include "fonts.h"

#include "font-config.h"

#include <facmap/core.h>
#include <pango/pango.h>
#include <string.h>

typedef struct {
    const FmStyle *style;
    FcConfig *config;
    gsize layer;
    GHashTable *families; /* installed, as plain_name() has them -> as they are written */
    GError **error;
} Check;

G_DEFINE_AUTOPTR_CLEANUP_FUNC(FcConfig, FcConfigDestroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FcPattern, FcPatternDestroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FcFontSet, FcFontSetDestroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FcObjectSet, FcObjectSetDestroy)

/* Names of families are compared without case and blanks, as fontconfig does. */
static char *plain_name(const char *family)
{
    GString *plain = g_string_new(NULL);
    for (; *family != '\0'; family++) {
        if (*family != ' ')
            g_string_append_c(plain, g_ascii_tolower(*family));
    }
    return g_string_free(plain, FALSE);
}

static GHashTable *list_families(FcConfig *config)
{
    GHashTable *families = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr(FcPattern) any = FcPatternCreate();
    g_autoptr(FcObjectSet) wanted = FcObjectSetBuild(FC_FAMILY, (char *)NULL);
    g_autoptr(FcFontSet) fonts = FcFontList(config, any, wanted);
    for (int i = 0; fonts != NULL && i < fonts->nfont; i++) {
        FcChar8 *name = NULL;
        for (int k = 0; FcPatternGetString(fonts->fonts[i], FC_FAMILY, k, &name) == FcResultMatch;
             k++)
            g_hash_table_insert(families, plain_name((const char *)name),
                                g_strdup((const char *)name));
    }
    return families;
}

/* "Noto Sans Bold Italic" is of the family "Noto Sans".  Transfer full; NULL for "Bold". */
static char *family_of(const char *font)
{
    PangoFontDescription *description = pango_font_description_from_string(font);
    char *family = g_strdup(pango_font_description_get_family(description));
    pango_font_description_free(description);
    return family;
}

static gboolean is_generic(const char *plain)
{
    static const char *const generic[] = {"sans-serif", "serif",   "monospace", "sans", "mono",
                                          "cursive",    "fantasy", "system-ui", NULL};
    return g_strv_contains(generic, plain);
}

/* Is the family, or one that fontconfig's rules hold equal to it, installed? */
static gboolean is_installed(const Check *check, const char *family)
{
    g_autofree char *plain = plain_name(family);
    if (g_hash_table_contains(check->families, plain) || is_generic(plain))
        return TRUE;
    g_autoptr(FcPattern) pattern = FcPatternCreate();
    FcPatternAddString(pattern, FC_FAMILY, (const FcChar8 *)family);
    FcConfigSubstitute(check->config, pattern, FcMatchPattern);
    FcValue value;
    FcValueBinding binding = FcValueBindingWeak;
    for (int i = 0;
         FcPatternGetWithBinding(pattern, FC_FAMILY, i, &value, &binding) == FcResultMatch &&
         binding != FcValueBindingWeak;
         i++) {
        g_autofree char *equal = plain_name((const char *)value.u.s);
        if (g_hash_table_contains(check->families, equal))
            return TRUE;
    }
    return FALSE;
}

static gsize common_prefix(const char *a, const char *b)
{
    gsize n = 0;
    while (a[n] != '\0' && a[n] == b[n])
        n++;
    return n;
}

/* The installed family that begins most like the font; of these the shortest, then the first by
 * byte.  NULL when fewer than three letters are the same. */
static const char *most_alike(const Check *check, const char *font)
{
    g_autofree char *wanted = plain_name(font);
    const char *best = NULL;
    gsize best_prefix = 2;
    GHashTableIter iter;
    gpointer plain = NULL, name = NULL;
    g_hash_table_iter_init(&iter, check->families);
    while (g_hash_table_iter_next(&iter, &plain, &name)) {
        const gsize prefix = common_prefix(plain, wanted);
        const int longer = best ? (int)strlen(name) - (int)strlen(best) : 0;
        if (prefix > best_prefix || (best && prefix == best_prefix &&
                                     (longer < 0 || (longer == 0 && strcmp(name, best) < 0)))) {
            best_prefix = prefix;
            best = name;
        }
    }
    return best;
}

static gboolean check_stack(const char *path, const char *const *fonts, void *user)
{
    const Check *check = user;
    for (gsize i = 0; fonts[i]; i++) {
        g_autofree char *family = family_of(fonts[i]);
        if (family && is_installed(check, family))
            return TRUE;
    }
    g_autofree char *names = g_strjoinv("', '", (char **)(guintptr)fonts);
    const char *alike = most_alike(check, fonts[0]);
    g_autofree char *hint =
        alike ? g_strdup_printf("; what is most like it is '%s'", alike) : g_strdup("");
    g_set_error(check->error, FM_ERROR, FM_ERROR_NOT_FOUND,
                "%s: layers[%" G_GSIZE_FORMAT
                "] '%s': %s: %s '%s' is %sinstalled%s; install it, or name one that 'fc-list : "
                "family' lists",
                fm_style_name(check->style), check->layer,
                fm_style_layer_id(fm_style_layer(check->style, check->layer)), path,
                fonts[1] ? "none of the fonts" : "the font", names, fonts[1] ? "" : "not ", hint);
    return FALSE;
}

gboolean fm__fonts_check(const FmStyle *style, GError **error)
{
    g_autoptr(FcConfig) config = fm__font_config_new();
    g_autoptr(GHashTable) families = list_families(config);
    Check check = {.style = style, .config = config, .families = families, .error = error};
    for (; check.layer < fm_style_n_layers(style); check.layer++) {
        const FmStyleLayer *layer = fm_style_layer(style, check.layer);
        if (!fm_style_layer_each_font(layer, check_stack, &check))
            return FALSE;
    }
    return TRUE;
}
