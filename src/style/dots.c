/* "facmap:dots": one dot for so many of something, somewhere inside the area that has them.  The
 * legend says how many, and that the places are modelled; the renderer finds the places. */
#include "theme.h"

void fm_dots_free(FmDots *dots)
{
    if (dots == NULL) {
        return;
    }
    fm__page_expression_free(dots->value);
    g_ptr_array_unref(dots->within);
    g_ptr_array_unref(dots->avoid);
    g_free(dots);
}

static void read_names(FmPageReader *reader, JsonObject *object, const char *path, const char *key,
                       GPtrArray *out)
{
    if (json_object_has_member(object, key)) {
        fm__page_strings(reader, json_object_get_member(object, key), path, out);
    }
}

static FmDots *read_spec(FmPageReader *reader, const FmStyleLayer *layer, JsonNode *node,
                         const char *path, char **group, FmPageText *what)
{
    static const char *const keys[] = {"value",  "per",   "what", "group",
                                       "within", "avoid", "seed", NULL};
    JsonObject *object = fm__page_object(reader, node, path, keys);
    g_autofree char *place = g_strconcat(path, ".what", NULL);

    if (fm_style_layer_type(layer) != FM_STYLE_CIRCLE) {
        fm__page_fail(reader, path, FM_ERROR_PARSE, "only a circle layer has dots");
    }
    if (object == NULL) {
        return NULL;
    }
    FmDots *dots = g_new0(FmDots, 1);
    dots->within = g_ptr_array_new_with_free_func(g_free);
    dots->avoid = g_ptr_array_new_with_free_func(g_free);
    dots->value = fm__page_expression(reader, object, path, "value", FM_EXPR_NUMBER);
    dots->per = fm__page_number(reader, object, path, "per", 1, G_MINDOUBLE, G_MAXDOUBLE);
    dots->seed = (guint32)fm__page_number(reader, object, path, "seed", 1, 0, G_MAXINT32);
    read_names(reader, object, path, "within", dots->within);
    read_names(reader, object, path, "avoid", dots->avoid);
    *group = fm__page_required_string(reader, object, path, "group");
    if (json_object_has_member(object, "what")) {
        *what = fm__page_text(reader, json_object_get_member(object, "what"), place);
    }
    if (dots->value == NULL || !json_object_has_member(object, "per") ||
        !json_object_has_member(object, "what")) {
        fm__page_fail(reader, path, FM_ERROR_PARSE,
                      "needs 'value', 'per' and 'what' one dot stands for");
    }
    return dots;
}

void fm__dots_check(FmPageReader *reader, const FmStyleLayer *layer, JsonNode *node,
                    const char *path)
{
    g_autofree char *group = NULL;
    FmPageText what = {0};

    fm_dots_free(read_spec(reader, layer, node, path, &group, &what));
    fm__page_text_clear(&what);
}

/* "1 dot = 1,000 residents". */
static JsonNode *legend_entry(const FmDots *dots, const char *group, const FmPageText *what)
{
    g_autofree char *number = dots->per == (double)(gint64)dots->per && dots->per < 9e15
                                  ? fm_format_count((gint64)dots->per)
                                  : fm_format_double(dots->per);
    g_autofree char *en = g_strdup_printf("1 dot = %s %s", number, what->en ? what->en : what->zh);
    g_autofree char *zh = g_strdup_printf("1 点 = %s %s", number, what->zh ? what->zh : what->en);
    const FmPageText label = {en, zh};
    g_autofree char *words = fm__layer_words(&label);
    g_autofree char *quoted = fm__layer_quote(group);
    g_autofree char *text =
        g_strdup_printf("{\"group\": %s, \"label\": %s, \"modelled\": true}", quoted, words);

    return fm__layer_json(text);
}

gboolean fm__dots_write(const FmThemed *themed, GError **error)
{
    g_autofree char *group = NULL;
    FmPageText what = {0};
    g_autoptr(FmDots) dots =
        read_spec(themed->reader, themed->layer, themed->spec, themed->path, &group, &what);
    JsonObject *layer = json_node_get_object(themed->node);
    g_autoptr(JsonArray) entries = json_array_new();

    if (themed->reader->error == NULL) {
        json_array_add_element(entries, legend_entry(dots, group, &what));
        fm__layer_add_legend(fm__layer_member(layer, "metadata"), entries);
    }
    fm__page_text_clear(&what);
    (void)error;
    return themed->reader->error == NULL;
}

FmDots *fm_dots_new(const FmStyle *style, const FmStyleLayer *layer)
{
    JsonObject *metadata = fm__style_layer_metadata(layer);
    JsonNode *node = metadata != NULL ? json_object_get_member(metadata, FM_KEY_DOTS) : NULL;
    FmPageReader reader = {.style = style};
    g_autofree char *group = NULL;
    FmPageText what = {0};

    if (node == NULL) {
        return NULL;
    }
    FmDots *dots = read_spec(&reader, layer, node, FM_KEY_DOTS, &group, &what);
    fm__page_text_clear(&what);
    if (reader.error != NULL) { /* fm_page_new() has told of it */
        g_clear_error(&reader.error);
        g_clear_pointer(&dots, fm_dots_free);
    }
    return dots;
}
