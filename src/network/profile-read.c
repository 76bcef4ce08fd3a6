/* A travel profile from JSON.  Strict: every key is known and every value has its type, and each
 * error says where ("bike.json: speed.by_class.primary: not a positive number").  docs/network.md
 * has every key. */
#include "profile-json.h"

#include <math.h>
#include <string.h>

#define VERSION 1.0

const char *const fm_profile_column_keys[FM_ROAD_N_COLUMNS + 1] = {
    "from",      "to",       "forward",  "backward", "oneway", "roundabout",
    "speed_kmh", "maxspeed", "length_m", "class",    NULL};

/* ---- the parts of a profile --------------------------------------------------------------- */

/* A word out of several, as its number. */
static gboolean take_choice(const FmProfilePlace *place, const char *key, const char *const *words,
                            guint *out, GError **error)
{
    g_autofree char *word = NULL;

    if (!fm_profile_take_text(place, key, &word, error)) {
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
    return fm_profile_fail(place, key, error, what);
}

static gboolean take_speed(const FmProfilePlace *root, FmProfile *profile, GError **error)
{
    static const char *const known[] = {
        "default_kmh",  "by_class", "maxspeed", "maxspeed_factor", "zones_kmh",
        "speed_column", "min_kmh",  "max_kmh",  "factors",         NULL};
    static const char *const uses[] = {"ignored", "caps", "followed", NULL};
    g_auto(FmProfilePlace) speed = {NULL};
    guint use = FM_MAXSPEED_IGNORED;

    if (!fm_profile_take_place(root, "speed", &speed, error)) {
        return FALSE;
    }
    if (speed.object == NULL) {
        return fm_profile_fail(root, "speed", error, "missing; a profile needs speeds");
    }
    if (!fm_profile_check_keys(&speed, known, error) ||
        !fm_profile_take_number(&speed, "default_kmh", FM_PROFILE_SPEED, &profile->default_mps,
                                error) ||
        !fm_profile_take_numbers(&speed, "by_class", FM_PROFILE_SPEED, profile->class_mps, error) ||
        !take_choice(&speed, "maxspeed", uses, &use, error) ||
        !fm_profile_take_number(&speed, "maxspeed_factor", FM_PROFILE_FACTOR,
                                &profile->maxspeed_factor, error) ||
        !fm_profile_take_numbers(&speed, "zones_kmh", FM_PROFILE_SPEED, profile->zones_mps,
                                 error) ||
        !fm_profile_take_boolean(&speed, "speed_column", &profile->speed_column, error) ||
        !fm_profile_take_number(&speed, "min_kmh", FM_PROFILE_SPEED, &profile->min_mps, error) ||
        !fm_profile_take_number(&speed, "max_kmh", FM_PROFILE_SPEED, &profile->max_mps, error) ||
        !fm_profile_take_rules(&speed, "factors", TRUE, profile->factors, error)) {
        return FALSE;
    }
    profile->maxspeed = (FmMaxspeedUse)use;
    if (!(profile->default_mps > 0)) {
        return fm_profile_fail(&speed, "default_kmh", error,
                               "missing; roads without a class need a speed");
    }
    if (profile->min_mps > profile->max_mps) {
        return fm_profile_fail(&speed, "min_kmh", error, "greater than max_kmh");
    }
    return TRUE;
}

static gboolean take_oneway(const FmProfilePlace *root, FmProfile *profile, GError **error)
{
    static const char *const known[] = {"ignored", "implied_by_class", "exempt", NULL};
    g_auto(FmProfilePlace) oneway = {NULL};

    if (!fm_profile_take_place(root, "oneway", &oneway, error)) {
        return FALSE;
    }
    return oneway.object == NULL ||
           (fm_profile_check_keys(&oneway, known, error) &&
            fm_profile_take_boolean(&oneway, "ignored", &profile->oneway_ignored, error) &&
            fm_profile_take_words(&oneway, "implied_by_class", &profile->oneway_classes, error) &&
            fm_profile_take_rules(&oneway, "exempt", FALSE, profile->oneway_exempt, error));
}

static gboolean take_access(const FmProfilePlace *root, FmProfile *profile, GError **error)
{
    static const char *const known[] = {"tags", "no", "yes", "deny", NULL};
    g_auto(FmProfilePlace) access = {NULL};

    if (!fm_profile_take_place(root, "access", &access, error)) {
        return FALSE;
    }
    return access.object == NULL ||
           (fm_profile_check_keys(&access, known, error) &&
            fm_profile_take_words(&access, "tags", &profile->access_tags, error) &&
            fm_profile_take_words(&access, "no", &profile->access_no, error) &&
            fm_profile_take_words(&access, "yes", &profile->access_yes, error) &&
            fm_profile_take_rules(&access, "deny", FALSE, profile->deny, error));
}

static gboolean take_waits(const FmProfilePlace *root, FmProfile *profile, GError **error)
{
    static const char *const turn_keys[] = {"left_s", "straight_s", "right_s", "u_turn_s", NULL};
    static const char *const crossing_keys[] = {"default_s", "by_class", NULL};
    g_auto(FmProfilePlace) turns = {NULL};
    g_auto(FmProfilePlace) crossing = {NULL};

    if (!fm_profile_take_place(root, "turns", &turns, error) ||
        !fm_profile_take_place(root, "crossing", &crossing, error)) {
        return FALSE;
    }
    profile->has_turns = turns.object != NULL;
    return (turns.object == NULL ||
            (fm_profile_check_keys(&turns, turn_keys, error) &&
             fm_profile_take_number(&turns, "left_s", FM_PROFILE_WAIT, &profile->left_s, error) &&
             fm_profile_take_number(&turns, "straight_s", FM_PROFILE_WAIT, &profile->straight_s,
                                    error) &&
             fm_profile_take_number(&turns, "right_s", FM_PROFILE_WAIT, &profile->right_s, error) &&
             fm_profile_take_number(&turns, "u_turn_s", FM_PROFILE_WAIT, &profile->u_turn_s,
                                    error))) &&
           (crossing.object == NULL ||
            (fm_profile_check_keys(&crossing, crossing_keys, error) &&
             fm_profile_take_number(&crossing, "default_s", FM_PROFILE_WAIT, &profile->crossing_s,
                                    error) &&
             fm_profile_take_numbers(&crossing, "by_class", FM_PROFILE_WAIT,
                                     profile->class_crossing_s, error)));
}

static gboolean take_columns(const FmProfilePlace *root, FmProfile *profile, GError **error)
{
    g_auto(FmProfilePlace) columns = {NULL};

    if (!fm_profile_take_place(root, "columns", &columns, error)) {
        return FALSE;
    }
    if (columns.object == NULL) {
        return TRUE;
    }
    for (gsize i = 0; i < FM_ROAD_N_COLUMNS; i++) {
        if (!fm_profile_take_text(&columns, fm_profile_column_keys[i], &profile->columns[i],
                                  error)) {
            return FALSE;
        }
    }
    return fm_profile_check_keys(&columns, fm_profile_column_keys, error);
}

static gboolean take_head(const FmProfilePlace *root, FmProfile *profile, GError **error)
{
    static const char *const known[] = {"facmap_profile", "name",     "title",   "note",
                                        "access_kmh",     "speed",    "oneway",  "access",
                                        "turns",          "crossing", "columns", NULL};
    static const char *const languages[] = {"en", "zh", NULL};
    static const FmProfileRange any = {1, 1e9, FALSE};
    g_auto(FmProfilePlace) title = {NULL};
    g_autofree char *note = NULL;
    double version = 0;

    if (!fm_profile_check_keys(root, known, error) ||
        !fm_profile_take_number(root, "facmap_profile", any, &version, error)) {
        return FALSE;
    }
    if (version != VERSION) {
        return fm_profile_fail(root, "facmap_profile", error,
                               "must be 1: is this a travel profile?");
    }
    if (!fm_profile_take_text(root, "name", &profile->name, error) ||
        !fm_profile_take_text(root, "note", &note, error) ||
        !fm_profile_take_number(root, "access_kmh", FM_PROFILE_SPEED, &profile->access_mps,
                                error) ||
        !fm_profile_take_place(root, "title", &title, error)) {
        return FALSE;
    }
    if (profile->name == NULL || *profile->name == '\0') {
        return fm_profile_fail(root, "name", error, "missing");
    }
    return title.object == NULL || (fm_profile_check_keys(&title, languages, error) &&
                                    fm_profile_take_text(&title, "en", &profile->title_en, error) &&
                                    fm_profile_take_text(&title, "zh", &profile->title_zh, error));
}

/* ---- the document ------------------------------------------------------------------------- */

static FmProfile *profile_new(void)
{
    FmProfile *profile = g_new0(FmProfile, 1);

    profile->access_mps = 4.5 * FM_KMH;
    profile->maxspeed_factor = 1;
    profile->max_mps = FM_PROFILE_MAX_KMH * FM_KMH;
    profile->class_mps = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    profile->zones_mps = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    profile->class_crossing_s = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    profile->factors = g_ptr_array_new_with_free_func(fm_profile_rule_free);
    profile->oneway_exempt = g_ptr_array_new_with_free_func(fm_profile_rule_free);
    profile->deny = g_ptr_array_new_with_free_func(fm_profile_rule_free);
    return profile;
}

FmProfile *fm_profile_parse(const char *text, gsize length, const char *file, GError **error)
{
    g_autoptr(JsonParser) parser = json_parser_new();
    g_autoptr(FmProfile) profile = profile_new();
    g_autoptr(GError) failure = NULL;
    g_auto(FmProfilePlace) root = {.file = file, .path = g_strdup("")};

    g_autofree char *strict = fm_json_strict(text, (gssize)length, error);
    if (strict == NULL) {
        g_prefix_error(error, "%s: ", file);
        return NULL;
    }
    if (!json_parser_load_from_data(parser, strict, -1, &failure)) {
        /* "<data>:3:7: Parse error: ..." */
        const char *message = failure->message;
        message += g_str_has_prefix(message, "<data>:") ? strlen("<data>:") : 0;
        g_set_error(error, FM_ERROR, FM_ERROR_PARSE, "%s: line:column %s", file, message);
        return NULL;
    }
    JsonNode *node = json_parser_get_root(parser);
    if (node == NULL || !JSON_NODE_HOLDS_OBJECT(node)) {
        fm_profile_fail(&root, NULL, error, "not a JSON object");
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
