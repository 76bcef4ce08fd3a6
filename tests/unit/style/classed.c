#include "classed.h"

#include <string.h>

FmTable *classed_districts(void)
{
    const double shares[] = {0.1, 0.2, 0.8, 0.9};
    FmTable *table = fm_table_new(FM_GEOMETRY_ANY);
    gsize share = fm_table_add_column(table, "share", FM_COLUMN_REAL);

    for (gsize i = 0; i < 5; i++) {
        gsize row = fm_table_append_row(table);
        if (i < G_N_ELEMENTS(shares)) {
            fm_table_set_real(table, share, row, shares[i]);
        }
    }
    return table;
}

static const FmTable *find(const char *source_layer, void *user)
{
    return strcmp(source_layer, "district") == 0 ? user : NULL;
}

FmStyle *classed_style(const char *document, FmTable *table, GError **error)
{
    g_autoptr(GError) failure = NULL;
    g_autoptr(FmStyle) style = fm_style_parse(document, "test.json", &failure);

    g_assert_no_error(failure);
    return fm_style_with_classes(style, find, table, error);
}
