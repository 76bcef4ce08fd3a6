/* Several maps on a page: one for each value of a field, or each with its own layers and extent. */
#include "page-read.h"

#define MOST_COLUMNS 12
#define MOST_FRAMES 24

/* ---- small multiples -------------------------------------------------------------------- */

static void title_free(gpointer data)
{
    fm__page_text_clear(data);
    g_free(data);
}

static FmPageMultiples *multiples_new(void)
{
    FmPageMultiples *multiples = g_new0(FmPageMultiples, 1);
    multiples->layers = g_ptr_array_new_with_free_func(g_free);
    multiples->values = g_ptr_array_new_with_free_func(g_free);
    multiples->titles = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, title_free);
    return multiples;
}

void fm__page_multiples_free(FmPageMultiples *multiples)
{
    if (!multiples)
        return;
    g_ptr_array_unref(multiples->layers);
    g_ptr_array_unref(multiples->values);
    g_hash_table_unref(multiples->titles);
    fm__page_expression_free(multiples->by);
    g_free(multiples);
}

static void read_titles(FmPageReader *reader, JsonNode *node, const char *path, GHashTable *titles)
{
    if (!JSON_NODE_HOLDS_OBJECT(node)) {
        fm__page_fail(reader, path, FM_ERROR_PARSE, "'titles' must be an object");
        return;
    }
    JsonObject *object = json_node_get_object(node);
    g_autoptr(GList) members = json_object_get_members(object);
    for (const GList *member = members; member; member = member->next) {
        g_autofree char *at = g_strdup_printf("%s.titles.%s", path, (const char *)member->data);
        FmPageText *title = g_new(FmPageText, 1);
        *title = fm__page_text(reader, json_object_get_member(object, member->data), at);
        g_hash_table_insert(titles, g_strdup(member->data), title);
    }
}

void fm__page_multiples_read(FmPageReader *reader, JsonNode *node, const char *path, FmPage *page)
{
    static const char *const keys[] = {"layers", "by", "values", "titles", "columns", NULL};
    JsonObject *object = fm__page_object(reader, node, path, keys);
    if (!object)
        return;
    FmPageMultiples *multiples = page->multiples = multiples_new();
    if (json_object_has_member(object, "layers"))
        fm__page_strings(reader, json_object_get_member(object, "layers"), path, multiples->layers);
    if (json_object_has_member(object, "values"))
        fm__page_strings(reader, json_object_get_member(object, "values"), path, multiples->values);
    if (json_object_has_member(object, "titles"))
        read_titles(reader, json_object_get_member(object, "titles"), path, multiples->titles);
    multiples->by = fm__page_expression(reader, object, path, "by", FM_EXPR_STRING);
    multiples->columns =
        (guint)fm__page_number(reader, object, path, "columns", 0, 1, MOST_COLUMNS);
    if (!multiples->by)
        fm__page_fail(reader, path, FM_ERROR_PARSE, "'by' is missing: which field divides them?");
}

void fm_page_set_multiples(FmPage *page, const char *field)
{
    g_return_if_fail(page && field);
    g_autoptr(JsonNode) by = json_node_new(JSON_NODE_ARRAY);
    JsonArray *get = json_array_new();
    json_array_add_string_element(get, "get");
    json_array_add_string_element(get, field);
    json_node_take_array(by, get);
    if (!page->multiples)
        page->multiples = multiples_new();
    fm__page_expression_free(page->multiples->by);
    page->multiples->by = fm__page_expression_new(by, FM_EXPR_STRING);
    g_ptr_array_set_size(page->multiples->layers, 0);
    g_ptr_array_set_size(page->multiples->values, 0);
}

/* ---- several maps ----------------------------------------------------------------------- */

static void frame_free(gpointer data)
{
    FmPageFrame *frame = data;
    fm__page_text_clear(&frame->title);
    g_ptr_array_unref(frame->layers);
    g_ptr_array_unref(frame->extent_layers);
    fm__page_expression_free(frame->extent_filter);
    g_free(frame);
}

void fm__page_maps_free(FmPageMaps *maps)
{
    if (!maps)
        return;
    g_ptr_array_unref(maps->frames);
    g_free(maps);
}

static void read_frame_extent(FmPageReader *reader, JsonNode *node, const char *path,
                              FmPageFrame *frame)
{
    static const char *const keys[] = {"layers", "filter", "pad_ratio", NULL};
    JsonObject *object = fm__page_object(reader, node, path, keys);
    if (!object)
        return;
    if (json_object_has_member(object, "layers"))
        fm__page_strings(reader, json_object_get_member(object, "layers"), path,
                         frame->extent_layers);
    if (frame->extent_layers->len == 0)
        fm__page_fail(reader, path, FM_ERROR_PARSE, "'layers' is missing: what does it show?");
    frame->extent_filter = fm__page_filter(reader, object, path, "filter");
    frame->extent_pad_ratio =
        fm__page_number(reader, object, path, "pad_ratio", frame->extent_pad_ratio, 0, 2);
}

static void read_frame(FmPageReader *reader, JsonNode *node, const char *path, FmPageMaps *maps)
{
    static const char *const keys[] = {"title", "layers", "extent", NULL};
    JsonObject *object = fm__page_object(reader, node, path, keys);
    if (!object)
        return;
    FmPageFrame *frame = g_new0(FmPageFrame, 1);
    frame->layers = g_ptr_array_new_with_free_func(g_free);
    frame->extent_layers = g_ptr_array_new_with_free_func(g_free);
    frame->extent_pad_ratio = 0.04;
    g_ptr_array_add(maps->frames, frame);
    g_autofree char *extent = g_strconcat(path, ".extent", NULL);
    if (json_object_has_member(object, "title"))
        frame->title = fm__page_text(reader, json_object_get_member(object, "title"), path);
    if (json_object_has_member(object, "layers"))
        fm__page_strings(reader, json_object_get_member(object, "layers"), path, frame->layers);
    if (json_object_has_member(object, "extent"))
        read_frame_extent(reader, json_object_get_member(object, "extent"), extent, frame);
    for (guint i = 0; i < frame->layers->len; i++)
        if (!fm_style_find_layer(reader->style, frame->layers->pdata[i]))
            fm__page_fail(reader, path, FM_ERROR_PARSE, "the document has no layer '%s'",
                          (const char *)frame->layers->pdata[i]);
}

void fm__page_maps_read(FmPageReader *reader, JsonNode *node, const char *path, FmPage *page)
{
    static const char *const keys[] = {"frames", "columns", "one_scale", NULL};
    JsonObject *object = fm__page_object(reader, node, path, keys);
    if (!object)
        return;
    FmPageMaps *maps = page->maps = g_new0(FmPageMaps, 1);
    maps->frames = g_ptr_array_new_with_free_func(frame_free);
    maps->columns = (guint)fm__page_number(reader, object, path, "columns", 0, 1, MOST_COLUMNS);
    maps->one_scale = fm__page_boolean(reader, object, path, "one_scale", FALSE);
    g_autofree char *where = g_strconcat(path, ".frames", NULL);
    JsonNode *frames = json_object_get_member(object, "frames");
    JsonArray *array = frames ? fm__page_array(reader, frames, where) : NULL;
    for (guint i = 0; array && i < json_array_get_length(array); i++) {
        g_autofree char *element = g_strdup_printf("%s[%u]", where, i);
        read_frame(reader, json_array_get_element(array, i), element, maps);
    }
    if (maps->frames->len < 2 || maps->frames->len > MOST_FRAMES)
        fm__page_fail(reader, where, FM_ERROR_PARSE, "must have 2 to %d maps", MOST_FRAMES);
}
