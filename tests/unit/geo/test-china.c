#include "fixture.h"
#include "fm-unit.h"

#include <math.h>
#include <string.h>

/* WGS 84 and GCJ-02 of eviltransform's tests, and BD-09 with k = π·3000/180. */
static void test_vectors(void)
{
    static const struct {
        FmLonLat wgs84, gcj02, bd09;
    } cases[] = {
        {{121.5272106, 31.1774276},
         {121.531541859215, 31.17530398364597},
         {121.5380156864386, 31.1813286068745}},
        {{113.912316, 22.543847},
         {113.9171764808363, 22.540796131694766},
         {113.9236847292673, 22.5466674377511}},
        {{116.377817, 39.911954},
         {116.38404722455657, 39.91334545536069},
         {116.3904547131083, 39.9195755509659}},
        {{116.3975, 39.9087},
         {116.4037435726518, 39.9101034993448},
         {116.4101165864734, 39.9164427496308}},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        FmLonLat gcj02 = fm_gcj02_from_wgs84(cases[i].wgs84);
        FmLonLat bd09 = fm_bd09_from_gcj02(gcj02);
        assert_near(gcj02.lon_deg, cases[i].gcj02.lon_deg, 1e-12);
        assert_near(gcj02.lat_deg, cases[i].gcj02.lat_deg, 1e-12);
        assert_near(bd09.lon_deg, cases[i].bd09.lon_deg, 1e-12);
        assert_near(bd09.lat_deg, cases[i].bd09.lat_deg, 1e-12);
    }
}

static void test_shared_vectors(void)
{
    g_autofree char *path =
        g_build_filename(g_getenv("FACMAP_SHARED") ? g_getenv("FACMAP_SHARED") : "../shared",
                         "data", "exact", "gcj02_vectors.csv", NULL);
    g_autofree char *text = NULL;

    if (!g_file_get_contents(path, &text, NULL, NULL)) {
        g_test_skip("the shared reference vectors are not here");
        return;
    }
    g_auto(GStrv) lines = g_strsplit(g_strstrip(text), "\n", -1);
    g_assert_cmpstr(g_strstrip(lines[0]), ==, "place,wgs_lat,wgs_lon,gcj_lat,gcj_lon");
    g_assert_nonnull(lines[1]);
    for (char **line = lines + 1; *line != NULL; line++) {
        g_auto(GStrv) f = g_strsplit(*line, ",", -1);
        FmLonLat got =
            fm_gcj02_from_wgs84((FmLonLat){g_ascii_strtod(f[2], NULL), g_ascii_strtod(f[1], NULL)});
        assert_near(got.lon_deg, g_ascii_strtod(f[4], NULL), 1e-12);
        assert_near(got.lat_deg, g_ascii_strtod(f[3], NULL), 1e-12);
    }
}

/* gcoord's specification, as far as its digits go. */
static void test_gcoord(void)
{
    FmLonLat wgs84 = fm_gcj02_to_wgs84((FmLonLat){123, 45});
    FmLonLat bd09 = fm_bd09_from_gcj02((FmLonLat){123, 45});

    assert_near(wgs84.lon_deg, 122.99395597, 5e-6);
    assert_near(wgs84.lat_deg, 44.99804071, 5e-6);
    assert_near(bd09.lon_deg, 123.00636499, 1e-8);
    assert_near(bd09.lat_deg, 45.00636899, 1e-8);
}

static void test_inverse(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(9);

    for (int i = 0; i < 5000; i++) {
        FmLonLat wgs84 = i % 2 ? scene_point(SCENE_CITY, rand)
                               : (FmLonLat){g_rand_double_range(rand, 73, 137),
                                            g_rand_double_range(rand, 2, 55)};
        FmLonLat gcj02 = fm_gcj02_from_wgs84(wgs84);
        FmLonLat bd09 = fm_bd09_from_gcj02(gcj02);
        FmLonLat gcj02_again = fm_bd09_to_gcj02(bd09);
        FmLonLat wgs84_again = fm_gcj02_to_wgs84(gcj02);
        assert_near(gcj02_again.lon_deg, gcj02.lon_deg, 2e-12);
        assert_near(gcj02_again.lat_deg, gcj02.lat_deg, 2e-12);
        assert_near(wgs84_again.lon_deg, wgs84.lon_deg, 2e-12);
        assert_near(wgs84_again.lat_deg, wgs84.lat_deg, 2e-12);
    }
}

/* At Tiananmen the shift is 156 m north and 533 m east; BD-09 is 1290 … 1437 m off in the city. */
static void test_size(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(10);
    FmLonLat tiananmen = {116.3975, 39.9087};
    double bearing_deg = 0;
    double shift_m = fm_geodesic_inverse(tiananmen, fm_gcj02_from_wgs84(tiananmen), &bearing_deg);

    assert_near(shift_m * sin(bearing_deg * G_PI / 180), 533, 2);
    assert_near(shift_m * cos(bearing_deg * G_PI / 180), 156, 2);
    for (int i = 0; i < 1000; i++) {
        FmLonLat wgs84 = scene_point(SCENE_CITY, rand);
        FmLonLat gcj02 = fm_gcj02_from_wgs84(wgs84);
        double gcj02_m = fm_geodesic_distance_m(wgs84, gcj02);
        double bd09_m = fm_geodesic_distance_m(wgs84, fm_bd09_from_gcj02(gcj02));
        g_assert_cmpfloat(gcj02_m, >, 490);
        g_assert_cmpfloat(gcj02_m, <, 630);
        g_assert_cmpfloat(bd09_m, >, 1270);
        g_assert_cmpfloat(bd09_m, <, 1460);
    }
}

static void test_outside(void)
{
    static const FmLonLat places[] = {{0, 0},     {-74, 40.7}, {72.0, 30}, {137.9, 30},
                                      {100, 0.8}, {100, 55.9}, {180, 90},  {-180, -90}};

    for (gsize i = 0; i < G_N_ELEMENTS(places); i++) {
        FmLonLat there = fm_gcj02_from_wgs84(places[i]), back = fm_gcj02_to_wgs84(places[i]);
        g_assert_cmpfloat(there.lon_deg, ==, places[i].lon_deg);
        g_assert_cmpfloat(there.lat_deg, ==, places[i].lat_deg);
        g_assert_cmpfloat(back.lon_deg, ==, places[i].lon_deg);
        g_assert_cmpfloat(back.lat_deg, ==, places[i].lat_deg);
    }
}

/* Sources just inside the edge come back although their images lie outside. */
static void test_edge(void)
{
    static const FmLonLat sources[] = {{72.0041, 30}, {137.8346, 30}, {100, 0.8294}, {100, 55.827}};

    for (gsize i = 0; i < G_N_ELEMENTS(sources); i++) {
        FmLonLat again = fm_gcj02_to_wgs84(fm_gcj02_from_wgs84(sources[i]));
        assert_near(again.lon_deg, sources[i].lon_deg, 1e-11);
        assert_near(again.lat_deg, sources[i].lat_deg, 1e-11);
    }
}

void test_china(void)
{
    g_test_add_func("/geo/china/vectors", test_vectors);
    g_test_add_func("/geo/china/shared-vectors", test_shared_vectors);
    g_test_add_func("/geo/china/gcoord", test_gcoord);
    g_test_add_func("/geo/china/inverse", test_inverse);
    g_test_add_func("/geo/china/size", test_size);
    g_test_add_func("/geo/china/outside", test_outside);
    g_test_add_func("/geo/china/edge", test_edge);
}
