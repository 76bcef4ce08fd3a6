/* Typed, strict reading of metadata members. */
#include "page-read.h"

#include <math.h>

struct FmPageExpression {
    FmExpr *expr;
    char **fields;
};

void fm__page_fail(FmPageReader *reader, const char *path, FmError code, const char *format, ...)
{
    if (reader->error)
        return;
    va_list args;
    va_start(args, format);
    g_autofree char *what = g_strdup_vprintf(format, args);
    va_end(args);
    reader->error =
        g_error_new(FM_ERROR, (gint)code, "%s: %s: %s", fm_style_name(reader->style), path, what);
}

JsonObject *fm__page_object(FmPageReader *reader, JsonNode *node, const char *path,
                            const char *const *keys)
{
    if (!JSON_NODE_HOLDS_OBJECT(node)) {
        fm__page_fail(reader, path, FM_ERROR_PARSE, "must be an object");
        return NULL;
    }
    JsonObject *object = json_node_get_object(node);
    g_autoptr(GList) members = json_object_get_members(object);
    for (const GList *member = members; member; member = member->next)
        if (!g_strv_contains(keys, member->data)) {
            const char *near = fm__nearest_name(member->data, keys);
            fm__page_fail(reader, path, FM_ERROR_PARSE, "unknown key '%s'%s%s%s",
                          (const char *)member->data, near ? ": did you mean '" : "",
                          near ? near : "", near ? "'?" : "");
            return NULL;
        }
    return object;
}

JsonArray *fm__page_array(FmPageReader *reader, JsonNode *node, const char *path)
{
    if (JSON_NODE_HOLDS_ARRAY(node))
        return json_node_get_array(node);
    fm__page_fail(reader, path, FM_ERROR_PARSE, "must be an array");
    return NULL;
}

/* The member when it holds a scalar of the type; an error when it holds anything else. */
static JsonNode *scalar(FmPageReader *reader, JsonObject *object, const char *path, const char *key,
                        GType type, const char *what)
{
    JsonNode *node = object ? json_object_get_member(object, key) : NULL;
    if (!node)
        return NULL;
    GType found = JSON_NODE_HOLDS_VALUE(node) ? json_node_get_value_type(node) : G_TYPE_INVALID;
    if (found == type || (type == G_TYPE_DOUBLE && found == G_TYPE_INT64))
        return node;
    fm__page_fail(reader, path, FM_ERROR_PARSE, "'%s' must be %s", key, what);
    return NULL;
}

char *fm__page_string(FmPageReader *reader, JsonObject *object, const char *path, const char *key,
                      const char *fallback)
{
    JsonNode *node = scalar(reader, object, path, key, G_TYPE_STRING, "a string");
    return g_strdup(node ? json_node_get_string(node) : fallback);
}

char *fm__page_required_string(FmPageReader *reader, JsonObject *object, const char *path,
                               const char *key)
{
    char *text = fm__page_string(reader, object, path, key, NULL);
    if (object && !text)
        fm__page_fail(reader, path, FM_ERROR_PARSE, "'%s' is missing", key);
    return text;
}

double fm__page_number(FmPageReader *reader, JsonObject *object, const char *path, const char *key,
                       double fallback, double least, double most)
{
    JsonNode *node = scalar(reader, object, path, key, G_TYPE_DOUBLE, "a number");
    if (!node)
        return fallback;
    double value = json_node_get_double(node);
    if (value >= least && value <= most)
        return value;
    fm__page_fail(reader, path, FM_ERROR_PARSE, "'%s' must be from %g to %g", key, least, most);
    return fallback;
}

gboolean fm__page_boolean(FmPageReader *reader, JsonObject *object, const char *path,
                          const char *key, gboolean fallback)
{
    JsonNode *node = scalar(reader, object, path, key, G_TYPE_BOOLEAN, "true or false");
    return node ? json_node_get_boolean(node) : fallback;
}

int fm__page_choice(FmPageReader *reader, JsonObject *object, const char *path, const char *key,
                    const char *const *names, int fallback)
{
    JsonNode *node = scalar(reader, object, path, key, G_TYPE_STRING, "a string");
    if (!node)
        return fallback;
    for (int i = 0; names[i]; i++)
        if (g_str_equal(names[i], json_node_get_string(node)))
            return i;
    g_autoptr(GString) all = g_string_new(names[0]);
    for (int i = 1; names[0] && names[i]; i++)
        g_string_append_printf(all, ", %s", names[i]);
    fm__page_fail(reader, path, FM_ERROR_PARSE, "'%s' must be one of %s", key, all->str);
    return fallback;
}

FmColor fm__page_color(FmPageReader *reader, JsonObject *object, const char *path, const char *key,
                       FmColor fallback)
{
    JsonNode *node = scalar(reader, object, path, key, G_TYPE_STRING, "a colour");
    FmColor color = fallback;
    if (node && !fm__color_parse(json_node_get_string(node), &color))
        fm__page_fail(reader, path, FM_ERROR_PARSE, "'%s' must be a CSS colour", key);
    return color;
}

FmPageText fm__page_text(FmPageReader *reader, JsonNode *node, const char *path)
{
    static const char *const keys[] = {"en", "zh", NULL};
    FmPageText text = {NULL, NULL};
    JsonObject *object = fm__page_object(reader, node, path, keys);
    if (!object)
        return text;
    text.en = fm__page_string(reader, object, path, "en", NULL);
    text.zh = fm__page_string(reader, object, path, "zh", NULL);
    if (!text.en && !text.zh)
        fm__page_fail(reader, path, FM_ERROR_PARSE, "needs 'en', 'zh' or both");
    return text;
}

void fm__page_text_clear(FmPageText *text)
{
    g_clear_pointer(&text->en, g_free);
    g_clear_pointer(&text->zh, g_free);
}

void fm__page_strings(FmPageReader *reader, JsonNode *node, const char *path, GPtrArray *out)
{
    JsonArray *array = fm__page_array(reader, node, path);
    for (guint i = 0; array && i < json_array_get_length(array); i++) {
        JsonNode *element = json_array_get_element(array, i);
        if (JSON_NODE_HOLDS_VALUE(element) && json_node_get_value_type(element) == G_TYPE_STRING)
            g_ptr_array_add(out, json_node_dup_string(element));
        else
            fm__page_fail(reader, path, FM_ERROR_PARSE, "[%u] must be a string", i);
    }
}

FmPageFormat fm__page_format(FmPageReader *reader, JsonObject *object, const char *path)
{
    static const char *const names[] = {"count", "number", "percent", "km", "millions", NULL};
    return (FmPageFormat)fm__page_choice(reader, object, path, "format", names, FM_PAGE_NUMBER);
}

FmPageReduce fm__page_reduce(FmPageReader *reader, JsonObject *object, const char *path,
                             const char *key)
{
    static const char *const names[] = {"first",  "rows", "sum", "mean",
                                        "median", "min",  "max", NULL};
    return (FmPageReduce)fm__page_choice(reader, object, path, key, names, FM_PAGE_FIRST);
}

void fm__page_each(FmPageReader *reader, JsonNode *node, const char *path, FmPage *page,
                   FmPageReadFunc read)
{
    if (!JSON_NODE_HOLDS_ARRAY(node)) {
        read(reader, node, path, page);
        return;
    }
    JsonArray *array = json_node_get_array(node);
    for (guint i = 0; i < json_array_get_length(array); i++) {
        g_autofree char *element = g_strdup_printf("%s[%u]", path, i);
        read(reader, json_array_get_element(array, i), element, page);
    }
}

/* ---- expressions ------------------------------------------------------------------------ */

/* Take over a compiled expression, or the error of one that is not. */
static FmPageExpression *wrap(FmPageReader *reader, FmExpr *expr, GError *error)
{
    if (!expr) {
        if (reader->error)
            g_error_free(error);
        else
            reader->error = error;
        return NULL;
    }
    FmPageExpression *expression = g_new(FmPageExpression, 1);
    *expression = (FmPageExpression){expr, fm__expr_fields(expr)};
    return expression;
}

FmPageExpression *fm__page_expression(FmPageReader *reader, JsonObject *object, const char *path,
                                      const char *key, FmExprType type)
{
    JsonNode *node = object ? json_object_get_member(object, key) : NULL;
    if (!node)
        return NULL;
    GError *error = NULL;
    g_autofree char *where = g_strdup_printf("%s: %s.%s", fm_style_name(reader->style), path, key);
    FmExpr *expr = fm__expr_compile(node, type, where, &error);
    return wrap(reader, expr, error);
}

FmPageExpression *fm__page_expression_new(JsonNode *node, FmExprType type)
{
    FmExpr *expr = fm__expr_compile(node, type, "", NULL);
    g_return_val_if_fail(expr, NULL);
    FmPageExpression *expression = g_new(FmPageExpression, 1);
    *expression = (FmPageExpression){expr, fm__expr_fields(expr)};
    return expression;
}

FmPageExpression *fm__page_filter(FmPageReader *reader, JsonObject *object, const char *path,
                                  const char *key)
{
    JsonNode *node = object ? json_object_get_member(object, key) : NULL;
    if (!node)
        return NULL;
    GError *error = NULL;
    g_autofree char *where = g_strdup_printf("%s: %s.%s", fm_style_name(reader->style), path, key);
    FmExpr *expr = fm__filter_compile(node, where, &error);
    return wrap(reader, expr, error);
}

void fm__page_expression_free(FmPageExpression *expression)
{
    if (!expression)
        return;
    fm__expr_free(expression->expr);
    g_strfreev(expression->fields);
    g_free(expression);
}

gboolean fm_page_expression_boolean(const FmPageExpression *expression,
                                    const FmStyleContext *context)
{
    return fm__expr_boolean(expression->expr, context, FALSE);
}

double fm_page_expression_number(const FmPageExpression *expression, const FmStyleContext *context)
{
    return fm__expr_number(expression->expr, context, NAN);
}

char *fm_page_expression_string(const FmPageExpression *expression, const FmStyleContext *context)
{
    return fm__expr_string(expression->expr, context);
}

const char *const *fm_page_expression_fields(const FmPageExpression *expression)
{
    return (const char *const *)expression->fields;
}
