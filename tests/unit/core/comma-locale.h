/* Runs code under a locale that writes 1,5 for one and a half. */
#ifndef COMMA_LOCALE_H
#define COMMA_LOCALE_H

#include <glib.h>

/** Switches LC_ALL to German, compiling the locale into a temporary folder when the system has
 *  none.
 *  @return FALSE, with the test marked as skipped, when that cannot be done */
gboolean comma_locale_enter(void);

/** Back to the C locale. */
void comma_locale_leave(void);

#endif
