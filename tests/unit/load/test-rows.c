#include "fixture.h"
#include "fm-unit.h"

/* One row that must be rejected after a good one: "id;name;status;opens;closes;capacity". */
static void rejected_rows(void)
{
    static const struct {
        const char *row, *field, *value, *reason;
    } cases[] = {
        {",a,open,,,1", "id", "", "empty"},
        {"1,a,open,,,1", "id", "1", "also in row 1"},
        {" 1 ,a,open,,,1", "id", " 1 ", "also in row 1"},
        {"2,a,有效,,,1", "status", "有效",
         "none of open, construction, planned, closed, and no word for one of them"},
        {"2,a,open,soon,,1", "opens", "soon", "not a date; write 2021-09-01, 2021-09 or 2021"},
        {"2,a,open,,2021-13,1", "closes", "2021-13",
         "not a date; write 2021-09-01, 2021-09 or 2021"},
        {"2,a,open,2021,2020,1", "closes", "2020", "before it opens (2021)"},
        {"2,a,open,,,-1", "capacity", "-1", "negative"},
        {"2,a,open,,,12.5", "capacity", "12.5", "not a whole number"},
        {"2,a,open,,,many", "capacity", "many", "not a number"},
        {"2,a\x01,open,,,1", "name_en", "a\x01", "holds a control character"},
        {"2,a,open,,,1,,,x", "", "",
         "9 values under 6 columns: is a separator inside a value "
         "without quotation marks?"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(Fixture) fixture;
        fixture_init(&fixture);
        g_autofree char *text = g_strdup_printf(
            "id,name_en,status,opens,closes,capacity\n1,a,open,2020,2020,1\n%s\n", cases[i].row);
        const FmLoadReport *report = fixture_load_text(&fixture, text, NULL);
        g_assert_cmpint(report->n_loaded, ==, 1);
        g_assert_cmpint(report->n_rejected, ==, 1);
        g_autofree char *rejects = fixture_rejects(&fixture);
        g_autofree char *expect = g_strdup_printf("\n2,%s,", cases[i].field);
        assert_contains(rejects, expect);
        assert_contains(rejects, cases[i].reason);
    }
}

static void made_ids(void)
{
    const FmLoadOptions append = {.mode = FM_LOAD_APPEND};
    g_auto(Fixture) fixture;
    fixture_init(&fixture);

    fixture_load_text(&fixture, "name,capacity\na,1\nb,x\nc,3\n", NULL);
    fixture_load_text(&fixture, "name,capacity\nd,4\n", &append);
    g_autoptr(FmTable) table = fixture_read(&fixture, NULL);
    static const char *const ids[] = {"t-1", "t-3", "t-4"};
    g_assert_cmpuint(fm_table_n_rows(table), ==, G_N_ELEMENTS(ids));
    for (gsize row = 0; row < G_N_ELEMENTS(ids); row++) {
        g_assert_cmpstr(fm_table_text(table, fm_table_find_column(table, "id"), row), ==, ids[row]);
    }
}

/* An id that a rejected row had is free for the next. */
static void a_rejected_row_takes_no_id(void)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture);
    const FmLoadReport *report = fixture_load_text(&fixture, "id,capacity\n1,x\n1,5\n", NULL);

    g_assert_cmpint(report->n_loaded, ==, 1);
    g_autoptr(FmTable) table = fixture_read(&fixture, NULL);
    g_assert_cmpint(fm_table_integer(table, fm_table_find_column(table, "capacity"), 0), ==, 5);
}

void test_rows(void)
{
    g_test_add_func("/load/rows/rejected", rejected_rows);
    g_test_add_func("/load/rows/made-ids", made_ids);
    g_test_add_func("/load/rows/rejected-id-is-free", a_rejected_row_takes_no_id);
}
