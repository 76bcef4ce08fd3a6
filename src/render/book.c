/* What the pages of one rendering share: the document with its classes found, the tables of its
 * layers, the frame without a place, and words. */
#include "book.h"

#include "fonts.h"

/* The commands that make what is missing, appended to "no such layer". */
static void add_needs(const FmPage *page, GError **error)
{
    if (!error || !*error || !g_error_matches(*error, FM_ERROR, FM_ERROR_NOT_FOUND) ||
        page->needs->len == 0)
        return;
    g_autoptr(GString) message = g_string_new((*error)->message);
    g_string_append(message, " (this map needs: ");
    for (guint i = 0; i < page->needs->len; i++)
        g_string_append_printf(message, "%s%s", i > 0 ? "; " : "",
                               (const char *)page->needs->pdata[i]);
    g_string_append_c(message, ')');
    g_free((*error)->message);
    (*error)->message = g_strdup(message->str);
}

/* The page of the document, an atlas when the options ask for one. */
static gboolean read_page(FmRenderBook *book, GError **error)
{
    g_clear_pointer(&book->page, fm_page_free);
    book->page = fm_page_new(book->style, error);
    if (!book->page)
        return FALSE;
    if (book->options->atlas_layer)
        fm_page_set_atlas(book->page, book->options->atlas_layer);
    if (book->options->by && book->page->maps) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                    "--by %s: %s has several maps already (facmap:maps)", book->options->by,
                    fm_style_name(book->style));
        return FALSE;
    }
    if (book->options->by)
        fm_page_set_multiples(book->page, book->options->by);
    book->scale = book->page->scale;
    return !book->options->scale || fm_page_scale_parse(book->options->scale, &book->scale, error);
}

/* Finds the classes that the document asks for in the layers; the page is then read again. */
static gboolean find_classes(FmRenderBook *book, GError **error)
{
    book->classed = fm__map_layers_classed(book->layers, book->style, error);
    if (!book->classed)
        return FALSE;
    book->style = book->classed;
    return read_page(book, error);
}

/* Results that were made from other data than the workspace has now. */
static gboolean warn_of_outdated(FmRenderBook *book, GError **error)
{
    const GPtrArray *names = fm__map_layers_names(book->layers);
    for (guint i = 0; i < names->len; i++) {
        const FmMapLayer *layer = fm__map_layers_find(book->layers, names->pdata[i]);
        if (!layer)
            continue;
        GPtrArray *notes = fm_workspace_outdated(book->workspace, layer->info->name, error);
        if (!notes)
            return FALSE;
        g_ptr_array_extend_and_steal(book->warnings, notes);
    }
    return TRUE;
}

/* The frame that all others are copies of, made while the layers are read: PROJ takes as long to
 * find a transformation as to project a hundred thousand points. */
typedef struct {
    const char *crs;
    FmFrame *frame;
    GError *error;
} FrameMaking;

static void frame_making_clear(FrameMaking *making)
{
    fm__frame_free(making->frame);
    g_clear_error(&making->error);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FrameMaking, frame_making_clear)

static void make_frame(gpointer user)
{
    FrameMaking *making = user;
    making->frame = fm__frame_new(making->crs, &making->error);
}

static gboolean take_frame(FmRenderBook *book, FrameMaking *making, GError **error)
{
    if (!making->frame && !making->error)
        making->error = g_error_new(FM_ERROR, FM_ERROR_CRS,
                                    "the workspace has no projected CRS yet: load a layer, or give "
                                    "one to init");
    if (making->error) {
        g_propagate_error(error, g_steal_pointer(&making->error));
        return FALSE;
    }
    book->frame = g_steal_pointer(&making->frame);
    return TRUE;
}

gboolean fm__book_open(FmRenderBook *book, FmWorkspace *workspace, const FmStyle *style,
                       const FmRenderOptions *options, const FmProgress *progress, GError **error)
{
    GError *cause = NULL;
    *book = (FmRenderBook){.workspace = workspace,
                           .document = style,
                           .style = style,
                           .options = options,
                           .warnings = g_ptr_array_new_with_free_func(g_free)};
    if (!fm__fonts_check(style, error) || !read_page(book, error))
        return FALSE;
    g_auto(FrameMaking) making = {0};
    making.crs = book->crs = fm_workspace_get(workspace, "crs", &making.error);
    g_autoptr(FmTask) task =
        book->crs ? fm_task_start(make_frame, &making, options->n_threads) : NULL;
    book->layers =
        fm__map_layers_new(workspace, style, book->page, options->results, progress, &cause);
    if (!book->layers) {
        add_needs(book->page, &cause);
        g_propagate_error(error, cause);
        return FALSE;
    }
    if (!find_classes(book, error))
        return FALSE;
    fm_task_join(g_steal_pointer(&task));
    if (!take_frame(book, &making, error) || !warn_of_outdated(book, error))
        return FALSE;
    book->words = fm__placeholders_new(workspace, book->layers, error);
    return book->words != NULL;
}

void fm__book_clear(FmRenderBook *book)
{
    fm__placeholders_free(book->words);
    fm__map_layers_free(book->layers);
    fm_page_free(book->page);
    fm_style_free(book->classed);
    fm__frame_free(book->frame);
    g_free(book->crs);
    if (book->warnings)
        g_ptr_array_unref(book->warnings);
}
