/* Numbers, dates, statuses and names that cannot be. */
#include "fm-unit.h"
#include "town.h"

#include <math.h>
#include <string.h>

static GPtrArray *check(FmTable *table)
{
    g_autoptr(FmLayer) layer = fm_check_layer_new("list", table);
    FmCheckThresholds limits = fm_check_defaults(NULL);
    GPtrArray *findings = fm_findings_new();
    limits.date = "2021-04-28";
    fm_check_values(layer, &limits, findings);
    return findings;
}

static void test_clean(void)
{
    g_autoptr(FmTable) table = town_schools();
    g_autoptr(GPtrArray) findings = check(table);
    assert_no_findings(findings);
}

static void test_capacity(void)
{
    g_autoptr(FmTable) table = town_schools();
    gsize capacity = fm_table_find_column(table, "capacity");
    fm_table_set_real(table, capacity, 1, 0);
    fm_table_set_real(table, capacity, 2, -5);
    fm_table_set_real(table, capacity, 3, 100022); /* a postcode */
    fm_table_set_null(table, capacity, 4);
    g_autoptr(GPtrArray) findings = check(table);
    g_assert_cmpuint(findings->len, ==, 4);
    g_assert_cmpuint(count_kind(findings, FM_CHECK_VALUE_RANGE), ==, 3);
    g_assert_cmpstr(only_kind(findings, FM_CHECK_CAPACITY_MISSING)->feature_id, ==, "s004");
}

/* Where few rows have a capacity, the others are not worth a line each. */
static void test_few_capacities(void)
{
    g_autoptr(FmTable) table = town_schools();
    for (gsize row = 10; row < fm_table_n_rows(table); row++)
        fm_table_set_null(table, fm_table_find_column(table, "capacity"), row);
    g_autoptr(GPtrArray) findings = check(table);
    assert_no_findings(findings);
}

static void test_dates(void)
{
    static const struct {
        const char *status, *opens, *closes;
        gboolean range, contradiction;
    } cases[] = {
        {"planned", "2020", NULL, FALSE, TRUE},
        {"construction", "2021-04-27", NULL, FALSE, TRUE},
        {"construction", "2021", NULL, FALSE, FALSE}, /* may still open in 2021 */
        {"planned", "2025", NULL, FALSE, FALSE},
        {"open", "2021-05", NULL, FALSE, TRUE},
        {"open", "2021", NULL, FALSE, FALSE},
        {"open", "1990", "2019", FALSE, TRUE},
        {"open", "1990", "2030", FALSE, FALSE},
        {"closed", "1990", "2030", FALSE, TRUE},
        {"closed", "1990", "2019", FALSE, FALSE},
        {NULL, "2010", "2005", FALSE, TRUE},
        {"open", "0021", NULL, TRUE, FALSE},
        {"planned", "2201", NULL, TRUE, FALSE},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const Place place = {
            "a", "甲校",       "A", NULL, NULL, cases[i].status, cases[i].opens, cases[i].closes,
            1,   {116.4, 39.9}};
        g_autoptr(FmTable) table = town_table(&place, 1);
        g_autoptr(GPtrArray) findings = check(table);
        g_assert_cmpuint(count_kind(findings, FM_CHECK_VALUE_RANGE), ==, cases[i].range ? 1 : 0);
        g_assert_cmpuint(count_kind(findings, FM_CHECK_STATUS_CONTRADICTS), ==,
                         cases[i].contradiction ? 1 : 0);
        g_assert_cmpuint(findings->len, ==, (cases[i].range || cases[i].contradiction) ? 1 : 0);
    }
}

static void test_accuracy(void)
{
    g_autoptr(FmTable) table = town_schools();
    gsize accuracy = fm_table_add_column(table, "position_accuracy_m", FM_COLUMN_REAL);
    fm_table_set_real(table, accuracy, 0, 50);
    fm_table_set_real(table, accuracy, 1, -1);
    fm_table_set_real(table, accuracy, 2, 5e6);
    g_autoptr(GPtrArray) findings = check(table);
    g_assert_cmpuint(count_kind(findings, FM_CHECK_VALUE_RANGE), ==, 2);
    g_assert_cmpuint(findings->len, ==, 2);
}

static void test_names(void)
{
    g_autoptr(FmTable) table = town_schools();
    fm_table_set_text(table, fm_table_find_column(table, "name_en"), 6, NULL);
    g_autoptr(GPtrArray) findings = check(table);
    g_assert_cmpuint(findings->len, ==, 1);
    const FmFinding *finding = only_kind(findings, FM_CHECK_NAME_MISSING);
    g_assert_cmpstr(finding->feature_id, ==, "s006");
    g_assert_nonnull(strstr(finding->evidence, "no English name"));
}

void test_values(void)
{
    g_test_add_func("/check/values/clean", test_clean);
    g_test_add_func("/check/values/capacity", test_capacity);
    g_test_add_func("/check/values/few-capacities", test_few_capacities);
    g_test_add_func("/check/values/dates", test_dates);
    g_test_add_func("/check/values/accuracy", test_accuracy);
    g_test_add_func("/check/values/names", test_names);
}
