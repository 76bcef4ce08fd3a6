/* One page while it is made: job.c prepares it, page-draw.c draws it, render.c writes it. */
#ifndef FACMAP_RENDER_JOB_H
#define FACMAP_RENDER_JOB_H

#include "book.h"
#include "furniture.h"
#include "numbered.h"
#include "surface.h"
#include "symbols.h"
#include "world-file.h"

/* Geometry is kept this far beyond the frame, so that strokes along the cut stay unseen. */
#define FM_CLIP_MARGIN_PX 48.0

typedef struct FmRenderJob FmRenderJob;

struct FmRenderJob {
    const FmRenderBook *book;
    const FmStyle *style; /* the book's */
    const FmPage *page;   /* the book's */
    const FmRenderOptions *options;
    const FmPageScale *scale; /* the book's */
    const FmAtlasPage *atlas; /* borrowed; NULL = the page is none of an atlas */
    FmSheet sheet;
    FmFrame *frame;
    FmMapLayers *layers; /* a view of the book's */
    FmPlaceholders *placeholders;
    FmIconSet *icons;
    FmLogo *logo; /* or NULL */
    FmTextContext *text;
    FmSymbols *symbols;
    FmNumbered *numbered; /* of the map's names that found no place, when the page wants them */
    cairo_t *cr;
    GString *display_list;
    FmLint *lint; /* not NULL: texts are noted there instead of drawn */
    FmRenderReport *report;
    /* Other maps of the page (FmRenderJob), with frames, layers and symbols of their own. */
    GPtrArray *insets; /* that stand on this map */
    GPtrArray *panes;  /* that stand in its place, in reading order; empty = this is the only map */
    GArray *maps;      /* FmFurnitureMap: this one, or the panes */
    /* Of an inset or a pane: */
    FmPageRect box; /* with its title, on the page */
    const FmPageInset *inset;
    const FmPageFrame *pane;   /* of facmap:maps, or NULL */
    char *title_en, *title_zh; /* of a pane; either may be NULL */
};

/* Another map of the page: shares what is the page's, has nothing of its own yet.
 * Returns transfer full (fm__child_free). */
FmRenderJob *fm__child_new(const FmRenderJob *job);
void fm__child_free(FmRenderJob *child);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmRenderJob, fm__child_free)
/* Give it a view of the book's layers. */
void fm__child_view(FmRenderJob *child);
/* Project them into its frame. */
gboolean fm__child_project(FmRenderJob *child, const FmProgress *progress, GError **error);

/* Is the style layer one that this map draws at all? */
gboolean fm__job_has_layer(const FmRenderJob *job, const FmStyleLayer *layer);
/* Give a fitted frame the scale that the page asks for; a warning when it does not show all. */
void fm__job_set_scale(FmRenderJob *job);

/* Fit, project and place a page.
 * options: the book's, or its copy for a thread of its own; must outlive the job
 * Returns FALSE with FM_ERROR_USAGE (size), FM_ERROR_NOT_FOUND, FM_ERROR_PARSE, FM_ERROR_CRS,
 * FM_ERROR_DATA (nothing to show), FM_ERROR_DATABASE or FM_ERROR_CANCELLED. */
gboolean fm__job_prepare(FmRenderJob *job, const FmRenderBook *book, const FmRenderOptions *options,
                         const FmAtlasPage *atlas, const FmProgress *progress, GError **error);
void fm__job_clear(FmRenderJob *job);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmRenderJob, fm__job_clear)

FmRenderReport *fm__report_new(void);

/* Draw the prepared page and write its files into `outputs`, which the caller commits.
 * Returns FALSE with FM_ERROR_IO, FM_ERROR_LIMIT or as fm__job_draw. */
gboolean fm__job_write(FmRenderJob *job, FmOutputs *outputs, const char *path,
                       const FmProgress *progress, GError **error);

/* Everything is drawn: end the file of a vector picture, with what it says of itself.
 * title: template; NULL = the page's title */
gboolean fm__job_finish_vectors(const FmRenderJob *job, const char *title, const char *path,
                                GError **error);

/* What was drawn, into the job's report. */
void fm__job_finish_report(FmRenderJob *job);

/* Unite the bounds of a layer's features (those that `filter` accepts) into `bounds`.
 * Returns FALSE with FM_ERROR_CRS. */
gboolean fm__job_extend(const FmRenderJob *job, const char *layer, const FmPageExpression *filter,
                        FmBounds *bounds, GError **error);

/* What the map's frame is to show: bounds and what to add on each side, of their size.
 * Returns FALSE with FM_ERROR_CRS or, of --extent, FM_ERROR_NOT_FOUND. */
gboolean fm__job_find_bounds(const FmRenderJob *job, FmBounds *bounds, double *pad_ratio,
                             GError **error);

/* Collect the symbols of all layers and place them.
 * Returns FALSE with FM_ERROR_NOT_FOUND or FM_ERROR_PARSE (an icon). */
gboolean fm__job_place_symbols(FmRenderJob *job, GError **error);

/* Draw the page on job->cr.
 * Returns FALSE with FM_ERROR_NOT_FOUND or FM_ERROR_PARSE (a pattern), FM_ERROR_CRS or
 * FM_ERROR_CANCELLED. */
gboolean fm__job_draw(FmRenderJob *job, const FmProgress *progress, GError **error);

/* What fm__job_draw draws with. */
FmFurniture fm__job_furniture(const FmRenderJob *job);

/* ---- atlas.c ---- */

/* All pages of the book's atlas, and their files together.
 * path: of a PDF, or with "{id}", "{page}" or another column of the areas' layer for a file a page
 * Returns transfer full; NULL with FM_ERROR_USAGE (path) or as one page. */
FmRenderReport *fm__atlas_render(const FmRenderBook *book, const char *path,
                                 const FmProgress *progress, GError **error);

/* The veil over what lies around the page's area, and the area's outline. */
void fm__atlas_draw_area(const FmRenderJob *job);

/* ---- inset.c ---- */

/* Make the insets that the page asks for: frames, layers and symbols.  None that would not be
 * markedly larger in scale than the map.  Before the map's symbols are placed: what they cover is
 * taken from them.
 * Returns FALSE as preparing and placing do. */
gboolean fm__insets_make(FmRenderJob *job, const FmProgress *progress, GError **error);
/* Their outlines on the map. */
void fm__insets_draw_outlines(const FmRenderJob *job);
/* The inset's frame as a box of the main map. */
FmPageRect fm__inset_outline(const FmFrame *map, const FmFrame *inset);
/* Draw them over the map.  Returns FALSE as fm__job_draw. */
gboolean fm__insets_draw(const FmRenderJob *job, GError **error);

/* ---- panes.c ---- */

/* Divide the map's place among the maps that the page asks for, fit and project them; job->frame is
 * then that of the first.
 * Returns FALSE with FM_ERROR_USAGE (they would be too small), FM_ERROR_NOT_FOUND, FM_ERROR_DATA
 * (nothing to show) or as preparing. */
gboolean fm__panes_make(FmRenderJob *job, const FmProgress *progress, GError **error);
/* Draw them with their titles.  Returns FALSE as fm__job_draw. */
gboolean fm__panes_draw(const FmRenderJob *job, const FmProgress *progress, GError **error);

/* ---- multiples.c ---- */

/* A pane for each value of the page's small multiples, with its title; rows of other values are
 * hidden in it.
 * Returns FALSE with FM_ERROR_NOT_FOUND or FM_ERROR_DATA (no layer, no value). */
gboolean fm__multiples_make(FmRenderJob *job, GError **error);

/* Draw all style layers into the job's frame; with `furniture` the graticule and the inset's
 * outline below the first names. */
gboolean fm__job_draw_map(const FmRenderJob *job, FmFurniture *furniture,
                          const FmProgress *progress, GError **error);

#endif
