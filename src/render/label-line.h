/* Names along lines. */
#ifndef FACMAP_RENDER_LABEL_LINE_H
#define FACMAP_RENDER_LABEL_LINE_H

#include "label-shape.h"

/* As fm__label_shape, for requests along a path: one unit a repeat. */
void fm__label_shape_line(FmTextContext *context, const FmLabelRequest *request, gsize index,
                          FmPageRect frame, GArray *units);

#endif
