/* All of a layer, in parts or only its ids. */
#include "fm-unit.h"
#include "support.h"

static void add_id(const char *id, void *user)
{
    g_string_append_printf(user, "%s ", id);
}

static void test_each_id(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) table = test_schools(4), plain = fm_table_new(FM_GEOMETRY_NONE);
    g_autoptr(GString) ids = g_string_new(NULL);
    g_autoptr(GError) error = NULL;

    fm_table_set_text(table, 0, 2, NULL);
    fm_table_add_column(plain, "n", FM_COLUMN_INTEGER);
    fm_table_append_row(plain);
    test_write_ok(workspace, "school", table, FM_WRITE_CREATE);
    test_write_ok(workspace, "plain", plain, FM_WRITE_CREATE);
    g_assert_true(fm_workspace_each_id(workspace, "school", add_id, ids, &error));
    g_assert_cmpstr(ids->str, ==, "s0 s1 s3 ");
    g_assert_true(fm_workspace_each_id(workspace, "plain", add_id, ids, &error));
    g_assert_cmpstr(ids->str, ==, "s0 s1 s3 ");
    g_assert_false(fm_workspace_each_id(workspace, "nothing", add_id, ids, &error));
    test_assert_error(&error, FM_ERROR_NOT_FOUND, "no layer 'nothing'");
}

typedef struct {
    FmTable *rows; /* what has come */
    gint64 last_fid;
    guint n_parts, stop_at;
} Gathered;

static gboolean gather(const FmTable *rows, const gint64 *fids, void *user, GError **error)
{
    Gathered *gathered = user;

    if (++gathered->n_parts == gathered->stop_at) {
        g_set_error(error, FM_ERROR, FM_ERROR_DATA, "enough");
        return FALSE;
    }
    for (gsize row = 0; row < fm_table_n_rows(rows); row++) {
        g_assert_cmpint(fids[row], >, gathered->last_fid);
        gathered->last_fid = fids[row];
        gsize to = fm_table_append_row(gathered->rows);
        fm_table_set_text(gathered->rows, 0, to, fm_table_text(rows, 0, row));
    }
    return TRUE;
}

static void test_each_part(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) table = test_schools(10000), ids = fm_table_new(FM_GEOMETRY_NONE);
    g_autoptr(GError) error = NULL;
    Gathered gathered = {.rows = ids};

    fm_table_add_column(ids, "id", FM_COLUMN_TEXT);
    test_write_ok(workspace, "school", table, FM_WRITE_CREATE);
    test_execute(workspace, "DELETE FROM school WHERE id = 's7'");
    g_assert_true(fm_workspace_each_part(workspace, "school", gather, &gathered, NULL, &error));
    g_assert_no_error(error);
    g_assert_cmpuint(fm_table_n_rows(ids), ==, 9999);
    g_assert_cmpuint(gathered.n_parts, >, 1);
    g_assert_cmpstr(fm_table_text(ids, 0, 7), ==, "s8");
    g_assert_cmpint(gathered.last_fid, ==, 10000);

    gathered = (Gathered){.rows = ids, .stop_at = 2};
    g_assert_false(fm_workspace_each_part(workspace, "school", gather, &gathered, NULL, &error));
    test_assert_error(&error, FM_ERROR_DATA, "enough");
    g_assert_false(fm_workspace_each_part(workspace, "none", gather, &gathered, NULL, &error));
    test_assert_error(&error, FM_ERROR_NOT_FOUND, "no layer 'none'");
}

void test_each(void)
{
    g_test_add_func("/store/each/ids", test_each_id);
    g_test_add_func("/store/each/parts", test_each_part);
}
