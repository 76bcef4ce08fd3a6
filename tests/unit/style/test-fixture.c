#include "fm-unit.h"
#include "support.h"

static void test_malformed(void)
{
    static const char *const malformed[] = {
        "",
        "[]",
        "{}",
        "{\"expression\": 1, \"inputs\": 5}",
        "{\"expression\": 1, \"inputs\": [5]}",
        "{\"expression\": 1, \"inputs\": [[{}]]}",
        "{\"expression\": 1, \"inputs\": [[{}, 5]]}",
        "{\"expression\": 1, \"propertySpec\": []}",
        "{\"expression\": 1",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(malformed); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(fm_style_eval_fixture(malformed[i], &error));
        g_assert_error(error, FM_ERROR, FM_ERROR_PARSE);
    }
}

/* What the specification has and facmap has not is a compile error that says so. */
static void test_unsupported(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *state =
        fm_style_eval_fixture("{\"expression\": [\"!\", [\"feature-state\", \"a\"]]}", &error);
    g_assert_no_error(error);
    g_assert_cmpstr(state, ==,
                    "{\"compiled\":{\"result\":\"error\",\"errors\":[{\"key\":\"[1][0]\",\"error\":"
                    "\"The operator \\\"feature-state\\\" is not supported.\"}]}}");
    g_autofree char *other = fm_style_eval_fixture(
        "{\"expression\": 1, \"propertySpec\": {\"type\": \"state\"}}", &error);
    g_assert_no_error(error);
    g_assert_nonnull(strstr(other, "Properties of type \\\"state\\\" are not supported."));
}

/* Without inputs there are no outputs; what is not finite is null. */
static void test_outputs(void)
{
    g_autofree char *none = fm_style_eval_fixture("{\"expression\": 1}", NULL);
    g_assert_nonnull(strstr(none, "\"outputs\":[]"));
    g_autofree char *infinite =
        fm_style_eval_fixture("{\"expression\": [\"/\", 1, 0], \"inputs\": [[{}, {}]]}", NULL);
    g_assert_nonnull(strstr(infinite, "\"outputs\":[null]"));
    g_autofree char *large =
        fm_style_eval_fixture("{\"expression\": 1e21, \"inputs\": [[{}, {}]]}", NULL);
    g_assert_nonnull(strstr(large, "\"outputs\":[1e+21]"));
}

void test_fixture(void)
{
    g_test_add_func("/style/fixture/malformed", test_malformed);
    g_test_add_func("/style/fixture/unsupported", test_unsupported);
    g_test_add_func("/style/fixture/outputs", test_outputs);
}
