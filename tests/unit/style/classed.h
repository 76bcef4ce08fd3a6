/* A document with one layer of five districts that has classes. */
#ifndef TEST_CLASSED_H
#define TEST_CLASSED_H

#include <facmap/style.h>

#define DOCUMENT(classes, filter)                                                                  \
    "{\"version\": 8, \"metadata\": {\"facmap:legend\": [{\"id\": \"g\", \"title\": {\"en\": "     \
    "\"G\"}}]},"                                                                                   \
    "\"sources\": {\"workspace\": {\"type\": \"vector\"}}, \"layers\": [{\"id\": \"share\", "      \
    "\"type\": \"fill\", \"source\": \"workspace\", \"source-layer\": \"district\", " filter       \
    "\"metadata\": {\"facmap:classes\": " classes "}, \"paint\": {\"fill-color\": \"#888888\"}}]}"

#define SHARE "\"value\": [\"get\", \"share\"], \"group\": \"g\""

/* Five districts: shares of 10, 20, 80, 90 % and none.  Transfer full. */
FmTable *classed_districts(void);
/* The document with the classes that the table gives; NULL = no table.  Transfer full. */
FmStyle *classed_style(const char *document, FmTable *table, GError **error);

#endif
