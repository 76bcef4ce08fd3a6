/* The workspace layers that a page draws: read once, checked against the document, projected once,
 * whatever number of style layers share them. */
#ifndef FACMAP_RENDER_LAYERS_H
#define FACMAP_RENDER_LAYERS_H

#include "shape.h"

#include <facmap/page.h>
#include <facmap/render.h>

/* One workspace layer. */
typedef struct {
    FmLayerInfo *info;
    FmTable *table;
    FmShape **shapes;  /* one a row, NULL where the row has no position; NULL before projection */
    gboolean whole;    /* shapes are not cut to the frame: something is measured along them */
    gboolean borrowed; /* info and table belong to the layers that this is a view of */
    guint8 *of_area;   /* one a row: is it of the atlas page's area?  NULL = that was not asked */
    guint8 *hidden;    /* one a row: does this map leave it out?  NULL = it shows all */
} FmMapLayer;

/* By the name that the document uses; --results may have put another layer in its place. */
typedef struct FmMapLayers FmMapLayers;

/* Read what the style draws and what the page computes with.
 * results: "a=b,c=d", NULL = none
 * Returns NULL with FM_ERROR_USAGE (results), FM_ERROR_NOT_FOUND (a layer that is not optional, a
 * field; the style layer is named), FM_ERROR_DATABASE or FM_ERROR_CANCELLED. */
FmMapLayers *fm__map_layers_new(FmWorkspace *workspace, const FmStyle *style, const FmPage *page,
                                const char *results, const FmProgress *progress, GError **error);
void fm__map_layers_free(FmMapLayers *layers);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmMapLayers, fm__map_layers_free)

/* The same layers for another map: tables are shared, shapes are not.
 * layers: borrowed; must outlive the view.  Returns transfer full. */
FmMapLayers *fm__map_layers_view(const FmMapLayers *layers);

/* Borrowed; NULL for an optional layer that the workspace lacks. */
const FmMapLayer *fm__map_layers_find(const FmMapLayers *layers, const char *name);
/* The same for whoever fills it. */
FmMapLayer *fm__map_layers_edit(FmMapLayers *layers, const char *name);
/* Names as the document uses them, sorted; char*, borrowed. */
const GPtrArray *fm__map_layers_names(const FmMapLayers *layers);

/* The document with its classes found in these layers (fm_style_with_classes).
 * Returns transfer full; NULL with its errors, or FM_ERROR_NOT_FOUND: a field that is classed. */
FmStyle *fm__map_layers_classed(FmMapLayers *layers, const FmStyle *style, GError **error);

/* Make the shapes of every layer, in parallel over rows (layer-project.c).
 * clip: page box beyond which nothing is kept
 * Returns FALSE with FM_ERROR_CRS (layer and row named) or FM_ERROR_CANCELLED. */
gboolean fm__map_layers_project(FmMapLayers *layers, const FmFrame *frame, const FmPageRect *clip,
                                guint n_threads, const FmProgress *progress, GError **error);

/* Decide which rows are of the area that is this row of the atlas' layer, for the layers that the
 * page asks it of: the area itself, rows with its `area_id`, features inside it (layer-area.c). */
void fm__map_layers_set_area(FmMapLayers *layers, const FmStyle *style, const FmPage *page,
                             gsize row);

/* TRUE too when no area was set. */
static inline gboolean fm__map_layer_is_of_area(const FmMapLayer *layer, gsize row)
{
    return !layer->of_area || layer->of_area[row];
}

/* Does the style layer draw the row: by its filter, and by its part of an atlas page? */
gboolean fm__map_layer_accepts(const FmMapLayer *layer, const FmStyleLayer *style_layer,
                               const FmStyleContext *context);

/* Give a style layer shapes of its own, one a row of its source.  shapes: transfer full */
void fm__map_layers_set_shapes(FmMapLayers *layers, const FmStyleLayer *style_layer,
                               FmShape **shapes, gsize n);
/* Make the shapes of style layers that draw others than their source's (layer-shapes.c).
 * Returns FALSE with FM_ERROR_CRS, FM_ERROR_NOT_FOUND or FM_ERROR_LIMIT. */
gboolean fm__map_layers_derive(FmMapLayers *layers, const FmStyle *style, const FmFrame *frame,
                               const FmPageRect *clip, GError **error);

/* The shapes that a style layer draws, one a row of its source; borrowed. */
FmShape *const *fm__map_layers_shapes(const FmMapLayers *layers, const FmStyleLayer *style_layer);

/* Rows of the layer that the style layer draws: accepted by its filter, with something visible, in
 * order of `sort_key` (FM_N_PROPS = none), ties in table order.
 * Returns GArray of gsize, transfer full. */
GArray *fm__map_layer_rows(const FmMapLayer *layer, const FmStyleLayer *style_layer,
                           FmStyleProperty sort_key, double zoom);

#endif
