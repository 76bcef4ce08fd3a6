/* Expressions outside properties: what the page reader compiles. */
#include "property.h"

#include <math.h>

FmExpr *fm__expr_compile(JsonNode *json, FmExprType type, const char *path, GError **error)
{
    static const FmPropertyType types[] = {
        [FM_EXPR_ANY] = FM_PROPERTY_ANY,       [FM_EXPR_BOOLEAN] = FM_PROPERTY_BOOLEAN,
        [FM_EXPR_NUMBER] = FM_PROPERTY_NUMBER, [FM_EXPR_STRING] = FM_PROPERTY_STRING,
        [FM_EXPR_COLOR] = FM_PROPERTY_COLOR,   [FM_EXPR_TEXT] = FM_PROPERTY_FORMATTED,
    };
    const FmPropertySpec spec = {
        .name = "",
        .type = types[type],
        .length = -1,
        .flags = FM_PROPERTY_ZOOM | FM_PROPERTY_FEATURE | FM_PROPERTY_INTERPOLATED,
        .min = -INFINITY,
        .max = INFINITY,
    };
    g_autoptr(GPtrArray) errors = fm__expr_errors_new();
    FmExpr *expr = fm__property_expr_new(&spec, json, errors);
    if (expr == NULL) {
        fm__expr_errors_propagate(errors, path, error);
    }
    return expr;
}
