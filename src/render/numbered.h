/* Names that found no place: a small number on the map for each, and their list in the panel. */
#ifndef FACMAP_RENDER_NUMBERED_H
#define FACMAP_RENDER_NUMBERED_H

#include "furniture.h"
#include "symbols.h"

/* Number the names that found no place among the placed symbols, in reading order, and find places
 * for the numbers.
 * insets: FmSymbols* of the map's insets; what is named there needs no number */
FmNumbered *fm__numbered_new(const FmSymbols *symbols, const GPtrArray *insets, FmTextContext *text,
                             FmPageRect frame);
void fm__numbered_free(FmNumbered *numbered);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmNumbered, fm__numbered_free)

guint fm__numbered_n(const FmNumbered *numbered);
/* Draw the numbers on the map and list them.  display_list: may be NULL */
void fm__numbered_draw(const FmNumbered *numbered, cairo_t *cr, GString *display_list);

#endif
