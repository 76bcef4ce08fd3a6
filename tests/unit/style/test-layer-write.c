#include "fm-unit.h"
#include "layer-write.h"

static void texts(void)
{
    char en[] = "a \"b\"";
    const FmPageText one = {.en = en};
    g_autofree char *words = fm__layer_words(&one);
    g_autofree char *hex = fm__layer_hex((FmColor){1, 0.5, 0, 1});

    g_assert_cmpstr(words, ==, "{\"en\": \"a \\\"b\\\"\", \"zh\": \"a \\\"b\\\"\"}");
    g_assert_cmpstr(hex, ==, "\"#ff8000\"");
}

/* A filter is added to the one that is there; entries go above those that are there. */
static void additions(void)
{
    g_autoptr(JsonNode) node = fm__layer_json("{\"filter\": [\"has\", \"a\"]}");
    JsonObject *layer = json_node_get_object(node);
    JsonObject *metadata = fm__layer_member(layer, "metadata");
    g_autoptr(JsonNode) first = fm__layer_json("[{\"n\": 1}]");
    g_autoptr(JsonNode) second = fm__layer_json("[{\"n\": 2}]");

    fm__layer_add_filter(layer, "true");
    fm__layer_add_legend(metadata, json_node_get_array(first));
    fm__layer_add_legend(metadata, json_node_get_array(second));
    g_autofree char *text = fm__json_to_text(node);
    g_assert_cmpstr(
        text, ==,
        "{\"filter\":[\"all\",[\"has\",\"a\"],true],\"metadata\":{\"facmap:legend\":[{\"n\":2},"
        "{\"n\":1}]}}");
}

void test_layer_write(void)
{
    g_test_add_func("/style/layer-write/texts", texts);
    g_test_add_func("/style/layer-write/additions", additions);
}
