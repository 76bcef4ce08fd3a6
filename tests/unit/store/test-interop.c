/* A workspace is an ordinary SpatiaLite file to the tools that people have. */
#include "fm-unit.h"
#include "support.h"

#include <string.h>

/* The output of a tool; NULL, and the test is skipped, where it is not installed. */
static char *run_tool(const char *const *arguments)
{
    g_autofree char *program = g_find_program_in_path(arguments[0]);
    g_autoptr(GError) error = NULL;
    char *out = NULL;
    g_autofree char *messages = NULL;
    int status = 0;

    if (program == NULL) {
        g_autofree char *reason = g_strdup_printf("%s is not installed", arguments[0]);
        g_test_skip(reason);
        return NULL;
    }
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    for (gsize i = 0; arguments[i] != NULL; i++) {
        g_strv_builder_add(builder, arguments[i]);
    }
    g_auto(GStrv) argv = g_strv_builder_end(builder);
    g_assert_true(g_spawn_sync(NULL, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, &messages,
                               &status, &error));
    g_test_message("%s%s", out, messages);
    g_assert_true(g_spawn_check_wait_status(status, &error));
    g_assert_cmpstr(messages, ==, "");
    return out;
}

static void assert_has(const char *text, const char *part)
{
    if (strstr(text, part) == NULL) {
        g_test_message("no '%s' in: %s", part, text);
        g_test_fail();
    }
}

/* A workspace with a layer that has been written in every way; its path, transfer full. */
static char *make(const TestFolder *folder)
{
    static const char *const wkt[] = {"POLYGON ((116 39, 117 39, 117 40, 116 39))"};
    g_autoptr(FmWorkspace) workspace = test_new_workspace(folder, "a.sqlite");
    g_autoptr(FmTable) first = test_schools(30), second = test_schools(40);
    g_autoptr(FmTable) area = test_shapes(FM_GEOMETRY_MULTIPOLYGON, wkt, 1);
    g_autoptr(FmTable) plain = fm_table_new(FM_GEOMETRY_NONE);

    fm_table_add_column(second, "备注", FM_COLUMN_TEXT);
    test_write_ok(workspace, "school", first, FM_WRITE_CREATE);
    test_write_ok(workspace, "school", second, FM_WRITE_UPDATE);
    test_write_ok(workspace, "area", area, FM_WRITE_CREATE);
    test_write_ok(workspace, "plain", plain, FM_WRITE_CREATE);
    return g_strdup(fm_workspace_path(workspace));
}

static void test_spatialite(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autofree char *path = make(&folder);
    const char *const arguments[] = {
        "spatialite",
        "-silent",
        "-batch",
        path,
        "SELECT CheckSpatialMetaData(), CheckSpatialIndex(), CountUnsafeTriggers();"
        "SELECT COUNT(*), SUM(ST_X(geom) > 0) FROM school WHERE 备注 IS NULL;"
        "INSERT INTO school (id, geom) VALUES ('new', MakePoint(116, 40, 4326));"
        "SELECT CheckSpatialIndex('school', 'geom'), GeometryType(geom) FROM area;",
        NULL};
    g_autofree char *out = run_tool(arguments);

    if (out != NULL) {
        assert_has(out, "3|1|0\n");
        assert_has(out, "40|37\n");
        assert_has(out, "1|MULTIPOLYGON\n");
    }
}

static void test_ogrinfo(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autofree char *path = make(&folder);
    const char *const arguments[] = {"ogrinfo", "-ro", "-so", path, "school", "area", NULL};
    g_autofree char *out = run_tool(arguments);

    if (out != NULL) {
        assert_has(out, "Geometry: Point\n");
        assert_has(out, "Geometry: Multi Polygon\n");
        assert_has(out, "Feature Count: 40\n");
        assert_has(out, "Extent: (115.5");
        assert_has(out, "ID[\"EPSG\",4326]]");
        assert_has(out, "FID Column = fid\n");
        assert_has(out, "Geometry Column = geom\n");
        assert_has(out, "capacity: Integer");
        assert_has(out, "area_ha: Real");
        assert_has(out, "备注: String");
    }
}

void test_interop(void)
{
    g_test_add_func("/store/interop/spatialite", test_spatialite);
    g_test_add_func("/store/interop/ogrinfo", test_ogrinfo);
}
