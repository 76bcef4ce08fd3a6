/* Figures and placeholders: what stands for "{people}" or "{scale}" in the texts of a page. */
#ifndef FACMAP_RENDER_VALUES_H
#define FACMAP_RENDER_VALUES_H

#include "layers.h"

#include <facmap/render.h>

/* Placeholder name -> text in both languages. */
typedef struct FmPlaceholders FmPlaceholders;

/* The page of an atlas that words are for. */
typedef struct {
    const FmMapLayer *layer; /* of the areas */
    gsize row;
    guint number, n_pages; /* from 1 */
} FmAtlasPage;

/* The words that all pages share, of the workspace and of the layers that are drawn: title, date,
 * run, source, licence.
 * Returns NULL with FM_ERROR_DATABASE. */
FmPlaceholders *fm__placeholders_new(FmWorkspace *workspace, const FmMapLayers *layers,
                                     GError **error);
/* Those of one page beside them: the page's values, crs, scale (of each map when they differ), and
 * of an atlas page "atlas.page", "atlas.pages", "atlas.name" and every column of its area.
 * frames: of the page's maps (FmFrame*), at least one
 * shared: borrowed; must outlive the result.  atlas: NULL = the page is none */
FmPlaceholders *fm__placeholders_of_page(const FmPlaceholders *shared, const FmPage *page,
                                         const FmMapLayers *layers, const GPtrArray *frames,
                                         const FmAtlasPage *atlas);
void fm__placeholders_free(FmPlaceholders *placeholders);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmPlaceholders, fm__placeholders_free)

/* Put the words in.  language: FM_LANGUAGE_BOTH for a text of figures that both share.
 * A sentence with a word that the workspace does not have ("Data of {date}.") is left out.
 * Returns transfer full; NULL for a NULL template.  An unknown placeholder stays as it is written
 * and is named once in `warnings` (char*). */
char *fm__placeholders_expand(const FmPlaceholders *placeholders, const char *template,
                              FmLanguage language, GPtrArray *warnings);

/* A figure as text, "–" for NaN.  language: FM_LANGUAGE_BOTH = one that both languages read.
 * Returns transfer full. */
char *fm__format_value(double value, FmPageFormat format, FmLanguage language);

/* `n` numbers made one; NaN when there are none (0 rows, a sum of 0). */
double fm__reduce(const double *values, gsize n, FmPageReduce how);

/* The page's value over the rows that its filter accepts; NaN when there are none. */
double fm__page_value_compute(const FmPageValue *value, const FmMapLayer *layer);

#endif
