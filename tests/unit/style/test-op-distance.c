#include "fm-unit.h"
#include "support.h"

#include <string.h>

/* The lines of one feature are not joined, unlike in the official implementation. */
static void test_lines_apart(void)
{
    g_autofree char *fixture = quoted(
        "{'expression': ['<', ['distance', {'type': 'Point', 'coordinates': [0.5, 0]}], 40000],"
        "'inputs': [[{}, {'geometry': {'type': 'MultiLineString', 'coordinates': "
        "[[[0, 0], [0, 1]], [[1, 0], [1, 1]]]}}]]}");
    g_autoptr(GError) error = NULL;
    g_autofree char *result = fm_style_eval_fixture(fixture, &error);
    g_assert_no_error(error);
    g_assert_nonnull(strstr(result, "\"outputs\":[false]"));
}

static void test_text(void)
{
    g_autofree char *message =
        style_error("'type': 'fill', 'filter': ['<', ['distance', 'x'], 5]", FM_ERROR_PARSE);
    g_assert_nonnull(strstr(message, "'distance' expression requires valid geojson object"));
}

void test_op_distance(void)
{
    fixtures_add("op-distance");
    g_test_add_func("/style/op-distance/lines-apart", test_lines_apart);
    g_test_add_func("/style/op-distance/text", test_text);
}
