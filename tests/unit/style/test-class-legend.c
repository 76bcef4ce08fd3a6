#include "classed.h"
#include "fm-unit.h"

#include <facmap/page.h>
#include <string.h>

/* The legend keeps a class that nothing is in. */
static void empty_class(void)
{
    g_autoptr(FmTable) table = classed_districts();
    g_autoptr(FmStyle) style = classed_style(
        DOCUMENT("{" SHARE ", \"method\": \"fixed\", \"limits\": [0, 0.4, 0.6, 1], "
                 "\"format\": \"percent\", \"palette\": [\"red\", \"lime\", \"blue\"]}",
                 ""),
        table, NULL);
    g_autoptr(FmPage) page = fm_page_new(style, NULL);
    gboolean found = FALSE;

    for (guint i = 0; i < page->legend->len; i++) {
        const FmPageLegendEntry *entry = page->legend->pdata[i];
        if (strcmp(entry->label.en, "40 – 59") == 0) {
            FmStyleContext context = {.table = entry->sample};
            g_assert_cmpfloat(fm_style_layer_color(entry->layer, FM_PROP_FILL_COLOR, &context).g,
                              ==, 1);
            g_assert_true(entry->keep_empty);
            found = TRUE;
        }
    }
    g_assert_true(found);
}

void test_class_legend(void)
{
    g_test_add_func("/style/class-legend/empty-class", empty_class);
}
