/* The scale bar is true on a map of a city, and not on a Mercator map of half a continent. */
#include "fixture-page.h"
#include "fm-unit.h"
#include "lint.h"

#include <string.h>

/* Findings of the rule on a page whose frame shows these metres of the CRS. */
static GPtrArray *look(const char *crs, FmBounds bounds)
{
    g_autoptr(FixturePage) page = fixture_page_new("{}", "[" FIXTURE_AREA "]");
    GPtrArray *findings = g_ptr_array_new_with_free_func((GDestroyNotify)fm_lint_finding_free);
    g_autoptr(FmFrame) frame = fm__frame_new(crs, NULL);
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    FmRenderJob job = {.sheet = page->sheet, .frame = frame, .insets = none, .panes = none};
    FmLint lint = {.document = page->style, .job = &job, .findings = findings};
    g_assert_true(fm__frame_fit(frame, &page->sheet, bounds, 0, NULL));
    fm__lint_scale(&lint);
    return findings;
}

static void true_everywhere(void)
{
    g_autoptr(GPtrArray) city = look("EPSG:4548", (FmBounds){4.0e5, 4.4e6, 6.0e5, 4.5e6});
    g_autoptr(GPtrArray) town = look("EPSG:3857", (FmBounds){1.29e7, 4.85e6, 1.292e7, 4.86e6});
    g_assert_cmpuint(city->len, ==, 0);
    g_assert_cmpuint(town->len, ==, 0);
}

static void off(void)
{
    g_autoptr(GPtrArray) findings = look("EPSG:3857", (FmBounds){1.2e7, 3.5e6, 1.4e7, 6e6});
    g_assert_cmpuint(findings->len, ==, 1);
    const FmLintFinding *finding = findings->pdata[0];
    g_assert_cmpint(finding->rule, ==, FM_LINT_SCALE);
    g_assert_nonnull(strstr(finding->message, "off by"));
    g_assert_cmpstr(finding->path, ==, "metadata.facmap:extent");
}

void test_lint_scale(void)
{
    g_test_add_func("/render/lint-scale/true", true_everywhere);
    g_test_add_func("/render/lint-scale/off", off);
}
