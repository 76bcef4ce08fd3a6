/** @file palette.h
 *  Colours for classes: palettes by name, any number of classes from each.
 *
 *  Threads: pure functions over constant tables. */
#ifndef FACMAP_PALETTE_H
#define FACMAP_PALETTE_H

#include <facmap/style.h>

G_BEGIN_DECLS

/** What a palette is for. */
typedef enum {
    FM_PALETTE_SEQUENTIAL,  /**< from little to much */
    FM_PALETTE_DIVERGING,   /**< both ways from a neutral middle */
    FM_PALETTE_QUALITATIVE, /**< kinds without an order */
} FmPaletteKind;

/** Names of all palettes, sequential ones first; NULL-terminated, static storage. */
FM_API const char *const *fm_palette_names(void);

/** Colours for n classes, low to high.  Sequential and diverging ones are sampled along their
 *  anchors in CIE L*a*b*; few classes keep off the ends, which are nearly white and nearly black.
 *  @param n 1 … FM_CLASSES_MAX; a qualitative palette has no more colours than it has
 *  @param[out] colors n, opaque
 *  @param[out] kind may be NULL
 *  @return FALSE with FM_ERROR_NOT_FOUND that lists the names, or FM_ERROR_USAGE: too many classes
 */
FM_API gboolean fm_palette_colors(const char *name, gsize n, FmColor *colors, FmPaletteKind *kind,
                                  GError **error);

G_END_DECLS
#endif
