/* What requests are read from the style. */
#include "fixture-page.h"
#include "fm-unit.h"
#include "symbols-internal.h"

#define LAYER(layout)                                                                              \
    "[{\"id\": \"x\", \"type\": \"symbol\", \"source\": \"workspace\", \"source-layer\": "         \
    "\"school\","                                                                                  \
    " \"metadata\": {\"facmap:leader\": 3}, \"layout\": {" layout "}}]"

typedef struct {
    FixturePage *page;
    FmSymbolData *data;
    FmLabelRequest request;
} Reading;

static Reading *reading_new(const char *layers)
{
    Reading *reading = g_new0(Reading, 1);
    reading->page = fixture_page_new("{}", layers);
    const FmMapLayer *schools = fm__map_layers_find(reading->page->layers, "school");
    const FmStyleLayer *layer = fm_style_layer(reading->page->style, 0);
    const FmStyleContext context = {schools->table, 0, reading->page->frame->zoom, "both"};
    reading->data = g_new0(FmSymbolData, 1);
    reading->data->sections = fm_style_layer_text(layer, &context);
    reading->request.kind = fm__symbol_read_kind(layer, &context);
    fm__symbol_read_text(layer, &context, &reading->request, reading->data);
    return reading;
}

static void reading_free(Reading *reading)
{
    fm__symbol_data_free(reading->data);
    fixture_page_free(reading->page);
    g_free(reading);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Reading, reading_free)

/* Ems are of the text's size. */
static void in_ems(void)
{
    g_autoptr(Reading) reading =
        reading_new(LAYER("\"text-field\": \"a\", \"text-size\": 20, \"text-radial-offset\": 0.5,"
                          " \"text-offset\": [1, 2], \"text-max-width\": 4"));
    const FmLabelRequest *r = &reading->request;
    g_assert_cmpfloat(r->style.size_px, ==, 20);
    g_assert_cmpfloat(r->style.max_width_px, ==, 80);
    g_assert_cmpfloat(r->leader_px, ==, 60);
    /* A radial offset replaces the other. */
    g_assert_cmpfloat(r->radial_offset_px, ==, 10);
    g_assert_cmpfloat(r->offset_x_px, ==, 0);
    g_autoptr(Reading) straight =
        reading_new(LAYER("\"text-field\": \"a\", \"text-size\": 20, \"text-offset\": [1, 2]"));
    g_assert_cmpfloat(straight->request.offset_x_px, ==, 20);
    g_assert_cmpfloat(straight->request.offset_y_px, ==, 40);
}

static void anchors(void)
{
    g_autoptr(Reading) one =
        reading_new(LAYER("\"text-field\": \"a\", \"text-anchor\": \"top-left\""));
    g_assert_cmpuint(one->request.n_anchors, ==, 1);
    g_assert_cmpint(one->request.anchors[0], ==, FM_ANCHOR_TOP_LEFT);
    g_autoptr(Reading) several =
        reading_new(LAYER("\"text-field\": \"a\", \"text-anchor\": \"top-left\","
                          " \"text-variable-anchor\": [\"bottom\", \"center\", \"right\"]"));
    g_assert_cmpuint(several->request.n_anchors, ==, 3);
    g_assert_cmpint(several->request.anchors[0], ==, FM_ANCHOR_BOTTOM);
    g_assert_cmpint(several->request.anchors[1], ==, FM_ANCHOR_CENTER);
    g_assert_cmpint(several->request.anchors[2], ==, FM_ANCHOR_RIGHT);
}

/* Places with an offset of their own; the sign of a common offset is the anchor's. */
static void anchor_offsets(void)
{
    g_autoptr(Reading) own =
        reading_new(LAYER("\"text-field\": \"a\", \"text-size\": 10, \"text-radial-offset\": 9,"
                          " \"text-variable-anchor-offset\": [\"top\", [0, 4], \"left\", [3, 1]]"));
    const FmLabelRequest *r = &own->request;
    g_assert_cmpuint(r->n_anchors, ==, 2);
    g_assert_cmpint(r->anchors[0], ==, FM_ANCHOR_TOP);
    g_assert_cmpfloat(r->anchor_offsets[0].y_px, ==, 40);
    g_assert_cmpint(r->anchors[1], ==, FM_ANCHOR_LEFT);
    g_assert_cmpfloat(r->anchor_offsets[1].x_px, ==, 30);
    g_assert_cmpfloat(r->anchor_offsets[1].y_px, ==, 10);
    g_assert_cmpfloat(r->radial_offset_px, ==, 0);
    g_autoptr(Reading) common = reading_new(
        LAYER("\"text-field\": \"a\", \"text-size\": 10, \"text-offset\": [-2, 1],"
              " \"text-variable-anchor\": [\"left\", \"right\", \"bottom-left\", \"center\"]"));
    static const double expected[][2] = {{20, 0}, {-20, 0}, {20, -10}, {0, 0}};
    g_assert_cmpuint(common->request.n_anchors, ==, G_N_ELEMENTS(expected));
    for (gsize i = 0; i < G_N_ELEMENTS(expected); i++) {
        g_assert_cmpfloat(common->request.anchor_offsets[i].x_px, ==, expected[i][0]);
        g_assert_cmpfloat(common->request.anchor_offsets[i].y_px, ==, expected[i][1]);
    }
    g_assert_cmpfloat(common->request.offset_x_px, ==, 0);
}

/* The newer words stand over the older switches. */
static void overlap(void)
{
    static const struct {
        const char *layers;
        gboolean always, cooperative;
    } cases[] = {
        {LAYER("\"text-field\": \"a\", \"text-allow-overlap\": true"), TRUE, FALSE},
        {LAYER("\"text-field\": \"a\", \"text-allow-overlap\": true, \"text-overlap\": \"never\""),
         FALSE, FALSE},
        {LAYER("\"text-field\": \"a\", \"text-overlap\": \"always\""), TRUE, FALSE},
        {LAYER("\"text-field\": \"a\", \"text-overlap\": \"cooperative\""), FALSE, TRUE},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Reading) reading = reading_new(cases[i].layers);
        g_assert_cmpint(reading->request.text_allow_overlap, ==, cases[i].always);
        g_assert_cmpint(reading->request.text_cooperative, ==, cases[i].cooperative);
    }
}

static void writing(void)
{
    g_autoptr(Reading) reading = reading_new(
        LAYER("\"text-field\": \"a\", \"text-writing-mode\": [\"vertical\", \"horizontal\"]"));
    g_assert_cmpuint(reading->request.n_writing, ==, 2);
    g_assert_cmpint(reading->request.writing[0], ==, FM_WRITING_VERTICAL);
    g_assert_cmpint(reading->request.writing[1], ==, FM_WRITING_HORIZONTAL);
}

static void kinds(void)
{
    static const struct {
        const char *layers;
        FmLabelKind kind;
    } cases[] = {
        {LAYER("\"text-field\": \"a\""), FM_LABEL_POINT},
        {LAYER("\"symbol-placement\": \"line\""), FM_LABEL_LINE},
        {LAYER("\"symbol-placement\": \"line-center\""), FM_LABEL_LINE_CENTER},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Reading) reading = reading_new(cases[i].layers);
        g_assert_cmpint(reading->request.kind, ==, cases[i].kind);
    }
}

/* Moved by pixels; the page is not turned, so that both anchors mean the same. */
static void text_translate(void)
{
    static const char *const layers[] = {
        LAYER("\"text-field\": \"a\"}, \"paint\": {\"text-translate\": [3, -4]"),
        LAYER("\"text-field\": \"a\"}, \"paint\": {\"text-translate\": [3, -4],"
              " \"text-translate-anchor\": \"viewport\""),
    };
    for (gsize i = 0; i < G_N_ELEMENTS(layers); i++) {
        g_autoptr(Reading) reading = reading_new(layers[i]);
        g_assert_cmpfloat(reading->data->text_translate_px[0], ==, 3);
        g_assert_cmpfloat(reading->data->text_translate_px[1], ==, -4);
        /* The place that names keep free is not moved. */
        g_assert_cmpfloat(reading->request.offset_x_px, ==, 0);
    }
}

static void viewport_glyphs(void)
{
    g_autoptr(Reading) standing =
        reading_new(LAYER("\"text-field\": \"a\", \"symbol-placement\": \"line\","
                          " \"text-rotation-alignment\": \"viewport-glyph\""));
    g_assert_true(standing->request.upright_glyphs);
    g_autoptr(Reading) turning =
        reading_new(LAYER("\"text-field\": \"a\", \"symbol-placement\": \"line\""));
    g_assert_false(turning->request.upright_glyphs);
}

void test_symbols_read(void)
{
    g_test_add_func("/render/symbols-read/text-translate", text_translate);
    g_test_add_func("/render/symbols-read/viewport-glyphs", viewport_glyphs);
    g_test_add_func("/render/symbols-read/ems", in_ems);
    g_test_add_func("/render/symbols-read/anchors", anchors);
    g_test_add_func("/render/symbols-read/anchor-offsets", anchor_offsets);
    g_test_add_func("/render/symbols-read/overlap", overlap);
    g_test_add_func("/render/symbols-read/writing", writing);
    g_test_add_func("/render/symbols-read/kinds", kinds);
}
