/* One page while it is made: what render.c prepares, page-draw.c draws and render.c writes. */
#ifndef FACMAP_RENDER_JOB_H
#define FACMAP_RENDER_JOB_H

#include "furniture.h"
#include "surface.h"
#include "symbols.h"

typedef struct FmRenderJob FmRenderJob;

struct FmRenderJob {
    FmWorkspace *workspace;
    const FmStyle *style; /* as given, then `classed` */
    FmStyle *classed;     /* with its classes written out */
    const FmRenderOptions *options;
    FmPage *page;
    FmSheet sheet;
    FmFrame *frame;
    FmMapLayers *layers;
    FmPlaceholders *placeholders;
    FmIconSet *icons;
    FmTextContext *text;
    FmSymbols *symbols;
    cairo_t *cr;
    GString *display_list;
    FmRenderReport *report;
    FmRenderJob *inset;   /* the same page's inset, or NULL: frame, layers and symbols of its own */
    FmPageRect inset_box; /* with its title, on the page */
};

/* Unite the bounds of a layer's features (those that `filter` accepts) into `bounds`.
 * Returns FALSE with FM_ERROR_CRS. */
gboolean fm__job_extend(const FmRenderJob *job, const char *layer, const FmPageExpression *filter,
                        FmBounds *bounds, GError **error);

/* Collect the symbols of all layers and place them.
 * Returns FALSE with FM_ERROR_NOT_FOUND or FM_ERROR_PARSE (an icon). */
gboolean fm__job_place_symbols(FmRenderJob *job, GError **error);

/* Draw the page on job->cr.
 * Returns FALSE with FM_ERROR_NOT_FOUND or FM_ERROR_PARSE (a pattern), FM_ERROR_CRS or
 * FM_ERROR_CANCELLED. */
gboolean fm__job_draw(FmRenderJob *job, const FmProgress *progress, GError **error);

/* What fm__job_draw draws with. */
FmFurniture fm__job_furniture(const FmRenderJob *job);

/* ---- inset.c ---- */

/* Make the inset that the page asks for: frame, layers and symbols.  None when it would not be
 * markedly larger in scale than the map.  Before the map's symbols are placed: what it covers is
 * taken from them.
 * Returns FALSE as preparing and placing do. */
gboolean fm__inset_make(FmRenderJob *job, const FmProgress *progress, GError **error);
/* Its outline on the map. */
void fm__inset_draw_outline(const FmRenderJob *job);
/* Draw it over the map.  Returns FALSE as fm__job_draw. */
gboolean fm__inset_draw(const FmRenderJob *job, GError **error);
void fm__inset_free(FmRenderJob *inset);

/* Draw all style layers into the job's frame; with `furniture` the graticule and the inset's
 * outline below the first names. */
gboolean fm__job_draw_map(const FmRenderJob *job, FmFurniture *furniture,
                          const FmProgress *progress, GError **error);

#endif
