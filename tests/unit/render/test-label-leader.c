/* Places with a line to them. */
#include "fm-unit.h"
#include "label-fixture.h"
#include "label-leader.h"

#include <math.h>

static const FmPageRect frame = {0, 0, 400, 300};

static GArray *unit_with_leaders(FmTextContext *context, const FmLabelRequest *request)
{
    GArray *units = g_array_new(FALSE, FALSE, sizeof(FmLabelUnit));
    g_array_set_clear_func(units, (GDestroyNotify)fm__label_unit_clear);
    fm__label_shape(context, request, 0, frame, units);
    fm__label_shape_leaders(context, request, frame, &g_array_index(units, FmLabelUnit, 0));
    return units;
}

/* Rings of places, farther off one by one, each with a line from the point to the text. */
static void rings(void)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    const FixtureText text = fixture_text("City");
    FmLabelRequest request = fixture_point(200, 150, &text);
    request.radial_offset_px = 5;
    request.leader_px = 3 * request.style.size_px;
    for (int always = 0; always <= 1; always++) {
        request.leader_always = always;
        g_autoptr(GArray) units = unit_with_leaders(context, &request);
        const GPtrArray *candidates = g_array_index(units, FmLabelUnit, 0).candidates;
        guint n_beside = 0, per_ring[4] = {0};
        for (guint i = 0; i < candidates->len; i++) {
            const FmLabelCandidate *c = g_ptr_array_index(candidates, i);
            n_beside += c->has_leader ? 0 : 1;
            g_assert_cmpuint(c->boxes->len, ==, c->has_leader ? 2 : 1);
            if (!c->has_leader)
                continue;
            g_assert_cmpfloat(c->cost, >=, fm__label_leader_cost(&request));
            /* Without an icon it begins at the point; it ends just before the text. */
            g_assert_cmpfloat(c->leader_from.x_px, ==, 200);
            double length_px = hypot(c->leader_to.x_px - 200, c->leader_to.y_px - 150);
            gsize ring = (gsize)lround(length_px / 10);
            g_assert_cmpfloat_with_epsilon(5 + (double)ring * 10 - length_px, 1.5, 1e-6);
            per_ring[ring]++;
            /* The text does not lie on its line. */
            const FmPageRect end = {c->leader_to.x_px, c->leader_to.y_px, 0, 0};
            g_assert_false(fm__rect_contains(&c->bounds, &end));
        }
        g_assert_cmpuint(n_beside, ==, always ? 0 : request.n_anchors);
        /* Four anchors without the corners: three directions to each. */
        for (guint ring = 1; ring <= 3; ring++)
            g_assert_cmpuint(per_ring[ring], ==, 12);
    }
}

static void from_the_symbols_edge(void)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    const FixtureText text = fixture_text("City");
    FmLabelRequest request = fixture_point(200, 150, &text);
    request.has_icon = TRUE;
    request.icon = (FmPageRect){195, 145, 10, 10};
    request.radial_offset_px = 7;
    request.leader_px = request.style.size_px;
    g_autoptr(GArray) units = unit_with_leaders(context, &request);
    const GPtrArray *candidates = g_array_index(units, FmLabelUnit, 0).candidates;
    const FmLabelCandidate *c = candidates->pdata[candidates->len - 1];
    g_assert_true(c->has_leader);
    g_assert_cmpfloat_with_epsilon(hypot(c->leader_from.x_px - 200, c->leader_from.y_px - 150), 7,
                                   1e-9);
}

/* Asked twice there are no more, and none where the style wants none. */
static void once(void)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    const FixtureText text = fixture_text("City");
    FmLabelRequest request = fixture_point(200, 150, &text);
    request.leader_px = 20;
    g_autoptr(GArray) units = unit_with_leaders(context, &request);
    FmLabelUnit *unit = &g_array_index(units, FmLabelUnit, 0);
    guint n = unit->candidates->len;
    fm__label_shape_leaders(context, &request, frame, unit);
    g_assert_cmpuint(unit->candidates->len, ==, n);
    request.leader_px = 0;
    g_autoptr(GArray) without = unit_with_leaders(context, &request);
    g_assert_cmpuint(g_array_index(without, FmLabelUnit, 0).candidates->len, ==, 4);
}

void test_label_leader(void)
{
    g_test_add_func("/render/label-leader/rings", rings);
    g_test_add_func("/render/label-leader/symbol", from_the_symbols_edge);
    g_test_add_func("/render/label-leader/once", once);
}
