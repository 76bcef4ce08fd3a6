/* What the page reader (page.c) and the tests use of the style module beside the public headers. */
#ifndef FM_STYLE_INTERNAL_H
#define FM_STYLE_INTERNAL_H

#include <facmap/style.h>
#include <json-glib/json-glib.h>

/* ---- metadata --------------------------------------------------------------------------- */

/* The `metadata` of the document; borrowed as long as the style, NULL when there is none. */
JsonObject *fm__style_metadata(const FmStyle *style);
/* The `metadata` of a layer; borrowed as long as the style, NULL when there is none. */
JsonObject *fm__style_layer_metadata(const FmStyleLayer *layer);

/* ---- expressions ------------------------------------------------------------------------ */

/* A compiled expression: immutable, may be evaluated from many threads at once. */
typedef struct FmExpr FmExpr;

/* What an expression has to give. */
typedef enum {
    FM_EXPR_ANY,
    FM_EXPR_BOOLEAN,
    FM_EXPR_NUMBER,
    FM_EXPR_STRING, /* other types are converted */
    FM_EXPR_COLOR,
    FM_EXPR_TEXT, /* formatted text; strings are converted */
} FmExprType;

/* Compile an expression, or a plain value of the type.  `zoom` is allowed where the specification
 * allows it in properties.
 *  json   borrowed
 *  path   where it stands, for messages ("metadata.facmap:values[0].value")
 *  Returns transfer full (fm__expr_free); NULL with FM_ERROR_PARSE or FM_ERROR_UNSUPPORTED. */
FmExpr *fm__expr_compile(JsonNode *json, FmExprType type, const char *path, GError **error);
/* The same for a filter, in either of the specification's two notations. */
FmExpr *fm__filter_compile(JsonNode *json, const char *path, GError **error);
void fm__expr_free(FmExpr *expr);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmExpr, fm__expr_free)

/* Names of the properties that it reads, sorted, NULL-terminated; transfer full (g_strfreev). */
char **fm__expr_fields(const FmExpr *expr);

/* Evaluate.  An error at run time, null, or a value of another type gives `fallback` (NULL for the
 * string).  The string is transfer full (g_free): text of any value. */
gboolean fm__expr_boolean(const FmExpr *expr, const FmStyleContext *context, gboolean fallback);
double fm__expr_number(const FmExpr *expr, const FmStyleContext *context, double fallback);
FmColor fm__expr_color(const FmExpr *expr, const FmStyleContext *context, FmColor fallback);
char *fm__expr_string(const FmExpr *expr, const FmStyleContext *context);

/* ---- JSON ------------------------------------------------------------------------------- */

/* Read JSON text as fm_json_strict does, so that recursion over it is safe. Returns transfer full
 * (json_node_unref); NULL with FM_ERROR_PARSE, line and column in the message. */
JsonNode *fm__json_parse(const char *text, GError **error);

/* Compact JSON text, numbers as ECMAScript writes them; transfer full (g_free). */
char *fm__json_to_text(JsonNode *json);

/* The name in `names` (NULL-terminated) that `name` was probably meant to be, or NULL. */
const char *fm__nearest_name(const char *name, const char *const *names);
/* The keys of a set of strings, sorted by byte, NULL-terminated; transfer full (g_strfreev). */
char **fm__names_sorted(GHashTable *set);

/* Read a CSS colour as the specification does (CSS Color 4: names, #rgb[a], #rrggbb[aa], rgb(),
 * hsl()). */
gboolean fm__color_parse(const char *text, FmColor *out);

#endif
