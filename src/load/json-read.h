/* Strict reading of JSON objects: every key is known, every value has its type, and each error says
 * where: "dataset.json: sources[2].title.fr: unknown key; known are en, zh". */
#ifndef FACMAP_JSON_READ_H
#define FACMAP_JSON_READ_H

#include <facmap/core.h>
#include <json-glib/json-glib.h>

/* An object and where it is.  A value on the stack; `path` is borrowed. */
typedef struct {
    JsonObject *object; /* borrowed from the parser */
    const char *file;   /* for messages */
    const char *path;   /* "sources[2].title"; "" for the document */
} FmJson;

/* Parses a document whose root is an object.
 * @return transfer full (g_object_unref); NULL with FM_ERROR_PARSE */
JsonParser *fm_json_parse(const char *text, gsize length, const char *file, GError **error);

/* Sets FM_ERROR_PARSE at `key` of `json` (NULL = the object itself); returns FALSE. */
gboolean fm_json_fail(const FmJson *json, const char *key, GError **error, const char *format, ...)
    G_GNUC_PRINTF(4, 5);
/* @param known NULL-terminated */
gboolean fm_json_check_keys(const FmJson *json, const char *const *known, GError **error);
/* Each leaves *out as it is when the key is absent.  Strings: transfer full. */
gboolean fm_json_take_string(const FmJson *json, const char *key, char **out, GError **error);
gboolean fm_json_take_number(const FmJson *json, const char *key, double *out, GError **error);
gboolean fm_json_take_boolean(const FmJson *json, const char *key, gboolean *out, GError **error);
/* *out is borrowed, NULL when absent. */
gboolean fm_json_take_object(const FmJson *json, const char *key, JsonObject **out, GError **error);
gboolean fm_json_take_array(const FmJson *json, const char *key, JsonArray **out, GError **error);
/* The path of a member: "sources[2].title".  Transfer full. */
char *fm_json_path(const FmJson *json, const char *key);

#endif
