/* The list-like kinds of values: padding, numbers, colours, anchors with offsets, and projections.
 * Documents write them as plain numbers, strings and arrays. */
#include "value.h"

#include "property.h"

#include <string.h>

gboolean fm__kind_is_list(FmKind kind)
{
    return kind == FM_KIND_PADDING || kind == FM_KIND_NUMBERS || kind == FM_KIND_COLORS ||
           kind == FM_KIND_ANCHORS;
}

static gboolean are_numbers(const FmValue *items, gsize n)
{
    for (gsize i = 0; i < n; i++) {
        if (items[i].kind != FM_KIND_NUMBER) {
            return FALSE;
        }
    }
    return TRUE;
}

static FmValue list_of(FmKind kind, const FmValue *items, gsize n)
{
    return (FmValue){.kind = kind, .array = {.items = items, .n = n}};
}

/* As CSS has it: all; vertical, horizontal; top, horizontal, bottom; top, right, bottom, left. */
static gboolean parse_padding(FmArena *arena, const FmValue *value, FmValue *out)
{
    static const gsize places[][4] = {{0, 0, 0, 0}, {0, 1, 0, 1}, {0, 1, 2, 1}, {0, 1, 2, 3}};
    const gboolean one = value->kind == FM_KIND_NUMBER;
    const FmValue *items = one ? value : value->array.items;
    const gsize n = one ? 1 : value->kind == FM_KIND_ARRAY ? value->array.n : 0;
    if (n < 1 || n > G_N_ELEMENTS(places) || !are_numbers(items, n)) {
        return FALSE;
    }
    FmValue *sides = fm__arena_new(arena, FmValue, 4);
    for (gsize i = 0; i < 4; i++) {
        sides[i] = items[places[n - 1][i]];
    }
    *out = list_of(FM_KIND_PADDING, sides, 4);
    return TRUE;
}

static gboolean parse_numbers(FmArena *arena, const FmValue *value, FmValue *out)
{
    if (value->kind == FM_KIND_NUMBER) {
        FmValue *only = fm__arena_new(arena, FmValue, 1);
        *only = *value;
        *out = list_of(FM_KIND_NUMBERS, only, 1);
        return TRUE;
    }
    *out = list_of(FM_KIND_NUMBERS, value->array.items, value->array.n);
    return value->kind == FM_KIND_ARRAY && are_numbers(value->array.items, value->array.n);
}

static gboolean parse_colors(FmArena *arena, const FmValue *value, FmValue *out)
{
    const gboolean one = value->kind == FM_KIND_STRING;
    const FmValue *items = one ? value : value->array.items;
    if (!one && value->kind != FM_KIND_ARRAY) {
        return FALSE;
    }
    const gsize n = one ? 1 : value->array.n;
    FmValue *colors = fm__arena_new(arena, FmValue, n);
    for (gsize i = 0; i < n; i++) {
        FmColor color;
        if (items[i].kind != FM_KIND_STRING || !fm__color_parse(items[i].string, &color)) {
            return FALSE;
        }
        colors[i] = fm__value_color(color);
    }
    *out = list_of(FM_KIND_COLORS, colors, n);
    return TRUE;
}

static gboolean parse_anchors(const FmValue *value, FmValue *out)
{
    if (value->kind != FM_KIND_ARRAY || value->array.n < 1 || value->array.n % 2 != 0) {
        return FALSE;
    }
    for (gsize i = 0; i < value->array.n; i += 2) {
        const FmValue *anchor = &value->array.items[i];
        const FmValue *offset = &value->array.items[i + 1];
        if (anchor->kind != FM_KIND_STRING || !fm__name_in_list(anchor->string, FM_ANCHOR_NAMES) ||
            offset->kind != FM_KIND_ARRAY || offset->array.n != 2 ||
            !are_numbers(offset->array.items, 2)) {
            return FALSE;
        }
    }
    *out = list_of(FM_KIND_ANCHORS, value->array.items, value->array.n);
    return TRUE;
}

/* The value is kept as it is written: only `interpolate` makes a projection out of two. */
static gboolean parse_projection(const FmValue *value, FmValue *out)
{
    const FmValue *items = value->array.items;
    const FmKind kinds[] = {FM_KIND_STRING, FM_KIND_STRING, FM_KIND_NUMBER};
    static const char *const names[] = {"from", "to", "transition"};
    gboolean good = value->kind == FM_KIND_STRING || value->kind == FM_KIND_PROJECTION;
    if (value->kind == FM_KIND_ARRAY && value->array.n == G_N_ELEMENTS(kinds)) {
        good = TRUE;
        for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
            good = good && items[i].kind == kinds[i];
        }
    } else if (value->kind == FM_KIND_OBJECT) {
        good = TRUE;
        for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
            const FmValue *member = fm__value_member(value, names[i]);
            good = good && member != NULL && member->kind == kinds[i];
        }
    }
    *out = *value;
    return good;
}

gboolean fm__value_parse(FmArena *arena, FmKind kind, const FmValue *value, FmValue *out)
{
    FmValue parsed;
    gboolean good = value->kind == kind;
    if (good) {
        parsed = *value;
    } else {
        good = kind == FM_KIND_PADDING   ? parse_padding(arena, value, &parsed)
               : kind == FM_KIND_NUMBERS ? parse_numbers(arena, value, &parsed)
               : kind == FM_KIND_COLORS  ? parse_colors(arena, value, &parsed)
               : kind == FM_KIND_ANCHORS ? parse_anchors(value, &parsed)
                                         : parse_projection(value, &parsed);
    }
    if (good) {
        *out = parsed;
    }
    return good;
}
