/* Style properties: what the specification says of each (properties.c), and reading a value of one
 * from a document (property.c). */
#ifndef FM_STYLE_PROPERTY_H
#define FM_STYLE_PROPERTY_H

#include "expr.h"

typedef enum {
    FM_PROPERTY_ANY, /* only in fixtures */
    FM_PROPERTY_NUMBER,
    FM_PROPERTY_COLOR,
    FM_PROPERTY_BOOLEAN,
    FM_PROPERTY_STRING,
    FM_PROPERTY_ENUM,
    FM_PROPERTY_FORMATTED,
    FM_PROPERTY_IMAGE,
    FM_PROPERTY_PADDING,
    FM_PROPERTY_ANCHORS, /* variableAnchorOffsetCollection */
    FM_PROPERTY_NUMBERS, /* numberArray; this and the next two only in fixtures */
    FM_PROPERTY_COLORS,  /* colorArray */
    FM_PROPERTY_PROJECTION,
    FM_PROPERTY_ARRAY,
} FmPropertyType;

/* Names of anchors, as the lists of values in the table are written. */
#define FM_ANCHOR_NAMES "center left right top bottom top-left top-right bottom-left bottom-right"

typedef enum {
    FM_PROPERTY_ZOOM = 1 << 0,         /* may depend on zoom */
    FM_PROPERTY_FEATURE = 1 << 1,      /* may depend on the feature */
    FM_PROPERTY_INTERPOLATED = 1 << 2, /* interpolate over zoom makes sense */
    FM_PROPERTY_TOKENS = 1 << 3,       /* "{name}" in a plain string stands for a property */
    FM_PROPERTY_TRANSITION = 1 << 4,   /* <name>-transition exists */
    FM_PROPERTY_DENSITY = 1 << 5,      /* depends on heatmap-density */
    FM_PROPERTY_PROGRESS = 1 << 6,     /* depends on line-progress */
    FM_PROPERTY_SCREEN = 1 << 7, /* means nothing on a page, which has no pitch, turn or tiles */
    FM_PROPERTY_ORDER = 1 << 8,  /* only compared, not drawn: any number will do */
    FM_PROPERTY_AMOUNT = 1 << 9, /* of data or time, not a length on the page */
} FmPropertyFlags;

typedef struct {
    const char *name;
    FmStyleLayerType layer; /* ignored for visibility, which every type has */
    gboolean layout;        /* else paint */
    FmPropertyType type;
    FmPropertyType item;  /* of an array */
    gint64 length;        /* of an array, -1 = any */
    guint flags;          /* FmPropertyFlags */
    const char *fallback; /* the default as JSON, NULL = none */
    double min, max;
    const char *values; /* of an enum or an array of it, separated by blanks */
} FmPropertySpec;

const FmPropertySpec *fm__property_spec(FmStyleProperty property);
/* Does the layer type have the property? */
gboolean fm__property_applies(FmStyleProperty property, FmStyleLayerType layer);
/* The name of a layer type, static. */
const char *fm__layer_type_name(FmStyleLayerType type);

/* Find a property by name.  Returns FM_N_PROPS with FM_ERROR_UNSUPPORTED (the specification has it)
 * or FM_ERROR_PARSE (it has not; the nearest name is suggested). */
FmStyleProperty fm__property_find(FmStyleLayerType layer, gboolean layout, const char *name,
                                  GError **error);
/* Names that the specification has and facmap does not, NULL-terminated: "paint line-pattern". */
const char *const *fm__property_unsupported(FmStyleLayerType layer);

/* How far from 0 the numbers of a property may go to be drawn: lengths, angles and factors end at
 * 10,000, twice the width of A0 in pixels.  Beyond that nothing can be told apart on any page,
 * but cairo approximates a circle of 1e300 pixels for hours. */
double fm__property_farthest(const FmPropertySpec *spec);
/* The same within what the specification allows. */
double fm__property_least(const FmPropertySpec *spec);
double fm__property_most(const FmPropertySpec *spec);

/* ---- values ----------------------------------------------------------------------------- */

/* A property as a document gives it. */
typedef struct {
    gboolean given;
    FmExpr *expr;     /* NULL when it is constant */
    FmValue constant; /* in the arena of the call */
} FmPropertyValue;

void fm__property_value_clear(FmPropertyValue *value);
/* Read a value: constant, expression or (deprecated) function.
 *  where   for messages: "paint.line-width"
 *  Returns FALSE with FM_ERROR_PARSE or FM_ERROR_UNSUPPORTED; `out` is then untouched. */
gboolean fm__property_value_parse(const FmPropertySpec *spec, JsonNode *json, FmArena *arena,
                                  const char *where, FmPropertyValue *out, GError **error);
/* Read a constant.  Errors as fm__property_value_parse. */
gboolean fm__property_constant_read(const FmPropertySpec *spec, JsonNode *json, FmArena *arena,
                                    const char *where, FmValue *out, GError **error);
/* Can a value that the document fixes, be it inside an expression, be drawn?  The specification's
 * own range is left to the drawing, which takes the nearest limit.
 * Returns FALSE with FM_ERROR_PARSE. */
gboolean fm__property_check_drawn(const FmPropertySpec *spec, const FmValue *value,
                                  const char *where, GError **error);
/* The specification's default, null when it has none. */
FmValue fm__property_default(const FmPropertySpec *spec, FmArena *arena);
/* Is it one of the blank-separated names? */
gboolean fm__name_in_list(const char *name, const char *list);

/* Compile an expression or a function for a property: types, and where zoom and feature may stand.
 *  Returns transfer full; NULL with at least one more error. */
FmExpr *fm__property_expr_new(const FmPropertySpec *spec, JsonNode *json, GPtrArray *errors);

/* Rewrite a function object ({"stops": …}) as an expression, as the specification tells it.
 *  Returns transfer full (json_node_unref); NULL with FM_ERROR_PARSE without a path. */
JsonNode *fm__function_to_expression(JsonObject *function, const FmPropertySpec *spec,
                                     GError **error);
/* "{name} km" -> ["concat", ["get", "name"], " km"].  Transfer full (json_node_unref). */
JsonNode *fm__tokens_to_expression(const char *text);

#endif
