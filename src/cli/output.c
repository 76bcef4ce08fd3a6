/* What commands print: words for people, or one JSON document and nothing else. */

#include "cli.h"

#include <stdio.h>

void cli_say(const CliContext *context, const char *format, ...)
{
    if (context->json || context->quiet)
        return;
    cli_terminal_stop();
    va_list arguments;
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
}

void cli_warn_all(const CliContext *context, const GPtrArray *warnings)
{
    if (context->json || warnings == NULL)
        return;
    cli_terminal_stop();
    for (guint i = 0; i < warnings->len; i++)
        fprintf(stderr, "facmap %s: note: %s\n", context->command->name,
                (const char *)g_ptr_array_index(warnings, i));
}

void cli_json_set_text(JsonObject *object, const char *key, const char *value)
{
    if (value == NULL) {
        json_object_set_null_member(object, key);
        return;
    }
    g_autofree char *valid = g_utf8_make_valid(value, -1);
    json_object_set_string_member(object, key, valid);
}

void cli_print_json(const CliContext *context, gint64 run_id, JsonNode *result,
                    const GPtrArray *warnings)
{
    if (!context->json) {
        json_node_unref(result);
        return;
    }
    cli_terminal_stop();
    g_autoptr(JsonObject) envelope = json_object_new();
    json_object_set_string_member(envelope, "command", context->command->name);
    json_object_set_string_member(envelope, "version", fm_version());
    if (run_id > 0)
        json_object_set_int_member(envelope, "run_id", run_id);
    else
        json_object_set_null_member(envelope, "run_id");
    json_object_set_member(envelope, "result", result);
    JsonArray *list = json_array_new();
    for (guint i = 0; warnings != NULL && i < warnings->len; i++)
        json_array_add_string_element(list, g_ptr_array_index(warnings, i));
    json_object_set_array_member(envelope, "warnings", list);

    g_autoptr(JsonNode) root = json_node_init_object(json_node_alloc(), envelope);
    g_autofree char *text = json_to_string(root, TRUE);
    puts(text);
}
