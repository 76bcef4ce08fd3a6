#include "fm-unit.h"
#include "number-text.h"
#include "support.h"

#include <math.h>

/* A generator with a seed: the same numbers in every run. */
static double next_double(guint64 *state)
{
    double value;
    do {
        *state = *state * 6364136223846793005u + 1442695040888963407u;
        union {
            guint64 bits;
            double number;
        } both = {*state ^ (*state >> 29)};
        value = both.number;
    } while (!isfinite(value));
    return value;
}

static void test_round_trip(void)
{
    guint64 state = 2021;
    char text[FM_NUMBER_TEXT_SIZE];
    for (int i = 0; i < 20000; i++) {
        const double value = next_double(&state);
        fm__number_text(value, text);
        g_assert_cmpfloat(fm__number_from_text(text), ==, value);
        g_assert_cmpfloat(g_ascii_strtod(text, NULL), ==, value);
    }
}

static void test_text(void)
{
    static const struct {
        double value;
        const char *text;
    } cases[] = {
        {0, "0"},
        {-0.0, "0"},
        {1, "1"},
        {-1.5, "-1.5"},
        {0.1 + 0.2, "0.30000000000000004"},
        {1e21, "1e+21"},
        {999999999999999900000.0, "999999999999999900000"},
        {1e-6, "0.000001"},
        {1.5e-7, "1.5e-7"},
        {1.7976931348623157e308, "1.7976931348623157e+308"},
        {-1.7976931348623157e308, "-1.7976931348623157e+308"},
        {5e-324, "5e-324"},
        {NAN, "NaN"},
        {-INFINITY, "-Infinity"},
    };
    char text[FM_NUMBER_TEXT_SIZE];
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_assert_cmpstr(fm__number_text(cases[i].value, text), ==, cases[i].text);
    }
}

static void test_grouped(void)
{
    static const struct {
        double value;
        int least, most;
        const char *text;
    } cases[] = {
        {21893095, 0, 0, "21,893,095"},
        {999.995, 2, 2, "1,000.00"},
        {0.5, 0, 0, "1"},
        {0.49, 0, 0, "0"},
        {-1234.5, 0, 1, "-1,234.5"},
        {0.05, 0, 1, "0.1"},
        {0.04, 0, 1, "0"},
        {12, 2, 3, "12.00"},
        {1e-9, 0, 3, "0"},
        {INFINITY, 0, 3, "∞"},
        {100, 0, 20, "100"},
        {9.5, 0, 0, "10"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = fm__number_grouped(cases[i].value, cases[i].least, cases[i].most);
        g_assert_cmpstr(text, ==, cases[i].text);
    }
}

void test_number_text(void)
{
    g_test_add_func("/style/number-text/round-trip", test_round_trip);
    g_test_add_func("/style/number-text/text", test_text);
    g_test_add_func("/style/number-text/grouped", test_grouped);
}
