/* What stands in a profile's JSON, key by key.  A value that is absent leaves what is there. */
#include "profile-json.h"

#include <math.h>
#include <string.h>

void fm_profile_place_clear(FmProfilePlace *place)
{
    g_clear_pointer(&place->path, g_free);
}

gboolean fm_profile_fail(const FmProfilePlace *place, const char *key, GError **error,
                         const char *what)
{
    gboolean both = *place->path != '\0' && key != NULL;

    g_set_error(error, FM_ERROR, FM_ERROR_PARSE, "%s: %s%s%s%s%s", place->file, place->path,
                both ? "." : "", key != NULL ? key : "",
                *place->path != '\0' || key != NULL ? ": " : "", what);
    return FALSE;
}

gboolean fm_profile_check_keys(const FmProfilePlace *place, const char *const *known,
                               GError **error)
{
    JsonObjectIter iter;
    const char *key;

    json_object_iter_init_ordered(&iter, place->object);
    while (json_object_iter_next_ordered(&iter, &key, NULL)) {
        if (!g_strv_contains(known, key)) {
            g_autofree char *list = g_strjoinv(", ", (char **)(guintptr)known);
            g_autofree char *what = g_strdup_printf("unknown key; known are %s", list);
            return fm_profile_fail(place, key, error, what);
        }
    }
    return TRUE;
}

/* ---- single values: each leaves what is absent as it is ----------------------------------- */

static gboolean holds(JsonNode *node, GType type)
{
    return JSON_NODE_HOLDS_VALUE(node) && json_node_get_value_type(node) == type;
}

gboolean fm_profile_take_text(const FmProfilePlace *place, const char *key, char **out,
                              GError **error)
{
    JsonNode *node = json_object_get_member(place->object, key);

    if (node == NULL) {
        return TRUE;
    }
    if (!holds(node, G_TYPE_STRING)) {
        return fm_profile_fail(place, key, error, "not a string");
    }
    g_free(*out);
    *out = json_node_dup_string(node);
    return TRUE;
}

gboolean fm_profile_take_boolean(const FmProfilePlace *place, const char *key, gboolean *out,
                                 GError **error)
{
    JsonNode *node = json_object_get_member(place->object, key);

    if (node == NULL) {
        return TRUE;
    }
    if (!holds(node, G_TYPE_BOOLEAN)) {
        return fm_profile_fail(place, key, error, "neither true nor false");
    }
    *out = json_node_get_boolean(node);
    return TRUE;
}

static gboolean number_of(const FmProfilePlace *place, const char *key, JsonNode *node,
                          FmProfileRange range, double *out, GError **error)
{
    if (!holds(node, G_TYPE_INT64) && !holds(node, G_TYPE_DOUBLE)) {
        return fm_profile_fail(place, key, error, "not a number");
    }
    double value = json_node_get_double(node);
    if (!(range.zero ? value >= 0 : value > 0) || !(value <= range.high)) {
        g_autofree char *high = fm_format_double(range.high);
        g_autofree char *what =
            g_strdup_printf("must be %s 0 and at most %s", range.zero ? "at least" : "above", high);
        return fm_profile_fail(place, key, error, what);
    }
    *out = value * range.unit;
    return TRUE;
}

gboolean fm_profile_take_number(const FmProfilePlace *place, const char *key, FmProfileRange range,
                                double *out, GError **error)
{
    JsonNode *node = json_object_get_member(place->object, key);

    return node == NULL || number_of(place, key, node, range, out, error);
}

gboolean fm_profile_take_place(const FmProfilePlace *place, const char *key, FmProfilePlace *out,
                               GError **error)
{
    JsonNode *node = json_object_get_member(place->object, key);

    out->file = place->file;
    out->path = g_strconcat(place->path, *place->path != '\0' ? "." : "", key, NULL);
    if (node == NULL) {
        return TRUE;
    }
    if (!JSON_NODE_HOLDS_OBJECT(node)) {
        return fm_profile_fail(place, key, error, "not an object");
    }
    out->object = json_node_get_object(node);
    return TRUE;
}

/* {"name": number, …} into a table of double*. */
gboolean fm_profile_take_numbers(const FmProfilePlace *place, const char *key, FmProfileRange range,
                                 GHashTable *out, GError **error)
{
    g_auto(FmProfilePlace) numbers = {NULL};
    JsonObjectIter iter;
    const char *name;
    JsonNode *node;

    if (!fm_profile_take_place(place, key, &numbers, error)) {
        return FALSE;
    }
    if (numbers.object == NULL) {
        return TRUE;
    }
    json_object_iter_init_ordered(&iter, numbers.object);
    while (json_object_iter_next_ordered(&iter, &name, &node)) {
        double value = 0;
        if (!number_of(&numbers, name, node, range, &value, error)) {
            return FALSE;
        }
        g_hash_table_insert(out, g_strdup(name), g_memdup2(&value, sizeof value));
    }
    return TRUE;
}

/* ["a", "b"]; NULL-terminated. */
gboolean fm_profile_take_words(const FmProfilePlace *place, const char *key, char ***out,
                               GError **error)
{
    JsonNode *node = json_object_get_member(place->object, key);
    g_autoptr(GStrvBuilder) words = g_strv_builder_new();

    if (node == NULL) {
        return TRUE;
    }
    if (!JSON_NODE_HOLDS_ARRAY(node)) {
        return fm_profile_fail(place, key, error, "not a list");
    }
    JsonArray *list = json_node_get_array(node);
    for (guint i = 0; i < json_array_get_length(list); i++) {
        JsonNode *word = json_array_get_element(list, i);
        if (!holds(word, G_TYPE_STRING)) {
            return fm_profile_fail(place, key, error, "not a list of strings");
        }
        g_strv_builder_add(words, json_node_get_string(word));
    }
    g_strfreev(*out);
    *out = g_strv_builder_end(words);
    return TRUE;
}

/* ---- rules -------------------------------------------------------------------------------- */

void fm_profile_rule_free(gpointer data)
{
    FmTagRule *rule = data;

    g_free(rule->tag);
    g_strfreev(rule->values);
    g_free(rule);
}

static gboolean take_rule(const FmProfilePlace *place, gboolean with_factor, FmTagRule *rule,
                          GError **error)
{
    static const char *const plain[] = {"tag", "values", NULL};
    static const char *const weighted[] = {"tag", "values", "factor", NULL};

    if (!fm_profile_check_keys(place, with_factor ? weighted : plain, error) ||
        !fm_profile_take_text(place, "tag", &rule->tag, error) ||
        !fm_profile_take_words(place, "values", &rule->values, error) ||
        !fm_profile_take_number(place, "factor", FM_PROFILE_FACTOR, &rule->factor, error)) {
        return FALSE;
    }
    if (rule->tag == NULL || rule->values == NULL) {
        return fm_profile_fail(place, NULL, error, "needs a tag and its values");
    }
    return TRUE;
}

/* [{"tag": …, "values": […]}, …] */
gboolean fm_profile_take_rules(const FmProfilePlace *place, const char *key, gboolean with_factor,
                               GPtrArray *rules, GError **error)
{
    JsonNode *node = json_object_get_member(place->object, key);

    if (node == NULL) {
        return TRUE;
    }
    if (!JSON_NODE_HOLDS_ARRAY(node)) {
        return fm_profile_fail(place, key, error, "not a list");
    }
    JsonArray *list = json_node_get_array(node);
    for (guint i = 0; i < json_array_get_length(list); i++) {
        JsonNode *element = json_array_get_element(list, i);
        g_auto(FmProfilePlace) item = {.file = place->file};
        FmTagRule *rule = g_new0(FmTagRule, 1);
        rule->factor = 1;
        g_ptr_array_add(rules, rule);
        item.path =
            g_strdup_printf("%s%s%s[%u]", place->path, *place->path != '\0' ? "." : "", key, i);
        if (!JSON_NODE_HOLDS_OBJECT(element)) {
            return fm_profile_fail(&item, NULL, error, "not an object");
        }
        item.object = json_node_get_object(element);
        if (!take_rule(&item, with_factor, rule, error)) {
            return FALSE;
        }
    }
    return TRUE;
}
