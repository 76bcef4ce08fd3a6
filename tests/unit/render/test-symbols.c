/* Symbol layers, from the style to places on the page. */
#include "fixture-page.h"
#include "fm-unit.h"
#include "symbols.h"

#define SYMBOL(source, metadata, layout)                                                           \
    "[{\"id\": \"x\", \"type\": \"symbol\", \"source\": \"workspace\", \"source-layer\": "         \
    "\"" source "\", \"metadata\": {" metadata "}, \"layout\": {" layout "}}]"

/* Place the document's only layer and report it into the fixture. */
static FmSymbols *place(FixturePage *page, const char *language, GError **error)
{
    const FmStyleLayer *layer = fm_style_layer(page->style, 0);
    g_autoptr(FmSymbols) symbols = fm__symbols_new(NULL, 0);
    const FmMapLayer *source =
        fm__map_layers_find(page->layers, fm_style_layer_source_layer(layer));
    if (!fm__symbols_add(symbols, layer, 0, source, &page->frame->rect, page->frame->zoom, language,
                         page->icons, page->text, error))
        return NULL;
    fm__symbols_place(symbols, page->text, page->frame->rect);
    fm__symbols_report(symbols, NULL, page->furniture.report, page->list);
    return g_steal_pointer(&symbols);
}

static void at_their_points(void)
{
    g_autoptr(FixturePage) page =
        fixture_page_new("{}", SYMBOL("school", "",
                                      "\"icon-image\": \"school-open\", \"icon-offset\": [10, 0],"
                                      " \"icon-anchor\": \"left\", \"icon-size\": 2"));
    g_autoptr(FmSymbols) symbols = place(page, "both", NULL);
    g_assert_cmpint(page->furniture.report->n_symbols, ==, 2);
    /* The second school comes first in the list: lower priority is drawn first. */
    FmPageRect icon = fixture_page_box(page, "symbol", "school-open");
    FmPagePoint p;
    g_assert_true(fm__frame_project(page->frame, (FmLonLat){116.15, 40.06}, &p, NULL));
    /* The icon's left edge at the point, moved by the offset times its size. */
    g_assert_cmpfloat_with_epsilon(icon.x_px, p.x_px + 20, 0.02);
    g_assert_cmpfloat_with_epsilon(icon.y_px + icon.height_px / 2, p.y_px, 0.02);
    g_assert_cmpfloat(icon.width_px, ==, 28);
}

static void in_areas(void)
{
    g_autoptr(FixturePage) page =
        fixture_page_new("{}", SYMBOL("area", "", "\"text-field\": [\"get\", \"name_en\"]"));
    g_autoptr(FmSymbols) symbols = place(page, "both", NULL);
    FmPageRect west = fixture_page_box(page, "label", "West");
    FmLonLat at;
    FmPagePoint middle = {west.x_px + west.width_px / 2, west.y_px + west.height_px / 2};
    g_assert_true(fm__frame_unproject(page->frame, middle, &at, NULL));
    g_assert_cmpfloat(at.lon_deg, >, 116.0);
    g_assert_cmpfloat(at.lon_deg, <, 116.1);
}

static void only_inside(void)
{
#define NAME "\"text-field\": [\"get\", \"name_en\"], \"text-size\": "
    static const struct {
        const char *layers;
        gint64 n;
    } cases[] = {
        {SYMBOL("area", "\"facmap:inside\": true", NAME "20"), 2},
        {SYMBOL("area", "\"facmap:inside\": true", NAME "200"), 0},
        {SYMBOL("area", "\"facmap:outside\": true, \"facmap:leader\": 3", NAME "20"), 0},
    };
#undef NAME
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(FixturePage) page = fixture_page_new("{}", cases[i].layers);
        g_autoptr(FmSymbols) symbols = place(page, "both", NULL);
        g_assert_cmpint(page->furniture.report->n_labels, ==, cases[i].n);
        g_assert_cmpuint(page->furniture.report->unplaced->len, ==, 0);
    }
}

static void along_lines(void)
{
    g_autoptr(FixturePage) page =
        fixture_page_new("{}", SYMBOL("road", "",
                                      "\"symbol-placement\": \"line-center\","
                                      " \"text-field\": [\"get\", \"name_en\"]"));
    g_autoptr(FmSymbols) symbols = place(page, "both", NULL);
    g_assert_cmpuint(fixture_page_count(page, "label", "High Road"), ==, 1);
    FmPageRect box = fixture_page_box(page, "label", "High Road");
    g_assert_true(fm__rect_contains(&page->frame->rect, &box));
}

static void by_language(void)
{
    g_autoptr(FixturePage) page = fixture_page_new(
        "{}", SYMBOL("area", "\"facmap:text-field\": {\"en\": \"E\", \"zh\": \"Z\"}",
                     "\"text-field\": \"B\""));
    static const char *const languages[][2] = {{"en", " E"}, {"zh", " Z"}, {"both", " B"}};
    for (gsize i = 0; i < G_N_ELEMENTS(languages); i++) {
        fixture_page_forget(page);
        g_autoptr(FmSymbols) symbols = place(page, languages[i][0], NULL);
        g_assert_cmpuint(fixture_page_count(page, "label", languages[i][1]), ==, 2);
    }
}

static void missing_icon(void)
{
    g_autoptr(FixturePage) page =
        fixture_page_new("{}", SYMBOL("school", "", "\"icon-image\": \"nope\""));
    g_autoptr(GError) error = NULL;
    g_assert_null(place(page, "both", &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_NOT_FOUND);
    g_assert_true(g_str_has_prefix(error->message, "layer 'x': "));
}

#define WITH_IMAGE(name) "\"text-field\": [\"format\", \"A\", [\"image\", \"" name "\"]]"

/* An image in a text makes its label wider, on points and along lines; one that is not there is an
 * error as for icons. */
static void image_in_text(void)
{
    static const struct {
        const char *source, *more;
    } cases[] = {{"school", ""},
                 {"road", ", \"symbol-placement\": \"line-center\""},
                 {"road", ", \"symbol-placement\": \"line\""}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *with = g_strdup_printf(SYMBOL("%s", "", WITH_IMAGE("school-open") "%s"),
                                                cases[i].source, cases[i].more);
        g_autofree char *without = g_strdup_printf(SYMBOL("%s", "", "\"text-field\": \"A\"%s"),
                                                   cases[i].source, cases[i].more);
        g_autofree char *damaged = g_strdup_printf(SYMBOL("%s", "", WITH_IMAGE("nope") "%s"),
                                                   cases[i].source, cases[i].more);
        g_autoptr(FixturePage) wide = fixture_page_new("{}", with);
        g_autoptr(FixturePage) narrow = fixture_page_new("{}", without);
        g_autoptr(FixturePage) none = fixture_page_new("{}", damaged);
        g_autoptr(FmSymbols) first = place(wide, "both", NULL);
        g_autoptr(FmSymbols) second = place(narrow, "both", NULL);
        const double grown_px = fixture_page_box(wide, "label", " A").width_px -
                                fixture_page_box(narrow, "label", " A").width_px;
        /* Along the slanted road the box is that of a turned label. */
        g_assert_cmpfloat(grown_px, >, 8);
        if (i == 0)
            g_assert_cmpfloat_with_epsilon(grown_px, 14, 0.02);
        g_autoptr(GError) error = NULL;
        g_assert_null(place(none, "both", &error));
        g_assert_error(error, FM_ERROR, FM_ERROR_NOT_FOUND);
        g_assert_true(g_str_has_prefix(error->message, "layer 'x': text-field: icon 'nope' is"));
    }
}

/* A name on a road that must not be crossed goes elsewhere or nowhere. */
static void obstacles(void)
{
    g_autoptr(FixturePage) page =
        fixture_page_new("{}", "[{\"id\": \"x\", \"type\": \"symbol\", \"source\": \"workspace\", "
                               "\"source-layer\": \"area\","
                               "  \"layout\": {\"text-field\": [\"get\", \"name_en\"]}},"
                               " {\"id\": \"o\", \"type\": \"fill\", \"source\": \"workspace\", "
                               "\"source-layer\": \"area\"}]");
    const FmMapLayer *area = fm__map_layers_find(page->layers, "area");
    g_autoptr(FmSymbols) symbols = fm__symbols_new(NULL, 0);
    fm__symbols_add_obstacle(symbols, fm_style_layer(page->style, 1), area, area->shapes,
                             page->frame->zoom, 1);
    g_assert_true(fm__symbols_add(symbols, fm_style_layer(page->style, 0), 0, area,
                                  &page->frame->rect, page->frame->zoom, "both", page->icons,
                                  page->text, NULL));
    fm__symbols_place(symbols, page->text, page->frame->rect);
    fm__symbols_report(symbols, NULL, page->furniture.report, page->list);
    g_assert_cmpint(page->furniture.report->n_labels, ==, 0);
    g_assert_cmpuint(page->furniture.report->unplaced->len, ==, 2);
}

/* The document's first layer names `named`; its second are circles on the schools. */
static FmSymbols *place_with_circles(FixturePage *page, const char *named)
{
    const FmMapLayer *layer = fm__map_layers_find(page->layers, named),
                     *school = fm__map_layers_find(page->layers, "school");
    g_autoptr(FmSymbols) symbols = fm__symbols_new(NULL, 0);
    fm__symbols_add_obstacle(symbols, fm_style_layer(page->style, 1), school, school->shapes,
                             page->frame->zoom, 1);
    g_assert_true(fm__symbols_add(symbols, fm_style_layer(page->style, 0), 0, layer,
                                  &page->frame->rect, page->frame->zoom, "both", page->icons,
                                  page->text, NULL));
    fm__symbols_place(symbols, page->text, page->frame->rect);
    fm__symbols_report(symbols, NULL, page->furniture.report, page->list);
    return g_steal_pointer(&symbols);
}

/* A circle is in the way as far as it reaches, be it drawn by another layer. */
static void circles_in_the_way(void)
{
    static const struct {
        const char *radius;
        gint64 n;
    } cases[] = {{"1", 2}, {"400", 0}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *layers =
            g_strdup_printf("[{\"id\": \"x\", \"type\": \"symbol\", \"source\": \"workspace\", "
                            "\"source-layer\": \"area\","
                            "  \"layout\": {\"text-field\": [\"get\", \"name_en\"]}},"
                            " {\"id\": \"o\", \"type\": \"circle\", \"source\": \"workspace\", "
                            "\"source-layer\": \"school\", \"paint\": {\"circle-radius\": %s}}]",
                            cases[i].radius);
        g_autoptr(FixturePage) page = fixture_page_new("{}", layers);
        g_autoptr(FmSymbols) symbols = place_with_circles(page, "area");
        g_assert_cmpint(page->furniture.report->n_labels, ==, cases[i].n);
    }
}

/* A name stands right of the circle that it names, as far off as its offset says; not on it. */
static void beside_their_circles(void)
{
    static const struct {
        const char *offset;
        gint64 n;
    } cases[] = {{"0.5", 2},  /* 5 px from the middle, 5 - 2 with its padding, of 3.75 */
                 {"0.3", 0}}; /* 3 */
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *layers =
            g_strdup_printf("[{\"id\": \"x\", \"type\": \"symbol\", \"source\": \"workspace\", "
                            "\"source-layer\": \"school\", \"layout\": {\"text-field\": \"A\","
                            " \"text-size\": 10, \"text-variable-anchor\": [\"left\"],"
                            " \"text-radial-offset\": %s, \"text-padding\": 2}},"
                            " {\"id\": \"o\", \"type\": \"circle\", \"source\": \"workspace\", "
                            "\"source-layer\": \"school\","
                            "  \"paint\": {\"circle-radius\": 3, \"circle-stroke-width\": 0.75}}]",
                            cases[i].offset);
        g_autoptr(FixturePage) page = fixture_page_new("{}", layers);
        g_autoptr(FmSymbols) symbols = place_with_circles(page, "school");
        g_assert_cmpint(page->furniture.report->n_labels, ==, cases[i].n);
    }
}

/* A line is named where it ends, or not at all when that is not on the map. */
static void at_the_end(void)
{
#define ROAD "\"text-field\": \"Road\""
    static const struct {
        const char *layers;
        guint n;
    } cases[] = {{SYMBOL("road", "", ROAD), 1},
                 {SYMBOL("road", "\"facmap:at-end\": true", ROAD), 0}};
#undef ROAD
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(FixturePage) page = fixture_page_new("{}", cases[i].layers);
        g_autoptr(FmSymbols) symbols = place(page, "both", NULL);
        g_assert_cmpuint(fixture_page_count(page, "label", "Road"), ==, cases[i].n);
    }
}

/* Under a cover no point has a symbol; an area is named beside it. */
static void covers(void)
{
    g_autoptr(FixturePage) page = fixture_page_new(
        "{}", "[{\"id\": \"x\", \"type\": \"symbol\", \"source\": \"workspace\", "
              "\"source-layer\": \"school\", \"layout\": {\"icon-image\": \"school-open\"}},"
              " {\"id\": \"n\", \"type\": \"symbol\", \"source\": \"workspace\", "
              "\"source-layer\": \"area\", \"layout\": {\"text-field\": [\"get\", \"name_en\"]}}]");
    FmPagePoint school;
    g_assert_true(fm__frame_project(page->frame, (FmLonLat){116.15, 40.06}, &school, NULL));
    /* From the school down: it hides the school and more than half of the area. */
    const FmPageRect *frame = &page->frame->rect;
    const FmPageRect cover = {frame->x_px, school.y_px - 5, frame->width_px,
                              fm__rect_bottom_px(frame) - school.y_px + 5};
    for (int covered = 0; covered <= 1; covered++) {
        fixture_page_forget(page);
        g_autoptr(FmSymbols) symbols = fm__symbols_new(&cover, (gsize)covered);
        for (guint i = 0; i < 2; i++) {
            const FmStyleLayer *layer = fm_style_layer(page->style, i);
            g_assert_true(fm__symbols_add(
                symbols, layer, i,
                fm__map_layers_find(page->layers, fm_style_layer_source_layer(layer)), frame,
                page->frame->zoom, "both", page->icons, page->text, NULL));
        }
        guint n_schools = 2;
        g_assert_cmpuint(fm__symbols_n_covered(symbols), ==, covered ? n_schools : 0);
        fm__symbols_place(symbols, page->text, *frame);
        fm__symbols_report(symbols, NULL, page->furniture.report, page->list);
        g_assert_cmpuint(fixture_page_count(page, "symbol", "school-open"), ==,
                         covered ? 0 : n_schools);
        const FmPageRect west = fixture_page_box(page, "label", "West");
        g_assert_cmpint(fm__rect_bottom_px(&west) <= cover.y_px, ==, covered);
    }
}

/* An icon that the frame would cut is left out when the layer asks for it, and only then. */
static void avoid_edges(void)
{
#define WIDE "\"icon-image\": \"school-open\", \"icon-allow-overlap\": true, \"icon-size\": 2"
    static const struct {
        const char *layers;
        gint64 n_cut, n_whole;
    } table[] = {
        {SYMBOL("school", "", WIDE ", \"symbol-avoid-edges\": true"), 1, 2},
        {SYMBOL("school", "", WIDE), 2, 2},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++) {
        g_autoptr(FixturePage) whole = fixture_page_new("{}", table[i].layers);
        g_autoptr(FmSymbols) all = place(whole, "both", NULL);
        g_assert_cmpint(whole->furniture.report->n_symbols, ==, table[i].n_whole);
        /* The frame ends 5 px right of the eastern school, through its icon of 28 px. */
        g_autoptr(FixturePage) page = fixture_page_new("{}", table[i].layers);
        FmPagePoint east;
        g_assert_true(fm__frame_project(page->frame, (FmLonLat){116.15, 40.06}, &east, NULL));
        page->frame->rect.width_px = east.x_px + 5 - page->frame->rect.x_px;
        g_autoptr(FmSymbols) symbols = place(page, "both", NULL);
        g_assert_cmpint(page->furniture.report->n_symbols, ==, table[i].n_cut);
    }
#undef WIDE
}

void test_symbols(void)
{
    g_test_add_func("/render/symbols/avoid-edges", avoid_edges);
    g_test_add_func("/render/symbols/covers", covers);

    g_test_add_func("/render/symbols/at-their-points", at_their_points);
    g_test_add_func("/render/symbols/in-areas", in_areas);
    g_test_add_func("/render/symbols/only-inside", only_inside);
    g_test_add_func("/render/symbols/along-lines", along_lines);
    g_test_add_func("/render/symbols/by-language", by_language);
    g_test_add_func("/render/symbols/missing-icon", missing_icon);
    g_test_add_func("/render/symbols/image-in-text", image_in_text);
    g_test_add_func("/render/symbols/obstacles", obstacles);
    g_test_add_func("/render/symbols/circles-in-the-way", circles_in_the_way);
    g_test_add_func("/render/symbols/beside-their-circles", beside_their_circles);
    g_test_add_func("/render/symbols/at-the-end", at_the_end);
}
