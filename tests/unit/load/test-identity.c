#include "fixture.h"
#include "fm-unit.h"

static const FmLoadOptions update = {.mode = FM_LOAD_UPDATE};

/* Loads one text and updates by another: "updated unchanged loaded unlocated; n_changes". */
static char *twice(const char *first, const char *second)
{
    const FmLoadOptions replace = {.mode = FM_LOAD_REPLACE};
    g_auto(Fixture) fixture;
    fixture_init(&fixture);

    fixture_load_text(&fixture, first, &replace);
    const FmLoadReport *report = fixture_load_text(&fixture, second, &update);
    assert_counts_add_up(report);
    return g_strdup_printf("%d %d %d %d; %d", (int)report->n_updated, (int)report->n_unchanged,
                           (int)report->n_loaded, (int)report->n_unlocated, (int)report->n_changes);
}

#define HEAD "name,address,beds,lon,lat\n"

static void told_apart(void)
{
    static const struct {
        const char *first, *second, *expect;
    } cases[] = {
        /* the same again */
        {HEAD "甲,A,1,10,50\n乙,B,2,,\n", HEAD "甲,A,1,10,50\n乙,B,2,,\n", "0 2 0 0; 0"},
        /* in another order, one changed, one new, one new without a position */
        {HEAD "甲,A,1,10,50\n乙,B,2,10,50\n",
         HEAD "乙,B,3,10,50\n甲,A,1,10,50\n丙,C,1,10,50\n丁,D,1,,\n", "1 1 1 1; 1"},
        /* one name at two addresses */
        {HEAD "甲,A,1,10,50\n甲,B,2,10,50\n", HEAD "甲,B,9,10,50\n甲,A,1,10,50\n", "1 1 0 0; 1"},
        /* a code of the source that is not its id, since two columns are codes */
        {"编号,代码,n,lon,lat\n1,x,1,10,50\n2,y,2,10,50\n",
         "编号,代码,n,lon,lat\n2,y,7,10,50\n1,x,1,10,50\n", "1 1 0 0; 1"},
        /* nothing tells rows apart, but all are there */
        {HEAD "甲,A,1,10,50\n甲,A,1,10,50\n甲,A,2,10,50\n",
         HEAD "甲,A,1,10,50\n甲,A,2,10,50\n甲,A,1,10,50\n", "0 3 0 0; 0"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *found = twice(cases[i].first, cases[i].second);
        g_assert_cmpstr(found, ==, cases[i].expect);
    }
}

static void cannot_tell(void)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture);

    fixture_load_text(&fixture, HEAD "甲,A,1,10,50\n甲,A,1,10,50\n", NULL);
    fixture_load_text_fails(
        &fixture, HEAD "甲,A,1,10,50\n甲,A,2,10,50\n", &update, FM_ERROR_USAGE,
        "is row 2 new or changed? It is like none of the layer, and rows 1 and 2 of the "
        "file have the same name_zh and address; --replace the layer");
    /* Rows are those of the file, also behind a rejected one. */
    fixture_load_text_fails(&fixture, HEAD "甲,A,1,10,50\n乙,B,1,10,500\n丙,C,2,10,50\n", &update,
                            FM_ERROR_USAGE,
                            "is row 3 new or changed? It is like none of the layer, and 't-1' and "
                            "'t-2' in the layer have the same name_zh and address");
    fixture_load_text_fails(&fixture, "beds,lon,lat\n3,10,50\n", &update, FM_ERROR_USAGE,
                            "neither an id nor a name tells rows apart");
}

/* A layer whose ids were made, and a file that brings its own. */
static void ids_come_later(void)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture);

    fixture_load_text(&fixture, HEAD "甲,A,1,10,50\n乙,B,2,10,50\n", NULL);
    fixture_load_text_fails(&fixture, "id," HEAD "x,甲,A,1,10,50\ny,乙,B,2,10,50\n", &update,
                            FM_ERROR_USAGE, "it has ids, and layer 't' was loaded without");
    g_autoptr(FmTable) kept = fixture_read(&fixture, "t");
    g_assert_cmpuint(fm_table_n_rows(kept), ==, 2);
    /* Ids as they are exported, and a layer that has some of both. */
    const FmLoadReport *report =
        fixture_load_text(&fixture, "id," HEAD "t-2,乙,B,3,10,50\nz,丙,C,1,10,50\n", &update);
    g_assert_cmpint(report->n_updated, ==, 1);
    g_assert_cmpint(report->n_loaded, ==, 1);
    report = fixture_load_text(&fixture, "id," HEAD "w,丁,D,1,10,50\n", &update);
    g_assert_cmpint(report->n_loaded, ==, 1);
}

static void says_by_what(void)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture);

    fixture_load_text(&fixture, HEAD "甲,A,1,10,50\n", NULL);
    const FmLoadReport *report = fixture_load_text(&fixture, HEAD "甲,A,1,10,50\n", &update);
    assert_contains(g_ptr_array_index(report->warnings, report->warnings->len - 1),
                    "rows without an id are told apart by name_zh and address");
}

void test_identity(void)
{
    g_test_add_func("/load/identity/told-apart", told_apart);
    g_test_add_func("/load/identity/cannot-tell", cannot_tell);
    g_test_add_func("/load/identity/ids-come-later", ids_come_later);
    g_test_add_func("/load/identity/by-what", says_by_what);
}
