/* Shapes of a layer: one a row that has a position and is not hidden, cut to the clip unless
 * something is measured along them, and the same for any number of threads. */
#include "fixture.h"
#include "fm-unit.h"
#include "layers.h"

#include <string.h>

typedef struct {
    char *folder;
    FmWorkspace *workspace;
    FmStyle *style;
    FmPage *page;
    FmMapLayers *layers;
    FmFrame *frame;
    FmSheet sheet;
} Town;

static void set_up(Town *town, gconstpointer data)
{
    (void)data;
    town->folder = fixture_folder();
    town->workspace = fixture_town(town->folder);
    town->style = fixture_document("{}", "[{\"id\": \"x\", \"type\": \"line\", \"source\":"
                                         " \"workspace\", \"source-layer\": \"road\"}, {\"id\":"
                                         " \"y\", \"type\": \"circle\", \"source\": \"workspace\","
                                         " \"source-layer\": \"school\"}]");
    town->page = fm_page_new(town->style, NULL);
    town->layers = fm__map_layers_new(town->workspace, town->style, town->page, NULL, NULL, NULL);
    g_assert_nonnull(town->layers);
    g_assert_true(fm__sheet_init(&town->sheet, town->page, NULL, 0, NULL));
    town->frame = fm__frame_new("EPSG:4548", NULL);
    const FmBounds bounds = {410000, 4425000, 435000, 4440000};
    g_assert_true(fm__frame_fit(town->frame, &town->sheet, bounds, 0, NULL));
}

static void tear_down(Town *town, gconstpointer data)
{
    (void)data;
    fm__map_layers_free(town->layers);
    fm__frame_free(town->frame);
    fm_page_free(town->page);
    fm_style_free(town->style);
    fm_workspace_free(town->workspace);
    fixture_remove(town->folder);
    g_free(town->folder);
}

/* More rows than a worker takes at once, in the place of the schools. */
static void many_points(FmMapLayer *layer)
{
    g_autoptr(FmTable) table = fm_table_new(FM_GEOMETRY_POINT);
    for (guint i = 0; i < 1500; i++) {
        const FmLonLat at = {116 + (i % 40) * 0.005, 40 + (i / 40) * 0.003};
        fm_table_set_geometry(table, fm_table_append_row(table), fm_geometry_new_point(at));
    }
    fm_table_free(layer->table);
    layer->table = g_steal_pointer(&table);
}

static void threads(Town *town, gconstpointer data)
{
    (void)data;
    FmMapLayer *one = fm__map_layers_edit(town->layers, "school");
    many_points(one);
    g_autoptr(FmMapLayers) view = fm__map_layers_view(town->layers);
    const FmMapLayer *three = fm__map_layers_find(view, "school");
    const FmPageRect *clip = &town->sheet.frame;
    g_assert_true(fm__map_layers_project(town->layers, town->frame, clip, 1, NULL, NULL));
    g_assert_true(fm__map_layers_project(view, town->frame, clip, 3, NULL, NULL));
    gsize n_seen = 0;
    for (gsize row = 0; row < fm_table_n_rows(one->table); row++) {
        const FmShape *a = one->shapes[row], *b = three->shapes[row];
        g_assert_cmpuint(a->n_points, ==, b->n_points);
        n_seen += a->n_points;
        for (gsize i = 0; i < a->n_points; i++) {
            g_assert_true(a->points[i].x_px == b->points[i].x_px);
            g_assert_true(a->points[i].y_px == b->points[i].y_px);
        }
    }
    g_assert_cmpuint(n_seen, >, 1000);
}

static const FmShape *project_road(Town *town, FmMapLayers *layers, gboolean whole,
                                   const FmPageRect *clip)
{
    FmMapLayer *road = fm__map_layers_edit(layers, "road");
    road->whole = whole;
    g_assert_true(fm__map_layers_project(layers, town->frame, clip, 1, NULL, NULL));
    return road->shapes[0];
}

static void cut(Town *town, gconstpointer data)
{
    (void)data;
    /* A window around the road's middle, away from its ends. */
    g_autoptr(FmMapLayers) other = fm__map_layers_view(town->layers);
    const FmShape *whole = project_road(town, town->layers, TRUE, &town->sheet.frame);
    const FmPagePoint middle = fm__shape_middle(whole);
    const FmPageRect window = {middle.x_px - 3, middle.y_px - 3, 6, 6};
    const FmShape *part = project_road(town, other, FALSE, &window);
    g_assert_cmpuint(part->n_points, >, 1);
    const FmPageRect box = fm__shape_bounds(part);
    g_assert_cmpfloat(box.width_px, <, 7);
    g_assert_cmpfloat(fm__shape_bounds(whole).width_px, >, 100);
}

static void hidden(Town *town, gconstpointer data)
{
    (void)data;
    FmMapLayer *school = fm__map_layers_edit(town->layers, "school");
    school->hidden = g_new0(guint8, fm_table_n_rows(school->table));
    school->hidden[0] = 1;
    g_assert_true(
        fm__map_layers_project(town->layers, town->frame, &town->sheet.frame, 2, NULL, NULL));
    g_assert_null(school->shapes[0]);
    g_assert_nonnull(school->shapes[1]);
    g_assert_null(school->shapes[3]); /* without a position */
}

void test_layer_project(void)
{
    g_test_add("/render/layer-project/threads", Town, NULL, set_up, threads, tear_down);
    g_test_add("/render/layer-project/cut", Town, NULL, set_up, cut, tear_down);
    g_test_add("/render/layer-project/hidden", Town, NULL, set_up, hidden, tear_down);
}
