/* Small road networks as text. */
#include "road-fixture.h"

#include <facmap/load.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

void road_fixture_open(RoadFixture *fixture)
{
    g_autoptr(GError) error = NULL;

    fixture->folder = g_dir_make_tmp("facmap-network-XXXXXX", &error);
    g_assert_no_error(error);
    fixture->path = g_build_filename(fixture->folder, "town.sqlite", NULL);
    fixture->workspace = fm_workspace_create(fixture->path, NULL, &error);
    g_assert_no_error(error);
}

void road_fixture_close(RoadFixture *fixture)
{
    if (fixture->folder == NULL)
        return; /* never opened: the test was skipped */
    g_clear_pointer(&fixture->workspace, fm_workspace_free);
    g_autoptr(GDir) dir = g_dir_open(fixture->folder, 0, NULL);
    for (const char *name; (name = g_dir_read_name(dir)) != NULL;) {
        g_autofree char *path = g_build_filename(fixture->folder, name, NULL);
        g_unlink(path);
    }
    g_rmdir(fixture->folder);
    g_clear_pointer(&fixture->path, g_free);
    g_clear_pointer(&fixture->folder, g_free);
}

static void add_columns(FmTable *table, char **heads)
{
    for (char **head = heads; *head != NULL; head++) {
        g_auto(GStrv) parts = g_strsplit(*head, ":", 2);
        FmColumnType type = parts[1] == NULL             ? FM_COLUMN_TEXT
                            : g_str_equal(parts[1], "i") ? FM_COLUMN_INTEGER
                                                         : FM_COLUMN_REAL;
        if (!g_str_equal(parts[0], "wkt")) {
            fm_table_add_column(table, parts[0], type);
        }
    }
}

static void set_cell(FmTable *table, const char *head, gsize row, const char *text)
{
    g_auto(GStrv) parts = g_strsplit(head, ":", 2);
    g_autoptr(GError) error = NULL;

    if (*text == '\0') {
        return;
    }
    if (g_str_equal(parts[0], "wkt")) {
        fm_table_set_geometry(table, row, fm_geometry_from_wkt(text, &error));
        g_assert_no_error(error);
        return;
    }
    gsize column = fm_table_find_column(table, parts[0]);
    if (fm_table_column_type(table, column) == FM_COLUMN_TEXT) {
        fm_table_set_text(table, column, row, text);
    } else if (fm_table_column_type(table, column) == FM_COLUMN_INTEGER) {
        fm_table_set_integer(table, column, row, g_ascii_strtoll(text, NULL, 10));
    } else {
        fm_table_set_real(table, column, row, g_ascii_strtod(text, NULL));
    }
}

FmTable *road_table(const char *text)
{
    FmTable *table = fm_table_new(FM_GEOMETRY_ANY);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_auto(GStrv) heads = g_strsplit(lines[0], "|", -1);

    add_columns(table, heads);
    for (char **line = lines + 1; *line != NULL; line++) {
        g_auto(GStrv) cells = g_strsplit(*line, "|", -1);
        if (**line == '\0') {
            continue;
        }
        g_assert_cmpuint(g_strv_length(cells), ==, g_strv_length(heads));
        gsize row = fm_table_append_row(table);
        for (gsize i = 0; heads[i] != NULL; i++) {
            set_cell(table, heads[i], row, cells[i]);
        }
    }
    return table;
}

void road_fixture_put(RoadFixture *fixture, const char *layer, const char *kind, const char *text)
{
    g_autoptr(FmTable) table = road_table(text);
    g_autoptr(GError) error = NULL;
    g_autoptr(FmRun) run = fm_run_begin(fixture->workspace, "load", NULL, NULL, &error);
    FmLayerSpec spec = {.name = layer, .kind = kind};

    g_assert_no_error(error);
    fm_run_write(run, &spec, table, FM_WRITE_REPLACE, NULL, NULL, &error);
    g_assert_no_error(error);
    fm_run_commit(run, &error);
    g_assert_no_error(error);
}

FmTable *road_fixture_load(RoadFixture *fixture, const char *path)
{
    g_autoptr(FmSource) source = fm_source_new(path);
    const FmSource *sources[] = {source};
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) reports = NULL;
    FmLoadOptions options = {0};

    source->kind = g_strdup("network");
    source->layer = g_strdup("roads");
    source->crs = g_strdup("EPSG:4326");
    fm_load(fixture->workspace, NULL, sources, 1, &options, &reports, NULL, NULL, &error);
    g_assert_no_error(error);
    FmTable *table = fm_workspace_read(fixture->workspace, "roads", NULL, NULL, &error);
    g_assert_no_error(error);
    return table;
}

FmProfile *road_profile(const char *parts)
{
    g_autoptr(GError) error = NULL;
    FmProfile *profile = NULL;

    if (*parts == '"') {
        g_autofree char *json =
            g_strdup_printf("{\"facmap_profile\": 1, \"name\": \"test\", %s}", parts);
        profile = fm_profile_parse(json, strlen(json), "test.json", &error);
    } else {
        profile = fm_profile_read(parts, &error);
    }
    g_assert_no_error(error);
    return profile;
}

FmNetwork *road_network_changed(RoadFixture *fixture, const char *profile, FmLimitKind cost,
                                const char *closed, const char *opened)
{
    g_autoptr(FmProfile) read = road_profile(profile);
    g_autoptr(GError) error = NULL;
    FmNetworkOptions options = {
        .layer = "roads", .profile = read, .cost = cost, .closed = closed, .opened = opened};
    FmNetwork *network = fm_network_open(fixture->workspace, &options, NULL, &error);

    g_assert_no_error(error);
    return network;
}

FmNetwork *road_network(RoadFixture *fixture, const char *profile, FmLimitKind cost)
{
    return road_network_changed(fixture, profile, cost, NULL, NULL);
}

void road_network_fails(RoadFixture *fixture, const char *profile, FmError code, const char *part)
{
    g_autoptr(FmProfile) read = road_profile(profile);
    g_autoptr(GError) error = NULL;
    FmNetworkOptions options = {.layer = "roads", .profile = read, .cost = FM_LIMIT_TIME};

    g_assert_null(fm_network_open(fixture->workspace, &options, NULL, &error));
    road_assert_error(&error, code, part);
}

/* The graph node of the junction nearest to a position. */
static guint32 junction_at(const FmNetwork *network, FmLonLat position)
{
    double nearest_m = (double)INFINITY;
    guint32 node = FM_NODE_NONE;

    for (guint i = 0; i < network->roads->edges->len; i++) {
        const FmRoadEdge *edge = &g_array_index(network->roads->edges, FmRoadEdge, i);
        for (guint side = 0; side < 2; side++) {
            FmLonLat end = g_array_index(network->roads->points, FmLonLat,
                                         edge->first + (side == 0 ? 0 : edge->n - 1));
            double distance_m = fm_geodesic_distance_m(position, end);
            if (distance_m < nearest_m) {
                nearest_m = distance_m;
                node = edge->node[side];
            }
        }
    }
    return node;
}

double road_cost(const FmNetwork *network, FmLonLat from, FmLonLat to)
{
    FmSeed begin = {junction_at(network, from), 0}, end = {junction_at(network, to), 0};
    g_autoptr(GArray) arcs = g_array_new(FALSE, FALSE, sizeof(guint32));

    return fm_graph_route(fm_network_graph(network), &begin, 1, &end, 1, (double)INFINITY, arcs,
                          NULL);
}

guint32 road_edge_with(const FmNetwork *network, FmLonLat position)
{
    for (guint32 i = 0; i < fm_network_n_edges(network); i++) {
        FmEdge edge = fm_network_edge(network, i);
        for (guint32 p = 0; p < edge.n_points; p++) {
            if (fm_vertex_key(edge.points[p]) == fm_vertex_key(position)) {
                return i;
            }
        }
    }
    g_assert_not_reached();
}

void road_assert_error(GError **error, FmError code, const char *part)
{
    g_assert_error(*error, FM_ERROR, (int)code);
    g_assert_null(strchr((*error)->message, '\n'));
    if (strstr((*error)->message, part) == NULL) {
        g_error("no '%s' in: %s", part, (*error)->message);
    }
    g_clear_error(error);
}

char *road_shared(const char *file)
{
    const char *shared = g_getenv("FACMAP_SHARED");
    g_autofree char *path = shared != NULL ? g_build_filename(shared, "data", file, NULL) : NULL;

    if (path == NULL || !g_file_test(path, G_FILE_TEST_EXISTS)) {
        g_test_skip("the shared test data is not there");
        return NULL;
    }
    return g_steal_pointer(&path);
}
