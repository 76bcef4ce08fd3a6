/* Scales in the legend: sizes of a value, and the square of two values.  Only documents with their
 * themes written out have them, so that what a legend says is always what the map was drawn by. */
#ifndef FM_STYLE_PAGE_LEGEND_SCALE_H
#define FM_STYLE_PAGE_LEGEND_SCALE_H

#include "page-read.h"

/* Is the entry a scale?  FALSE for anything in a document that a person wrote. */
gboolean fm__page_legend_has_scale(const FmPageReader *reader, JsonNode *entry);
/* What such an entry may have; NULL-terminated. */
const char *const *fm__page_legend_scale_keys(void);
/* Read it into the entry. */
void fm__page_legend_scale(FmPageReader *reader, JsonObject *object, const char *path,
                           FmPageLegendEntry *entry);
void fm__page_legend_scale_clear(FmPageLegendEntry *entry);

#endif
