#include "comma-locale.h"
#include "fm-unit.h"

#include <facmap/core.h>
#include <float.h>
#include <math.h>
#include <string.h>

static void test_format(void)
{
    static const struct {
        double value;
        const char *text;
    } cases[] = {
        {0, "0"},
        {-0.0, "-0"},
        {0.1, "0.1"},
        {116.3975, "116.3975"},
        {1e15, "1e+15"},
        {123456789012345, "123456789012345"},
        {1.0 / 3, "0.3333333333333333"},
        {0.1 + 0.2, "0.30000000000000004"},
        {5e-324, "5e-324"},
        {DBL_MAX, "1.7976931348623157e+308"},
        {INFINITY, "inf"},
        {-273.15, "-273.15"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = fm_format_double(cases[i].value);
        g_assert_cmpstr(text, ==, cases[i].text);
    }
}

static double random_double(GRand *rand)
{
    for (;;) {
        guint64 bits = ((guint64)g_rand_int(rand) << 32) | g_rand_int(rand);
        double value;
        memcpy(&value, &bits, sizeof value);
        if (isfinite(value)) {
            return value;
        }
    }
}

/* Every bit pattern reads back, and one digit less never does. */
static void test_format_shortest(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(42);

    for (int i = 0; i < 20000; i++) {
        double value = i % 2 ? random_double(rand) : ldexp(random_double(rand), -1074) / 7;
        g_autofree char *text = fm_format_double(value);
        g_assert_cmpfloat(g_ascii_strtod(text, NULL), ==, value);

        gsize digits = 0;
        for (const char *c = text; *c != '\0' && *c != 'e'; c++) {
            digits += g_ascii_isdigit(*c) && (digits > 0 || *c != '0') ? 1 : 0;
        }
        if (digits > 1 && strchr(text, 'e') != NULL) {
            g_autofree char *format = g_strdup_printf("%%.%" G_GSIZE_FORMAT "e", digits - 2);
            char shorter[G_ASCII_DTOSTR_BUF_SIZE];
            g_ascii_formatd(shorter, sizeof shorter, format, value);
            g_assert_cmpfloat(g_ascii_strtod(shorter, NULL), !=, value);
        }
    }
}

static void test_count(void)
{
    static const struct {
        gint64 value;
        const char *text;
    } cases[] = {
        {0, "0"},
        {999, "999"},
        {1000, "1,000"},
        {-1000, "-1,000"},
        {-999, "-999"},
        {21893095, "21,893,095"},
        {G_MAXINT64, "9,223,372,036,854,775,807"},
        {G_MININT64, "-9,223,372,036,854,775,808"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = fm_format_count(cases[i].value);
        g_assert_cmpstr(text, ==, cases[i].text);
    }
}

/* Decimals of 1 to 20 digits with the point anywhere: bit for bit what strtod reads. */
static void test_parse_short(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(7);

    for (gsize i = 0; i < 20000; i++) {
        g_autoptr(GString) text = g_string_new(i % 3 == 0 ? "-" : "");
        gint n = g_rand_int_range(rand, 1, 21), point = g_rand_int_range(rand, -1, n + 1);
        for (gint digit = 0; digit < n; digit++) {
            g_string_append(text, digit == point ? "." : "");
            g_string_append_c(text, (char)('0' + g_rand_int_range(rand, 0, 10)));
        }
        g_string_append(text, n == point ? "." : "");
        double value = NAN, expect = g_ascii_strtod(text->str, NULL);
        g_assert_true(fm_parse_double(text->str, &value));
        g_assert_true(memcmp(&value, &expect, sizeof value) == 0);
    }
}

static void test_parse(void)
{
    static const struct {
        const char *text;
        double value;
    } good[] = {
        {"1", 1},  {" \t-1.5\n", -1.5}, {"+2e3", 2000}, {".5", 0.5},
        {"5.", 5}, {"1E-3", 0.001},     {"-0", 0},      {"5e-324", 5e-324},
    };
    static const char *const bad[] = {"",      " ",   "1,5", "1.5m", "nan",   "inf", "0x10",
                                      "1e999", "1 2", "--1", "e5",   "1.2.3", "１",  "-"};

    for (gsize i = 0; i < G_N_ELEMENTS(good); i++) {
        double value = NAN;
        g_assert_true(fm_parse_double(good[i].text, &value));
        g_assert_cmpfloat(value, ==, good[i].value);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        double untouched = 77;
        g_assert_false(fm_parse_double(bad[i], &untouched));
        g_assert_cmpfloat(untouched, ==, 77);
    }
}

static void test_decimal_comma(void)
{
    double value = 0;
    FmLimit limit;

    if (!comma_locale_enter()) {
        return;
    }
    g_autofree char *printed = g_strdup_printf("%g", 1.5);
    g_autofree char *text = fm_format_double(1.5);
    gboolean read = fm_parse_double("1.5", &value);
    gboolean comma_read = fm_parse_double("1,5", &value);
    gboolean limit_read = fm_limit_parse("1.5km", &limit, NULL);
    comma_locale_leave();

    g_assert_cmpstr(printed, ==, "1,5"); /* the locale is what it should be */
    g_assert_cmpstr(text, ==, "1.5");
    g_assert_true(read);
    g_assert_cmpfloat(value, ==, 1.5);
    g_assert_false(comma_read);
    g_assert_true(limit_read);
    g_assert_cmpfloat(limit.value, ==, 1500);
    g_assert_cmpstr(limit.text, ==, "1.5km");
}

void test_number(void)
{
    g_test_add_func("/core/number/format", test_format);
    g_test_add_func("/core/number/format-shortest", test_format_shortest);
    g_test_add_func("/core/number/count", test_count);
    g_test_add_func("/core/number/parse", test_parse);
    g_test_add_func("/core/number/parse-short", test_parse_short);
    g_test_add_func("/core/number/decimal-comma", test_decimal_comma);
}
