/* The dataset manifest: a JSON document that lists sources.  docs/dataset.md describes its keys. */
#include "json-read.h"
#include "load-internal.h"

#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define MANIFEST_VERSION 1.0
/* Enough for thousands of sources; a data file that is not a manifest is refused early. */
#define MAX_SIZE (16 << 20)
/* How much is read to tell a manifest from another JSON file. */
#define HEAD_SIZE 4096u

static void column_title_free(gpointer data)
{
    FmColumnTitle *title = data;

    g_free(title->column);
    g_free(title->title_en);
    g_free(title->title_zh);
    g_free(title);
}

static void source_free(gpointer source)
{
    fm_source_free(source);
}

/* "title": {"en": …, "zh": …} */
static gboolean take_titles(const FmJson *json, const char *key, char **en, char **zh,
                            GError **error)
{
    static const char *const known[] = {"en", "zh", NULL};
    g_autofree char *path = fm_json_path(json, key);
    FmJson titles = {.file = json->file, .path = path};

    if (!fm_json_take_object(json, key, &titles.object, error)) {
        return FALSE;
    }
    return titles.object == NULL || (fm_json_check_keys(&titles, known, error) &&
                                     fm_json_take_string(&titles, "en", en, error) &&
                                     fm_json_take_string(&titles, "zh", zh, error));
}

/* "columns": {column: {"en": …, "zh": …}}, appended to `list`. */
static gboolean take_columns(const FmJson *json, GPtrArray *list, GError **error)
{
    g_autofree char *path = fm_json_path(json, "columns");
    FmJson columns = {.file = json->file, .path = path};
    JsonObjectIter iter;
    const char *column;

    if (!fm_json_take_object(json, "columns", &columns.object, error)) {
        return FALSE;
    }
    if (columns.object == NULL) {
        return TRUE;
    }
    json_object_iter_init_ordered(&iter, columns.object);
    while (json_object_iter_next_ordered(&iter, &column, NULL)) {
        FmColumnTitle *title = g_new0(FmColumnTitle, 1);
        title->column = g_strdup(column);
        g_ptr_array_add(list, title);
        if (!take_titles(&columns, column, &title->title_en, &title->title_zh, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* "fields": {field: source column} */
static gboolean take_fields(const FmJson *json, FmSource *source, GError **error)
{
    g_autofree char *path = fm_json_path(json, "fields");
    FmJson fields = {.file = json->file, .path = path};
    JsonObjectIter iter;
    const char *field;

    if (!fm_json_take_object(json, "fields", &fields.object, error)) {
        return FALSE;
    }
    if (fields.object == NULL) {
        return TRUE;
    }
    source->fields = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    json_object_iter_init_ordered(&iter, fields.object);
    while (json_object_iter_next_ordered(&iter, &field, NULL)) {
        char *column = NULL;
        if (!fm_json_take_string(&fields, field, &column, error)) {
            return FALSE;
        }
        g_hash_table_insert(source->fields, g_strdup(field), column);
    }
    return TRUE;
}

static gboolean check_cell(const FmJson *geometry, const FmSource *source, GError **error)
{
    gboolean given = json_object_has_member(geometry->object, "cell_m");

    if (given && !(isfinite(source->cell_m) && source->cell_m > 0)) {
        return fm_json_fail(geometry, "cell_m", error, "not a positive number of metres");
    }
    return TRUE;
}

/* "geometry": {"x": column, "y": column} or {"wkt": column}; "cell_m" beside them, or alone when
 * the format has points of its own. */
static gboolean take_geometry(const FmJson *json, FmSource *source, GError **error)
{
    static const char *const known[] = {"x", "y", "wkt", "cell_m", NULL};
    g_autofree char *path = fm_json_path(json, "geometry");
    FmJson geometry = {.file = json->file, .path = path};

    if (!fm_json_take_object(json, "geometry", &geometry.object, error)) {
        return FALSE;
    }
    if (geometry.object == NULL) {
        return TRUE;
    }
    if (!fm_json_check_keys(&geometry, known, error) ||
        !fm_json_take_string(&geometry, "x", &source->x_field, error) ||
        !fm_json_take_string(&geometry, "y", &source->y_field, error) ||
        !fm_json_take_string(&geometry, "wkt", &source->wkt_field, error) ||
        !fm_json_take_number(&geometry, "cell_m", &source->cell_m, error) ||
        !check_cell(&geometry, source, error)) {
        return FALSE;
    }
    gboolean x = source->x_field != NULL, y = source->y_field != NULL;
    gboolean wkt = source->wkt_field != NULL;
    if (x != y || (x && wkt) || !(x || wkt || source->cell_m > 0)) {
        return fm_json_fail(&geometry, NULL, error, "needs x and y, or wkt");
    }
    return TRUE;
}

/* Paths are relative to the manifest, unless they are absolute or GDAL's own. */
static char *resolve(const char *path, const char *manifest)
{
    if (g_path_is_absolute(path) || strstr(path, "://") != NULL) {
        return g_strdup(path);
    }
    g_autofree char *folder = g_path_get_dirname(manifest);
    return strcmp(folder, ".") == 0 ? g_strdup(path) : g_build_filename(folder, path, NULL);
}

static gboolean take_path(const FmJson *json, const char *manifest, FmSource *source,
                          GError **error)
{
    g_autofree char *path = NULL;

    if (!fm_json_take_string(json, "path", &path, error)) {
        return FALSE;
    }
    if (path == NULL || *path == '\0') {
        return fm_json_fail(json, "path", error, "missing; every source needs a file");
    }
    source->path = resolve(path, manifest);
    return TRUE;
}

static gboolean take_source(const FmJson *json, const char *manifest, FmSource *source,
                            GError **error)
{
    static const char *const known[] = {"path",      "ogr_layer", "kind",   "layer",    "crs",
                                        "encoding",  "title",     "fields", "geometry", "cell_m",
                                        "modelled",  "licence",   "source", "note",     "columns",
                                        "locate_by", "key",       NULL};
    const struct {
        const char *key;
        char **out;
    } strings[] = {
        {"ogr_layer", &source->ogr_layer}, {"kind", &source->kind},
        {"layer", &source->layer},         {"crs", &source->crs},
        {"encoding", &source->encoding},   {"licence", &source->licence},
        {"source", &source->source},       {"note", &source->note},
        {"locate_by", &source->locate_by}, {"key", &source->key},
    };

    if (!fm_json_check_keys(json, known, error) || !take_path(json, manifest, source, error)) {
        return FALSE;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(strings); i++) {
        if (!fm_json_take_string(json, strings[i].key, strings[i].out, error)) {
            return FALSE;
        }
    }
    return take_titles(json, "title", &source->title_en, &source->title_zh, error) &&
           take_fields(json, source, error) && take_geometry(json, source, error) &&
           fm_json_take_boolean(json, "modelled", &source->modelled, error) &&
           take_columns(json, source->column_titles, error);
}

static gboolean take_sources(const FmJson *json, FmDataset *dataset, GError **error)
{
    JsonArray *list = NULL;

    if (!fm_json_take_array(json, "sources", &list, error)) {
        return FALSE;
    }
    if (list == NULL || json_array_get_length(list) == 0) {
        return fm_json_fail(json, "sources", error, "missing or empty; list at least one source");
    }
    for (guint i = 0; i < json_array_get_length(list); i++) {
        g_autofree char *path = g_strdup_printf("sources[%u]", i);
        JsonNode *node = json_array_get_element(list, i);
        FmJson element = {.file = json->file, .path = path};
        FmSource *source = fm_source_new(NULL);
        g_ptr_array_add(dataset->sources, source);
        source->column_titles = g_ptr_array_new_with_free_func(column_title_free);
        if (!JSON_NODE_HOLDS_OBJECT(node)) {
            return fm_json_fail(&element, NULL, error, "not an object");
        }
        element.object = json_node_get_object(node);
        /* The dataset's titles first: a source's own come later and win. */
        if (!take_columns(json, source->column_titles, error) ||
            !take_source(&element, dataset->path, source, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean check_kind_of_document(const FmJson *json, GError **error)
{
    g_autofree char *facmap = NULL;
    double version = 0;

    if (!fm_json_take_string(json, "facmap", &facmap, error) ||
        !fm_json_take_number(json, "version", &version, error)) {
        return FALSE;
    }
    if (g_strcmp0(facmap, "dataset") != 0) {
        return fm_json_fail(json, "facmap", error, "must be \"dataset\" in a dataset manifest");
    }
    if (version != MANIFEST_VERSION) {
        return fm_json_fail(json, "version", error, "must be %d, the one this facmap reads",
                            (int)MANIFEST_VERSION);
    }
    return TRUE;
}

FmDataset *fm_dataset_parse(const char *text, gsize length, const char *path, GError **error)
{
    static const char *const known[] = {"facmap",  "version", "name",     "title",
                                        "date",    "licence", "note",     "workspace_crs",
                                        "columns", "sources", "synonyms", NULL};
    g_autofree char *file = g_path_get_basename(path);
    g_autoptr(JsonParser) parser = fm_json_parse(text, length, file, error);
    if (parser == NULL) {
        return NULL;
    }
    FmJson json = {
        .object = json_node_get_object(json_parser_get_root(parser)), .file = file, .path = ""};
    g_autoptr(FmDataset) dataset = g_new0(FmDataset, 1);
    dataset->path = g_strdup(path);
    dataset->sources = g_ptr_array_new_with_free_func(source_free);
    if (!check_kind_of_document(&json, error) || !fm_json_check_keys(&json, known, error) ||
        !fm_json_take_string(&json, "name", &dataset->name, error) ||
        !take_titles(&json, "title", &dataset->title_en, &dataset->title_zh, error) ||
        !fm_json_take_string(&json, "date", &dataset->date, error) ||
        !fm_json_take_string(&json, "workspace_crs", &dataset->workspace_crs, error) ||
        !fm_json_take_string(&json, "licence", &dataset->licence, error) ||
        !fm_json_take_string(&json, "note", &dataset->note, error) ||
        !fm_json_take_string(&json, "synonyms", &dataset->synonyms, error) ||
        !take_sources(&json, dataset, error)) {
        return NULL;
    }
    return g_steal_pointer(&dataset);
}

/* All files of a dataset are looked for before the first is read. */
static gboolean check_files(const FmDataset *dataset, const char *file, GError **error)
{
    g_autoptr(GString) missing = g_string_new(NULL);

    for (guint i = 0; i < dataset->sources->len; i++) {
        const FmSource *source = g_ptr_array_index(dataset->sources, i);
        g_autofree char *path = fm_path_on_disk(source->path);
        if (path != NULL && !g_file_test(path, G_FILE_TEST_EXISTS)) {
            g_string_append_printf(missing, "%s%s (sources[%u])", missing->len > 0 ? ", " : "",
                                   path, i);
        }
    }
    if (missing->len > 0) {
        g_set_error(error, FM_ERROR, FM_ERROR_NOT_FOUND, "%s: no such file: %s", file,
                    missing->str);
        return FALSE;
    }
    return TRUE;
}

/* The dataset's own words, for all of its sources. */
static gboolean read_synonyms(FmDataset *dataset, GError **error)
{
    if (dataset->synonyms == NULL) {
        return TRUE;
    }
    g_autofree char *path = resolve(dataset->synonyms, dataset->path);
    g_autoptr(FmSynonyms) synonyms = fm_synonyms_new();
    if (!fm_synonyms_read(synonyms, path, error)) {
        return FALSE;
    }
    for (guint i = 0; i < dataset->sources->len; i++) {
        FmSource *source = g_ptr_array_index(dataset->sources, i);
        source->synonyms = fm_synonyms_ref(synonyms);
    }
    return TRUE;
}

FmDataset *fm_dataset_read(const char *path, GError **error)
{
    g_autofree char *file = g_path_get_basename(path);
    g_autofree char *text = NULL;
    g_autoptr(GError) failure = NULL;
    GStatBuf status;
    gsize length = 0;

    if (g_stat(path, &status) == 0 && status.st_size > MAX_SIZE) {
        g_set_error(error, FM_ERROR, FM_ERROR_PARSE, "%s: too large for a dataset manifest", file);
        return NULL;
    }
    if (!g_file_get_contents(path, &text, &length, &failure)) {
        gboolean absent = g_error_matches(failure, G_FILE_ERROR, G_FILE_ERROR_NOENT);
        g_set_error(error, FM_ERROR, absent ? FM_ERROR_NOT_FOUND : FM_ERROR_IO, "%s: %s", path,
                    absent ? "no such file" : "cannot be read");
        return NULL;
    }
    g_autoptr(FmDataset) dataset = fm_dataset_parse(text, length, path, error);
    if (dataset == NULL || !check_files(dataset, file, error) || !read_synonyms(dataset, error)) {
        return NULL;
    }
    return g_steal_pointer(&dataset);
}

void fm_dataset_free(FmDataset *dataset)
{
    if (dataset == NULL) {
        return;
    }
    char *const texts[] = {dataset->path, dataset->name,          dataset->title_en,
                           dataset->date, dataset->workspace_crs, dataset->title_zh,
                           dataset->note, dataset->licence,       dataset->synonyms};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_free(texts[i]);
    }
    g_clear_pointer(&dataset->sources, g_ptr_array_unref);
    g_free(dataset);
}

gboolean fm_dataset_is_manifest(const char *path)
{
    g_autofree char *head = g_malloc0(HEAD_SIZE + 1);
    g_autoptr(GRegex) mark = g_regex_new("^\\s*\\{.*\"facmap\"\\s*:\\s*\"dataset\"",
                                         G_REGEX_DOTALL | G_REGEX_RAW, 0, NULL);
    /* What can be read only once is left for who loads it. */
    FILE *file = g_file_test(path, G_FILE_TEST_IS_REGULAR) ? fopen(path, "rb") : NULL;

    if (file == NULL) {
        return FALSE;
    }
    gsize n = fread(head, 1, HEAD_SIZE, file);
    (void)fclose(file);
    return g_regex_match_full(mark, head, (gssize)n, 0, 0, NULL, NULL);
}
