/* Large sources into a layer that is there: what part by part leaves is what many small loads
 * leave, and an id that comes again is seen across all parts. */
#include "fixture.h"
#include "fm-unit.h"

#include <string.h>

#define N_BASE (FM_WHOLE_ROWS + 500u)

static const FmLoadOptions append = {.mode = FM_LOAD_APPEND}, update = {.mode = FM_LOAD_UPDATE};

#define HEAD "id,name,capacity,lon,lat\n"

/* Rows r<from> … r<to - 1>, of which every `changed`th has another capacity and every 100th no
 * position. */
static void add_rows(GString *text, gsize from, gsize to, gsize changed)
{
    for (gsize i = from; i < to; i++) {
        g_string_append_printf(text, "r%" G_GSIZE_FORMAT ",n,%d,%s\n", i,
                               changed > 0 && i % changed == 0 ? 7 : (int)(i % 5),
                               i % 100 == 0 ? "," : "116.4,39.9");
    }
}

static const FmLoadReport *load_rows(Fixture *fixture, gsize from, gsize to, gsize changed,
                                     const FmLoadOptions *options)
{
    g_autoptr(GString) text = g_string_new(HEAD);

    add_rows(text, from, to, changed);
    return fixture_load_text(fixture, text->str, options);
}

static char *content(Fixture *fixture)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(FmLayerInfo) layer = fm_workspace_layer(fixture->workspace, "t", &error);

    g_assert_no_error(error);
    return g_strdup_printf("%s %d", layer->content_sha256, (int)layer->n_unlocated);
}

static void like_small_loads(void)
{
    g_auto(Fixture) large;
    g_auto(Fixture) small;
    fixture_init(&large);
    fixture_init(&small);
    gsize end = N_BASE + FM_WHOLE_ROWS + 100;

    load_rows(&large, 0, N_BASE, 0, NULL);
    load_rows(&small, 0, N_BASE, 0, NULL);
    const FmLoadReport *report = load_rows(&large, N_BASE, end, 0, &append);
    assert_counts_add_up(report);
    g_assert_cmpint(report->n_loaded + report->n_unlocated, ==, (gint64)(end - N_BASE));
    g_assert_cmpint(report->n_unlocated, ==, 83);
    for (gsize i = N_BASE; i < end; i += 4000) {
        load_rows(&small, i, MIN(i + 4000, end), 0, &append);
    }
    report = load_rows(&large, 100, end + 50, 50, &update);
    assert_counts_add_up(report);
    g_assert_cmpint(report->n_loaded + report->n_unlocated, ==, 50);
    g_assert_cmpint(report->n_changes, ==, report->n_updated);
    g_assert_cmpint(report->n_updated, ==, (gint64)(end + 49) / 50 - 2);
    for (gsize i = 100; i < end + 50; i += 4000) {
        load_rows(&small, i, MIN(i + 4000, end + 50), 50, &update);
    }
    g_autofree char *found = content(&large);
    g_autofree char *expect = content(&small);
    g_assert_cmpstr(found, ==, expect);
    report = load_rows(&large, 100, end + 50, 50, &update);
    g_assert_cmpint(report->n_unchanged, ==, (gint64)end - 50);
    g_assert_cmpint(report->n_changes, ==, 0);
}

/* An id twice in one part, in two parts, and in the layer. */
static void refused(void)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture);
    g_autoptr(GString) text = g_string_new(HEAD);

    load_rows(&fixture, 0, 100, 0, NULL);
    add_rows(text, 1000, 1000 + FM_WHOLE_ROWS, 0);
    g_string_append(text, "r9000,other,1,116.4,39.9\nr1002,other,1,116.4,39.9\nr42,other,1,1,1\n"
                          "r9000000,new,1,116.4,39.9\nr9000000,newer,1,116.4,39.9\n");
    const FmLoadReport *report = fixture_load_text(&fixture, text->str, &append);
    assert_counts_add_up(report);
    g_assert_cmpint(report->n_rejected, ==, 4);
    g_autofree char *rejects = fixture_rejects(&fixture);
    assert_contains(rejects, "\n8193,id,r9000,also in row 8001,");
    assert_contains(rejects, "\n8194,id,r1002,also in row 3,");
    assert_contains(rejects, "\n8195,id,r42,already in layer 't',");
    assert_contains(rejects, "\n8197,id,r9000000,also in row 8196,");

    g_string_append(text, "r1000000,new,1,116.4,39.9\n");
    report = fixture_load_text(&fixture, text->str, &update);
    assert_counts_add_up(report);
    g_assert_cmpint(report->n_rejected, ==, 3);
    g_assert_cmpint(report->n_updated, ==, 1); /* r42 */
    g_assert_cmpint(report->n_loaded, ==, 1);
    g_assert_cmpint(report->n_unchanged, ==, FM_WHOLE_ROWS + 1);
    g_autofree char *again = fixture_rejects(&fixture);
    assert_contains(again, "\n8194,id,r1002,also in row 3,");
}

/* All of it is undone when it fails at its end. */
static void all_or_nothing(void)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture);
    const FmLoadOptions strict = {.mode = FM_LOAD_APPEND, .strict = TRUE};
    g_autoptr(GString) text = g_string_new(HEAD);

    load_rows(&fixture, 0, 100, 0, NULL);
    g_autofree char *before = content(&fixture);
    add_rows(text, 100, 100 + FM_WHOLE_ROWS, 0);
    g_string_append(text, "r5,other,1,116.4,39.9\n");
    fixture_load_text_fails(&fixture, text->str, &strict, FM_ERROR_DATA,
                            "row 8193: id 'r5': already in layer 't'");
    g_autofree char *after = content(&fixture);
    g_assert_cmpstr(after, ==, before);
}

/* Ids that are made go on where they were, and a file with ids does not fit them. */
static void made_ids(void)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture);
    g_autoptr(GString) nameless = g_string_new("capacity,lon,lat\n");

    for (gsize i = 0; i < FM_WHOLE_ROWS; i++) {
        g_string_append(nameless, "1,116.4,39.9\n");
    }
    fixture_load_text(&fixture, nameless->str, NULL);
    const FmLoadReport *report = fixture_load_text(&fixture, nameless->str, &append);
    g_assert_cmpint(report->n_loaded, ==, FM_WHOLE_ROWS);
    g_autoptr(FmTable) table = fixture_read(&fixture, NULL);
    g_assert_cmpstr(fm_table_text(table, fm_table_find_column(table, "id"), 2 * FM_WHOLE_ROWS - 1),
                    ==, "t-16384");
    g_autoptr(GString) text = g_string_new(HEAD);
    add_rows(text, 0, FM_WHOLE_ROWS, 0);
    fixture_load_text_fails(&fixture, text->str, &update, FM_ERROR_USAGE,
                            "it has ids, and layer 't' was loaded without");
    /* What tells rows without ids apart is found in the whole of them. */
    report = fixture_load_text(&fixture, nameless->str, &update);
    g_assert_cmpint(report->n_unchanged, ==, FM_WHOLE_ROWS);
}

static void existing_ids(void)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture);
    g_autoptr(GError) error = NULL;

    fixture_load_text(&fixture, "id,n\nt-7,1\nt-x,1\nu-9,1\n12,1\nt-3,1\n", NULL);
    g_autoptr(FmExisting) existing = fm_existing_new(fixture.workspace, "t", &error);
    g_assert_no_error(error);
    g_assert_cmpint(existing->highest_made, ==, 7);
    g_assert_cmpint(existing->n_made, ==, 2);
    g_assert_cmpint(existing->n_ids, ==, 5);
    g_assert_cmpuint(fm_table_n_rows(existing->columns), ==, 0);
    g_assert_cmpuint(fm_table_n_columns(existing->columns), ==, 2);
    g_assert_null(fm_existing_new(fixture.workspace, "u", &error));
    assert_error(error, FM_ERROR_NOT_FOUND, "no layer 'u'");
}

void test_merge(void)
{
    g_test_add_func("/load/merge/like-small-loads", like_small_loads);
    g_test_add_func("/load/merge/refused", refused);
    g_test_add_func("/load/merge/all-or-nothing", all_or_nothing);
    g_test_add_func("/load/merge/made-ids", made_ids);
    g_test_add_func("/load/merge/existing-ids", existing_ids);
}
