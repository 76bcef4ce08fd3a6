#include "fixture.h"
#include "fm-unit.h"

#include <math.h>

static FmExtent around(double lon_deg, double lat_deg)
{
    return (FmExtent){lon_deg - 0.2, lat_deg - 0.2, lon_deg + 0.2, lat_deg + 0.2};
}

static void test_cities(void)
{
    static const struct {
        const char *city;
        double lon_deg, lat_deg;
        int epsg;
    } cases[] = {
        {"Beijing", 116.4, 39.9, 4548},     {"Shanghai", 121.5, 31.2, 4549},
        {"Guangzhou", 113.3, 23.1, 4547},   {"Urumqi", 87.6, 43.8, 4538},
        {"Kashgar", 76.0, 39.5, 4534},      {"Harbin", 126.6, 45.8, 4551},
        {"London", -0.13, 51.5, 32630},     {"New York", -74, 40.7, 32618},
        {"Sao Paulo", -46.6, -23.5, 32723}, {"Sydney", 151.2, -33.9, 32756},
        {"Tokyo", 139.7, 35.7, 32654},      {"Suva", 178.4, -18.1, 32760},
        {"Quito", -78.5, -0.2, 32717},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        FmExtent extent = around(cases[i].lon_deg, cases[i].lat_deg);
        g_autoptr(FmCrs) crs = fm_crs_for_extent(&extent, NULL);
        g_test_message("%s", cases[i].city);
        g_assert_cmpint(fm_crs_epsg(crs), ==, cases[i].epsg);
    }
}

static void test_antimeridian(void)
{
    FmExtent extent = {180, 0, 180, 10};
    g_autoptr(FmCrs) crs = fm_crs_for_extent(&extent, NULL);

    g_assert_cmpint(fm_crs_epsg(crs), ==, 32601);
}

static void test_refused(void)
{
    FmExtent cases[] = {
        fm_extent_empty(), around(0, 88), around(448481, 4419565), {NAN, NAN, NAN, NAN}};

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(fm_crs_for_extent(&cases[i], &error));
        g_assert_error(error, FM_ERROR, FM_ERROR_CRS);
    }
}

void test_crs_choice(void)
{
    g_test_add_func("/geo/crs-choice/cities", test_cities);
    g_test_add_func("/geo/crs-choice/antimeridian", test_antimeridian);
    g_test_add_func("/geo/crs-choice/refused", test_refused);
}
