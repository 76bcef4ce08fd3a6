/* Titles of result layers and columns in both languages.  What a layer is about comes from the
 * titles of the layers it was made of; nothing here knows a city. */
#include "costs.h"

#include <string.h>

static const struct {
    const char *unit, *zh;
} unit_names[] = {{"m", "米"}, {"km", "公里"},  {"mi", "英里"}, {"ft", "英尺"},
                  {"s", "秒"}, {"min", "分钟"}, {"h", "小时"}};

char *fm_limit_title(const FmLimit *limit, FmLang lang)
{
    gsize digits = strspn(limit->text, "0123456789.");
    const char *unit = limit->text + digits;
    for (gsize i = 0; lang == FM_LANG_ZH && i < G_N_ELEMENTS(unit_names); i++)
        if (strcmp(unit, unit_names[i].unit) == 0)
            return g_strdup_printf("%.*s %s", (int)digits, limit->text, unit_names[i].zh);
    return g_strdup_printf("%.*s %s", (int)digits, limit->text, unit);
}

char *fm_limits_title(const FmLimit *limits, gsize n, FmLang lang)
{
    GString *title = g_string_new(NULL);
    for (gsize i = 0; i < n; i++) {
        if (i > 0 && lang == FM_LANG_ZH)
            g_string_append(title, "、");
        else if (i > 0)
            g_string_append(title, i + 1 == n ? " and " : ", ");
        g_autofree char *one = fm_limit_title(&limits[i], lang);
        g_string_append(title, one);
    }
    return g_string_free(title, FALSE);
}

char *fm_title_with_way(char *title, const FmWays *ways, const FmCosts *costs, FmLang lang)
{
    if (!ways && !costs)
        return title;
    g_autofree char *straight = title;
    if (lang == FM_LANG_ZH)
        return g_strdup_printf("%s（%s）", straight, costs ? costs->title_zh : ways->profile_zh);
    return g_strdup_printf("%s (%s)", straight, costs ? costs->title_en : ways->profile_en);
}

static gsize add_column(FmTable *table, const FmColumnSpec *spec)
{
    gsize column = fm_table_add_column(table, spec->name, spec->type);
    fm_table_set_column_title(table, column, spec->title_en, spec->title_zh, spec->unit);
    return column;
}

void fm_table_add_columns(FmTable *table, const FmColumnSpec *specs, gsize n)
{
    for (gsize i = 0; i < n; i++)
        add_column(table, &specs[i]);
}

void fm_table_add_some(FmTable *table, const FmColumnSpec *specs, gsize n, gsize *columns)
{
    for (gsize i = 0; i < n; i++)
        columns[i] = specs[i].name ? add_column(table, &specs[i]) : FM_COLUMN_NONE;
}
