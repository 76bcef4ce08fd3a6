/* Where a point's text could stand. */
#include "fm-unit.h"
#include "label-fixture.h"
#include "label-shape.h"
#include "text-internal.h"

#include <math.h>

static const FmPageRect frame = {0, 0, 400, 300};

static GArray *units_of(FmTextContext *context, const FmLabelRequest *request)
{
    GArray *units = g_array_new(FALSE, FALSE, sizeof(FmLabelUnit));
    g_array_set_clear_func(units, (GDestroyNotify)fm__label_unit_clear);
    fm__label_shape(context, request, 0, frame, units);
    g_assert_cmpuint(units->len, ==, 1);
    return units;
}

static const FmLabelUnit *unit_of(GArray *units)
{
    return &g_array_index(units, FmLabelUnit, 0);
}

/* Signs of where the text's middle lies from the point. */
static void test_anchors(void)
{
    static const struct {
        FmAnchor anchor;
        int right, down;
    } table[] = {
        {FM_ANCHOR_CENTER, 0, 0},         {FM_ANCHOR_LEFT, 1, 0},
        {FM_ANCHOR_RIGHT, -1, 0},         {FM_ANCHOR_TOP, 0, 1},
        {FM_ANCHOR_BOTTOM, 0, -1},        {FM_ANCHOR_TOP_LEFT, 1, 1},
        {FM_ANCHOR_TOP_RIGHT, -1, 1},     {FM_ANCHOR_BOTTOM_LEFT, 1, -1},
        {FM_ANCHOR_BOTTOM_RIGHT, -1, -1},
    };
    g_assert_cmpuint(G_N_ELEMENTS(table), ==, FM_N_ANCHORS);
    g_autoptr(FmTextContext) context = fm__text_context_new();
    const FixtureText text = fixture_bilingual("北京市", "\nCity");
    const double gap_px = 5;
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++) {
        FmLabelRequest request = fixture_point(200, 150, &text);
        request.anchors[0] = table[i].anchor;
        request.n_anchors = 1;
        request.radial_offset_px = gap_px;
        g_autoptr(GArray) units = units_of(context, &request);
        g_assert_cmpuint(unit_of(units)->candidates->len, ==, 1);
        const FmLabelCandidate *c = g_ptr_array_index(unit_of(units)->candidates, 0);
        g_assert_cmpint(c->anchor, ==, table[i].anchor);
        /* The side that faces the point is the offset away, by the circle's shares when both do. */
        double share = table[i].right != 0 && table[i].down != 0 ? G_SQRT2 / 2 : 1;
        const double away_px = gap_px * share;
        double x_px = table[i].right > 0   ? c->bounds.x_px - 200
                      : table[i].right < 0 ? 200 - fm__rect_right_px(&c->bounds)
                                           : c->bounds.x_px + c->bounds.width_px / 2 - 200;
        /* The block is two lines high; what it covers is as high as its glyphs. */
        const double height_px = 12 * 1.85;
        double y_px = table[i].down > 0   ? c->position.y_px - 150
                      : table[i].down < 0 ? 150 - c->position.y_px - height_px
                                          : c->position.y_px + height_px / 2 - 150;
        g_assert_cmpfloat_with_epsilon(x_px, table[i].right != 0 ? away_px : 0, 1e-6);
        g_assert_cmpfloat_with_epsilon(y_px, table[i].down != 0 ? away_px : 0, 1e-6);
        g_assert_cmpfloat_with_epsilon(c->position.x_px, c->bounds.x_px, 1e-6);
        g_assert_cmpfloat_with_epsilon(c->bounds.width_px, 30, 0.05);
        g_assert_cmpfloat(c->bounds.y_px, >, c->position.y_px);
        g_assert_cmpfloat(fm__rect_bottom_px(&c->bounds), <, c->position.y_px + height_px + 1);
        g_assert_cmpfloat(c->bounds.height_px, >, 0.8 * height_px);
    }
}

/* Which side of the block the short line leans on. */
static void test_justify_by_anchor(void)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    const FixtureText text = fixture_text("北京市朝阳区\n区");
    FmLabelRequest request = fixture_point(200, 150, &text);
    request.style.justify = FM_JUSTIFY_AUTO;
    request.padding_px = 0;
    g_autoptr(GArray) units = units_of(context, &request);
    const double expected[] = {0, 50, 25, 25}; /* anchors LEFT, RIGHT, BOTTOM, TOP */
    for (guint i = 0; i < 4; i++) {
        const FmLabelCandidate *c = g_ptr_array_index(unit_of(units)->candidates, i);
        gsize n_lines = 0;
        const FmPageRect *lines =
            fm__text_block_lines(g_array_index(c->pieces, FmLabelPiece, 0).block, &n_lines);
        g_assert_cmpuint(n_lines, ==, 2);
        g_assert_cmpfloat_with_epsilon(lines[1].x_px - lines[0].x_px, expected[i], 0.05);
        /* Together they are one box: nothing goes beside the short line. */
        g_assert_cmpuint(c->boxes->len, ==, 1);
    }
}

static void test_inside_frame(void)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    const FixtureText text = fixture_text("北京市");
    const struct {
        double x_px, y_px, padding_px;
        guint n;
    } table[] = {{200, 150, 0, 4},  {399, 150, 0, 1},  {1, 1, 0, 0},    {200, 1, 0, 1},
                 {15.1, 150, 0, 3}, {15.1, 150, 1, 1}, {-50, -50, 0, 0}};
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++) {
        FmLabelRequest request = fixture_point(table[i].x_px, table[i].y_px, &text);
        request.padding_px = table[i].padding_px;
        g_autoptr(GArray) units = units_of(context, &request);
        g_assert_cmpuint(unit_of(units)->candidates->len, ==, table[i].n);
        g_assert_false(unit_of(units)->blank);
    }
}

static void test_rotation(void)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    const FixtureText text = fixture_text("北京市");
    FmLabelRequest request = fixture_point(200, 150, &text);
    request.n_anchors = 1;
    request.rotate_deg = 90;
    g_autoptr(GArray) units = units_of(context, &request);
    const FmLabelCandidate *c = g_ptr_array_index(unit_of(units)->candidates, 0);
    /* Clockwise: what was to the right now hangs below. */
    g_assert_cmpfloat_with_epsilon(c->bounds.y_px, 154, 0.05);
    g_assert_cmpfloat_with_epsilon(c->bounds.height_px, 30, 0.05);
    g_assert_cmpfloat_with_epsilon(c->bounds.x_px + c->bounds.width_px / 2, 200, 0.5);
    g_assert_cmpfloat(c->bounds.width_px, <, 12);
    g_assert_cmpfloat(c->angle_deg, ==, 90);
}

static void test_blank(void)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    const FixtureText texts[] = {
        fixture_text(""), fixture_text("\n "), fixture_text(NULL), {.n = 0}};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        const FmPagePoint path[] = {{10, 10}, {300, 10}};
        const FmLabelRequest requests[] = {fixture_point(200, 150, &texts[i]),
                                           fixture_line(path, 2, &texts[i])};
        for (gsize k = 0; k < 2; k++) {
            g_autoptr(GArray) units = units_of(context, &requests[k]);
            g_assert_true(unit_of(units)->blank);
            g_assert_cmpuint(unit_of(units)->candidates->len, ==, 0);
        }
    }
}

/* Chinese may stand in columns; with an image it is set level. */
static void test_columns(void)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    FixtureText text = fixture_bilingual("北京市", "");
    FmLabelRequest request = fixture_point(200, 150, &text);
    request.writing[request.n_writing++] = FM_WRITING_VERTICAL;
    for (guint with_image = 0; with_image < 2; with_image++) {
        text.sections[1].image = with_image == 1 ? (char[]){"bus"} : NULL;
        g_autoptr(GArray) units = units_of(context, &request);
        g_assert_cmpuint(unit_of(units)->candidates->len, >, 0);
        const FmLabelCandidate *c = unit_of(units)->candidates->pdata[0];
        g_assert_true((c->bounds.width_px > c->bounds.height_px) == (with_image == 1));
    }
}

/* A square with a middle part of it under a cover. */
static void test_in_area(void)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    const FixtureText text = fixture_text("北京市");
    FmPagePoint corners[] = {{100, 50}, {300, 50}, {300, 250}, {100, 250}};
    gsize end = G_N_ELEMENTS(corners);
    const FmShape area = {2, G_N_ELEMENTS(corners), 1, corners, &end};
    FmLabelRequest request = fixture_point(200, 150, &text);
    request.area = &area;
    request.anchors[0] = FM_ANCHOR_CENTER;
    request.n_anchors = 1;
    g_assert_true(fm__label_roams(&request));
    g_assert_true(fm__label_fits(context, &request));
    g_autoptr(GArray) units = units_of(context, &request);
    const GPtrArray *candidates = unit_of(units)->candidates;
    g_assert_cmpuint(candidates->len, >, 10);
    const FmLabelCandidate *best = candidates->pdata[0];
    g_assert_cmpfloat(best->cost, ==, 0);
    for (guint i = 0; i < candidates->len; i++)
        g_assert_cmpfloat(((const FmLabelCandidate *)candidates->pdata[i])->cost, <, 2);
    /* Beside an icon the name stays at its place, and so does one that the style sets aside. */
    request.has_icon = TRUE;
    g_assert_false(fm__label_roams(&request));
    request.has_icon = FALSE;
    request.anchors[0] = FM_ANCHOR_LEFT;
    g_assert_false(fm__label_roams(&request));
    g_autoptr(GArray) beside = units_of(context, &request);
    g_assert_cmpuint(unit_of(beside)->candidates->len, ==, 1);
    request.style.size_px = 100;
    g_assert_false(fm__label_fits(context, &request));
}

/* A name too long for the width of its area is set in shorter lines. */
static void test_narrow_area(void)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    const FixtureText text = fixture_text("Beijing Economic");
    FmPagePoint corners[] = {{170, 50}, {230, 50}, {230, 250}, {170, 250}};
    gsize end = G_N_ELEMENTS(corners);
    const FmShape area = {2, G_N_ELEMENTS(corners), 1, corners, &end};
    FmLabelRequest request = fixture_point(200, 150, &text);
    request.area = &area;
    request.anchors[0] = FM_ANCHOR_CENTER;
    request.n_anchors = 1;
    request.style.max_width_px = 200;
    g_assert_true(fm__label_fits(context, &request));
    g_autoptr(GArray) units = units_of(context, &request);
    const GPtrArray *candidates = unit_of(units)->candidates;
    guint n_inside = 0;
    for (guint i = 0; i < candidates->len; i++) {
        const FmLabelCandidate *c = candidates->pdata[i];
        gboolean inside = c->bounds.x_px >= 170 && fm__rect_right_px(&c->bounds) <= 230;
        n_inside += inside ? 1 : 0;
        if (c->bounds.width_px > 60)
            g_assert_cmpfloat(c->cost, >=, 1);
        else if (c->cost < 1)
            g_assert_true(inside);
    }
    g_assert_cmpuint(n_inside, >, 0);
}

/* A word is never cut: a name whose longest word is wider than the area has no place inside. */
static void test_word_wider_than_area(void)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    FmPagePoint corners[] = {{180, 50}, {220, 50}, {220, 250}, {180, 250}};
    gsize end = G_N_ELEMENTS(corners);
    const FmShape area = {2, G_N_ELEMENTS(corners), 1, corners, &end};
    const struct {
        const char *name;
        gboolean fits;
    } table[] = {{"Shijingshan", FALSE}, {"Fang Shan", TRUE}, {"北京市石景山", TRUE}};
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++) {
        const FixtureText text = fixture_text(table[i].name);
        FmLabelRequest request = fixture_point(200, 150, &text);
        request.area = &area;
        request.inside_only = TRUE;
        request.anchors[0] = FM_ANCHOR_CENTER;
        request.n_anchors = 1;
        request.style.max_width_px = 200;
        g_autoptr(GArray) units = units_of(context, &request);
        g_assert_cmpint(unit_of(units)->candidates->len > 0, ==, table[i].fits);
    }
}

void test_label_shape(void)
{
    g_test_add_func("/render/label-shape/anchors", test_anchors);
    g_test_add_func("/render/label-shape/justify", test_justify_by_anchor);
    g_test_add_func("/render/label-shape/frame", test_inside_frame);
    g_test_add_func("/render/label-shape/rotation", test_rotation);
    g_test_add_func("/render/label-shape/blank", test_blank);
    g_test_add_func("/render/label-shape/columns", test_columns);
    g_test_add_func("/render/label-shape/in-area", test_in_area);
    g_test_add_func("/render/label-shape/narrow-area", test_narrow_area);
    g_test_add_func("/render/label-shape/word-wider-than-area", test_word_wider_than_area);
}
