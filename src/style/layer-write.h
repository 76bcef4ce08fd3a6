/* Changing a layer of a document as JSON: what classes and themes share when written out. */
#ifndef FM_STYLE_LAYER_WRITE_H
#define FM_STYLE_LAYER_WRITE_H

#include "style-internal.h"

#include <facmap/page.h>

/* Parse what the caller put together, which cannot fail.  Transfer full. */
JsonNode *fm__layer_json(const char *text);
/* The text as a JSON string, with its quotes; transfer full. */
char *fm__layer_quote(const char *text);
/* {"en": …, "zh": …}; where one is missing the other stands.  Transfer full. */
char *fm__layer_words(const FmPageText *text);
/* "#rrggbb" in quotes; transfer full. */
char *fm__layer_hex(FmColor color);

/* The member, which is added when there is none. */
JsonObject *fm__layer_member(JsonObject *object, const char *name);
/* The layer's own filter and `condition`, an expression as text. */
void fm__layer_add_filter(JsonObject *layer, const char *condition);
/* Put entries above those that the layer has.  entries: borrowed, of JSON objects */
void fm__layer_add_legend(JsonObject *metadata, JsonArray *entries);

/* ["==", ["typeof", value], "number"], or "!=".  Transfer full. */
char *fm__layer_is_number(const char *value, gboolean is);

/* A copy of the layer for the features of `condition`, which have no value: areas hatched, the rest
 * grey in `property`.
 * key:    of the metadata, which it does not get
 * legend: transfer full; its entry */
JsonNode *fm__layer_no_data(JsonNode *original, FmStyleLayerType type, const char *condition,
                            const char *key, const char *property, JsonNode *legend);

/* The value of each row, NaN without one or where the layer does not draw it; transfer full.
 * n_missing: rows that are drawn without a value; missing: the first of them */
double *fm__layer_values(const FmStyleLayer *layer, const FmTable *table,
                         const FmPageExpression *value, gsize *n_missing, gsize *missing);

/* FALSE with FM_ERROR_UNSUPPORTED when the layer's filter is in the old notation. */
gboolean fm__layer_check_filter(const FmStyle *style, const char *id, JsonObject *layer,
                                const char *key, GError **error);

#endif
