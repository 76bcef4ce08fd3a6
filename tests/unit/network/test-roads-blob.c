/* Roads as bytes: the same again, and nothing else is believed. */
#include "fm-unit.h"
#include "road-fixture.h"

static FmRoads *some_roads(void)
{
    g_autoptr(FmTable) table = road_table("id|length_m:r|wkt\na||LINESTRING (0 0, 1 0)\n"
                                          "b|5|LINESTRING (1 0, 2 0)\nc||LINESTRING (1 0, 1 1)\n"
                                          "d||LINESTRING (3 0, 3 0)\n");
    g_autoptr(FmProfile) profile = road_profile("walk");
    g_autoptr(FmLines) lines = fm_lines_new();

    g_assert_true(fm_lines_add(lines, "roads", table, profile, TRUE, NULL, NULL));
    g_autoptr(FmPieces) pieces = fm_pieces_new(lines);
    return fm_roads_new(lines, pieces);
}

static void test_round(void)
{
    g_autoptr(FmRoads) roads = some_roads();
    g_autoptr(GBytes) bytes = fm_roads_to_bytes(roads);
    g_autoptr(GError) error = NULL;
    g_autoptr(FmRoads) again = fm_roads_from_bytes(bytes, &error);

    g_assert_no_error(error);
    g_autoptr(GBytes) twice = fm_roads_to_bytes(again);
    g_assert_true(g_bytes_equal(bytes, twice));
    g_assert_cmpint(again->n_degenerate, ==, 1);
    g_assert_cmpstr(g_ptr_array_index(again->features, 3), ==, "d");
}

/* A country's roads are more than a cache takes: their size is found out before they are copied. */
static void test_too_large(void)
{
    g_autoptr(FmRoads) roads = some_roads();
    guint n = roads->points->len;

    roads->points->len = roads->segment_m->len = 100u * 1000 * 1000;
    g_assert_null(fm_roads_to_bytes(roads));
    roads->points->len = roads->segment_m->len = n;
}

static void assert_refused(const guint8 *data, gsize size)
{
    g_autoptr(GBytes) bytes = g_bytes_new(data, size);
    g_autoptr(GError) error = NULL;

    g_assert_null(fm_roads_from_bytes(bytes, &error));
    road_assert_error(&error, FM_ERROR_PARSE, "damaged");
}

/* Every byte changed, every length cut. */
static void test_damage(void)
{
    g_autoptr(FmRoads) roads = some_roads();
    g_autoptr(GBytes) bytes = fm_roads_to_bytes(roads);
    gsize size = 0;
    const guint8 *data = g_bytes_get_data(bytes, &size);
    g_autofree guint8 *copy = g_memdup2(data, size);

    for (gsize i = 0; i < size; i++) {
        assert_refused(data, i);
        /* The counts of rows are figures for people: any number is one. */
        if (i < 72 || i >= 104) {
            copy[i] ^= 0x40;
            assert_refused(copy, size);
            copy[i] = data[i];
        }
    }
}

/* A road that cannot be, under a checksum that is right. */
static void test_forged(void)
{
    for (int what = 0; what < 7; what++) {
        g_autoptr(FmRoads) roads = some_roads();
        FmRoadEdge *edge = &g_array_index(roads->edges, FmRoadEdge, 1);
        switch (what) {
        case 0:
            edge->node[1] = roads->n_nodes;
            break;
        case 1:
            edge->n = 100;
            break;
        case 2:
            edge->length_m = -1;
            break;
        case 3:
            edge->mps[0] = edge->mps[1] = 0;
            break;
        case 4:
            edge->feature = 99;
            break;
        case 5:
            g_array_index(roads->segment_m, double, edge->first) = -1;
            break;
        default:
            g_array_index(roads->found, FmFound, 0).kind = FM_FOUND_N_KINDS;
        }
        g_autoptr(GBytes) bytes = fm_roads_to_bytes(roads);
        assert_refused(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
    }
}

void test_roads_blob(void)
{
    g_test_add_func("/network/roads-blob/round", test_round);
    g_test_add_func("/network/roads-blob/too-large", test_too_large);
    g_test_add_func("/network/roads-blob/damage", test_damage);
    g_test_add_func("/network/roads-blob/forged", test_forged);
}
