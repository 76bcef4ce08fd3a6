/* One look as a QGIS symbol.  Lengths become millimetres at 96 px an inch, as on paper. */

#include "qml.h"

#include <string.h>

static void open_symbol(GString *xml, const char *type, const char *name, double opacity)
{
    char alpha[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(alpha, sizeof alpha, "%.4g", opacity);
    g_string_append_printf(xml,
                           "<symbol type=\"%s\" name=\"%s\" alpha=\"%s\" clip_to_extent=\"1\" "
                           "force_rhr=\"0\">\n",
                           type, name, alpha);
}

static void open_layer(GString *xml, const char *class_name, guint pass)
{
    g_string_append_printf(xml,
                           "<layer class=\"%s\" enabled=\"1\" locked=\"0\" pass=\"%u\">\n"
                           "<Option type=\"Map\">\n",
                           class_name, pass);
}

static void close_layer(GString *xml)
{
    g_string_append(xml, "</Option>\n</layer>\n");
}

static void close_symbol(GString *xml)
{
    g_string_append(xml, "</symbol>\n");
}

static void fill(GString *xml, const FmQmlItem *item)
{
    const FmStyleLayer *layer = item->layer;
    double opacity = fm_style_layer_number(layer, FM_PROP_FILL_OPACITY, item->context);
    open_layer(xml, "SimpleFill", item->pass);
    fm__qml_color(xml, "color", fm_style_layer_color(layer, FM_PROP_FILL_COLOR, item->context),
                  opacity);
    fm__qml_option(xml, "style", "solid");
    if (fm_style_layer_has(layer, FM_PROP_FILL_OUTLINE_COLOR)) {
        fm__qml_color(xml, "outline_color",
                      fm_style_layer_color(layer, FM_PROP_FILL_OUTLINE_COLOR, item->context),
                      opacity);
        fm__qml_option(xml, "outline_style", "solid");
        fm__qml_px(xml, "outline_width", 1);
    } else {
        fm__qml_option(xml, "outline_style", "no");
    }
    close_layer(xml);
}

/* "5;2;1;2": the dash pattern in line widths becomes one in millimetres. */
static void dashes(GString *xml, const FmStyleLayer *layer, const FmStyleContext *context,
                   double width_px)
{
    double pattern[8];
    gsize n = fm_style_layer_numbers(layer, FM_PROP_LINE_DASHARRAY, context, pattern,
                                     G_N_ELEMENTS(pattern));
    if (n < 2)
        return;
    g_autoptr(GString) text = g_string_new(NULL);
    for (gsize i = 0; i < n; i++) {
        char number[G_ASCII_DTOSTR_BUF_SIZE];
        g_ascii_formatd(number, sizeof number, "%.3f", pattern[i] * width_px * 25.4 / 96.0);
        g_string_append_printf(text, "%s%s", i > 0 ? ";" : "", number);
    }
    fm__qml_option(xml, "use_custom_dash", "1");
    fm__qml_option(xml, "customdash", text->str);
    fm__qml_option(xml, "customdash_unit", "MM");
}

static void line(GString *xml, const FmQmlItem *item)
{
    const FmStyleLayer *layer = item->layer;
    const FmStyleContext *context = item->context;
    g_autofree char *cap = fm_style_layer_string(layer, FM_PROP_LINE_CAP, context);
    g_autofree char *join = fm_style_layer_string(layer, FM_PROP_LINE_JOIN, context);
    double width_px = fm_style_layer_number(layer, FM_PROP_LINE_WIDTH, context);
    open_layer(xml, "SimpleLine", item->pass);
    fm__qml_color(xml, "line_color", fm_style_layer_color(layer, FM_PROP_LINE_COLOR, context),
                  fm_style_layer_number(layer, FM_PROP_LINE_OPACITY, context));
    fm__qml_px(xml, "line_width", width_px);
    fm__qml_option(xml, "line_style", "solid");
    fm__qml_option(xml, "capstyle", g_strcmp0(cap, "butt") == 0 || cap == NULL ? "flat" : cap);
    fm__qml_option(xml, "joinstyle", join != NULL ? join : "miter");
    fm__qml_px(xml, "offset", fm_style_layer_number(layer, FM_PROP_LINE_OFFSET, context));
    dashes(xml, layer, context, width_px);
    close_layer(xml);
}

static void circle(GString *xml, const FmQmlItem *item)
{
    const FmStyleLayer *layer = item->layer;
    const FmStyleContext *context = item->context;
    double stroke_px = fm_style_layer_number(layer, FM_PROP_CIRCLE_STROKE_WIDTH, context);
    open_layer(xml, "SimpleMarker", item->pass);
    fm__qml_option(xml, "name", "circle");
    fm__qml_color(xml, "color", fm_style_layer_color(layer, FM_PROP_CIRCLE_COLOR, context),
                  fm_style_layer_number(layer, FM_PROP_CIRCLE_OPACITY, context));
    fm__qml_color(xml, "outline_color",
                  fm_style_layer_color(layer, FM_PROP_CIRCLE_STROKE_COLOR, context),
                  fm_style_layer_number(layer, FM_PROP_CIRCLE_STROKE_OPACITY, context));
    fm__qml_option(xml, "outline_style", stroke_px > 0 ? "solid" : "no");
    fm__qml_px(xml, "outline_width", stroke_px);
    fm__qml_px(xml, "size",
               2 * fm_style_layer_number(layer, FM_PROP_CIRCLE_RADIUS, context) + stroke_px);
    close_layer(xml);
}

/* The width attribute of the <svg> element in CSS px; 0 when there is none. */
static double svg_width_px(const char *svg)
{
    const char *root = strstr(svg, "<svg");
    const char *end = root != NULL ? strchr(root, '>') : NULL;
    const char *width = root != NULL ? strstr(root, " width=\"") : NULL;
    if (width == NULL || end == NULL || width > end)
        return 0;
    return g_ascii_strtod(width + strlen(" width=\""), NULL);
}

/* An icon travels inside the style, so that the GeoPackage needs no file beside it.
 * @param[out] width_px its natural width
 * @return transfer full; NULL with FM_ERROR_NOT_FOUND */
static char *embed(const FmQmlItem *item, const char *name, double *width_px, GError **error)
{
    const char *folder = item->icons_dir != NULL ? item->icons_dir : "icons";
    g_autofree char *file = g_strconcat(name, ".svg", NULL);
    g_autofree char *path = g_build_filename(folder, file, NULL);
    g_autofree char *svg = NULL;
    gsize size = 0;
    if (!g_file_get_contents(path, &svg, &size, NULL)) {
        g_set_error(error, FM_ERROR, FM_ERROR_NOT_FOUND,
                    "style layer '%s': there is no icon '%s' (%s)", fm_style_layer_id(item->layer),
                    name, path);
        return NULL;
    }
    *width_px = svg_width_px(svg);
    g_autofree char *encoded = g_base64_encode((const guchar *)svg, size);
    return g_strconcat("base64:", encoded, NULL);
}

static gboolean icon(GString *xml, const FmQmlItem *item, const char *name, GError **error)
{
    const FmStyleLayer *layer = item->layer;
    double width_px = 0;
    g_autofree char *embedded = embed(item, name, &width_px, error);
    if (embedded == NULL)
        return FALSE;
    open_layer(xml, "SvgMarker", item->pass);
    fm__qml_option(xml, "name", embedded);
    fm__qml_px(xml, "size",
               width_px * fm_style_layer_number(layer, FM_PROP_ICON_SIZE, item->context));
    fm__qml_color(xml, "color", fm_style_layer_color(layer, FM_PROP_ICON_COLOR, item->context), 1);
    fm__qml_number(xml, "angle", fm_style_layer_number(layer, FM_PROP_ICON_ROTATE, item->context));
    close_layer(xml);
    return TRUE;
}

/* A tile repeated over the area.  Without a line of its own QGIS would draw the outline. */
static gboolean pattern(GString *xml, const FmQmlItem *item, const char *tile, GError **error)
{
    double width_px = 0;
    g_autofree char *embedded = embed(item, tile, &width_px, error);
    if (embedded == NULL)
        return FALSE;
    g_autofree char *nested = g_strdup_printf("@%s@0", item->name);
    open_symbol(xml, "fill", item->name,
                fm_style_layer_number(item->layer, FM_PROP_FILL_OPACITY, item->context));
    open_layer(xml, "SVGFill", item->pass);
    fm__qml_option(xml, "svgFile", embedded);
    fm__qml_px(xml, "width", width_px);
    g_string_append(xml, "</Option>\n");
    open_symbol(xml, "line", nested, 1);
    open_layer(xml, "SimpleLine", item->pass);
    fm__qml_option(xml, "line_style", "no");
    close_layer(xml);
    close_symbol(xml);
    g_string_append(xml, "</layer>\n");
    close_symbol(xml);
    return TRUE;
}

/* One family of a hatch's lines, as layer `i` of the symbol. */
static void hatch_lines(GString *xml, const FmQmlItem *item, const FmHatch *hatch, gsize family,
                        guint i)
{
    g_autofree char *nested = g_strdup_printf("@%s@%u", item->name, i);
    open_layer(xml, "LinePatternFill", item->pass);
    fm__qml_number(xml, "angle", hatch->angles_deg[family]);
    fm__qml_px(xml, "distance", hatch->spacing_px);
    g_string_append(xml, "</Option>\n");
    open_symbol(xml, "line", nested, 1);
    open_layer(xml, "SimpleLine", item->pass);
    fm__qml_color(xml, "line_color", hatch->color, 1);
    fm__qml_px(xml, "line_width", hatch->width_px);
    fm__qml_option(xml, "line_style", "solid");
    fm__qml_option(xml, "capstyle", "flat");
    close_layer(xml);
    close_symbol(xml);
    g_string_append(xml, "</layer>\n");
}

static gboolean hatch_symbol(GString *xml, const FmQmlItem *item, const char *name, GError **error)
{
    FmHatch hatch;
    if (!fm_hatch_parse(name, &hatch, error)) {
        g_prefix_error(error, "style layer '%s': ", fm_style_layer_id(item->layer));
        return FALSE;
    }
    open_symbol(xml, "fill", item->name,
                fm_style_layer_number(item->layer, FM_PROP_FILL_OPACITY, item->context));
    guint n = 0;
    if (hatch.background.a > 0) {
        open_layer(xml, "SimpleFill", item->pass);
        fm__qml_color(xml, "color", hatch.background, 1);
        fm__qml_option(xml, "style", "solid");
        fm__qml_option(xml, "outline_style", "no");
        close_layer(xml);
        n++;
    }
    for (gsize i = 0; i < hatch.n_angles; i++)
        hatch_lines(xml, item, &hatch, i, n++);
    close_symbol(xml);
    return TRUE;
}

/* A marker on an area stands on a point of its surface. */
static gboolean marker(GString *xml, const FmQmlItem *item, const char *icon_name, GError **error)
{
    g_autoptr(GString) inner = g_string_new(NULL);
    if (icon_name != NULL) {
        if (!icon(inner, item, icon_name, error))
            return FALSE;
    } else {
        circle(inner, item);
    }
    if (item->dimension == 0) {
        open_symbol(xml, "marker", item->name, 1);
        g_string_append(xml, inner->str);
        close_symbol(xml);
        return TRUE;
    }
    g_autofree char *nested = g_strdup_printf("@%s@0", item->name);
    open_symbol(xml, "fill", item->name, 1);
    open_layer(xml, "CentroidFill", item->pass);
    fm__qml_option(xml, "point_on_surface", "1");
    g_string_append(xml, "</Option>\n");
    open_symbol(xml, "marker", nested, 1);
    g_string_append(xml, inner->str);
    close_symbol(xml);
    g_string_append(xml, "</layer>\n");
    close_symbol(xml);
    return TRUE;
}

static gboolean fill_symbol(GString *xml, const FmQmlItem *item, GError **error)
{
    g_autofree char *tile = fm_style_layer_string(item->layer, FM_PROP_FILL_PATTERN, item->context);
    if (tile != NULL && fm_hatch_is_name(tile))
        return hatch_symbol(xml, item, tile, error);
    if (tile != NULL)
        return pattern(xml, item, tile, error);
    open_symbol(xml, "fill", item->name, 1);
    fill(xml, item);
    close_symbol(xml);
    return TRUE;
}

gboolean fm__qml_symbol(GString *xml, const FmQmlItem *item, GError **error)
{
    g_autofree char *icon_name = NULL;
    switch (fm_style_layer_type(item->layer)) {
    case FM_STYLE_FILL:
        return item->dimension == 2 && fill_symbol(xml, item, error);
    case FM_STYLE_LINE:
        if (item->dimension == 0)
            return FALSE;
        open_symbol(xml, item->dimension == 2 ? "fill" : "line", item->name, 1);
        line(xml, item);
        close_symbol(xml);
        return TRUE;
    case FM_STYLE_CIRCLE:
        return item->dimension != 1 && marker(xml, item, NULL, error);
    case FM_STYLE_SYMBOL:
        icon_name = fm_style_layer_string(item->layer, FM_PROP_ICON_IMAGE, item->context);
        return icon_name != NULL && item->dimension != 1 && marker(xml, item, icon_name, error);
    case FM_STYLE_BACKGROUND:
    case FM_STYLE_RASTER:
    case FM_STYLE_HEATMAP:
        break;
    }
    return FALSE;
}
