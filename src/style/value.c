/* Values: types, truth, equality and conversions.  The semantics are ECMAScript's wherever the
 * specification leans on it (typeof, Number(), String(), JSON.stringify()). */
#include "value.h"

#include "number-text.h"

#include <math.h>
#include <string.h>

FmValue fm__value_number(double number)
{
    return (FmValue){.kind = FM_KIND_NUMBER, .number = number};
}

FmValue fm__value_boolean(gboolean boolean)
{
    return (FmValue){.kind = FM_KIND_BOOLEAN, .boolean = boolean};
}

FmValue fm__value_string(const char *string)
{
    return (FmValue){.kind = FM_KIND_STRING, .string = string};
}

FmValue fm__value_color(FmColor color)
{
    return (FmValue){.kind = FM_KIND_COLOR, .color = color};
}

FmValue fm__value_image(const char *name, gboolean available)
{
    if (*name == '\0') {
        return FM_VALUE_NULL;
    }
    return (FmValue){.kind = FM_KIND_IMAGE, .image = {.name = name, .available = available}};
}

FmColor fm__color_premultiplied(FmColor color)
{
    return (FmColor){color.r * color.a, color.g * color.a, color.b * color.a, color.a};
}

const FmType *fm__value_type(FmArena *arena, const FmValue *value)
{
    if (value->kind != FM_KIND_ARRAY) {
        return &fm__types[value->kind];
    }
    const FmType *item = FM_TYPE(VALUE);
    for (gsize i = 0; i < value->array.n; i++) {
        const FmValue *member = &value->array.items[i];
        if (i == 0) {
            item = fm__value_type(arena, member);
        } else if (item->kind == FM_KIND_ARRAY || item->kind != member->kind) {
            item = FM_TYPE(VALUE); /* the specification never unites two array types */
            break;
        }
    }
    return fm__type_array(arena, item, (gint64)value->array.n);
}

gboolean fm__value_truth(const FmValue *value)
{
    switch (value->kind) {
    case FM_KIND_NULL:
        return FALSE;
    case FM_KIND_BOOLEAN:
        return value->boolean;
    case FM_KIND_NUMBER:
        return !isnan(value->number) && value->number != 0;
    case FM_KIND_STRING:
        return *value->string != '\0';
    default:
        return TRUE;
    }
}

gboolean fm__value_same(const FmValue *a, const FmValue *b)
{
    if (a->kind != b->kind) {
        return FALSE;
    }
    switch (a->kind) {
    case FM_KIND_NULL:
        return TRUE;
    case FM_KIND_BOOLEAN:
        return a->boolean == b->boolean;
    case FM_KIND_NUMBER:
        return a->number == b->number;
    case FM_KIND_STRING:
        return strcmp(a->string, b->string) == 0;
    case FM_KIND_ARRAY:
        return a->array.items == b->array.items && a->array.n == b->array.n;
    case FM_KIND_OBJECT:
        return a->object.values == b->object.values && a->object.n == b->object.n;
    default:
        return FALSE;
    }
}

static double array_to_number(const FmValue *value)
{
    if (value->array.n == 0) {
        return 0;
    }
    const FmValue *only = &value->array.items[0];
    /* Number([x]) goes through String([x]): a boolean or an object is no number there. */
    if (value->array.n > 1 || only->kind == FM_KIND_BOOLEAN) {
        return NAN;
    }
    return fm__value_to_number(only);
}

double fm__value_to_number(const FmValue *value)
{
    switch (value->kind) {
    case FM_KIND_NULL:
        return 0;
    case FM_KIND_NUMBER:
        return value->number;
    case FM_KIND_BOOLEAN:
        return value->boolean ? 1 : 0;
    case FM_KIND_STRING:
        return fm__number_from_text(value->string);
    case FM_KIND_IMAGE:
        return fm__number_from_text(value->image.name);
    case FM_KIND_ARRAY:
        return array_to_number(value);
    default:
        return NAN;
    }
}

static const char *color_to_string(FmArena *arena, FmColor color)
{
    char alpha[FM_NUMBER_TEXT_SIZE];
    return fm__arena_printf(arena, "rgba(%.0f,%.0f,%.0f,%s)", floor(color.r * 255 + 0.5),
                            floor(color.g * 255 + 0.5), floor(color.b * 255 + 0.5),
                            fm__number_text(color.a, alpha));
}

static const char *formatted_to_string(FmArena *arena, const FmValue *value)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (gsize i = 0; i < value->formatted.n; i++) {
        g_string_append(text, value->formatted.sections[i].text);
    }
    return fm__arena_strdup(arena, text->str);
}

const char *fm__value_to_string(FmArena *arena, const FmValue *value)
{
    char number[FM_NUMBER_TEXT_SIZE];
    switch (value->kind) {
    case FM_KIND_NULL:
        return "";
    case FM_KIND_STRING:
        return value->string;
    case FM_KIND_BOOLEAN:
        return value->boolean ? "true" : "false";
    case FM_KIND_NUMBER:
        return fm__arena_strdup(arena, fm__number_text(value->number, number));
    case FM_KIND_COLOR:
        return color_to_string(arena, value->color);
    case FM_KIND_IMAGE:
        return value->image.name;
    case FM_KIND_FORMATTED:
        return formatted_to_string(arena, value);
    case FM_KIND_PADDING:
    case FM_KIND_NUMBERS:
    case FM_KIND_COLORS:
    case FM_KIND_ANCHORS: {
        FmValue plain = *value;
        plain.kind = FM_KIND_ARRAY;
        return fm__value_to_json_text(arena, &plain);
    }
    default:
        return fm__value_to_json_text(arena, value);
    }
}

const FmValue *fm__value_member(const FmValue *object, const char *key)
{
    for (gsize i = 0; i < object->object.n; i++) {
        if (strcmp(object->object.keys[i], key) == 0) {
            return &object->object.values[i];
        }
    }
    return NULL;
}
