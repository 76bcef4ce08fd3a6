#include "../../../src/style/classes.h"
#include "../../../src/style/style-document.h"
#include "fm-unit.h"

static FmStyle *parse(const char *type)
{
    g_autofree char *text = g_strdup_printf(
        "{\"version\": 8, \"sources\": {\"w\": {\"type\": \"vector\"}}, \"layers\": [{\"id\": "
        "\"l\", \"type\": \"%s\", \"source\": \"w\", \"source-layer\": \"x\"}]}",
        type);
    g_autoptr(GError) error = NULL;
    FmStyle *style = fm_style_parse(text, "test.json", &error);

    g_assert_no_error(error);
    return style;
}

/* What is not said: five natural classes in blue of the colour that the layer type has. */
static void defaults(void)
{
    static const char *const types[][2] = {{"fill", "fill-color"},
                                           {"line", "line-color"},
                                           {"circle", "circle-color"},
                                           {"symbol", "icon-color"}};
    g_autoptr(JsonNode) node =
        fm__json_parse("{\"value\": [\"get\", \"a\"], \"group\": \"g\"}", NULL);

    for (gsize i = 0; i < G_N_ELEMENTS(types); i++) {
        g_autoptr(FmStyle) style = parse(types[i][0]);
        FmPageReader reader = {.style = style};
        g_autoptr(FmClassesSpec) spec =
            fm__classes_spec_read(&reader, fm_style_layer(style, 0), node, "here");
        g_assert_no_error(reader.error);
        g_assert_cmpstr(spec->property, ==, types[i][1]);
        g_assert_cmpint(spec->method, ==, FM_CLASSES_JENKS);
        g_assert_cmpuint(spec->n_classes, ==, 5);
        g_assert_cmpstr(spec->palette, ==, "blues");
        g_assert_cmpint(spec->decimals, ==, -1);
        g_assert_true(spec->has_no_data);
        g_assert_cmpstr(spec->no_data.zh, ==, "无数据");
    }
}

void test_classes_spec(void)
{
    g_test_add_func("/style/classes-spec/defaults", defaults);
}
