/* Constants of properties, checked against type, range and list of values. */
#include "property.h"

#include "number-text.h"

#include <math.h>
#include <string.h>

static gboolean G_GNUC_PRINTF(3, 4) bad(const char *where, GError **error, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *message = g_strdup_vprintf(format, args);
    va_end(args);
    g_set_error(error, FM_ERROR, FM_ERROR_PARSE, "%s: %s", where, message);
    return FALSE;
}

static const char *found_name(JsonNode *json)
{
    return JSON_NODE_HOLDS_NULL(json)    ? "null"
           : JSON_NODE_HOLDS_ARRAY(json) ? "array"
                                         : fm__json_type_name(json);
}

/* NaN has no place in JSON, but an expression of constants can give it. */
static gboolean check_number(double number, double least, double most, const char *where,
                             GError **error)
{
    char value[FM_NUMBER_TEXT_SIZE];
    char limit[FM_NUMBER_TEXT_SIZE];
    if (isnan(number)) {
        return bad(where, error, "the value is not a number");
    }
    if (number < least) {
        return bad(where, error, "%s is less than the minimum value %s",
                   fm__number_text(number, value), fm__number_text(least, limit));
    }
    if (number > most) {
        return bad(where, error, "%s is greater than the maximum value %s",
                   fm__number_text(number, value), fm__number_text(most, limit));
    }
    return TRUE;
}

gboolean fm__property_check_drawn(const FmPropertySpec *spec, const FmValue *value,
                                  const char *where, GError **error)
{
    if (value->kind == FM_KIND_NUMBER) {
        const double farthest = fm__property_farthest(spec);
        return check_number(value->number, -farthest, farthest, where, error);
    }
    const gboolean has_items = value->kind == FM_KIND_ARRAY || fm__kind_is_list(value->kind);
    for (gsize i = 0; has_items && i < value->array.n; i++) {
        if (!fm__property_check_drawn(spec, &value->array.items[i], where, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean read_number(const FmPropertySpec *spec, JsonNode *json, const char *where,
                            FmValue *out, GError **error)
{
    if (!fm__json_is_number(json)) {
        return bad(where, error, "number expected, %s found", found_name(json));
    }
    const double number = json_node_get_double(json);
    if (!check_number(number, fm__property_least(spec), fm__property_most(spec), where, error)) {
        return FALSE;
    }
    *out = fm__value_number(number);
    return TRUE;
}

static gboolean read_string(const FmPropertySpec *spec, FmPropertyType type, JsonNode *json,
                            FmArena *arena, const char *where, FmValue *out, GError **error)
{
    const char *string = fm__json_string(json);
    const char *wanted = type == FM_PROPERTY_COLOR ? "color" : "string";
    FmColor color;
    if (string == NULL) {
        return bad(where, error, "%s expected, %s found", wanted, found_name(json));
    }
    switch (type) {
    case FM_PROPERTY_COLOR:
        if (!fm__color_parse(string, &color)) {
            return bad(where, error, "color expected, \"%s\" found", string);
        }
        *out = fm__value_color(color);
        return TRUE;
    case FM_PROPERTY_ENUM:
        if (!fm__name_in_list(string, spec->values)) {
            g_auto(GStrv) values = g_strsplit(spec->values, " ", -1);
            g_autofree char *list = g_strjoinv(", ", values);
            return bad(where, error, "expected one of [%s], \"%s\" found", list, string);
        }
        break;
    default:
        break;
    }
    FmHatch hatch;
    g_autoptr(GError) cause = NULL;
    if (type == FM_PROPERTY_IMAGE && fm_hatch_is_name(string) &&
        !fm_hatch_parse(string, &hatch, &cause)) {
        return bad(where, error, "%s", cause->message);
    }
    const char *copy = fm__arena_strdup(arena, string);
    *out = type == FM_PROPERTY_IMAGE ? fm__value_image(copy, TRUE) : fm__value_string(copy);
    return TRUE;
}

/* A value that is no array. */
static gboolean read_scalar(const FmPropertySpec *spec, FmPropertyType type, JsonNode *json,
                            FmArena *arena, const char *where, FmValue *out, GError **error)
{
    if (type == FM_PROPERTY_NUMBER) {
        return read_number(spec, json, where, out, error);
    }
    if (type == FM_PROPERTY_BOOLEAN) {
        if (!JSON_NODE_HOLDS_VALUE(json) || json_node_get_value_type(json) != G_TYPE_BOOLEAN) {
            return bad(where, error, "boolean expected, %s found", found_name(json));
        }
        *out = fm__value_boolean(json_node_get_boolean(json));
        return TRUE;
    }
    return read_string(spec, type, json, arena, where, out, error);
}

static gboolean read_array(const FmPropertySpec *spec, JsonNode *json, FmArena *arena,
                           const char *where, FmValue *out, GError **error)
{
    if (!JSON_NODE_HOLDS_ARRAY(json)) {
        return bad(where, error, "array expected, %s found", found_name(json));
    }
    JsonArray *array = json_node_get_array(json);
    const guint n = json_array_get_length(array);
    if (spec->length >= 0 && (gint64)n != spec->length) {
        return bad(where, error, "array length %" G_GINT64_FORMAT " expected, length %u found",
                   spec->length, n);
    }
    FmValue *items = fm__arena_new(arena, FmValue, n);
    for (guint i = 0; i < n; i++) {
        g_autofree char *place = g_strdup_printf("%s[%u]", where, i);
        if (!read_scalar(spec, spec->item, json_array_get_element(array, i), arena, place,
                         &items[i], error)) {
            return FALSE;
        }
    }
    *out = (FmValue){.kind = FM_KIND_ARRAY, .array = {.items = items, .n = n}};
    return TRUE;
}

static gboolean read_padding(const FmPropertySpec *spec, JsonNode *json, FmArena *arena,
                             const char *where, FmValue *out, GError **error)
{
    FmValue value = fm__value_from_json(arena, json);
    if (value.kind != FM_KIND_ARRAY) {
        if (!read_number(spec, json, where, &value, error)) {
            return FALSE;
        }
    } else if (value.array.n < 1 || value.array.n > 4) {
        return bad(where, error, "padding requires 1 to 4 values; %" G_GSIZE_FORMAT " values found",
                   value.array.n);
    }
    for (gsize i = 0; value.kind == FM_KIND_ARRAY && i < value.array.n; i++) {
        JsonNode *item = json_array_get_element(json_node_get_array(json), (guint)i);
        g_autofree char *place = g_strdup_printf("%s[%" G_GSIZE_FORMAT "]", where, i);
        FmValue number;
        if (!read_number(spec, item, place, &number, error)) {
            return FALSE;
        }
    }
    return fm__value_parse(arena, FM_KIND_PADDING, &value, out);
}

static gboolean read_anchors(const FmPropertySpec *spec, JsonNode *json, FmArena *arena,
                             const char *where, FmValue *out, GError **error)
{
    const FmValue value = fm__value_from_json(arena, json);
    if (value.kind != FM_KIND_ARRAY || value.array.n == 0 || value.array.n % 2 != 0) {
        return bad(where, error,
                   "variableAnchorOffsetCollection requires a non-empty array of even length");
    }
    if (!fm__value_parse(arena, FM_KIND_ANCHORS, &value, out)) {
        return bad(where, error, "anchors and offsets in turn expected: [\"top\", [0, 4], …]");
    }
    return fm__property_check_drawn(spec, out, where, error);
}

gboolean fm__property_constant_read(const FmPropertySpec *spec, JsonNode *json, FmArena *arena,
                                    const char *where, FmValue *out, GError **error)
{
    if (spec->type == FM_PROPERTY_ARRAY) {
        return read_array(spec, json, arena, where, out, error);
    }
    if (spec->type == FM_PROPERTY_PADDING) {
        return read_padding(spec, json, arena, where, out, error);
    }
    if (spec->type == FM_PROPERTY_ANCHORS) {
        return read_anchors(spec, json, arena, where, out, error);
    }
    return read_scalar(spec, spec->type, json, arena, where, out, error);
}

FmValue fm__property_default(const FmPropertySpec *spec, FmArena *arena)
{
    FmValue value = FM_VALUE_NULL;
    if (spec->fallback != NULL) {
        g_autoptr(GError) error = NULL;
        g_autoptr(JsonNode) json = json_from_string(spec->fallback, NULL);
        if (!fm__is_expression(json) &&
            !fm__property_constant_read(spec, json, arena, spec->name, &value, &error)) {
            g_error("default of %s", error != NULL ? error->message : spec->name);
        }
    }
    return value;
}
