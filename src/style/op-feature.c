/* What the feature and the map give: get, has, properties, geometry-type, id, zoom. */
#include "expr.h"

FM_EVAL(fm__op_get)
{
    const char *key;
    if (!fm__eval_string(node, 0, eval, &key)) {
        return FALSE;
    }
    fm__eval_property(eval, key, node->data, out);
    return TRUE;
}

FM_EVAL(fm__op_has)
{
    const char *key;
    FmValue value;
    if (!fm__eval_string(node, 0, eval, &key)) {
        return FALSE;
    }
    *out = fm__value_boolean(fm__eval_property(eval, key, node->data, &value));
    return TRUE;
}

/* The member that the arguments (key, object) name; NULL in `member` when there is none. */
static gboolean eval_member(const FmNode *node, FmEval *eval, const FmValue **member)
{
    const char *key;
    FmValue object;
    if (!fm__eval_string(node, 0, eval, &key) ||
        !fm__eval_kind(node, 1, eval, FM_KIND_OBJECT, &object)) {
        return FALSE;
    }
    *member = fm__value_member(&object, key);
    return TRUE;
}

FM_EVAL(fm__op_get_from)
{
    const FmValue *member;
    if (!eval_member(node, eval, &member)) {
        return FALSE;
    }
    *out = member != NULL ? *member : FM_VALUE_NULL;
    return TRUE;
}

FM_EVAL(fm__op_has_in)
{
    const FmValue *member;
    if (!eval_member(node, eval, &member)) {
        return FALSE;
    }
    *out = fm__value_boolean(member != NULL);
    return TRUE;
}

/* The row as an object; cells that are NULL are not there. */
static FmValue row_object(FmEval *eval)
{
    const gsize n_columns = fm_table_n_columns(eval->table);
    const char **keys = fm__arena_new(eval->arena, const char *, n_columns);
    FmValue *values = fm__arena_new(eval->arena, FmValue, n_columns);
    gsize n = 0;
    for (gsize i = 0; i < n_columns; i++) {
        const char *name = fm_table_column_name(eval->table, i);
        gint hint = (gint)i;
        if (fm__eval_property(eval, name, &hint, &values[n])) {
            keys[n++] = name;
        }
    }
    return (FmValue){.kind = FM_KIND_OBJECT, .object = {.keys = keys, .values = values, .n = n}};
}

FM_EVAL(fm__op_properties)
{
    (void)node;
    if (eval->table != NULL) {
        *out = row_object(eval);
    } else {
        *out = eval->properties != NULL ? *eval->properties : (FmValue){.kind = FM_KIND_OBJECT};
    }
    return TRUE;
}

FM_EVAL(fm__op_geometry_type)
{
    (void)node;
    const char *type = fm__eval_geometry_type(eval);
    *out = type != NULL ? fm__value_string(type) : FM_VALUE_NULL;
    return TRUE;
}

FM_EVAL(fm__op_id)
{
    (void)node;
    *out = fm__eval_id(eval);
    return TRUE;
}

FM_EVAL(fm__op_zoom)
{
    (void)node;
    *out = fm__value_number(eval->zoom);
    return TRUE;
}
