/* Where a picture's pixels lie on the Earth. */
#ifndef FACMAP_RENDER_WORLD_FILE_H
#define FACMAP_RENDER_WORLD_FILE_H

#include "frame.h"

/* The world file, .prj and GDAL's .aux.xml beside `path`, which place the whole page's pixels in
 * the frame's CRS.  Returns FALSE as fm_outputs_add. */
gboolean fm__world_file_add(FmOutputs *outputs, const char *path, const FmSheet *sheet,
                            const FmFrame *frame, GError **error);

#endif
