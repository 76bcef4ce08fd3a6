/* The files of one page: written beside their places and renamed together, so that a failure
 * leaves nothing half written. */
#ifndef FACMAP_RENDER_OUTPUT_H
#define FACMAP_RENDER_OUTPUT_H

#include "frame.h"

typedef struct FmOutputs FmOutputs;

FmOutputs *fm__outputs_new(void);
/* Files that were not committed are removed. */
void fm__outputs_free(FmOutputs *outputs);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmOutputs, fm__outputs_free)

/* A new, empty file beside `path`, which it becomes on commit.
 * Returns its name, borrowed; NULL with FM_ERROR_NOT_FOUND (no such folder) or FM_ERROR_IO. */
const char *fm__outputs_add(FmOutputs *outputs, const char *path, GError **error);
/* The same with content. */
gboolean fm__outputs_add_text(FmOutputs *outputs, const char *path, const char *text,
                              GError **error);
/* Content of a file that becomes `path`: so errors call it.  Returns FALSE with FM_ERROR_IO. */
gboolean fm__output_write(const char *file, const char *path, const char *text, GError **error);
/* Rename all, in the order in which they were added. */
gboolean fm__outputs_commit(FmOutputs *outputs, GError **error);

/* The world file, .prj and GDAL's .aux.xml beside `path`, which place the whole page's pixels in
 * the frame's CRS.  Returns FALSE as fm__outputs_add. */
gboolean fm__world_file_add(FmOutputs *outputs, const char *path, const FmSheet *sheet,
                            const FmFrame *frame, GError **error);

#endif
