/* What the pages of one rendering share. */
#ifndef FACMAP_RENDER_BOOK_H
#define FACMAP_RENDER_BOOK_H

#include "frame.h"
#include "layers.h"
#include "surface.h"
#include "values.h"

#include <facmap/render.h>

/* Read once, then only read, by any thread. */
typedef struct {
    FmWorkspace *workspace;  /* borrowed; for the thread that opened the book */
    const FmStyle *document; /* as given */
    const FmStyle *style;    /* as given, then `classed` */
    FmStyle *classed;        /* with its classes written out */
    const FmRenderOptions *options;
    FmPage *page;
    FmMapLayers *layers; /* tables without shapes */
    FmPlaceholders *words;
    char *crs;
    FmFrame *frame;    /* in that CRS, without a place: those of the pages are its copies */
    FmPageScale scale; /* the options' or the document's */
    FmPictureFormat format;
    GPtrArray *warnings; /* char*: true of every page */
} FmRenderBook;

/* Read the document and its layers.
 * Returns FALSE with the errors of fm_render_page that are not a file's. */
gboolean fm__book_open(FmRenderBook *book, FmWorkspace *workspace, const FmStyle *style,
                       const FmRenderOptions *options, const FmProgress *progress, GError **error);
void fm__book_clear(FmRenderBook *book);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmRenderBook, fm__book_clear)

#endif
