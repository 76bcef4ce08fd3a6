/* The value between two: what interpolate does with each kind. */
#include "value.h"

#include <string.h>

static FmValue mix_numbers(const FmValue *from, const FmValue *to, double t)
{
    return fm__value_number(from->number + t * (to->number - from->number));
}

static FmValue *same_length(FmArena *arena, const FmValue *from, const FmValue *to, FmValue *out)
{
    if (from->array.n != to->array.n) {
        return NULL;
    }
    FmValue *items = fm__arena_new(arena, FmValue, from->array.n);
    *out = (FmValue){.kind = from->kind, .array = {.items = items, .n = from->array.n}};
    return items;
}

/* Arrays, paddings and lists of numbers or colours: item by item. */
static const char *mix_lists(FmArena *arena, FmColorMix mix_color, const FmValue *from,
                             const FmValue *to, double t, FmValue *out)
{
    FmValue *items = same_length(arena, from, to, out);
    if (items == NULL && from->kind == FM_KIND_COLORS) {
        return fm__arena_printf(arena,
                                "colorArray: Arrays have mismatched length (%" G_GSIZE_FORMAT
                                " vs. %" G_GSIZE_FORMAT "), cannot interpolate.",
                                from->array.n, to->array.n);
    }
    for (gsize i = 0; items != NULL && i < from->array.n; i++) {
        const FmValue *a = &from->array.items[i];
        const FmValue *b = &to->array.items[i];
        const gboolean flat = a->kind == FM_KIND_NUMBER || a->kind == FM_KIND_COLOR;
        if (a->kind != b->kind || !flat) {
            items = NULL;
            break;
        }
        items[i] = a->kind == FM_KIND_NUMBER ? mix_numbers(a, b, t)
                                             : fm__value_color(mix_color(a->color, b->color, t));
    }
    return items != NULL ? NULL : "Arrays of different lengths cannot be interpolated.";
}

/* Anchors have to agree; their offsets are mixed. */
static const char *mix_anchors(FmArena *arena, const FmValue *from, const FmValue *to, double t,
                               FmValue *out)
{
    FmValue *items = same_length(arena, from, to, out);
    if (items == NULL) {
        return fm__arena_printf(arena,
                                "Cannot interpolate values of different length. from: %s, to: %s",
                                fm__value_to_string(arena, from), fm__value_to_string(arena, to));
    }
    for (gsize i = 0; i < from->array.n; i += 2) {
        const FmValue *a = &from->array.items[i];
        const FmValue *b = &to->array.items[i];
        if (strcmp(a->string, b->string) != 0) {
            return fm__arena_printf(arena,
                                    "Cannot interpolate values containing mismatched anchors. "
                                    "from[%" G_GSIZE_FORMAT "]: %s, to[%" G_GSIZE_FORMAT "]: %s",
                                    i, a->string, i, b->string);
        }
        items[i] = *a;
        mix_lists(arena, NULL, a + 1, b + 1, t, &items[i + 1]);
    }
    return NULL;
}

static const char *mix_projections(FmArena *arena, const FmValue *from, const FmValue *to, double t,
                                   FmValue *out)
{
    FmValue *ends = fm__arena_new(arena, FmValue, 2);
    ends[0] = *from;
    ends[1] = *to;
    *out = (FmValue){.kind = FM_KIND_PROJECTION,
                     .projection = {.from = &ends[0], .to = &ends[1], .transition = t}};
    return NULL;
}

const char *fm__value_mix(FmArena *arena, const FmType *type, FmColorMix mix_color,
                          const FmValue *from, const FmValue *to, double t, FmValue *out)
{
    if (type->kind == FM_KIND_PROJECTION) {
        return mix_projections(arena, from, to, t, out);
    }
    if (from->kind == to->kind) {
        switch (from->kind) {
        case FM_KIND_NUMBER:
            *out = mix_numbers(from, to, t);
            return NULL;
        case FM_KIND_COLOR:
            *out = fm__value_color(mix_color(from->color, to->color, t));
            return NULL;
        case FM_KIND_ANCHORS:
            return mix_anchors(arena, from, to, t, out);
        case FM_KIND_ARRAY:
        case FM_KIND_PADDING:
        case FM_KIND_NUMBERS:
        case FM_KIND_COLORS:
            return mix_lists(arena, mix_color, from, to, t, out);
        default:
            break;
        }
    }
    return fm__arena_printf(arena, "Cannot interpolate between %s and %s.",
                            fm__type_name(arena, fm__value_type(arena, from)),
                            fm__type_name(arena, fm__value_type(arena, to)));
}
