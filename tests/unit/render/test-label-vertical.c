/* Text in columns. */
#include "fm-unit.h"
#include "label-fixture.h"
#include "label-vertical.h"
#include "text-internal.h"

#include <string.h>

static const FmPageRect frame = {0, 0, 400, 300};

static GArray *units_of(FmTextContext *context, const FmLabelRequest *request)
{
    GArray *units = g_array_new(FALSE, FALSE, sizeof(FmLabelUnit));
    g_array_set_clear_func(units, (GDestroyNotify)fm__label_unit_clear);
    fm__label_shape(context, request, 0, frame, units);
    return units;
}

/* Two columns from right to left; Latin lies on its side. */
static void columns(void)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    const FixtureText text = fixture_bilingual("北京市", "\n区 A");
    FmLabelRequest request = fixture_point(200, 150, &text);
    request.n_anchors = 1;
    request.anchors[0] = FM_ANCHOR_CENTER;
    request.radial_offset_px = 0;
    request.writing[0] = FM_WRITING_VERTICAL;
    request.n_writing = 1;
    g_autoptr(GArray) units = units_of(context, &request);
    const GPtrArray *candidates = g_array_index(units, FmLabelUnit, 0).candidates;
    g_assert_cmpuint(candidates->len, ==, 1);
    const FmLabelCandidate *c = candidates->pdata[0];
    g_assert_cmpuint(c->pieces->len, ==, 5);
    const FmLabelPiece *p = (const FmLabelPiece *)(const void *)c->pieces->data;
    for (guint i = 1; i < 3; i++) {
        g_assert_cmpfloat(p[i].pivot.x_px, ==, p[0].pivot.x_px);
        g_assert_cmpfloat_with_epsilon(p[i].pivot.y_px - p[i - 1].pivot.y_px, 10, 0.05);
        g_assert_cmpfloat(p[i].angle_rad, ==, 0);
    }
    g_assert_cmpfloat(p[3].pivot.x_px, <, p[0].pivot.x_px);
    g_assert_cmpfloat(p[3].angle_rad, ==, 0);
    g_assert_cmpfloat_with_epsilon(p[4].angle_rad, G_PI / 2, 1e-12);
    /* As high as the longer column, as wide as both. */
    g_assert_cmpfloat_with_epsilon(c->bounds.height_px, 30, 0.05);
    g_assert_cmpfloat_with_epsilon(c->bounds.width_px, 12 * 1.85, 0.05);
}

/* Brackets take their forms for columns; text without Chinese stays level. */
static void forms(void)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    const FixtureText text = fixture_text("北（京）");
    FmLabelRequest request = fixture_point(200, 150, &text);
    request.n_anchors = 1;
    request.writing[0] = FM_WRITING_VERTICAL;
    request.n_writing = 1;
    g_autoptr(GArray) units = units_of(context, &request);
    const FmLabelCandidate *c = g_array_index(units, FmLabelUnit, 0).candidates->pdata[0];
    const FmLabelPiece *bracket = &g_array_index(c->pieces, FmLabelPiece, 1);
    g_assert_nonnull(strstr(bracket->block->text, "︵"));
    g_assert_null(strstr(bracket->block->text, "（"));
    const FixtureText latin = fixture_text("City");
    request = fixture_point(200, 150, &latin);
    request.writing[0] = FM_WRITING_VERTICAL;
    request.n_writing = 1;
    g_assert_false(fm__label_has_han(&request));
    g_autoptr(GArray) level = units_of(context, &request);
    c = g_array_index(level, FmLabelUnit, 0).candidates->pdata[0];
    g_assert_cmpuint(c->pieces->len, ==, 1);
}

/* Level first, then columns for what is left: both modes are candidates in this order. */
static void both_modes(void)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    const FixtureText text = fixture_text("北京市");
    FmLabelRequest request = fixture_point(200, 150, &text);
    request.writing[0] = FM_WRITING_HORIZONTAL;
    request.writing[1] = FM_WRITING_VERTICAL;
    request.n_writing = 2;
    g_autoptr(GArray) units = units_of(context, &request);
    const GPtrArray *candidates = g_array_index(units, FmLabelUnit, 0).candidates;
    g_assert_cmpuint(candidates->len, ==, 2 * request.n_anchors);
    for (guint i = 0; i < candidates->len; i++) {
        const FmLabelCandidate *c = candidates->pdata[i];
        g_assert_cmpfloat(c->cost, ==, i);
        g_assert_cmpuint(c->pieces->len, ==, i < request.n_anchors ? 1 : 3);
    }
}

void test_label_vertical(void)
{
    g_test_add_func("/render/label-vertical/columns", columns);
    g_test_add_func("/render/label-vertical/forms", forms);
    g_test_add_func("/render/label-vertical/both", both_modes);
}
