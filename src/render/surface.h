/* What a page is drawn on: pixels, or the vectors of a PDF or SVG file. */
#ifndef FACMAP_RENDER_SURFACE_H
#define FACMAP_RENDER_SURFACE_H

#include "sheet.h"

#include <cairo.h>

typedef enum {
    FM_PICTURE_PNG,
    FM_PICTURE_PDF,
    FM_PICTURE_SVG,
} FmPictureFormat;

/* By the ending of the name.  Returns FALSE with FM_ERROR_USAGE that lists the endings. */
gboolean fm__picture_format(const char *path, FmPictureFormat *out, GError **error);

/* A white page in CSS px.  A vector picture is written to `file` while it is drawn.
 * Returns transfer full (cairo_destroy; it holds the only reference to its surface); NULL with
 * FM_ERROR_LIMIT (memory) or FM_ERROR_IO. */
cairo_t *fm__surface_open(FmPictureFormat format, const char *file, const FmSheet *sheet,
                          GError **error);

/* Only the rows top … top + n_rows - 1 of a page of pixels: what is drawn elsewhere is lost.
 * Returns as fm__surface_open. */
cairo_t *fm__surface_open_rows(const FmSheet *sheet, int top, int n_rows, GError **error);

/* A new, white page of the PDF. */
void fm__surface_next_page(cairo_t *cr);
/* A bookmark of the PDF.  page: from 1 */
void fm__surface_bookmark(cairo_t *cr, const char *name, guint page);

/* Title and making of a PDF; the others have no place for them, or another. */
void fm__surface_describe(cairo_t *cr, FmPictureFormat format, const char *title,
                          const char *subject, const char *creator);

/* Everything is drawn: finish the file of a vector picture.  Returns FALSE with FM_ERROR_IO. */
gboolean fm__surface_finish(cairo_t *cr, const char *path, GError **error);

#endif
