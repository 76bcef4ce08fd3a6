/* Findings: where they are, and how they are told. */
#include "fm-unit.h"
#include "lint-fixture.h"

#include <math.h>
#include <string.h>

static void clean(void)
{
    const char *layers = "[" LINT_LAYER("a", "fill", "area", LINT_SILENT) "]";
    g_assert_cmpuint(lint_count_all("{}", layers), ==, 0);
}

/* The place on paper, the layer, the path in the document as written, one line. */
static void where(void)
{
    g_autoptr(FmLintFinding) finding = lint_first(
        "{}",
        "[" LINT_LAYER("a", "fill", "area", LINT_SILENT) ", " LINT_LAYER(
            "names", "symbol", "school", "'layout': {'text-field': 'tiny', 'text-size': 4}") "]",
        FM_LINT_SMALL);
    g_assert_cmpstr(finding->layer, ==, "names");
    g_assert_cmpstr(finding->path, ==, "layers[1].layout.text-size");
    g_assert_true(finding->x_mm > 0 && finding->x_mm < 420 && finding->y_mm > 0 &&
                  finding->y_mm < 297);
    g_autofree char *text = fm_lint_finding_text(finding);
    g_assert_true(g_str_has_prefix(text, "small at "));
    g_assert_nonnull(
        strstr(text, " mm, layers[1].layout.text-size 'names': 'tiny' is set in 3.0 pt"));
    g_assert_null(strchr(text, '\n'));
}

static void nowhere(void)
{
    FmLintFinding finding = {FM_LINT_CLASSES, (double)NAN, (double)NAN, NULL, NULL, NULL};
    char path[] = "metadata", message[] = "they are one";
    finding.path = path;
    finding.message = message;
    g_autofree char *text = fm_lint_finding_text(&finding);
    g_assert_cmpstr(text, ==, "classes, metadata: they are one");
}

void test_lint(void)
{
    g_test_add_func("/render/lint/clean", clean);
    g_test_add_func("/render/lint/where", where);
    g_test_add_func("/render/lint/nowhere", nowhere);
}
