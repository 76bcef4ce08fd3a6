/* Which rows are of an atlas page's area: the area itself, by id, by position. */
#include "fixture-page.h"
#include "fm-unit.h"

#define META                                                                                       \
    "{\"facmap:atlas\": {\"layer\": \"area\"},"                                                    \
    " \"facmap:values\": {\"schools\": {\"layer\": \"school\", \"reduce\": \"rows\","              \
    "   \"of_area\": true}}}"

#define PART(id, part)                                                                             \
    "{\"id\": \"" id "\", \"type\": \"circle\", \"source\": \"workspace\","                        \
    " \"source-layer\": \"school\", \"metadata\": {\"facmap:of-area\": \"" part "\"}}"

static guint count(const FmMapLayer *layer)
{
    guint n = 0;
    for (gsize row = 0; row < fm_table_n_rows(layer->table); row++)
        n += fm__map_layer_is_of_area(layer, row) ? 1 : 0;
    return n;
}

static void by_position(void)
{
    g_autoptr(FixturePage) page = fixture_page_new(META, "[" FIXTURE_AREA "," FIXTURE_SCHOOL "]");
    const FmMapLayer *school = fm__map_layers_find(page->layers, "school");
    const FmMapLayer *area = fm__map_layers_find(page->layers, "area");
    const FmPageValue *value = page->page->values->pdata[0];

    g_assert_cmpuint(count(school), ==, 4); /* nothing was asked */
    g_assert_cmpfloat(fm__page_value_compute(value, school), ==, 4);
    for (gsize row = 0; row < 2; row++) {
        fm__map_layers_set_area(page->layers, page->style, page->page, row);
        /* One school in each; the distant and the lost one in none. */
        g_assert_cmpuint(count(school), ==, 1);
        g_assert_true(fm__map_layer_is_of_area(school, row));
        g_assert_cmpfloat(fm__page_value_compute(value, school), ==, 1);
        g_assert_cmpuint(count(area), ==, 1);
        g_assert_true(fm__map_layer_is_of_area(area, row));
    }
}

/* A table that names areas, though it has no geometry. */
static void by_id(void)
{
    static const char *const meta =
        "{\"facmap:atlas\": {\"layer\": \"area\"},"
        " \"facmap:chart\": {\"layer\": \"figures\", \"label_en\": [\"get\", \"area_id\"],"
        "   \"value\": [\"get\", \"n\"], \"of_area\": true}}";
    g_autofree char *folder = fixture_folder();
    g_autoptr(FmWorkspace) workspace = fixture_town(folder);
    g_autoptr(FmTable) figures = fm_table_new(FM_GEOMETRY_NONE);
    g_autoptr(GError) error = NULL;
    gsize id = fm_table_add_column(figures, "area_id", FM_COLUMN_TEXT);
    gsize n = fm_table_add_column(figures, "n", FM_COLUMN_INTEGER);
    static const char *const ids[] = {"a-east", "a-west", "a-east", NULL};
    for (gsize i = 0; i < G_N_ELEMENTS(ids); i++) {
        fm_table_append_row(figures);
        fm_table_set_text(figures, id, i, ids[i]);
        fm_table_set_integer(figures, n, i, (gint64)i);
    }
    g_autoptr(FmRun) run = fm_run_begin(workspace, "load", NULL, NULL, &error);
    g_assert_no_error(error);
    FmLayerSpec spec = {.name = "figures", .kind = "result"};
    g_assert_true(fm_run_write(run, &spec, figures, FM_WRITE_CREATE, NULL, NULL, &error));
    g_assert_true(fm_run_commit(run, &error));
    g_assert_no_error(error);

    g_autoptr(FmStyle) style = fixture_document(meta, "[" FIXTURE_AREA "]");
    g_autoptr(FmPage) page = fm_page_new(style, &error);
    g_assert_no_error(error);
    g_autoptr(FmMapLayers) layers = fm__map_layers_new(workspace, style, page, NULL, NULL, &error);
    g_assert_no_error(error);
    const FmMapLayer *layer = fm__map_layers_find(layers, "figures");
    fm__map_layers_set_area(layers, style, page, 0); /* a-west */
    g_assert_cmpuint(count(layer), ==, 1);
    g_assert_true(fm__map_layer_is_of_area(layer, 1));
    fm__map_layers_set_area(layers, style, page, 1);
    g_assert_cmpuint(count(layer), ==, 2);
    fixture_remove(folder);
}

/* Layers for the inside and for what lies around. */
static void parts(void)
{
    g_autoptr(FixturePage) page = fixture_page_new(
        META, "[" FIXTURE_AREA "," PART("in", "inside") "," PART("out", "outside") "]");
    const FmMapLayer *school = fm__map_layers_find(page->layers, "school");
    FmStyleContext context = {school->table, 0, 0, NULL};
    const FmStyleLayer *in = fm_style_find_layer(page->style, "in");
    const FmStyleLayer *out = fm_style_find_layer(page->style, "out");

    g_assert_true(fm__map_layer_accepts(school, in, &context));
    g_assert_true(fm__map_layer_accepts(school, out, &context));
    fm__map_layers_set_area(page->layers, page->style, page->page, 0);
    g_assert_true(fm__map_layer_accepts(school, in, &context));
    g_assert_false(fm__map_layer_accepts(school, out, &context));
    context.row = 1;
    g_assert_false(fm__map_layer_accepts(school, in, &context));
    g_assert_true(fm__map_layer_accepts(school, out, &context));
}

void test_layer_area(void)
{
    g_test_add_func("/render/layer-area/position", by_position);
    g_test_add_func("/render/layer-area/id", by_id);
    g_test_add_func("/render/layer-area/parts", parts);
}
