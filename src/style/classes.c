/* "facmap:classes" written out: the limits found in the data, the colours as a `step` expression,
 * the legend's entries with their limits, and a layer for features without a value.  What comes out
 * is an ordinary document, so drawing, legends and export know nothing of classes. */
#include "classes.h"
#include "layer-write.h"
#include "style-document.h"
#include "theme.h"

#include <facmap/palette.h>
#include <math.h>

#define KEY "facmap:classes"

static void classed_clear(FmClassed *classed)
{
    fm__classes_spec_free(classed->spec);
    g_free(classed->values);
    g_free(classed->value);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmClassed, classed_clear)

/* ---- the data ---- */

static gboolean choose_colors(FmClassed *classed, GError **error)
{
    const FmClassesSpec *spec = classed->spec;
    gsize n = classed->limits.n_classes;
    FmColor colors[FM_CLASSES_MAX];

    if (spec->palette != NULL && !fm_palette_colors(spec->palette, n, colors, NULL, error)) {
        return FALSE;
    }
    for (gsize c = 0; c < n; c++) {
        /* Given colours are as many as were asked for; fewer classes take them evenly. */
        gsize from = n > 1 ? c * (spec->n_classes - 1) / (n - 1) : spec->n_classes / 2;
        gsize to = spec->reverse ? n - 1 - c : c;
        classed->colors[to] =
            spec->colors != NULL ? g_array_index(spec->colors, FmColor, from) : colors[c];
    }
    return TRUE;
}

/* ---- JSON ---- */

static char *step_expression(const FmClassed *classed)
{
    g_autofree char *first = fm__layer_hex(classed->colors[0]);
    GString *text = g_string_new(NULL);

    if (classed->limits.n_classes == 1) {
        g_string_append(text, first);
        return g_string_free(text, FALSE);
    }
    g_string_append_printf(text, "[\"step\", %s, %s", classed->value, first);
    for (gsize c = 1; c < classed->limits.n_classes; c++) {
        g_autofree char *limit = fm_format_double(classed->limits.steps[c - 1]);
        g_autofree char *color = fm__layer_hex(classed->colors[c]);
        g_string_append_printf(text, ", %s, %s", limit, color);
    }
    g_string_append_c(text, ']');
    return g_string_free(text, FALSE);
}

/* ---- the layers ---- */

/* Largest class first. */
static void write_legend(const FmClassed *classed, JsonObject *metadata)
{
    g_autoptr(JsonArray) entries = json_array_new();

    for (gsize c = classed->limits.n_classes; c-- > 0;) {
        JsonNode *entry = fm__class_entry(classed, c);
        if (entry != NULL) {
            json_array_add_element(entries, entry);
        }
    }
    fm__layer_add_legend(metadata, entries);
}

static void write_classed(const FmClassed *classed, JsonObject *layer)
{
    g_autofree char *step = step_expression(classed);
    g_autofree char *has_value = fm__layer_is_number(classed->value, TRUE);
    JsonObject *metadata = fm__layer_member(layer, "metadata");

    json_object_set_member(fm__layer_member(layer, "paint"), classed->spec->property,
                           fm__layer_json(step));
    fm__layer_add_filter(layer, has_value);
    json_object_remove_member(metadata, KEY);
    write_legend(classed, metadata);
}

/* Finds the classes of one layer and appends what takes its place. */
static gboolean write_layer(const FmStyle *style, FmClassed *classed, JsonNode *original,
                            JsonArray *out, GError **error)
{
    g_autofree char *text = fm__json_to_text(original);
    g_autoptr(JsonNode) node = fm__layer_json(text);
    JsonObject *layer = json_node_get_object(node);

    if (!fm__layer_check_filter(style, fm_style_layer_id(classed->layer), layer, KEY, error)) {
        return FALSE;
    }
    classed->value = fm__json_to_text(classed->spec->value);
    classed->values = fm__layer_values(classed->layer, classed->table, classed->spec->expression,
                                       &classed->n_missing, &classed->missing);
    if (!fm__class_limits_find(classed->spec, classed->values, fm_table_n_rows(classed->table),
                               &classed->limits, error) ||
        !choose_colors(classed, error)) {
        g_prefix_error(error, "%s: layer '%s': " KEY ": ", style->name,
                       fm_style_layer_id(classed->layer));
        return FALSE;
    }
    write_classed(classed, layer);
    json_array_add_element(out, g_steal_pointer(&node));
    if (classed->n_missing > 0 && classed->spec->has_no_data) {
        g_autofree char *no_value = fm__layer_is_number(classed->value, FALSE);
        json_array_add_element(out, fm__layer_no_data(original, fm_style_layer_type(classed->layer),
                                                      no_value, KEY, classed->spec->property,
                                                      fm__no_data_entry(classed)));
    }
    return TRUE;
}

static gboolean asks_for_any(const FmStyle *style)
{
    for (gsize i = 0; i < fm_style_n_layers(style); i++) {
        JsonObject *metadata = fm__style_layer_metadata(fm_style_layer(style, i));
        const char *const *themes = fm__theme_keys();
        gboolean any = metadata != NULL && json_object_has_member(metadata, KEY);
        for (gsize k = 0; metadata != NULL && !any && themes[k] != NULL; k++) {
            any = json_object_has_member(metadata, themes[k]);
        }
        if (any) {
            return TRUE;
        }
    }
    return FALSE;
}

FmStyle *fm_style_with_classes(const FmStyle *style, FmStyleFindTable find, void *user,
                               GError **error)
{
    g_return_val_if_fail(style != NULL && find != NULL, NULL);
    if (style->is_written || !asks_for_any(style)) {
        return fm__style_share(style);
    }
    g_autofree char *text = fm__json_to_text(style->json);
    g_autoptr(JsonNode) node = fm__layer_json(text);
    JsonObject *root = json_node_get_object(node);
    JsonArray *layers = json_object_get_array_member(root, "layers");
    g_autoptr(JsonArray) out = json_array_new();

    for (guint i = 0; i < json_array_get_length(layers); i++) {
        JsonNode *original = json_array_get_element(layers, i);
        g_auto(FmClassed) classed = {.layer = fm_style_layer(style, i)};
        JsonObject *metadata = fm__style_layer_metadata(classed.layer);
        if (metadata == NULL || !json_object_has_member(metadata, KEY)) {
            json_array_add_element(out, json_node_copy(original));
            continue;
        }
        g_autofree char *path =
            g_strdup_printf("layer '%s': metadata." KEY, fm_style_layer_id(classed.layer));
        FmPageReader reader = {.style = style};
        classed.spec = fm__classes_spec_read(&reader, classed.layer,
                                             json_object_get_member(metadata, KEY), path);
        if (classed.spec == NULL) {
            g_propagate_error(error, reader.error);
            return NULL;
        }
        classed.table = find(fm_style_layer_source_layer(classed.layer), user);
        if (classed.table == NULL) {
            json_array_add_element(out, json_node_copy(original));
        } else if (!write_layer(style, &classed, original, out, error)) {
            return NULL;
        }
    }
    json_object_set_array_member(root, "layers", g_steal_pointer(&out));
    g_autoptr(FmStyle) result = fm__style_written(style, node, error);
    return result != NULL ? fm__style_with_themes(result, find, user, error) : NULL;
}
