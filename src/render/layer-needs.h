/* What of the workspace a document needs: which layers, and which fields of them. */
#ifndef FACMAP_RENDER_LAYER_NEEDS_H
#define FACMAP_RENDER_LAYER_NEEDS_H

#include "layers.h"

/* Names that the document uses -> whether every style layer that uses it says it may be absent.
 * Returns char* -> gboolean, transfer full. */
GHashTable *fm__layer_needs(const FmStyle *style, const FmPage *page);

/* Has every layer that is there the fields that the style reads?
 * Returns FALSE with FM_ERROR_NOT_FOUND: style layer, path and field named. */
gboolean fm__layer_needs_check_style(FmMapLayers *layers, const FmStyle *style, GError **error);
/* And those that the page's own expressions read? */
gboolean fm__layer_needs_check_page(const FmMapLayers *layers, const FmPage *page, GError **error);

#endif
