/* Insets: parts of the map at a larger scale, in its corners. */
#include "page-read.h"

void fm__page_inset_free(gpointer data)
{
    FmPageInset *inset = data;
    g_ptr_array_unref(inset->layers);
    g_ptr_array_unref(inset->names);
    fm__page_expression_free(inset->filter);
    fm__page_text_clear(&inset->title);
    g_free(inset);
}

/* Layers of the document, which need not be those that the inset fits. */
static void read_names(FmPageReader *reader, JsonObject *object, const char *path,
                       FmPageInset *inset)
{
    g_autofree char *at = g_strconcat(path, ".names", NULL);
    if (json_object_has_member(object, "names"))
        fm__page_strings(reader, json_object_get_member(object, "names"), at, inset->names);
    for (guint i = 0; i < inset->names->len; i++)
        if (!fm_style_find_layer(reader->style, inset->names->pdata[i]))
            fm__page_fail(reader, at, FM_ERROR_PARSE, "the document has no layer '%s'",
                          (const char *)inset->names->pdata[i]);
}

static void read_inset(FmPageReader *reader, JsonNode *node, const char *path, FmPage *page)
{
    static const char *const keys[] = {"layers", "filter",      "pad_ratio", "title",
                                       "corner", "width_ratio", "names",     NULL};
    static const char *const corners[] = {"top-left", "top-right", "bottom-left", "bottom-right",
                                          NULL};
    JsonObject *object = fm__page_object(reader, node, path, keys);
    if (!object)
        return;
    FmPageInset *inset = g_new0(FmPageInset, 1);
    g_ptr_array_add(page->insets, inset);
    inset->layers = g_ptr_array_new_with_free_func(g_free);
    inset->names = g_ptr_array_new_with_free_func(g_free);
    if (json_object_has_member(object, "layers"))
        fm__page_strings(reader, json_object_get_member(object, "layers"), path, inset->layers);
    if (inset->layers->len == 0)
        fm__page_fail(reader, path, FM_ERROR_PARSE, "'layers' is missing: what does it show?");
    inset->filter = fm__page_filter(reader, object, path, "filter");
    inset->pad_ratio = fm__page_number(reader, object, path, "pad_ratio", 0.05, 0, 2);
    inset->width_ratio = fm__page_number(reader, object, path, "width_ratio", 0.3, 0.1, 0.6);
    inset->corner = (FmPageCorner)fm__page_choice(reader, object, path, "corner", corners,
                                                  FM_PAGE_BOTTOM_RIGHT);
    if (json_object_has_member(object, "title"))
        inset->title = fm__page_text(reader, json_object_get_member(object, "title"), path);
    read_names(reader, object, path, inset);
}

/* Two insets in one corner would lie on each other. */
static void check_corners(FmPageReader *reader, const char *path, const GPtrArray *insets)
{
    for (guint i = 0; i < insets->len; i++)
        for (guint j = 0; j < i; j++)
            if (((FmPageInset *)insets->pdata[i])->corner ==
                ((FmPageInset *)insets->pdata[j])->corner)
                fm__page_fail(reader, path, FM_ERROR_PARSE,
                              "[%u] and [%u] stand in the same corner: give each its own 'corner'",
                              j, i);
}

void fm__page_insets_read(FmPageReader *reader, JsonNode *node, const char *path, FmPage *page)
{
    fm__page_each(reader, node, path, page, read_inset);
    check_corners(reader, path, page->insets);
}
