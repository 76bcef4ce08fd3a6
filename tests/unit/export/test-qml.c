/* The whole QML document: well-formed, with rules, aliases and scales. */
#include "fixture.h"
#include "qml.h"

#include <fm-unit.h>
#include <math.h>

static char *qml_of(FmTable *table, const char *layers, GPtrArray *warnings, GError **error)
{
    FmLayerInfo info = {.name = (char[]){"p"}};
    const FmExportLayer layer = {.info = &info, .table = table};
    g_autoptr(FmTable) owned = table;
    g_autoptr(FmStyle) style = layers != NULL ? fixture_style(layers) : NULL;
    char *qml = fm__qml_new(&layer, style, NULL, warnings, error);
    if (qml != NULL)
        fixture_assert_xml(qml);
    return qml;
}

#define LAYER(id, type)                                                                            \
    "{'id': '" id "', 'type': '" type "', 'source': 'workspace', 'source-layer': 'p'"

static void test_plain(void)
{
    GError *error = NULL;
    g_autofree char *qml = qml_of(fixture_schools(), NULL, NULL, &error);
    g_assert_no_error(error);
    fixture_assert_lacks(qml, "<renderer-v2");
    fixture_assert_has(qml, "labelsEnabled=\"0\"");
    fixture_assert_has(qml, "<alias index=\"2\" field=\"name_zh\" "
                            "name=\"名称 Name&apos;s &quot;form&quot;\"/>");
}

static void test_rules(void)
{
    GError *error = NULL;
    g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *qml =
        qml_of(fixture_schools(),
               LAYER("a", "circle") ", 'paint': {'circle-radius':"
                                    " ['match', ['get', 'status'], 'open', 2, 3]}}," LAYER(
                                        "b", "circle") "}",
               warnings, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(warnings->len, ==, 0);
    fixture_assert_has(qml, "symbollevels=\"1\"");
    fixture_assert_has(qml, "label=\"a: open\" filter=\"(&quot;status&quot; = &apos;open&apos;)\"");
    fixture_assert_has(qml, "symbol=\"2\" label=\"b\"/>");
    fixture_assert_has(qml, "pass=\"1\"");
}

/* The row with the lower key is drawn in an earlier pass, though it stands later. */
static void test_sort_key(void)
{
    GError *error = NULL;
    static const double numbers[] = {1, 3};
    g_autofree char *qml =
        qml_of(fixture_points(NULL, numbers, 2),
               LAYER("c", "circle") ", 'layout': {'circle-sort-key': ['-', 0, ['get', 'n']]}}",
               NULL, &error);
    g_assert_no_error(error);
    fixture_assert_has(qml, "symbol=\"0\" label=\"c: 3\"");
    fixture_assert_has(qml, "symbol=\"1\" label=\"c: 1\"");
    fixture_assert_has(qml, "pass=\"1\"");
}

/* Only the table's own style layers; another layer's are not looked at. */
static void test_other_layer(void)
{
    GError *error = NULL;
    g_autofree char *qml = qml_of(fixture_schools(),
                                  "{'id': 'x', 'type': 'circle', 'source': 'workspace',"
                                  " 'source-layer': 'elsewhere'}",
                                  NULL, &error);
    g_assert_no_error(error);
    fixture_assert_lacks(qml, "<rule ");
}

static void test_mixed_geometry(void)
{
    GError *error = NULL;
    FmTable *table = fm_table_new(FM_GEOMETRY_ANY);
    static const char *const shapes[] = {"POINT (0 0)", "LINESTRING (0 0, 1 1)",
                                         "POLYGON ((0 0, 1 0, 1 1, 0 0))"};
    for (gsize i = 0; i < G_N_ELEMENTS(shapes); i++)
        fm_table_set_geometry(table, fm_table_append_row(table),
                              fm_geometry_from_wkt(shapes[i], NULL));
    g_autofree char *qml =
        qml_of(table, LAYER("f", "fill") "}," LAYER("l", "line") "}," LAYER("c", "circle") "}",
               NULL, &error);
    g_assert_no_error(error);
    fixture_assert_has(qml,
                       "label=\"f\" filter=\"geometry_type($geometry) = &apos;Polygon&apos;\"");
    fixture_assert_has(qml, "label=\"l\" filter=\"geometry_type($geometry) = &apos;Line&apos;\"");
    fixture_assert_has(qml, "label=\"c\" filter=\"geometry_type($geometry) = &apos;Point&apos;\"");
    fixture_assert_has(qml, "<symbol type=\"line\"");
    fixture_assert_has(qml, "<symbol type=\"marker\"");
}

/* 1:500 000 lies between the denominators of zoom 8 and 10 on the equator. */
static void test_scales(void)
{
    GError *error = NULL;
    const double equator_px = 512, metres_per_px = 0.0254 / 96;
    double denominator = 2 * G_PI * 6378137.0 / equator_px / exp2(8) / metres_per_px;
    g_autofree char *expect = g_strdup_printf("scalemaxdenom=\"%.0f\"", denominator);
    g_autofree char *expect_low = g_strdup_printf("scalemindenom=\"%.0f\"", denominator / 4);
    g_autofree char *qml = qml_of(
        fixture_schools(), LAYER("c", "circle") ", 'minzoom': 8, 'maxzoom': 10}", NULL, &error);
    g_assert_no_error(error);
    fixture_assert_has(qml, expect);
    fixture_assert_has(qml, expect_low);
}

static void test_warning(void)
{
    GError *error = NULL;
    g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
    g_autofree double *numbers = g_new(double, 100);
    for (gsize i = 0; i < 100; i++)
        numbers[i] = (double)i;
    g_autofree char *qml = qml_of(
        fixture_points(NULL, numbers, 100),
        LAYER("c", "circle") ", 'paint': {'circle-radius': ['get', 'n']}}", warnings, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(warnings->len, ==, 1);
    g_assert_cmpstr(g_ptr_array_index(warnings, 0), ==,
                    "style layer 'c' of 'p': drawn in classes in QGIS");
}

static void test_no_icon(void)
{
    GError *error = NULL;
    g_assert_null(qml_of(fixture_schools(),
                         LAYER("s", "symbol") ", 'layout': {'icon-image': 'no-such'}}", NULL,
                         &error));
    fixture_assert_error(&error, FM_ERROR_NOT_FOUND, "style layer 's': there is no icon 'no-such'");
}

/* Names alone: QGIS must not add a symbol of its own choice. */
static void test_text_only(void)
{
    GError *error = NULL;
    g_autofree char *qml =
        qml_of(fixture_schools(), LAYER("s", "symbol") ", 'layout': {'text-field': ['get', 'id']}}",
               NULL, &error);
    g_assert_no_error(error);
    fixture_assert_has(qml, "<renderer-v2 type=\"nullSymbol\"/>");
    fixture_assert_has(qml, "labelsEnabled=\"1\"");
}

void test_qml(void)
{
    g_test_add_func("/export/qml/plain", test_plain);
    g_test_add_func("/export/qml/rules", test_rules);
    g_test_add_func("/export/qml/sort-key", test_sort_key);
    g_test_add_func("/export/qml/other-layer", test_other_layer);
    g_test_add_func("/export/qml/mixed-geometry", test_mixed_geometry);
    g_test_add_func("/export/qml/scales", test_scales);
    g_test_add_func("/export/qml/warning", test_warning);
    g_test_add_func("/export/qml/no-icon", test_no_icon);
    g_test_add_func("/export/qml/text-only", test_text_only);
}
