#include "lint-fixture.h"

#include "fixture.h"

#include <string.h>

static GPtrArray *lint(const char *metadata, const char *layers)
{
    g_autofree char *folder = fixture_folder();
    FmWorkspace *workspace = fixture_town(folder);
    /* The frame shows the areas, with two of the schools. */
    const char *rest = metadata + 1;
    g_autofree char *meta = g_strdelimit(
        g_strconcat("{'facmap:extent': {'layers': ['area']}", *rest == '}' ? "" : ", ", rest, NULL),
        "'", '"');
    g_autofree char *list = g_strdelimit(g_strdup(layers), "'", '"');
    g_autoptr(FmStyle) style = fixture_document(meta, list);
    g_autoptr(GError) error = NULL;
    g_autofree char *icons = g_build_filename(g_getenv("FACMAP_SOURCE"), "styles", "icons", NULL);
    const FmRenderOptions options = {.lint = TRUE, .language = FM_LANGUAGE_EN, .icons_dir = icons};
    g_autoptr(FmRenderReport) report =
        fm_render_page(workspace, style, NULL, &options, NULL, &error);
    g_assert_no_error(error);
    fm_workspace_free(workspace);
    g_assert_cmpuint(fixture_count_files(folder), ==, 1); /* nothing beside the workspace */
    fixture_remove(folder);
    return g_steal_pointer(&report->findings);
}

guint lint_count_all(const char *metadata, const char *layers)
{
    g_autoptr(GPtrArray) findings = lint(metadata, layers);
    return findings->len;
}

guint lint_count(const char *metadata, const char *layers, FmLintRule rule, const char *words)
{
    g_autoptr(GPtrArray) findings = lint(metadata, layers);
    guint n = 0;
    for (guint i = 0; i < findings->len; i++) {
        const FmLintFinding *finding = findings->pdata[i];
        n += finding->rule == rule && (!words || strstr(finding->message, words));
    }
    return n;
}

FmLintFinding *lint_first(const char *metadata, const char *layers, FmLintRule rule)
{
    g_autoptr(GPtrArray) findings = lint(metadata, layers);
    for (guint i = 0; i < findings->len; i++)
        if (((FmLintFinding *)findings->pdata[i])->rule == rule)
            return g_ptr_array_steal_index(findings, i);
    g_error("no finding of '%s'", fm_lint_rule_name(rule));
}
