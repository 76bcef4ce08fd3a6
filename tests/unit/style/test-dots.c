#include "fm-unit.h"
#include "themed.h"

#include <facmap/theme.h>
#include <string.h>

#define LAYER(spec) "'type': 'circle', 'metadata': {'facmap:dots': {" spec "}}"
#define FULL                                                                                       \
    "'value': ['get', 'people'], 'per': 1000, 'what': {'en': 'residents'}, 'group': 'g', 'seed': " \
    "7, 'avoid': ['water'], 'within': ['town', 'village']"

static void reading(void)
{
    g_autoptr(FmTable) table = themed_districts();
    g_autoptr(GError) error = NULL;
    g_autoptr(FmStyle) style = themed_style(LAYER(FULL), table, &error);
    g_assert_no_error(error);
    g_autoptr(FmDots) dots = fm_dots_new(style, fm_style_layer(style, 0));
    const FmStyleContext context = {.table = table, .row = 1};

    g_assert_cmpfloat(dots->per, ==, 1000);
    g_assert_cmpuint(dots->seed, ==, 7);
    g_assert_cmpuint(dots->within->len, ==, 2);
    g_assert_cmpstr(dots->avoid->pdata[0], ==, "water");
    g_assert_cmpfloat(fm_page_expression_number(dots->value, &context), ==, 400);
    g_autoptr(FmStyle) none = themed_style("'type': 'circle'", table, NULL);
    g_assert_null(fm_dots_new(none, fm_style_layer(none, 0)));
}

/* The legend says what a dot is, and that it stands nowhere in particular. */
static void legend(void)
{
    g_autoptr(FmTable) table = themed_districts();
    g_autoptr(FmStyle) style = themed_style(LAYER(FULL), table, NULL);
    g_autoptr(FmPage) page = fm_page_new(style, NULL);
    const FmPageLegendEntry *entry = page->legend->pdata[0];

    g_assert_cmpstr(entry->label.en, ==, "1 dot = 1,000 residents");
    g_assert_nonnull(strstr(entry->label.zh, "1,000"));
    g_assert_true(entry->modelled);
}

static void errors(void)
{
    themed_page_refuses(LAYER("'value': 1, 'group': 'g', 'what': {'en': 'a'}"), "needs 'value'");
    themed_page_refuses(LAYER("'value': 1, 'per': 0, 'group': 'g', 'what': {'en': 'a'}"), "'per'");
    themed_page_refuses("'type': 'fill', 'metadata': {'facmap:dots': {" FULL "}}",
                        "only a circle layer");
}

void test_dots(void)
{
    g_test_add_func("/style/dots/reading", reading);
    g_test_add_func("/style/dots/legend", legend);
    g_test_add_func("/style/dots/errors", errors);
}
