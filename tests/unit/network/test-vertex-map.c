/* Numbers for keys, against GLib's table. */
#include "fm-unit.h"
#include "road-fixture.h"

static void test_random(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(7);
    g_autoptr(GHashTable) expect = g_hash_table_new(g_direct_hash, g_direct_equal);
    g_auto(FmVertexMap) map = {NULL};

    fm_vertex_map_init(&map);
    for (guint32 i = 0; i < 50000; i++) {
        /* Keys that differ in high bits alone, as positions on one meridian do. */
        guint64 key = (guint64)(guint32)g_rand_int_range(random, 0, 30000) << 32;
        gpointer known = g_hash_table_lookup(expect, GSIZE_TO_POINTER(key + 1));
        guint32 value = fm_vertex_map_put(&map, key, i);
        if (known == NULL) {
            g_assert_cmpuint(value, ==, i);
            g_hash_table_insert(expect, GSIZE_TO_POINTER(key + 1), GUINT_TO_POINTER(i + 1));
        } else {
            g_assert_cmpuint(value, ==, GPOINTER_TO_UINT(known) - 1);
        }
        g_assert_cmpuint(fm_vertex_map_get(&map, key), ==, value);
    }
    g_assert_cmpuint(map.n, ==, g_hash_table_size(expect));
    g_assert_cmpuint(fm_vertex_map_get(&map, 1), ==, FM_NODE_NONE);
}

static void test_grid(void)
{
    FmLonLat a = {116.3894544, 39.9061889}, b = {116.38945444, 39.90618888};
    FmLonLat c = {116.3894545, 39.9061889}, d = {-116.3894544, -39.9061889};

    g_assert_true(fm_vertex_key(a) == fm_vertex_key(b)); /* less than half a step apart */
    g_assert_true(fm_vertex_key(a) != fm_vertex_key(c));
    g_assert_true(fm_vertex_key(a) != fm_vertex_key(d));
    g_assert_true(fm_vertex_key((FmLonLat){180, -17}) == fm_vertex_key((FmLonLat){-180, -17}));
}

void test_vertex_map(void)
{
    g_test_add_func("/network/vertex-map/random", test_random);
    g_test_add_func("/network/vertex-map/grid", test_grid);
}
