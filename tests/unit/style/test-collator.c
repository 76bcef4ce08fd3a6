#include "collator.h"
#include "fm-unit.h"

/* The order of the Unicode Collation Algorithm's root, small to large. */
static void test_order(void)
{
    static const char *const texts[] = {" ", "_", "$", "1", "a", "A", "ä",  "Ä",
                                        "b", "e", "é", "z", "α", "я", "中", "文"};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        for (gsize j = 0; j < G_N_ELEMENTS(texts); j++) {
            const int order = fm__collate(texts[i], texts[j], TRUE, TRUE);
            g_assert_cmpint((order > 0) - (order < 0), ==, (i > j) - (i < j));
        }
    }
}

static void test_levels(void)
{
    g_assert_cmpint(fm__collate("Été", "ete", FALSE, FALSE), ==, 0);
    g_assert_cmpint(fm__collate("Ete", "ete", FALSE, TRUE), ==, 0);
    g_assert_cmpint(fm__collate("été", "ete", TRUE, FALSE), ==, 0);
    g_assert_cmpint(fm__collate("étf", "ete", FALSE, FALSE), >, 0);
    /* an accent outweighs case, a letter both */
    g_assert_cmpint(fm__collate("Ab", "äb", TRUE, TRUE), <, 0);
    g_assert_cmpint(fm__collate("Äa", "ab", TRUE, TRUE), <, 0);
}

void test_collator(void)
{
    g_test_add_func("/style/collator/order", test_order);
    g_test_add_func("/style/collator/levels", test_levels);
}
