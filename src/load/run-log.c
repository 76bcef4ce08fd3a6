/* What the run log keeps of a load beside its parameters: the files that were read, and how each
 * one's columns were mapped, counted and changed. */
#include "load-internal.h"

#include <json-glib/json-glib.h>

static void add_counts(JsonBuilder *builder, const FmLoadReport *report)
{
    const struct {
        const char *key;
        gint64 n;
    } counts[] = {
        {"read", report->n_read},           {"loaded", report->n_loaded},
        {"updated", report->n_updated},     {"unchanged", report->n_unchanged},
        {"unlocated", report->n_unlocated}, {"rejected", report->n_rejected},
        {"changes", report->n_changes},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(counts); i++) {
        json_builder_set_member_name(builder, counts[i].key);
        json_builder_add_int_value(builder, counts[i].n);
    }
}

static void add_texts(JsonBuilder *builder, const char *key, const GPtrArray *texts)
{
    json_builder_set_member_name(builder, key);
    json_builder_begin_array(builder);
    for (guint i = 0; i < texts->len; i++) {
        json_builder_add_string_value(builder, g_ptr_array_index(texts, i));
    }
    json_builder_end_array(builder);
}

gboolean fm_load_log(FmRun *run, const GPtrArray *reports, GError **error)
{
    g_autoptr(JsonBuilder) builder = json_builder_new_immutable();

    json_builder_begin_array(builder);
    for (guint i = 0; i < reports->len; i++) {
        const FmLoadReport *report = g_ptr_array_index(reports, i);
        g_autofree char *name = fm_path_name(report->path);
        json_builder_begin_object(builder);
        json_builder_set_member_name(builder, "file");
        json_builder_add_string_value(builder, name);
        json_builder_set_member_name(builder, "layer");
        json_builder_add_string_value(builder, report->layer);
        add_counts(builder, report);
        add_texts(builder, "mapping", report->mapping);
        add_texts(builder, "notes", report->warnings);
        json_builder_end_object(builder);
        if (!fm_run_add_file(run, name, report->n_read, report->sha256, error)) {
            return FALSE;
        }
    }
    json_builder_end_array(builder);
    g_autoptr(JsonNode) root = json_builder_get_root(builder);
    g_autofree char *json = json_to_string(root, FALSE);
    return fm_run_note(run, "outcome", json, error);
}
