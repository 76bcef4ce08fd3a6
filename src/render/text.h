/* Text on the page: shaping and line breaking through Pango, halos, and a record of every
 * character that no font could draw.  Map labels and page furniture use the same functions.
 *
 * Metrics are unhinted, so a text has the same box at any dpi.  One thread per FmTextContext. */
#ifndef FACMAP_RENDER_TEXT_H
#define FACMAP_RENDER_TEXT_H

#include "icon.h"

/* Fonts, caches and the missing glyphs of one page. */
typedef struct FmTextContext FmTextContext;

FmTextContext *fm__text_context_new(void);
void fm__text_context_free(FmTextContext *context);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmTextContext, fm__text_context_free)

/* Characters without a glyph, each once: "U+20BB7 in '𠮷野家'".  Borrowed, char*. */
const GPtrArray *fm__text_context_missing(const FmTextContext *context);

typedef enum {
    FM_JUSTIFY_LEFT,
    FM_JUSTIFY_CENTER,
    FM_JUSTIFY_RIGHT,
    FM_JUSTIFY_AUTO, /* by the anchor: text right of its point is set left, and so on */
} FmJustify;

/* The images in a text: where they come from, and how they look.  The set is borrowed as long as
 * there are blocks with images from it; NULL = sections with images are left out. */
typedef struct {
    FmIconSet *icons;
    double opacity;
    gboolean has_color;
    FmColor color; /* what `currentColor` stands for; black when there is none */
} FmTextImages;

/* How a text looks.  Pointers are borrowed for the call. */
typedef struct {
    /* MapLibre font stack, NULL-terminated: "Noto Sans Regular", "Noto Sans Bold Italic".  The
     * words at the end that name a weight, width or slant are taken as such, the rest is the
     * family; Noto Sans and the CJK family follow every stack as fallbacks.
     * NULL = { "Noto Sans Regular" }. */
    const char *const *fonts;
    double size_px;           /* > 0 */
    double letter_spacing_em; /* 0 = the font's own */
    double line_height_em;    /* 0 = 1.2; times the size of the largest section in the line */
    double max_width_px;      /* lines are broken to fit when > 0, CJK between characters */
    gboolean balance;         /* broken lines are made about equally long */
    /* Lines break between words, and between Chinese characters of which two at least stand
     * together; a text that cannot break so is wider than max_width_px.  Otherwise a word that is
     * too long breaks. */
    gboolean whole_words;
    FmJustify justify;
    FmColor color;      /* opacity multiplied in; a section's own colour replaces r, g, b */
    FmColor halo_color; /* a == 0: none */
    double halo_width_px, halo_blur_px;
    FmTextImages images;
} FmTextStyle;

/* A shaped text of one or more lines. */
typedef struct FmTextBlock FmTextBlock;

/* Shape `n` sections as one text; '\n' starts a line.  Blank lines at either end are dropped.
 * Returns a block that the caller frees; an empty text has width and height 0. */
FmTextBlock *fm__text_block_new(FmTextContext *context, const FmTextSection *sections, gsize n,
                                const FmTextStyle *style);
void fm__text_block_free(FmTextBlock *block);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmTextBlock, fm__text_block_free)

/* Logical size: advance widths, and lines times line height; without the halo. */
double fm__text_block_width_px(const FmTextBlock *block);
double fm__text_block_height_px(const FmTextBlock *block);
/* From the top of the block to the baseline of its first line. */
double fm__text_block_baseline_px(const FmTextBlock *block);
/* Draw with the block's top left corner at `x`, `y`: first the halo of all, then the glyphs. */
void fm__text_block_draw(cairo_t *cr, const FmTextBlock *block, double x_px, double y_px);

/* For furniture: one plain string.  The size is that of a block of it. */
void fm__text_measure(FmTextContext *context, const char *text, const FmTextStyle *style,
                      double *width_px, double *height_px);

#endif
