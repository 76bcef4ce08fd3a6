#include "fixture.h"
#include "fm-unit.h"

#include <glib/gstdio.h>
#include <unistd.h>

static void headings(void)
{
    static const struct {
        const char *given, *name;
    } cases[] = {
        {" id ", "id"}, {"", "column_2"},   {"学校\n名称", "学校 名称"}, {"ID", "ID_2"},
        {"id", "id_3"}, {"a  \t b", "a b"}, {"\x01", "column_7"},        {"c\xff", "c\uFFFD"},
    };
    g_autoptr(FmRaw) raw = fm_raw_new("t.csv");

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        gsize column = fm_raw_add_column(raw, cases[i].given, FM_COLUMN_TEXT);
        g_assert_cmpuint(column, ==, i);
        g_assert_cmpstr(fm_table_column_name(raw->table, column), ==, cases[i].name);
    }
    g_assert_cmpuint(raw->warnings->len, ==, 2);
    g_assert_cmpstr(g_ptr_array_index(raw->warnings, 0), ==,
                    "column 'ID' stands more than once; column 4 is 'ID_2'");
}

static void text_cells(void)
{
    g_autoptr(FmRaw) raw = fm_raw_new("t.csv");

    fm_raw_add_column(raw, "c", FM_COLUMN_TEXT);
    for (gsize row = 0; row < 4; row++) {
        fm_table_append_row(raw->table);
    }
    fm_raw_set_text(raw, 0, 0, " x ");
    fm_raw_set_text(raw, 0, 1, "  ");
    fm_raw_set_text(raw, 0, 2, "a\xff");
    fm_raw_set_text(raw, 0, 3, "a\x1b");
    g_assert_cmpstr(fm_table_text(raw->table, 0, 0), ==, " x ");
    g_assert_true(fm_table_is_null(raw->table, 0, 1));
    g_assert_cmpstr(fm_table_text(raw->table, 0, 2), ==, "a\uFFFD");
    g_assert_cmpstr(fm_problems_get(raw->problems, 2)->reason, ==, "not valid UTF-8");
    g_assert_cmpstr(fm_problems_get(raw->problems, 3)->reason, ==, "holds a control character");
    g_assert_cmpuint(g_hash_table_size(raw->problems), ==, 2);
}

static void missing_and_unreadable(void)
{
    static const char *const paths[] = {"none.csv", "none.gpkg", "none.csv.gz", "none.zip"};
    g_auto(Fixture) fixture;
    fixture_init(&fixture);

    for (gsize i = 0; i < G_N_ELEMENTS(paths); i++) {
        const char *path = fixture_path(&fixture, paths[i]);
        g_autoptr(FmSource) source = fm_source_new(path);
        g_autoptr(GError) error = NULL;
        g_assert_null(fm_raw_read(source, NULL, &error));
        assert_error(error, FM_ERROR_NOT_FOUND, path);
        assert_contains(error->message, "no such file");
    }
    const char *path = fixture_write(&fixture, "a.csv", "id\n1\n");
    g_assert_cmpint(g_chmod(path, 0), ==, 0);
    if (g_access(path, R_OK) == 0) {
        g_test_message("root reads everything: permission is not tested");
        return;
    }
    g_autoptr(FmSource) source = fm_source_new(path);
    g_autoptr(GError) error = NULL;
    g_assert_null(fm_raw_read(source, NULL, &error));
    assert_error(error, FM_ERROR_IO, "permission");
}

void test_raw(void)
{
    g_test_add_func("/load/raw/headings", headings);
    g_test_add_func("/load/raw/text-cells", text_cells);
    g_test_add_func("/load/raw/missing", missing_and_unreadable);
}
