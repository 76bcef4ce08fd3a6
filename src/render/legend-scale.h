/* Scales in the legend: circles in each other, lines of several widths, the square of two values.
 * Each draws one entry at (x, y) and returns its height, as furniture does. */
#ifndef FACMAP_RENDER_LEGEND_SCALE_H
#define FACMAP_RENDER_LEGEND_SCALE_H

#include "furniture.h"

/* How many features on the map an expression holds for, of those that the style layer draws; the
 * legend's way to count. */
typedef gsize (*FmLegendCount)(const FmFurniture *f, const FmStyleLayer *layer,
                               const FmPageExpression *filter);

/* FM_LEGEND_NESTED and FM_LEGEND_WIDTHS. */
double fm__legend_sizes_draw(FmFurniture *f, const FmPageLegendEntry *entry, double x_px,
                             double y_px, double width_px);

/* FM_LEGEND_SQUARE. */
double fm__legend_square_draw(FmFurniture *f, const FmPageLegendEntry *entry, FmLegendCount count,
                              double x_px, double y_px, double width_px);

#endif
