#include "fm-unit.h"
#include "support.h"

#include <facmap/geometry.h>

/* On a map the feature is a row of a table and no tile rounds its position. */
static void test_in_a_table(void)
{
    static const struct {
        const char *wkt;
        gboolean inside;
    } cases[] = {
        {"POINT (116.0000001 40)", TRUE},
        {"POINT (116 40)", FALSE},
        {"POINT (115.9999999 40)", FALSE},
        {"LINESTRING (116.1 40, 116.2 40.1)", TRUE},
        {"POLYGON ((116.1 40, 116.2 40, 116.2 40.1, 116.1 40))", FALSE},
    };
    g_autoptr(FmStyle) style =
        style_of("'type': 'fill', 'filter': ['within', {'type': 'Polygon', 'coordinates': "
                 "[[[116, 39], [117, 39], [117, 41], [116, 41], [116, 39]]]}]");
    const FmStyleLayer *layer = fm_style_layer(style, 0);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(FmTable) table = fm_table_new(FM_GEOMETRY_ANY);
        g_autoptr(GError) error = NULL;
        const gsize row = fm_table_append_row(table);
        fm_table_set_geometry(table, row, fm_geometry_from_wkt(cases[i].wkt, &error));
        g_assert_no_error(error);
        const FmStyleContext context = {.table = table, .row = 0, .zoom = 10};
        g_assert_cmpint(fm_style_layer_accepts(layer, &context), ==, cases[i].inside);
    }
}

void test_op_within(void)
{
    fixtures_add("op-within");
    g_test_add_func("/style/op-within/in-a-table", test_in_a_table);
}
