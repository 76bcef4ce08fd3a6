/* Expressions outside properties: what the page reader compiles. */
#include "property.h"

#include <math.h>

gboolean fm__expr_check_drawable(const FmExpr *expr, guint may_read, const char *where,
                                 GError **error)
{
    static const struct {
        guint reads;
        const char *op, *place;
    } rules[] = {
        {FM_READS_DENSITY, "heatmap-density", "heatmap-color"},
        {FM_READS_PROGRESS, "line-progress", "line-gradient"},
        {FM_READS_ELEVATION, "elevation", "color-relief layers, which facmap does not draw"},
        {FM_READS_CLUSTER, "accumulated", "clusters, which facmap does not make"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rules); i++) {
        if ((expr->root->reads & rules[i].reads & ~may_read) != 0) {
            const gboolean known =
                rules[i].reads == FM_READS_DENSITY || rules[i].reads == FM_READS_PROGRESS;
            g_set_error(error, FM_ERROR, known ? FM_ERROR_PARSE : FM_ERROR_UNSUPPORTED,
                        "%s: \"%s\" can only be used in %s", where, rules[i].op, rules[i].place);
            return FALSE;
        }
    }
    if (expr->root->has_image && expr->root->type->kind != FM_KIND_FORMATTED) {
        g_set_error(error, FM_ERROR, FM_ERROR_UNSUPPORTED,
                    "%s: an image in \"format\" can only be drawn in text-field", where);
        return FALSE;
    }
    return TRUE;
}

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
    g_autoptr(FmExpr) expr = fm__property_expr_new(&spec, json, errors);
    if (expr == NULL) {
        fm__expr_errors_propagate(errors, path, error);
        return NULL;
    }
    return fm__expr_check_drawable(expr, 0, path, error) ? g_steal_pointer(&expr) : NULL;
}
