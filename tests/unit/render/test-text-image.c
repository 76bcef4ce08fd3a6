/* Images in lines of text: the room that they take, where they stand and in what colour. */
#include "fixture.h"
#include "fm-unit.h"
#include "label-fixture.h"
#include "surface.h"
#include "text-image.h"

#include <string.h>

/* Pango counts in 1/1024 px. */
#define ROUNDING_PX 0.01
#define SIDE 60

/* A folder with `box`, 10 × 10 px in currentColor, and `tower`, 6 × 30 px in green. */
typedef struct {
    char *folder;
    FmIconSet *icons;
    FmTextContext *context;
    FmTextStyle style; /* 10 px, black, boxes red */
} Shop;

static void write_icon(const char *folder, const char *name, int width, int height,
                       const char *color)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *svg =
        g_strdup_printf("<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d'>"
                        "<rect width='%d' height='%d' fill='%s'/></svg>",
                        width, height, width, height, color);
    g_assert_true(g_file_set_contents(path, svg, -1, NULL));
}

static void shop_clear(Shop *shop)
{
    fm__text_context_free(shop->context);
    fm__icon_set_free(shop->icons);
    fixture_remove(shop->folder);
    g_free(shop->folder);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Shop, shop_clear)

static Shop shop_open(void)
{
    Shop shop = {.folder = fixture_folder(), .style = fixture_style()};
    write_icon(shop.folder, "box.svg", 10, 10, "currentColor");
    write_icon(shop.folder, "tower.svg", 6, 30, "#00ff00");
    shop.icons = fm__icon_set_new(shop.folder);
    shop.context = fm__text_context_new();
    shop.style.images = (FmTextImages){shop.icons, 1, TRUE, {1, 0, 0, 1}};
    return shop;
}

static FmTextSection words(const char *text, FmVerticalAlign align)
{
    return (FmTextSection){.text = (char *)(guintptr)text, .font_scale = 1, .align = align};
}

static FmTextSection image(const char *name, FmVerticalAlign align)
{
    return (FmTextSection){
        .text = (char *)(guintptr) "",
        .font_scale = 1,
        .align = align,
        .image = (char *)(guintptr)name,
    };
}

static FmTextBlock *block_of(const Shop *shop, const FmTextSection *sections, gsize n)
{
    return fm__text_block_new(shop->context, sections, n, &shop->style);
}

static const FmTextRun *run_at(const FmTextBlock *block, guint i)
{
    g_assert_cmpuint(i, <, block->runs->len);
    return &g_array_index(block->runs, FmTextRun, i);
}

/* A picture of the block, a pixel a px, on white. */
static cairo_surface_t *picture_of(const FmTextBlock *block)
{
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, SIDE, SIDE);
    cairo_t *cr = cairo_create(surface);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    fm__text_block_draw(cr, block, 0, 0);
    g_assert_cmpint(cairo_status(cr), ==, CAIRO_STATUS_SUCCESS);
    cairo_destroy(cr);
    cairo_surface_flush(surface);
    return surface;
}

/* First and last row of pixels of a colour in a column; -1 when there is none. */
static void rows_of(cairo_surface_t *surface, int x, guint32 rgb, int *first, int *last)
{
    *first = *last = -1;
    for (int y = 0; y < SIDE; y++) {
        guint32 pixel = 0;
        memcpy(&pixel,
               cairo_image_surface_get_data(surface) +
                   (gsize)y * (gsize)cairo_image_surface_get_stride(surface) + 4 * (gsize)x,
               sizeof pixel);
        if ((pixel & 0xFFFFFF) != rgb)
            continue;
        *first = *first < 0 ? y : *first;
        *last = y;
    }
}

/* ---- room ------------------------------------------------------------------------------- */

/* A text is wider by its image, whose size is its own whatever the text's. */
static void width(void)
{
    g_auto(Shop) shop = shop_open();
    const FmTextSection sections[] = {words("北", FM_VERTICAL_BOTTOM),
                                      image("box", FM_VERTICAL_BOTTOM),
                                      image("box", FM_VERTICAL_BOTTOM)};
    const double sizes_px[] = {10, 25};
    for (gsize i = 0; i < G_N_ELEMENTS(sizes_px); i++) {
        shop.style.size_px = sizes_px[i];
        for (gsize n = 0; n < G_N_ELEMENTS(sections); n++) {
            g_autoptr(FmTextBlock) block = block_of(&shop, sections, n + 1);
            g_assert_cmpfloat_with_epsilon(fm__text_block_width_px(block),
                                           sizes_px[i] + 10 * (double)n, ROUNDING_PX);
            g_assert_cmpuint(block->runs->len, ==, n + 1);
        }
    }
    g_assert_cmpuint(fm__text_context_missing(shop.context)->len, ==, 0);
}

static void letter_spacing(void)
{
    g_auto(Shop) shop = shop_open();
    shop.style.letter_spacing_em = 0.4;
    const FmTextSection sections[] = {words("北", FM_VERTICAL_BOTTOM),
                                      image("box", FM_VERTICAL_BOTTOM),
                                      words("京", FM_VERTICAL_BOTTOM)};
    g_autoptr(FmTextBlock) block = block_of(&shop, sections, G_N_ELEMENTS(sections));
    g_assert_cmpfloat_with_epsilon(fm__text_block_width_px(block), 30 + 2 * 4, 0.1);
    cairo_surface_t *surface = picture_of(block);
    int first = 0, last = 0;
    for (int x = 0; x < 38; x++) {
        rows_of(surface, x, 0xFF0000, &first, &last);
        g_assert_cmpint(first >= 0, ==, x >= 14 && x < 24);
    }
    cairo_surface_destroy(surface);
    /* None before the first and after the last of a line. */
    g_autoptr(FmTextBlock) pair = block_of(&shop, sections + 1, 2);
    g_assert_cmpfloat_with_epsilon(fm__text_block_width_px(pair), 20 + 4, 0.1);
    surface = picture_of(pair);
    rows_of(surface, 0, 0xFF0000, &first, &last);
    g_assert_cmpint(first, >=, 0);
    cairo_surface_destroy(surface);
    g_autoptr(FmTextBlock) alone = block_of(&shop, sections + 1, 1);
    g_assert_cmpfloat_with_epsilon(fm__text_block_width_px(alone), 10, 0.1);
}

/* A line is higher by what an image is higher than its em box, and not at all for a lower one. */
static void height(void)
{
    g_auto(Shop) shop = shop_open();
    const FmTextSection low[] = {words("北", FM_VERTICAL_BOTTOM), image("box", FM_VERTICAL_BOTTOM)};
    const FmTextSection high[] = {words("北", FM_VERTICAL_BOTTOM),
                                  image("tower", FM_VERTICAL_BOTTOM)};
    g_autoptr(FmTextBlock) plain = block_of(&shop, low, 1);
    g_autoptr(FmTextBlock) with_box = block_of(&shop, low, 2);
    g_autoptr(FmTextBlock) with_tower = block_of(&shop, high, 2);
    g_assert_cmpfloat_with_epsilon(fm__text_block_height_px(plain), 12, 1e-9);
    g_assert_cmpfloat_with_epsilon(fm__text_block_height_px(with_box), 12, 1e-9);
    g_assert_cmpfloat_with_epsilon(fm__text_block_height_px(with_tower), 12 + 20, 1e-9);
    g_assert_cmpfloat(fm__text_block_baseline_px(with_box), ==, fm__text_block_baseline_px(plain));
    g_assert_cmpfloat_with_epsilon(fm__text_block_baseline_px(with_tower),
                                   fm__text_block_baseline_px(plain) + 20, 1e-9);
    /* What names keep off: from the tower's top to its foot, which is lower than any glyph. */
    double top_px = 0, bottom_px = 0;
    fm__text_block_ink(with_tower, &top_px, &bottom_px);
    g_assert_cmpfloat_with_epsilon(top_px, 1, 1e-9);
    g_assert_cmpfloat_with_epsilon(bottom_px, 31, 0.5);
}

/* ---- places ----------------------------------------------------------------------------- */

/* Beside a tower of 30 px, which fills the line from 1 to 31. */
static void aligned_images(void)
{
    g_auto(Shop) shop = shop_open();
    static const struct {
        FmVerticalAlign align;
        int first, last;
    } cases[] = {
        {FM_VERTICAL_TOP, 1, 10}, {FM_VERTICAL_CENTER, 11, 20}, {FM_VERTICAL_BOTTOM, 21, 30}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const FmTextSection sections[] = {image("tower", FM_VERTICAL_BOTTOM),
                                          image("box", cases[i].align)};
        g_autoptr(FmTextBlock) block = block_of(&shop, sections, 2);
        cairo_surface_t *surface = picture_of(block);
        int first = 0, last = 0;
        rows_of(surface, 3, 0x00FF00, &first, &last);
        g_assert_cmpint(first, ==, 1);
        g_assert_cmpint(last, ==, 30);
        rows_of(surface, 11, 0xFF0000, &first, &last);
        g_assert_cmpint(first, ==, cases[i].first);
        g_assert_cmpint(last, ==, cases[i].last);
        cairo_surface_destroy(surface);
    }
}

/* A text's em box goes from the line's top to its foot as an image does. */
static void aligned_texts(void)
{
    g_auto(Shop) shop = shop_open();
    const FmVerticalAlign aligns[] = {FM_VERTICAL_TOP, FM_VERTICAL_CENTER, FM_VERTICAL_BOTTOM};
    FmTextSection sections[] = {image("tower", FM_VERTICAL_BOTTOM), words("北", FM_VERTICAL_TOP),
                                words("北", FM_VERTICAL_CENTER), words("北", FM_VERTICAL_BOTTOM)};
    g_autoptr(FmTextBlock) block = block_of(&shop, sections, G_N_ELEMENTS(sections));
    const double foot_px = fm__text_block_baseline_px(block);
    for (guint i = 0; i < G_N_ELEMENTS(aligns); i++)
        g_assert_cmpfloat_with_epsilon(run_at(block, i + 1)->y_px, foot_px - 20 + 10 * i, 1e-9);
    /* A small text in the middle of a line of large ones, without an image. */
    sections[1].align = FM_VERTICAL_BOTTOM;
    sections[2].font_scale = 0.5;
    g_autoptr(FmTextBlock) words_alone = block_of(&shop, sections + 1, 2);
    g_assert_cmpfloat(run_at(words_alone, 0)->y_px, ==, fm__text_block_baseline_px(words_alone));
    g_assert_cmpfloat(run_at(words_alone, 1)->y_px, <, run_at(words_alone, 0)->y_px - 1);
}

static void opacity(void)
{
    g_auto(Shop) shop = shop_open();
    shop.style.images.opacity = 0.4;
    const FmTextSection box = image("box", FM_VERTICAL_BOTTOM);
    g_autoptr(FmTextBlock) block = block_of(&shop, &box, 1);
    cairo_surface_t *surface = picture_of(block);
    int first = 0, last = 0;
    rows_of(surface, 5, 0xFF9999, &first, &last);
    g_assert_cmpint(last - first, ==, 9);
    cairo_surface_destroy(surface);
}

/* ---- the block's other uses ------------------------------------------------------------- */

/* Along a line the image is a character of its own. */
static void cut(void)
{
    g_auto(Shop) shop = shop_open();
    const FmTextSection sections[] = {words("北", FM_VERTICAL_BOTTOM),
                                      image("box", FM_VERTICAL_BOTTOM),
                                      words("京", FM_VERTICAL_BOTTOM)};
    FmTextBlock *whole = block_of(&shop, sections, G_N_ELEMENTS(sections));
    g_autoptr(GArray) clusters = g_array_new(FALSE, FALSE, sizeof(FmTextCluster));
    fm__text_block_cut(whole, clusters);
    fm__text_block_free(whole); /* the pieces stand for themselves */
    g_assert_cmpuint(clusters->len, ==, 3);
    const FmTextCluster *box = &g_array_index(clusters, FmTextCluster, 1);
    g_assert_cmpfloat_with_epsilon(box->x_px, 10, ROUNDING_PX);
    cairo_surface_t *surface = picture_of(box->block);
    int first = 0, last = 0;
    rows_of(surface, 5, 0xFF0000, &first, &last);
    g_assert_cmpint(last - first, ==, 9);
    cairo_surface_destroy(surface);
    for (guint i = 0; i < clusters->len; i++)
        fm__text_block_free(g_array_index(clusters, FmTextCluster, i).block);
}

static void copy(void)
{
    g_auto(Shop) shop = shop_open();
    const FmTextSection box = image("box", FM_VERTICAL_BOTTOM);
    FmTextBlock *block = block_of(&shop, &box, 1);
    g_autoptr(FmTextBlock) again = fm__text_block_copy(block);
    fm__text_block_free(block);
    g_assert_cmpstr(run_at(again, 0)->image.name, ==, "box");
    g_assert_cmpfloat(run_at(again, 0)->image.width_px, ==, 10);
}

/* In an SVG the image is a shape between the texts, and no character stands for it. */
static void svg(void)
{
    g_auto(Shop) shop = shop_open();
    const FmSheet sheet = {.width_dev = 200, .height_dev = 100, .dpi = 96, .device_scale = 1};
    g_autofree char *path = g_build_filename(shop.folder, "page.svg", NULL);
    g_autoptr(GError) error = NULL;
    const FmTextSection sections[] = {words("A", FM_VERTICAL_BOTTOM),
                                      image("box", FM_VERTICAL_BOTTOM),
                                      words("B", FM_VERTICAL_BOTTOM)};
    g_autoptr(FmTextBlock) block = block_of(&shop, sections, G_N_ELEMENTS(sections));
    cairo_t *cr = fm__surface_open(FM_PICTURE_SVG, path, &sheet, &error);
    g_assert_no_error(error);
    fm__text_block_draw(cr, block, 20, 20);
    g_assert_true(fm__surface_finish(cr, path, &error));
    g_assert_no_error(error);
    cairo_destroy(cr);
    g_autofree char *text = fixture_read(path, NULL);
    g_assert_nonnull(strstr(text, ">A</text>"));
    g_assert_nonnull(strstr(text, ">B</text>"));
    g_assert_null(strstr(text, FM_TEXT_IMAGE_MARK));
    g_assert_nonnull(strstr(text, "rgb(100%,0%,0%)"));
}

/* ---- images that are not there ---------------------------------------------------------- */

static void unknown(void)
{
    g_auto(Shop) shop = shop_open();
    g_autoptr(GError) error = NULL;
    const FmTextSection sections[] = {image("box", FM_VERTICAL_BOTTOM),
                                      image("boks", FM_VERTICAL_BOTTOM)};
    g_assert_true(fm__text_images_check(shop.icons, sections, 1, &error));
    g_assert_no_error(error);
    g_assert_false(fm__text_images_check(shop.icons, sections, 2, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_NOT_FOUND);
    g_assert_nonnull(strstr(error->message, "'boks'"));
    g_assert_nonnull(strstr(error->message, "there are box, tower"));
    /* Where nobody asked, they take no room and leave no mark. */
    shop.style.images.icons = NULL;
    g_autoptr(FmTextBlock) block = block_of(&shop, sections, 2);
    g_assert_cmpfloat(fm__text_block_width_px(block), ==, 0);
    cairo_surface_destroy(picture_of(block));
}

void test_text_image(void)
{
    g_test_add_func("/render/text-image/width", width);
    g_test_add_func("/render/text-image/letter-spacing", letter_spacing);
    g_test_add_func("/render/text-image/height", height);
    g_test_add_func("/render/text-image/aligned-images", aligned_images);
    g_test_add_func("/render/text-image/aligned-texts", aligned_texts);
    g_test_add_func("/render/text-image/opacity", opacity);
    g_test_add_func("/render/text-image/cut", cut);
    g_test_add_func("/render/text-image/copy", copy);
    g_test_add_func("/render/text-image/svg", svg);
    g_test_add_func("/render/text-image/unknown", unknown);
}
