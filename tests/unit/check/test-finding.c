/* Findings: every kind has its words; a whole layer is drawn at its middle. */
#include "fm-unit.h"
#include "town.h"

#include <math.h>

static void test_words(void)
{
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint kind = 0; kind < FM_N_CHECKS; kind++) {
        const FmCheckInfo *info = fm_check_info(kind);
        g_assert_nonnull(info->title_en);
        g_assert_nonnull(info->title_zh);
        g_assert_nonnull(info->advice);
        g_assert_true(g_hash_table_add(names, (gpointer)(guintptr)info->name));
    }
    g_assert_cmpstr(fm_severity_name(FM_SEVERITY_ERROR), ==, "error");
}

static void test_add(void)
{
    const Place places[] = {
        {"a", "甲校", NULL, NULL, NULL, NULL, NULL, NULL, 1, {10, 50}},
        {"b", "乙校", NULL, NULL, NULL, NULL, NULL, NULL, 1, {12, 50}},
    };
    g_autoptr(FmTable) table = town_table(places, G_N_ELEMENTS(places));
    g_autoptr(FmLayer) layer = fm_check_layer_new("list", table);
    g_autoptr(GPtrArray) findings = fm_findings_new();
    fm_finding_add(findings, FM_CHECK_DUPLICATE, FM_SEVERITY_NOTE, layer, 1, "v", "%d m", 7);
    fm_finding_add(findings, FM_CHECK_SYSTEM, FM_SEVERITY_ERROR, layer, G_MAXSIZE, NULL, "all");
    const FmFinding *row = g_ptr_array_index(findings, 0), *whole = g_ptr_array_index(findings, 1);
    g_assert_cmpstr(row->feature_id, ==, "b");
    g_assert_cmpstr(row->name, ==, "乙校");
    g_assert_cmpstr(row->evidence, ==, "7 m");
    g_assert_cmpfloat(row->position.lon_deg, ==, 12);
    g_assert_null(whole->feature_id);
    g_assert_cmpfloat(whole->position.lon_deg, ==, 11);
}

void test_finding(void)
{
    g_test_add_func("/check/finding/words", test_words);
    g_test_add_func("/check/finding/add", test_add);
}
