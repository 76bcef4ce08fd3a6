/* Repairs: each slip is undone, the commonest first. */
#include "fm-unit.h"
#include "town.h"

#include <math.h>
#include <string.h>

static const FmLonLat home = {116.3975, 39.9087};

/* Within 2 km of home. */
static gboolean near_home(FmLonLat position, gpointer user)
{
    (void)user;
    return fm_geodesic_distance_m(position, home) < 2000;
}

static void test_slips(void)
{
    static const struct {
        FmLonLat wrong;
        FmRepairKind kind;
        const char *what;
    } cases[] = {
        {{39.9087, 116.3975 - 90}, FM_REPAIR_NONE, NULL},
        {{113.3975, 39.9087}, FM_REPAIR_ZONE, "3 degrees east"},
        {{119.3975, 39.9087}, FM_REPAIR_ZONE, "3 degrees west"},
        {{-116.3975, 39.9087}, FM_REPAIR_DIGIT, "sign of the longitude"},
        {{116.3975, -39.9087}, FM_REPAIR_DIGIT, "sign of the latitude"},
        {{161.3975, 39.9087}, FM_REPAIR_DIGIT, "two digits of the longitude exchanged"},
        {{116.3975, 93.9087 - 64}, FM_REPAIR_DIGIT, "one digit of the latitude wrong"},
        {{11.63975, 39.9087}, FM_REPAIR_DIGIT, "decimal point of the longitude"},
        {{116.3975, 3.99087}, FM_REPAIR_DIGIT, "decimal point of the latitude"},
        {{116.63975, 39.9087}, FM_REPAIR_DIGIT, "a digit of the longitude doubled"},
        {{16.3975, 39.9087}, FM_REPAIR_DIGIT, "a digit of the longitude lost"},
        {{117.3975, 39.9087}, FM_REPAIR_DIGIT, "one digit of the longitude wrong"},
        {{10, 10}, FM_REPAIR_NONE, NULL},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        FmRepair repair = fm_repair_find(cases[i].wrong, TRUE, home, near_home, NULL);
        g_assert_cmpuint(repair.kind, ==, cases[i].kind);
        if (!cases[i].what)
            continue;
        g_assert_nonnull(strstr(repair.what, cases[i].what));
        g_assert_true(near_home(repair.position, NULL));
    }
}

static gboolean in_rivertown(FmLonLat position, gpointer user)
{
    (void)user;
    return fm_geodesic_distance_m(position, (FmLonLat){0.3, 47}) < 20000;
}

static void test_swap(void)
{
    FmRepair repair =
        fm_repair_find((FmLonLat){47.01, 0.31}, TRUE, (FmLonLat){0.3, 47}, in_rivertown, NULL);
    g_assert_cmpuint(repair.kind, ==, FM_REPAIR_SWAP);
    g_assert_cmpfloat(repair.position.lon_deg, ==, 0.31);
}

/* A source in degrees has no zones: three degrees are a digit. */
static void test_no_zones(void)
{
    FmRepair repair = fm_repair_find((FmLonLat){113.3975, 39.9087}, FALSE, home, near_home, NULL);
    g_assert_cmpuint(repair.kind, ==, FM_REPAIR_DIGIT);
}

void test_repair(void)
{
    g_test_add_func("/check/repair/slips", test_slips);
    g_test_add_func("/check/repair/swap", test_swap);
    g_test_add_func("/check/repair/no-zones", test_no_zones);
}
