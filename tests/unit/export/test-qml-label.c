/* Label expressions: templates of columns, few rows one by one, or none. */
#include "fixture.h"
#include "qml.h"

#include <fm-unit.h>

/* Takes the table.  @return the rule, NULL when fm__qml_label_rule found no expression */
static char *rule_of(FmTable *table, const char *text_field)
{
    g_autoptr(FmTable) owned = table;
    g_autofree char *layer =
        g_strdup_printf("{'id': 's', 'type': 'symbol', 'source': 'workspace', 'source-layer': 'p',"
                        " 'layout': {'text-field': %s, 'text-size': 16}}",
                        text_field);
    g_autoptr(FmStyle) style = fixture_style(layer);
    const FmStyleContext context = {.table = table, .zoom = 9};
    const FmQmlItem item = {
        .layer = fm_style_layer(style, 0), .context = &context, .condition = "\"a\" < 1"};
    g_autoptr(GString) xml = g_string_new(NULL);
    if (!fm__qml_label_rule(xml, &item))
        return NULL;
    if (xml->len > 0)
        fixture_assert_xml(xml->str);
    return g_strdup(xml->str);
}

static void assert_expression(FmTable *table, const char *text_field, const char *expect)
{
    g_autofree char *rule = rule_of(table, text_field);
    g_autofree char *attribute = g_strdup_printf("fieldName=\"%s\"", expect);
    g_assert_nonnull(rule);
    fixture_assert_has(rule, attribute);
}

static void test_columns(void)
{
    assert_expression(fixture_schools(), "['get', 'name_en']", "concat(&quot;name_en&quot;)");
    assert_expression(
        fixture_schools(),
        "['format', ['concat', '# ', ['get', 'id']], {}, '\\n', {}, ['get', 'name_zh'],"
        " {'font-scale': 0.8}]",
        "concat(&apos;# &apos;, &quot;id&quot;, &apos;\\n&apos;, &quot;name_zh&quot;)");
}

static void test_number(void)
{
    static const double numbers[] = {1.5, 20};
    assert_expression(fixture_points(NULL, numbers, 2),
                      "['concat', ['to-string', ['get', 'n']], ' km']",
                      "concat(&quot;n&quot;, &apos; km&apos;)");
}

static void test_rows(void)
{
    assert_expression(fixture_schools(), "['upcase', ['get', 'id']]",
                      "CASE WHEN &quot;id&quot; = &apos;s1&apos; THEN &apos;S1&apos;"
                      " WHEN &quot;id&quot; = &apos;s2&apos; THEN &apos;S2&apos; END");
}

/* No column tells the rows apart: no expression; no text: no need of one. */
static void test_none(void)
{
    static const char *const kinds[] = {"a", "a"};
    static const double numbers[] = {0.25, 0.5};
    g_assert_null(
        rule_of(fixture_points(kinds, numbers, 2), "['to-string', ['*', 100, ['get', 'n']]]"));
    g_autofree char *empty = rule_of(fixture_points(kinds, NULL, 2), "''");
    g_assert_cmpstr(empty, ==, "");
}

static void test_rule(void)
{
    g_autofree char *rule = rule_of(fixture_schools(), "['get', 'name_en']");
    fixture_assert_has(rule, "filter=\"&quot;a&quot; &lt; 1\"");
    fixture_assert_has(rule, "fontSize=\"12\""); /* 16 px are 12 pt */
    fixture_assert_has(rule, "placement=\"1\"");
    fixture_assert_has(rule, "autoWrapLength=\"20\""); /* 10 em by default */
}

void test_qml_label(void)
{
    g_test_add_func("/export/qml-label/columns", test_columns);
    g_test_add_func("/export/qml-label/number", test_number);
    g_test_add_func("/export/qml-label/rows", test_rows);
    g_test_add_func("/export/qml-label/none", test_none);
    g_test_add_func("/export/qml-label/rule", test_rule);
}
