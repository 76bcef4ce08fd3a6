#include "fixture.h"
#include "fm-unit.h"

static void fields(void)
{
    static const char *const expect[][4] = {
        {"a", "capacity", "1", "2"},
        {"b", "capacity", "5", NULL},
        {"b", "geom", "10.0000000 50.0000000", "10.5000000 50.0000000"},
        {"b", "note", NULL, "new"},
    };
    const FmLoadOptions update = {.mode = FM_LOAD_UPDATE};
    g_auto(Fixture) fixture;
    guint n_found = 0;
    fixture_init(&fixture);

    const FmLoadReport *report =
        fixture_load_text(&fixture, "id,capacity,lon,lat\na,1,10,50\nb,5,10,50\nc,3,10,50\n", NULL);
    g_assert_cmpint(report->n_changes, ==, 0);
    report = fixture_load_text(
        &fixture, "id,capacity,note,lon,lat\na,2,,10,50\nb,,new,10.5,50\nc,3,,10,50\nd,1,,10,50\n",
        &update);
    g_assert_cmpint(report->n_updated, ==, 2);
    g_assert_cmpint(report->n_unchanged, ==, 1);
    g_assert_cmpint(report->n_changes, ==, G_N_ELEMENTS(expect));
    g_assert_cmpuint(report->changes->len, ==, G_N_ELEMENTS(expect));
    for (guint i = 0; i < report->changes->len; i++) {
        const FmLoadChange *change = g_ptr_array_index(report->changes, i);
        for (gsize k = 0; k < G_N_ELEMENTS(expect); k++) {
            n_found += g_strcmp0(change->id, expect[k][0]) == 0 &&
                       g_strcmp0(change->field, expect[k][1]) == 0 &&
                       g_strcmp0(change->before, expect[k][2]) == 0 &&
                       g_strcmp0(change->after, expect[k][3]) == 0;
        }
    }
    g_assert_cmpuint(n_found, ==, G_N_ELEMENTS(expect));
}

/* All are counted, the first are listed. */
static void listed_up_to_a_number(void)
{
    g_autoptr(FmTable) before = fm_table_new(FM_GEOMETRY_NONE);
    g_autoptr(FmTable) after = fm_table_new(FM_GEOMETRY_NONE);
    g_autoptr(FmChanges) changes = fm_changes_new();
    FmTable *const tables[] = {before, after};

    for (gsize t = 0; t < G_N_ELEMENTS(tables); t++) {
        fm_table_add_column(tables[t], "id", FM_COLUMN_TEXT);
        fm_table_add_column(tables[t], "n", FM_COLUMN_INTEGER);
        for (guint i = 0; i < FM_MAX_CHANGES + 5; i++) {
            g_autofree char *id = g_strdup_printf("%u", i);
            gsize row = fm_table_append_row(tables[t]);
            fm_table_set_text(tables[t], 0, row, id);
            fm_table_set_integer(tables[t], 1, row, (gint64)t);
        }
    }
    for (gsize row = 0; row < fm_table_n_rows(after); row++) {
        fm_changes_add(changes, before, row, after, row);
    }
    g_assert_cmpint(changes->n, ==, FM_MAX_CHANGES + 5);
    g_assert_cmpuint(changes->list->len, ==, FM_MAX_CHANGES);
}

void test_changes(void)
{
    g_test_add_func("/load/changes/fields", fields);
    g_test_add_func("/load/changes/listed", listed_up_to_a_number);
}
