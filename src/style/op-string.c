/* Texts: concat, upcase, downcase, split, join, number-format, is-supported-script.
 *
 * Case is mapped character by character by Unicode's simple mappings (and ß to SS), the same in
 * every locale; GLib's g_utf8_strup() would follow the user's. */
#include "expr.h"

#include "number-text.h"

#include <math.h>
#include <string.h>

FM_EVAL(fm__op_concat)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (gsize i = 0; i < node->n_args; i++) {
        FmValue value;
        if (!fm__eval_arg(node, i, eval, &value)) {
            return FALSE;
        }
        g_string_append(text, fm__value_to_string(eval->arena, &value));
        if (text->len > FM_MAX_TEXT) {
            break; /* reported below */
        }
    }
    return fm__eval_text(eval, text->str, text->len, out);
}

static gboolean map_case(const FmNode *node, FmEval *eval, gunichar (*map)(gunichar), FmValue *out)
{
    const char *string;
    if (!fm__eval_string(node, 0, eval, &string)) {
        return FALSE;
    }
    g_autoptr(GString) text = g_string_new(NULL);
    for (const char *c = string; *c != '\0'; c = g_utf8_next_char(c)) {
        const gunichar character = g_utf8_get_char(c);
        if (character == 0xDF && map == g_unichar_toupper) {
            g_string_append(text, "SS");
        } else {
            g_string_append_unichar(text, map(character));
        }
    }
    return fm__eval_text(eval, text->str, text->len, out);
}

FM_EVAL(fm__op_upcase)
{
    return map_case(node, eval, g_unichar_toupper, out);
}

FM_EVAL(fm__op_downcase)
{
    return map_case(node, eval, g_unichar_tolower, out);
}

/* Every script can be shaped here. */
FM_EVAL(fm__op_is_supported_script)
{
    const char *text;
    if (!fm__eval_string(node, 0, eval, &text)) {
        return FALSE;
    }
    *out = fm__value_boolean(TRUE);
    return TRUE;
}

/* ---- split, join ------------------------------------------------------------------------ */

/* The length of the first part of `text`: up to the separator, or one character without one. */
static gsize part_length(const char *text, const char *separator)
{
    if (*separator == '\0') {
        return (gsize)(g_utf8_next_char(text) - text);
    }
    const char *end = strstr(text, separator);
    return end != NULL ? (gsize)(end - text) : strlen(text);
}

FM_EVAL(fm__op_split)
{
    const char *text;
    const char *separator;
    if (!fm__eval_string(node, 0, eval, &text) || !fm__eval_string(node, 1, eval, &separator)) {
        return FALSE;
    }
    g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(FmValue));
    const gsize skip = strlen(separator);
    gboolean more = *text != '\0' || skip > 0; /* "" has one empty part, or no character */
    while (more) {
        const gsize length = part_length(text, separator);
        const FmValue part = fm__value_string(fm__arena_strndup(eval->arena, text, length));
        g_array_append_val(parts, part);
        more = text[length] != '\0';
        text += length + (more ? skip : 0);
    }
    FmValue *items = fm__arena_new(eval->arena, FmValue, parts->len);
    if (parts->len > 0) {
        memcpy(items, parts->data, parts->len * sizeof(FmValue));
    }
    *out = (FmValue){.kind = FM_KIND_ARRAY, .array = {.items = items, .n = parts->len}};
    return TRUE;
}

FM_EVAL(fm__op_join)
{
    FmValue array;
    const char *separator;
    if (!fm__eval_kind(node, 0, eval, FM_KIND_ARRAY, &array) ||
        !fm__eval_string(node, 1, eval, &separator)) {
        return FALSE;
    }
    g_autoptr(GString) text = g_string_new(NULL);
    for (gsize i = 0; i < array.array.n && text->len <= FM_MAX_TEXT; i++) {
        g_string_append(text, i > 0 ? separator : "");
        g_string_append(text, fm__value_to_string(eval->arena, &array.array.items[i]));
    }
    return fm__eval_text(eval, text->str, text->len, out);
}

/* ---- number-format ---------------------------------------------------------------------- */

/* args: the number, the least and the most fraction digits (literals null when not given). */
static gboolean eval_digits(const FmNode *node, gsize i, FmEval *eval, const char *name,
                            double fallback, int *out)
{
    const double most = 100; /* ECMA-402 */
    FmValue value;
    if (!fm__eval_arg(node, i, eval, &value)) {
        return FALSE;
    }
    const double digits = value.kind == FM_KIND_NUMBER ? floor(value.number) : fallback;
    if (!(digits >= 0 && digits <= most)) {
        return fm__eval_error(eval, "%s value is out of range.", name);
    }
    *out = (int)digits;
    return TRUE;
}

static FM_EVAL(eval_number_format)
{
    const int usual_most = 3;
    double number;
    int least = 0;
    int most = 0;
    if (!fm__eval_number(node, 0, eval, &number) ||
        !eval_digits(node, 1, eval, "minimumFractionDigits", 0, &least) ||
        !eval_digits(node, 2, eval, "maximumFractionDigits", MAX(least, usual_most), &most)) {
        return FALSE;
    }
    if (least > most) {
        return fm__eval_error(eval, "maximumFractionDigits value is out of range.");
    }
    g_autofree char *text = fm__number_grouped(number, least, most);
    return fm__eval_text(eval, text, strlen(text), out);
}

/* Locales that group by commas and point with a point. */
static gboolean is_plain_locale(const char *locale)
{
    static const char *const languages[] = {"en", "zh", "ja", "ko", "th"};
    for (gsize i = 0; i < G_N_ELEMENTS(languages); i++) {
        if (g_str_has_prefix(locale, languages[i]) && !g_ascii_isalpha(locale[2])) {
            return TRUE;
        }
    }
    return FALSE;
}

static FmNode *parse_digits(const FmParseContext *context, JsonObject *options, const char *name)
{
    JsonNode *json = json_object_get_member(options, name);
    if (json == NULL) {
        return fm__node_literal(context->parser, FM_TYPE(NULL), FM_VALUE_NULL);
    }
    /* The specification counts options under the first argument. */
    const FmParseContext child = fm__parse_child(context, 1, FM_TYPE(NUMBER));
    return fm__parse(&child, json, FM_ANNOTATE_BY_TYPE);
}

FM_PARSE(fm__parse_number_format)
{
    if (json_array_get_length(json) != 3) {
        return fm__parse_error(context, "Expected two arguments.");
    }
    FmNode *node = fm__node_new(context->parser, op, eval_number_format, FM_TYPE(STRING), 3);
    node->args[0] = fm__parse_arg(context, json, 1, FM_TYPE(NUMBER));
    if (node->args[0] == NULL) {
        return NULL;
    }
    JsonNode *second = json_array_get_element(json, 2);
    if (!JSON_NODE_HOLDS_OBJECT(second)) {
        return fm__parse_error(context, "NumberFormat options argument must be an object.");
    }
    JsonObject *options = json_node_get_object(second);
    JsonNode *locale = json_object_get_member(options, "locale");
    const char *name = locale != NULL ? fm__json_string(locale) : "en";
    if (name == NULL || !is_plain_locale(name) || json_object_has_member(options, "currency") ||
        json_object_has_member(options, "unit")) {
        return fm__parse_unsupported_option(context, op,
                                            "currency, unit and locales that write numbers unlike "
                                            "English");
    }
    node->args[1] = parse_digits(context, options, "min-fraction-digits");
    node->args[2] = parse_digits(context, options, "max-fraction-digits");
    if (node->args[1] == NULL || node->args[2] == NULL) {
        return NULL;
    }
    fm__node_finish(node);
    return node;
}
