/* Text in an SVG as text: cairo itself would write the outlines of its glyphs. */
#ifndef FACMAP_RENDER_SVG_TEXT_H
#define FACMAP_RENDER_SVG_TEXT_H

#include "text-internal.h"

/* From now on text that is drawn on the surface becomes <text> elements of its file. */
void fm__svg_text_begin(cairo_surface_t *surface, const char *file);

/* Does this hold for what is drawn with `cr`? */
gboolean fm__svg_text_active(cairo_t *cr);

/* A block with its top left corner at x, y: a <text> for each of its runs, with its halo. */
void fm__svg_text_add(cairo_t *cr, const FmTextBlock *block, double x_px, double y_px);

/* Paints the source over what is there with a blend mode of CSS, which whatever draws the file
 * applies. */
void fm__svg_text_paint_blended(cairo_t *cr, const char *mode, double opacity);

/* The surface is finished: put the texts into its file.  Nothing where none was begun.
 * path: of the file, for messages
 * Returns FALSE with FM_ERROR_IO. */
gboolean fm__svg_text_end(cairo_surface_t *surface, const char *path, GError **error);

#endif
