/* The sheet: its size, its resolution, and where the map frame and the side panel stand on it. */
#ifndef FACMAP_RENDER_SHEET_H
#define FACMAP_RENDER_SHEET_H

#include "page-space.h"

#include <facmap/page.h>

typedef struct {
    /* Size in CSS px of the design: A3 is drawn as designed; other sheets scale everything by the
     * square root of their size over A3's, slides by a quarter more, so that a poster is not
     * all white space and a slide is readable from the last row. */
    double width_px, height_px;
    double type_scale;   /* what that scale is */
    double device_scale; /* device pixels per CSS px: type_scale * dpi / 96 */
    double dpi;
    int width_dev, height_dev; /* the image */
    FmPageRect frame;          /* the map */
    FmPageRect panel;          /* the side panel; no width when there is none */
    double gap_px;             /* 4 mm: the unit of all distances between furniture */
} FmSheet;

/* Pixels that a side of the page may have, which is cairo's limit for images; above it
 * fm__sheet_init fails with FM_ERROR_LIMIT. */
#define FM_SHEET_MAX_SIDE_DEV 32767

/* Lay out the sheet.
 * size: "A0" … "A5" with "-portrait" or "-landscape", "600x400mm", "16:9", "4:3" or
 *       "1920x1080"; NULL = the page's own
 * dpi:  0 = 300 for paper, 96 for pixel sizes
 * Returns FALSE with FM_ERROR_USAGE (size, dpi) or FM_ERROR_LIMIT. */
gboolean fm__sheet_init(FmSheet *sheet, const FmPage *page, const char *size, double dpi,
                        GError **error);

#endif
