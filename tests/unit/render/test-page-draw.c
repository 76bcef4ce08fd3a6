/* The page as it is drawn: what lies above what, what stays inside the frame, what is not drawn. */
#include "fixture.h"
#include "fm-unit.h"

#include <png.h>

/* A drawn page as RGB. */
typedef struct {
    char *folder;
    FmWorkspace *workspace;
    guint8 *pixels;
    gsize width, height;
} Picture;

static void draw(Picture *picture, const char *layers)
{
    picture->folder = fixture_folder();
    picture->workspace = fixture_town(picture->folder);
    g_autofree char *path = g_build_filename(picture->folder, "p.png", NULL);
    g_autoptr(FmStyle) style = fixture_document(
        "{\"facmap:page\": {\"panel_ratio\": 0}, \"facmap:extent\": {\"layers\": [\"area\"]}}",
        layers);
    FmRenderOptions options = {.size = "400x300"};
    g_autoptr(GError) error = NULL;
    g_autoptr(FmRenderReport) report =
        fm_render_page(picture->workspace, style, path, &options, NULL, &error);
    g_assert_no_error(error);
    png_image image = {.version = PNG_IMAGE_VERSION};
    g_assert_true(png_image_begin_read_from_file(&image, path));
    image.format = PNG_FORMAT_RGB;
    picture->width = image.width;
    picture->height = image.height;
    picture->pixels = g_malloc(PNG_IMAGE_SIZE(image));
    g_assert_true(png_image_finish_read(&image, NULL, picture->pixels, 0, NULL));
}

static void picture_clear(Picture *picture)
{
    fm_workspace_free(picture->workspace);
    fixture_remove(picture->folder);
    g_free(picture->folder);
    g_free(picture->pixels);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Picture, picture_clear)

static guint32 pixel_at(const Picture *picture, gsize x, gsize y)
{
    const guint8 *p = picture->pixels + 3 * (y * picture->width + x);
    return (guint32)p[0] << 16 | (guint32)p[1] << 8 | p[2];
}

#define FILL(id, color, more)                                                                      \
    "{\"id\": \"" id                                                                               \
    "\", \"type\": \"fill\", \"source\": \"workspace\", \"source-layer\": \"area\","               \
    " \"paint\": {\"fill-color\": \"" color "\"}" more "}"
#define BACKGROUND                                                                                 \
    "{\"id\": \"b\", \"type\": \"background\", \"paint\": {\"background-color\": \"#0000ff\"}}"

static void later_layers_are_above(void)
{
    g_auto(Picture) picture = {0};
    draw(&picture,
         "[" BACKGROUND ", " FILL("red", "#ff0000", "") ", " FILL("green", "#00ff00", "") "]");
    g_assert_cmphex(pixel_at(&picture, 150, 150), ==, 0x00FF00);
}

/* The background fills the frame and nothing else. */
static void inside_the_frame(void)
{
    g_auto(Picture) picture = {0};
    draw(&picture, "[" BACKGROUND "]");
    g_assert_cmphex(pixel_at(&picture, 150, 150), ==, 0x0000FF);
    g_assert_cmphex(pixel_at(&picture, 5, 150), ==, 0xFFFFFF);
    g_assert_cmphex(pixel_at(&picture, 200, 297), ==, 0xFFFFFF);
}

static void not_drawn(void)
{
    static const char *const layers[] = {
        "[" BACKGROUND ", " FILL("x", "#ff0000", ", \"layout\": {\"visibility\": \"none\"}") "]",
        "[" BACKGROUND ", " FILL("x", "#ff0000", ", \"minzoom\": 20") "]",
        "[" BACKGROUND ", " FILL("x", "#ff0000", ", \"maxzoom\": 3") "]",
        "[" BACKGROUND
        ", " FILL("x", "#ff0000", ", \"filter\": [\"==\", [\"get\", \"id\"], \"none\"]") "]",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(layers); i++) {
        g_auto(Picture) picture = {0};
        draw(&picture, layers[i]);
        g_assert_cmphex(pixel_at(&picture, 150, 150), ==, 0x0000FF);
    }
}

void test_page_draw(void)
{
    g_test_add_func("/render/page-draw/later-layers-are-above", later_layers_are_above);
    g_test_add_func("/render/page-draw/inside-the-frame", inside_the_frame);
    g_test_add_func("/render/page-draw/not-drawn", not_drawn);
}
