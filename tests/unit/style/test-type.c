#include "fm-unit.h"
#include "value.h"

static void test_fits(void)
{
    g_auto(FmArena) arena;
    fm__arena_init(&arena, NULL, 0);
    const FmType *numbers = fm__type_array(&arena, FM_TYPE(NUMBER), -1);
    const FmType *pair = fm__type_array(&arena, FM_TYPE(NUMBER), 2);
    const FmType *strings = fm__type_array(&arena, FM_TYPE(STRING), -1);
    const FmType *empty = fm__type_array(&arena, FM_TYPE(VALUE), 0);
    const FmType *pairs = fm__type_array(&arena, pair, -1);
    const struct {
        const FmType *expected, *actual;
        gboolean fits;
    } cases[] = {
        {FM_TYPE(NUMBER), FM_TYPE(NUMBER), TRUE},
        {FM_TYPE(NUMBER), FM_TYPE(STRING), FALSE},
        {FM_TYPE(NUMBER), FM_TYPE(VALUE), FALSE},
        {FM_TYPE(VALUE), FM_TYPE(NUMBER), TRUE},
        {FM_TYPE(VALUE), pairs, TRUE},
        {FM_TYPE(NUMBER), FM_TYPE(ERROR), TRUE},
        {pair, FM_TYPE(ERROR), TRUE},
        {numbers, pair, TRUE},
        {pair, numbers, FALSE},
        {numbers, strings, FALSE},
        {numbers, empty, TRUE},
        {pair, empty, FALSE},
        {FM_TYPE(ARRAY), strings, TRUE},
        {numbers, FM_TYPE(ARRAY), FALSE},
        {pairs, fm__type_array(&arena, pair, 1), TRUE},
        {FM_TYPE(ARRAY), FM_TYPE(OBJECT), FALSE},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_assert_true(fm__type_fits(cases[i].expected, cases[i].actual) == cases[i].fits);
    }
    g_assert_cmpstr(fm__type_name(&arena, numbers), ==, "array<number>");
    g_assert_cmpstr(fm__type_name(&arena, pair), ==, "array<number, 2>");
    g_assert_cmpstr(fm__type_name(&arena, pairs), ==, "array<array<number, 2>>");
    g_assert_cmpstr(fm__type_name(&arena, FM_TYPE(ARRAY)), ==, "array");
    g_assert_cmpstr(fm__type_name(&arena, empty), ==, "array<value, 0>");
    g_assert_cmpstr(fm__type_name(&arena, FM_TYPE(IMAGE)), ==, "resolvedImage");
}

void test_type(void)
{
    g_test_add_func("/style/type/fits", test_fits);
}
