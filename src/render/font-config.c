/* Which files are fonts is the machine's affair; how they are matched and drawn is the map's.  A
 * desktop's rules (hinting, sub-pixels, emboldening, other families in place of those named) and a
 * person's ~/.fonts.conf would make the same command draw another map. */
#include "font-config.h"

#include <glib.h>

/* Rules that the machine's have no part in.  Chinese has no italics: names of water are slanted. */
static const char rules[] =
    "<include ignore_missing=\"yes\">/usr/share/fontconfig/conf.avail/30-metric-aliases.conf"
    "</include>"
    "<match target=\"pattern\">"
    "<edit name=\"family\" mode=\"append_last\"><string>Noto Sans</string></edit>"
    "<edit name=\"family\" mode=\"append_last\"><string>Noto Sans CJK SC</string></edit>"
    "</match>"
    "<match target=\"font\">"
    "<test name=\"slant\"><const>roman</const></test>"
    "<test target=\"pattern\" name=\"slant\" compare=\"not_eq\"><const>roman</const></test>"
    "<edit name=\"matrix\" mode=\"assign\"><times><name>matrix</name><matrix><double>1</double>"
    "<double>0.2</double><double>0</double><double>1</double></matrix></times></edit>"
    "<edit name=\"slant\" mode=\"assign\"><const>oblique</const></edit>"
    "</match>"
    "<match target=\"font\">"
    "<test name=\"weight\" compare=\"less_eq\"><const>medium</const></test>"
    "<test target=\"pattern\" name=\"weight\" compare=\"more_eq\"><const>bold</const></test>"
    "<edit name=\"embolden\" mode=\"assign\"><bool>true</bool></edit>"
    "<edit name=\"weight\" mode=\"assign\"><const>bold</const></edit>"
    "</match>"
    "<match target=\"font\">"
    "<edit name=\"antialias\" mode=\"assign\"><bool>true</bool></edit>"
    "<edit name=\"hinting\" mode=\"assign\"><bool>false</bool></edit>"
    "<edit name=\"autohint\" mode=\"assign\"><bool>false</bool></edit>"
    "<edit name=\"hintstyle\" mode=\"assign\"><const>hintnone</const></edit>"
    "<edit name=\"rgba\" mode=\"assign\"><const>none</const></edit>"
    "<edit name=\"lcdfilter\" mode=\"assign\"><const>lcdnone</const></edit>"
    "<edit name=\"embeddedbitmap\" mode=\"assign\"><bool>false</bool></edit>"
    "</match>";

/* Takes the list over. */
static void append_folders(GString *xml, const char *element, FcStrList *folders)
{
    const FcChar8 *folder = NULL;
    while (folders && (folder = FcStrListNext(folders))) {
        g_autofree char *escaped = g_markup_escape_text((const char *)folder, -1);
        g_string_append_printf(xml, "<%s>%s</%s>", element, escaped, element);
    }
    if (folders)
        FcStrListDone(folders);
}

/* Takes the text over. */
static FcConfig *build(GString *xml)
{
    FcConfig *config = FcConfigCreate();
    g_string_append(xml, "</fontconfig>");
    if (config && (!FcConfigParseAndLoadFromMemory(config, (const FcChar8 *)xml->str, FcTrue) ||
                   !FcConfigBuildFonts(config)))
        g_clear_pointer(&config, FcConfigDestroy);
    g_string_free(xml, TRUE);
    return config;
}

/* Files of fonts. */
static GHashTable *list_files(FcConfig *config)
{
    GHashTable *files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    const FcFontSet *fonts = FcConfigGetFonts(config, FcSetSystem);
    for (int i = 0; fonts && i < fonts->nfont; i++) {
        FcChar8 *file = NULL;
        if (FcPatternGetString(fonts->fonts[i], FC_FILE, 0, &file) == FcResultMatch)
            g_hash_table_add(files, g_strdup((const char *)file));
    }
    return files;
}

/* Files of `all` that `used` has not; NULL when there are none. */
static GString *rejections(GHashTable *all, GHashTable *used)
{
    GString *xml = g_string_new("<selectfont><rejectfont>");
    gsize empty = xml->len;
    GHashTableIter iter;
    gpointer file = NULL;
    g_hash_table_iter_init(&iter, all);
    while (g_hash_table_iter_next(&iter, &file, NULL)) {
        g_autofree char *escaped = g_markup_escape_text(file, -1);
        if (!g_hash_table_contains(used, file))
            g_string_append_printf(xml, "<glob>%s</glob>", escaped);
    }
    if (xml->len == empty) {
        g_string_free(xml, TRUE);
        return NULL;
    }
    return g_string_append(xml, "</rejectfont></selectfont>");
}

FcConfig *fm__font_config_new(void)
{
    FcConfig *machine = FcConfigReference(NULL);
    if (!machine)
        return NULL;
    g_autoptr(GString) head = g_string_new("<fontconfig>");
    append_folders(head, "dir", FcConfigGetFontDirs(machine));
    append_folders(head, "cachedir", FcConfigGetCacheDirs(machine));
    g_string_append(head, rules);
    FcConfig *config = build(g_string_new(head->str));
    if (config) {
        /* What the machine's own rules leave out (bitmaps, say) is left out here. */
        g_autoptr(GHashTable) all = list_files(config), used = list_files(machine);
        g_autoptr(GString) rejected = rejections(all, used);
        if (rejected) {
            FcConfigDestroy(config);
            g_string_prepend(rejected, head->str);
            config = build(g_steal_pointer(&rejected));
        }
    }
    FcConfigDestroy(machine);
    return config;
}
