/* The display list: what was placed on the page, as text, one thing a line, for tests and for
 * whoever asks where a name went.
 *
 *     label 812.40 233.17 64.02 19.50 school-label 0.00 京西学校 Western Academy
 *
 * Kind, box (left, top, width, height in CSS px to 0.01), and words of the kind. */
#ifndef FACMAP_RENDER_DISPLAY_LIST_H
#define FACMAP_RENDER_DISPLAY_LIST_H

#include "page-space.h"

/* Append a line.  list: NULL = none is wanted */
void fm__display_list_add(GString *list, const char *kind, FmPageRect box, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

#endif
