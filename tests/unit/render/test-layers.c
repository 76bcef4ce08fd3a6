/* The layers of a page: read, exchanged, checked, projected, chosen and ordered. */
#include "fixture.h"
#include "fm-unit.h"
#include "layers.h"

#include <string.h>

typedef struct {
    char *folder;
    FmWorkspace *workspace;
} Town;

static void set_up(Town *town, gconstpointer data)
{
    (void)data;
    town->folder = fixture_folder();
    town->workspace = fixture_town(town->folder);
}

static void tear_down(Town *town, gconstpointer data)
{
    (void)data;
    fm_workspace_free(town->workspace);
    fixture_remove(town->folder);
    g_free(town->folder);
}

/* Read the layers of a document; the page is freed again, for the layers do not need it. */
static FmMapLayers *read_layers(const Town *town, const FmStyle *style, const char *results,
                                GError **error)
{
    g_autoptr(FmPage) page = fm_page_new(style, NULL);
    g_assert_nonnull(page);
    return fm__map_layers_new(town->workspace, style, page, results, NULL, error);
}

#define CIRCLES(source, more)                                                                      \
    "{\"id\": \"x\", \"type\": \"circle\", \"source\": \"workspace\","                             \
    " \"source-layer\": \"" source "\"" more "}"

static void names(Town *town, gconstpointer data)
{
    (void)data;
    g_autoptr(FmStyle) style = fixture_document("{\"facmap:locator\": {\"layer\": \"area\"}}",
                                                "[" CIRCLES("school", "") "]");
    g_autoptr(FmMapLayers) layers = read_layers(town, style, NULL, NULL);
    const GPtrArray *all = fm__map_layers_names(layers);
    g_assert_cmpuint(all->len, ==, 2);
    g_assert_cmpstr(all->pdata[0], ==, "area");
    g_assert_cmpstr(all->pdata[1], ==, "school");
    g_assert_cmpuint(fm_table_n_rows(fm__map_layers_find(layers, "school")->table), ==, 4);
    g_assert_null(fm__map_layers_find(layers, "road"));
}

static void exchanged(Town *town, gconstpointer data)
{
    (void)data;
    g_autoptr(FmStyle) style = fixture_document("{}", "[" CIRCLES("clinic", "") "]");
    g_autoptr(GError) error = NULL;
    g_assert_null(read_layers(town, style, NULL, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_NOT_FOUND);
    g_assert_nonnull(strstr(error->message, "clinic"));
    g_autoptr(FmMapLayers) layers = read_layers(town, style, "clinic=school", NULL);
    g_assert_nonnull(layers);
    g_assert_cmpstr(fm__map_layers_find(layers, "clinic")->info->name, ==, "school");
}

/* A layer is optional when all who draw it say so. */
static void optional(Town *town, gconstpointer data)
{
    (void)data;
#define OPTIONAL ", \"metadata\": {\"facmap:optional\": true}"
    g_autoptr(FmStyle) style = fixture_document("{}", "[" CIRCLES("clinic", OPTIONAL) "]");
    g_autoptr(FmMapLayers) layers = read_layers(town, style, NULL, NULL);
    g_assert_nonnull(layers);
    g_assert_null(fm__map_layers_find(layers, "clinic"));
    g_autoptr(FmStyle) mixed = fixture_document(
        "{}", "[" CIRCLES("clinic", OPTIONAL) ","
                                              " {\"id\": \"y\", \"type\": \"line\", \"source\": "
                                              "\"workspace\", \"source-layer\": \"clinic\"}]");
    g_autoptr(GError) error = NULL;
    g_assert_null(read_layers(town, mixed, NULL, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_NOT_FOUND);
#undef OPTIONAL
}

static void rows(Town *town, gconstpointer data)
{
    (void)data;
    g_autoptr(FmStyle) style = fixture_document(
        "{}", "[" CIRCLES("school", ", \"filter\": [\"!=\", [\"get\", \"id\"], \"s9\"],"
                                    " \"layout\": {\"circle-sort-key\": [\"match\", [\"get\", "
                                    "\"id\"], \"s1\", 2, 1]}") "]");
    g_autoptr(FmMapLayers) layers = read_layers(town, style, NULL, NULL);
    static char a3[] = "A3";
    FmPage page = {.size = a3};
    FmSheet sheet;
    g_assert_true(fm__sheet_init(&sheet, &page, NULL, 0, NULL));
    g_autoptr(FmFrame) frame = fm__frame_new("EPSG:4548", NULL);
    FmBounds bounds = {410000, 4425000, 435000, 4440000};
    g_assert_true(fm__frame_fit(frame, &sheet, bounds, 0, NULL));
    g_assert_true(fm__map_layers_project(layers, frame, &sheet.frame, 2, NULL, NULL));
    const FmMapLayer *school = fm__map_layers_find(layers, "school");
    g_assert_cmpuint(school->shapes[0]->n_points, ==, 1);
    g_assert_cmpuint(school->shapes[2]->n_points, ==, 0); /* far away */
    g_assert_null(school->shapes[3]);                     /* without a position */
    const FmStyleLayer *circles = fm_style_layer(style, 0);
    g_autoptr(GArray) plain = fm__map_layer_rows(school, circles, FM_N_PROPS, 10);
    g_assert_cmpuint(plain->len, ==, 2);
    g_assert_cmpuint(g_array_index(plain, gsize, 0), ==, 0);
    g_autoptr(GArray) sorted = fm__map_layer_rows(school, circles, FM_PROP_CIRCLE_SORT_KEY, 10);
    g_assert_cmpuint(g_array_index(sorted, gsize, 0), ==, 1);
    g_assert_cmpuint(g_array_index(sorted, gsize, 1), ==, 0);
}

void test_layers(void)
{
    g_test_add("/render/layers/names", Town, NULL, set_up, names, tear_down);
    g_test_add("/render/layers/exchanged", Town, NULL, set_up, exchanged, tear_down);
    g_test_add("/render/layers/optional", Town, NULL, set_up, optional, tear_down);
    g_test_add("/render/layers/rows", Town, NULL, set_up, rows, tear_down);
}
