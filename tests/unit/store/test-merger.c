/* Rows into a layer one by one: what is found, what is put where, and that it makes no difference
 * to writing a table at once. */
#include "fm-unit.h"
#include "support.h"

#include <facmap/store.h>

static FmRun *begin(FmWorkspace *workspace)
{
    g_autoptr(GError) error = NULL;
    FmRun *run = fm_run_begin(workspace, "load", NULL, NULL, &error);

    g_assert_no_error(error);
    return run;
}

static FmMerger *merge(FmRun *run, const FmTable *columns, FmWriteMode mode)
{
    static const FmLayerSpec spec = {.name = "school"};
    g_autoptr(GError) error = NULL;
    FmMerger *merger = fm_merger_new(run, &spec, columns, mode, &error);

    g_assert_no_error(error);
    return merger;
}

static FmMergeTarget find(FmMerger *merger, const FmTable *rows, gsize row)
{
    g_autoptr(GError) error = NULL;
    FmMergeTarget target;

    g_assert_true(fm_merger_find(merger, rows, row, &target, &error));
    g_assert_no_error(error);
    return target;
}

static void put(FmMerger *merger, const FmTable *rows, gsize row, const FmMergeTarget *target,
                guint32 number, FmTable **before)
{
    g_autoptr(GError) error = NULL;

    fm_merger_put(merger, rows, row, target, number, before, &error);
    g_assert_no_error(error);
}

/* An update row by row leaves what fm_run_write() leaves, byte for byte in the hash, and says what
 * the changed rows were. */
static void test_like_a_table(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) at_once = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmWorkspace) one_by_one = test_new_workspace(&folder, "b.sqlite");
    g_autoptr(FmTable) first = test_schools(400), second = test_schools(420);
    g_autoptr(GError) error = NULL;
    FmWriteReport report;
    gsize n_before = 0;

    fm_table_set_text(second, 1, 3, "改名中学");
    fm_table_set_geometry(second, 8, fm_geometry_new_point((FmLonLat){116, 40}));
    test_write_ok(at_once, "school", first, FM_WRITE_CREATE);
    test_write_ok(one_by_one, "school", first, FM_WRITE_CREATE);
    test_write_ok(at_once, "school", second, FM_WRITE_UPDATE);

    g_autoptr(FmRun) run = begin(one_by_one);
    g_autoptr(FmMerger) merger = merge(run, second, FM_WRITE_UPDATE);
    for (gsize row = 0; row < fm_table_n_rows(second); row++) {
        FmMergeTarget target = find(merger, second, row);
        g_autoptr(FmTable) before = NULL;
        g_assert_cmpint(target.fid, ==, row < 400 ? (gint64)row + 1 : 0);
        g_assert_cmpuint(target.number, ==, 0);
        put(merger, second, row, &target, (guint32)row + 1, &before);
        g_assert_true((before != NULL) == (row == 3 || row == 8));
        if (before != NULL) {
            g_assert_cmpstr(fm_table_text(before, 1, 0), ==, fm_table_text(first, 1, row));
            n_before++;
        }
        g_assert_cmpuint(find(merger, second, row).number, ==, row + 1);
    }
    g_assert_cmpuint(n_before, ==, 2);
    g_assert_true(fm_merger_finish(merger, &report, NULL, &error));
    g_assert_cmpint(report.inserted, ==, 20);
    g_assert_cmpint(report.updated, ==, 2);
    g_assert_cmpint(report.unchanged, ==, 398);
    g_assert_true(fm_run_commit(run, &error));
    g_assert_no_error(error);
    g_autofree char *expect = test_query(at_once, "SELECT content_sha256 FROM fm_layer");
    test_assert_query(one_by_one, "SELECT content_sha256 FROM fm_layer", expect);
    test_assert_sound(one_by_one);
}

/* Keys that other programs gave may lie anywhere. */
static void test_keys_far_apart(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) rows = test_schools(3);
    g_autoptr(GError) error = NULL;

    test_write_ok(workspace, "school", rows, FM_WRITE_CREATE);
    test_execute(workspace, "UPDATE school SET fid = -5000 WHERE id = 's0'");
    test_execute(workspace, "UPDATE school SET fid = 4611686018427387904 WHERE id = 's2'");
    g_autoptr(FmRun) run = begin(workspace);
    g_autoptr(FmMerger) merger = merge(run, rows, FM_WRITE_UPDATE);
    for (gsize row = 0; row < 3; row++) {
        FmMergeTarget target = find(merger, rows, row);
        g_assert_cmpint(target.fid, !=, 0);
        put(merger, rows, row, &target, (guint32)row + 7, NULL);
    }
    for (gsize row = 0; row < 3; row++) {
        g_assert_cmpuint(find(merger, rows, row).number, ==, row + 7);
    }
    g_assert_true(fm_merger_finish(merger, NULL, NULL, &error));
    g_assert_no_error(error);
}

/* An id that is there is refused in an append; what was put before is undone with the run. */
static void test_append_refuses(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) first = test_schools(3), more = test_schools(5);
    g_autoptr(GError) error = NULL;

    test_write_ok(workspace, "school", first, FM_WRITE_CREATE);
    {
        g_autoptr(FmRun) run = begin(workspace);
        g_autoptr(FmMerger) merger = merge(run, more, FM_WRITE_APPEND);
        put(merger, more, 4, NULL, 1, NULL);
        g_assert_false(fm_merger_put(merger, more, 1, NULL, 2, NULL, &error));
        test_assert_error(&error, FM_ERROR_DATA, "the id 's1' exists already");
        g_clear_pointer(&merger, fm_merger_free);
        g_assert_false(fm_run_commit(run, &error));
        test_assert_error(&error, FM_ERROR_DATABASE, "earlier write of this run failed");
    }
    test_assert_query(workspace, "SELECT COUNT(*) FROM school", "3");
    test_assert_sound(workspace);
}

/* A row that is known by its key takes the id of the row in the layer, which may have none. */
static void test_take(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) rows = test_schools(2);
    g_autoptr(GError) error = NULL;
    FmMergeTarget target;

    test_write_ok(workspace, "school", rows, FM_WRITE_CREATE);
    test_execute(workspace, "UPDATE school SET fid = -1 WHERE id = 's0'");
    test_execute(workspace, "UPDATE school SET id = NULL WHERE id = 's1'");
    fm_table_set_text(rows, 0, 0, "made-1");
    fm_table_set_text(rows, 0, 1, "made-2");
    g_autoptr(FmRun) run = begin(workspace);
    g_autoptr(FmMerger) merger = merge(run, rows, FM_WRITE_UPDATE);
    g_assert_true(fm_merger_take(merger, -1, rows, 0, &target, &error));
    g_assert_cmpstr(fm_table_text(rows, 0, 0), ==, "s0");
    g_assert_true(target.fid == -1 && target.number == 0);
    put(merger, rows, 0, &target, 5, NULL);
    g_assert_true(fm_merger_take(merger, -1, rows, 0, &target, &error));
    g_assert_cmpuint(target.number, ==, 5);
    g_assert_true(fm_merger_take(merger, 2, rows, 1, &target, &error));
    g_assert_cmpstr(fm_table_text(rows, 0, 1), ==, "made-2");
    g_assert_true(fm_merger_finish(merger, NULL, NULL, &error));
    g_assert_no_error(error);
}

void test_merger(void)
{
    g_test_add_func("/store/merger/take", test_take);
    g_test_add_func("/store/merger/like-a-table", test_like_a_table);
    g_test_add_func("/store/merger/keys-far-apart", test_keys_far_apart);
    g_test_add_func("/store/merger/append-refuses", test_append_refuses);
}
