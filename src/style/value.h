/* Values of the expression language and their types. */
#ifndef FM_STYLE_VALUE_H
#define FM_STYLE_VALUE_H

#include "arena.h"
#include "color.h"

#include <facmap/style.h>
#include <json-glib/json-glib.h>

/* Kinds of types; those up to FM_KIND_COLLATOR are also kinds of values. */
typedef enum {
    FM_KIND_NULL,
    FM_KIND_NUMBER,
    FM_KIND_STRING,
    FM_KIND_BOOLEAN,
    FM_KIND_COLOR,
    FM_KIND_OBJECT,
    FM_KIND_ARRAY,
    FM_KIND_FORMATTED,
    FM_KIND_IMAGE,
    FM_KIND_PADDING,    /* four numbers: top, right, bottom, left */
    FM_KIND_NUMBERS,    /* numberArray */
    FM_KIND_COLORS,     /* colorArray */
    FM_KIND_ANCHORS,    /* variableAnchorOffsetCollection: name, [x, y], name, [x, y] … */
    FM_KIND_PROJECTION, /* projectionDefinition */
    FM_KIND_COLLATOR,
    FM_KIND_VALUE, /* any of the above but a collator */
    FM_KIND_ERROR, /* never returns; fits everywhere */
    FM_N_KINDS,
} FmKind;

typedef struct FmType FmType;
struct FmType {
    FmKind kind;
    const FmType *item; /* of an array */
    gint64 n;           /* length of an array, or -1 for any */
};

/* The type of every kind; FM_KIND_ARRAY is an array of anything. */
extern const FmType fm__types[FM_N_KINDS];
#define FM_TYPE(kind) (&fm__types[FM_KIND_##kind])

const FmType *fm__type_array(FmArena *arena, const FmType *item, gint64 n);
/* As messages show it: "number", "array<number, 2>". */
const char *fm__type_name(FmArena *arena, const FmType *type);
/* May a value of type `actual` stand where `expected` is wanted? */
gboolean fm__type_fits(const FmType *expected, const FmType *actual);

typedef struct FmValue FmValue;
typedef struct FmSection FmSection;

struct FmValue {
    FmKind kind;
    union {
        gboolean boolean;
        double number;
        const char *string; /* borrowed from the expression, the table or the evaluation's arena */
        FmColor color;      /* straight alpha */
        struct {
            const FmValue *items;
            gsize n;
        } array; /* of an array, padding, numbers, colors and anchors */
        struct {
            const char *const *keys;
            const FmValue *values;
            gsize n;
        } object;
        struct {
            const FmSection *sections;
            gsize n;
        } formatted;
        struct {
            const char *name;
            gboolean available;
        } image;
        struct {
            const FmValue *from, *to;
            double transition;
        } projection;
        struct {
            gboolean case_sensitive, diacritic_sensitive;
            const char *locale;
        } collator;
    };
};

/* A run of formatted text; unset parts are FM_KIND_NULL. */
struct FmSection {
    const char *text;
    FmValue image;
    FmValue scale; /* number */
    FmValue font;  /* string: the names of the stack, joined with commas */
    FmValue color;
    FmValue align; /* string */
};

#define FM_VALUE_NULL ((FmValue){.kind = FM_KIND_NULL})
FmValue fm__value_number(double number);
FmValue fm__value_boolean(gboolean boolean);
FmValue fm__value_string(const char *string);
FmValue fm__value_color(FmColor color);
/* No image (null) for an empty name. */
FmValue fm__value_image(const char *name, gboolean available);

/* The type of a value as the specification's typeof sees it. */
const FmType *fm__value_type(FmArena *arena, const FmValue *value);
/* Is it one of the kinds that are an array with a meaning (padding, numbers, colors, anchors)? */
gboolean fm__kind_is_list(FmKind kind);
/* Read a plain value as one of those kinds or a projection, as the specification's conversions do.
 * Returns FALSE when it is none. */
gboolean fm__value_parse(FmArena *arena, FmKind kind, const FmValue *value, FmValue *out);
/* The value between two of one type; `mix_color` says how colours are mixed.
 * Returns NULL, or why not. */
const char *fm__value_mix(FmArena *arena, const FmType *type, FmColorMix mix_color,
                          const FmValue *from, const FmValue *to, double t, FmValue *out);
/* Truth as ECMAScript has it: null, false, 0, NaN and "" are false. */
gboolean fm__value_truth(const FmValue *value);
/* Strict equality: same kind and same content; composite values only when they are one. */
gboolean fm__value_same(const FmValue *a, const FmValue *b);
/* As a number by ECMAScript's rules; NaN when it is none. */
double fm__value_to_number(const FmValue *value);
/* As text: null is "", numbers and colours as the specification writes them, the rest JSON. */
const char *fm__value_to_string(FmArena *arena, const FmValue *value);
/* As compact JSON text. */
const char *fm__value_to_json_text(FmArena *arena, const FmValue *value);
/* Find a member.  Returns NULL when it is absent. */
const FmValue *fm__value_member(const FmValue *object, const char *key);

/* Everything is copied to the arena. */
FmValue fm__value_from_json(FmArena *arena, JsonNode *json);
/* Transfer full. */
JsonNode *fm__value_to_json(const FmValue *value);

/* The colour with its channels multiplied by alpha, as the specification's fixtures show it. */
FmColor fm__color_premultiplied(FmColor color);

#endif
