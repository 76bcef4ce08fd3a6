/* Atlases: one page for each area of a layer, and what a page does with its own area. */
#include "page-read.h"

#define PAD_RATIO 0.06
#define VEIL_OPACITY 0.6
#define OUTLINE_PX 1.6

#define OF_AREA "facmap:of-area"

static const char *const area_names[] = {"any", "inside", "outside", NULL};

static FmPageAtlas *atlas_new(void)
{
    FmPageAtlas *atlas = g_new0(FmPageAtlas, 1);
    atlas->pad_ratio = PAD_RATIO;
    atlas->veil = (FmColor){0.925, 0.918, 0.898, 1}; /* the ground outside of the shipped maps */
    atlas->veil_opacity = VEIL_OPACITY;
    atlas->outline = (FmColor){0.16, 0.17, 0.18, 1};
    atlas->outline_px = OUTLINE_PX;
    return atlas;
}

void fm__page_atlas_free(FmPageAtlas *atlas)
{
    if (!atlas)
        return;
    g_free(atlas->layer);
    fm__page_expression_free(atlas->filter);
    g_free(atlas);
}

void fm__page_atlas_read(FmPageReader *reader, JsonNode *node, const char *path, FmPage *page)
{
    static const char *const keys[] = {"layer",        "filter",  "pad_ratio",  "veil",
                                       "veil_opacity", "outline", "outline_px", NULL};
    JsonObject *object = fm__page_object(reader, node, path, keys);
    if (!object)
        return;
    FmPageAtlas *atlas = page->atlas = atlas_new();
    atlas->layer = fm__page_required_string(reader, object, path, "layer");
    atlas->filter = fm__page_filter(reader, object, path, "filter");
    atlas->pad_ratio = fm__page_number(reader, object, path, "pad_ratio", atlas->pad_ratio, 0, 2);
    atlas->veil = fm__page_color(reader, object, path, "veil", atlas->veil);
    atlas->veil_opacity =
        fm__page_number(reader, object, path, "veil_opacity", atlas->veil_opacity, 0, 1);
    atlas->outline = fm__page_color(reader, object, path, "outline", atlas->outline);
    atlas->outline_px =
        fm__page_number(reader, object, path, "outline_px", atlas->outline_px, 0, 20);
}

void fm_page_set_atlas(FmPage *page, const char *layer)
{
    g_return_if_fail(page && layer);
    if (!page->atlas)
        page->atlas = atlas_new();
    g_free(page->atlas->layer);
    page->atlas->layer = g_strdup(layer);
}

FmPageArea fm__page_area_read(FmPageReader *reader, JsonObject *metadata, const char *path)
{
    return (FmPageArea)fm__page_choice(reader, metadata, path, OF_AREA, area_names,
                                       FM_PAGE_AREA_ANY);
}

FmPageArea fm_page_layer_area(const FmStyleLayer *layer)
{
    JsonObject *metadata = fm__style_layer_metadata(layer);
    const char *name =
        metadata ? json_object_get_string_member_with_default(metadata, OF_AREA, area_names[0])
                 : area_names[0];
    /* Anything else was an error when the page was read. */
    for (int i = 0; area_names[i]; i++)
        if (g_str_equal(area_names[i], name))
            return (FmPageArea)i;
    return FM_PAGE_AREA_ANY;
}
