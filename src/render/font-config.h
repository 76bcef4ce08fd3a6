/* The fonts of the machine under rules of our own. */
#ifndef FACMAP_RENDER_FONT_CONFIG_H
#define FACMAP_RENDER_FONT_CONFIG_H

#include <fontconfig/fontconfig.h>

/* The fonts that fontconfig's current configuration lets programs use, matched and drawn by rules
 * that do not depend on the machine: Noto Sans and Noto Sans CJK SC where a text names none, equals
 * for well-known fonts (fontconfig's metric aliases), a slant or weight that a font lacks made from
 * what it has, no hinting.
 * Returns transfer full, FcConfigDestroy(); NULL when memory is exhausted. */
FcConfig *fm__font_config_new(void);

#endif
