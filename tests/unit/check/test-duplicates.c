/* Rows twice, positions shared, ids that are one. */
#include "fm-unit.h"
#include "town.h"

#include <math.h>
#include <string.h>

static GPtrArray *check(FmTable *table)
{
    g_autoptr(FmLayer) layer = fm_check_layer_new("list", table);
    FmCheckThresholds limits = fm_check_defaults(NULL);
    GPtrArray *findings = fm_findings_new();
    fm_check_duplicates(layer, &limits, findings);
    return findings;
}

static void test_clean(void)
{
    g_autoptr(FmTable) table = town_schools();
    g_autoptr(GPtrArray) findings = check(table);
    assert_no_findings(findings);
}

static void add(FmTable *table, const char *id, const char *name, FmLonLat position)
{
    gsize row = fm_table_append_row(table);
    fm_table_set_text(table, fm_table_find_column(table, "id"), row, id);
    fm_table_set_text(table, fm_table_find_column(table, "name_zh"), row, name);
    if (fm_position_is_set(position))
        fm_table_set_geometry(table, row, fm_geometry_new_point(position));
}

static FmLonLat beside(const FmTable *table, gsize row, double bearing_deg, double distance_m)
{
    return fm_geodesic_direct(fm_table_geometry(table, row)->points[0], bearing_deg, distance_m);
}

/* s000 is 梧桐晨光书院. */
static void test_names(void)
{
    static const struct {
        const char *name;
        double distance_m;
        gboolean found;
    } cases[] = {
        {"梧桐晨光书院", 200, TRUE},       {"梧桐晨光书院（东校区）", 200, TRUE},
        {"梧桐 晨光 书院", 299, TRUE},     {"梧桐晨光书院", 301, FALSE},
        {"朝阳区梧桐晨光书院", 100, TRUE}, {"梧桐晨光书院校", 100, TRUE},
        {"第二梧桐晨光书院", 100, FALSE},  {"海棠明德讲坛", 100, FALSE},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(FmTable) table = town_schools();
        add(table, "new", cases[i].name, beside(table, 0, 77, cases[i].distance_m));
        g_autoptr(GPtrArray) findings = check(table);
        g_assert_cmpuint(findings->len, ==, cases[i].found ? 1 : 0);
        if (!cases[i].found)
            continue;
        const FmFinding *finding = only_kind(findings, FM_CHECK_DUPLICATE);
        g_assert_cmpstr(finding->feature_id, ==, "new");
        g_assert_cmpstr(finding->other_id, ==, "s000");
    }
}

/* Two campuses are two places. */
static void test_parts(void)
{
    g_autoptr(FmTable) table = town_table(NULL, 0);
    add(table, "a", "梧桐书院（东校区）", (FmLonLat){116.4, 39.9});
    add(table, "b", "梧桐书院（西校区）", (FmLonLat){116.4005, 39.9});
    g_autoptr(GPtrArray) findings = check(table);
    assert_no_findings(findings);
}

static void test_unlocated(void)
{
    g_autoptr(FmTable) table = town_schools();
    add(table, "u1", "老城医务室", NOWHERE);
    add(table, "u2", "老城医务室", NOWHERE);
    add(table, "u3", "新城医务室", NOWHERE);
    g_autoptr(GPtrArray) findings = check(table);
    g_assert_cmpuint(findings->len, ==, 1);
    g_assert_cmpstr(only_kind(findings, FM_CHECK_DUPLICATE)->feature_id, ==, "u2");
}

static void test_shared(void)
{
    g_autoptr(FmTable) table = town_schools();
    const FmLonLat place = {116.4123, 39.9123};
    add(table, "x1", "红楼诊所", place);
    add(table, "x2", "河畔药房", fm_geodesic_direct(place, 10, 0.5));
    g_autoptr(GPtrArray) two = check(table);
    assert_no_findings(two);
    add(table, "x3", "山麓门诊", fm_geodesic_direct(place, 200, 0.5));
    g_autoptr(GPtrArray) three = check(table);
    g_assert_cmpuint(three->len, ==, 1);
    const FmFinding *finding = only_kind(three, FM_CHECK_SHARED_POSITION);
    g_assert_cmpstr(finding->feature_id, ==, "x1");
    g_assert_cmpstr(finding->value, ==, "3 rows");
}

static void test_ids(void)
{
    g_autoptr(FmTable) table = town_schools();
    fm_table_set_text(table, fm_table_find_column(table, "id"), 20, "Ｓ０１９");
    g_autoptr(GPtrArray) findings = check(table);
    g_assert_cmpuint(findings->len, ==, 1);
    g_assert_cmpstr(only_kind(findings, FM_CHECK_ID_VARIANT)->other_id, ==, "s019");
}

/* All rows at one position, of one name: found without looking at every pair. */
static void test_crowd(void)
{
    enum { CROWD = 3000 };
    g_autoptr(FmTable) table = town_table(NULL, 0);
    for (int i = 0; i < CROWD; i++) {
        g_autofree char *id = g_strdup_printf("c%d", i);
        add(table, id, "广场售货亭", (FmLonLat){116.4, 39.9});
    }
    g_autoptr(GPtrArray) findings = check(table);
    g_assert_cmpuint(count_kind(findings, FM_CHECK_DUPLICATE), ==, CROWD - 1);
    g_assert_cmpuint(count_kind(findings, FM_CHECK_SHARED_POSITION), ==, 0);
}

void test_duplicates(void)
{
    g_test_add_func("/check/duplicates/clean", test_clean);
    g_test_add_func("/check/duplicates/names", test_names);
    g_test_add_func("/check/duplicates/parts", test_parts);
    g_test_add_func("/check/duplicates/unlocated", test_unlocated);
    g_test_add_func("/check/duplicates/shared", test_shared);
    g_test_add_func("/check/duplicates/ids", test_ids);
    g_test_add_func("/check/duplicates/crowd", test_crowd);
}
