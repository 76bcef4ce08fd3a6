#include "themed.h"

#include "support.h"

#include <string.h>

FmTable *themed_districts(void)
{
    const double people[] = {100, 400, 900}, shares[] = {0.1, 0.5, 0.9, 0.2};
    FmTable *table = fm_table_new(FM_GEOMETRY_ANY);
    gsize people_at = fm_table_add_column(table, "people", FM_COLUMN_REAL);
    gsize share_at = fm_table_add_column(table, "share", FM_COLUMN_REAL);

    for (gsize i = 0; i < G_N_ELEMENTS(shares); i++) {
        gsize row = fm_table_append_row(table);
        fm_table_set_real(table, share_at, row, shares[i]);
        if (i < G_N_ELEMENTS(people)) {
            fm_table_set_real(table, people_at, row, people[i]);
        }
    }
    return table;
}

static const FmTable *find(const char *source_layer, void *user)
{
    return strcmp(source_layer, "district") == 0 ? user : NULL;
}

static FmStyle *parse(const char *members)
{
    g_autofree char *text = g_strdup_printf(
        "{'version': 8, 'metadata': {'facmap:legend': [{'id': 'g'}]}, 'sources': {'workspace': "
        "{'type': 'vector'}}, 'layers': [{'id': 'x', 'source': 'workspace', 'source-layer': "
        "'district', %s}]}",
        members);
    g_autofree char *json = quoted(text);
    g_autoptr(GError) error = NULL;
    FmStyle *style = fm_style_parse(json, "test.json", &error);

    g_assert_no_error(error);
    return style;
}

FmStyle *themed_style(const char *members, const FmTable *table, GError **error)
{
    g_autoptr(FmStyle) style = parse(members);

    return fm_style_with_classes(style, find, (void *)(guintptr)table, error);
}

void themed_refuses(const char *members, const char *says)
{
    g_autoptr(FmTable) table = themed_districts();
    g_autoptr(GError) error = NULL;
    g_autoptr(FmStyle) style = themed_style(members, table, &error);

    g_assert_null(style);
    g_assert_nonnull(error);
    g_assert_nonnull(strstr(error->message, says));
}

void themed_page_refuses(const char *members, const char *says)
{
    g_autoptr(FmStyle) style = parse(members);
    g_autoptr(GError) error = NULL;
    g_autoptr(FmPage) page = fm_page_new(style, &error);

    g_assert_null(page);
    g_assert_error(error, FM_ERROR, FM_ERROR_PARSE);
    g_assert_nonnull(strstr(error->message, says));
    g_assert_nonnull(strstr(error->message, "metadata.facmap:"));
}
