/* What the text-*.c share, and what the label engine needs beside text.h:
 * blocks cut into characters, and halos of many blocks drawn as one. */
#ifndef FACMAP_RENDER_TEXT_INTERNAL_H
#define FACMAP_RENDER_TEXT_INTERNAL_H

#include "text.h"

#include <pango/pangocairo.h>

struct FmTextContext {
    PangoFontMap *map;
    PangoContext *pango;
    GPtrArray *missing;
    GHashTable *missing_seen; /* gunichar */
};

/* An image in a line, in its own size. */
typedef struct {
    char *name; /* GRefString; NULL = there is none */
    double width_px, height_px;
    double spacing_px; /* the text's letter spacing, half of it on either side */
} FmTextImage;

/* Glyphs of one font and one colour, or an image in place of a character. */
typedef struct {
    PangoGlyphItem *item;
    FmTextImage image;
    FmColor color;
    guint line;
    double x_px, y_px; /* where they start on the baseline, from the block's top left corner; the
                          foot of an image */
} FmTextRun;

struct FmTextBlock {
    char *text;    /* GRefString; the runs count bytes in it */
    GArray *runs;  /* FmTextRun, owning the items */
    GArray *lines; /* FmPageRect, from the block's top left corner */
    double width_px, height_px, baseline_px;
    double ink_top_px, ink_bottom_px; /* of the glyphs; equal when there are none */
    FmColor halo_color;
    double halo_width_px, halo_blur_px;
    FmTextImages images;
};

/* An empty array of runs that frees what is put into it. */
GArray *fm__text_runs_new(void);
/* A run with the same glyphs and image. */
FmTextRun fm__text_run_copy(const FmTextRun *run);

static inline double fm__text_item_width_px(const PangoGlyphItem *item)
{
    return (double)pango_glyph_string_get_width(item->glyphs) / PANGO_SCALE;
}

/* Remember the characters of `item` that no font has. */
void fm__text_context_note_missing(FmTextContext *context, const PangoGlyphItem *item,
                                   const char *text);

/* As fm__text_block_new, on one line whatever the text: line feeds become blanks. */
FmTextBlock *fm__text_block_new_line(FmTextContext *context, const FmTextSection *sections, gsize n,
                                     const FmTextStyle *style);

/* The same text once more, to be set otherwise. */
FmTextBlock *fm__text_block_copy(const FmTextBlock *block);
/* Move the lines against each other. */
void fm__text_block_justify(FmTextBlock *block, FmJustify justify);

/* From the block's top to its highest and lowest glyphs' ends. */
void fm__text_block_ink(const FmTextBlock *block, double *top_px, double *bottom_px);

/* Boxes of the lines of a block, from its top left corner: tighter than the whole for labels with
 * lines of different length.  Borrowed; @param[out] n how many. */
const FmPageRect *fm__text_block_lines(const FmTextBlock *block, gsize *n);

/* One character as a reader sees it, a block of its own that is as high as the block that it comes
 * from, and where it stood there. */
typedef struct {
    FmTextBlock *block; /* owned by who asked */
    double x_px;
} FmTextCluster;

/* Cut a block of one line; blanks are left out, kerning and letter spacing stay in the positions.
 * Appends FmTextCluster to `clusters`. */
void fm__text_block_cut(const FmTextBlock *block, GArray *clusters);

gboolean fm__text_block_has_halo(const FmTextBlock *block);
/* Add the outlines of the glyphs to the current path, with the block's top left corner at x, y. */
void fm__text_block_path(cairo_t *cr, const FmTextBlock *block, double x_px, double y_px);
/* Draw the current path as the block's halo, and drop it.  One stroke for all: where the halos
 * of two characters meet nothing is painted twice. */
void fm__text_block_stroke_halo(cairo_t *cr, const FmTextBlock *block);
void fm__text_block_draw_glyphs(cairo_t *cr, const FmTextBlock *block, double x_px, double y_px);

#endif
