/* Hints for names that do not exist. */
#include "fm-unit.h"
#include "support.h"

static void assert_hint(const char *wanted, const char *const *names, gsize n, const char *expect)
{
    g_autofree char *hint = fm_near_hint(wanted, names, n);

    g_assert_cmpstr(hint, ==, expect);
}

static void test_few(void)
{
    static const char *const names[] = {"school", "hospital"};

    assert_hint("x", names, 2, "; there are: school, hospital");
    assert_hint("x", names, 0, "");
}

static void test_many(void)
{
    static const char *const names[] = {"school",    "school_2021", "hospital", "area", "demand",
                                        "corridor",  "structure",   "river",    "road", "metro",
                                        "community", "park",        "library",  "kiosk"};
    gsize n = G_N_ELEMENTS(names);

    assert_hint("schol", names, n, "; did you mean: school?");
    assert_hint("scool_2021", names, n, "; did you mean: school_2021?");
    assert_hint("sch", names, n, "; did you mean: school, school_2021?");
    assert_hint("hopsital", names, n, "; did you mean: hospital?");
    assert_hint("parks", names, n, "; did you mean: park?");
    assert_hint("zzzzzz", names, n, "");
    assert_hint("", names, n,
                "; did you mean: school, school_2021, hospital, area, demand, "
                "corridor, structure, river, road, metro, community, park, library, "
                "kiosk?");
}

void test_near(void)
{
    g_test_add_func("/store/near/few", test_few);
    g_test_add_func("/store/near/many", test_many);
}
