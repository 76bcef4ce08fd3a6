/* Temporary folders and a small made-up town. */
#include "fixture.h"

#include <glib/gstdio.h>

char *fixture_folder(void)
{
    g_autoptr(GError) error = NULL;
    char *folder = g_dir_make_tmp("fm-render-XXXXXX", &error);
    g_assert_no_error(error);
    return folder;
}

void fixture_remove(const char *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    for (const char *name = g_dir_read_name(dir); name; name = g_dir_read_name(dir)) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_remove(path);
    }
    g_assert_cmpint(g_rmdir(folder), ==, 0);
}

guint fixture_count_files(const char *folder)
{
    guint n = 0;
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    while (g_dir_read_name(dir))
        n++;
    return n;
}

char *fixture_read(const char *path, gsize *size)
{
    char *content = NULL;
    g_autoptr(GError) error = NULL;
    g_file_get_contents(path, &content, size, &error);
    g_assert_no_error(error);
    return content;
}

/* ---- the town --------------------------------------------------------------------------- */

static void set_named(FmTable *table, gsize row, const char *id, const char *zh, const char *en)
{
    fm_table_set_text(table, fm_table_find_column(table, "id"), row, id);
    fm_table_set_text(table, fm_table_find_column(table, "name_zh"), row, zh);
    fm_table_set_text(table, fm_table_find_column(table, "name_en"), row, en);
}

static FmTable *named_table(FmGeometryType type)
{
    FmTable *table = fm_table_new(type);
    fm_table_add_column(table, "id", FM_COLUMN_TEXT);
    fm_table_add_column(table, "name_zh", FM_COLUMN_TEXT);
    fm_table_add_column(table, "name_en", FM_COLUMN_TEXT);
    return table;
}

static FmTable *make_areas(void)
{
    FmTable *table = named_table(FM_GEOMETRY_POLYGON);
    gsize residents = fm_table_add_column(table, "residents", FM_COLUMN_INTEGER);
    static const struct {
        const char *id, *zh, *en;
        double west;
        gint64 residents;
    } rows[] = {{"a-west", "西区", "West", 116.00, 100}, {"a-east", "东区", "East", 116.10, 200}};
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        gsize row = fm_table_append_row(table);
        set_named(table, row, rows[i].id, rows[i].zh, rows[i].en);
        fm_table_set_integer(table, residents, row, rows[i].residents);
        double west = rows[i].west, east = west + 0.1;
        FmLonLat ring[] = {{west, 40.0}, {east, 40.0}, {east, 40.1}, {west, 40.1}};
        fm_table_set_geometry(table, row, fm_geometry_new_path(FM_GEOMETRY_POLYGON, ring, 4));
    }
    return table;
}

static FmTable *make_schools(void)
{
    FmTable *table = named_table(FM_GEOMETRY_POINT);
    gsize status = fm_table_add_column(table, "status", FM_COLUMN_TEXT);
    gsize accuracy = fm_table_add_column(table, "position_accuracy_m", FM_COLUMN_REAL);
    gsize method = fm_table_add_column(table, "position_method", FM_COLUMN_TEXT);
    static const struct {
        const char *id, *zh, *en, *status;
        FmLonLat at;
        gboolean unlocated;
    } rows[] = {{"s1", "第一学校", "First School", "open", {116.05, 40.05}, FALSE},
                {"s2", "第二学校", "Second School", "planned", {116.15, 40.06}, FALSE},
                {"s3", "远方学校", "Distant School", "open", {117.50, 40.05}, FALSE},
                {"s4", "无址学校", "Lost School", "open", {0, 0}, TRUE}};
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        gsize row = fm_table_append_row(table);
        set_named(table, row, rows[i].id, rows[i].zh, rows[i].en);
        fm_table_set_text(table, status, row, rows[i].status);
        if (i != 2) /* one says nothing */
            fm_table_set_real(table, accuracy, row, i % 2 == 0 ? 100 : 2000);
        /* The lost one names an area too, but it was not found. */
        fm_table_set_text(table, method, row, i == 0 || rows[i].unlocated ? "area" : NULL);
        if (!rows[i].unlocated)
            fm_table_set_geometry(table, row, fm_geometry_new_point(rows[i].at));
    }
    return table;
}

static FmTable *make_roads(void)
{
    FmTable *table = named_table(FM_GEOMETRY_LINESTRING);
    gsize row = fm_table_append_row(table);
    set_named(table, row, "r1", "大路", "High Road");
    FmLonLat line[] = {{115.9, 40.03}, {116.1, 40.04}, {116.3, 40.02}};
    fm_table_set_geometry(table, row, fm_geometry_new_path(FM_GEOMETRY_LINESTRING, line, 3));
    return table;
}

static void write_layer(FmRun *run, const char *name, FmTable *table, gboolean modelled)
{
    g_autoptr(GError) error = NULL;
    FmLayerSpec spec = {.name = name,
                        .kind = name,
                        .title_en = name,
                        .title_zh = name,
                        .source = "made up for a test",
                        .licence = "ODbL 1.0",
                        .modelled = modelled};
    fm_run_write(run, &spec, table, FM_WRITE_CREATE, NULL, NULL, &error);
    g_assert_no_error(error);
    fm_table_free(table);
}

static void make_town(const char *path)
{
    FmWorkspaceOptions options = {.title_en = "Small Town", .title_zh = "小镇", .crs = "EPSG:4548"};
    g_autoptr(GError) error = NULL;
    g_autoptr(FmWorkspace) workspace = fm_workspace_create(path, &options, &error);
    g_assert_no_error(error);
    g_autoptr(FmRun) run = fm_run_begin(workspace, "load", NULL, NULL, &error);
    g_assert_no_error(error);
    write_layer(run, "area", make_areas(), TRUE);
    write_layer(run, "school", make_schools(), FALSE);
    write_layer(run, "road", make_roads(), FALSE);
    fm_run_commit(run, &error);
    g_assert_no_error(error);
}

/* The file of the town.  It is made once for the program, since making it takes longer than drawing
 * it; every test has its own copy. */
static GBytes *town_file(void)
{
    static GBytes *town;
    if (!town) {
        g_autofree char *folder = fixture_folder();
        g_autofree char *path = g_build_filename(folder, "town.sqlite", NULL);
        gsize size = 0;
        make_town(path);
        char *content = fixture_read(path, &size);
        town = g_bytes_new_take(content, size);
        fixture_remove(folder);
    }
    return town;
}

FmWorkspace *fixture_town(const char *folder)
{
    g_autofree char *path = g_build_filename(folder, "town.sqlite", NULL);
    g_autoptr(GError) error = NULL;
    gsize size = 0;
    const char *content = g_bytes_get_data(town_file(), &size);
    g_file_set_contents(path, content, (gssize)size, &error);
    g_assert_no_error(error);
    FmWorkspace *workspace = fm_workspace_open(path, FM_OPEN_WRITE, &error);
    g_assert_no_error(error);
    return workspace;
}

FmStyle *fixture_document(const char *metadata, const char *layers)
{
    g_autofree char *text = g_strdup_printf(
        "{\"version\": 8, \"name\": \"Test\", \"metadata\": %s,"
        " \"sources\": {\"workspace\": {\"type\": \"vector\", \"url\": \"facmap:workspace\"}},"
        " \"glyphs\": \"facmap:fonts/{fontstack}/{range}.pbf\", \"layers\": %s}",
        metadata, layers);
    g_autoptr(GError) error = NULL;
    FmStyle *style = fm_style_parse(text, "test.json", &error);
    g_assert_no_error(error);
    return style;
}
