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
    vprintf(format, arguments); /* NOLINT: clang-tidy 14 does not see va_start above */
    va_end(arguments);
}

void cli_warn_all(const CliContext *context, const GPtrArray *warnings)
{
    if (context->json || context->quiet || warnings == NULL)
        return;
    cli_terminal_stop();
    fflush(stdout); /* the order of the lines is kept where both streams are one file */
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

static char *warnings_text(const GPtrArray *warnings)
{
    JsonArray *list = json_array_new();
    for (guint i = 0; warnings != NULL && i < warnings->len; i++) {
        g_autofree char *valid = g_utf8_make_valid(g_ptr_array_index(warnings, i), -1);
        json_array_add_string_element(list, valid);
    }
    g_autoptr(JsonNode) node = json_node_init_array(json_node_alloc(), list);
    json_array_unref(list);
    return json_to_string(node, FALSE);
}

void cli_print_json_text(const CliContext *context, gint64 run_id, const char *result,
                         const GPtrArray *warnings)
{
    if (!context->json)
        return;
    cli_terminal_stop();
    g_autofree char *run =
        run_id > 0 ? g_strdup_printf("%" G_GINT64_FORMAT, run_id) : g_strdup("null");
    g_autofree char *notes = warnings_text(warnings);
    printf("{\n\"command\": \"%s\",\n\"version\": \"%s\",\n\"run_id\": %s,\n\"result\": %s,\n"
           "\"warnings\": %s\n}\n",
           context->command->name, fm_version(), run, result, notes);
}

void cli_print_json(const CliContext *context, gint64 run_id, JsonNode *result,
                    const GPtrArray *warnings)
{
    g_autofree char *text = context->json ? json_to_string(result, TRUE) : NULL;
    json_node_unref(result);
    if (text != NULL)
        cli_print_json_text(context, run_id, text, warnings);
}
