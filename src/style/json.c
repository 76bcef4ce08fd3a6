/* JSON documents as nodes of json-glib, which is given what core found to be strict. */
#include "style-internal.h"

JsonNode *fm__json_parse(const char *text, GError **error)
{
    g_autofree char *strict = fm_json_strict(text, -1, error);
    g_autoptr(GError) json_error = NULL;
    g_autoptr(JsonParser) parser = json_parser_new_immutable();
    if (strict == NULL) {
        return NULL;
    }
    if (!json_parser_load_from_data(parser, strict, -1, &json_error)) {
        /* "<data>:3:7: Parse error: …" */
        const char *message = json_error->message;
        message += g_str_has_prefix(message, "<data>:") ? strlen("<data>:") : 0;
        g_set_error(error, FM_ERROR, FM_ERROR_PARSE, "line:column %s", message);
        return NULL;
    }
    JsonNode *root = json_parser_steal_root(parser);
    if (root == NULL) {
        g_set_error(error, FM_ERROR, FM_ERROR_PARSE, "no JSON value");
    }
    return root;
}
