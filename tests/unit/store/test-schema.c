/* The mechanism of migrations, with steps made up here; newer files; what the constraints
 * refuse. */
#include "fm-unit.h"
#include "support.h"

static const char *const add_colour[] = {"ALTER TABLE fm_layer ADD COLUMN colour TEXT",
                                         "UPDATE fm_layer SET colour = 'red'", NULL};
static const char *const add_place[] = {"CREATE TABLE fm_place (name TEXT)", NULL};
static const char *const broken[] = {"CREATE TABLE fm_more (name TEXT)",
                                     "INSERT INTO no_such_table VALUES (1)", NULL};

static void assert_version(FmWorkspace *workspace, int expect)
{
    g_autoptr(GError) error = NULL;
    int version = -1;

    g_assert_true(fm_schema_version(workspace, &version, &error));
    g_assert_cmpint(version, ==, expect);
}

static void test_migrate(void)
{
    const FmMigration steps[] = {{FM_SCHEMA_VERSION, NULL},
                                 {FM_SCHEMA_VERSION + 1, add_colour},
                                 {FM_SCHEMA_VERSION + 2, add_place}};
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autofree char *path = test_folder_file(&folder, "a.sqlite");
    g_autoptr(FmTable) table = test_schools(3);
    g_autoptr(GError) error = NULL;

    test_write_ok(workspace, "school", table, FM_WRITE_CREATE);
    g_assert_true(fm_schema_migrate(workspace, steps, 1, &error)); /* nothing to do */
    assert_version(workspace, FM_SCHEMA_VERSION);
    g_assert_true(fm_schema_migrate(workspace, steps, 3, &error));
    assert_version(workspace, FM_SCHEMA_VERSION + 2);
    test_assert_query(workspace, "SELECT colour FROM fm_layer", "red");
    test_assert_query(workspace, "SELECT COUNT(*) FROM fm_place", "0");
    test_assert_sound(workspace);

    /* It is now newer than what this library reads. */
    for (int mode = FM_OPEN_READ; mode <= FM_OPEN_WRITE; mode++) {
        g_assert_null(fm_workspace_open(path, (FmOpenMode)mode, &error));
        test_assert_error(&error, FM_ERROR_DATABASE,
                          "was made by a newer facmap (schema 4; this one reads up to 2): upgrade "
                          "facmap");
    }
}

static void test_all_steps_or_none(void)
{
    const FmMigration steps[] = {{FM_SCHEMA_VERSION + 1, add_place},
                                 {FM_SCHEMA_VERSION + 2, broken}};
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(GError) error = NULL;

    g_assert_false(fm_schema_migrate(workspace, steps, 2, &error));
    test_assert_error(&error, FM_ERROR_DATABASE, "schema 4: ");
    assert_version(workspace, FM_SCHEMA_VERSION);
    test_assert_query(
        workspace, "SELECT COUNT(*) FROM sqlite_master WHERE name IN ('fm_place', 'fm_more')", "0");
    test_assert_sound(workspace);
}

static void test_steps_are_numbered(void)
{
    for (gsize i = 0; i < fm_schema_n_steps; i++) {
        g_assert_cmpint(fm_schema_steps[i].version, ==, (int)i + 1);
    }
    g_assert_cmpuint(fm_schema_n_steps, ==, FM_SCHEMA_VERSION);
}

/* The file itself refuses what no facmap writes. */
static void test_constraints(void)
{
    static const char *const refused[] = {
        "UPDATE fm_layer SET name = 'School'",
        "UPDATE fm_layer SET name = 'a b'",
        "UPDATE fm_layer SET kind = ''",
        "UPDATE fm_layer SET geometry_type = 'CURVE'",
        "UPDATE fm_layer SET srid = 3857",
        "UPDATE fm_layer SET geometry_type = 'NONE'",
        "UPDATE fm_layer SET n_rows = -1",
        "UPDATE fm_layer SET n_unlocated = n_rows + 1",
        "UPDATE fm_layer SET source_sha256 = 'abc'",
        "UPDATE fm_layer SET content_sha256 = NULL",
        "UPDATE fm_layer SET modelled = 2",
        "UPDATE fm_layer SET loaded_at = 'yesterday'",
        "UPDATE fm_layer SET run_id = 99",
        "DELETE FROM fm_run",
        "UPDATE fm_run SET parameters = '[]'",
        "UPDATE fm_run SET inputs = '{}'",
        "UPDATE fm_run SET outcome = 'failed'",
        "UPDATE fm_run SET started = ''",
        "INSERT INTO fm_column (layer, position, name) VALUES ('no', 1, 'x')",
        "INSERT INTO fm_column (layer, position, name) VALUES ('school', 0, 'x')",
        "INSERT INTO fm_meta (key, value) VALUES ('', 'x')",
        "INSERT INTO fm_meta (key, value) VALUES ('title_en', NULL)",
    };
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) table = test_schools(3);

    test_write_ok(workspace, "school", table, FM_WRITE_CREATE);
    for (gsize i = 0; i < G_N_ELEMENTS(refused); i++) {
        workspace->may_commit = TRUE;
        int code = sqlite3_exec(workspace->db, refused[i], NULL, NULL, NULL);
        workspace->may_commit = FALSE;
        g_test_message("%s", refused[i]);
        g_assert_cmpint(code & 0xff, ==, SQLITE_CONSTRAINT);
    }
    test_assert_sound(workspace);
}

void test_schema(void)
{
    g_test_add_func("/store/schema/migrate", test_migrate);
    g_test_add_func("/store/schema/all-steps-or-none", test_all_steps_or_none);
    g_test_add_func("/store/schema/steps-are-numbered", test_steps_are_numbered);
    g_test_add_func("/store/schema/constraints", test_constraints);
}
