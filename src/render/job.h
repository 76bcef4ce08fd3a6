/* One page while it is made: what render.c prepares, page-draw.c draws and render.c writes. */
#ifndef FACMAP_RENDER_JOB_H
#define FACMAP_RENDER_JOB_H

#include "furniture.h"
#include "surface.h"
#include "symbols.h"

typedef struct {
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
} FmRenderJob;

/* Collect the symbols of all layers and place them.
 * Returns FALSE with FM_ERROR_NOT_FOUND or FM_ERROR_PARSE (an icon). */
gboolean fm__job_place_symbols(FmRenderJob *job, GError **error);

/* Draw the page on job->cr.
 * Returns FALSE with FM_ERROR_NOT_FOUND or FM_ERROR_PARSE (a pattern), FM_ERROR_CRS or
 * FM_ERROR_CANCELLED. */
gboolean fm__job_draw(FmRenderJob *job, const FmProgress *progress, GError **error);

#endif
