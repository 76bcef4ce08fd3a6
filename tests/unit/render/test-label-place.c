/* Seats: what stands in the way of names and icons. */
#include "fm-unit.h"
#include "hall.h"

static const FmPageRect frame = {0, 0, 400, 300};

static void test_icons(void)
{
    const FixtureText text = fixture_text("北京四中");
    FmLabelRequest requests[2] = {fixture_point(200, 150, &text), fixture_point(206, 150, &text)};
    for (gsize i = 0; i < 2; i++) {
        requests[i].has_icon = TRUE;
        requests[i].icon = (FmPageRect){requests[i].anchor.x_px - 5, 145, 10, 10};
    }
    requests[0].n_anchors = 1;
    g_autoptr(Hall) hall = hall_new(requests, 2, frame);
    FmSeating *s = hall->seating;
    g_assert_true(fm__seating_add_icon(s, 0));
    g_assert_false(fm__seating_add_icon(s, 1));
    fm__seating_remove_icon(s, 0);
    g_assert_true(fm__seating_add_icon(s, 1));
    /* The other's icon is in the way, and does not move. */
    g_assert_false(fm__seating_seat(s, 0, 3));
    g_assert_false(fm__seating_oust(s, 0));
    fm__seating_remove_icon(s, 1);
    g_assert_true(fm__seating_add_icon(s, 0));
    g_assert_true(fm__seating_seat(s, 0, 0));
}

/* A cooperative name may lie on others that are, or that anything may lie on; not on the rest. */
static void test_cooperative(void)
{
    const FixtureText text = fixture_text("北京四中");
    static const struct {
        gboolean first, second, always, seated;
    } table[] = {{TRUE, TRUE, FALSE, TRUE},
                 {FALSE, TRUE, FALSE, FALSE},
                 {TRUE, FALSE, FALSE, FALSE},
                 {FALSE, TRUE, TRUE, TRUE}};
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++) {
        FmLabelRequest requests[2];
        for (gsize k = 0; k < 2; k++) {
            requests[k] = fixture_point(200, 150, &text);
            requests[k].n_anchors = 1;
        }
        requests[0].text_cooperative = table[i].first;
        requests[0].text_allow_overlap = table[i].always;
        requests[1].text_cooperative = table[i].second;
        g_autoptr(Hall) hall = hall_new(requests, 2, frame);
        g_assert_true(fm__seating_seat(hall->seating, 0, 0));
        g_assert_cmpint(fm__seating_seat(hall->seating, 1, 0), ==, table[i].seated);
    }
}

/* Candidates on an icon that stays are no candidates; the others keep their order. */
static void test_prune(void)
{
    const FixtureText text = fixture_text("北京四中");
    FmLabelRequest requests[2] = {fixture_point(200, 150, &text), fixture_point(215, 150, &text)};
    requests[1].n_sections = 0;
    requests[1].has_icon = TRUE;
    requests[1].icon = (FmPageRect){213, 148, 4, 4};
    g_autoptr(Hall) hall = hall_new(requests, 2, frame);
    FmSeating *s = hall->seating;
    g_assert_true(fm__seating_add_icon(s, 1));
    g_assert_cmpuint(fm__seating_n_candidates(s, 0), ==, 4);
    fm__seating_prune(s, 0);
    g_assert_cmpuint(fm__seating_n_candidates(s, 0), ==, 3);
    g_assert_true(fm__seating_seat(s, 0, 0));
    g_assert_cmpint(fm__seating_of(s, 0)->anchor, ==, FM_ANCHOR_RIGHT);
}

/* The padding of an icon keeps names and other icons away. */
static void test_icon_padding(void)
{
    const FixtureText text = fixture_text("北京四中");
    for (int padding_px = 0; padding_px <= 8; padding_px += 8) {
        FmLabelRequest requests[2] = {fixture_point(200, 150, &text),
                                      fixture_point(208, 150, &text)};
        for (gsize i = 0; i < 2; i++) {
            requests[i].has_icon = TRUE;
            requests[i].icon = (FmPageRect){requests[i].anchor.x_px - 2, 148, 4, 4};
            for (gsize k = 0; k < 4; k++)
                requests[i].icon_padding_px[k] = padding_px;
        }
        g_autoptr(Hall) hall = hall_new(requests, 2, frame);
        g_assert_true(fm__seating_add_icon(hall->seating, 0));
        g_assert_cmpint(fm__seating_add_icon(hall->seating, 1), ==, padding_px == 0);
    }
}

void test_label_place(void)
{
    g_test_add_func("/render/label-place/cooperative", test_cooperative);
    g_test_add_func("/render/label-place/prune", test_prune);
    g_test_add_func("/render/label-place/icon-padding", test_icon_padding);
    g_test_add_func("/render/label-place/icons", test_icons);
}
