#include "fm-unit.h"
#include "style-internal.h"
#include "value.h"

#include <math.h>

/* JSON to a value and back is the same JSON, written as ECMAScript does. */
static void test_round_trip(void)
{
    static const char *const texts[] = {
        "null",
        "[1,0.5,-3,1e+21,1e-7,9007199254740991]",
        "{\"b\":[],\"a\":{},\"北京\":\"a\\\"b\\\\c\\n\\t\\u0001\"}",
        "[true,false,\"\"]",
        "[[[1]],{\"k\":[null]}]",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_auto(FmArena) arena;
        fm__arena_init(&arena, NULL, 0);
        g_autoptr(GError) error = NULL;
        g_autoptr(JsonNode) json = fm__json_parse(texts[i], &error);
        g_assert_no_error(error);
        const FmValue value = fm__value_from_json(&arena, json);
        g_assert_cmpstr(fm__value_to_json_text(&arena, &value), ==, texts[i]);
    }
}

/* What the specification's fixtures show of values that are not JSON. */
static void test_other_values(void)
{
    g_auto(FmArena) arena;
    fm__arena_init(&arena, NULL, 0);
    const FmSection section = {.text = "a", .scale = fm__value_number(0.8)};
    const struct {
        FmValue value;
        const char *text;
    } cases[] = {
        {fm__value_number(NAN), "null"},
        {fm__value_number(-INFINITY), "null"},
        {fm__value_number(-0.0), "0"},
        {fm__value_color((FmColor){1, 0.5, 0, 0.5}), "{\"r\":0.5,\"g\":0.25,\"b\":0,\"a\":0.5}"},
        {fm__value_image("bus", TRUE), "{\"name\":\"bus\",\"available\":true}"},
        {{.kind = FM_KIND_FORMATTED, .formatted = {.sections = &section, .n = 1}},
         "{\"sections\":[{\"text\":\"a\",\"image\":null,\"scale\":0.8,\"fontStack\":null,"
         "\"textColor\":null,\"verticalAlign\":null}]}"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_assert_cmpstr(fm__value_to_json_text(&arena, &cases[i].value), ==, cases[i].text);
    }
}

void test_value_json(void)
{
    g_test_add_func("/style/value-json/round-trip", test_round_trip);
    g_test_add_func("/style/value-json/other-values", test_other_values);
}
