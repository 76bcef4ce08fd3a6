/* Blocks that candidates share, and the box of a block at a place. */
#include "fm-unit.h"
#include "label-candidate.h"
#include "label-fixture.h"
#include "text-internal.h"

static const FmPageRect frame = {0, 0, 400, 300};

/* One block a way of setting the lines, whatever the number of anchors. */
static void blocks_are_shared(void)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    const FixtureText text = fixture_bilingual("北京市", "\nCity");
    FmLabelRequest request = fixture_point(200, 150, &text);
    request.style.justify = FM_JUSTIFY_AUTO;
    FmShapedText *shaped = fm__shaped_text_new();
    FmPointBlocks blocks = {NULL, {NULL}};
    FmTextBlock *left = fm__point_block(context, &request, FM_ANCHOR_LEFT, &blocks, shaped);
    FmTextBlock *right = fm__point_block(context, &request, FM_ANCHOR_RIGHT, &blocks, shaped);
    g_assert_true(left != right);
    g_assert_true(left == fm__point_block(context, &request, FM_ANCHOR_TOP_LEFT, &blocks, shaped));
    g_assert_cmpfloat(fm__text_block_width_px(left), ==, fm__text_block_width_px(right));
    fm__shaped_text_unref(shaped);
}

/* The padding is kept inside the frame and is no part of the bounds. */
static void keeps_inside(void)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    const FixtureText text = fixture_text("北京市");
    FmLabelRequest request = fixture_point(0, 0, &text);
    request.padding_px = 3;
    FmPointBlocks blocks = {NULL, {NULL}};
    FmLabelUnit unit = fm__label_unit_new(0, fm__shaped_text_new());
    FmTextBlock *block = fm__point_block(context, &request, FM_ANCHOR_LEFT, &blocks, unit.shaped);
    double top_px = 0, bottom_px = 0;
    fm__text_block_ink(block, &top_px, &bottom_px);
    const double edge_px = 400 - fm__text_block_width_px(block);
    static const struct {
        double from_edge_px;
        gboolean kept;
    } table[] = {{-3.01, TRUE}, {-2.99, FALSE}, {0, FALSE}, {10, FALSE}};
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++) {
        const FmPagePoint at = {edge_px + table[i].from_edge_px, 150};
        FmLabelCandidate *c = fm__label_unit_keep(
            &unit, &request, frame, fm__point_candidate(&request, at, FM_ANCHOR_LEFT, block));
        g_assert_cmpint(c != NULL, ==, table[i].kept);
        if (c == NULL)
            continue;
        g_assert_cmpfloat_with_epsilon(c->bounds.x_px, at.x_px, 1e-9);
        g_assert_cmpfloat_with_epsilon(c->bounds.height_px, bottom_px - top_px, 1e-9);
    }
    g_assert_cmpuint(unit.candidates->len, ==, 1);
    fm__label_unit_clear(&unit);
}

void test_label_candidate(void)
{
    g_test_add_func("/render/label-candidate/shared", blocks_are_shared);
    g_test_add_func("/render/label-candidate/inside", keeps_inside);
}
