/* One page of the small town, and questions to its display list. */
#include "fixture-page.h"

#include <math.h>
#include <string.h>

static void fit(FixturePage *page)
{
    FmBounds bounds = FM_BOUNDS_EMPTY;
    g_autoptr(GError) error = NULL;
    g_autoptr(FmTable) areas = fm_workspace_read(page->workspace, "area", NULL, NULL, &error);
    g_assert_no_error(error);
    for (gsize row = 0; row < fm_table_n_rows(areas); row++)
        g_assert_true(fm__frame_extend(page->frame, fm_table_geometry(areas, row), &bounds, NULL));
    g_assert_true(fm__frame_fit(page->frame, &page->sheet, bounds, 0.1, NULL));
}

FixturePage *fixture_page_new(const char *metadata, const char *layers)
{
    FixturePage *page = g_new0(FixturePage, 1);
    g_autoptr(GError) error = NULL;
    page->folder = fixture_folder();
    page->workspace = fixture_town(page->folder);
    page->style = fixture_document(metadata, layers);
    page->page = fm_page_new(page->style, &error);
    g_assert_no_error(error);
    g_assert_true(fm__sheet_init(&page->sheet, page->page, "1000x700", 0, NULL));
    page->frame = fm__frame_new("EPSG:4548", NULL);
    fit(page);
    page->layers = fm__map_layers_new(page->workspace, page->style, page->page, NULL, NULL, &error);
    g_assert_no_error(error);
    FmStyle *written = fm__map_layers_classed(page->layers, page->style, &error);
    g_assert_no_error(error);
    fm_page_free(page->page);
    fm_style_free(page->style);
    page->style = written;
    page->page = fm_page_new(page->style, &error);
    g_assert_no_error(error);
    FmPageRect clip = fm__rect_grow(page->frame->rect, 40);
    g_assert_true(fm__map_layers_project(page->layers, page->frame, &clip, 1, NULL, NULL));
    g_assert_true(fm__map_layers_derive(page->layers, page->style, page->frame, &clip, &error));
    g_assert_no_error(error);
    page->words = fm__placeholders_new(page->workspace, page->layers, &error);
    g_assert_no_error(error);
    g_autoptr(GPtrArray) frames = g_ptr_array_new();
    g_ptr_array_add(frames, page->frame);
    page->placeholders =
        fm__placeholders_of_page(page->words, page->page, page->layers, frames, NULL);
    page->text = fm__text_context_new();
    g_autofree char *icons = g_build_filename(g_getenv("FACMAP_SOURCE"), "styles", "icons", NULL);
    page->icons = fm__icon_set_new(icons);
    page->surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 1000, 700);
    page->cr = cairo_create(page->surface);
    cairo_set_source_rgb(page->cr, 1, 1, 1);
    cairo_paint(page->cr);
    cairo_scale(page->cr, page->sheet.device_scale, page->sheet.device_scale);
    page->list = g_string_new(NULL);
    FmRenderReport *report = g_new0(FmRenderReport, 1);
    report->unplaced = g_ptr_array_new_with_free_func(g_free);
    report->missing_glyphs = g_ptr_array_new_with_free_func(g_free);
    report->warnings = g_ptr_array_new_with_free_func(g_free);
    page->furniture = (FmFurniture){.cr = page->cr,
                                    .sheet = &page->sheet,
                                    .frame = page->frame,
                                    .page = page->page,
                                    .style = page->style,
                                    .layers = page->layers,
                                    .placeholders = page->placeholders,
                                    .text = page->text,
                                    .icons = page->icons,
                                    .language = FM_LANGUAGE_BOTH,
                                    .report = report,
                                    .display_list = page->list,
                                    .scale = 1};
    return page;
}

void fixture_page_free(FixturePage *page)
{
    g_assert_cmpint(cairo_status(page->cr), ==, CAIRO_STATUS_SUCCESS);
    cairo_destroy(page->cr);
    cairo_surface_destroy(page->surface);
    fm_render_report_free(page->furniture.report);
    g_string_free(page->list, TRUE);
    fm__icon_set_free(page->icons);
    fm__text_context_free(page->text);
    fm__placeholders_free(page->placeholders);
    fm__placeholders_free(page->words);
    fm__map_layers_free(page->layers);
    fm__frame_free(page->frame);
    fm_page_free(page->page);
    fm_style_free(page->style);
    fm_workspace_free(page->workspace);
    fixture_remove(page->folder);
    g_free(page->folder);
    g_free(page);
}

guint fixture_page_count(const FixturePage *page, const char *kind, const char *words)
{
    g_auto(GStrv) lines = g_strsplit(page->list->str, "\n", -1);
    g_autofree char *prefix = g_strconcat(kind, " ", NULL);
    guint n = 0;
    for (char **line = lines; *line; line++)
        n += g_str_has_prefix(*line, prefix) && strstr(*line, words) != NULL;
    return n;
}

FmPageRect fixture_page_box(const FixturePage *page, const char *kind, const char *words)
{
    g_auto(GStrv) lines = g_strsplit(page->list->str, "\n", -1);
    g_autofree char *prefix = g_strconcat(kind, " ", NULL);
    for (char **line = lines; *line; line++) {
        if (!g_str_has_prefix(*line, prefix) || !strstr(*line, words))
            continue;
        g_auto(GStrv) parts = g_strsplit(*line, " ", 6);
        double side[4];
        for (int i = 0; i < 4; i++)
            g_assert_true(fm_parse_double(parts[i + 1], &side[i]));
        return (FmPageRect){side[0], side[1], side[2], side[3]};
    }
    g_error("no line '%s … %s' in:\n%s", kind, words, page->list->str);
}

void fixture_page_forget(FixturePage *page)
{
    g_string_truncate(page->list, 0);
}

guint32 fixture_page_pixel(const FixturePage *page, double x_px, double y_px)
{
    cairo_surface_flush(page->surface);
    int x = (int)floor(x_px * page->sheet.device_scale);
    int y = (int)floor(y_px * page->sheet.device_scale);
    guint32 pixel;
    memcpy(&pixel,
           cairo_image_surface_get_data(page->surface) +
               cairo_image_surface_get_stride(page->surface) * y + 4 * x,
           sizeof pixel);
    return pixel & 0xFFFFFF;
}
