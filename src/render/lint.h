/* Looking at a page that is drawn once more without its texts: what lint.c collects, and the rules
 * of lint-*.c. */
#ifndef FACMAP_RENDER_LINT_H
#define FACMAP_RENDER_LINT_H

#include "job.h"

#include <facmap/lint.h>

/* One text on the page. */
typedef struct {
    char *words;
    GArray *boxes;             /* FmTurnedBox: its lines, or its glyphs along a path */
    double size_pt;            /* on paper, the smallest of it */
    FmColor color, halo;       /* halo: alpha 0 = none */
    const FmStyleLayer *layer; /* NULL: furniture */
    const FmRenderJob *map;    /* whose frame it must not leave; NULL: furniture */
    FmPagePoint anchor;        /* of a label: what it names is here */
    gboolean wordless;         /* a label of images alone: size and colour are not its own */
} FmLintText;

struct FmLint {
    const FmStyle *document; /* as the user wrote it, for paths */
    FmRenderJob *job;
    cairo_surface_t *ground; /* the page without texts, a device pixel a px */
    GArray *texts;           /* FmLintText */
    GPtrArray *findings;     /* FmLintFinding */
};

/* Look at a prepared page.  document: as it was given
 * Returns FmLintFinding elements, transfer full; NULL as drawing fails. */
GPtrArray *fm__lint_page(FmRenderJob *job, const FmStyle *document, GError **error);

/* Add a finding.  at: on the page, or NULL; layer may be NULL; property: "paint.text-color", or of
 * the metadata without a layer, or NULL */
void fm__lint_add(FmLint *lint, FmLintRule rule, const FmPagePoint *at, const FmStyleLayer *layer,
                  const char *property, const char *format, ...) G_GNUC_PRINTF(6, 7);

/* Maps of the page with symbols and frames: the panes or the only map, then the insets.  Calls
 * `visit` for each. */
void fm__lint_each_map(const FmLint *lint, void (*visit)(FmLint *lint, const FmRenderJob *map),
                       FmLint *user);

/* Does the map draw the layer at its zoom? */
gboolean fm__lint_is_drawn(const FmRenderJob *map, const FmStyleLayer *layer);

/* ---- the rules ---- */

void fm__lint_texts(FmLint *lint);    /* lint-text.c: overlap, clipped, glyph, small */
void fm__lint_contrast(FmLint *lint); /* lint-contrast.c */
void fm__lint_classes(FmLint *lint);  /* lint-classes.c */
void fm__lint_legend(FmLint *lint);   /* lint-legend.c: entries and features */
void fm__lint_scale(FmLint *lint);    /* lint-scale.c */

#endif
