#include "fm-unit.h"
#include "themed.h"

/* A person cannot write the sizes of a legend, only say what it is to show: else it could lie. */
static void not_by_hand(void)
{
    themed_page_refuses("'type': 'circle', 'metadata': {'facmap:legend': {'group': 'g', 'nested': "
                        "{'sizes': [[1, 20]]}}}",
                        "unknown key 'nested'");
    themed_page_refuses("'type': 'fill', 'metadata': {'facmap:legend': {'group': 'g', 'square': "
                        "{}}}",
                        "unknown key 'square'");
}

static void formats(void)
{
    g_autoptr(FmTable) table = themed_districts();
    g_autoptr(FmStyle) style =
        themed_style("'type': 'circle', 'metadata': {'facmap:proportional': {'value': ['get', "
                     "'people'], 'group': 'g', 'format': 'km', 'values': [1, 7]}}",
                     table, NULL);
    g_autoptr(FmPage) page = fm_page_new(style, NULL);
    const FmPageLegendEntry *entry = page->legend->pdata[0];

    g_assert_cmpint(entry->format, ==, FM_PAGE_KM);
    g_assert_cmpuint(entry->sizes->len, ==, 2);
    g_assert_cmpfloat(g_array_index(entry->sizes, FmPageLegendSize, 1).value, ==, 7);
    g_assert_cmpstr(entry->group, ==, "g");
}

void test_page_legend_scale(void)
{
    g_test_add_func("/style/page-legend-scale/not-by-hand", not_by_hand);
    g_test_add_func("/style/page-legend-scale/formats", formats);
}
