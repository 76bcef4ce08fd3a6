#include "fm-unit.h"
#include "support.h"

#include <math.h>

static void test_numbers(void)
{
    g_autoptr(FmStyle) style =
        style_of("'type': 'circle', 'paint': {'circle-radius': ['get', 'x'], 'circle-opacity': "
                 "['get', 'n'], "
                 "'circle-stroke-width': ['get', 'name'], 'circle-stroke-opacity': 0.25}");
    const FmStyleLayer *layer = fm_style_layer(style, 0);
    g_autoptr(FmTable) table = table_of_one();
    const FmStyleContext context = {.table = table};
    g_assert_cmpfloat(fm_style_layer_number(layer, FM_PROP_CIRCLE_RADIUS, &context), ==, 0.5);
    /* 3 is more than opacity may be. */
    g_assert_cmpfloat(fm_style_layer_number(layer, FM_PROP_CIRCLE_OPACITY, &context), ==, 1);
    /* A text is no width: the default. */
    g_assert_cmpfloat(fm_style_layer_number(layer, FM_PROP_CIRCLE_STROKE_WIDTH, &context), ==, 0);
    g_assert_cmpfloat(fm_style_layer_number(layer, FM_PROP_CIRCLE_STROKE_OPACITY, &context), ==,
                      0.25);
    g_assert_cmpfloat(fm_style_layer_number(layer, FM_PROP_CIRCLE_SORT_KEY, &context), ==, 0);
    fm_table_set_null(table, 2, 0);
    g_assert_cmpfloat(fm_style_layer_number(layer, FM_PROP_CIRCLE_RADIUS, &context), ==, 5);
    fm_table_set_real(table, 2, 0, -4);
    g_assert_cmpfloat(fm_style_layer_number(layer, FM_PROP_CIRCLE_RADIUS, &context), ==, 0);
    /* Sizes end where no page goes on; what orders features does not. */
    fm_table_set_real(table, 2, 0, 1e300);
    g_assert_cmpfloat(fm_style_layer_number(layer, FM_PROP_CIRCLE_RADIUS, &context), ==, 1e4);
    g_autoptr(FmStyle) sorted =
        style_of("'type': 'circle', 'layout': {'circle-sort-key': ['get', 'x']}");
    g_assert_cmpfloat(
        fm_style_layer_number(fm_style_layer(sorted, 0), FM_PROP_CIRCLE_SORT_KEY, &context), ==,
        1e300);
}

/* Padding is written as in CSS, and read as four sides. */
static void test_padding(void)
{
    static const struct {
        const char *written;
        double sides[4];
    } cases[] = {
        {"3", {3, 3, 3, 3}},
        {"[1, 2]", {1, 2, 1, 2}},
        {"[1, 2, 3]", {1, 2, 3, 2}},
        {"['get', 'n']", {3, 3, 3, 3}},
        {"['get', 'name']", {2, 2, 2, 2}}, /* the default */
    };
    g_autoptr(FmTable) table = table_of_one();
    const FmStyleContext context = {.table = table};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *members =
            g_strdup_printf("'type': 'symbol', 'layout': {'icon-padding': %s}", cases[i].written);
        g_autoptr(FmStyle) style = style_of(members);
        double sides[4] = {0};
        g_assert_cmpuint(fm_style_layer_numbers(fm_style_layer(style, 0), FM_PROP_ICON_PADDING,
                                                &context, sides, 4),
                         ==, 4);
        for (gsize side = 0; side < 4; side++) {
            g_assert_cmpfloat(sides[side], ==, cases[i].sides[side]);
        }
    }
}

static void test_anchor_offsets(void)
{
    g_autoptr(FmStyle) style =
        style_of("'type': 'symbol', 'layout': {'text-variable-anchor-offset': ['interpolate', "
                 "['linear'], ['zoom'], 0, ['literal', ['top', [0, 4], 'bottom-left', [1, 1]]], "
                 "10, ['literal', ['top', [2, 0], 'bottom-left', [1, 3]]]]}");
    const FmStyleLayer *layer = fm_style_layer(style, 0);
    const FmStyleContext context = {.zoom = 5};
    FmAnchorOffset places[3];
    g_assert_cmpuint(fm_style_layer_anchor_offsets(layer, FM_PROP_TEXT_VARIABLE_ANCHOR_OFFSET,
                                                   &context, places, 3),
                     ==, 2);
    g_assert_cmpstr(places[0].anchor, ==, "top");
    g_assert_cmpfloat(places[0].offset_em[0], ==, 1);
    g_assert_cmpfloat(places[0].offset_em[1], ==, 2);
    g_assert_cmpstr(places[1].anchor, ==, "bottom-left");
    g_assert_cmpfloat(places[1].offset_em[1], ==, 2);
    g_assert_cmpuint(fm_style_layer_anchor_offsets(layer, FM_PROP_TEXT_VARIABLE_ANCHOR_OFFSET,
                                                   &context, places, 1),
                     ==, 1);
    g_autoptr(FmStyle) none = style_of("'type': 'symbol'");
    g_assert_cmpuint(fm_style_layer_anchor_offsets(fm_style_layer(none, 0),
                                                   FM_PROP_TEXT_VARIABLE_ANCHOR_OFFSET, &context,
                                                   places, 3),
                     ==, 0);
}

static void test_zoom(void)
{
    g_autoptr(FmStyle) style = style_of(
        "'type': 'line', 'paint': {'line-width': ['interpolate', ['linear'], ['zoom'], 8, 1, 12, "
        "['get', 'n']]}");
    const FmStyleLayer *layer = fm_style_layer(style, 0);
    g_autoptr(FmTable) table = table_of_one();
    const double zooms[] = {0, 8, 10, 12, 20};
    const double widths[] = {1, 1, 2, 3, 3};
    for (gsize i = 0; i < G_N_ELEMENTS(zooms); i++) {
        const FmStyleContext context = {.table = table, .zoom = zooms[i]};
        g_assert_cmpfloat(fm_style_layer_number(layer, FM_PROP_LINE_WIDTH, &context), ==,
                          widths[i]);
    }
}

static void test_strings(void)
{
    g_autoptr(FmStyle) style = style_of(
        "'type': 'symbol', 'layout': {'icon-image': '{name}-{n}', 'text-anchor': ['get', 'name'], "
        "'icon-anchor': ['concat', 'top', '-left'], 'text-font': ['Noto Sans', 'Noto Sans CJK "
        "SC'], "
        "'text-variable-anchor': ['top', 'left'], 'text-offset': [0, 1.5], "
        "'text-allow-overlap': true}");
    const FmStyleLayer *layer = fm_style_layer(style, 0);
    g_autoptr(FmTable) table = table_of_one();
    const FmStyleContext context = {.table = table};
    g_autofree char *image = fm_style_layer_string(layer, FM_PROP_ICON_IMAGE, &context);
    g_autofree char *anchor = fm_style_layer_string(layer, FM_PROP_TEXT_ANCHOR, &context);
    g_autofree char *icon_anchor = fm_style_layer_string(layer, FM_PROP_ICON_ANCHOR, &context);
    g_autofree char *visible = fm_style_layer_string(layer, FM_PROP_VISIBILITY, &context);
    g_auto(GStrv) fonts = fm_style_layer_strings(layer, FM_PROP_TEXT_FONT, &context);
    g_auto(GStrv) anchors = fm_style_layer_strings(layer, FM_PROP_TEXT_VARIABLE_ANCHOR, &context);
    g_assert_cmpstr(image, ==, "A-3");
    g_assert_cmpstr(anchor, ==, "center"); /* "A" is no anchor */
    g_assert_cmpstr(icon_anchor, ==, "top-left");
    g_assert_cmpstr(visible, ==, "visible");
    g_autofree char *stack = g_strjoinv("|", fonts);
    g_assert_cmpstr(stack, ==, "Noto Sans|Noto Sans CJK SC");
    g_assert_cmpuint(g_strv_length(anchors), ==, 2);
    double offset[4];
    g_assert_cmpuint(fm_style_layer_numbers(layer, FM_PROP_TEXT_OFFSET, &context, offset, 4), ==,
                     2);
    g_assert_cmpfloat(offset[1], ==, 1.5);
    g_assert_cmpuint(fm_style_layer_numbers(layer, FM_PROP_TEXT_OFFSET, &context, offset, 1), ==,
                     1);
    g_assert_true(fm_style_layer_boolean(layer, FM_PROP_TEXT_ALLOW_OVERLAP, &context));
    g_assert_false(fm_style_layer_boolean(layer, FM_PROP_TEXT_OPTIONAL, &context));
}

static void test_unset(void)
{
    g_autoptr(FmStyle) style = style_of("'type': 'symbol'");
    const FmStyleLayer *layer = fm_style_layer(style, 0);
    const FmStyleContext context = {.zoom = 0};
    g_assert_null(fm_style_layer_string(layer, FM_PROP_ICON_IMAGE, &context));
    g_auto(GStrv) anchors = fm_style_layer_strings(layer, FM_PROP_TEXT_VARIABLE_ANCHOR, &context);
    g_assert_null(anchors[0]);
    g_autoptr(GArray) text = fm_style_layer_text(layer, &context);
    g_assert_cmpuint(text->len, ==, 0);
    const FmColor halo = fm_style_layer_color(layer, FM_PROP_TEXT_HALO_COLOR, &context);
    g_assert_cmpfloat(halo.a, ==, 0);
    g_autoptr(FmStyle) lines = style_of("'type': 'fill'");
    const FmColor outline =
        fm_style_layer_color(fm_style_layer(lines, 0), FM_PROP_FILL_OUTLINE_COLOR, &context);
    g_assert_cmpfloat(outline.a, ==, 0);
}

static void check_text(const FmStyleLayer *layer, const FmStyleContext *context,
                       const char *expected)
{
    g_autoptr(GArray) sections = fm_style_layer_text(layer, context);
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < sections->len; i++) {
        const FmTextSection *section = &g_array_index(sections, FmTextSection, i);
        static const char *const aligns[] = {"", " center", " top"};
        g_string_append_printf(text, "[%s%s*%g%s%s%s]", section->text,
                               section->image != NULL ? section->image : "", section->font_scale,
                               section->has_color ? " colour" : "",
                               section->font != NULL ? section->font : "", aligns[section->align]);
    }
    g_assert_cmpstr(text->str, ==, expected);
}

static void test_text(void)
{
    g_autoptr(FmTable) table = table_of_one();
    const FmStyleContext context = {.table = table};
    static const struct {
        const char *field, *expected;
    } cases[] = {
        {"'plain'", "[plain*1]"},
        {"''", ""},
        {"'{name}: {n}'", "[A: 3*1]"},
        {"['get', 'name']", "[A*1]"},
        {"['get', 'n']", "[3*1]"},
        {"['get', 'absent']", ""},
        {"['format', ['get', 'name'], {'font-scale': 0.85, 'text-color': 'red', 'text-font': "
         "['literal', ['Serif']]}, '', {}, 'b']",
         "[A*0.85 colourSerif][b*1]"},
        {"['format', ['image', ['get', 'name']], {'vertical-align': 'center'}, ['image', ''], 'b', "
         "{'vertical-align': 'top'}, 'c', {'vertical-align': 'bottom'}]",
         "[A*1 center][b*1 top][c*1]"},
        {"['format', ['to-number', ['get', 'name']]]", ""},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *members =
            g_strdup_printf("'type': 'symbol', 'layout': {'text-field': %s}", cases[i].field);
        if (i + 1 < G_N_ELEMENTS(cases)) {
            g_autoptr(FmStyle) style = style_of(members);
            check_text(fm_style_layer(style, 0), &context, cases[i].expected);
        } else { /* a number cannot be formatted text */
            g_autofree char *message = style_error(members, FM_ERROR_PARSE);
            g_assert_nonnull(message);
        }
    }
}

static void test_languages(void)
{
    g_autoptr(FmStyle) style =
        style_of("'type': 'symbol', 'layout': {'text-field': 'both'}, "
                 "'metadata': {'facmap:text-field': {'en': 'English', 'zh': '中文 {name}'}}");
    g_autoptr(FmTable) table = table_of_one();
    static const struct {
        const char *language, *expected;
    } cases[] = {
        {NULL, "[both*1]"}, {"both", "[both*1]"}, {"en", "[English*1]"}, {"zh", "[中文 A*1]"}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const FmStyleContext context = {.table = table, .language = cases[i].language};
        check_text(fm_style_layer(style, 0), &context, cases[i].expected);
    }
}

static void test_accepts(void)
{
    g_autoptr(FmStyle) all = style_of("'type': 'line'");
    g_autoptr(FmStyle) some = style_of("'type': 'line', 'filter': ['>', ['get', 'n'], 3]");
    g_autoptr(FmTable) table = table_of_one();
    const FmStyleContext context = {.table = table};
    g_assert_true(fm_style_layer_accepts(fm_style_layer(all, 0), &context));
    g_assert_false(fm_style_layer_accepts(fm_style_layer(some, 0), &context));
    fm_table_set_integer(table, 1, 0, 4);
    g_assert_true(fm_style_layer_accepts(fm_style_layer(some, 0), &context));
}

/* ---- threads ---------------------------------------------------------------------------- */

typedef struct {
    const FmStyle *style;
    const FmTable *tables[2]; /* with the columns in another order */
    double *widths;
} Work;

static gboolean ask_rows(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)worker;
    (void)error;
    const Work *work = user;
    for (gsize i = begin; i < end; i++) {
        const FmStyleContext context = {.table = work->tables[i % 2], .row = i / 2};
        work->widths[i] =
            fm_style_layer_number(fm_style_layer(work->style, 0), FM_PROP_LINE_WIDTH, &context);
    }
    return TRUE;
}

static FmTable *numbered_table(gboolean filler, gsize n)
{
    FmTable *table = fm_table_new(FM_GEOMETRY_NONE);
    if (filler) {
        fm_table_add_column(table, "other", FM_COLUMN_REAL);
    }
    const gsize x = fm_table_add_column(table, "x", FM_COLUMN_REAL);
    for (gsize i = 0; i < n; i++) {
        fm_table_set_real(table, x, fm_table_append_row(table), (double)i);
    }
    return table;
}

/* One style, two tables, four threads. */
static void test_threads(void)
{
    const gsize n = 2000;
    g_autoptr(FmStyle) style =
        style_of("'type': 'line', 'paint': {'line-width': ['+', ['get', 'x'], ['get', 'x']]}");
    g_autoptr(FmTable) plain = numbered_table(FALSE, n);
    g_autoptr(FmTable) shifted = numbered_table(TRUE, n);
    g_autofree double *widths = g_new(double, 2 * n);
    Work work = {.style = style, .tables = {plain, shifted}, .widths = widths};
    g_assert_true(fm_parallel_for(2 * n, 16, 4, ask_rows, &work, NULL, "", NULL));
    for (gsize i = 0; i < 2 * n; i++) {
        g_assert_cmpfloat(widths[i], ==, 2 * (double)(i / 2));
    }
}

/* Steps from 0 to 1, both ends among them. */
static void test_ramp(void)
{
    g_autoptr(FmStyle) style =
        style_of("'type': 'heatmap', 'paint': {'heatmap-color': ['interpolate', ['linear'], "
                 "['heatmap-density'], 0, 'black', 1, 'white']}");
    FmColor ramp[5];
    fm_style_layer_ramp(fm_style_layer(style, 0), FM_PROP_HEATMAP_COLOR, ramp, G_N_ELEMENTS(ramp));
    for (gsize i = 0; i < G_N_ELEMENTS(ramp); i++) {
        g_assert_cmpfloat_with_epsilon(ramp[i].r, (double)i / 4, 1e-12);
        g_assert_cmpfloat(ramp[i].g, ==, ramp[i].r);
        g_assert_cmpfloat(ramp[i].b, ==, ramp[i].r);
        g_assert_cmpfloat(ramp[i].a, ==, 1);
    }
}

/* Asking a line for a radius is a mistake in the program. */
static void test_wrong_question(void)
{
    if (g_test_subprocess()) {
        g_autoptr(FmStyle) style = style_of("'type': 'line'");
        fm_style_layer_number(fm_style_layer(style, 0), FM_PROP_CIRCLE_RADIUS,
                              &(FmStyleContext){.zoom = 0});
        return;
    }
    g_test_trap_subprocess(NULL, 0, 0);
    g_test_trap_assert_failed();
    g_test_trap_assert_stderr("*may_ask*");
}

void test_layer_eval(void)
{
    g_test_add_func("/style/layer-eval/numbers", test_numbers);
    g_test_add_func("/style/layer-eval/padding", test_padding);
    g_test_add_func("/style/layer-eval/anchor-offsets", test_anchor_offsets);
    g_test_add_func("/style/layer-eval/zoom", test_zoom);
    g_test_add_func("/style/layer-eval/strings", test_strings);
    g_test_add_func("/style/layer-eval/unset", test_unset);
    g_test_add_func("/style/layer-eval/text", test_text);
    g_test_add_func("/style/layer-eval/languages", test_languages);
    g_test_add_func("/style/layer-eval/accepts", test_accepts);
    g_test_add_func("/style/layer-eval/threads", test_threads);
    g_test_add_func("/style/layer-eval/ramp", test_ramp);
    g_test_add_func("/style/layer-eval/wrong-question", test_wrong_question);
}
