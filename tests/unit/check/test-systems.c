/* Positions under another system: a misreading is undone. */
#include "fm-unit.h"
#include "town.h"

#include <math.h>

static const FmLonLat true_position = {116.3975, 39.9087};

static void assert_near(FmLonLat a, FmLonLat b, double limit_m)
{
    g_assert_cmpfloat(fm_geodesic_distance_m(a, b), <=, limit_m);
}

/* Whatever it was loaded as, and whatever it is, the true position comes back. */
static void test_web(void)
{
    static const char *const declared[] = {"EPSG:4326", "GCJ-02", "BD-09"};
    for (guint is = 0; is < 3; is++) {
        FmLonLat numbers = true_position;
        if (is != FM_SYSTEM_WGS84)
            numbers = fm_gcj02_from_wgs84(numbers);
        if (is == FM_SYSTEM_BD09)
            numbers = fm_bd09_from_gcj02(numbers);
        for (guint as = 0; as < 3; as++) {
            FmLonLat stored = numbers;
            if (as == FM_SYSTEM_BD09)
                stored = fm_bd09_to_gcj02(stored);
            if (as != FM_SYSTEM_WGS84)
                stored = fm_gcj02_to_wgs84(stored);
            g_autoptr(GError) error = NULL;
            g_auto(FmSystems) systems = {0};
            fm_systems_init(&systems, declared[as], stored, &error);
            g_assert_no_error(error);
            g_assert_cmpuint(systems.loaded_as, ==, as);
            assert_near(fm_systems_position(&systems, is, stored), true_position, 0.001);
        }
    }
}

/* Northings of UTM read as Gauss-Kruger: 1.77 km, as the coordinates of Tiananmen differ in
 * EPSG:32650 and EPSG:4548. */
static void test_scale(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(FmCrs) wgs84 = fm_crs_new("EPSG:4326", &error);
    g_autoptr(FmCrs) utm = fm_crs_new("EPSG:32650", &error);
    g_autoptr(FmCrs) gk = fm_crs_new("EPSG:4548", &error);
    g_autoptr(FmTransform) to_utm = fm_transform_new(wgs84, utm, &error);
    g_autoptr(FmTransform) from_gk = fm_transform_new(gk, wgs84, &error);
    double xy[1][2] = {{true_position.lon_deg, true_position.lat_deg}};
    fm_transform_apply(to_utm, xy, 1, &error);
    fm_transform_apply(from_gk, xy, 1, &error);
    g_assert_no_error(error);
    FmLonLat stored = {xy[0][0], xy[0][1]};
    g_assert_cmpfloat_with_epsilon(fm_geodesic_distance_m(stored, true_position), 1768, 5);
    g_auto(FmSystems) systems = {0};
    fm_systems_init(&systems, "EPSG:4548", stored, &error);
    g_assert_no_error(error);
    g_assert_true(fm_systems_usable(&systems, FM_SYSTEM_UTM_AS_GK));
    assert_near(fm_systems_position(&systems, FM_SYSTEM_UTM_AS_GK, stored), true_position, 0.01);
    assert_near(fm_systems_position(&systems, FM_SYSTEM_GK_AS_UTM,
                                    fm_systems_position(&systems, FM_SYSTEM_UTM_AS_GK, stored)),
                stored, 0.01);
}

static void test_usable(void)
{
    g_autoptr(GError) error = NULL;
    g_auto(FmSystems) far = {0}, unknown = {0}, bad = {0};
    fm_systems_init(&far, "EPSG:4326", (FmLonLat){0.3, 47}, &error);
    g_assert_no_error(error);
    g_assert_false(fm_systems_usable(&far, FM_SYSTEM_GCJ02));
    g_assert_true(fm_systems_usable(&far, FM_SYSTEM_WGS84));
    g_assert_false(far.zoned);
    fm_systems_init(&unknown, NULL, true_position, &error);
    g_assert_no_error(error);
    g_assert_true(unknown.zoned && !unknown.metric && unknown.in_area);
    g_assert_false(fm_systems_init(&bad, "EPSG:0", true_position, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_CRS);
    g_assert_cmpstr(fm_system_name(FM_SYSTEM_BD09), ==, "BD-09");
}

void test_systems(void)
{
    g_test_add_func("/check/systems/web", test_web);
    g_test_add_func("/check/systems/scale", test_scale);
    g_test_add_func("/check/systems/usable", test_usable);
}
