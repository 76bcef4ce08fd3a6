/* The order of texts, as "collator" asks for it. */
#ifndef FM_STYLE_COLLATOR_H
#define FM_STYLE_COLLATOR_H

#include <glib.h>

/* < 0, 0 or > 0, as a stands before, with or after b.  Without the sensitivities, letters that
 * differ only in case or only in accents are the same. */
int fm__collate(const char *a, const char *b, gboolean case_sensitive,
                gboolean diacritic_sensitive);

#endif
