/* What the tests of style share. */
#ifndef TEST_STYLE_SUPPORT_H
#define TEST_STYLE_SUPPORT_H

#include "style-internal.h"

/* Add a test of the fixtures in fixtures/<name>.json: a JSON array of fixtures in the
 * specification's shape, each with the title of the case and the expected result.  official.mjs
 * checks the expected results against the official implementation. */
void fixtures_add(const char *name);

/* A style of one layer, type and members given as JSON ("'type': 'line', 'paint': {…}", with ' for
 * "); id, source and source-layer are added.  Fails the test when it cannot be read. */
FmStyle *style_of(const char *members);
/* The message of the error that the style gives, with the code expected; transfer full. */
char *style_error(const char *members, FmError code);
/* JSON with ' for ". */
char *quoted(const char *text);

/* Compile, with ' for ".  Fails the test when it cannot. */
FmExpr *expr_of(const char *json, FmExprType type);
/* A table with one row: name (text) "A", n (integer) 3, x (real) 0.5, empty (text) NULL. */
FmTable *table_of_one(void);

#endif
