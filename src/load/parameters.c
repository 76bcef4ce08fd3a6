/* What determines the result of a load, as JSON for the run log. */
#include "load-internal.h"

#include <json-glib/json-glib.h>
#include <string.h>

static void set_text(JsonBuilder *builder, const char *key, const char *value)
{
    if (value != NULL) {
        json_builder_set_member_name(builder, key);
        json_builder_add_string_value(builder, value);
    }
}

static gint compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(a, b);
}

static void add_source_parameters(JsonBuilder *builder, const FmSource *source)
{
    g_autofree char *name = fm_path_name(source->path);

    json_builder_begin_object(builder);
    set_text(builder, "file", name);
    set_text(builder, "ogr_layer", source->ogr_layer);
    set_text(builder, "layer", source->layer);
    set_text(builder, "crs", source->crs);
    set_text(builder, "encoding", source->encoding);
    set_text(builder, "x", source->x_field);
    set_text(builder, "y", source->y_field);
    set_text(builder, "wkt", source->wkt_field);
    set_text(builder, "locate_by", source->locate_by);
    set_text(builder, "key", source->key);
    if (source->cell_m > 0) {
        json_builder_set_member_name(builder, "cell_m");
        json_builder_add_double_value(builder, source->cell_m);
    }
    if (source->fields != NULL) {
        g_autoptr(GList) names = g_list_sort(g_hash_table_get_keys(source->fields), compare_names);
        json_builder_set_member_name(builder, "fields");
        json_builder_begin_object(builder);
        for (const GList *at = names; at != NULL; at = at->next) {
            set_text(builder, at->data, g_hash_table_lookup(source->fields, at->data));
        }
        json_builder_end_object(builder);
    }
    if (source->synonyms != NULL) {
        const GPtrArray *files = fm_synonyms_files(source->synonyms);
        json_builder_set_member_name(builder, "synonyms");
        json_builder_begin_array(builder);
        for (guint i = 0; i < files->len; i++) {
            json_builder_add_string_value(builder, g_ptr_array_index(files, i));
        }
        json_builder_end_array(builder);
    }
    json_builder_end_object(builder);
}

char *fm_load_parameters(const FmDataset *dataset, const FmSource *const *sources, gsize n,
                         const FmLoadOptions *options)
{
    static const char *const modes[] = {"create", "append", "update", "replace"};
    g_autoptr(JsonBuilder) builder = json_builder_new_immutable();

    json_builder_begin_object(builder);
    set_text(builder, "dataset", dataset != NULL ? dataset->name : NULL);
    set_text(builder, "mode", modes[options->mode]);
    json_builder_set_member_name(builder, "strict");
    json_builder_add_boolean_value(builder, options->strict);
    json_builder_set_member_name(builder, "sources");
    json_builder_begin_array(builder);
    for (gsize i = 0; i < n; i++) {
        add_source_parameters(builder, sources[i]);
    }
    json_builder_end_array(builder);
    json_builder_end_object(builder);
    g_autoptr(JsonNode) root = json_builder_get_root(builder);
    return json_to_string(root, FALSE);
}
