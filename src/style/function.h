/* Function objects between being read (function-read.c) and rewritten (function.c). */
#ifndef FM_STYLE_FUNCTION_H
#define FM_STYLE_FUNCTION_H

#include "property.h"

typedef struct {
    const FmPropertySpec *spec;
    const char *property;    /* NULL = over zoom alone */
    const char *type;        /* "exponential", "interval", "categorical", "identity" or NULL */
    const char *interpolate; /* operator by colour space */
    double base;
    JsonArray *stops;   /* NULL only for identity */
    JsonNode *fallback; /* "default", NULL when not given */
    gboolean over_both; /* zoom and property */
} FmFunction;

/* Read and check a function for a property.  It borrows from both.
 *  Returns FALSE with FM_ERROR_PARSE without a path. */
gboolean fm__function_read(FmFunction *function, JsonObject *json, const FmPropertySpec *spec,
                           GError **error);

#endif
