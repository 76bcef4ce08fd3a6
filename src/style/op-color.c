/* Colours from numbers and back: rgb, rgba, to-rgba, and what to-color accepts. */
#include "expr.h"

#include "number-text.h"

#include <math.h>
#include <string.h>

static const char *join_numbers(FmEval *eval, const FmValue *numbers, gsize n)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (gsize i = 0; i < n; i++) {
        g_string_append(text, i > 0 ? ", " : "");
        g_string_append(text, fm__value_to_string(eval->arena, &numbers[i]));
    }
    return fm__arena_strdup(eval->arena, text->str);
}

static gboolean in_range(const FmValue *value, double most)
{
    return value->kind == FM_KIND_NUMBER && value->number >= 0 && value->number <= most;
}

/* What is wrong with three or four numbers as channels 0 … 255 and alpha 0 … 1, or NULL. */
static const char *check_rgba(FmEval *eval, const FmValue *numbers, gsize n)
{
    for (gsize i = 0; i < 3; i++) {
        if (!in_range(&numbers[i], 255)) {
            const gsize shown = n > 3 && numbers[3].kind == FM_KIND_NUMBER ? 4 : 3;
            return fm__arena_printf(
                eval->arena,
                "Invalid rgba value [%s]: 'r', 'g', and 'b' must be between 0 and 255.",
                join_numbers(eval, numbers, shown));
        }
    }
    if (n > 3 && !in_range(&numbers[3], 1)) {
        return fm__arena_printf(eval->arena,
                                "Invalid rgba value [%s]: 'a' must be between 0 and 1.",
                                join_numbers(eval, numbers, 4));
    }
    return NULL;
}

FM_EVAL(fm__op_rgba)
{
    FmValue numbers[4] = {[3] = {.kind = FM_KIND_NUMBER, .number = 1}};
    for (gsize i = 0; i < node->n_args; i++) {
        if (!fm__eval_kind(node, i, eval, FM_KIND_NUMBER, &numbers[i])) {
            return FALSE;
        }
    }
    const char *wrong = check_rgba(eval, numbers, 4);
    if (wrong != NULL) {
        return fm__eval_error(eval, "%s", wrong);
    }
    *out = fm__value_color((FmColor){numbers[0].number / 255, numbers[1].number / 255,
                                     numbers[2].number / 255, numbers[3].number});
    return TRUE;
}

FM_EVAL(fm__op_to_rgba)
{
    FmValue value;
    if (!fm__eval_kind(node, 0, eval, FM_KIND_COLOR, &value)) {
        return FALSE;
    }
    FmValue *items = fm__arena_new(eval->arena, FmValue, 4);
    items[0] = fm__value_number(value.color.r * 255);
    items[1] = fm__value_number(value.color.g * 255);
    items[2] = fm__value_number(value.color.b * 255);
    items[3] = fm__value_number(value.color.a);
    *out = (FmValue){.kind = FM_KIND_ARRAY, .array = {.items = items, .n = 4}};
    return TRUE;
}

static gboolean color_from_array(FmEval *eval, const FmValue *value, FmColor *out, const char **why)
{
    const FmValue *items = value->array.items;
    const gsize n = value->array.n;
    if (n < 3 || n > 4) {
        *why = fm__arena_printf(eval->arena,
                                "Invalid rgba value %s: expected an array containing either three "
                                "or four numeric values.",
                                fm__value_to_json_text(eval->arena, value));
        return FALSE;
    }
    *why = check_rgba(eval, items, n);
    if (*why != NULL) {
        return FALSE;
    }
    /* The specification's implementation takes these channels as already multiplied by alpha. */
    const double alpha = n > 3 ? items[3].number : 1;
    const double scale = 255 * (alpha > 0 ? alpha : 1);
    *out =
        (FmColor){items[0].number / scale, items[1].number / scale, items[2].number / scale, alpha};
    return TRUE;
}

gboolean fm__eval_to_color(FmEval *eval, const FmValue *value, FmColor *out, const char **why)
{
    *why = NULL;
    switch (value->kind) {
    case FM_KIND_COLOR:
        *out = value->color;
        return TRUE;
    case FM_KIND_STRING:
        return fm__color_parse(value->string, out);
    case FM_KIND_ARRAY:
        return color_from_array(eval, value, out, why);
    default:
        return FALSE;
    }
}
