/* Words of tags, as they are found, and any bytes. */
#include "fm-unit.h"
#include "road-fixture.h"

#include <math.h>

static void test_oneway(void)
{
    static const struct {
        const char *value;
        FmOneway expect, fclass;
    } cases[] = {
        {"yes", FM_ONEWAY_FORWARD, FM_ONEWAY_UNKNOWN},
        {"True", FM_ONEWAY_FORWARD, FM_ONEWAY_UNKNOWN},
        {"1", FM_ONEWAY_FORWARD, FM_ONEWAY_UNKNOWN},
        {"no", FM_ONEWAY_NO, FM_ONEWAY_UNKNOWN},
        {"-1", FM_ONEWAY_BACKWARD, FM_ONEWAY_UNKNOWN},
        {"reverse", FM_ONEWAY_BACKWARD, FM_ONEWAY_UNKNOWN},
        {"reversible", FM_ONEWAY_CHANGING, FM_ONEWAY_UNKNOWN},
        {"alternating", FM_ONEWAY_NO, FM_ONEWAY_UNKNOWN},
        {"F", FM_ONEWAY_NO, FM_ONEWAY_FORWARD}, /* false, but for Geofabrik */
        {"T", FM_ONEWAY_FORWARD, FM_ONEWAY_BACKWARD},
        {"B", FM_ONEWAY_UNKNOWN, FM_ONEWAY_NO},
        {"maybe", FM_ONEWAY_UNKNOWN, FM_ONEWAY_UNKNOWN},
        {NULL, FM_ONEWAY_UNKNOWN, FM_ONEWAY_UNKNOWN},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i].value);
        g_assert_cmpint(fm_tag_oneway(cases[i].value), ==, cases[i].expect);
        g_assert_cmpint(fm_tag_oneway_fclass(cases[i].value), ==, cases[i].fclass);
    }
}

static void test_maxspeed(void)
{
    static const struct {
        const char *value;
        FmMaxspeedState state;
        double kmh;
    } cases[] = {
        {"50", FM_MAXSPEED_KNOWN, 50},
        {"50 km/h", FM_MAXSPEED_KNOWN, 50},
        {"30 mph", FM_MAXSPEED_KNOWN, 48.28032},
        {"30mph", FM_MAXSPEED_KNOWN, 48.28032},
        {"10 knots", FM_MAXSPEED_KNOWN, 18.52},
        {"80;50; 60", FM_MAXSPEED_KNOWN, 50},
        {"CN:urban", FM_MAXSPEED_KNOWN, 45},
        {"XX:urban", FM_MAXSPEED_UNKNOWN, 0},
        {"signals", FM_MAXSPEED_UNKNOWN, 0},
        {"50 furlongs", FM_MAXSPEED_UNKNOWN, 0},
        {"signals;40", FM_MAXSPEED_KNOWN, 40},
        {"", FM_MAXSPEED_UNKNOWN, 0},
        {NULL, FM_MAXSPEED_UNKNOWN, 0},
        {"0", FM_MAXSPEED_BAD, 0},
        {"-30", FM_MAXSPEED_BAD, 0},
        {"1e999", FM_MAXSPEED_BAD, 0},
    };
    g_autoptr(GHashTable) zones = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    double urban = 12.5;

    g_hash_table_insert(zones, g_strdup("CN:urban"), &urban);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        double mps = 0;
        g_test_message("%s", cases[i].value);
        g_assert_cmpint(fm_tag_maxspeed(cases[i].value, zones, &mps), ==, cases[i].state);
        if (cases[i].state == FM_MAXSPEED_KNOWN) {
            g_assert_cmpfloat_with_epsilon(mps * 3.6, cases[i].kmh, 1e-9);
        }
    }
}

static void test_duration(void)
{
    static const struct {
        const char *value;
        double seconds; /* 0: none */
    } cases[] = {
        {"20", 1200},        {"00:20", 1200}, {"1:05:30", 3930}, {"PT20M", 1200}, {"PT1H5M", 3900},
        {"PT1H0M30S", 3630}, {"0", 0},        {"-5", 0},         {"1:2:3:4", 0},  {"PT", 0},
        {"PT5", 0},          {"PT5M1H", 0},   {"20 minutes", 0}, {":20", 0},      {"1:", 0},
        {"99999999999", 0},  {"", 0},         {NULL, 0},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        double seconds = 0;
        g_test_message("%s", cases[i].value);
        g_assert_cmpint(fm_tag_duration(cases[i].value, &seconds), ==, cases[i].seconds > 0);
        g_assert_cmpfloat(seconds, ==, cases[i].seconds);
    }
}

/* Random text from the letters of tags: whatever it is, an answer is a possible one. */
static void test_any_text(void)
{
    static const char letters[] = "0123456789-+.:;eEPTHMSmphkn /yesno\xc3\xa9";
    g_autoptr(GRand) random = g_rand_new_with_seed(5);

    for (int i = 0; i < 20000; i++) {
        char text[12] = "";
        double value = (double)NAN;
        gint32 length = g_rand_int_range(random, 0, (gint32)sizeof text - 1);
        for (gint32 c = 0; c < length; c++) {
            text[c] = letters[g_rand_int_range(random, 0, (gint32)sizeof letters - 1)];
        }
        if (fm_tag_maxspeed(text, NULL, &value) == FM_MAXSPEED_KNOWN) {
            g_assert_true(value > 0 && isfinite(value));
        }
        value = (double)NAN;
        if (fm_tag_duration(text, &value)) {
            g_assert_true(value > 0 && value < FM_COST_MAX);
        }
        g_assert_cmpint(fm_tag_oneway(text), <=, FM_ONEWAY_CHANGING);
    }
}

void test_tags(void)
{
    g_test_add_func("/network/tags/oneway", test_oneway);
    g_test_add_func("/network/tags/maxspeed", test_maxspeed);
    g_test_add_func("/network/tags/duration", test_duration);
    g_test_add_func("/network/tags/any-text", test_any_text);
}
