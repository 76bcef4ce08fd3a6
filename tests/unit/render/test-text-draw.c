/* Halos, colours, and blocks cut into characters. */
#include "fm-unit.h"
#include "label-fixture.h"
#include "text-internal.h"

static const FmPageRect canvas = {0, 0, 120, 40};

static void free_clusters(GArray *clusters)
{
    for (guint i = 0; i < clusters->len; i++)
        fm__text_block_free(g_array_index(clusters, FmTextCluster, i).block);
    g_array_unref(clusters);
}

static GArray *cut(FmTextContext *context, const char *text, const FmTextStyle *style)
{
    FixtureText one = fixture_text(text);
    g_autoptr(FmTextBlock) block = fm__text_block_new_line(context, one.sections, one.n, style);
    GArray *clusters = g_array_new(FALSE, FALSE, sizeof(FmTextCluster));
    fm__text_block_cut(block, clusters);
    return clusters;
}

static const FmTextCluster *cluster_at(GArray *clusters, guint i)
{
    return &g_array_index(clusters, FmTextCluster, i);
}

/* Pieces drawn where they stood make the picture of the whole. */
static void test_cut_and_joined(void)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    FmTextStyle style = fixture_style();
    style.letter_spacing_em = 0.2;
    FixtureText text = fixture_text("AV 永定河 fi é");
    g_autoptr(FmTextBlock) whole = fm__text_block_new_line(context, text.sections, text.n, &style);
    cairo_t *one = fixture_canvas(canvas, 2), *many = fixture_canvas(canvas, 2);
    fm__text_block_draw_glyphs(one, whole, 5, 5);
    GArray *clusters = cut(context, text.sections[0].text, &style);
    g_assert_cmpuint(clusters->len, ==, 8);
    for (guint i = 0; i < clusters->len; i++)
        fm__text_block_draw_glyphs(many, cluster_at(clusters, i)->block,
                                   5 + cluster_at(clusters, i)->x_px, 5);
    guint ink = 0;
    for (int y = 0; y < 80; y++) {
        for (int x = 0; x < 240; x++) {
            int a = (int)fixture_alpha(one, x, y), b = (int)fixture_alpha(many, x, y);
            ink += a > 128;
            g_assert_cmpint(ABS(a - b), <=, 2);
        }
    }
    g_assert_cmpuint(ink, >, 300);
    cairo_destroy(one);
    cairo_destroy(many);
    free_clusters(clusters);
}

static void test_kerning_is_kept(void)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    const FmTextStyle style = fixture_style();
    GArray *pair = cut(context, "AV", &style), *alone = cut(context, "A", &style);
    g_assert_cmpuint(pair->len, ==, 2);
    double width_px = fm__text_block_width_px(cluster_at(alone, 0)->block);
    g_assert_cmpfloat(cluster_at(pair, 1)->x_px, <, width_px - 0.1);
    free_clusters(pair);
    free_clusters(alone);
}

static void test_what_a_reader_sees(void)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    const FmTextStyle style = fixture_style();
    /* A letter and its accent stay together; blanks and line feeds are gaps. */
    GArray *accent = cut(context, "e\u0301a\nb", &style);
    g_assert_cmpuint(accent->len, ==, 3);
    g_assert_cmpfloat(cluster_at(accent, 2)->x_px - cluster_at(accent, 1)->x_px, >,
                      fm__text_block_width_px(cluster_at(accent, 1)->block) + 1);
    free_clusters(accent);
    GArray *none = cut(context, " \n ", &style);
    g_assert_cmpuint(none->len, ==, 0);
    free_clusters(none);
    /* Hebrew runs to the left, whether a font has it or not. */
    GArray *hebrew = cut(context, "\u05D0\u05D1\u05D2", &style);
    g_assert_cmpuint(hebrew->len, ==, 3);
    g_assert_cmpfloat(cluster_at(hebrew, 0)->x_px, >, cluster_at(hebrew, 1)->x_px);
    g_assert_cmpfloat_with_epsilon(cluster_at(hebrew, 2)->x_px, 0, 1e-3);
    free_clusters(hebrew);
}

/* A halo of half opacity is nowhere darker, also where two glyphs are close. */
static void test_halo_once(void)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    FmTextStyle style = fixture_style();
    style.color.a = 0;
    style.halo_color = (FmColor){1, 1, 1, 0.5};
    style.halo_width_px = 3;
    FixtureText text = fixture_text("llll");
    g_autoptr(FmTextBlock) block = fm__text_block_new(context, text.sections, text.n, &style);
    cairo_t *cr = fixture_canvas(canvas, 2);
    fm__text_block_draw(cr, block, 20, 10);
    guint most = fixture_max_alpha(cr, (FmPageRect){0, 0, 240, 80});
    g_assert_cmpuint(most, >=, 127);
    g_assert_cmpuint(most, <=, 129);
    cairo_destroy(cr);
}

static void test_halo_reach(void)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    FmTextStyle style = fixture_style();
    FixtureText text = fixture_text("一");
    const double blurs[] = {0, 2};
    for (gsize i = 0; i < G_N_ELEMENTS(blurs); i++) {
        style.halo_color = (FmColor){1, 1, 1, 1};
        style.halo_width_px = 4;
        style.halo_blur_px = blurs[i];
        g_autoptr(FmTextBlock) block = fm__text_block_new(context, text.sections, text.n, &style);
        g_assert_cmpfloat_with_epsilon(fm__text_block_width_px(block), 10, 0.01);
        cairo_t *cr = fixture_canvas(canvas, 1);
        fm__text_block_draw(cr, block, 40, 10);
        /* The bar of 一 is in the middle of its em. */
        g_assert_cmpuint(fixture_alpha(cr, 45, 16 - 3), ==, 255);
        g_assert_cmpuint(fixture_alpha(cr, 45, 16 + 3), ==, 255);
        guint beyond = fixture_max_alpha(cr, (FmPageRect){45, 20, 1, 3});
        g_assert_true((beyond > 100) == (blurs[i] > 0));
        g_assert_cmpuint(fixture_max_alpha(cr, (FmPageRect){45, 25, 1, 4}), ==, 0);
        cairo_destroy(cr);
    }
}

static void test_section_color(void)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    FmTextStyle style = fixture_style();
    style.color = (FmColor){0, 0, 1, 0.5};
    FixtureText text = fixture_bilingual("一一", "\n一一");
    text.sections[1].has_color = TRUE;
    text.sections[1].color = (FmColor){1, 0, 0, 1};
    g_autoptr(FmTextBlock) block = fm__text_block_new(context, text.sections, text.n, &style);
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, 40, 40);
    cairo_t *cr = cairo_create(surface);
    cairo_scale(cr, 2, 2);
    fm__text_block_draw(cr, block, 0, 0);
    cairo_surface_flush(surface);
    guint32 most[2] = {0, 0};
    for (int y = 0; y < 40; y++) {
        const guint32 *row =
            (const guint32 *)(const void *)(cairo_image_surface_get_data(surface) +
                                            y * cairo_image_surface_get_stride(surface));
        for (int x = 0; x < 40; x++)
            most[y >= 24] = MAX(most[y >= 24], row[x]);
    }
    /* Premultiplied: half opaque blue above; red with the style's opacity below. */
    g_assert_cmphex(most[0], ==, 0x80000080);
    g_assert_cmphex(most[1], ==, 0x80800000);
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
}

void test_text_draw(void)
{
    g_test_add_func("/render/text-draw/cut-and-joined", test_cut_and_joined);
    g_test_add_func("/render/text-draw/kerning", test_kerning_is_kept);
    g_test_add_func("/render/text-draw/clusters", test_what_a_reader_sees);
    g_test_add_func("/render/text-draw/halo-once", test_halo_once);
    g_test_add_func("/render/text-draw/halo-reach", test_halo_reach);
    g_test_add_func("/render/text-draw/section-color", test_section_color);
}
