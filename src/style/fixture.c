/* Evaluation of an expression as the specification's own test fixtures describe it: a property, an
 * expression and inputs in; whether it compiles, its type, and the outputs out. */
#include "property.h"

#include "geojson.h"

#include <math.h>
#include <string.h>

/* ---- the property ----------------------------------------------------------------------- */

/* A property spec of the fixture's own; the strings belong to the arena. */
static gboolean read_type(JsonObject *json, FmPropertySpec *spec, GPtrArray *errors)
{
    static const struct {
        const char *name;
        FmPropertyType type;
    } types[] = {
        {"number", FM_PROPERTY_NUMBER},
        {"color", FM_PROPERTY_COLOR},
        {"boolean", FM_PROPERTY_BOOLEAN},
        {"string", FM_PROPERTY_STRING},
        {"enum", FM_PROPERTY_ENUM},
        {"formatted", FM_PROPERTY_FORMATTED},
        {"resolvedImage", FM_PROPERTY_IMAGE},
        {"array", FM_PROPERTY_ARRAY},
        {"padding", FM_PROPERTY_PADDING},
        {"numberArray", FM_PROPERTY_NUMBERS},
        {"colorArray", FM_PROPERTY_COLORS},
        {"projectionDefinition", FM_PROPERTY_PROJECTION},
        {"variableAnchorOffsetCollection", FM_PROPERTY_ANCHORS},
    };
    const char *names[] = {
        json_object_get_string_member_with_default(json, "type", NULL),
        json_object_get_string_member_with_default(json, "value", NULL),
    };
    FmPropertyType *const places[] = {&spec->type, &spec->item};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        for (gsize j = 0; names[i] != NULL && j < G_N_ELEMENTS(types); j++) {
            if (strcmp(names[i], types[j].name) == 0) {
                *places[i] = types[j].type;
            }
        }
    }
    if (names[0] != NULL && spec->type == FM_PROPERTY_ANY) {
        FmExprError *error = g_new0(FmExprError, 1);
        error->key = g_strdup("");
        error->message = g_strdup_printf("Properties of type \"%s\" are not supported.", names[0]);
        error->unsupported = TRUE;
        g_ptr_array_add(errors, error);
        return FALSE;
    }
    return TRUE;
}

static gboolean has_parameter(JsonObject *expression, const char *name)
{
    JsonNode *node = json_object_get_member(expression, "parameters");
    if (node == NULL || !JSON_NODE_HOLDS_ARRAY(node)) {
        return FALSE;
    }
    JsonArray *parameters = json_node_get_array(node);
    for (guint i = 0; i < json_array_get_length(parameters); i++) {
        if (g_strcmp0(fm__json_string(json_array_get_element(parameters, i)), name) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

static void read_flags(JsonObject *json, FmPropertySpec *spec)
{
    const char *kind =
        json_object_get_string_member_with_default(json, "property-type", "data-driven");
    JsonNode *expression = json_object_get_member(json, "expression");
    if (g_str_has_suffix(kind, "data-driven")) {
        spec->flags |= FM_PROPERTY_FEATURE;
    }
    if (expression == NULL || !JSON_NODE_HOLDS_OBJECT(expression)) {
        spec->flags |= FM_PROPERTY_ZOOM | FM_PROPERTY_INTERPOLATED;
        return;
    }
    JsonObject *object = json_node_get_object(expression);
    if (json_object_get_boolean_member_with_default(object, "interpolated", FALSE)) {
        spec->flags |= FM_PROPERTY_INTERPOLATED;
    }
    if (has_parameter(object, "zoom")) {
        spec->flags |= FM_PROPERTY_ZOOM;
    }
    if (json_object_get_boolean_member_with_default(json, "tokens", FALSE)) {
        spec->flags |= FM_PROPERTY_TOKENS;
    }
}

/* The names of an enum: an object's keys or an array's elements. */
static const char *read_values(JsonNode *json, FmArena *arena)
{
    g_autoptr(GString) names = g_string_new(NULL);
    const FmValue values = json != NULL ? fm__value_from_json(arena, json) : FM_VALUE_NULL;
    if (values.kind == FM_KIND_OBJECT) {
        for (gsize i = 0; i < values.object.n; i++) {
            g_string_append_printf(names, "%s%s", i > 0 ? " " : "", values.object.keys[i]);
        }
    } else if (values.kind == FM_KIND_ARRAY) {
        for (gsize i = 0; i < values.array.n; i++) {
            g_string_append_printf(names, "%s%s", i > 0 ? " " : "",
                                   fm__value_to_string(arena, &values.array.items[i]));
        }
    }
    return fm__arena_strdup(arena, names->str);
}

static gboolean read_spec(JsonObject *json, FmArena *arena, FmPropertySpec *spec, GPtrArray *errors)
{
    *spec = (FmPropertySpec){.name = "", .length = -1, .min = -INFINITY, .max = INFINITY};
    if (json == NULL) {
        spec->flags = FM_PROPERTY_FEATURE | FM_PROPERTY_ZOOM | FM_PROPERTY_INTERPOLATED;
        return TRUE;
    }
    read_flags(json, spec);
    spec->values = read_values(json_object_get_member(json, "values"), arena);
    JsonNode *length = json_object_get_member(json, "length");
    if (length != NULL && fm__json_is_number(length)) {
        spec->length = json_node_get_int(length);
    }
    JsonNode *fallback = json_object_get_member(json, "default");
    if (fallback != NULL) {
        g_autofree char *text = fm__json_to_text(fallback);
        spec->fallback = fm__arena_strdup(arena, text);
    }
    return read_type(json, spec, errors);
}

/* ---- inputs ----------------------------------------------------------------------------- */

static JsonObject *object_member(JsonObject *json, const char *name)
{
    JsonNode *member = json_object_get_member(json, name);
    return member != NULL && JSON_NODE_HOLDS_OBJECT(member) ? json_node_get_object(member) : NULL;
}

/* The images that exist, NULL-terminated. */
static const char *const *read_images(JsonObject *globals, FmArena *arena)
{
    JsonNode *json = json_object_get_member(globals, "availableImages");
    const FmValue names = json != NULL ? fm__value_from_json(arena, json) : FM_VALUE_NULL;
    const gsize n = names.kind == FM_KIND_ARRAY ? names.array.n : 0;
    const char **images = fm__arena_new(arena, const char *, n + 1);
    for (gsize i = 0; i < n; i++) {
        images[i] = fm__value_to_string(arena, &names.array.items[i]);
    }
    return images;
}

static void read_feature(JsonObject *feature, FmArena *arena, FmEval *eval)
{
    FmValue *properties = fm__arena_new(arena, FmValue, 1);
    FmValue *id = fm__arena_new(arena, FmValue, 1);
    JsonNode *member = json_object_get_member(feature, "properties");
    *properties = member != NULL ? fm__value_from_json(arena, member) : FM_VALUE_NULL;
    if (properties->kind != FM_KIND_OBJECT) {
        *properties = (FmValue){.kind = FM_KIND_OBJECT};
    }
    eval->properties = properties;
    if (json_object_has_member(feature, "id")) {
        *id = fm__value_from_json(arena, json_object_get_member(feature, "id"));
        eval->id = id;
    }
    JsonObject *geometry = object_member(feature, "geometry");
    if (geometry != NULL) {
        eval->geometry_type = json_object_get_string_member_with_default(geometry, "type", NULL);
        eval->geometry = fm__geojson_geometry(json_object_get_member(feature, "geometry"), arena);
    }
}

/* A feature comes from a tile, where positions are whole units: the world has as many of them. */
static double read_grid(JsonObject *globals)
{
    const double tile_units = 8192;
    const int deepest = 30;
    JsonObject *tile = object_member(globals, "canonicalID");
    JsonNode *z = tile != NULL ? json_object_get_member(tile, "z") : NULL;
    if (z == NULL || !fm__json_is_number(z)) {
        return 0;
    }
    return ldexp(tile_units, (int)CLAMP(json_node_get_double(z), 0, deepest));
}

/* 0 when it is not given, as in the specification's implementation. */
static double number_member(JsonObject *globals, const char *name)
{
    JsonNode *member = json_object_get_member(globals, name);
    return member != NULL && fm__json_is_number(member) ? json_node_get_double(member) : 0;
}

static const FmValue *read_accumulated(JsonObject *globals, FmArena *arena)
{
    JsonNode *member = json_object_get_member(globals, "accumulated");
    FmValue *value = fm__arena_new(arena, FmValue, 1);
    *value = member != NULL ? fm__value_from_json(arena, member) : FM_VALUE_NULL;
    return value;
}

/* [{"zoom", …}, {"properties", …}] */
static gboolean read_input(JsonNode *json, FmArena *arena, FmEval *eval)
{
    *eval = (FmEval){.arena = arena, .zoom = NAN};
    JsonArray *pair = JSON_NODE_HOLDS_ARRAY(json) ? json_node_get_array(json) : NULL;
    if (pair == NULL || json_array_get_length(pair) != 2 ||
        !JSON_NODE_HOLDS_OBJECT(json_array_get_element(pair, 0)) ||
        !JSON_NODE_HOLDS_OBJECT(json_array_get_element(pair, 1))) {
        return FALSE;
    }
    JsonObject *globals = json_array_get_object_element(pair, 0);
    JsonNode *zoom = json_object_get_member(globals, "zoom");
    if (zoom != NULL && fm__json_is_number(zoom)) {
        eval->zoom = json_node_get_double(zoom);
    }
    eval->density = number_member(globals, "heatmapDensity");
    eval->progress = number_member(globals, "lineProgress");
    eval->elevation = number_member(globals, "elevation");
    eval->accumulated = read_accumulated(globals, arena);
    eval->grid = read_grid(globals);
    eval->images = read_images(globals, arena);
    read_feature(json_array_get_object_element(pair, 1), arena, eval);
    return TRUE;
}

/* ---- results ---------------------------------------------------------------------------- */

static JsonObject *failure(GPtrArray *errors)
{
    JsonArray *list = json_array_new();
    for (guint i = 0; i < errors->len; i++) {
        const FmExprError *error = g_ptr_array_index(errors, i);
        JsonObject *object = json_object_new();
        json_object_set_string_member(object, "key", error->key);
        json_object_set_string_member(object, "error", error->message);
        json_array_add_object_element(list, object);
    }
    JsonObject *compiled = json_object_new();
    json_object_set_string_member(compiled, "result", "error");
    json_object_set_array_member(compiled, "errors", list);
    return compiled;
}

static JsonObject *success(const FmExpr *expr)
{
    char buffer[FM_EVAL_STACK];
    g_auto(FmArena) arena;
    fm__arena_init(&arena, buffer, sizeof buffer);
    JsonObject *compiled = json_object_new();
    json_object_set_string_member(compiled, "result", "success");
    json_object_set_boolean_member(compiled, "isFeatureConstant",
                                   (expr->root->reads & FM_READS_FEATURE) == 0);
    json_object_set_boolean_member(compiled, "isZoomConstant", expr->root->curve == NULL);
    json_object_set_string_member(compiled, "type", fm__type_name(&arena, expr->root->type));
    return compiled;
}

/* A colour as the result of the whole is an array of its channels times alpha. */
static JsonNode *color_array(FmColor color)
{
    const FmColor shown = fm__color_premultiplied(color);
    const double channels[] = {shown.r, shown.g, shown.b, shown.a};
    JsonArray *array = json_array_new();
    for (gsize i = 0; i < G_N_ELEMENTS(channels); i++) {
        const FmValue channel = fm__value_number(channels[i]);
        json_array_add_element(array, fm__value_to_json(&channel));
    }
    JsonNode *node = json_node_new(JSON_NODE_ARRAY);
    json_node_take_array(node, array);
    return node;
}

static JsonNode *evaluate(const FmExpr *expr, FmEval *eval)
{
    FmValue value;
    if (fm__expr_evaluate(expr, eval, &value)) {
        const gboolean is_color =
            value.kind == FM_KIND_COLOR && expr->root->type->kind == FM_KIND_COLOR;
        return is_color ? color_array(value.color) : fm__value_to_json(&value);
    }
    JsonObject *error = json_object_new();
    json_object_set_string_member(error, "error", eval->error);
    JsonNode *node = json_node_new(JSON_NODE_OBJECT);
    json_node_take_object(node, error);
    return node;
}

/* Transfer full; NULL with FM_ERROR_PARSE when an input is malformed. */
static JsonArray *evaluate_inputs(const FmExpr *expr, JsonArray *inputs, GError **error)
{
    g_autoptr(JsonArray) outputs = json_array_new();
    for (guint i = 0; inputs != NULL && i < json_array_get_length(inputs); i++) {
        char buffer[FM_EVAL_STACK];
        g_auto(FmArena) arena;
        fm__arena_init(&arena, buffer, sizeof buffer);
        FmEval eval;
        if (!read_input(json_array_get_element(inputs, i), &arena, &eval)) {
            g_set_error(error, FM_ERROR, FM_ERROR_PARSE,
                        "inputs[%u]: expected [{\"zoom\", …}, {\"properties\", …}]", i);
            return NULL;
        }
        json_array_add_element(outputs, evaluate(expr, &eval));
    }
    return g_steal_pointer(&outputs);
}

/* Members of the fixture, checked for their JSON type. */
static gboolean check_member(JsonObject *fixture, const char *name, JsonNodeType type,
                             GError **error)
{
    JsonNode *member = json_object_get_member(fixture, name);
    if (member != NULL && json_node_get_node_type(member) != type) {
        g_set_error(error, FM_ERROR, FM_ERROR_PARSE, "%s: %s expected", name,
                    type == JSON_NODE_ARRAY ? "array" : "object");
        return FALSE;
    }
    return TRUE;
}

static char *run_fixture(JsonObject *fixture, GError **error)
{
    JsonNode *expression = json_object_get_member(fixture, "expression");
    if (expression == NULL) {
        g_set_error(error, FM_ERROR, FM_ERROR_PARSE, "a fixture needs an \"expression\"");
        return NULL;
    }
    if (!check_member(fixture, "propertySpec", JSON_NODE_OBJECT, error) ||
        !check_member(fixture, "inputs", JSON_NODE_ARRAY, error)) {
        return NULL;
    }
    g_auto(FmArena) arena;
    fm__arena_init(&arena, NULL, 0);
    g_autoptr(GPtrArray) errors = fm__expr_errors_new();
    FmPropertySpec spec;
    g_autoptr(FmExpr) expr = NULL;
    if (read_spec(object_member(fixture, "propertySpec"), &arena, &spec, errors)) {
        expr = fm__property_expr_new(&spec, expression, errors);
    }
    g_autoptr(JsonObject) result = json_object_new();
    json_object_set_object_member(result, "compiled",
                                  expr != NULL ? success(expr) : failure(errors));
    if (expr != NULL) {
        JsonArray *inputs = json_object_has_member(fixture, "inputs")
                                ? json_object_get_array_member(fixture, "inputs")
                                : NULL;
        JsonArray *outputs = evaluate_inputs(expr, inputs, error);
        if (outputs == NULL) {
            return NULL;
        }
        json_object_set_array_member(result, "outputs", outputs);
    }
    g_autoptr(JsonNode) root = json_node_init_object(json_node_alloc(), result);
    return fm__json_to_text(root);
}

char *fm_style_eval_fixture(const char *fixture_json, GError **error)
{
    g_return_val_if_fail(fixture_json != NULL, NULL);
    g_autoptr(JsonNode) root = fm__json_parse(fixture_json, error);
    if (root == NULL) {
        return NULL;
    }
    if (!JSON_NODE_HOLDS_OBJECT(root)) {
        g_set_error(error, FM_ERROR, FM_ERROR_PARSE, "a fixture is a JSON object");
        return NULL;
    }
    return run_fixture(json_node_get_object(root), error);
}
