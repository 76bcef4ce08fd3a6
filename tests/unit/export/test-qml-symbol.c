/* One look as a symbol: lengths in millimetres, colours with their opacity, icons inside. */
#include "fixture.h"
#include "qml.h"

#include <fm-unit.h>
#include <string.h>

/* @return the symbol, NULL when there is none */
static char *symbol_of(const char *members, guint dimension, const char *icons_dir, GError **error)
{
    g_autoptr(FmTable) table = fixture_points(NULL, NULL, 1);
    g_autofree char *layer =
        g_strdup_printf("{'id': 'l', 'source': 'workspace', 'source-layer': 'p', %s}", members);
    g_autoptr(FmStyle) style = fixture_style(layer);
    const FmStyleContext context = {.table = table, .zoom = 9};
    const FmQmlItem item = {.layer = fm_style_layer(style, 0),
                            .context = &context,
                            .dimension = dimension,
                            .name = "7",
                            .pass = 3,
                            .icons_dir = icons_dir};
    g_autoptr(GString) xml = g_string_new(NULL);
    if (!fm__qml_symbol(xml, &item, error)) {
        g_assert_cmpuint(xml->len, ==, 0);
        return NULL;
    }
    fixture_assert_xml(xml->str);
    return g_strdup(xml->str);
}

static void assert_option(const char *xml, const char *name, const char *value)
{
    g_autofree char *option = g_strdup_printf("name=\"%s\" value=\"%s\"", name, value);
    fixture_assert_has(xml, option);
}

static void test_fill(void)
{
    g_autofree char *xml = symbol_of(
        "'type': 'fill', 'paint': {'fill-color': '#ff0000', 'fill-opacity': 0.2}", 2, NULL, NULL);
    fixture_assert_has(xml, "<symbol type=\"fill\" name=\"7\"");
    fixture_assert_has(xml, "pass=\"3\"");
    assert_option(xml, "color", "255,0,0,51");
    assert_option(xml, "outline_style", "no");
    g_assert_null(symbol_of("'type': 'fill'", 0, NULL, NULL));
    g_assert_null(symbol_of("'type': 'fill'", 1, NULL, NULL));
}

static void test_line(void)
{
    static const char members[] = "'type': 'line', 'layout': {'line-cap': 'round'},"
                                  " 'paint': {'line-width': 9.6, 'line-dasharray': [2, 1]}";
    g_autofree char *xml = symbol_of(members, 1, NULL, NULL);
    fixture_assert_has(xml, "<symbol type=\"line\"");
    assert_option(xml, "line_width", "2.54"); /* a tenth of an inch */
    assert_option(xml, "line_width_unit", "MM");
    assert_option(xml, "customdash", "5.080;2.540");
    assert_option(xml, "capstyle", "round");
    g_autofree char *outline = symbol_of(members, 2, NULL, NULL);
    fixture_assert_has(outline, "<symbol type=\"fill\"");
    g_assert_null(symbol_of(members, 0, NULL, NULL));
}

static void test_circle(void)
{
    static const char members[] = "'type': 'circle', 'paint': {'circle-radius': 4.8}";
    g_autofree char *xml = symbol_of(members, 0, NULL, NULL);
    fixture_assert_has(xml, "<symbol type=\"marker\"");
    assert_option(xml, "size", "2.54");
    g_autofree char *on_area = symbol_of(members, 2, NULL, NULL);
    fixture_assert_has(on_area, "CentroidFill");
    fixture_assert_has(on_area, "name=\"@7@0\"");
    g_assert_null(symbol_of(members, 1, NULL, NULL));
}

static const char SVG[] = "<svg xmlns='http://www.w3.org/2000/svg' width=\"19.2\" height=\"9\"/>";

static void put_icon(Fixture *fixture)
{
    GError *error = NULL;
    fixture_open(fixture);
    g_autofree char *path = fixture_file(fixture, "dot.svg");
    g_file_set_contents(path, SVG, -1, &error);
    g_assert_no_error(error);
}

static void test_icon(void)
{
    g_auto(Fixture) folder = {0};
    GError *error = NULL;
    put_icon(&folder);
    g_autofree char *xml =
        symbol_of("'type': 'symbol', 'layout': {'icon-image': 'dot', 'icon-size': 0.5}", 0,
                  folder.folder, &error);
    g_assert_no_error(error);
    g_autofree char *encoded = g_base64_encode((const guchar *)SVG, strlen(SVG));
    g_autofree char *embedded = g_strconcat("base64:", encoded, NULL);
    assert_option(xml, "name", embedded);
    assert_option(xml, "size", "2.54");
    g_assert_null(
        symbol_of("'type': 'symbol', 'layout': {'icon-image': 'other'}", 0, folder.folder, &error));
    fixture_assert_error(&error, FM_ERROR_NOT_FOUND, "other.svg");
}

static void test_pattern(void)
{
    g_auto(Fixture) folder = {0};
    GError *error = NULL;
    put_icon(&folder);
    g_autofree char *xml =
        symbol_of("'type': 'fill', 'paint': {'fill-pattern': 'dot', 'fill-opacity': 0.5}", 2,
                  folder.folder, &error);
    g_assert_no_error(error);
    fixture_assert_has(xml, "alpha=\"0.5\"");
    fixture_assert_has(xml, "class=\"SVGFill\"");
    assert_option(xml, "width", "5.08");
    assert_option(xml, "line_style", "no");
}

/* Two families of lines over a ground: layers 1 and 2 of the symbol. */
static void test_hatch(void)
{
    GError *error = NULL;
    g_autofree char *xml =
        symbol_of("'type': 'fill', 'paint': {'fill-opacity': 0.5, 'fill-pattern': "
                  "'facmap:hatch?angle=45,135&spacing=9.6&width=2.4"
                  "&color=red&background=white'}",
                  2, NULL, &error);
    g_assert_no_error(error);
    fixture_assert_has(xml, "alpha=\"0.5\"");
    fixture_assert_has(xml, "class=\"SimpleFill\"");
    fixture_assert_has(xml, "class=\"LinePatternFill\"");
    fixture_assert_has(xml, "<symbol type=\"line\" name=\"@7@1\"");
    fixture_assert_has(xml, "<symbol type=\"line\" name=\"@7@2\"");
    assert_option(xml, "angle", "45");
    assert_option(xml, "angle", "135");
    assert_option(xml, "distance", "2.54");
    assert_option(xml, "line_width", "0.635");
    assert_option(xml, "line_color", "255,0,0,255");
    g_assert_null(symbol_of("'type': 'fill', 'paint': {'fill-pattern': "
                            "['concat', 'facmap:hatch?angle=', 'steep']}",
                            2, NULL, &error));
    fixture_assert_error(&error, FM_ERROR_PARSE, "angle");
}

static void test_text_only(void)
{
    GError *error = NULL;
    g_assert_null(symbol_of("'type': 'symbol', 'layout': {'text-field': 'a'}", 0, NULL, &error));
    g_assert_no_error(error);
}

void test_qml_symbol(void)
{
    g_test_add_func("/export/qml-symbol/fill", test_fill);
    g_test_add_func("/export/qml-symbol/line", test_line);
    g_test_add_func("/export/qml-symbol/circle", test_circle);
    g_test_add_func("/export/qml-symbol/icon", test_icon);
    g_test_add_func("/export/qml-symbol/pattern", test_pattern);
    g_test_add_func("/export/qml-symbol/hatch", test_hatch);
    g_test_add_func("/export/qml-symbol/text-only", test_text_only);
}
