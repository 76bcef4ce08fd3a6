/* Circles of areas stand on their middle, once; plain circles where the points are. */
#include "fixture-page.h"
#include "fm-unit.h"

#define CIRCLE(id, source, metadata)                                                               \
    "{\"id\": \"" id                                                                               \
    "\", \"type\": \"circle\", \"source\": \"workspace\", \"source-layer\": \"" source             \
    "\", \"metadata\": {" metadata "}}"
#define SIZED "\"facmap:proportional\": {\"value\": 5, \"group\": \"g\"}"

static void middles(void)
{
    g_autoptr(FixturePage) page =
        fixture_page_new("{\"facmap:legend\": [{\"id\": \"g\"}]}",
                         "[" CIRCLE("a", "area", SIZED) ", " CIRCLE(
                             "s", "school", SIZED) ", " CIRCLE("p", "area", "") "]");
    const FmMapLayer *areas = fm__map_layers_find(page->layers, "area");
    FmShape *const *of_areas =
        fm__map_layers_shapes(page->layers, fm_style_find_layer(page->style, "a"));
    FmShape *const *of_schools =
        fm__map_layers_shapes(page->layers, fm_style_find_layer(page->style, "s"));

    for (gsize row = 0; row < 2; row++) {
        g_assert_cmpuint(of_areas[row]->n_points, ==, 1);
        g_assert_true(fm__shape_holds(areas->shapes[row], of_areas[row]->points[0]));
    }
    g_assert_cmpuint(of_schools[0]->n_points, ==, 1);
    g_assert_true(fm__map_layers_shapes(page->layers, fm_style_find_layer(page->style, "p")) ==
                  areas->shapes);
}

void test_layer_shapes(void)
{
    g_test_add_func("/render/layer-shapes/middles", middles);
}
