/* What a style layer is on the page: every key looked up, every mistake named. */
#include "fm-unit.h"
#include "support.h"

#include <facmap/page.h>
#include <string.h>

static FmStyle *line_with(const char *metadata)
{
    g_autofree char *members = g_strdup_printf("'type': 'line', 'metadata': {%s}", metadata);
    return style_of(members);
}

static void keys(void)
{
    g_autoptr(FmStyle) style =
        line_with("'facmap:optional': true, 'facmap:inside': true, 'facmap:outside': true,"
                  "'facmap:at-end': true, 'facmap:obstacle': 0.5, 'facmap:leader': 6,"
                  "'facmap:legend': 'Explains itself'");
    const FmStyleLayer *layer = fm_style_layer(style, 0);
    g_assert_true(fm_page_layer_is_optional(layer));
    g_assert_true(fm_page_layer_is_inside(layer));
    g_assert_true(fm_page_layer_is_outside(layer));
    g_assert_true(fm_page_layer_is_at_end(layer));
    g_assert_true(fm_page_layer_is_unlisted(layer));
    g_assert_cmpfloat(fm_page_layer_obstacle(layer), ==, 0.5);
    g_assert_cmpfloat(fm_page_layer_leader_em(layer), ==, 6);
}

static void crowds(void)
{
    g_autoptr(FmStyle) style = style_of("'type': 'symbol', 'metadata': {'facmap:displace': 3,"
                                        " 'facmap:cluster': 4.5}");
    g_autoptr(GError) error = NULL;
    g_autoptr(FmPage) page = fm_page_new(style, &error);
    g_assert_no_error(error);
    g_assert_cmpfloat(fm_page_layer_displace_mm(fm_style_layer(style, 0)), ==, 3);
    g_assert_cmpfloat(fm_page_layer_cluster_mm(fm_style_layer(style, 0)), ==, 4.5);
}

/* Without metadata, and with keys that are not ours. */
static void nothing(void)
{
    static const char *const members[] = {"'type': 'line'",
                                          "'type': 'line', 'metadata': {'other:inside': true}"};
    for (gsize i = 0; i < G_N_ELEMENTS(members); i++) {
        g_autoptr(FmStyle) style = style_of(members[i]);
        const FmStyleLayer *layer = fm_style_layer(style, 0);
        g_assert_false(fm_page_layer_is_optional(layer));
        g_assert_false(fm_page_layer_is_inside(layer));
        g_assert_false(fm_page_layer_is_outside(layer));
        g_assert_false(fm_page_layer_is_at_end(layer));
        g_assert_false(fm_page_layer_is_unlisted(layer));
        g_assert_cmpfloat(fm_page_layer_obstacle(layer), ==, 0);
        g_assert_cmpfloat(fm_page_layer_leader_em(layer), ==, 0);
        g_assert_cmpfloat(fm_page_layer_displace_mm(layer), ==, 0);
        g_assert_cmpfloat(fm_page_layer_cluster_mm(layer), ==, 0);
    }
}

static void mistakes(void)
{
    static const struct {
        const char *metadata, *says;
    } cases[] = {
        {"'facmap:optinal': true", "unknown key 'facmap:optinal'"},
        {"'facmap:optional': 1", "'facmap:optional' must be true or false"},
        {"'facmap:obstacle': 2", "'facmap:obstacle' must be from 0 to 1"},
        {"'facmap:leader': 41", "'facmap:leader' must be from 0 to 40"},
        {"'facmap:displace': 21", "'facmap:displace' must be from 0 to 20"},
        {"'facmap:displace': 2", "'facmap:displace' is for layers of type \"symbol\""},
        {"'facmap:cluster': 'near'", "'facmap:cluster' must be a number"},
        {"'facmap:cluster': 3", "'facmap:cluster' is for layers of type \"symbol\""},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(FmStyle) style = line_with(cases[i].metadata);
        g_autoptr(GError) error = NULL;
        g_assert_null(fm_page_new(style, &error));
        g_assert_error(error, FM_ERROR, FM_ERROR_PARSE);
        g_assert_true(g_str_has_prefix(error->message, "test.json: layer 'l': metadata"));
        g_assert_nonnull(strstr(error->message, cases[i].says));
    }
}

void test_page_layer(void)
{
    g_test_add_func("/style/page-layer/keys", keys);
    g_test_add_func("/style/page-layer/crowds", crowds);
    g_test_add_func("/style/page-layer/nothing", nothing);
    g_test_add_func("/style/page-layer/mistakes", mistakes);
}
