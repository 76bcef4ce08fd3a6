/* Formatted text and images. */
#include "expr.h"

#include <string.h>

/* ---- format ----------------------------------------------------------------------------- */

/* A section's parts as places in the node's arguments; 0 for none (the first is a content). */
typedef struct {
    gsize content, scale, font, color, align;
} SectionPlaces;

static gboolean eval_optional(const FmNode *node, gsize place, FmEval *eval, FmValue *out)
{
    *out = FM_VALUE_NULL;
    return place == 0 || fm__eval_arg(node, place, eval, out);
}

/* The font stack as one text, names joined by commas. */
static gboolean eval_font(const FmNode *node, gsize place, FmEval *eval, FmValue *out)
{
    FmValue names;
    *out = FM_VALUE_NULL;
    if (place == 0) {
        return TRUE;
    }
    if (!fm__eval_kind(node, place, eval, FM_KIND_ARRAY, &names)) {
        return FALSE;
    }
    g_autoptr(GString) stack = g_string_new(NULL);
    for (gsize i = 0; i < names.array.n; i++) {
        g_string_append(stack, i > 0 ? "," : "");
        g_string_append(stack, fm__value_to_string(eval->arena, &names.array.items[i]));
    }
    return fm__eval_text(eval, stack->str, stack->len, out);
}

static gboolean eval_section(const FmNode *node, const SectionPlaces *places, FmEval *eval,
                             FmSection *section)
{
    FmValue content;
    if (!fm__eval_arg(node, places->content, eval, &content) ||
        !eval_optional(node, places->align, eval, &section->align)) {
        return FALSE;
    }
    if (content.kind == FM_KIND_IMAGE) {
        section->text = "";
        section->image = content;
        return TRUE;
    }
    section->text = fm__value_to_string(eval->arena, &content);
    return eval_optional(node, places->scale, eval, &section->scale) &&
           eval_font(node, places->font, eval, &section->font) &&
           eval_optional(node, places->color, eval, &section->color);
}

typedef struct {
    SectionPlaces *sections;
    gsize n;
} Format;

static FM_EVAL(eval_format)
{
    const Format *format = node->data;
    FmSection *sections = fm__arena_new(eval->arena, FmSection, format->n);
    for (gsize i = 0; i < format->n; i++) {
        if (!eval_section(node, &format->sections[i], eval, &sections[i])) {
            return FALSE;
        }
    }
    *out =
        (FmValue){.kind = FM_KIND_FORMATTED, .formatted = {.sections = sections, .n = format->n}};
    return TRUE;
}

gboolean fm__format_font(const FmNode *node, gsize i, const FmNode **font)
{
    const Format *format = node->eval == eval_format ? node->data : NULL;
    if (format == NULL || i >= format->n) {
        return FALSE;
    }
    const gsize place = format->sections[i].font;
    *font = place > 0 ? node->args[place] : NULL;
    return TRUE;
}

/* Parse a part of a section as the node's next argument; its place in `place`.  The specification
 * counts all parts under the first argument. */
static gboolean parse_part(const FmParseContext *context, JsonNode *json, const FmType *type,
                           FmNode *node, gsize *place)
{
    const FmParseContext child = fm__parse_child(context, 1, type);
    FmNode *arg = fm__parse(&child, json, FM_ANNOTATE_BY_TYPE);
    if (arg == NULL) {
        return FALSE;
    }
    *place = node->n_args;
    node->args[node->n_args++] = arg;
    return TRUE;
}

static gboolean check_align(const FmParseContext *context, JsonNode *json)
{
    const char *align = fm__json_string(json);
    if (align == NULL || strcmp(align, "bottom") == 0 || strcmp(align, "center") == 0 ||
        strcmp(align, "top") == 0) {
        return TRUE;
    }
    fm__parse_error(context,
                    "'vertical-align' must be one of: 'bottom', 'center', 'top' but found '%s' "
                    "instead.",
                    align);
    return FALSE;
}

/* The specification's implementation takes what is false in ECMAScript as not given. */
static gboolean is_given(FmArena *arena, JsonNode *part)
{
    if (JSON_NODE_HOLDS_ARRAY(part) || JSON_NODE_HOLDS_OBJECT(part)) {
        return TRUE;
    }
    const FmValue value = fm__value_from_json(arena, part);
    return fm__value_truth(&value);
}

/* The look of a section: {"font-scale": …, "text-font": …, "text-color": …}. */
static gboolean parse_look(const FmParseContext *context, JsonObject *json, FmNode *node,
                           SectionPlaces *section)
{
    const FmType *stack = fm__type_array(context->parser->arena, FM_TYPE(STRING), -1);
    const struct {
        const char *name;
        const FmType *type;
        gsize *place;
    } parts[] = {
        {"font-scale", FM_TYPE(NUMBER), &section->scale},
        {"text-font", stack, &section->font},
        {"text-color", FM_TYPE(COLOR), &section->color},
        {"vertical-align", FM_TYPE(STRING), &section->align},
    };
    guint known = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
        JsonNode *part = json_object_get_member(json, parts[i].name);
        if (part == NULL) {
            continue;
        }
        known++;
        if (!is_given(context->parser->arena, part)) {
            continue;
        }
        if (parts[i].place == &section->align && !check_align(context, part)) {
            return FALSE;
        }
        if (!parse_part(context, part, parts[i].type, node, parts[i].place)) {
            return FALSE;
        }
    }
    if (known < json_object_get_size(json)) {
        fm__parse_error(context,
                        "A section takes \"font-scale\", \"text-font\", \"text-color\" and "
                        "\"vertical-align\" only.");
        return FALSE;
    }
    return TRUE;
}

static gboolean parse_content(const FmParseContext *context, JsonNode *json, FmNode *node,
                              SectionPlaces *section)
{
    if (!parse_part(context, json, FM_TYPE(VALUE), node, &section->content)) {
        return FALSE;
    }
    switch (node->args[section->content]->type->kind) {
    case FM_KIND_IMAGE:
        node->has_image = TRUE;
        return TRUE;
    case FM_KIND_STRING:
    case FM_KIND_VALUE:
    case FM_KIND_NULL:
        return TRUE;
    default:
        fm__parse_error(context,
                        "Formatted text type must be 'string', 'value', 'image' or 'null'.");
        return FALSE;
    }
}

FM_PARSE(fm__parse_format)
{
    const guint n_json = json_array_get_length(json);
    const guint most_parts = 4; /* of one JSON element: a look has four */
    if (n_json < 2) {
        return fm__parse_error(context, "Expected at least one argument.");
    }
    if (!fm__parse_check_count(context, n_json - 1, "arguments")) {
        return NULL;
    }
    JsonNode *first = json_array_get_element(json, 1);
    if (JSON_NODE_HOLDS_OBJECT(first) || JSON_NODE_HOLDS_NULL(first)) {
        return fm__parse_error(context, "First argument must be an image or text section.");
    }
    Format *format = fm__arena_new(context->parser->arena, Format, 1);
    format->sections = fm__arena_new(context->parser->arena, SectionPlaces, n_json - 1);
    FmNode *node = fm__node_new(context->parser, op, eval_format, FM_TYPE(FORMATTED),
                                (gsize)most_parts * n_json);
    node->n_args = 0; /* counts up to that room */
    node->data = format;
    gboolean look_may_follow = FALSE;
    for (guint i = 1; i < n_json; i++) {
        JsonNode *element = json_array_get_element(json, i);
        const gboolean is_look = look_may_follow && JSON_NODE_HOLDS_OBJECT(element);
        if (is_look ? !parse_look(context, json_node_get_object(element), node,
                                  &format->sections[format->n - 1])
                    : !parse_content(context, element, node, &format->sections[format->n++])) {
            return NULL;
        }
        look_may_follow = !is_look;
    }
    fm__node_finish(node);
    return node;
}

/* ---- image ------------------------------------------------------------------------------ */

static FM_EVAL(eval_image)
{
    const char *name;
    if (!fm__eval_string(node, 0, eval, &name)) {
        return FALSE;
    }
    const gboolean available = eval->images == NULL || g_strv_contains(eval->images, name);
    *out = fm__value_image(name, available);
    return TRUE;
}

FM_PARSE(fm__parse_image)
{
    if (json_array_get_length(json) != 2) {
        return fm__parse_error(context, "Expected two arguments.");
    }
    FmNode *node = fm__node_new(context->parser, op, eval_image, FM_TYPE(IMAGE), 1);
    node->args[0] = fm__parse_arg(context, json, 1, FM_TYPE(STRING));
    if (node->args[0] == NULL) {
        return fm__parse_error(context, "No image name provided.");
    }
    fm__node_finish(node);
    return node;
}
