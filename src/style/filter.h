/* Filters in either notation, and the nodes of the old one; see filter.c. */
#ifndef FM_STYLE_FILTER_H
#define FM_STYLE_FILTER_H

#include "property.h"

/* args[0], where there is one, is the key of the property that is read. */
FM_EVAL(fm__filter_compare);
FM_EVAL(fm__filter_in);
FM_EVAL(fm__filter_has);

/* Is a filter written as an expression, not in the old notation? */
gboolean fm__filter_is_expression(JsonNode *json);

#endif
