/* Looking into arrays and texts: at, in, index-of, slice, length.  Texts are counted in characters
 * (code points). */
#include "expr.h"

#include "number-text.h"

#include <math.h>
#include <string.h>

/* ---- at --------------------------------------------------------------------------------- */

static FM_EVAL(eval_at)
{
    double index;
    FmValue array;
    char text[FM_NUMBER_TEXT_SIZE];
    if (!fm__eval_number(node, 0, eval, &index) ||
        !fm__eval_kind(node, 1, eval, FM_KIND_ARRAY, &array)) {
        return FALSE;
    }
    if (index < 0) {
        return fm__eval_error(eval, "Array index out of bounds: %s < 0.",
                              fm__number_text(index, text));
    }
    if (index >= (double)array.array.n) {
        return fm__eval_error(eval, "Array index out of bounds: %s > %.0f.",
                              fm__number_text(index, text), (double)array.array.n - 1);
    }
    if (index != floor(index)) { /* NaN too */
        return fm__eval_error(eval, "Array index must be an integer, but found %s instead.",
                              fm__number_text(index, text));
    }
    *out = array.array.items[(gsize)index];
    return TRUE;
}

FM_PARSE(fm__parse_at)
{
    const guint n_json = json_array_get_length(json);
    if (n_json != 3) {
        return fm__parse_error(context, "Expected 2 arguments, but found %u instead.", n_json - 1);
    }
    const FmType *item = context->expected != NULL ? context->expected : FM_TYPE(VALUE);
    FmNode *node = fm__node_new(context->parser, op, eval_at, NULL, 2);
    node->args[0] = fm__parse_arg(context, json, 1, FM_TYPE(NUMBER));
    node->args[1] =
        fm__parse_arg(context, json, 2, fm__type_array(context->parser->arena, item, -1));
    if (node->args[0] == NULL || node->args[1] == NULL) {
        return NULL;
    }
    const FmType *array = node->args[1]->type;
    node->type = array->kind == FM_KIND_ARRAY ? array->item : array; /* or an error expression */
    fm__node_finish(node);
    return node;
}

/* ---- in, index-of ----------------------------------------------------------------------- */

static gboolean is_needle_kind(FmKind kind)
{
    return kind == FM_KIND_BOOLEAN || kind == FM_KIND_STRING || kind == FM_KIND_NUMBER ||
           kind == FM_KIND_NULL;
}

static gboolean check_needle(FmEval *eval, const FmValue *needle)
{
    return is_needle_kind(needle->kind) ||
           fm__eval_error(eval,
                          "Expected first argument to be of type boolean, string, number or null, "
                          "but found %s instead.",
                          fm__eval_type_name(eval, needle));
}

static gboolean haystack_error(FmEval *eval, const FmValue *haystack)
{
    return fm__eval_error(
        eval, "Expected second argument to be of type array or string, but found %s instead.",
        fm__eval_type_name(eval, haystack));
}

/* First place >= from, or -1. */
static gint64 find_item(const FmValue *array, const FmValue *needle, gsize from)
{
    for (gsize i = from; i < array->array.n; i++) {
        if (fm__value_same(&array->array.items[i], needle)) {
            return (gint64)i;
        }
    }
    return -1;
}

/* A needle that is not a string is looked for as ECMAScript would print it. */
static const char *needle_text(FmEval *eval, const FmValue *needle)
{
    return needle->kind == FM_KIND_NULL ? "null" : fm__value_to_string(eval->arena, needle);
}

static FM_EVAL(eval_in)
{
    FmValue needle;
    FmValue haystack;
    if (!fm__eval_arg(node, 0, eval, &needle) || !fm__eval_arg(node, 1, eval, &haystack)) {
        return FALSE;
    }
    if (!fm__value_truth(&haystack)) {
        *out = fm__value_boolean(FALSE);
        return TRUE;
    }
    if (!check_needle(eval, &needle)) {
        return FALSE;
    }
    if (haystack.kind == FM_KIND_STRING) {
        *out = fm__value_boolean(strstr(haystack.string, needle_text(eval, &needle)) != NULL);
    } else if (haystack.kind == FM_KIND_ARRAY) {
        *out = fm__value_boolean(find_item(&haystack, &needle, 0) >= 0);
    } else {
        return haystack_error(eval, &haystack);
    }
    return TRUE;
}

static gboolean parse_needle_and_haystack(const FmParseContext *context, JsonArray *json,
                                          FmNode *node)
{
    node->args[0] = fm__parse_arg(context, json, 1, FM_TYPE(VALUE));
    node->args[1] = fm__parse_arg(context, json, 2, FM_TYPE(VALUE));
    if (node->args[0] == NULL || node->args[1] == NULL) {
        return FALSE;
    }
    const FmType *type = node->args[0]->type;
    if (!is_needle_kind(type->kind) && type->kind != FM_KIND_VALUE) {
        fm__parse_error(context,
                        "Expected first argument to be of type boolean, string, number or null, "
                        "but found %s instead",
                        fm__parse_type_name(context, type));
        return FALSE;
    }
    return TRUE;
}

FM_PARSE(fm__parse_in)
{
    const guint n_json = json_array_get_length(json);
    if (n_json != 3) {
        return fm__parse_error(context, "Expected 2 arguments, but found %u instead.", n_json - 1);
    }
    FmNode *node = fm__node_new(context->parser, op, eval_in, FM_TYPE(BOOLEAN), 2);
    node->first_output = node->n_args; /* true and false are known */
    if (!parse_needle_and_haystack(context, json, node)) {
        return NULL;
    }
    fm__node_finish(node);
    return node;
}

/* An index as ECMAScript's slice reads it: truncated, from the end when negative, within 0 … n. */
static gsize relative_index(double index, gsize n)
{
    const double whole = isnan(index) ? 0 : trunc(index);
    return (gsize)(whole < 0 ? fmax((double)n + whole, 0) : fmin(whole, (double)n));
}

/* The specification starts a search in text at a UTF-16 code unit. */
static const char *skip_utf16(const char *text, double units)
{
    while (units > 0 && *text != '\0') {
        units -= g_utf8_get_char(text) > 0xFFFF ? 2 : 1;
        text = g_utf8_next_char(text);
    }
    return text;
}

static FM_EVAL(eval_index_of)
{
    FmValue needle;
    FmValue haystack;
    double from = 0;
    if (!fm__eval_arg(node, 0, eval, &needle) || !fm__eval_arg(node, 1, eval, &haystack) ||
        !check_needle(eval, &needle) ||
        (node->n_args == 3 && !fm__eval_number(node, 2, eval, &from))) {
        return FALSE;
    }
    if (haystack.kind == FM_KIND_STRING) {
        const char *found =
            strstr(skip_utf16(haystack.string, trunc(from)), needle_text(eval, &needle));
        *out = fm__value_number(
            found != NULL ? (double)g_utf8_strlen(haystack.string, found - haystack.string) : -1);
    } else if (haystack.kind == FM_KIND_ARRAY) {
        const gsize begin = relative_index(from, haystack.array.n);
        *out = fm__value_number((double)find_item(&haystack, &needle, begin));
    } else {
        return haystack_error(eval, &haystack);
    }
    return TRUE;
}

FM_PARSE(fm__parse_index_of)
{
    const guint n_json = json_array_get_length(json);
    if (n_json <= 2 || n_json >= 5) {
        return fm__parse_error(context, "Expected 2 or 3 arguments, but found %u instead.",
                               n_json - 1);
    }
    FmNode *node = fm__node_new(context->parser, op, eval_index_of, FM_TYPE(NUMBER), n_json - 1);
    if (!parse_needle_and_haystack(context, json, node)) {
        return NULL;
    }
    if (n_json == 4) {
        node->args[2] = fm__parse_arg(context, json, 3, FM_TYPE(NUMBER));
        if (node->args[2] == NULL) {
            return NULL;
        }
    }
    fm__node_finish(node);
    return node;
}

/* ---- slice ------------------------------------------------------------------------------ */

static gboolean slice_string(FmEval *eval, const char *string, gsize begin, gsize end, FmValue *out)
{
    const char *first = g_utf8_offset_to_pointer(string, (glong)begin);
    const char *last = begin < end ? g_utf8_offset_to_pointer(first, (glong)(end - begin)) : first;
    return fm__eval_text(eval, first, (gsize)(last - first), out);
}

static FM_EVAL(eval_slice)
{
    FmValue input;
    double first;
    double last = INFINITY;
    if (!fm__eval_arg(node, 0, eval, &input) || !fm__eval_number(node, 1, eval, &first) ||
        (node->n_args == 3 && !fm__eval_number(node, 2, eval, &last))) {
        return FALSE;
    }
    if (input.kind != FM_KIND_STRING && input.kind != FM_KIND_ARRAY) {
        return fm__eval_error(
            eval, "Expected first argument to be of type array or string, but found %s instead.",
            fm__eval_type_name(eval, &input));
    }
    const gboolean is_string = input.kind == FM_KIND_STRING;
    const gsize n = is_string ? (gsize)g_utf8_strlen(input.string, -1) : input.array.n;
    const gsize begin = relative_index(first, n);
    const gsize end = relative_index(last, n);
    if (is_string) {
        return slice_string(eval, input.string, begin, end, out);
    }
    *out = input;
    out->array.items = input.array.n > 0 ? input.array.items + begin : NULL;
    out->array.n = begin < end ? end - begin : 0;
    return TRUE;
}

FM_PARSE(fm__parse_slice)
{
    const guint n_json = json_array_get_length(json);
    if (n_json <= 2 || n_json >= 5) {
        return fm__parse_error(context, "Expected 2 or 3 arguments, but found %u instead.",
                               n_json - 1);
    }
    FmNode *node = fm__node_new(context->parser, op, eval_slice, NULL, n_json - 1);
    node->args[0] = fm__parse_arg(context, json, 1, FM_TYPE(VALUE));
    node->args[1] = fm__parse_arg(context, json, 2, FM_TYPE(NUMBER));
    if (node->args[0] == NULL || node->args[1] == NULL) {
        return NULL;
    }
    node->type = node->args[0]->type;
    if (node->type->kind != FM_KIND_ARRAY && node->type->kind != FM_KIND_STRING &&
        node->type->kind != FM_KIND_VALUE) {
        return fm__parse_error(
            context, "Expected first argument to be of type array or string, but found %s instead",
            fm__parse_type_name(context, node->type));
    }
    if (n_json == 4) {
        node->args[2] = fm__parse_arg(context, json, 3, FM_TYPE(NUMBER));
        if (node->args[2] == NULL) {
            return NULL;
        }
    }
    fm__node_finish(node);
    return node;
}

/* ---- length ----------------------------------------------------------------------------- */

static FM_EVAL(eval_length)
{
    if (!fm__eval_arg(node, 0, eval, out)) {
        return FALSE;
    }
    if (out->kind == FM_KIND_STRING) {
        *out = fm__value_number((double)g_utf8_strlen(out->string, -1));
    } else if (out->kind == FM_KIND_ARRAY) {
        *out = fm__value_number((double)out->array.n);
    } else {
        return fm__eval_error(eval,
                              "Expected value to be of type string or array, but found %s instead.",
                              fm__eval_type_name(eval, out));
    }
    return TRUE;
}

FM_PARSE(fm__parse_length)
{
    const guint n_json = json_array_get_length(json);
    if (n_json != 2) {
        return fm__parse_error(context, "Expected 1 argument, but found %u instead.", n_json - 1);
    }
    FmNode *node = fm__node_new(context->parser, op, eval_length, FM_TYPE(NUMBER), 1);
    node->args[0] = fm__parse_arg(context, json, 1, NULL);
    if (node->args[0] == NULL) {
        return NULL;
    }
    const FmType *type = node->args[0]->type;
    if (type->kind != FM_KIND_ARRAY && type->kind != FM_KIND_STRING &&
        type->kind != FM_KIND_VALUE) {
        return fm__parse_error(context,
                               "Expected argument of type string or array, but found %s instead.",
                               fm__parse_type_name(context, type));
    }
    fm__node_finish(node);
    return node;
}
