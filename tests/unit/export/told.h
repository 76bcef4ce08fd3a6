/** @file told.h
 *  Looks as text, for the tests of looks. */
#ifndef FM_EXPORT_TOLD_H
#define FM_EXPORT_TOLD_H

#include "fixture.h"
#include "looks.h"

#define TOLD_ZOOM 9.0

/** One circle layer with these members.  @return transfer full */
FmStyle *told_style(const char *members);

/** "condition > label (n)" of every look of the table's points, joined by newlines; takes the
 *  table.
 *  @return transfer full; NULL when the looks cannot be told */
char *told(const char *members, FmTable *table, gboolean *exact);
/** That text is as expected, and exact. */
void told_assert(const char *members, FmTable *table, const char *expect);

#endif
