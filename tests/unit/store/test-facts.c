/* What is gathered about rows is the same however they are cut into batches. */
#include "fm-unit.h"
#include "support.h"

#define N 10

static void gather(FmLayerFacts *facts, const FmTable *rows, gsize cut)
{
    g_autoptr(GError) error = NULL;

    g_assert_true(fm_layer_facts_add(facts, rows, 0, cut, NULL, &error));
    g_assert_true(fm_layer_facts_add(facts, rows, cut, fm_table_n_rows(rows), NULL, &error));
}

static void assert_facts(FmLayerFacts *facts, const FmTable *rows)
{
    g_autofree char *expect = fm_table_sha256(rows), *found = fm_table_hash_finish(facts->hash);
    g_autoptr(GError) error = NULL;

    g_assert_cmpint(facts->n_rows, ==, N);
    g_assert_cmpint(facts->n_unlocated, ==, 1);
    g_assert_cmpstr(found, ==, expect);
    g_assert_cmpuint(fm_sorter_n_records(facts->entries), ==, N - 1);
    g_assert_true(fm_sorter_sort(facts->entries, &error));
    for (gint64 i = 0; i < N - 1; i++) {
        FmRtreeEntry entry;
        g_assert_true(fm_sorter_next(facts->entries, &entry, &error));
        g_assert_cmpint(entry.sort.id, ==, i < 3 ? i + 1 : i + 2);
    }
}

static void test_batches(void)
{
    for (gsize cut = 0; cut <= N; cut++) {
        g_autoptr(FmTable) rows = fm_table_new(FM_GEOMETRY_POINT);
        fm_table_add_column(rows, "id", FM_COLUMN_TEXT);
        for (gsize i = 0; i < N; i++) {
            gsize row = fm_table_append_row(rows);
            FmLonLat at = {(double)i, -(double)i};
            if (i != 3) {
                fm_table_set_geometry(rows, row, fm_geometry_new_point(at));
            }
        }
        FmTable *columns = fm_table_new(FM_GEOMETRY_POINT);
        fm_table_add_column(columns, "id", FM_COLUMN_TEXT);
        g_auto(FmLayerFacts) facts = {NULL};
        fm_layer_facts_init(&facts, columns);
        gather(&facts, rows, cut);
        fm_layer_facts_reset(&facts);
        gather(&facts, rows, cut);
        g_assert_cmpfloat(facts.extent.west_deg, ==, 0);
        g_assert_cmpfloat(facts.extent.south_deg, ==, -(N - 1));
        assert_facts(&facts, rows);
    }
}

void test_facts(void)
{
    g_test_add_func("/store/facts/batches", test_batches);
}
