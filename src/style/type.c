/* Types of the expression language and when one may stand for another. */
#include "value.h"

const FmType fm__types[FM_N_KINDS] = {
    [FM_KIND_NULL] = {FM_KIND_NULL, NULL, -1},
    [FM_KIND_NUMBER] = {FM_KIND_NUMBER, NULL, -1},
    [FM_KIND_STRING] = {FM_KIND_STRING, NULL, -1},
    [FM_KIND_BOOLEAN] = {FM_KIND_BOOLEAN, NULL, -1},
    [FM_KIND_COLOR] = {FM_KIND_COLOR, NULL, -1},
    [FM_KIND_OBJECT] = {FM_KIND_OBJECT, NULL, -1},
    [FM_KIND_ARRAY] = {FM_KIND_ARRAY, &fm__types[FM_KIND_VALUE], -1},
    [FM_KIND_FORMATTED] = {FM_KIND_FORMATTED, NULL, -1},
    [FM_KIND_IMAGE] = {FM_KIND_IMAGE, NULL, -1},
    [FM_KIND_PADDING] = {FM_KIND_PADDING, NULL, -1},
    [FM_KIND_NUMBERS] = {FM_KIND_NUMBERS, NULL, -1},
    [FM_KIND_COLORS] = {FM_KIND_COLORS, NULL, -1},
    [FM_KIND_ANCHORS] = {FM_KIND_ANCHORS, NULL, -1},
    [FM_KIND_PROJECTION] = {FM_KIND_PROJECTION, NULL, -1},
    [FM_KIND_COLLATOR] = {FM_KIND_COLLATOR, NULL, -1},
    [FM_KIND_VALUE] = {FM_KIND_VALUE, NULL, -1},
    [FM_KIND_ERROR] = {FM_KIND_ERROR, NULL, -1},
};

static const char *const kind_names[FM_N_KINDS] = {
    [FM_KIND_NULL] = "null",
    [FM_KIND_NUMBER] = "number",
    [FM_KIND_STRING] = "string",
    [FM_KIND_BOOLEAN] = "boolean",
    [FM_KIND_COLOR] = "color",
    [FM_KIND_OBJECT] = "object",
    [FM_KIND_ARRAY] = "array",
    [FM_KIND_FORMATTED] = "formatted",
    [FM_KIND_IMAGE] = "resolvedImage",
    [FM_KIND_PADDING] = "padding",
    [FM_KIND_NUMBERS] = "numberArray",
    [FM_KIND_COLORS] = "colorArray",
    [FM_KIND_ANCHORS] = "variableAnchorOffsetCollection",
    [FM_KIND_PROJECTION] = "projectionDefinition",
    [FM_KIND_COLLATOR] = "collator",
    [FM_KIND_VALUE] = "value",
    [FM_KIND_ERROR] = "error",
};

const FmType *fm__type_array(FmArena *arena, const FmType *item, gint64 n)
{
    if (n < 0 && item->kind == FM_KIND_VALUE) {
        return FM_TYPE(ARRAY);
    }
    FmType *type = fm__arena_new(arena, FmType, 1);
    *type = (FmType){.kind = FM_KIND_ARRAY, .item = item, .n = n};
    return type;
}

const char *fm__type_name(FmArena *arena, const FmType *type)
{
    if (type->kind != FM_KIND_ARRAY) {
        return kind_names[type->kind];
    }
    const char *item = fm__type_name(arena, type->item);
    if (type->n >= 0) {
        return fm__arena_printf(arena, "array<%s, %" G_GINT64_FORMAT ">", item, type->n);
    }
    if (type->item->kind == FM_KIND_VALUE) {
        return kind_names[FM_KIND_ARRAY];
    }
    return fm__arena_printf(arena, "array<%s>", item);
}

gboolean fm__type_fits(const FmType *expected, const FmType *actual)
{
    if (actual->kind == FM_KIND_ERROR) {
        return TRUE;
    }
    if (expected->kind == FM_KIND_VALUE) {
        return actual->kind != FM_KIND_COLLATOR;
    }
    if (expected->kind != FM_KIND_ARRAY || actual->kind != FM_KIND_ARRAY) {
        return expected->kind == actual->kind;
    }
    const gboolean empty = actual->n == 0 && actual->item->kind == FM_KIND_VALUE;
    return (empty || fm__type_fits(expected->item, actual->item)) &&
           (expected->n < 0 || expected->n == actual->n);
}
