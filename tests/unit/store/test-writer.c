/* Layers written in batches are what the same rows written at once are. */
#include "fm-unit.h"
#include "support.h"

static const FmLayerSpec spec = {.name = "school", .kind = "school"};

/* Rows begin … end-1 of a table, as a table. */
static FmTable *slice(const FmTable *table, gsize begin, gsize end)
{
    FmTable *part = fm_table_new(fm_table_geometry_type(table));

    for (gsize i = 0; i < fm_table_n_columns(table); i++) {
        fm_table_add_column(part, fm_table_column_name(table, i), fm_table_column_type(table, i));
    }
    for (gsize row = begin; row < end; row++) {
        gsize to = fm_table_append_row(part);
        const FmGeometry *geometry = fm_table_geometry(table, row);
        for (gsize i = 0; i < fm_table_n_columns(table); i++) {
            if (fm_table_is_null(table, i, row)) {
                continue;
            }
            switch (fm_table_column_type(table, i)) {
            case FM_COLUMN_TEXT:
                fm_table_set_text(part, i, to, fm_table_text(table, i, row));
                break;
            case FM_COLUMN_INTEGER:
                fm_table_set_integer(part, i, to, fm_table_integer(table, i, row));
                break;
            case FM_COLUMN_REAL:
                fm_table_set_real(part, i, to, fm_table_number(table, i, row));
                break;
            }
        }
        fm_table_set_geometry(part, to, geometry != NULL ? fm_geometry_copy(geometry) : NULL);
    }
    return part;
}

static void put_slices(FmWriter *writer, const FmTable *table, gsize size)
{
    g_autoptr(GError) error = NULL;
    gsize n = fm_table_n_rows(table);

    for (gsize row = 0; row < n; row += size) {
        g_autoptr(FmPackedRows) rows =
            fm_writer_pack(writer, slice(table, row, MIN(row + size, n)), &error);
        g_assert_no_error(error);
        g_assert_true(fm_writer_put(writer, rows, &error));
        g_assert_no_error(error);
    }
}

static void test_batches(void)
{
    static const gsize sizes[] = {1, 255, 256, 257, 1000};
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) table = test_schools(256);
    g_autofree char *expect = fm_table_sha256(table);

    for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
        g_autoptr(GError) error = NULL;
        FmWriteReport report = {0, 0, 0};
        g_autoptr(FmRun) run = fm_run_begin(workspace, "load", NULL, NULL, &error);
        g_autoptr(FmWriter) writer = fm_writer_new(run, &spec, table, FM_WRITE_REPLACE, &error);
        g_assert_no_error(error);
        put_slices(writer, table, sizes[i]);
        g_assert_true(fm_writer_finish(writer, &report, NULL, &error));
        g_assert_true(fm_run_commit(run, &error));
        g_assert_cmpint(report.inserted, ==, 256);
        test_assert_query(workspace, "SELECT content_sha256 FROM fm_layer", expect);
        test_assert_sound(workspace);
    }
}

static void test_empty_and_unlocated(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    const char *const wkt[] = {NULL, NULL};

    for (gsize n = 0; n <= G_N_ELEMENTS(wkt); n += 2) {
        g_autoptr(GError) error = NULL;
        g_autoptr(FmTable) table = test_shapes(FM_GEOMETRY_POLYGON, wkt, n);
        g_autoptr(FmRun) run = fm_run_begin(workspace, "load", NULL, NULL, &error);
        g_autoptr(FmWriter) writer = fm_writer_new(run, &spec, table, FM_WRITE_REPLACE, &error);
        g_assert_no_error(error);
        put_slices(writer, table, 1);
        g_assert_true(fm_writer_finish(writer, NULL, NULL, &error));
        g_assert_true(fm_run_commit(run, &error));
        test_assert_sound(workspace);
        test_assert_query(workspace, "SELECT n_unlocated FROM fm_layer", n == 0 ? "0" : "2");
    }
}

static void test_repeated(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) table = test_schools(6);
    g_autoptr(FmTable) good = test_schools(6);
    g_autoptr(GHashTable) repeated = NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(FmRun) run = fm_run_begin(workspace, "load", NULL, NULL, &error);
    g_autoptr(FmWriter) writer = fm_writer_new(run, &spec, table, FM_WRITE_CREATE, &error);

    fm_table_set_text(table, 0, 5, "s1");
    fm_table_set_text(table, 0, 3, "s1");
    put_slices(writer, table, 2);
    g_assert_true(fm_writer_find_repeated(writer, &repeated, NULL, &error));
    g_assert_no_error(error);
    g_assert_cmpuint(g_hash_table_size(repeated), ==, 1);
    g_assert_true(g_hash_table_contains(repeated, "s1"));
    g_clear_pointer(&repeated, g_hash_table_unref);

    g_assert_true(fm_writer_rewind(writer, &error));
    put_slices(writer, good, 4);
    g_assert_true(fm_writer_find_repeated(writer, &repeated, NULL, &error));
    g_assert_null(repeated);
    g_assert_true(fm_writer_finish(writer, NULL, NULL, &error));
    g_assert_true(fm_run_commit(run, &error));
    g_autoptr(FmTable) found = fm_workspace_read(workspace, "school", NULL, NULL, &error);
    test_assert_tables_equal(found, good);
    test_assert_sound(workspace);
}

/* A writer that is given up takes its run with it. */
static void test_given_up(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) table = test_schools(6), lines = test_shapes(FM_GEOMETRY_POINT, NULL, 0);
    g_autoptr(GError) error = NULL;

    test_write_ok(workspace, "school", table, FM_WRITE_CREATE);
    g_autoptr(FmRun) run = fm_run_begin(workspace, "load", NULL, NULL, &error);
    FmWriter *writer = fm_writer_new(run, &spec, lines, FM_WRITE_REPLACE, &error);
    g_assert_no_error(error);
    fm_writer_free(writer);
    g_assert_false(fm_run_commit(run, &error));
    test_assert_error(&error, FM_ERROR_DATABASE, "an earlier write of this run failed");
    g_clear_pointer(&run, fm_run_free);
    test_assert_query(workspace, "SELECT COUNT(*) FROM school", "6");
    test_assert_sound(workspace);
}

static void test_wrong_type(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    const char *const wkt[] = {"LINESTRING (1 1, 2 2)"};
    g_autoptr(FmTable) points = test_shapes(FM_GEOMETRY_POINT, NULL, 0);
    g_autoptr(GError) error = NULL;
    g_autoptr(FmRun) run = fm_run_begin(workspace, "load", NULL, NULL, &error);
    g_autoptr(FmWriter) writer = fm_writer_new(run, &spec, points, FM_WRITE_CREATE, &error);

    g_assert_null(fm_writer_pack(writer, test_shapes(FM_GEOMETRY_LINESTRING, wkt, 1), &error));
    test_assert_error(&error, FM_ERROR_DATA, "cannot take LINESTRING");
}

void test_writer(void)
{
    g_test_add_func("/store/writer/batches", test_batches);
    g_test_add_func("/store/writer/empty-and-unlocated", test_empty_and_unlocated);
    g_test_add_func("/store/writer/repeated", test_repeated);
    g_test_add_func("/store/writer/given-up", test_given_up);
    g_test_add_func("/store/writer/wrong-type", test_wrong_type);
}
