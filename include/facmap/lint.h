/** @file lint.h
 *  What is wrong with a page as it was drawn, told by looking at it as a reader would: texts that
 *  overlap or cannot be read, classes that cannot be told apart, a legend that does not fit its
 *  map, a scale bar that is not true.  docs/lint.md has the rules.
 *
 *  Threads: a finding is plain data. */
#ifndef FACMAP_LINT_H
#define FACMAP_LINT_H

#include <facmap/core.h>

G_BEGIN_DECLS

typedef enum {
    FM_LINT_OVERLAP,       /**< a text on another one, or on a symbol */
    FM_LINT_CLIPPED,       /**< a text cut by the frame or the page */
    FM_LINT_GLYPH,         /**< a character that no font has */
    FM_LINT_SMALL,         /**< a text under 5 pt */
    FM_LINT_CONTRAST,      /**< a text below 3:1 (WCAG 2.1) on what is under it */
    FM_LINT_CLASSES,       /**< two classes that look alike to some eyes, or in grey */
    FM_LINT_LEGEND_EMPTY,  /**< an entry of the legend without a feature on the map */
    FM_LINT_LEGEND_ABSENT, /**< features on the map without an entry of the legend */
    FM_LINT_SCALE,         /**< the scale bar is off by more than 1 % somewhere in the frame */
    FM_N_LINTS,
} FmLintRule;

/** "overlap", "clipped", … for messages and JSON; static storage. */
FM_API const char *fm_lint_rule_name(FmLintRule rule);

/** One finding. */
typedef struct {
    FmLintRule rule;
    double x_mm, y_mm; /**< on the page from its top left corner; NaN: everywhere */
    char *layer;       /**< id of the style layer, or NULL */
    char *path;        /**< of the document: "layers[3].paint.text-color", "metadata" */
    char *message;     /**< one line */
} FmLintFinding;

FM_API void fm_lint_finding_free(FmLintFinding *finding);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmLintFinding, fm_lint_finding_free)

/** "overlap at 132, 87 mm, layers[3] 'school': …".  @return transfer full (g_free) */
FM_API char *fm_lint_finding_text(const FmLintFinding *finding);

G_END_DECLS
#endif
