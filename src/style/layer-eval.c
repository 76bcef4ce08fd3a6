/* What a layer says of a feature: filter and property values.  A run-time error, null or a value
 * outside the property's list gives the default, a number outside its range the nearest limit. */
#include "style-document.h"

#include <math.h>
#include <string.h>

const char *fm_style_layer_id(const FmStyleLayer *layer)
{
    g_return_val_if_fail(layer != NULL, NULL);
    return layer->id;
}

FmStyleLayerType fm_style_layer_type(const FmStyleLayer *layer)
{
    g_return_val_if_fail(layer != NULL, FM_STYLE_BACKGROUND);
    return layer->type;
}

const char *fm_style_layer_source_layer(const FmStyleLayer *layer)
{
    g_return_val_if_fail(layer != NULL, NULL);
    return layer->source_layer;
}

const char *fm_style_layer_raster(const FmStyleLayer *layer)
{
    g_return_val_if_fail(layer != NULL, NULL);
    return layer->raster;
}

gboolean fm_style_layer_raster_corners(const FmStyleLayer *layer, FmLonLat out[4])
{
    g_return_val_if_fail(layer != NULL && out != NULL, FALSE);
    if (layer->has_corners) {
        memcpy(out, layer->corners, sizeof layer->corners);
    }
    return layer->has_corners;
}

double fm_style_layer_min_zoom(const FmStyleLayer *layer)
{
    g_return_val_if_fail(layer != NULL, NAN);
    return layer->min_zoom;
}

double fm_style_layer_max_zoom(const FmStyleLayer *layer)
{
    g_return_val_if_fail(layer != NULL, NAN);
    return layer->max_zoom;
}

const char *const *fm_style_layer_fields(const FmStyleLayer *layer)
{
    g_return_val_if_fail(layer != NULL, NULL);
    return (const char *const *)layer->fields;
}

JsonObject *fm__style_layer_metadata(const FmStyleLayer *layer)
{
    return layer->metadata;
}

gboolean fm_style_layer_has(const FmStyleLayer *layer, FmStyleProperty property)
{
    g_return_val_if_fail(layer != NULL && property < FM_N_PROPS, FALSE);
    return layer->properties[property].given;
}

/* Text has a value for each language, too. */
gboolean fm_style_layer_is_constant(const FmStyleLayer *layer, FmStyleProperty property)
{
    g_return_val_if_fail(layer != NULL && property < FM_N_PROPS, FALSE);
    const FmExpr *expr = layer->properties[property].expr;
    return property != FM_PROP_TEXT_FIELD && (expr == NULL || fm__node_is_literal(expr->root));
}

gboolean fm_style_layer_accepts(const FmStyleLayer *layer, const FmStyleContext *context)
{
    g_return_val_if_fail(layer != NULL && context != NULL, FALSE);
    return layer->filter == NULL || fm__expr_boolean(layer->filter, context, FALSE);
}

/* ---- values ----------------------------------------------------------------------------- */

/* The text in the language that is asked for, or text-field itself. */
static const FmPropertyValue *written_value(const FmStyleLayer *layer, FmStyleProperty property,
                                            const FmStyleContext *context)
{
    const char *language = context->language != NULL ? context->language : "both";
    for (gsize i = 0; property == FM_PROP_TEXT_FIELD && i < FM_N_TEXTS; i++) {
        if (layer->texts[i].given && strcmp(language, fm__text_languages[i]) == 0) {
            return &layer->texts[i];
        }
    }
    return &layer->properties[property];
}

static gboolean is_valid(const FmPropertySpec *spec, const FmValue *value)
{
    switch (spec->type) {
    case FM_PROPERTY_NUMBER:
        return value->kind == FM_KIND_NUMBER && !isnan(value->number);
    case FM_PROPERTY_BOOLEAN:
        return value->kind == FM_KIND_BOOLEAN;
    case FM_PROPERTY_COLOR:
        return value->kind == FM_KIND_COLOR;
    case FM_PROPERTY_ENUM:
        return value->kind == FM_KIND_STRING && fm__name_in_list(value->string, spec->values);
    case FM_PROPERTY_ARRAY:
        return value->kind == FM_KIND_ARRAY &&
               (spec->length < 0 || value->array.n == (gsize)spec->length);
    case FM_PROPERTY_PADDING:
        return value->kind == FM_KIND_PADDING;
    case FM_PROPERTY_ANCHORS:
        return value->kind == FM_KIND_ANCHORS;
    default:
        return value->kind != FM_KIND_NULL;
    }
}

/* The value for the feature; null only when the property has no default. */
static FmValue layer_value(const FmStyleLayer *layer, FmStyleProperty property,
                           const FmStyleContext *context, FmArena *arena)
{
    const FmPropertySpec *spec = fm__property_spec(property);
    const FmPropertyValue *written = written_value(layer, property, context);
    FmValue value = written->constant;
    if (written->expr != NULL && !fm__node_is_literal(written->expr->root)) {
        FmEval eval = fm__eval_init(context, arena);
        if (!fm__expr_evaluate(written->expr, &eval, &value)) {
            return layer->defaults[property];
        }
    }
    if (!is_valid(spec, &value)) {
        return layer->defaults[property];
    }
    if (value.kind == FM_KIND_NUMBER) {
        value.number = CLAMP(value.number, fm__property_least(spec), fm__property_most(spec));
    }
    return value;
}

/* Is it a programming error to ask this layer for this property as this type? */
static gboolean may_ask(const FmStyleLayer *layer, FmStyleProperty property, guint types)
{
    return layer != NULL && property < FM_N_PROPS && fm__property_applies(property, layer->type) &&
           (1u << fm__property_spec(property)->type & types) != 0;
}

#define AS(type) (1u << FM_PROPERTY_##type)

double fm_style_layer_number(const FmStyleLayer *layer, FmStyleProperty property,
                             const FmStyleContext *context)
{
    g_return_val_if_fail(context != NULL && may_ask(layer, property, AS(NUMBER)), NAN);
    char stack[FM_EVAL_STACK];
    g_auto(FmArena) arena;
    fm__arena_init(&arena, stack, sizeof stack);
    const FmValue value = layer_value(layer, property, context, &arena);
    return value.kind == FM_KIND_NUMBER ? value.number : 0; /* sort keys have no default */
}

gboolean fm_style_layer_boolean(const FmStyleLayer *layer, FmStyleProperty property,
                                const FmStyleContext *context)
{
    g_return_val_if_fail(context != NULL && may_ask(layer, property, AS(BOOLEAN)), FALSE);
    char stack[FM_EVAL_STACK];
    g_auto(FmArena) arena;
    fm__arena_init(&arena, stack, sizeof stack);
    return layer_value(layer, property, context, &arena).boolean;
}

static FmColor within_srgb(FmColor color)
{
    return (FmColor){CLAMP(color.r, 0.0, 1.0), CLAMP(color.g, 0.0, 1.0), CLAMP(color.b, 0.0, 1.0),
                     CLAMP(color.a, 0.0, 1.0)};
}

FmColor fm_style_layer_color(const FmStyleLayer *layer, FmStyleProperty property,
                             const FmStyleContext *context)
{
    const FmColor none = {0, 0, 0, 0};
    g_return_val_if_fail(context != NULL && may_ask(layer, property, AS(COLOR)), none);
    char stack[FM_EVAL_STACK];
    g_auto(FmArena) arena;
    fm__arena_init(&arena, stack, sizeof stack);
    const FmValue value = layer_value(layer, property, context, &arena);
    return value.kind == FM_KIND_COLOR ? within_srgb(value.color) : none;
}

void fm_style_layer_ramp(const FmStyleLayer *layer, FmStyleProperty property, FmColor *out, gsize n)
{
    const guint ramps = FM_PROPERTY_DENSITY | FM_PROPERTY_PROGRESS;
    g_return_if_fail(out != NULL && n >= 2 && may_ask(layer, property, AS(COLOR)) &&
                     (fm__property_spec(property)->flags & ramps) != 0);
    const FmPropertyValue *written = &layer->properties[property];
    for (gsize i = 0; i < n; i++) {
        char stack[FM_EVAL_STACK];
        g_auto(FmArena) arena;
        fm__arena_init(&arena, stack, sizeof stack);
        const double t = (double)i / (double)(n - 1);
        FmEval eval = {.arena = &arena, .zoom = NAN, .density = t, .progress = t};
        FmValue value = written->constant;
        const gboolean good =
            written->expr == NULL || fm__expr_evaluate(written->expr, &eval, &value);
        out[i] =
            good && value.kind == FM_KIND_COLOR ? within_srgb(value.color) : (FmColor){0, 0, 0, 0};
    }
}

char *fm_style_layer_string(const FmStyleLayer *layer, FmStyleProperty property,
                            const FmStyleContext *context)
{
    g_return_val_if_fail(
        context != NULL && may_ask(layer, property, AS(STRING) | AS(ENUM) | AS(IMAGE)), NULL);
    char stack[FM_EVAL_STACK];
    g_auto(FmArena) arena;
    fm__arena_init(&arena, stack, sizeof stack);
    const FmValue value = layer_value(layer, property, context, &arena);
    const char *string = fm__value_to_string(&arena, &value);
    return *string != '\0' ? g_strdup(string) : NULL;
}

gsize fm_style_layer_numbers(const FmStyleLayer *layer, FmStyleProperty property,
                             const FmStyleContext *context, double *out, gsize n_max)
{
    g_return_val_if_fail(context != NULL && may_ask(layer, property, AS(ARRAY) | AS(PADDING)), 0);
    char stack[FM_EVAL_STACK];
    g_auto(FmArena) arena;
    fm__arena_init(&arena, stack, sizeof stack);
    const FmPropertySpec *spec = fm__property_spec(property);
    const FmValue value = layer_value(layer, property, context, &arena);
    const gsize n = value.kind != FM_KIND_NULL ? MIN(value.array.n, n_max) : 0;
    for (gsize i = 0; i < n; i++) {
        const FmValue *item = &value.array.items[i];
        if (item->kind != FM_KIND_NUMBER || isnan(item->number)) {
            return i;
        }
        out[i] = CLAMP(item->number, fm__property_least(spec), fm__property_most(spec));
    }
    return n;
}

char **fm_style_layer_strings(const FmStyleLayer *layer, FmStyleProperty property,
                              const FmStyleContext *context)
{
    g_return_val_if_fail(context != NULL && may_ask(layer, property, AS(ARRAY)), NULL);
    char stack[FM_EVAL_STACK];
    g_auto(FmArena) arena;
    fm__arena_init(&arena, stack, sizeof stack);
    const FmValue value = layer_value(layer, property, context, &arena);
    const gsize n = value.kind == FM_KIND_ARRAY ? value.array.n : 0;
    char **strings = g_new0(char *, n + 1);
    for (gsize i = 0; i < n; i++) {
        strings[i] = g_strdup(fm__value_to_string(&arena, &value.array.items[i]));
    }
    return strings;
}

/* The name as the list of anchors has it, which outlives the evaluation. */
static const char *static_anchor(const char *name)
{
    static const char *const anchors[] = {"center",    "left",        "right",
                                          "top",       "bottom",      "top-left",
                                          "top-right", "bottom-left", "bottom-right"};
    gsize i = 0;
    while (i + 1 < G_N_ELEMENTS(anchors) && strcmp(anchors[i], name) != 0) {
        i++;
    }
    return anchors[i];
}

gsize fm_style_layer_anchor_offsets(const FmStyleLayer *layer, FmStyleProperty property,
                                    const FmStyleContext *context, FmAnchorOffset *out, gsize n_max)
{
    g_return_val_if_fail(context != NULL && may_ask(layer, property, AS(ANCHORS)), 0);
    char stack[FM_EVAL_STACK];
    g_auto(FmArena) arena;
    fm__arena_init(&arena, stack, sizeof stack);
    const FmValue value = layer_value(layer, property, context, &arena);
    const gsize n = value.kind == FM_KIND_ANCHORS ? MIN(value.array.n / 2, n_max) : 0;
    for (gsize i = 0; i < n; i++) {
        const FmValue *offset = value.array.items[2 * i + 1].array.items;
        out[i] = (FmAnchorOffset){static_anchor(value.array.items[2 * i].string),
                                  {offset[0].number, offset[1].number}};
    }
    return n;
}

/* ---- text ------------------------------------------------------------------------------- */

static void clear_section(void *data)
{
    FmTextSection *section = data;
    g_free(section->text);
    g_free(section->font);
    g_free(section->image);
}

static FmVerticalAlign align_of(const FmValue *align)
{
    const char *name = align->kind == FM_KIND_STRING ? align->string : "bottom";
    return strcmp(name, "center") == 0 ? FM_VERTICAL_CENTER
           : strcmp(name, "top") == 0  ? FM_VERTICAL_TOP
                                       : FM_VERTICAL_BOTTOM;
}

static void append_section(GArray *sections, const FmSection *section)
{
    const gboolean is_image = section->image.kind == FM_KIND_IMAGE;
    if (*section->text == '\0' && !is_image) {
        return;
    }
    g_array_set_size(sections, sections->len + 1);
    FmTextSection *run = &g_array_index(sections, FmTextSection, sections->len - 1);
    const gboolean scaled = section->scale.kind == FM_KIND_NUMBER && section->scale.number > 0;
    run->text = g_strdup(section->text);
    run->font_scale = scaled ? section->scale.number : 1;
    run->align = align_of(&section->align);
    if (is_image) {
        run->image = g_strdup(section->image.image.name);
    }
    if (section->font.kind == FM_KIND_STRING) {
        run->font = g_strdup(section->font.string);
    }
    if (section->color.kind == FM_KIND_COLOR) {
        run->has_color = TRUE;
        run->color = within_srgb(section->color.color);
    }
}

GArray *fm_style_layer_text(const FmStyleLayer *layer, const FmStyleContext *context)
{
    g_return_val_if_fail(context != NULL && may_ask(layer, FM_PROP_TEXT_FIELD, AS(FORMATTED)),
                         NULL);
    char stack[FM_EVAL_STACK];
    g_auto(FmArena) arena;
    fm__arena_init(&arena, stack, sizeof stack);
    GArray *sections = g_array_new(FALSE, TRUE, sizeof(FmTextSection));
    g_array_set_clear_func(sections, clear_section);
    const FmValue value = layer_value(layer, FM_PROP_TEXT_FIELD, context, &arena);
    if (value.kind == FM_KIND_FORMATTED) {
        for (gsize i = 0; i < value.formatted.n; i++) {
            append_section(sections, &value.formatted.sections[i]);
        }
    } else {
        const FmSection plain = {.text = fm__value_to_string(&arena, &value)};
        append_section(sections, &plain);
    }
    return sections;
}
