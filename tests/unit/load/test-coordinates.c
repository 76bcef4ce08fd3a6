#include "fixture.h"
#include "fm-unit.h"

#include <math.h>
#include <string.h>

#define SECOND (1 / 3600.0)

static void one_coordinate(void)
{
    static const struct {
        const char *text;
        double value;
        FmAxis axis;
    } cases[] = {
        {"116.3975", 116.3975, FM_AXIS_UNKNOWN},
        {"-0.5", -0.5, FM_AXIS_UNKNOWN},
        {"448481.575", 448481.575, FM_AXIS_UNKNOWN},
        {"１１６．５", 116.5, FM_AXIS_UNKNOWN},
        {"−33.5", -33.5, FM_AXIS_UNKNOWN},
        {"116.3975E", 116.3975, FM_AXIS_LON},
        {"116,3975", 116.3975, FM_AXIS_UNKNOWN},
        {"-33，5", -33.5, FM_AXIS_UNKNOWN},
        {"116°23,5′E", 116 + 23.5 / 60, FM_AXIS_LON},
        {"116,397", 116.397, FM_AXIS_UNKNOWN},
        {"448481,575", 448481.575, FM_AXIS_UNKNOWN},
        {"E116.3975", 116.3975, FM_AXIS_LON},
        {"W 116.3975", -116.3975, FM_AXIS_LON},
        {"经度：116.5", 116.5, FM_AXIS_LON},
        {"lat=-33.5", -33.5, FM_AXIS_LAT},
        {"39°54′31″N", 39 + 54 / 60.0 + 31 * SECOND, FM_AXIS_LAT},
        {"39°54'31\"N", 39 + 54 / 60.0 + 31 * SECOND, FM_AXIS_LAT},
        {"39° 54' 31'' n", 39 + 54 / 60.0 + 31 * SECOND, FM_AXIS_LAT},
        {"39º54’31”", 39 + 54 / 60.0 + 31 * SECOND, FM_AXIS_UNKNOWN},
        {"北纬39度54分31秒", 39 + 54 / 60.0 + 31 * SECOND, FM_AXIS_LAT},
        {"北緯３９°５４′３１″", 39 + 54 / 60.0 + 31 * SECOND, FM_AXIS_LAT},
        {"39d54'31\"", 39 + 54 / 60.0 + 31 * SECOND, FM_AXIS_UNKNOWN},
        {"39d54m31.5s", 39 + 54 / 60.0 + 31.5 * SECOND, FM_AXIS_UNKNOWN},
        {"39 deg 54 min 31 sec S", -(39 + 54 / 60.0 + 31 * SECOND), FM_AXIS_LAT},
        {"39:54:31", 39 + 54 / 60.0 + 31 * SECOND, FM_AXIS_UNKNOWN},
        {"116 23 29 E", 116 + 23 / 60.0 + 29 * SECOND, FM_AXIS_LON},
        {"116°23.4833′ E", 116 + 23.4833 / 60, FM_AXIS_LON},
        {"-0°30′", -0.5, FM_AXIS_UNKNOWN},
        {"0°30′W", -0.5, FM_AXIS_LON},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        FmCoordinate found = {0};
        const char *reason = NULL;
        if (!fm_coordinate_parse(cases[i].text, &found, &reason)) {
            g_error("%s: %s", cases[i].text, reason);
        }
        g_assert_cmpfloat_with_epsilon(found.value, cases[i].value, 1e-12);
        g_assert_cmpint(found.axis, ==, cases[i].axis);
    }
}

static void two_coordinates(void)
{
    const double lon = 116 + 23 / 60.0 + 29 * SECOND, lat = 39 + 54 / 60.0 + 20 * SECOND;
    const struct {
        const char *text;
        double first, second;
        FmAxis axis; /* of the first */
    } cases[] = {
        {"116.40,39.91", 116.40, 39.91, FM_AXIS_UNKNOWN},
        {"39.91 116.40", 39.91, 116.40, FM_AXIS_UNKNOWN},
        {"116.40，39.91", 116.40, 39.91, FM_AXIS_UNKNOWN},
        {"116.40、39.91", 116.40, 39.91, FM_AXIS_UNKNOWN},
        {"(116.40; 39.91)", 116.40, 39.91, FM_AXIS_UNKNOWN},
        {"[116.40,39.91]", 116.40, 39.91, FM_AXIS_UNKNOWN},
        {"116.40/39.91", 116.40, 39.91, FM_AXIS_UNKNOWN},
        {"116,40; 39,91", 116.40, 39.91, FM_AXIS_UNKNOWN},
        {"116,40/39", 116.40, 39, FM_AXIS_UNKNOWN},
        {"116,40", 116, 40, FM_AXIS_UNKNOWN},
        {"-43.2,-22.9", -43.2, -22.9, FM_AXIS_UNKNOWN},
        {"E116.40 N39.91", 116.40, 39.91, FM_AXIS_LON},
        {"39.91N,116.40E", 39.91, 116.40, FM_AXIS_LAT},
        {"lat: 39.91, lng: 116.40", 39.91, 116.40, FM_AXIS_LAT},
        {"经度:116.40 纬度:39.91", 116.40, 39.91, FM_AXIS_LON},
        {"116°23′29″E 39°54′20″N", lon, lat, FM_AXIS_LON},
        {"116°23′29″E39°54′20″N", lon, lat, FM_AXIS_LON},
        {"116 23 29 E 39 54 20 N", lon, lat, FM_AXIS_LON},
        {"116 23 29 39 54 20", lon, lat, FM_AXIS_UNKNOWN},
        {"116 23 29, 39 54 20", lon, lat, FM_AXIS_UNKNOWN},
        {"北纬39°54′ 东经116°23′", 39.9, 116 + 23 / 60.0, FM_AXIS_LAT},
        {"东经116度23分29秒，北纬39度54分20秒", lon, lat, FM_AXIS_LON},
        {"116d23'29\" 39d54'20\"", lon, lat, FM_AXIS_UNKNOWN},
        {"39:54:20 116:23:29", lat, lon, FM_AXIS_UNKNOWN},
        {"448481.5, 4419565.4", 448481.5, 4419565.4, FM_AXIS_UNKNOWN},
        /* ISO 6709 Annex D, and the example of RFC 5870's predecessor in words */
        {"50°40′46″N 95°48′26″W", 50 + 40 / 60.0 + 46 * SECOND, -(95 + 48 / 60.0 + 26 * SECOND),
         FM_AXIS_LAT},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        FmCoordinate found[2] = {{0}};
        const char *reason = NULL;
        if (!fm_coordinates_parse(cases[i].text, found, &reason)) {
            g_error("%s: %s", cases[i].text, reason);
        }
        g_assert_cmpfloat_with_epsilon(found[0].value, cases[i].first, 1e-12);
        g_assert_cmpfloat_with_epsilon(found[1].value, cases[i].second, 1e-12);
        g_assert_cmpint(found[0].axis, ==, cases[i].axis);
        g_assert_cmpint(found[0].axis == FM_AXIS_UNKNOWN, ==, found[1].axis == FM_AXIS_UNKNOWN);
    }
}

static void refused(void)
{
    static const struct {
        const char *text, *reason;
    } cases[] = {
        {"", "not a position"},
        {"甲路1号", "not a position"},
        {"116.40", "not a position"},
        {"116.40,39.91,45", "not a position"},
        {"116,40,39,91", "not a position"},
        {"116,40;39.91", "not a position"},
        {"448,481;419,565", "not a position"},
        {"1 2 3", "not a position"},
        {"116.40.39,91", "not a position"},
        {"116-23-29 39-54-20", "not a position"},
        {"116°23′ 39.91 x", "not a position"},
        {"116°61′ 39°54′", "minutes and seconds go from 0 to 59"},
        {"116°23.5′10″ 39°54′", "not a position"},
        {"-116°23′W 39°54′N", "has a minus sign and a hemisphere"},
        {"116°23′E 39°54′E", "two longitudes"},
        {"39°N 40°S", "two latitudes"},
        {"E N", "not a position"},
        {"1e308,2", "not a position"},
        {"NaN,NaN", "not a position"},
        {"116°°23′ 39°", "not a position"},
        {"′116 ′39", "not a position"},
        {"111111111111111111111111111111111111,2", "not a position"},
        {"longitudelongitudelongitude 3 lat 4", "not a position"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        FmCoordinate found[2];
        const char *reason = NULL;
        if (fm_coordinates_parse(cases[i].text, found, &reason)) {
            g_error("%s: read", cases[i].text);
        }
        assert_contains(reason, cases[i].reason);
    }
    FmCoordinate one;
    const char *reason = NULL;
    g_assert_false(fm_coordinate_parse("116.40 39.91", &one, &reason));
    assert_contains(reason, "not a coordinate");
}

/* Any position, written in any of the spellings, is read back to the precision that it has. */
static void what_is_written_is_read(void)
{
    static const char *const marks[][3] = {
        {"°", "′", "″"},  {"° ", "' ", "\" "}, {"度", "分", "秒"},   {" ", " ", " "},
        {"d", "m", "s "}, {":", ":", " "},     {"deg", "min", "sec"}};
    g_autoptr(GRand) random = g_rand_new_with_seed(20210428);

    for (guint i = 0; i < 2000; i++) {
        int degrees[2], minutes[2];
        double seconds[2], value[2];
        const char *const halves[2][2] = {{"E", "W"}, {"N", "S"}};
        g_autoptr(GString) text = g_string_new(NULL);
        guint first = g_rand_int(random) % 2;
        for (guint k = 0; k < 2; k++) {
            guint axis = k == 0 ? first : 1 - first;
            gboolean negative = g_rand_boolean(random);
            degrees[k] = g_rand_int_range(random, 0, axis == 0 ? 180 : 90);
            minutes[k] = g_rand_int_range(random, 0, 60);
            seconds[k] = g_rand_int_range(random, 0, 60000) / 1000.0;
            value[k] = (degrees[k] + minutes[k] / 60.0 + seconds[k] / 3600) * (negative ? -1 : 1);
            if (k == 1) {
                g_string_append(text, i % 3 == 0 ? ", " : i % 3 == 1 ? "，" : " ");
            }
            const char *const *mark = marks[i % G_N_ELEMENTS(marks)];
            g_string_append_printf(text, "%d%s%d%s%.3f%s%s", degrees[k], mark[0], minutes[k],
                                   mark[1], seconds[k], mark[2], halves[axis][negative]);
        }
        FmCoordinate found[2];
        const char *reason = NULL;
        if (!fm_coordinates_parse(text->str, found, &reason)) {
            g_error("%s: %s", text->str, reason);
        }
        for (guint k = 0; k < 2; k++) {
            g_assert_cmpfloat_with_epsilon(found[k].value, value[k], 1e-12);
        }
        g_assert_cmpint(found[0].axis, ==, first == 0 ? FM_AXIS_LON : FM_AXIS_LAT);
    }
}

static void geometries(void)
{
    g_assert_true(fm_text_is_geometry("POINT(1 2)"));
    g_assert_true(fm_text_is_geometry(" srid=4326;point(1 2)"));
    g_assert_true(fm_text_is_geometry("{\"type\":\"Point\"}"));
    g_assert_false(fm_text_is_geometry("116.40,39.91"));
    g_assert_false(fm_text_is_geometry(""));
}

void test_coordinates(void)
{
    g_test_add_func("/load/coordinates/one", one_coordinate);
    g_test_add_func("/load/coordinates/two", two_coordinates);
    g_test_add_func("/load/coordinates/refused", refused);
    g_test_add_func("/load/coordinates/round-trip", what_is_written_is_read);
    g_test_add_func("/load/coordinates/geometries", geometries);
}
