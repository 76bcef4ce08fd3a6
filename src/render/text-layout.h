/* Text before it is a block: sections joined to one string, laid out a paragraph at a time. */
#ifndef FACMAP_RENDER_TEXT_LAYOUT_H
#define FACMAP_RENDER_TEXT_LAYOUT_H

#include "text-internal.h"

/* All sections as one string, and where each ends in it. */
typedef struct {
    GString *text;
    GArray *ends; /* gsize */
    const FmTextSection *sections;
    const FmTextStyle *style;
} FmTextSource;

/* Sections and style are borrowed until it is cleared. */
FmTextSource fm__text_source_new(const FmTextSection *sections, gsize n, const FmTextStyle *style);
void fm__text_source_clear(FmTextSource *source);

/* The section that a byte belongs to. */
const FmTextSection *fm__text_source_section(const FmTextSource *source, gsize index);
/* Largest font scale from byte `start` to byte `end`. */
double fm__text_source_scale(const FmTextSource *source, gsize start, gsize end);

/* Lay out the bytes from `start` to `end`, which hold no line feed; lines are broken at the style's
 * width unless `one_line`.  Returns a layout to unref. */
PangoLayout *fm__text_source_lay_out(FmTextContext *context, const FmTextSource *source,
                                     gsize start, gsize end, gboolean one_line);

#endif
