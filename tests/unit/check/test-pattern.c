/* The pattern in which places lie to lines: found where there is one, whichever way it goes, and
 * not where there is none. */
#include "fm-unit.h"
#include "town.h"

#include <math.h>
#include <string.h>

static void test_departure(void)
{
    const double chance[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    const double like[] = {2.5, 5.5, 8.5}, low[] = {0.1, 0.2, 0.3}, high[] = {11, 12};
    /* By hand: under 2.5, 5.5, 8.5 lie 0.2, 0.5, 0.8 of chance; the sample's steps are thirds. */
    g_assert_cmpfloat_with_epsilon(fm_departure(like, 3, chance, 10), 0.2, 1e-12);
    g_assert_cmpfloat_with_epsilon(fm_departure(low, 3, chance, 10), 1, 1e-12);
    g_assert_cmpfloat_with_epsilon(fm_departure(high, 2, chance, 10), 1, 1e-12);
    g_assert_cmpfloat_with_epsilon(fm_departure(chance, 10, chance, 10), 0.1, 1e-12);
}

/* A verdict on departures of WGS 84 and GCJ-02, where copies depart by 0.001 to 0.2. */
static FmEvidence *judged(double wgs84, double gcj02)
{
    enum { N = 200 };
    double copies[N];
    FmEvidence *evidence = g_new0(FmEvidence, 1);
    evidence->kind = FM_EVIDENCE_PATTERN;
    for (gsize i = 0; i < N; i++)
        copies[i] = 0.001 * (double)(i + 1);
    evidence->usable[FM_SYSTEM_WGS84] = evidence->usable[FM_SYSTEM_GCJ02] = TRUE;
    evidence->departure[FM_SYSTEM_WGS84] = wgs84;
    evidence->departure[FM_SYSTEM_GCJ02] = gcj02;
    fm_pattern_judge(evidence, copies, N);
    g_assert_cmpfloat_with_epsilon(evidence->chance, 0.2, 1e-12);
    return evidence;
}

static void test_judge(void)
{
    g_autoptr(FmEvidence) clear = judged(0.1, 0.3);
    g_assert_true(clear->clear);
    g_assert_cmpuint(clear->best, ==, FM_SYSTEM_GCJ02);
    g_assert_cmpuint(clear->second, ==, FM_SYSTEM_WGS84);
    g_assert_cmpfloat_with_epsilon(clear->p, 2.0 / 201, 1e-12);
    g_autoptr(FmEvidence) chance = judged(0.1505, 0.1);
    g_assert_false(chance->clear);
    g_assert_nonnull(strstr(chance->why, "under no system"));
    g_assert_cmpfloat_with_epsilon(chance->p, 2 * 51.0 / 201, 1e-12);
    g_autoptr(FmEvidence) close = judged(0.1, 0.22);
    g_assert_false(close->clear);
    g_autoptr(FmEvidence) both = judged(0.4, 0.3);
    g_assert_false(both->clear);
    g_assert_nonnull(strstr(both->why, "WGS 84 and GCJ-02 alike"));
}

/* Lanes in all directions, 300 to 900 m long, over 20 km: in the perfect grid of the town a list
 * that is moved by a block or along its street is as near as before, and the test keeps silent. */
enum { N_LANES = 900 };
static const double west_deg = 116.3, south_deg = 39.8, side_deg = 0.2;

static FmTable *make_lanes(void)
{
    FmTable *table = fm_table_new(FM_GEOMETRY_LINESTRING);
    g_autoptr(GRand) random = g_rand_new_with_seed(5);
    for (int i = 0; i < N_LANES; i++) {
        double angle = g_rand_double_range(random, 0, 2 * G_PI);
        double length_deg = g_rand_double_range(random, 0.003, 0.009);
        FmLonLat from = {west_deg + g_rand_double_range(random, 0, side_deg),
                         south_deg + g_rand_double_range(random, 0, side_deg)};
        const FmLonLat points[] = {
            from, {from.lon_deg + length_deg * cos(angle), from.lat_deg + length_deg * sin(angle)}};
        gsize row = fm_table_append_row(table);
        fm_table_set_geometry(table, row, fm_geometry_new_path(FM_GEOMETRY_LINESTRING, points, 2));
    }
    return table;
}

/* Places in the middle of the lanes' country, whose distance to the nearest lane is in a range. */
static FmTable *make_places(const FmLineSet *lanes, gsize n, double from_m, double to_m)
{
    FmTable *table = town_table(NULL, 0);
    g_autoptr(GRand) random = g_rand_new_with_seed(11);
    while (fm_table_n_rows(table) < n) {
        FmNeighbour nearest = {.distance_m = INFINITY};
        FmLonLat position = {west_deg + g_rand_double_range(random, 0.05, side_deg - 0.05),
                             south_deg + g_rand_double_range(random, 0.05, side_deg - 0.05)};
        fm_geometry_index_nearest(lanes->index, position, 1, INFINITY, &nearest, NULL);
        if (nearest.distance_m < from_m || nearest.distance_m > to_m)
            continue;
        gsize row = fm_table_append_row(table);
        fm_table_set_geometry(table, row, fm_geometry_new_point(position));
    }
    return table;
}

static FmEvidence *by_pattern(const FmTable *table, const FmLineSet *lanes)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(FmLayer) layer = fm_check_layer_new("list", table);
    g_auto(FmSystems) systems = {0};
    fm_systems_init(&systems, "EPSG:4326", layer->middle, &error);
    g_assert_no_error(error);
    return fm_evidence_by_pattern(layer, &systems, lanes);
}

/* Farther from the lanes than chance would have it tells as much as nearer, where the nearest lane
 * would choose another system. */
static void test_patterns(void)
{
    g_autoptr(FmLineSet) lanes = fm_line_set_new("lane", make_lanes());
    static const double ranges_m[][2] = {{0, 40}, {250, 900}};
    for (guint system = FM_SYSTEM_WGS84; system <= FM_SYSTEM_BD09; system++) {
        for (gsize i = 0; i < G_N_ELEMENTS(ranges_m); i++) {
            g_autoptr(FmTable) table = make_places(lanes, 120, ranges_m[i][0], ranges_m[i][1]);
            town_misread(table, system);
            g_autoptr(FmEvidence) evidence = by_pattern(table, lanes);
            g_assert_nonnull(evidence);
            g_assert_true(evidence->clear);
            g_assert_cmpuint(evidence->best, ==, system);
            g_assert_cmpuint(evidence->n, ==, 120);
            g_assert_cmpfloat(evidence->median_m[system], >=, ranges_m[i][0]);
            g_assert_cmpfloat(evidence->median_m[system], <=, ranges_m[i][1]);
        }
    }
}

static void test_no_pattern(void)
{
    g_autoptr(FmLineSet) lanes = fm_line_set_new("lane", make_lanes());
    g_autoptr(FmTable) anywhere = make_places(lanes, 300, 0, INFINITY);
    g_autoptr(FmEvidence) evidence = by_pattern(anywhere, lanes);
    g_assert_nonnull(evidence);
    g_assert_false(evidence->clear);
    g_autoptr(FmTable) few = make_places(lanes, 29, 0, 40);
    g_assert_null(by_pattern(few, lanes));
}

/* The town's streets are a perfect grid. */
static void test_grid(void)
{
    g_autoptr(FmLineSet) streets = fm_line_set_new("street", town_streets());
    g_autoptr(FmTable) table = town_schools();
    g_autoptr(FmEvidence) evidence = by_pattern(table, streets);
    g_assert_nonnull(evidence);
    g_assert_false(evidence->clear);
}

void test_pattern(void)
{
    g_test_add_func("/check/pattern/departure", test_departure);
    g_test_add_func("/check/pattern/judge", test_judge);
    g_test_add_func("/check/pattern/patterns", test_patterns);
    g_test_add_func("/check/pattern/no-pattern", test_no_pattern);
    g_test_add_func("/check/pattern/grid", test_grid);
}
