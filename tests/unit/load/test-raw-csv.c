#include "fixture.h"
#include "fm-unit.h"

static FmRaw *read(Fixture *fixture, const char *text, GError **error)
{
    const char *path = fixture_write(fixture, "t.csv", text);
    g_autoptr(FmSource) source = fm_source_new(path);

    return fm_raw_read(source, NULL, error);
}

static void columns_and_rows(void)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture);
    g_autoptr(FmRaw) raw = read(&fixture, "id,2020,2021\n1,a,b\n2,c\n,,\n3,d,e,,\n", NULL);

    g_assert_cmpuint(fm_table_n_columns(raw->table), ==, 3);
    g_assert_cmpstr(fm_table_column_name(raw->table, 1), ==, "2020");
    g_assert_cmpuint(fm_table_n_rows(raw->table), ==, 3);
    g_assert_true(fm_table_is_null(raw->table, 2, 1));
    g_assert_cmpstr(fm_table_text(raw->table, 2, 2), ==, "e");
    g_assert_cmpuint(g_hash_table_size(raw->problems), ==, 0);
    g_assert_cmpstr(g_ptr_array_index(raw->warnings, 0), ==, "1 empty row left out");
    g_assert_false(raw->has_geometry);
    g_assert_null(raw->crs);
}

static void row_problems(void)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture);
    g_autoptr(FmRaw) raw = read(&fixture, "id,address\n1,East Road, 5\n2,x\n", NULL);

    g_assert_cmpstr(fm_problems_get(raw->problems, 0)->reason, ==,
                    "3 values under 2 columns: is a separator inside a value without quotation "
                    "marks?");
    g_assert_null(fm_problems_get(raw->problems, 1));

    const char *path = fixture_write_bytes(&fixture, "t.csv", "id\na\0b\nc\n", 9);
    g_autoptr(FmSource) source = fm_source_new(path);
    g_autoptr(FmRaw) with_nul = fm_raw_read(source, NULL, NULL);
    g_assert_cmpstr(fm_problems_get(with_nul->problems, 0)->reason, ==, "holds a NUL character");
}

static void empty_files(void)
{
    static const char *const texts[] = {"", "\n\n", "id,name\n", "id,name\n,\n"};
    g_auto(Fixture) fixture;
    fixture_init(&fixture);

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(read(&fixture, texts[i], &error));
        assert_error(error, FM_ERROR_DATA, "t.csv: no rows");
    }
}

static void broken_file(void)
{
    g_auto(Fixture) fixture;
    g_autoptr(GError) error = NULL;
    fixture_init(&fixture);

    g_assert_null(read(&fixture, "id\n\"a\n", &error));
    assert_error(error, FM_ERROR_PARSE, "t.csv: line 2: a quotation mark");
}

/* What `printf 'id\n1\n' | sha256sum` says. */
static void checksum(void)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture);
    g_autoptr(FmRaw) raw = read(&fixture, "id\n1\n", NULL);

    g_assert_cmpstr(raw->sha256, ==,
                    "7cde7fb64fd82bd152710cf238e017b9ab46c0592483edc067ba4f6c75fac108");
}

static gboolean stop(double fraction, const char *stage, void *user)
{
    (void)stage;
    g_assert_cmpfloat(fraction, <=, 1);
    *(int *)user += 1;
    return FALSE;
}

static void cancelled(void)
{
    g_auto(Fixture) fixture;
    g_autoptr(GString) text = g_string_new("id\n");
    g_autoptr(GError) error = NULL;
    int calls = 0;
    FmProgress progress = fm_progress_init(stop, &calls);
    fixture_init(&fixture);
    for (int i = 0; i < 5000; i++) {
        g_string_append_printf(text, "%d\n", i);
    }
    const char *path = fixture_write(&fixture, "t.csv", text->str);
    g_autoptr(FmSource) source = fm_source_new(path);

    g_assert_null(fm_raw_read(source, &progress, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_CANCELLED);
    g_assert_cmpint(calls, ==, 1);
}

void test_raw_csv(void)
{
    g_test_add_func("/load/raw-csv/columns-and-rows", columns_and_rows);
    g_test_add_func("/load/raw-csv/row-problems", row_problems);
    g_test_add_func("/load/raw-csv/empty-files", empty_files);
    g_test_add_func("/load/raw-csv/broken-file", broken_file);
    g_test_add_func("/load/raw-csv/checksum", checksum);
    g_test_add_func("/load/raw-csv/cancelled", cancelled);
}
