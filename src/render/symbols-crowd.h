/* Symbols that pile up: pushed apart, or counted as one. */
#ifndef FACMAP_RENDER_SYMBOLS_CROWD_H
#define FACMAP_RENDER_SYMBOLS_CROWD_H

#include "symbols-internal.h"

/* What the layer's metadata asks for (`facmap:displace`, `facmap:cluster`), of its requests from
 * the `first` on: all of one layer, and before anything is placed. */
void fm__symbols_crowd(FmSymbols *symbols, const FmStyleLayer *layer, FmPageRect frame,
                       guint first);

/* Does the symbol stand elsewhere than the thing, so that a line must lead there? */
gboolean fm__symbol_is_shifted(const FmSymbolData *data);
/* Draw that line, under the symbols. */
void fm__symbol_draw_leader(cairo_t *cr, const FmLabelRequest *request, const FmSymbolData *data);

#endif
