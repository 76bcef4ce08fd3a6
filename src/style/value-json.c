/* Values from and to JSON. */
#include "value.h"

#include "number-text.h"
#include "style-internal.h"

#include <math.h>

/* ---- from a document -------------------------------------------------------------------- */

static FmValue array_from_json(FmArena *arena, JsonArray *json)
{
    const guint n = json_array_get_length(json);
    FmValue *items = fm__arena_new(arena, FmValue, n);
    for (guint i = 0; i < n; i++) {
        items[i] = fm__value_from_json(arena, json_array_get_element(json, i));
    }
    return (FmValue){.kind = FM_KIND_ARRAY, .array = {.items = items, .n = n}};
}

static FmValue object_from_json(FmArena *arena, JsonObject *json)
{
    const guint n = json_object_get_size(json);
    const char **keys = fm__arena_new(arena, const char *, n);
    FmValue *values = fm__arena_new(arena, FmValue, n);
    JsonObjectIter iter;
    const char *key = NULL;
    JsonNode *member = NULL;
    json_object_iter_init_ordered(&iter, json);
    for (gsize i = 0; i < n && json_object_iter_next_ordered(&iter, &key, &member); i++) {
        keys[i] = fm__arena_strdup(arena, key);
        values[i] = fm__value_from_json(arena, member);
    }
    return (FmValue){.kind = FM_KIND_OBJECT, .object = {.keys = keys, .values = values, .n = n}};
}

FmValue fm__value_from_json(FmArena *arena, JsonNode *json)
{
    switch (json_node_get_node_type(json)) {
    case JSON_NODE_ARRAY:
        return array_from_json(arena, json_node_get_array(json));
    case JSON_NODE_OBJECT:
        return object_from_json(arena, json_node_get_object(json));
    case JSON_NODE_NULL:
        return FM_VALUE_NULL;
    case JSON_NODE_VALUE:
        break;
    }
    const GType type = json_node_get_value_type(json);
    if (type == G_TYPE_STRING) {
        return fm__value_string(fm__arena_strdup(arena, json_node_get_string(json)));
    }
    if (type == G_TYPE_BOOLEAN) {
        return fm__value_boolean(json_node_get_boolean(json));
    }
    return fm__value_number(json_node_get_double(json));
}

/* ---- to JSON nodes ---------------------------------------------------------------------- */

static JsonNode *number_node(double number)
{
    JsonNode *node = json_node_alloc();
    if (!isfinite(number)) {
        return json_node_init_null(node);
    }
    if (number == floor(number) && fabs(number) < 9007199254740992.0) {
        return json_node_init_int(node, (gint64)number);
    }
    return json_node_init_double(node, number);
}

static JsonNode *take_object(JsonObject *object)
{
    JsonNode *node = json_node_new(JSON_NODE_OBJECT);
    json_node_take_object(node, object);
    return node;
}

static JsonNode *color_node(FmColor color)
{
    const FmColor shown = fm__color_premultiplied(color);
    JsonObject *object = json_object_new();
    json_object_set_member(object, "r", number_node(shown.r));
    json_object_set_member(object, "g", number_node(shown.g));
    json_object_set_member(object, "b", number_node(shown.b));
    json_object_set_member(object, "a", number_node(shown.a));
    return take_object(object);
}

static JsonNode *image_node(const FmValue *value)
{
    JsonObject *object = json_object_new();
    json_object_set_string_member(object, "name", value->image.name);
    json_object_set_boolean_member(object, "available", value->image.available);
    return take_object(object);
}

static JsonNode *formatted_node(const FmValue *value)
{
    JsonArray *sections = json_array_new();
    for (gsize i = 0; i < value->formatted.n; i++) {
        const FmSection *section = &value->formatted.sections[i];
        JsonObject *object = json_object_new();
        json_object_set_string_member(object, "text", section->text);
        json_object_set_member(object, "image", fm__value_to_json(&section->image));
        json_object_set_member(object, "scale", fm__value_to_json(&section->scale));
        json_object_set_member(object, "fontStack", fm__value_to_json(&section->font));
        json_object_set_member(object, "textColor", fm__value_to_json(&section->color));
        json_object_set_member(object, "verticalAlign", fm__value_to_json(&section->align));
        json_array_add_object_element(sections, object);
    }
    JsonObject *formatted = json_object_new();
    json_object_set_array_member(formatted, "sections", sections);
    return take_object(formatted);
}

static JsonNode *array_node(const FmValue *value)
{
    JsonArray *array = json_array_sized_new((guint)value->array.n);
    for (gsize i = 0; i < value->array.n; i++) {
        json_array_add_element(array, fm__value_to_json(&value->array.items[i]));
    }
    JsonNode *node = json_node_new(JSON_NODE_ARRAY);
    json_node_take_array(node, array);
    return node;
}

/* {"values": […]} */
static JsonNode *list_node(const FmValue *value)
{
    JsonObject *object = json_object_new();
    json_object_set_member(object, "values", array_node(value));
    return take_object(object);
}

static JsonNode *projection_node(const FmValue *value)
{
    JsonObject *object = json_object_new();
    json_object_set_member(object, "from", fm__value_to_json(value->projection.from));
    json_object_set_member(object, "to", fm__value_to_json(value->projection.to));
    json_object_set_member(object, "transition", number_node(value->projection.transition));
    return take_object(object);
}

static JsonNode *object_node(const FmValue *value)
{
    JsonObject *object = json_object_new();
    for (gsize i = 0; i < value->object.n; i++) {
        json_object_set_member(object, value->object.keys[i],
                               fm__value_to_json(&value->object.values[i]));
    }
    return take_object(object);
}

JsonNode *fm__value_to_json(const FmValue *value)
{
    switch (value->kind) {
    case FM_KIND_NUMBER:
        return number_node(value->number);
    case FM_KIND_STRING:
        return json_node_init_string(json_node_alloc(), value->string);
    case FM_KIND_BOOLEAN:
        return json_node_init_boolean(json_node_alloc(), value->boolean);
    case FM_KIND_COLOR:
        return color_node(value->color);
    case FM_KIND_IMAGE:
        return image_node(value);
    case FM_KIND_FORMATTED:
        return formatted_node(value);
    case FM_KIND_ARRAY:
        return array_node(value);
    case FM_KIND_OBJECT:
        return object_node(value);
    case FM_KIND_PADDING:
    case FM_KIND_NUMBERS:
    case FM_KIND_COLORS:
    case FM_KIND_ANCHORS:
        return list_node(value);
    case FM_KIND_PROJECTION:
        return projection_node(value);
    default:
        return json_node_new(JSON_NODE_NULL);
    }
}

/* ---- to JSON text ----------------------------------------------------------------------- */

static void append_string(GString *out, const char *string)
{
    static const char named[] = {['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f',
                                 ['\r'] = 'r', ['"'] = '"',  ['\\'] = '\\'};
    g_string_append_c(out, '"');
    for (const guchar *c = (const guchar *)string; *c != '\0'; c++) {
        if (*c < sizeof named && named[*c] != 0) {
            g_string_append_printf(out, "\\%c", named[*c]);
        } else if (*c < 0x20) {
            g_string_append_printf(out, "\\u%04x", *c);
        } else {
            g_string_append_c(out, (char)*c);
        }
    }
    g_string_append_c(out, '"');
}

/* json-glib 1.6 writes 1e21 as "1e+21.0", which is no JSON; messages and to-string want
 * ECMAScript's notation anyway. */
static void append_json(GString *out, JsonNode *json)
{
    char number[FM_NUMBER_TEXT_SIZE];
    if (JSON_NODE_HOLDS_ARRAY(json)) {
        JsonArray *array = json_node_get_array(json);
        for (guint i = 0; i < json_array_get_length(array); i++) {
            g_string_append_c(out, i == 0 ? '[' : ',');
            append_json(out, json_array_get_element(array, i));
        }
        g_string_append(out, json_array_get_length(array) == 0 ? "[]" : "]");
    } else if (JSON_NODE_HOLDS_OBJECT(json)) {
        JsonObjectIter iter;
        const char *key = NULL;
        JsonNode *member = NULL;
        char before = '{';
        json_object_iter_init_ordered(&iter, json_node_get_object(json));
        while (json_object_iter_next_ordered(&iter, &key, &member)) {
            g_string_append_c(out, before);
            append_string(out, key);
            g_string_append_c(out, ':');
            append_json(out, member);
            before = ',';
        }
        g_string_append(out, before == '{' ? "{}" : "}");
    } else if (JSON_NODE_HOLDS_NULL(json)) {
        g_string_append(out, "null");
    } else if (json_node_get_value_type(json) == G_TYPE_STRING) {
        append_string(out, json_node_get_string(json));
    } else if (json_node_get_value_type(json) == G_TYPE_BOOLEAN) {
        g_string_append(out, json_node_get_boolean(json) ? "true" : "false");
    } else {
        g_string_append(out, fm__number_text(json_node_get_double(json), number));
    }
}

char *fm__json_to_text(JsonNode *json)
{
    GString *text = g_string_new(NULL);
    append_json(text, json);
    return g_string_free(text, FALSE);
}

const char *fm__value_to_json_text(FmArena *arena, const FmValue *value)
{
    g_autoptr(JsonNode) json = fm__value_to_json(value);
    g_autofree char *text = fm__json_to_text(json);
    return fm__arena_strdup(arena, text);
}
