/* Small pieces of the page: key figure, locator, graticule, grid, logo. */
#include "page-read.h"

#include <string.h>

static void figure_free(FmPageFigure *figure)
{
    if (!figure)
        return;
    g_free(figure->value);
    fm__page_text_clear(&figure->text);
    g_free(figure);
}

static void logo_free(FmPageLogo *logo)
{
    if (!logo)
        return;
    g_free(logo->file);
    g_free(logo);
}

void fm__page_furniture_free(FmPage *page)
{
    figure_free(page->figure);
    logo_free(page->logo);
    g_free(page->locator_layer);
}

void fm__page_figure_read(FmPageReader *reader, JsonNode *node, const char *path, FmPage *page)
{
    static const char *const keys[] = {"value", "text", NULL};
    JsonObject *object = fm__page_object(reader, node, path, keys);
    if (!object)
        return;
    page->figure = g_new0(FmPageFigure, 1);
    page->figure->value = fm__page_required_string(reader, object, path, "value");
    if (json_object_has_member(object, "text"))
        page->figure->text = fm__page_text(reader, json_object_get_member(object, "text"), path);
    else
        fm__page_fail(reader, path, FM_ERROR_PARSE, "'text' is missing");
}

void fm__page_locator_read(FmPageReader *reader, JsonNode *node, const char *path, FmPage *page)
{
    static const char *const keys[] = {"layer", NULL};
    JsonObject *object = fm__page_object(reader, node, path, keys);
    page->locator_layer = fm__page_required_string(reader, object, path, "layer");
}

void fm__page_graticule_read(FmPageReader *reader, JsonNode *node, const char *path, FmPage *page)
{
    static const char *const keys[] = {"step_deg", NULL};
    JsonObject *object = fm__page_object(reader, node, path, keys);
    page->graticule = TRUE;
    page->graticule_step_deg = fm__page_number(reader, object, path, "step_deg", 0, 1.0 / 3600, 30);
}

void fm__page_grid_read(FmPageReader *reader, JsonNode *node, const char *path, FmPage *page)
{
    static const char *const keys[] = {"step_m", NULL};
    JsonObject *object = fm__page_object(reader, node, path, keys);
    page->grid = TRUE;
    page->grid_step_m = fm__page_number(reader, object, path, "step_m", 0, 1, 1e7);
}

void fm__page_logo_read(FmPageReader *reader, JsonNode *node, const char *path, FmPage *page)
{
    static const char *const keys[] = {"file", "height_mm", "place", NULL};
    static const char *const places[] = {"bottom", "top", NULL};
    JsonObject *object = fm__page_object(reader, node, path, keys);
    if (!object)
        return;
    FmPageLogo *logo = page->logo = g_new0(FmPageLogo, 1);
    logo->file = fm__page_required_string(reader, object, path, "file");
    logo->height_mm = fm__page_number(reader, object, path, "height_mm", 10, 2, 100);
    logo->top = fm__page_choice(reader, object, path, "place", places, 0) == 1;
    /* A name, not a path: a document must not read other files. */
    if (logo->file && (strpbrk(logo->file, "/\\") || (!g_str_has_suffix(logo->file, ".svg") &&
                                                      !g_str_has_suffix(logo->file, ".png"))))
        fm__page_fail(reader, path, FM_ERROR_PARSE,
                      "'file' must be the name of an .svg or .png file among the icons");
}
