/* Map documents and expressions from anybody: as a style, whose layers are then asked about a
 * feature, and as an expression fixture. */
#include <facmap/page.h>
#include <facmap/style.h>

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static FmTable *table_of_one(void)
{
    FmTable *table = fm_table_new(FM_GEOMETRY_POINT);
    const gsize name = fm_table_add_column(table, "name", FM_COLUMN_TEXT);
    const gsize n = fm_table_add_column(table, "n", FM_COLUMN_INTEGER);
    const gsize x = fm_table_add_column(table, "x", FM_COLUMN_REAL);
    const gsize row = fm_table_append_row(table);
    fm_table_set_text(table, name, row, "北京 School");
    fm_table_set_integer(table, n, row, -3);
    fm_table_set_real(table, x, row, 0.5);
    fm_table_set_geometry(table, row, fm_geometry_new_point((FmLonLat){116.4, 39.9}));
    return table;
}

/* Ask for the property as its type; asking as another type is the caller's mistake. */
static void ask(const FmStyleLayer *layer, FmStyleProperty property, const FmStyleContext *context)
{
    double numbers[4];
    switch (property) {
    case FM_PROP_LINE_WIDTH:
    case FM_PROP_CIRCLE_RADIUS:
    case FM_PROP_FILL_OPACITY:
    case FM_PROP_TEXT_SIZE:
        fm_style_layer_number(layer, property, context);
        break;
    case FM_PROP_LINE_COLOR:
    case FM_PROP_CIRCLE_COLOR:
    case FM_PROP_FILL_COLOR:
    case FM_PROP_BACKGROUND_COLOR:
    case FM_PROP_TEXT_COLOR:
        fm_style_layer_color(layer, property, context);
        break;
    case FM_PROP_LINE_CAP:
    case FM_PROP_ICON_IMAGE:
    case FM_PROP_TEXT_ANCHOR:
        g_free(fm_style_layer_string(layer, property, context));
        break;
    case FM_PROP_LINE_DASHARRAY:
    case FM_PROP_TEXT_OFFSET:
        fm_style_layer_numbers(layer, property, context, numbers, G_N_ELEMENTS(numbers));
        break;
    case FM_PROP_TEXT_FONT:
    case FM_PROP_TEXT_VARIABLE_ANCHOR:
        g_strfreev(fm_style_layer_strings(layer, property, context));
        break;
    case FM_PROP_TEXT_FIELD:
        g_array_unref(fm_style_layer_text(layer, context));
        break;
    default:
        break;
    }
}

static void ask_layer(const FmStyleLayer *layer, const FmStyleContext *context)
{
    static const FmStyleProperty background[] = {FM_PROP_BACKGROUND_COLOR};
    static const FmStyleProperty fill[] = {FM_PROP_FILL_COLOR, FM_PROP_FILL_OPACITY};
    static const FmStyleProperty line[] = {FM_PROP_LINE_WIDTH, FM_PROP_LINE_COLOR, FM_PROP_LINE_CAP,
                                           FM_PROP_LINE_DASHARRAY};
    static const FmStyleProperty circle[] = {FM_PROP_CIRCLE_RADIUS, FM_PROP_CIRCLE_COLOR};
    static const FmStyleProperty symbol[] = {
        FM_PROP_TEXT_FIELD, FM_PROP_TEXT_SIZE,  FM_PROP_TEXT_COLOR,           FM_PROP_TEXT_ANCHOR,
        FM_PROP_TEXT_FONT,  FM_PROP_ICON_IMAGE, FM_PROP_TEXT_VARIABLE_ANCHOR, FM_PROP_TEXT_OFFSET};
    static const struct {
        const FmStyleProperty *properties;
        gsize n;
    } types[] = {
        [FM_STYLE_BACKGROUND] = {background, G_N_ELEMENTS(background)},
        [FM_STYLE_FILL] = {fill, G_N_ELEMENTS(fill)},
        [FM_STYLE_LINE] = {line, G_N_ELEMENTS(line)},
        [FM_STYLE_CIRCLE] = {circle, G_N_ELEMENTS(circle)},
        [FM_STYLE_SYMBOL] = {symbol, G_N_ELEMENTS(symbol)},
    };
    const FmStyleLayerType type = fm_style_layer_type(layer);
    fm_style_layer_accepts(layer, context);
    for (gsize i = 0; i < types[type].n; i++) {
        ask(layer, types[type].properties[i], context);
    }
}

static void read_style(const char *text)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(FmStyle) style = fm_style_parse(text, "fuzz", &error);
    g_assert_true((style == NULL) == (error != NULL));
    if (style == NULL) {
        return;
    }
    g_autoptr(FmTable) table = table_of_one();
    const FmStyleContext contexts[] = {{.table = table, .zoom = 9.5, .language = "zh"},
                                       {.zoom = 0}};
    for (gsize i = 0; i < fm_style_n_layers(style); i++) {
        for (gsize j = 0; j < G_N_ELEMENTS(contexts); j++) {
            ask_layer(fm_style_layer(style, i), &contexts[j]);
        }
    }
    g_autoptr(FmPage) page = fm_page_new(style, NULL);
}

static void read_fixture(const char *text)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *result = fm_style_eval_fixture(text, &error);
    g_assert_true((result == NULL) == (error != NULL));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *text = g_strndup((const char *)data, size);
    read_style(text);
    read_fixture(text);
    return 0;
}
