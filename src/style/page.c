/* The page of a map document, from its metadata keys that begin with "facmap:". */
#include "page-read.h"

/* ---- freeing ---------------------------------------------------------------------------- */

static void value_free(gpointer data)
{
    FmPageValue *value = data;
    g_free(value->name);
    g_free(value->layer);
    fm__page_expression_free(value->filter);
    fm__page_expression_free(value->value);
    g_free(value);
}

static void group_free(gpointer data)
{
    FmPageGroup *group = data;
    g_free(group->id);
    fm__page_text_clear(&group->title);
    g_free(group);
}

void fm_page_free(FmPage *page)
{
    if (!page)
        return;
    g_free(page->size);
    fm__page_text_clear(&page->title);
    fm__page_text_clear(&page->subtitle);
    fm__page_text_clear(&page->notes);
    g_ptr_array_unref(page->needs);
    g_ptr_array_unref(page->extent_layers);
    fm__page_expression_free(page->extent_filter);
    g_ptr_array_unref(page->values);
    g_ptr_array_unref(page->groups);
    g_ptr_array_unref(page->legend);
    fm__page_furniture_free(page);
    g_ptr_array_unref(page->charts);
    g_ptr_array_unref(page->tables);
    g_ptr_array_unref(page->insets);
    fm__page_atlas_free(page->atlas);
    fm__page_multiples_free(page->multiples);
    fm__page_maps_free(page->maps);
    g_free(page);
}

/* ---- the keys --------------------------------------------------------------------------- */

static void read_page(FmPageReader *reader, JsonNode *node, const char *path, FmPage *page)
{
    static const char *const keys[] = {"size", "orientation", "margin_mm", "panel_ratio", NULL};
    static const char *const turns[] = {"landscape", "portrait", NULL};
    JsonObject *object = fm__page_object(reader, node, path, keys);
    if (!object)
        return;
    g_autofree char *previous = page->size;
    page->size = fm__page_string(reader, object, path, "size", previous);
    page->portrait = fm__page_choice(reader, object, path, "orientation", turns, 0) == 1;
    page->margin_mm = fm__page_number(reader, object, path, "margin_mm", page->margin_mm, 0, 100);
    page->panel_ratio =
        fm__page_number(reader, object, path, "panel_ratio", page->panel_ratio, 0, 0.6);
}

static void read_title(FmPageReader *reader, JsonNode *node, const char *path, FmPage *page)
{
    page->title = fm__page_text(reader, node, path);
}

static void read_subtitle(FmPageReader *reader, JsonNode *node, const char *path, FmPage *page)
{
    page->subtitle = fm__page_text(reader, node, path);
}

static void read_notes(FmPageReader *reader, JsonNode *node, const char *path, FmPage *page)
{
    page->notes = fm__page_text(reader, node, path);
}

static void read_needs(FmPageReader *reader, JsonNode *node, const char *path, FmPage *page)
{
    fm__page_strings(reader, node, path, page->needs);
}

static void read_unplaced(FmPageReader *reader, JsonNode *node, const char *path, FmPage *page)
{
    const char *word = JSON_NODE_HOLDS_VALUE(node) ? json_node_get_string(node) : NULL;
    if (g_strcmp0(word, "margin") != 0)
        fm__page_fail(reader, path, FM_ERROR_PARSE, "must be \"margin\"");
    page->numbers_unplaced = TRUE;
}

static void read_extent(FmPageReader *reader, JsonNode *node, const char *path, FmPage *page)
{
    static const char *const keys[] = {"layers", "filter", "pad_ratio", NULL};
    JsonObject *object = fm__page_object(reader, node, path, keys);
    if (!object)
        return;
    if (json_object_has_member(object, "layers"))
        fm__page_strings(reader, json_object_get_member(object, "layers"), path,
                         page->extent_layers);
    page->extent_filter = fm__page_filter(reader, object, path, "filter");
    page->extent_pad_ratio =
        fm__page_number(reader, object, path, "pad_ratio", page->extent_pad_ratio, 0, 2);
}

static gboolean is_placeholder_name(const char *name)
{
    if (!g_ascii_islower(name[0]))
        return FALSE;
    for (const char *p = name; *p; p++)
        if (!g_ascii_islower(*p) && !g_ascii_isdigit(*p) && *p != '_')
            return FALSE;
    return TRUE;
}

static void read_value(FmPageReader *reader, const char *name, JsonNode *node, const char *path,
                       FmPage *page)
{
    static const char *const keys[] = {"layer",  "filter",  "value", "reduce",
                                       "format", "of_area", NULL};
    JsonObject *object = fm__page_object(reader, node, path, keys);
    if (!object)
        return;
    FmPageValue *value = g_new0(FmPageValue, 1);
    g_ptr_array_add(page->values, value);
    value->name = g_strdup(name);
    value->layer = fm__page_required_string(reader, object, path, "layer");
    value->filter = fm__page_filter(reader, object, path, "filter");
    value->value = fm__page_expression(reader, object, path, "value", FM_EXPR_NUMBER);
    value->reduce = fm__page_reduce(reader, object, path, "reduce");
    value->format = fm__page_format(reader, object, path);
    value->of_area = fm__page_boolean(reader, object, path, "of_area", FALSE);
    if (!is_placeholder_name(name))
        fm__page_fail(reader, path, FM_ERROR_PARSE,
                      "a value's name must be lower-case letters, digits and _");
    if (!value->value && value->reduce != FM_PAGE_ROWS)
        fm__page_fail(reader, path, FM_ERROR_PARSE, "'value' is missing");
}

static void read_values(FmPageReader *reader, JsonNode *node, const char *path, FmPage *page)
{
    if (!JSON_NODE_HOLDS_OBJECT(node)) {
        fm__page_fail(reader, path, FM_ERROR_PARSE, "must be an object");
        return;
    }
    JsonObject *object = json_node_get_object(node);
    g_autoptr(GList) names = json_object_get_members(object);
    for (const GList *name = names; name; name = name->next) {
        g_autofree char *member = g_strdup_printf("%s.%s", path, (const char *)name->data);
        read_value(reader, name->data, json_object_get_member(object, name->data), member, page);
    }
}

static void read_groups(FmPageReader *reader, JsonNode *node, const char *path, FmPage *page)
{
    static const char *const keys[] = {"id", "title", NULL};
    JsonArray *array = fm__page_array(reader, node, path);
    for (guint i = 0; array && i < json_array_get_length(array); i++) {
        g_autofree char *element = g_strdup_printf("%s[%u]", path, i);
        JsonObject *object =
            fm__page_object(reader, json_array_get_element(array, i), element, keys);
        if (!object)
            return;
        FmPageGroup *group = g_new0(FmPageGroup, 1);
        g_ptr_array_add(page->groups, group);
        group->id = fm__page_required_string(reader, object, element, "id");
        if (json_object_has_member(object, "title"))
            group->title = fm__page_text(reader, json_object_get_member(object, "title"), element);
    }
}

/* ---- the whole -------------------------------------------------------------------------- */

/* Every key of the document's metadata that is ours. */
static const struct {
    const char *key;
    FmPageReadFunc read;
} root_keys[] = {
    {"facmap:page", read_page},
    {"facmap:title", read_title},
    {"facmap:subtitle", read_subtitle},
    {"facmap:notes", read_notes},
    {"facmap:needs", read_needs},
    {"facmap:unplaced", read_unplaced},
    {"facmap:extent", read_extent},
    {"facmap:scale", fm__page_scale_read},
    {"facmap:values", read_values},
    {"facmap:legend", read_groups},
    {"facmap:figure", fm__page_figure_read},
    {"facmap:chart", fm__page_charts_read},
    {"facmap:table", fm__page_tables_read},
    {"facmap:locator", fm__page_locator_read},
    {"facmap:graticule", fm__page_graticule_read},
    {"facmap:grid", fm__page_grid_read},
    {"facmap:logo", fm__page_logo_read},
    {"facmap:inset", fm__page_insets_read},
    {"facmap:atlas", fm__page_atlas_read},
    {"facmap:multiples", fm__page_multiples_read},
    {"facmap:maps", fm__page_maps_read},
};

static void read_root(FmPageReader *reader, JsonObject *metadata, FmPage *page)
{
    g_autoptr(GList) members = json_object_get_members(metadata);
    for (const GList *member = members; member; member = member->next) {
        const char *key = member->data;
        if (!g_str_has_prefix(key, FM_PAGE_PREFIX))
            continue;
        g_autofree char *path = g_strconcat("metadata.", key, NULL);
        gsize i = 0;
        while (i < G_N_ELEMENTS(root_keys) && !g_str_equal(root_keys[i].key, key))
            i++;
        if (i < G_N_ELEMENTS(root_keys))
            root_keys[i].read(reader, json_object_get_member(metadata, key), path, page);
        else
            fm__page_fail(reader, path, FM_ERROR_PARSE, "unknown key");
    }
}

/* Each legend entry has a heading to stand under. */
static void check_groups(FmPageReader *reader, const FmPage *page)
{
    for (guint i = 0; i < page->legend->len; i++) {
        const FmPageLegendEntry *entry = page->legend->pdata[i];
        guint g = 0;
        while (g < page->groups->len &&
               g_strcmp0(((FmPageGroup *)page->groups->pdata[g])->id, entry->group) != 0)
            g++;
        if (g == page->groups->len)
            fm__page_fail(reader, "metadata.facmap:legend", FM_ERROR_PARSE,
                          "no group '%s', which a layer's facmap:legend names", entry->group);
    }
}

/* What shares the map's place. */
static void check_maps(FmPageReader *reader, const FmPage *page)
{
    if (page->maps && page->multiples)
        fm__page_fail(reader, "metadata", FM_ERROR_PARSE,
                      "facmap:maps and facmap:multiples both divide the page: choose one");
    if (page->insets->len > 0 && (page->maps || page->multiples))
        fm__page_fail(reader, "metadata.facmap:inset", FM_ERROR_PARSE,
                      "an inset stands on a single map: give it a frame of facmap:maps");
}

FmPage *fm_page_new(const FmStyle *style, GError **error)
{
    g_autoptr(FmPage) page = g_new0(FmPage, 1);
    page->size = g_strdup("A3");
    page->margin_mm = 12;
    page->panel_ratio = 0.28;
    page->extent_pad_ratio = 0.04;
    page->needs = g_ptr_array_new_with_free_func(g_free);
    page->extent_layers = g_ptr_array_new_with_free_func(g_free);
    page->insets = g_ptr_array_new_with_free_func(fm__page_inset_free);
    page->charts = g_ptr_array_new_with_free_func(fm__page_chart_free);
    page->tables = g_ptr_array_new_with_free_func(fm__page_table_free);
    page->values = g_ptr_array_new_with_free_func(value_free);
    page->groups = g_ptr_array_new_with_free_func(group_free);
    page->legend = g_ptr_array_new_with_free_func(fm__page_legend_entry_free);

    FmPageReader reader = {style, NULL};
    JsonObject *metadata = fm__style_metadata(style);
    if (metadata)
        read_root(&reader, metadata, page);
    for (gsize i = 0; i < fm_style_n_layers(style); i++) {
        const FmStyleLayer *layer = fm_style_layer(style, i);
        metadata = fm__style_layer_metadata(layer);
        if (metadata)
            fm__page_layer_read(&reader, layer, metadata, page);
    }
    check_groups(&reader, page);
    check_maps(&reader, page);
    if (reader.error) {
        g_propagate_error(error, reader.error);
        return NULL;
    }
    return g_steal_pointer(&page);
}
