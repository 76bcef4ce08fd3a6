/* Chains of moves, rank, and that a failed chain leaves no trace. */
#include "fm-unit.h"
#include "hall.h"

static const FmPageRect frame = {0, 0, 400, 300};

/* Points 12 px apart on one height.  Their names are 40 px long: right or left of the point. */
enum { N_ROW = 3 };

static void row_of_points(FmLabelRequest *requests, const FixtureText *text)
{
    for (gsize i = 0; i < N_ROW; i++) {
        requests[i] = fixture_point(200 + 12 * (double)i, 150, text);
        requests[i].n_anchors = 2;
        requests[i].row = i;
    }
}

static void test_chain(void)
{
    const FixtureText text = fixture_text("北京四中");
    FmLabelRequest requests[N_ROW];
    row_of_points(requests, &text);
    /* The middle one sits to the right; the last, which can only go there, moves it to the left. */
    requests[2].n_anchors = 1;
    g_autoptr(Hall) hall = hall_new(requests, N_ROW, frame);
    FmSeating *s = hall->seating;
    g_assert_true(fm__seating_seat(s, 1, 0));
    g_assert_cmpint(fm__seating_of(s, 1)->anchor, ==, FM_ANCHOR_LEFT);
    g_assert_false(fm__seating_seat(s, 2, 0));
    g_assert_null(fm__seating_of(s, 2));
    g_assert_true(fm__seating_seat(s, 2, 1));
    g_assert_cmpint(fm__seating_of(s, 1)->anchor, ==, FM_ANCHOR_RIGHT);
    g_assert_cmpint(fm__seating_of(s, 2)->anchor, ==, FM_ANCHOR_LEFT);
    /* Two sides, three names: nobody is seated at another's cost, and all stay where they are. */
    const FmLabelCandidate *one = fm__seating_of(s, 1), *two = fm__seating_of(s, 2);
    for (guint depth = 0; depth < 5; depth++)
        g_assert_false(fm__seating_seat(s, 0, depth));
    g_assert_true(fm__seating_of(s, 1) == one && fm__seating_of(s, 2) == two);
    g_assert_true(fm__seating_seat(s, 1, 0));
}

/* After failures the grid still knows who sits where. */
static void test_failed_chain_leaves_no_trace(void)
{
    g_autoptr(FixtureCrowd) crowd = fixture_crowd_new(5, 120, 120, frame);
    g_autoptr(Hall) hall = hall_new(crowd->requests, crowd->n, frame);
    FmSeating *s = hall->seating;
    guint n_failed = 0;
    const FmLabelCandidate *before[120];
    for (gsize unit = 0; unit < crowd->n; unit++) {
        for (gsize i = 0; i < crowd->n; i++)
            before[i] = fm__seating_of(s, i);
        if (fm__seating_seat(s, unit, 3))
            continue;
        n_failed++;
        for (gsize i = 0; i < crowd->n; i++)
            g_assert_true(fm__seating_of(s, i) == before[i]);
    }
    g_assert_cmpuint(n_failed, >, 10);
    for (gsize i = 0; i < crowd->n; i++) {
        const FmLabelCandidate *a = fm__seating_of(s, i);
        for (gsize k = 0; a != NULL && k < i; k++) {
            const FmLabelCandidate *b = fm__seating_of(s, k);
            for (guint u = 0; u < a->boxes->len; u++) {
                for (guint v = 0; b != NULL && v < b->boxes->len; v++)
                    g_assert_false(
                        fm__turned_boxes_overlap(&g_array_index(a->boxes, FmTurnedBox, u),
                                                 &g_array_index(b->boxes, FmTurnedBox, v)));
            }
        }
    }
}

static guint n_seated(const FixtureCrowd *crowd, guint depth)
{
    g_autoptr(Hall) hall = hall_new(crowd->requests, crowd->n, frame);
    guint n = 0;
    for (gsize i = 0; i < crowd->n; i++)
        n += fm__seating_seat(hall->seating, i, depth) != 0;
    return n;
}

static void test_chains_beat_greed(void)
{
    for (guint32 seed = 1; seed <= 5; seed++) {
        g_autoptr(FixtureCrowd) crowd = fixture_crowd_new(seed, 90, 90, frame);
        guint greedy = n_seated(crowd, 0), chained = n_seated(crowd, 3);
        g_assert_cmpuint(greedy, <, 90);
        g_assert_cmpuint(chained, >, greedy);
    }
}

static void test_oust(void)
{
    const FixtureText text = fixture_text("北京四中");
    const struct {
        guint rank;
        double sort_key;
        gboolean ousts;
    } table[] = {{1, 0, TRUE}, {0, -1, TRUE}, {0, 0, FALSE}, {0, 1, FALSE}, {1, 5, TRUE}};
    for (gsize t = 0; t < G_N_ELEMENTS(table); t++) {
        FmLabelRequest requests[N_ROW];
        row_of_points(requests, &text);
        requests[2].layer_rank = table[t].rank;
        requests[2].sort_key = table[t].sort_key;
        g_autoptr(Hall) hall = hall_new(requests, N_ROW, frame);
        FmSeating *s = hall->seating;
        g_assert_true(fm__seating_seat(s, 0, 3));
        g_assert_true(fm__seating_seat(s, 1, 3));
        g_assert_false(fm__seating_seat(s, 2, 3));
        g_assert_true(fm__seating_oust(s, 2) == table[t].ousts);
        guint n = 0;
        for (gsize i = 0; i < N_ROW; i++)
            n += fm__seating_of(s, i) != NULL;
        g_assert_cmpuint(n, ==, 2);
        g_assert_true((fm__seating_of(s, 2) != NULL) == table[t].ousts);
    }
}

/* A better place that becomes free is taken. */
static void test_improve(void)
{
    const FixtureText text = fixture_text("北京四中");
    FmLabelRequest requests[3] = {fixture_point(200, 150, &text), fixture_point(230, 150, &text),
                                  fixture_point(200, 150, &text)};
    requests[0].anchors[1] = FM_ANCHOR_TOP;
    requests[0].n_anchors = 2;
    requests[0].radial_offset_px = 10;
    requests[1].anchors[0] = requests[2].anchors[0] = FM_ANCHOR_RIGHT;
    requests[1].n_anchors = requests[2].n_anchors = 1;
    requests[2].layer_rank = 1;
    g_autoptr(Hall) hall = hall_new(requests, 3, frame);
    FmSeating *s = hall->seating;
    g_assert_false(fm__seating_improve(s, 0));
    g_assert_true(fm__seating_seat(s, 1, 0));
    g_assert_true(fm__seating_seat(s, 0, 0));
    g_assert_cmpint(fm__seating_of(s, 0)->anchor, ==, FM_ANCHOR_TOP);
    g_assert_false(fm__seating_improve(s, 0));
    g_assert_cmpint(fm__seating_of(s, 0)->anchor, ==, FM_ANCHOR_TOP);
    /* The one to its right goes. */
    g_assert_true(fm__seating_oust(s, 2));
    g_assert_null(fm__seating_of(s, 1));
    g_assert_true(fm__seating_improve(s, 0));
    g_assert_cmpint(fm__seating_of(s, 0)->anchor, ==, FM_ANCHOR_LEFT);
    g_assert_false(fm__seating_improve(s, 0));
}

void test_label_chain(void)
{
    g_test_add_func("/render/label-chain/chain", test_chain);
    g_test_add_func("/render/label-chain/no-trace", test_failed_chain_leaves_no_trace);
    g_test_add_func("/render/label-chain/chains-beat-greed", test_chains_beat_greed);
    g_test_add_func("/render/label-chain/oust", test_oust);
    g_test_add_func("/render/label-chain/improve", test_improve);
}
