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
        "file have the same name_zh and address; name columns that tell rows apart with --key");
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

/* ---- a key that somebody names ---- */

static FmSource *keyed(Fixture *fixture, const char *text, const char *key)
{
    FmSource *source = fixture_source(fixture_write(fixture, "k.csv", text), "t", NULL);

    source->key = g_strdup(key);
    return source;
}

#define TELS "name,电话,beds,lon,lat\n"

/* By its heading in the file, or by the layer's column, alone or with others. */
static void given_key(void)
{
    static const char *const given[] = {"电话", "name,电话", " name_zh , 电话"};

    for (gsize i = 0; i < G_N_ELEMENTS(given); i++) {
        g_auto(Fixture) fixture;
        fixture_init(&fixture);
        fixture_load_text(&fixture, TELS "甲,1,1,10,50\n甲,2,2,10,50\n", NULL);
        g_autoptr(FmSource) source =
            keyed(&fixture, TELS "甲,2,9,10,50\n甲,3,1,10,50\n甲,1,1,10,50\n", given[i]);
        g_assert_true(fixture_load(&fixture, source, &update, NULL));
        const FmLoadReport *report = g_ptr_array_index(fixture.reports, 0);
        assert_counts_add_up(report);
        g_assert_cmpint(report->n_updated, ==, 1);
        g_assert_cmpint(report->n_unchanged, ==, 1);
        g_assert_cmpint(report->n_loaded, ==, 1);
        g_autoptr(FmTable) rows = fixture_read(&fixture, "t");
        gsize id = fm_table_find_column(rows, "id"), beds = fm_table_find_column(rows, "capacity");
        g_assert_cmpstr(fm_table_text(rows, id, 1), ==, "t-2");
        g_assert_cmpint(fm_table_integer(rows, beds, 1), ==, 9);
        g_assert_cmpuint(fm_table_n_rows(rows), ==, 3);
    }
}

static void given_key_refused(void)
{
    static const struct {
        const char *text, *key;
        FmError code;
        const char *words;
    } cases[] = {
        {TELS "甲,1,1,10,50\n", "fax", FM_ERROR_NOT_FOUND, "--key fax: no column 'fax' in k.csv"},
        {"name,fax,lon,lat\n甲,1,10,50\n", "fax", FM_ERROR_NOT_FOUND, "no column 'fax' in t"},
        {TELS "甲,1,1,10,50\n乙,1,1,10,50\n", "电话", FM_ERROR_USAGE,
         "rows 1 and 2 of the file have the same 电话"},
        {TELS "甲,1,1,10,50\n乙,,1,10,50\n", "电话", FM_ERROR_USAGE, "row 2 of the file has none"},
        {TELS "甲,1,1,10,50\n", "name", FM_ERROR_USAGE,
         "'t-1' and 't-2' in the layer have the same"},
        {"id," TELS "t-1,甲,1,1,10,50\n", "电话", FM_ERROR_USAGE, "--map id= that no column"},
    };
    g_auto(Fixture) fixture;
    fixture_init(&fixture);

    fixture_load_text(&fixture, TELS "甲,1,1,10,50\n甲,2,2,10,50\n", NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(FmSource) source = keyed(&fixture, cases[i].text, cases[i].key);
        g_autoptr(GError) error = NULL;
        g_assert_false(fixture_load(&fixture, source, &update, &error));
        assert_error(error, cases[i].code, cases[i].words);
    }
    g_autoptr(FmSource) source = keyed(&fixture, TELS "甲,1,1,10,50\n", "电话");
    g_autoptr(GError) error = NULL;
    const FmLoadOptions append = {.mode = FM_LOAD_APPEND};
    g_assert_false(fixture_load(&fixture, source, &append, &error));
    assert_error(error, FM_ERROR_USAGE, "--key 电话 is for --update");
}

/* ---- part by part ---- */

/* So many rows that they come in parts, each with a name of its own or all with one. */
static char *many_rows(gsize n, gboolean named, gsize first_beds)
{
    GString *text = g_string_new(HEAD);

    for (gsize i = 0; i < n; i++) {
        g_string_append_printf(text, "甲%d,A,%d,10,%d.%03d\n", named ? (int)i : 0,
                               (int)(first_beds + i), 40 + (int)(i % 9), (int)(i % 1000));
    }
    return g_string_free(text, FALSE);
}

static void in_parts(void)
{
    const gsize n = 9000;
    g_autofree char *first = many_rows(n, TRUE, 0), *second = many_rows(n + 5, TRUE, 0);
    g_autofree char *changed = many_rows(n, TRUE, 1), *alike = many_rows(n, FALSE, 0);
    g_autofree char *found = twice(first, second);
    g_assert_cmpstr(found, ==, "0 9000 5 0; 0");
    g_autofree char *all = twice(first, changed);
    g_assert_cmpstr(all, ==, "9000 0 0 0; 9000");
    /* Nothing but all of the row tells them apart: they are read once more. */
    g_autofree char *content = twice(alike, alike);
    g_assert_cmpstr(content, ==, "0 9000 0 0; 0");
}

static void in_parts_refused(void)
{
    g_autofree char *first = many_rows(9000, FALSE, 0), *second = many_rows(9001, FALSE, 0);
    g_auto(Fixture) fixture;
    fixture_init(&fixture);

    fixture_load_text(&fixture, first, NULL);
    fixture_load_text_fails(&fixture, second, &update, FM_ERROR_USAGE,
                            "is row 9001 new or changed? It is like none of the layer, and rows 1 "
                            "and 2 of the file have the same name_zh and address");
}

void test_identity(void)
{
    g_test_add_func("/load/identity/given-key", given_key);
    g_test_add_func("/load/identity/given-key-refused", given_key_refused);
    g_test_add_func("/load/identity/in-parts", in_parts);
    g_test_add_func("/load/identity/in-parts-refused", in_parts_refused);
    g_test_add_func("/load/identity/told-apart", told_apart);
    g_test_add_func("/load/identity/cannot-tell", cannot_tell);
    g_test_add_func("/load/identity/ids-come-later", ids_come_later);
    g_test_add_func("/load/identity/by-what", says_by_what);
}
