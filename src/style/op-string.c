/* Texts: concat, upcase, downcase, split, join, is-supported-script.
 *
 * Case is mapped character by character by Unicode's simple mappings (and ß to SS), the same in
 * every locale; GLib's g_utf8_strup() would follow the user's. */
#include "expr.h"

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
