/* Atlases: a page for each area of a layer.
 *
 * Pages that are files of their own are drawn in parallel, a page a thread: all that they share is
 * read before and then only read.  The pages of one PDF follow each other on its surface.  Files
 * are renamed into place when the last page is finished, so that there are all of them or none. */
#include "job.h"

#include <string.h>

typedef struct {
    const FmRenderBook *book;
    FmRenderOptions options; /* the book's, for a page on one thread */
    GArray *pages;           /* FmAtlasPage */
    GPtrArray *paths;        /* char*, one a page; empty for one PDF, and when none is written */
    GPtrArray *outputs;      /* FmOutputs*, one a page, filled by the page's worker */
    GPtrArray *reports;      /* FmRenderReport*, the same */
    GPtrArray *lists;        /* GString*, the same */
} Atlas;

static void free_list(gpointer list)
{
    if (list)
        g_string_free(list, TRUE);
}

static void atlas_clear(Atlas *atlas)
{
    g_array_unref(atlas->pages);
    g_ptr_array_unref(atlas->paths);
    g_ptr_array_unref(atlas->outputs);
    g_clear_pointer(&atlas->reports, g_ptr_array_unref);
    g_ptr_array_unref(atlas->lists);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Atlas, atlas_clear)

static const FmAtlasPage *page_at(const Atlas *atlas, gsize i)
{
    return &g_array_index(atlas->pages, FmAtlasPage, i);
}

/* ---- which pages ------------------------------------------------------------------------ */

static char *cell(const FmAtlasPage *page, const char *name)
{
    gsize column = fm_table_find_column(page->layer->table, name);
    return column == FM_COLUMN_NONE ? NULL
                                    : fm_table_dup_as_text(page->layer->table, column, page->row);
}

/* Every area that the document's filter accepts. */
static gboolean find_pages(Atlas *atlas, GError **error)
{
    const FmPageAtlas *asked = atlas->book->page->atlas;
    const FmMapLayer *layer = fm__map_layers_find(atlas->book->layers, asked->layer);
    if (!layer) { /* an optional one */
        g_set_error(error, FM_ERROR, FM_ERROR_NOT_FOUND,
                    "the atlas needs the layer '%s', which the workspace lacks", asked->layer);
        return FALSE;
    }
    for (gsize row = 0; row < fm_table_n_rows(layer->table); row++) {
        FmStyleContext context = {layer->table, row, 0, NULL};
        const FmGeometry *geometry = fm_table_geometry(layer->table, row);
        if (!geometry || fm_geometry_dimension(geometry) != 2 ||
            (asked->filter && !fm_page_expression_boolean(asked->filter, &context)))
            continue;
        FmAtlasPage page = {layer, row, atlas->pages->len + 1, 0};
        g_array_append_val(atlas->pages, page);
    }
    for (guint i = 0; i < atlas->pages->len; i++)
        g_array_index(atlas->pages, FmAtlasPage, i).n_pages = atlas->pages->len;
    if (atlas->pages->len > 0)
        return TRUE;
    g_set_error(error, FM_ERROR, FM_ERROR_DATA,
                "an atlas of '%s' has no pages: the layer has no areas, or the filter none of them",
                asked->layer);
    return FALSE;
}

/* Keep the pages of the areas with these ids, in the atlas' order. */
static gboolean keep_only(Atlas *atlas, const char *ids, GError **error)
{
    g_auto(GStrv) wanted = g_strsplit(ids, ",", -1);
    g_autoptr(GHashTable) found = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = atlas->pages->len; i-- > 0;) {
        g_autofree char *id = cell(page_at(atlas, i), "id");
        gsize at = 0;
        while (id && wanted[at] && !g_str_equal(wanted[at], id))
            at++;
        if (id && wanted[at])
            g_hash_table_add(found, wanted[at]);
        else
            g_array_remove_index(atlas->pages, i);
    }
    for (char **id = wanted; *id; id++)
        if (!g_hash_table_contains(found, *id)) {
            g_set_error(error, FM_ERROR, FM_ERROR_NOT_FOUND,
                        "--only %s: the atlas has no page for an area with the id '%s'", ids, *id);
            return FALSE;
        }
    return TRUE;
}

/* ---- names of files --------------------------------------------------------------------- */

/* What stands in a file's name for "{name}"; NULL when the area has no such cell. */
static char *name_part(const FmAtlasPage *page, const char *name)
{
    if (g_str_equal(name, "page")) {
        g_autofree char *last = g_strdup_printf("%u", page->n_pages);
        return g_strdup_printf("%0*u", (int)strlen(last), page->number);
    }
    char *text = cell(page, name);
    if (text) /* a name must not become a folder */
        g_strdelimit(text, "/\\", '_');
    return text;
}

static char *file_name(const FmAtlasPage *page, const char *pattern, GError **error)
{
    g_autoptr(GString) out = g_string_new(NULL);
    const char *at = pattern;
    for (const char *open = strchr(at, '{'); open; open = strchr(at, '{')) {
        const char *close = strchr(open, '}');
        if (!close)
            break;
        g_autofree char *name = g_strndup(open + 1, (gsize)(close - open - 1));
        g_autofree char *part = name_part(page, name);
        if (!part) {
            g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                        "-o %s: page %u of the atlas has no '%s': write {page} or a column of the "
                        "layer of areas",
                        pattern, page->number, name);
            return NULL;
        }
        g_string_append_len(out, at, open - at);
        g_string_append(out, part);
        at = close + 1;
    }
    g_string_append(out, at);
    return g_strdup(out->str);
}

/* A file a page, unless all stand in one PDF. */
static gboolean name_files(Atlas *atlas, const char *pattern, GError **error)
{
    g_autoptr(GHashTable) taken = g_hash_table_new(g_str_hash, g_str_equal);
    if (!strchr(pattern, '{')) {
        if (atlas->book->format == FM_PICTURE_PDF)
            return TRUE;
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                    "-o %s: an atlas has a file for each page: put {id} or {page} into its name, "
                    "or write a PDF",
                    pattern);
        return FALSE;
    }
    for (guint i = 0; i < atlas->pages->len; i++) {
        char *path = file_name(page_at(atlas, i), pattern, error);
        if (!path)
            return FALSE;
        g_ptr_array_add(atlas->paths, path);
        if (g_hash_table_add(taken, path) && !g_file_test(path, G_FILE_TEST_IS_DIR))
            continue;
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                    "-o %s: page %u would be %s, which is %s: choose another name", pattern,
                    page_at(atlas, i)->number, path,
                    g_file_test(path, G_FILE_TEST_IS_DIR) ? "a folder" : "another page too");
        return FALSE;
    }
    return TRUE;
}

/* ---- pages ------------------------------------------------------------------------------ */

static void name_report(FmRenderReport *report, const FmAtlasPage *page)
{
    report->page = page->number;
    report->id = cell(page, "id");
    report->name_en = cell(page, "name_en");
    report->name_zh = cell(page, "name_zh");
}

/* Keep what is known of a finished page. */
static void keep_page(Atlas *atlas, gsize i, FmRenderJob *job)
{
    name_report(job->report, job->atlas);
    atlas->reports->pdata[i] = g_steal_pointer(&job->report);
    if (job->display_list)
        atlas->lists->pdata[i] = g_steal_pointer(&job->display_list);
}

static gboolean name_error(const FmAtlasPage *page, GError **error)
{
    g_autofree char *id = cell(page, "id");
    g_prefix_error(error, "page %u (%s): ", page->number, id ? id : "no id");
    return FALSE;
}

/* Write the page, or only look at it. */
static gboolean make_page(const Atlas *atlas, gsize i, FmRenderJob *job, GError **error)
{
    if (!fm__job_prepare(job, atlas->book, &atlas->options, page_at(atlas, i), NULL, error))
        return FALSE;
    if (atlas->paths->len > 0)
        return fm__job_write(job, atlas->outputs->pdata[i], atlas->paths->pdata[i], NULL, error);
    fm__job_finish_report(job);
    return TRUE;
}

static gboolean draw_pages(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    Atlas *atlas = user;
    (void)worker;
    for (gsize i = begin; i < end; i++) {
        g_auto(FmRenderJob) job = {0};
        if (!make_page(atlas, i, &job, error))
            return name_error(page_at(atlas, i), error);
        keep_page(atlas, i, &job);
    }
    return TRUE;
}

/* Each page for itself. */
static gboolean draw_files(Atlas *atlas, const FmProgress *progress, GError **error)
{
    for (guint i = 0; i < atlas->paths->len; i++)
        g_ptr_array_add(atlas->outputs, fm_outputs_new());
    return fm_parallel_for(atlas->pages->len, 1, atlas->book->options->n_threads, draw_pages, atlas,
                           progress, "drawing pages", error);
}

/* One page of the PDF, on `cr`, which the first page opens. */
static gboolean draw_sheet(Atlas *atlas, gsize i, const char *file, const char *path, cairo_t **cr,
                           const FmProgress *progress, GError **error)
{
    g_auto(FmRenderJob) job = {0};
    const FmAtlasPage *page = page_at(atlas, i);
    if (!fm__job_prepare(&job, atlas->book, atlas->book->options, page, NULL, error))
        return FALSE;
    if (*cr)
        fm__surface_next_page(*cr);
    else
        *cr = fm__surface_open(FM_PICTURE_PDF, file, &job.sheet, error);
    job.cr = *cr ? cairo_reference(*cr) : NULL;
    if (!job.cr || !fm__job_draw(&job, progress, error))
        return FALSE;
    fm__job_finish_report(&job);
    keep_page(atlas, i, &job);
    const FmRenderReport *report = atlas->reports->pdata[i];
    const char *name = report->name_zh ? report->name_zh : report->name_en;
    fm__surface_bookmark(*cr, name ? name : report->id, (guint)i + 1);
    if (i + 1 < atlas->pages->len)
        return TRUE;
    job.report = fm__report_new(); /* for what the PDF says of itself; that of the page is kept */
    return fm__job_finish_vectors(&job, "{title}", path, error);
}

static gboolean draw_pdf(Atlas *atlas, const char *path, const FmProgress *progress, GError **error)
{
    cairo_t *cr = NULL;
    gboolean ok = TRUE;
    gsize n = atlas->pages->len;
    FmOutputs *outputs = fm_outputs_new();
    g_ptr_array_add(atlas->outputs, outputs);
    const char *file = fm_outputs_add(outputs, path, error);
    if (!file)
        return FALSE;
    for (gsize i = 0; i < n && ok; i++) {
        FmProgress part =
            fm_progress_slice(progress, (double)i / (double)n, ((double)i + 1) / (double)n);
        ok = draw_sheet(atlas, i, file, path, &cr, &part, error) ||
             name_error(page_at(atlas, i), error);
    }
    if (cr)
        cairo_destroy(cr);
    return ok;
}

/* ---- the whole -------------------------------------------------------------------------- */

static void add_new(GPtrArray *to, const GPtrArray *from)
{
    for (guint i = 0; i < from->len; i++)
        if (!g_ptr_array_find_with_equal_func(to, from->pdata[i], g_str_equal, NULL))
            g_ptr_array_add(to, g_strdup(from->pdata[i]));
}

/* What is true of all pages, and their own reports. */
static FmRenderReport *sum_up(Atlas *atlas, const char *pdf)
{
    FmRenderReport *all = fm__report_new();
    all->file = g_strdup(pdf);
    for (guint i = 0; i < atlas->reports->len; i++) {
        const FmRenderReport *one = atlas->reports->pdata[i];
        all->width_px = one->width_px;
        all->height_px = one->height_px;
        all->n_symbols += one->n_symbols;
        all->n_labels += one->n_labels;
        add_new(all->unplaced, one->unplaced);
        add_new(all->missing_glyphs, one->missing_glyphs);
        add_new(all->warnings, one->warnings);
    }
    all->crs = g_strdup(atlas->book->crs);
    all->pages = g_steal_pointer(&atlas->reports);
    return all;
}

/* The display lists of all pages, each below a line that names it. */
static gboolean write_lists(Atlas *atlas, GError **error)
{
    g_autoptr(GString) all = g_string_new(NULL);
    g_autoptr(FmOutputs) outputs = fm_outputs_new();
    for (guint i = 0; i < atlas->lists->len; i++) {
        const FmRenderReport *report = atlas->reports->pdata[i];
        const GString *list = atlas->lists->pdata[i];
        g_string_append_printf(all, "page %u %s\n%s", report->page, report->id ? report->id : "-",
                               list->str);
    }
    return fm_outputs_add_bytes(outputs, atlas->book->options->display_list, all->str, all->len,
                                error) &&
           fm_outputs_commit(outputs, error);
}

FmRenderReport *fm__atlas_render(const FmRenderBook *book, const char *path,
                                 const FmProgress *progress, GError **error)
{
    g_auto(Atlas)
        atlas = {.book = book,
                 .options = *book->options,
                 .pages = g_array_new(FALSE, FALSE, sizeof(FmAtlasPage)),
                 .paths = g_ptr_array_new_with_free_func(g_free),
                 .outputs = g_ptr_array_new_with_free_func((GDestroyNotify)fm_outputs_free),
                 .reports = g_ptr_array_new_with_free_func((GDestroyNotify)fm_render_report_free),
                 .lists = g_ptr_array_new_with_free_func(free_list)};
    atlas.options.n_threads = 1;
    if (!path)
        atlas.options.display_list = NULL;
    if (book->options->extent_layer) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                    "--extent %s: each page of an atlas fits its own area: leave it out",
                    book->options->extent_layer);
        return NULL;
    }
    if (!find_pages(&atlas, error) ||
        (book->options->atlas_only && !keep_only(&atlas, book->options->atlas_only, error)) ||
        (path && !name_files(&atlas, path, error)))
        return NULL;
    gboolean pdf = path && atlas.paths->len == 0;
    g_ptr_array_set_size(atlas.reports, (gint)atlas.pages->len);
    if (atlas.options.display_list)
        g_ptr_array_set_size(atlas.lists, (gint)atlas.pages->len);
    if (pdf ? !draw_pdf(&atlas, path, progress, error) : !draw_files(&atlas, progress, error))
        return NULL;
    for (guint i = 0; i < atlas.outputs->len; i++)
        if (!fm_outputs_commit(atlas.outputs->pdata[i], error))
            return NULL;
    if (atlas.options.display_list && !write_lists(&atlas, error))
        return NULL;
    return sum_up(&atlas, pdf ? path : NULL);
}

/* ---- the page's area on the map --------------------------------------------------------- */

void fm__atlas_draw_area(const FmRenderJob *job)
{
    const FmPageAtlas *look = job->page->atlas;
    const FmPageRect *rect = &job->frame->rect;
    const FmMapLayer *layer = fm__map_layers_find(job->layers, look->layer);
    const FmShape *area = layer->shapes[job->atlas->row];
    cairo_t *cr = job->cr;
    if (!area)
        return;
    cairo_save(cr);
    cairo_rectangle(cr, rect->x_px, rect->y_px, rect->width_px, rect->height_px);
    cairo_clip(cr);
    if (look->veil_opacity > 0) { /* around the area: a box with a hole */
        FmPageRect box = fm__rect_grow(*rect, FM_CLIP_MARGIN_PX + 1);
        cairo_set_fill_rule(cr, CAIRO_FILL_RULE_EVEN_ODD);
        cairo_rectangle(cr, box.x_px, box.y_px, box.width_px, box.height_px);
        fm__shape_trace(area, cr);
        fm__set_source(cr, look->veil, look->veil_opacity);
        cairo_fill(cr);
    }
    if (look->outline_px > 0) {
        cairo_new_path(cr);
        fm__shape_trace(area, cr);
        fm__set_source(cr, look->outline, 1);
        cairo_set_line_width(cr, look->outline_px);
        cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
        cairo_stroke(cr);
    }
    cairo_restore(cr);
}
