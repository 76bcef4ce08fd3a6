#include "fm-unit.h"
#include "property.h"
#include "support.h"

/* A value that is of the kind already stays the same. */
static void test_same_kind(void)
{
    g_auto(FmArena) arena;
    fm__arena_init(&arena, NULL, 0);
    const FmValue number = fm__value_number(7);
    FmValue padding;
    FmValue again;
    g_assert_true(fm__value_parse(&arena, FM_KIND_PADDING, &number, &padding));
    g_assert_cmpuint(padding.array.n, ==, 4);
    g_assert_true(fm__value_parse(&arena, FM_KIND_PADDING, &padding, &again));
    g_assert_true(again.array.items == padding.array.items);
}

/* What cannot be read leaves the result alone. */
static void test_untouched(void)
{
    g_auto(FmArena) arena;
    fm__arena_init(&arena, NULL, 0);
    const FmValue text = fm__value_string("wide");
    FmValue out = fm__value_number(3);
    g_assert_false(fm__value_parse(&arena, FM_KIND_PADDING, &text, &out));
    g_assert_false(fm__value_parse(&arena, FM_KIND_ANCHORS, &text, &out));
    g_assert_cmpint(out.kind, ==, FM_KIND_NUMBER);
    g_assert_cmpfloat(out.number, ==, 3);
}

static void test_list_kinds(void)
{
    g_assert_true(fm__kind_is_list(FM_KIND_COLORS));
    g_assert_false(fm__kind_is_list(FM_KIND_ARRAY));
    g_assert_false(fm__kind_is_list(FM_KIND_PROJECTION));
}

void test_value_parse(void)
{
    fixtures_add("value-parse");
    g_test_add_func("/style/value-parse/same-kind", test_same_kind);
    g_test_add_func("/style/value-parse/untouched", test_untouched);
    g_test_add_func("/style/value-parse/list-kinds", test_list_kinds);
}
