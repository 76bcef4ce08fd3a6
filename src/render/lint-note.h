/* What furniture tells the lint of a text that it would draw. */
#ifndef FACMAP_RENDER_LINT_NOTE_H
#define FACMAP_RENDER_LINT_NOTE_H

#include "page-space.h"

#include <facmap/style.h>

typedef struct FmLint FmLint;

/* box: on the page; size_px: of the type there */
void fm__lint_note(FmLint *lint, const char *words, FmPageRect box, double size_px, FmColor color);

#endif
