/* A result under construction, and its end. */
#include "analysis-internal.h"

static void layer_free(void *data)
{
    FmResultLayer *layer = data;
    g_free(layer->title_en);
    g_free(layer->title_zh);
    fm_table_free(layer->table);
    g_free(layer);
}

FmResult *fm_result_new(const char *command, const char *name)
{
    FmResult *result = g_new0(FmResult, 1);
    result->command = g_strdup(command);
    result->name = g_strdup(name);
    result->inputs = g_ptr_array_new_with_free_func(g_free);
    result->layers = g_ptr_array_new_with_free_func(layer_free);
    result->warnings = g_ptr_array_new_with_free_func(g_free);
    return result;
}

void fm_result_free(FmResult *result)
{
    if (!result)
        return;
    g_free(result->command);
    g_free(result->name);
    g_free(result->parameters);
    g_free(result->summary);
    g_ptr_array_unref(result->inputs);
    g_ptr_array_unref(result->layers);
    g_ptr_array_unref(result->warnings);
    fm_network_free(result->network);
    g_free(result);
}

const FmTable *fm_result_table(const FmResult *result, const char *suffix)
{
    for (guint i = 0; i < result->layers->len; i++) {
        const FmResultLayer *layer = g_ptr_array_index(result->layers, i);
        if (g_str_equal(layer->suffix, suffix))
            return layer->table;
    }
    return NULL;
}

char *fm_result_slug(const char *text)
{
    char *slug = g_ascii_strdown(text, -1);
    for (char *c = slug; *c; c++)
        if (!g_ascii_isalnum(*c))
            *c = '_';
    return slug;
}

static gboolean check_one(const char *name, const char *suffix, GError **error)
{
    g_autofree char *layer = g_strconcat(name, suffix, NULL);
    return fm_layer_name_check(layer, error);
}

gboolean fm_result_check_names(const char *name, const char *const *suffixes, const char *by,
                               GError **error)
{
    for (gsize i = 0; suffixes[i]; i++)
        if (!check_one(name, suffixes[i], error))
            return FALSE;
    g_autofree char *by_suffix = g_strconcat("_by_", by, NULL);
    return !by || check_one(name, by_suffix, error);
}

void fm_result_add_layer_info(FmResult *result, const FmLayerInfo *info)
{
    for (guint i = 0; i < result->inputs->len; i++)
        if (g_str_equal(g_ptr_array_index(result->inputs, i), info->name))
            return;
    g_ptr_array_add(result->inputs, g_strdup(info->name));
    if (info->modelled) {
        result->modelled = TRUE;
        fm_result_warn(result, "layer '%s' is modelled, and so is every figure made from it",
                       info->name);
    }
}

void fm_result_add_input(FmResult *result, const FmFeatures *features)
{
    fm_result_add_layer_info(result, features->info);
}

void fm_result_warn(FmResult *result, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_ptr_array_add(result->warnings, g_strdup_vprintf(format, args));
    va_end(args);
}

void fm_result_warn_unlocated(FmResult *result, const FmFeatures *features, const char *consequence)
{
    if (features->n_unlocated == 0)
        return;
    fm_result_warn(
        result, "layer '%s': %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT " rows have no position %s",
        features->info->name, features->n_unlocated, features->n, consequence);
}

void fm_result_add_layer(FmResult *result, const char *suffix, char *title_en, char *title_zh,
                         FmTable *table)
{
    FmResultLayer *layer = g_new(FmResultLayer, 1);
    layer->suffix = g_intern_string(suffix);
    layer->title_en = title_en;
    layer->title_zh = title_zh;
    layer->table = table;
    g_ptr_array_add(result->layers, layer);
}

gboolean fm_limit_check_kind(const FmLimit *limit, const FmVia *via, GError **error)
{
    if (via || limit->kind == FM_LIMIT_LENGTH)
        return TRUE;
    g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                "'%s' is a time; in a straight line reach is a length such as 3km: give one, or a "
                "way to travel (--via walk)",
                limit->text);
    return FALSE;
}
