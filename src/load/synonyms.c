/* What people call things: headings that mean a field, words that mean a status.  The words are
 * data (geodata/synonyms.json, compiled in, so that the library needs no file at run time); a
 * user's file of the same form adds to them.
 *
 * Two spellings are one word when they fold to the same: compatibility characters made ordinary
 * (Unicode NFKC: full-width letters, digits and brackets), case folded, traditional characters made
 * simplified (a table in the same file), and everything but letters and digits left out. */
#include "json-read.h"
#include "load-internal.h"
#include "synonyms-shipped.h"

#include <string.h>

#define SYNONYMS_VERSION 1.0
#define MAX_SIZE (4 << 20)

struct FmSynonyms {
    GHashTable *fields;    /* folded heading → field's key (char*) */
    GHashTable *status;    /* folded word → status */
    GHashTable *nothing;   /* folded words for "no value" */
    GHashTable *variants;  /* gunichar → gunichar */
    GPtrArray *qualifiers; /* folded, longest first: "wgs84" in "longitude_wgs84" */
    GPtrArray *files;      /* names of the files that were added */
};

/* ---- folding ---- */

static gunichar plain_char(const FmSynonyms *synonyms, gunichar c)
{
    gpointer simplified = g_hash_table_lookup(synonyms->variants, GUINT_TO_POINTER(c));

    return simplified != NULL ? GPOINTER_TO_UINT(simplified) : c;
}

char *fm_synonyms_fold(const FmSynonyms *synonyms, const char *text)
{
    g_autofree char *compatible = g_utf8_normalize(text, -1, G_NORMALIZE_NFKC);
    g_autofree char *lower = g_utf8_casefold(compatible != NULL ? compatible : "", -1);
    GString *folded = g_string_new(NULL);

    for (const char *c = lower; *c != '\0'; c = g_utf8_next_char(c)) {
        gunichar letter = plain_char(synonyms, g_utf8_get_char(c));
        if (g_unichar_isalnum(letter)) {
            g_string_append_unichar(folded, letter);
        }
    }
    return g_string_free(folded, FALSE);
}

/* "面积（平方米）" → "面积": what stands before the first bracket.  Transfer full. */
static char *without_brackets(const char *heading)
{
    g_autofree char *compatible = g_utf8_normalize(heading, -1, G_NORMALIZE_NFKC);

    if (compatible == NULL) {
        return g_strdup("");
    }
    return g_strndup(compatible, strcspn(compatible, "([{"));
}

/* ---- adding words ---- */

static gboolean add_word(FmSynonyms *synonyms, const FmJson *json, GHashTable *words,
                         GHashTable *here, const char *key, const char *word, GError **error)
{
    g_autofree char *folded = fm_synonyms_fold(synonyms, word);
    const char *other = g_hash_table_lookup(here, folded);

    if (*folded == '\0') {
        return fm_json_fail(json, key, error, "'%s' holds no letter or digit", word);
    }
    if (other != NULL && strcmp(other, key) != 0) {
        return fm_json_fail(json, key, error, "'%s' also stands under %s; give it one meaning",
                            word, other);
    }
    g_hash_table_insert(here, g_strdup(folded), g_strdup(key));
    g_hash_table_insert(words, g_steal_pointer(&folded), g_strdup(key));
    return TRUE;
}

static gboolean add_words(FmSynonyms *synonyms, const FmJson *json, const char *key,
                          GHashTable *words, GHashTable *here, GError **error)
{
    JsonArray *list = NULL;

    if (!fm_json_take_array(json, key, &list, error) ||
        !add_word(synonyms, json, words, here, key, key, error)) {
        return FALSE;
    }
    for (guint i = 0; i < json_array_get_length(list); i++) {
        JsonNode *node = json_array_get_element(list, i);
        if (!JSON_NODE_HOLDS_VALUE(node) || json_node_get_value_type(node) != G_TYPE_STRING) {
            return fm_json_fail(json, key, error, "element %u is not a text", i);
        }
        if (!add_word(synonyms, json, words, here, key, json_node_get_string(node), error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* One of "fields" and "status": {key: [word, …]}.  A later file's meaning of a word wins. */
static gboolean add_section(FmSynonyms *synonyms, const FmJson *document, const char *name,
                            GHashTable *words, GError **error)
{
    FmJson section = {.file = document->file, .path = name};
    g_autoptr(GHashTable) here = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    JsonObjectIter iter;
    const char *key;

    if (!fm_json_take_object(document, name, &section.object, error)) {
        return FALSE;
    }
    if (section.object == NULL) {
        return TRUE;
    }
    json_object_iter_init_ordered(&iter, section.object);
    while (json_object_iter_next_ordered(&iter, &key, NULL)) {
        if (words == synonyms->status && !fm_status_is_known(key)) {
            return fm_json_fail(&section, key, error, "no status; known are " FM_STATUS_WORDS);
        }
        if (!add_words(synonyms, &section, key, words, here, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* Pairs of one traditional and one simplified character. */
static gboolean add_variants(FmSynonyms *synonyms, const FmJson *json, GError **error)
{
    g_autofree char *pairs = NULL;

    if (!fm_json_take_string(json, "variants", &pairs, error)) {
        return FALSE;
    }
    if (pairs != NULL && g_utf8_strlen(pairs, -1) % 2 != 0) {
        return fm_json_fail(json, "variants", error, "not pairs of characters: an odd number");
    }
    for (const char *c = pairs; c != NULL && *c != '\0';) {
        gunichar from = g_utf8_get_char(c);
        c = g_utf8_next_char(c);
        g_hash_table_insert(synonyms->variants, GUINT_TO_POINTER(from),
                            GUINT_TO_POINTER(g_utf8_get_char(c)));
        c = g_utf8_next_char(c);
    }
    return TRUE;
}

static gint longest_first(gconstpointer a, gconstpointer b)
{
    gsize left = strlen(*(const char *const *)a), right = strlen(*(const char *const *)b);

    return left > right ? -1 : left < right;
}

/* The texts of a list, folded (transfer full).  NULL with FM_ERROR_PARSE. */
static GPtrArray *take_folded(const FmSynonyms *synonyms, const FmJson *json, const char *key,
                              GError **error)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
    JsonArray *list = NULL;

    if (!fm_json_take_array(json, key, &list, error)) {
        return NULL;
    }
    for (guint i = 0; list != NULL && i < json_array_get_length(list); i++) {
        JsonNode *node = json_array_get_element(list, i);
        if (!JSON_NODE_HOLDS_VALUE(node) || json_node_get_value_type(node) != G_TYPE_STRING) {
            fm_json_fail(json, key, error, "element %u is not a text", i);
            return NULL;
        }
        char *folded = fm_synonyms_fold(synonyms, json_node_get_string(node));
        g_ptr_array_add(words, folded);
        if (*folded == '\0') {
            fm_json_fail(json, key, error, "element %u holds no letter or digit", i);
            return NULL;
        }
    }
    return g_steal_pointer(&words);
}

static gboolean add_lists(FmSynonyms *synonyms, const FmJson *json, GError **error)
{
    g_autoptr(GPtrArray) qualifiers = take_folded(synonyms, json, "qualifiers", error);
    g_autoptr(GPtrArray) nothing =
        qualifiers != NULL ? take_folded(synonyms, json, "nothing", error) : NULL;

    if (nothing == NULL) {
        return FALSE;
    }
    for (guint i = 0; i < nothing->len; i++) {
        g_hash_table_add(synonyms->nothing, g_strdup(g_ptr_array_index(nothing, i)));
    }
    g_ptr_array_extend_and_steal(synonyms->qualifiers, g_steal_pointer(&qualifiers));
    g_ptr_array_sort(synonyms->qualifiers, longest_first);
    return TRUE;
}

gboolean fm_synonyms_parse(FmSynonyms *synonyms, const char *text, gsize length, const char *file,
                           GError **error)
{
    static const char *const known[] = {"facmap",     "version",  "note",    "fields", "status",
                                        "qualifiers", "variants", "nothing", NULL};
    g_autofree char *facmap = NULL;
    double version = 0;
    g_autoptr(JsonParser) parser = fm_json_parse(text, length, file, error);
    if (parser == NULL) {
        return FALSE;
    }
    FmJson json = {
        .object = json_node_get_object(json_parser_get_root(parser)), .file = file, .path = ""};
    if (!fm_json_check_keys(&json, known, error) ||
        !fm_json_take_string(&json, "facmap", &facmap, error) ||
        !fm_json_take_number(&json, "version", &version, error)) {
        return FALSE;
    }
    if (g_strcmp0(facmap, "synonyms") != 0) {
        return fm_json_fail(&json, "facmap", error, "must be \"synonyms\" in a synonyms file");
    }
    if (version != SYNONYMS_VERSION) {
        return fm_json_fail(&json, "version", error, "must be %d, the one this facmap reads",
                            (int)SYNONYMS_VERSION);
    }
    /* The variants first: all that follows is folded with them. */
    return add_variants(synonyms, &json, error) &&
           add_section(synonyms, &json, "fields", synonyms->fields, error) &&
           add_section(synonyms, &json, "status", synonyms->status, error) &&
           add_lists(synonyms, &json, error);
}

/* ---- the object ---- */

FmSynonyms *fm_synonyms_new(void)
{
    FmSynonyms *synonyms = g_atomic_rc_box_new0(FmSynonyms);
    g_autoptr(GError) failure = NULL;

    synonyms->fields = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    synonyms->status = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    synonyms->nothing = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    synonyms->variants = g_hash_table_new(NULL, NULL);
    synonyms->qualifiers = g_ptr_array_new_with_free_func(g_free);
    synonyms->files = g_ptr_array_new_with_free_func(g_free);
    if (!fm_synonyms_parse(synonyms, (const char *)fm_synonyms_shipped, sizeof fm_synonyms_shipped,
                           "synonyms.json", &failure)) {
        g_error("the synonyms that facmap was built with: %s", failure->message);
    }
    return synonyms;
}

FmSynonyms *fm_synonyms_ref(FmSynonyms *synonyms)
{
    return g_atomic_rc_box_acquire(synonyms);
}

static void clear(gpointer data)
{
    FmSynonyms *synonyms = data;

    g_hash_table_unref(synonyms->fields);
    g_hash_table_unref(synonyms->status);
    g_hash_table_unref(synonyms->nothing);
    g_hash_table_unref(synonyms->variants);
    g_ptr_array_unref(synonyms->qualifiers);
    g_ptr_array_unref(synonyms->files);
}

void fm_synonyms_unref(FmSynonyms *synonyms)
{
    if (synonyms != NULL) {
        g_atomic_rc_box_release_full(synonyms, clear);
    }
}

gboolean fm_synonyms_read(FmSynonyms *synonyms, const char *path, GError **error)
{
    g_autofree char *file = g_path_get_basename(path);
    g_autofree char *text = NULL;
    g_autoptr(GError) failure = NULL;
    gsize length = 0;

    g_return_val_if_fail(synonyms != NULL && path != NULL, FALSE);
    if (!g_file_get_contents(path, &text, &length, &failure)) {
        gboolean absent = g_error_matches(failure, G_FILE_ERROR, G_FILE_ERROR_NOENT);
        g_set_error(error, FM_ERROR, absent ? FM_ERROR_NOT_FOUND : FM_ERROR_IO, "%s: %s", path,
                    absent ? "no such file" : "cannot be read");
        return FALSE;
    }
    if (length > MAX_SIZE) {
        g_set_error(error, FM_ERROR, FM_ERROR_PARSE, "%s: too large for a synonyms file", file);
        return FALSE;
    }
    if (!fm_synonyms_parse(synonyms, text, length, file, error)) {
        return FALSE;
    }
    g_ptr_array_add(synonyms->files, g_steal_pointer(&file));
    return TRUE;
}

const GPtrArray *fm_synonyms_files(const FmSynonyms *synonyms)
{
    return synonyms->files;
}

/* ---- asking ---- */

/* "longitudewgs84" → "longitude"; FALSE when no qualifier ends it. */
static gboolean cut_qualifier(const FmSynonyms *synonyms, char *folded)
{
    for (guint i = 0; i < synonyms->qualifiers->len; i++) {
        const char *qualifier = g_ptr_array_index(synonyms->qualifiers, i);
        gsize length = strlen(folded), cut = strlen(qualifier);
        if (length > cut && strcmp(folded + length - cut, qualifier) == 0) {
            folded[length - cut] = '\0';
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean is_position(const char *field)
{
    static const char *const keys[] = {"lon",    "lat",    "x",   "y", "coordinates",
                                       "lonlat", "latlon", "wkt", NULL};

    return g_strv_contains(keys, field);
}

const char *fm_synonyms_field(const FmSynonyms *synonyms, const char *heading, FmMatch *match)
{
    g_autofree char *whole = fm_synonyms_fold(synonyms, heading);
    g_autofree char *outer = without_brackets(heading);
    const char *field = g_hash_table_lookup(synonyms->fields, whole);

    if (field != NULL) {
        g_autofree char *own = fm_synonyms_fold(synonyms, field);
        *match = strcmp(own, whole) == 0 ? FM_MATCH_OWN_NAME : FM_MATCH_SYNONYM;
        return field;
    }
    *match = FM_MATCH_QUALIFIED;
    g_autofree char *stem = fm_synonyms_fold(synonyms, outer);
    field = g_hash_table_lookup(synonyms->fields, stem);
    while (field == NULL && cut_qualifier(synonyms, stem)) {
        const char *qualified = g_hash_table_lookup(synonyms->fields, stem);
        /* "lat_wgs84" is a latitude, but a "name_84" may be anything. */
        field = qualified != NULL && is_position(qualified) ? qualified : NULL;
    }
    return field;
}

const char *fm_synonyms_status(const FmSynonyms *synonyms, const char *word)
{
    g_autofree char *whole = fm_synonyms_fold(synonyms, word);
    const char *status = g_hash_table_lookup(synonyms->status, whole);

    if (status == NULL) {
        g_autofree char *outer = without_brackets(word);
        g_autofree char *stem = fm_synonyms_fold(synonyms, outer);
        status = g_hash_table_lookup(synonyms->status, stem);
    }
    return status;
}

gboolean fm_synonyms_is_nothing(const FmSynonyms *synonyms, const char *text)
{
    g_autofree char *folded = fm_synonyms_fold(synonyms, text);

    /* A dash or a slash alone says as much as a word. */
    return *folded == '\0' || g_hash_table_contains(synonyms->nothing, folded);
}

gboolean fm_synonyms_same(const FmSynonyms *synonyms, const char *a, const char *b)
{
    g_autofree char *left = fm_synonyms_fold(synonyms, a);
    g_autofree char *right = fm_synonyms_fold(synonyms, b);

    return *left != '\0' && strcmp(left, right) == 0;
}
