/* A document with one layer of four districts that has a theme. */
#ifndef TEST_THEMED_H
#define TEST_THEMED_H

#include <facmap/page.h>

/* Rows: people 100, 400, 900, none; share 0.1, 0.5, 0.9, 0.2.  Transfer full. */
FmTable *themed_districts(void);
/* The document with the layer's members ("'type': 'circle', …", with ' for ") and its themes
 * written out; other layers may follow ("}, {…").  NULL with an error.  Transfer full. */
FmStyle *themed_style(const char *members, const FmTable *table, GError **error);
/* Asserts that the document is refused, in these words. */
void themed_refuses(const char *members, const char *says);
/* Asserts that the words of the page reader refuse it, before any data. */
void themed_page_refuses(const char *members, const char *says);

#endif
