#include "fixture.h"
#include "fm-unit.h"

#include <math.h>

/* Tiananmen in several systems (facts published for EPSG:4548, 4527, 32650). */
static void positions(void)
{
    static const struct {
        const char *crs;
        double x, y;
        const char *reason; /* NULL = fits */
    } cases[] = {
        {"EPSG:4326", 116.3975, 39.9087, NULL},
        {"EPSG:4490", 116.3975, 39.9087, NULL},
        {"GCJ-02", 116.4037, 39.9101, NULL},
        {"EPSG:4548", 448481.575, 4419565.435, NULL},
        {"EPSG:4527", 39448481.575, 4419565.435, NULL},
        {"EPSG:32650", 448502.182, 4417797.609, NULL},
        {"EPSG:4326", 39.9087, 116.3975, "are longitude and latitude swapped?"},
        {"EPSG:4326", 200, 39, "longitude 200 is outside -180..180"},
        {"EPSG:4326", 200, 99, "latitude 99 is outside -90..90"},
        {"EPSG:4326", NAN, 39, "not a finite number"},
        {"GCJ-02", 2.35, 48.85, "outside the area of that system"},
        {"EPSG:4548", 116.3975, 39.9087, "outside the area of that system"},
        {"EPSG:4548", 4419565.435, 448481.575, ""},
        {"EPSG:4548", INFINITY, 0, "not a finite number"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(FmSourceCrs) crs;
        g_autoptr(GError) error = NULL;
        g_autofree char *reason = NULL;
        double xy[1][2] = {{cases[i].x, cases[i].y}};
        g_assert_true(fm_source_crs_init(&crs, cases[i].crs, "t", &error));
        gboolean fits = fm_source_crs_to_wgs84(&crs, xy, 1, &reason);
        g_test_message("%s %s", cases[i].crs, reason != NULL ? reason : "fits");
        g_assert_true(fits == (cases[i].reason == NULL));
        if (fits) {
            FmLonLat there = {xy[0][0], xy[0][1]}, tiananmen = {116.3975, 39.9087};
            g_assert_cmpfloat(fm_geodesic_distance_m(there, tiananmen), <, 10);
        } else {
            assert_contains(reason, cases[i].reason);
        }
    }
}

static void likely_causes(void)
{
    static const struct {
        const char *crs;
        double x, y;
        const char *cause;
    } cases[] = {
        {"EPSG:4548", 116.3975, 39.9087, "look like degrees"},
        {"EPSG:4326", 448481.575, 4419565.435, "look like metres"},
        {"EPSG:4326", 39.9087, 116.3975, "swapped"},
        {"EPSG:4548", 4419565.435, 448481.575, "swapped"},
        {"EPSG:4548", 39448481.575, 4419565.435, "zone number 39"},
        {"GCJ-02", 2.35, 48.85, "pass the right system"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const double sample[2] = {cases[i].x, cases[i].y};
        g_auto(FmSourceCrs) crs;
        g_assert_true(fm_source_crs_init(&crs, cases[i].crs, "t", NULL));
        g_autofree char *cause = fm_source_crs_likely_cause(&crs, sample);
        assert_contains(cause, cases[i].cause);
    }
}

static void unknown_system(void)
{
    g_auto(FmSourceCrs) crs;
    g_autoptr(GError) error = NULL;

    g_assert_false(fm_source_crs_init(&crs, "EPSG:1", "t.csv", &error));
    assert_error(error, FM_ERROR_CRS, "t.csv: ");
}

static void labels(void)
{
    static const struct {
        const char *definition, *label;
    } cases[] = {
        {"EPSG:4326", "EPSG:4326"},
        {"bd09", "BD-09"},
        {"+proj=tmerc +lon_0=117 +ellps=krass +units=m", NULL},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(FmSourceCrs) crs;
        g_assert_true(fm_source_crs_init(&crs, cases[i].definition, "t", NULL));
        g_autofree char *label = fm_source_crs_label(&crs);
        if (cases[i].label != NULL) {
            g_assert_cmpstr(label, ==, cases[i].label);
        } else {
            g_assert_cmpstr(label, ==, fm_crs_name(crs.crs));
        }
    }
}

void test_crs_check(void)
{
    g_test_add_func("/load/crs-check/positions", positions);
    g_test_add_func("/load/crs-check/likely-causes", likely_causes);
    g_test_add_func("/load/crs-check/unknown", unknown_system);
    g_test_add_func("/load/crs-check/labels", labels);
}
