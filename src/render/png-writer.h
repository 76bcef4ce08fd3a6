/* Writing PNG files row by row, in parallel, with what a report needs to know of the picture. */
#ifndef FACMAP_RENDER_PNG_WRITER_H
#define FACMAP_RENDER_PNG_WRITER_H

#include <facmap/core.h>

/* A piece of text in a PNG. */
typedef struct {
    char key[16];
    char *text;
} FmPngText;

/* What a file says before its pixels.  Strings borrowed for the call that takes it. */
typedef struct {
    int width, height;
    double dpi;
    FmPngText *texts; /* become iTXt */
    gsize n_texts;
    const guint32 *palette; /* n_colors, 0x00RRGGBB; NULL = three bytes a pixel */
    gsize n_colors;         /* 1 … 256 */
    const char *output;     /* what errors call the file; NULL = by its own name */
} FmPngInfo;

/* The number of a pixel's colour in the palette. */
typedef guint8 (*FmPngIndexFunc)(guint32 pixel, const void *user);

typedef struct FmPngWriter FmPngWriter;

/* Begin a file.
 * index: for files with a palette, called from any thread; `user` borrowed
 * Returns NULL with FM_ERROR_IO. */
FmPngWriter *fm__png_open(const char *path, const FmPngInfo *info, FmPngIndexFunc index,
                          const void *user, GError **error);
/* Ends the writing; a file that was not closed is not complete. */
void fm__png_free(FmPngWriter *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmPngWriter, fm__png_free)

/* Rows are given at once in multiples of this, but for the last: then the file does not depend on
 * how many are. */
int fm__png_block_rows(int width);

/* Add the next rows.
 * pixels: 0x00RRGGBB in machine order, rows `stride` bytes apart
 * Returns FALSE with FM_ERROR_IO or FM_ERROR_CANCELLED. */
gboolean fm__png_add(FmPngWriter *writer, const guint8 *pixels, gsize stride, int n_rows,
                     guint n_threads, const FmProgress *progress, GError **error);

/* All rows are added.  Returns FALSE with FM_ERROR_IO. */
gboolean fm__png_close(FmPngWriter *writer, GError **error);

#endif
