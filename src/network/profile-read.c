/* A travel profile from JSON.  Strict: every key is known and every value has its type, and each
 * error says where ("bike.json: speed.by_class.primary: not a positive number").  docs/network.md
 * has every key. */
#include "network-internal.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#define VERSION 1.0
#define MAX_SPEED_KMH 1000.0
#define MAX_WAIT_S 3600.0
/* json-glib recurses as deep as the text nests; a profile nests four deep. */
#define MAX_DEPTH 16

const char *const fm_profile_column_keys[FM_ROAD_N_COLUMNS + 1] = {
    "from",      "to",       "forward",  "backward", "oneway", "roundabout",
    "speed_kmh", "maxspeed", "length_m", "class",    NULL};

/* An object and where it is. */
typedef struct {
    JsonObject *object; /* borrowed from the parser; NULL where the key is absent */
    const char *file;
    char *path; /* "speed.by_class", "" for the document */
} Place;

static void place_clear(Place *place)
{
    g_clear_pointer(&place->path, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Place, place_clear)

static gboolean fail(const Place *place, const char *key, GError **error, const char *what)
{
    gboolean both = *place->path != '\0' && key != NULL;

    g_set_error(error, FM_ERROR, FM_ERROR_PARSE, "%s: %s%s%s%s%s", place->file, place->path,
                both ? "." : "", key != NULL ? key : "",
                *place->path != '\0' || key != NULL ? ": " : "", what);
    return FALSE;
}

static gboolean check_keys(const Place *place, const char *const *known, GError **error)
{
    JsonObjectIter iter;
    const char *key;

    json_object_iter_init_ordered(&iter, place->object);
    while (json_object_iter_next_ordered(&iter, &key, NULL)) {
        if (!g_strv_contains(known, key)) {
            g_autofree char *list = g_strjoinv(", ", (char **)(guintptr)known);
            g_autofree char *what = g_strdup_printf("unknown key; known are %s", list);
            return fail(place, key, error, what);
        }
    }
    return TRUE;
}

/* ---- single values: each leaves what is absent as it is ----------------------------------- */

static gboolean holds(JsonNode *node, GType type)
{
    return JSON_NODE_HOLDS_VALUE(node) && json_node_get_value_type(node) == type;
}

static gboolean take_text(const Place *place, const char *key, char **out, GError **error)
{
    JsonNode *node = json_object_get_member(place->object, key);

    if (node == NULL) {
        return TRUE;
    }
    if (!holds(node, G_TYPE_STRING)) {
        return fail(place, key, error, "not a string");
    }
    g_free(*out);
    *out = json_node_dup_string(node);
    return TRUE;
}

static gboolean take_boolean(const Place *place, const char *key, gboolean *out, GError **error)
{
    JsonNode *node = json_object_get_member(place->object, key);

    if (node == NULL) {
        return TRUE;
    }
    if (!holds(node, G_TYPE_BOOLEAN)) {
        return fail(place, key, error, "neither true nor false");
    }
    *out = json_node_get_boolean(node);
    return TRUE;
}

/* A number in low … high, times `unit`; low itself only where it is 0 and `zero` is allowed. */
typedef struct {
    double unit, high;
    gboolean zero;
} Range;

static const Range SPEED = {FM_KMH, MAX_SPEED_KMH, FALSE};
static const Range FACTOR = {1, 100, FALSE};
static const Range WAIT = {1, MAX_WAIT_S, TRUE};

static gboolean number_of(const Place *place, const char *key, JsonNode *node, Range range,
                          double *out, GError **error)
{
    if (!holds(node, G_TYPE_INT64) && !holds(node, G_TYPE_DOUBLE)) {
        return fail(place, key, error, "not a number");
    }
    double value = json_node_get_double(node);
    if (!(range.zero ? value >= 0 : value > 0) || !(value <= range.high)) {
        g_autofree char *high = fm_format_double(range.high);
        g_autofree char *what =
            g_strdup_printf("must be %s 0 and at most %s", range.zero ? "at least" : "above", high);
        return fail(place, key, error, what);
    }
    *out = value * range.unit;
    return TRUE;
}

static gboolean take_number(const Place *place, const char *key, Range range, double *out,
                            GError **error)
{
    JsonNode *node = json_object_get_member(place->object, key);

    return node == NULL || number_of(place, key, node, range, out, error);
}

static gboolean take_place(const Place *place, const char *key, Place *out, GError **error)
{
    JsonNode *node = json_object_get_member(place->object, key);

    out->file = place->file;
    out->path = g_strconcat(place->path, *place->path != '\0' ? "." : "", key, NULL);
    if (node == NULL) {
        return TRUE;
    }
    if (!JSON_NODE_HOLDS_OBJECT(node)) {
        return fail(place, key, error, "not an object");
    }
    out->object = json_node_get_object(node);
    return TRUE;
}

/* {"name": number, …} into a table of double*. */
static gboolean take_numbers(const Place *place, const char *key, Range range, GHashTable *out,
                             GError **error)
{
    g_auto(Place) numbers = {NULL};
    JsonObjectIter iter;
    const char *name;
    JsonNode *node;

    if (!take_place(place, key, &numbers, error)) {
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
static gboolean take_words(const Place *place, const char *key, char ***out, GError **error)
{
    JsonNode *node = json_object_get_member(place->object, key);
    g_autoptr(GStrvBuilder) words = g_strv_builder_new();

    if (node == NULL) {
        return TRUE;
    }
    if (!JSON_NODE_HOLDS_ARRAY(node)) {
        return fail(place, key, error, "not a list");
    }
    JsonArray *list = json_node_get_array(node);
    for (guint i = 0; i < json_array_get_length(list); i++) {
        JsonNode *word = json_array_get_element(list, i);
        if (!holds(word, G_TYPE_STRING)) {
            return fail(place, key, error, "not a list of strings");
        }
        g_strv_builder_add(words, json_node_get_string(word));
    }
    g_strfreev(*out);
    *out = g_strv_builder_end(words);
    return TRUE;
}

/* ---- rules -------------------------------------------------------------------------------- */

static void rule_free(gpointer data)
{
    FmTagRule *rule = data;

    g_free(rule->tag);
    g_strfreev(rule->values);
    g_free(rule);
}

static gboolean take_rule(const Place *place, gboolean with_factor, FmTagRule *rule, GError **error)
{
    static const char *const plain[] = {"tag", "values", NULL};
    static const char *const weighted[] = {"tag", "values", "factor", NULL};

    if (!check_keys(place, with_factor ? weighted : plain, error) ||
        !take_text(place, "tag", &rule->tag, error) ||
        !take_words(place, "values", &rule->values, error) ||
        !take_number(place, "factor", FACTOR, &rule->factor, error)) {
        return FALSE;
    }
    if (rule->tag == NULL || rule->values == NULL) {
        return fail(place, NULL, error, "needs a tag and its values");
    }
    return TRUE;
}

/* [{"tag": …, "values": […]}, …] */
static gboolean take_rules(const Place *place, const char *key, gboolean with_factor,
                           GPtrArray *rules, GError **error)
{
    JsonNode *node = json_object_get_member(place->object, key);

    if (node == NULL) {
        return TRUE;
    }
    if (!JSON_NODE_HOLDS_ARRAY(node)) {
        return fail(place, key, error, "not a list");
    }
    JsonArray *list = json_node_get_array(node);
    for (guint i = 0; i < json_array_get_length(list); i++) {
        JsonNode *element = json_array_get_element(list, i);
        g_auto(Place) item = {.file = place->file};
        FmTagRule *rule = g_new0(FmTagRule, 1);
        rule->factor = 1;
        g_ptr_array_add(rules, rule);
        item.path =
            g_strdup_printf("%s%s%s[%u]", place->path, *place->path != '\0' ? "." : "", key, i);
        if (!JSON_NODE_HOLDS_OBJECT(element)) {
            return fail(&item, NULL, error, "not an object");
        }
        item.object = json_node_get_object(element);
        if (!take_rule(&item, with_factor, rule, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* ---- the parts of a profile --------------------------------------------------------------- */

/* A word out of several, as its number. */
static gboolean take_choice(const Place *place, const char *key, const char *const *words,
                            guint *out, GError **error)
{
    g_autofree char *word = NULL;

    if (!take_text(place, key, &word, error)) {
        return FALSE;
    }
    if (word == NULL) {
        return TRUE;
    }
    for (guint i = 0; words[i] != NULL; i++) {
        if (g_str_equal(word, words[i])) {
            *out = i;
            return TRUE;
        }
    }
    g_autofree char *list = g_strjoinv(", ", (char **)(guintptr)words);
    g_autofree char *what = g_strdup_printf("'%s' is none of %s", word, list);
    return fail(place, key, error, what);
}

static gboolean take_speed(const Place *root, FmProfile *profile, GError **error)
{
    static const char *const known[] = {
        "default_kmh",  "by_class", "maxspeed", "maxspeed_factor", "zones_kmh",
        "speed_column", "min_kmh",  "max_kmh",  "factors",         NULL};
    static const char *const uses[] = {"ignored", "caps", "followed", NULL};
    g_auto(Place) speed = {NULL};
    guint use = FM_MAXSPEED_IGNORED;

    if (!take_place(root, "speed", &speed, error)) {
        return FALSE;
    }
    if (speed.object == NULL) {
        return fail(root, "speed", error, "missing; a profile needs speeds");
    }
    if (!check_keys(&speed, known, error) ||
        !take_number(&speed, "default_kmh", SPEED, &profile->default_mps, error) ||
        !take_numbers(&speed, "by_class", SPEED, profile->class_mps, error) ||
        !take_choice(&speed, "maxspeed", uses, &use, error) ||
        !take_number(&speed, "maxspeed_factor", FACTOR, &profile->maxspeed_factor, error) ||
        !take_numbers(&speed, "zones_kmh", SPEED, profile->zones_mps, error) ||
        !take_boolean(&speed, "speed_column", &profile->speed_column, error) ||
        !take_number(&speed, "min_kmh", SPEED, &profile->min_mps, error) ||
        !take_number(&speed, "max_kmh", SPEED, &profile->max_mps, error) ||
        !take_rules(&speed, "factors", TRUE, profile->factors, error)) {
        return FALSE;
    }
    profile->maxspeed = (FmMaxspeedUse)use;
    if (!(profile->default_mps > 0)) {
        return fail(&speed, "default_kmh", error, "missing; roads without a class need a speed");
    }
    if (profile->min_mps > profile->max_mps) {
        return fail(&speed, "min_kmh", error, "greater than max_kmh");
    }
    return TRUE;
}

static gboolean take_oneway(const Place *root, FmProfile *profile, GError **error)
{
    static const char *const known[] = {"ignored", "implied_by_class", "exempt", NULL};
    g_auto(Place) oneway = {NULL};

    if (!take_place(root, "oneway", &oneway, error)) {
        return FALSE;
    }
    return oneway.object == NULL ||
           (check_keys(&oneway, known, error) &&
            take_boolean(&oneway, "ignored", &profile->oneway_ignored, error) &&
            take_words(&oneway, "implied_by_class", &profile->oneway_classes, error) &&
            take_rules(&oneway, "exempt", FALSE, profile->oneway_exempt, error));
}

static gboolean take_access(const Place *root, FmProfile *profile, GError **error)
{
    static const char *const known[] = {"tags", "no", "yes", "deny", NULL};
    g_auto(Place) access = {NULL};

    if (!take_place(root, "access", &access, error)) {
        return FALSE;
    }
    return access.object == NULL || (check_keys(&access, known, error) &&
                                     take_words(&access, "tags", &profile->access_tags, error) &&
                                     take_words(&access, "no", &profile->access_no, error) &&
                                     take_words(&access, "yes", &profile->access_yes, error) &&
                                     take_rules(&access, "deny", FALSE, profile->deny, error));
}

static gboolean take_waits(const Place *root, FmProfile *profile, GError **error)
{
    static const char *const turn_keys[] = {"left_s", "straight_s", "right_s", "u_turn_s", NULL};
    static const char *const crossing_keys[] = {"default_s", "by_class", NULL};
    g_auto(Place) turns = {NULL};
    g_auto(Place) crossing = {NULL};

    if (!take_place(root, "turns", &turns, error) ||
        !take_place(root, "crossing", &crossing, error)) {
        return FALSE;
    }
    profile->has_turns = turns.object != NULL;
    return (turns.object == NULL ||
            (check_keys(&turns, turn_keys, error) &&
             take_number(&turns, "left_s", WAIT, &profile->left_s, error) &&
             take_number(&turns, "straight_s", WAIT, &profile->straight_s, error) &&
             take_number(&turns, "right_s", WAIT, &profile->right_s, error) &&
             take_number(&turns, "u_turn_s", WAIT, &profile->u_turn_s, error))) &&
           (crossing.object == NULL ||
            (check_keys(&crossing, crossing_keys, error) &&
             take_number(&crossing, "default_s", WAIT, &profile->crossing_s, error) &&
             take_numbers(&crossing, "by_class", WAIT, profile->class_crossing_s, error)));
}

static gboolean take_columns(const Place *root, FmProfile *profile, GError **error)
{
    g_auto(Place) columns = {NULL};

    if (!take_place(root, "columns", &columns, error)) {
        return FALSE;
    }
    if (columns.object == NULL) {
        return TRUE;
    }
    for (gsize i = 0; i < FM_ROAD_N_COLUMNS; i++) {
        if (!take_text(&columns, fm_profile_column_keys[i], &profile->columns[i], error)) {
            return FALSE;
        }
    }
    return check_keys(&columns, fm_profile_column_keys, error);
}

static gboolean take_head(const Place *root, FmProfile *profile, GError **error)
{
    static const char *const known[] = {"facmap_profile", "name",     "title",   "note",
                                        "access_kmh",     "speed",    "oneway",  "access",
                                        "turns",          "crossing", "columns", NULL};
    static const char *const languages[] = {"en", "zh", NULL};
    static const Range any = {1, 1e9, FALSE};
    g_auto(Place) title = {NULL};
    g_autofree char *note = NULL;
    double version = 0;

    if (!check_keys(root, known, error) ||
        !take_number(root, "facmap_profile", any, &version, error)) {
        return FALSE;
    }
    if (version != VERSION) {
        return fail(root, "facmap_profile", error, "must be 1: is this a travel profile?");
    }
    if (!take_text(root, "name", &profile->name, error) || !take_text(root, "note", &note, error) ||
        !take_number(root, "access_kmh", SPEED, &profile->access_mps, error) ||
        !take_place(root, "title", &title, error)) {
        return FALSE;
    }
    if (profile->name == NULL || *profile->name == '\0') {
        return fail(root, "name", error, "missing");
    }
    return title.object == NULL || (check_keys(&title, languages, error) &&
                                    take_text(&title, "en", &profile->title_en, error) &&
                                    take_text(&title, "zh", &profile->title_zh, error));
}

/* ---- the document ------------------------------------------------------------------------- */

static FmProfile *profile_new(void)
{
    FmProfile *profile = g_new0(FmProfile, 1);

    profile->access_mps = 4.5 * FM_KMH;
    profile->maxspeed_factor = 1;
    profile->max_mps = MAX_SPEED_KMH * FM_KMH;
    profile->class_mps = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    profile->zones_mps = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    profile->class_crossing_s = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    profile->factors = g_ptr_array_new_with_free_func(rule_free);
    profile->oneway_exempt = g_ptr_array_new_with_free_func(rule_free);
    profile->deny = g_ptr_array_new_with_free_func(rule_free);
    return profile;
}

static gboolean nests_too_deep(const char *text, gsize length)
{
    int depth = 0;

    for (gsize i = 0; i < length; i++) {
        depth += text[i] == '{' || text[i] == '[';
        depth -= (text[i] == '}' || text[i] == ']') && depth > 0;
        if (depth > MAX_DEPTH) {
            return TRUE;
        }
    }
    return FALSE;
}

FmProfile *fm_profile_parse(const char *text, gsize length, const char *file, GError **error)
{
    g_autoptr(JsonParser) parser = json_parser_new();
    g_autoptr(FmProfile) profile = profile_new();
    g_autoptr(GError) failure = NULL;
    g_auto(Place) root = {.file = file, .path = g_strdup("")};

    if (!g_utf8_validate_len(text, length, NULL) || nests_too_deep(text, length)) {
        fail(&root, NULL, error, "not a travel profile: a small JSON object in UTF-8");
        return NULL;
    }
    if (!json_parser_load_from_data(parser, text, (gssize)length, &failure)) {
        fail(&root, NULL, error, failure->message);
        return NULL;
    }
    JsonNode *node = json_parser_get_root(parser);
    if (node == NULL || !JSON_NODE_HOLDS_OBJECT(node)) {
        fail(&root, NULL, error, "not a JSON object");
        return NULL;
    }
    root.object = json_node_get_object(node);
    if (!take_head(&root, profile, error) || !take_speed(&root, profile, error) ||
        !take_oneway(&root, profile, error) || !take_access(&root, profile, error) ||
        !take_waits(&root, profile, error) || !take_columns(&root, profile, error)) {
        return NULL;
    }
    g_autofree char *canonical = json_to_string(node, FALSE);
    profile->sha256 = g_compute_checksum_for_string(G_CHECKSUM_SHA256, canonical, -1);
    return g_steal_pointer(&profile);
}
