#include "fm-unit.h"
#include "value.h"

#include <math.h>

static void test_same(void)
{
    const FmValue one = fm__value_number(1);
    const FmValue list = {.kind = FM_KIND_ARRAY, .array = {.items = &one, .n = 1}};
    const FmValue other = fm__value_number(1);
    const FmValue like = {.kind = FM_KIND_ARRAY, .array = {.items = &other, .n = 1}};
    const FmValue object = {.kind = FM_KIND_OBJECT};
    const struct {
        FmValue a, b;
        gboolean same;
    } cases[] = {
        {FM_VALUE_NULL, FM_VALUE_NULL, TRUE},
        {one, other, TRUE},
        {one, fm__value_string("1"), FALSE},
        {one, fm__value_boolean(TRUE), FALSE},
        {fm__value_string("a"), fm__value_string("a"), TRUE},
        {fm__value_boolean(TRUE), fm__value_boolean(TRUE), TRUE},
        {fm__value_number(NAN), fm__value_number(NAN), FALSE},
        {fm__value_number(0), fm__value_number(-0.0), TRUE},
        {list, list, TRUE},
        {list, like, FALSE},
        {object, object, TRUE},
        {fm__value_image("a", TRUE), fm__value_image("a", TRUE), FALSE},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_assert_true(fm__value_same(&cases[i].a, &cases[i].b) == cases[i].same);
    }
}

static void test_member(void)
{
    const char *const keys[] = {"a", "b"};
    const FmValue values[] = {fm__value_number(1), fm__value_string("x")};
    const FmValue object = {.kind = FM_KIND_OBJECT,
                            .object = {.keys = keys, .values = values, .n = 2}};
    g_assert_true(fm__value_member(&object, "b") == &values[1]);
    g_assert_null(fm__value_member(&object, "B"));
}

static void test_conversions(void)
{
    g_auto(FmArena) arena;
    fm__arena_init(&arena, NULL, 0);
    const FmSection sections[] = {{.text = "a"}, {.text = "b"}};
    const FmValue formatted = {.kind = FM_KIND_FORMATTED,
                               .formatted = {.sections = sections, .n = 2}};
    const FmValue color = fm__value_color((FmColor){1, 0.5, 0, 0.25});
    const FmValue image = fm__value_image("bus", FALSE);
    const FmValue no_image = fm__value_image("", TRUE);
    g_assert_cmpstr(fm__value_to_string(&arena, &formatted), ==, "ab");
    g_assert_cmpstr(fm__value_to_string(&arena, &color), ==, "rgba(255,128,0,0.25)");
    g_assert_cmpstr(fm__value_to_string(&arena, &image), ==, "bus");
    g_assert_cmpint(no_image.kind, ==, FM_KIND_NULL);
    g_assert_true(fm__value_truth(&color));
    g_assert_true(isnan(fm__value_to_number(&color)));
    g_assert_true(isnan(fm__value_to_number(&image)));
    const FmColor shown = fm__color_premultiplied(color.color);
    g_assert_cmpfloat(shown.g, ==, 0.125);
}

void test_value(void)
{
    g_test_add_func("/style/value/same", test_same);
    g_test_add_func("/style/value/member", test_member);
    g_test_add_func("/style/value/conversions", test_conversions);
}
