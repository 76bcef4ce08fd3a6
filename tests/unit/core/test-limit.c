#include "fm-unit.h"

#include <facmap/core.h>
#include <string.h>

static void test_units(void)
{
    static const struct {
        const char *text;
        FmLimitKind kind;
        double value;
        const char *normal;
    } cases[] = {
        {"800m", FM_LIMIT_LENGTH, 800, "800m"},
        {"3km", FM_LIMIT_LENGTH, 3000, "3km"},
        {"1.5mi", FM_LIMIT_LENGTH, 2414.016, "1.5mi"},
        {"100ft", FM_LIMIT_LENGTH, 30.48, "100ft"},
        {"90s", FM_LIMIT_TIME, 90, "90s"},
        {"15min", FM_LIMIT_TIME, 900, "15min"},
        {"1h", FM_LIMIT_TIME, 3600, "1h"},
        {" 03.0 KM ", FM_LIMIT_LENGTH, 3000, "3km"},
        {"1e3m", FM_LIMIT_LENGTH, 1000, "1000m"},
        {".5km", FM_LIMIT_LENGTH, 500, "0.5km"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        FmLimit limit;
        g_assert_true(fm_limit_parse(cases[i].text, &limit, &error));
        g_assert_no_error(error);
        g_assert_cmpint(limit.kind, ==, cases[i].kind);
        g_assert_cmpfloat(limit.value, ==, cases[i].value);
        g_assert_cmpstr(limit.text, ==, cases[i].normal);
    }
}

/* A limit in kilometres is the metres that its digits say, though 1.005 × 1000 is not 1005. */
static void test_kilometres_are_exact(void)
{
    for (int m = 1; m <= 20000; m++) {
        g_autofree char *text = g_strdup_printf("%d.%03dkm", m / 1000, m % 1000);
        FmLimit limit;
        g_assert_true(fm_limit_parse(text, &limit, NULL));
        g_assert_cmpfloat(limit.value, ==, m);
    }
}

static void test_refused(void)
{
    static const struct {
        const char *text;
        const char *message; /* a part of it */
    } cases[] = {
        {"3", "has no unit"},
        {"", "is not a distance or time"},
        {"km", "is not a distance"},
        {"3parsec", "has an unknown unit"},
        {"-3km", "not above zero"},
        {"0m", "not above zero"},
        {"nanm", "is not a distance"},
        {"infm", "is not a distance"},
        {"0x3km", "is not a distance"},
        {"3km5", "has an unknown unit"},
        {"1e999m", "is not a distance"},
        {"3,5km", "has an unknown unit"},
        {"1e300km", "too many digits"},
        {"0.00012345678901234567km", "too many digits"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        FmLimit limit;
        g_assert_false(fm_limit_parse(cases[i].text, &limit, &error));
        g_assert_error(error, FM_ERROR, FM_ERROR_USAGE);
        g_assert_nonnull(strstr(error->message, cases[i].message));
        g_assert_null(strchr(error->message, '\n'));
    }
}

static void test_list(void)
{
    g_autoptr(GArray) limits = NULL;

    g_assert_true(fm_limit_list_parse("5km, 800m,3km,5000m", &limits, NULL));
    g_assert_cmpuint(limits->len, ==, 3);
    g_assert_cmpstr(g_array_index(limits, FmLimit, 0).text, ==, "800m");
    g_assert_cmpstr(g_array_index(limits, FmLimit, 1).text, ==, "3km");
    g_assert_cmpfloat(g_array_index(limits, FmLimit, 2).value, ==, 5000);
}

static void test_list_refused(void)
{
    static const char *const cases[] = {"", "3km,", "3km,15min", ",", "3km;5km"};

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        GArray *untouched = NULL;
        g_assert_false(fm_limit_list_parse(cases[i], &untouched, &error));
        g_assert_error(error, FM_ERROR, FM_ERROR_USAGE);
        g_assert_null(untouched);
    }
}

void test_limit(void)
{
    g_test_add_func("/core/limit/units", test_units);
    g_test_add_func("/core/limit/kilometres-are-exact", test_kilometres_are_exact);
    g_test_add_func("/core/limit/refused", test_refused);
    g_test_add_func("/core/limit/list", test_list);
    g_test_add_func("/core/limit/list-refused", test_list_refused);
}
