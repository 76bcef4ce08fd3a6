/** @file theme.h
 *  Thematic symbols that a layer's `metadata` ask for and that are more than a paint property: flow
 *  lines, dots, and circles on areas.  What fm_style_with_classes() can write out as paint and
 *  legend (sizes, widths, colours of two values) is not here; this is what the renderer itself has
 *  to do.
 *
 *  Threads: immutable, safe to share. */
#ifndef FACMAP_THEME_H
#define FACMAP_THEME_H

#include <facmap/page.h>

G_BEGIN_DECLS

/** Has the layer circles in proportion to a value (`"facmap:proportional"`)?  An area has one, on
 *  its middle, and not one at each corner. */
FM_API gboolean fm_proportional_is(const FmStyleLayer *layer);

/** How a line layer draws its features as flows (`"facmap:flow"`). */
typedef struct {
    double curve_ratio; /**< sideways at the middle over the length: -1 … 1, positive to the right
                             of the direction of travel */
    gboolean taper;     /**< wide where it begins, narrow where it ends */
    gboolean arrow;     /**< a head where it ends */
} FmFlow;

/** @param[out] out filled when TRUE
 *  @return does the layer draw flows? */
FM_API gboolean fm_flow_read(const FmStyleLayer *layer, FmFlow *out);

/** Dots that stand for so many of something inside areas (`"facmap:dots"` of a circle layer). */
typedef struct {
    FmPageExpression *value; /**< how many of it an area has */
    double per;              /**< one dot stands for so many */
    guint32 seed;            /**< other dots, the same numbers */
    GPtrArray *within;       /**< char*: layers of which one must hold each dot; may be empty */
    GPtrArray *avoid;        /**< char*: layers with areas that hold no dot; may be empty */
} FmDots;

/** @return transfer full (fm_dots_free); NULL when the layer draws no dots */
FM_API FmDots *fm_dots_new(const FmStyle *style, const FmStyleLayer *layer);
FM_API void fm_dots_free(FmDots *dots);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmDots, fm_dots_free)

G_END_DECLS
#endif
