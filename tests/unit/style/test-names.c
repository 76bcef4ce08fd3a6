#include "fm-unit.h"
#include "support.h"

static void test_nearest(void)
{
    static const char *const names[] = {"line-color", "line-width", "line-cap", "fill-color", NULL};
    g_assert_cmpstr(fm__nearest_name("line-colour", names), ==, "line-color");
    g_assert_cmpstr(fm__nearest_name("line-witdh", names), ==, "line-width");
    g_assert_cmpstr(fm__nearest_name("linecap", names), ==, "line-cap");
    g_assert_cmpstr(fm__nearest_name("line_cap", names), ==, "line-cap");
    g_assert_null(fm__nearest_name("opacity", names));
    g_assert_null(fm__nearest_name("", names));
    g_autofree char *long_name = g_strnfill(1000, 'x');
    g_assert_null(fm__nearest_name(long_name, names));
}

static void test_sorted(void)
{
    g_autoptr(GHashTable) set = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_auto(GStrv) none = fm__names_sorted(set);
    g_assert_cmpuint(g_strv_length(none), ==, 0);
    static const char *const names[] = {"name_zh", "id", "category", "id"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_hash_table_add(set, g_strdup(names[i]));
    }
    g_auto(GStrv) sorted = fm__names_sorted(set);
    g_autofree char *joined = g_strjoinv(" ", sorted);
    g_assert_cmpstr(joined, ==, "category id name_zh");
}

void test_names(void)
{
    g_test_add_func("/style/names/nearest", test_nearest);
    g_test_add_func("/style/names/sorted", test_sorted);
}
