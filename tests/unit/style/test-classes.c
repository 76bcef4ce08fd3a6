#include "classed.h"
#include "fm-unit.h"
#include "support.h"

#include <facmap/page.h>
#include <string.h>

static void written_out(void)
{
    g_autoptr(FmTable) table = classed_districts();
    g_autoptr(GError) error = NULL;
    g_autoptr(FmStyle) style =
        classed_style(DOCUMENT("{" SHARE ", \"classes\": 2, \"format\": \"percent\", "
                               "\"palette\": [\"#ff0000\", \"#0000ff\"]}",
                               ""),
                      table, &error);
    g_assert_no_error(error);
    g_autoptr(FmPage) page = fm_page_new(style, &error);
    g_assert_no_error(error);

    const FmStyleLayer *layer = fm_style_find_layer(style, "share");
    const FmStyleLayer *no_data = fm_style_find_layer(style, "share-no-data");
    g_assert_nonnull(no_data);
    for (gsize row = 0; row < 5; row++) {
        FmStyleContext context = {.table = table, .row = row};
        g_assert_true(fm_style_layer_accepts(layer, &context) == (row < 4));
        g_assert_true(fm_style_layer_accepts(no_data, &context) == (row == 4));
        if (row < 4) {
            FmColor color = fm_style_layer_color(layer, FM_PROP_FILL_COLOR, &context);
            g_assert_cmpfloat(color.r, ==, row < 2 ? 1 : 0);
            g_assert_cmpfloat(color.b, ==, row < 2 ? 0 : 1);
        }
    }
    const char *const labels[] = {"21 – 90 %", "10 – 20", "No data"};
    g_assert_cmpuint(page->legend->len, ==, G_N_ELEMENTS(labels));
    guint n_found = 0;
    for (guint i = 0; i < page->legend->len; i++) {
        const FmPageLegendEntry *entry = page->legend->pdata[i];
        g_assert_true(entry->count);
        for (gsize l = 0; l < G_N_ELEMENTS(labels); l++) {
            n_found += strcmp(entry->label.en, labels[l]) == 0;
        }
    }
    g_assert_cmpuint(n_found, ==, G_N_ELEMENTS(labels));
}

static void reversed(void)
{
    g_autoptr(FmTable) table = classed_districts();
    g_autoptr(FmStyle) style =
        classed_style(DOCUMENT("{" SHARE ", \"classes\": 2, \"reverse\": true, \"no-data\": false, "
                               "\"palette\": [\"#ff0000\", \"#0000ff\"]}",
                               "\"filter\": [\">\", [\"get\", \"share\"], 0.1], "),
                      table, NULL);
    FmStyleContext context = {.table = table, .row = 3};
    const FmStyleLayer *layer = fm_style_find_layer(style, "share");

    g_assert_cmpfloat(fm_style_layer_color(layer, FM_PROP_FILL_COLOR, &context).r, ==, 1);
    g_assert_null(fm_style_find_layer(style, "share-no-data"));
    context.row = 0;
    g_assert_false(fm_style_layer_accepts(layer, &context));
}

static void without_table(void)
{
    g_autoptr(FmStyle) style = classed_style(DOCUMENT("{" SHARE "}", ""), NULL, NULL);
    FmStyleContext context = {0};
    FmColor color =
        fm_style_layer_color(fm_style_find_layer(style, "share"), FM_PROP_FILL_COLOR, &context);

    g_assert_cmpfloat_with_epsilon(color.r, 0x88 / 255.0, 1e-9);
}

static void errors(void)
{
    static const struct {
        const char *document, *says;
        FmError code;
    } cases[] = {
        {DOCUMENT("{" SHARE ", \"method\": \"natural\"}", ""), "'method' must be one of",
         FM_ERROR_PARSE},
        {DOCUMENT("{" SHARE ", \"palette\": \"rainbow\"}", ""), "rainbow", FM_ERROR_PARSE},
        {DOCUMENT("{" SHARE ", \"palette\": [\"red\"]}", ""), "1 colours for 5", FM_ERROR_PARSE},
        {DOCUMENT("{" SHARE ", \"classes\": 99}", ""), "'classes'", FM_ERROR_PARSE},
        {DOCUMENT("{" SHARE ", \"clases\": 3}", ""), "did you mean 'classes'", FM_ERROR_PARSE},
        {DOCUMENT("{\"group\": \"g\"}", ""), "'value' is missing", FM_ERROR_PARSE},
        {DOCUMENT("{" SHARE ", \"method\": \"fixed\"}", ""), "'limits' is missing", FM_ERROR_PARSE},
        {DOCUMENT("{" SHARE ", \"method\": \"fixed\", \"limits\": [0, 1, 1]}", ""), "rising",
         FM_ERROR_PARSE},
        {DOCUMENT("{" SHARE ", \"method\": \"fixed\", \"limits\": [0, 0.5]}", ""), "0.9",
         FM_ERROR_DATA},
        {DOCUMENT("{" SHARE "}", "\"filter\": [\"==\", \"share\", 7], "), "as an expression",
         FM_ERROR_UNSUPPORTED},
        {DOCUMENT("{" SHARE "}", "\"filter\": [\"==\", [\"get\", \"share\"], 7], "), "no",
         FM_ERROR_DATA},
    };
    g_autoptr(FmTable) table = classed_districts();

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(classed_style(cases[i].document, table, &error));
        g_assert_error(error, FM_ERROR, (int)cases[i].code);
        g_assert_nonnull(strstr(error->message, cases[i].says));
        g_assert_nonnull(strstr(error->message, "layer 'share'"));
    }
}

static const FmTable *no_table(const char *source_layer, void *user)
{
    (void)source_layer;
    (void)user;
    return NULL;
}

/* A document that asks for nothing is the result itself, and lives as long as either is kept. */
static void test_shared(void)
{
    FmStyle *plain = style_of("'type': 'circle'");
    g_autoptr(FmStyle) written = fm_style_with_classes(plain, no_table, NULL, NULL);
    g_assert_true(written == plain);
    fm_style_free(plain);
    g_assert_cmpuint(fm_style_n_layers(written), ==, 1);
}

void test_classes(void)
{
    g_test_add_func("/style/classes/shared", test_shared);
    g_test_add_func("/style/classes/written-out", written_out);
    g_test_add_func("/style/classes/reversed", reversed);
    g_test_add_func("/style/classes/without-table", without_table);
    g_test_add_func("/style/classes/errors", errors);
}
