/* The search: never worse, always the same, and better than greed. */
#include "fm-unit.h"
#include "label-fixture.h"
#include "label-search.h"

static const FmPageRect frame = {0, 0, 400, 300};
enum { N = 160 };

typedef struct {
    FmTextContext *context;
    FixtureCrowd *crowd;
    GArray *units;
    FmObstacleSet *obstacles;
    FmSeating *seating;
    double weights[N];
} Hall;

/* A crowd whose names are seated greedily. */
static Hall *hall_new(guint32 seed)
{
    Hall *hall = g_new0(Hall, 1);
    hall->context = fm__text_context_new();
    hall->crowd = fixture_crowd_new(seed, N, N, frame);
    hall->units = g_array_new(FALSE, FALSE, sizeof(FmLabelUnit));
    g_array_set_clear_func(hall->units, (GDestroyNotify)fm__label_unit_clear);
    for (gsize i = 0; i < N; i++)
        fm__label_shape(hall->context, &hall->crowd->requests[i], i, frame, hall->units);
    hall->obstacles = fm__obstacle_set_new(NULL, 0, frame);
    hall->seating = fm__seating_new(hall->crowd->requests, N, hall->units, hall->obstacles, frame);
    for (gsize i = 0; i < N; i++)
        g_assert_true(fm__seating_add_icon(hall->seating, i));
    for (gsize i = 0; i < N; i++) {
        hall->weights[i] = 50;
        fm__seating_seat(hall->seating, i, 0);
    }
    return hall;
}

static void hall_free(Hall *hall)
{
    fm__seating_free(hall->seating);
    fm__obstacle_set_free(hall->obstacles);
    g_array_unref(hall->units);
    fixture_crowd_free(hall->crowd);
    fm__text_context_free(hall->context);
    g_free(hall);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Hall, hall_free)

static guint n_seated(const Hall *hall)
{
    guint n = 0;
    for (gsize i = 0; i < N; i++)
        n += fm__seating_of(hall->seating, i) != NULL;
    return n;
}

static void assert_apart(const Hall *hall)
{
    for (gsize i = 0; i < N; i++) {
        const FmLabelCandidate *a = fm__seating_of(hall->seating, i);
        for (gsize k = 0; a != NULL && k < N; k++) {
            const FmLabelCandidate *b = fm__seating_of(hall->seating, k);
            const FmTurnedBox *box = &g_array_index(a->boxes, FmTurnedBox, 0);
            const FmTurnedBox icon = fm__turned_box(hall->crowd->requests[k].icon);
            g_assert_true(k == i || !fm__turned_boxes_overlap(box, &icon));
            g_assert_true(b == NULL || k == i ||
                          !fm__turned_boxes_overlap(box, &g_array_index(b->boxes, FmTurnedBox, 0)));
        }
    }
}

static void better_than_greed(void)
{
    guint n_greedy = 0, n_searched = 0;
    for (guint32 seed = 1; seed <= 4; seed++) {
        g_autoptr(Hall) hall = hall_new(seed);
        n_greedy += n_seated(hall);
        double before = fm__label_energy(hall->seating, hall->weights);
        fm__label_search(hall->seating, hall->weights, 60, 100000, 7);
        g_assert_cmpfloat(fm__label_energy(hall->seating, hall->weights), <, before);
        n_searched += n_seated(hall);
        assert_apart(hall);
    }
    g_assert_cmpuint(n_searched, >=, n_greedy + 8);
}

static void same_each_time(void)
{
    g_autoptr(Hall) a = hall_new(3);
    g_autoptr(Hall) b = hall_new(3);
    fm__label_search(a->seating, a->weights, 30, 100000, 7);
    fm__label_search(b->seating, b->weights, 30, 100000, 7);
    for (gsize i = 0; i < N; i++)
        g_assert_cmpuint(fm__seating_seat_of(a->seating, i), ==,
                         fm__seating_seat_of(b->seating, i));
}

/* A budget of nothing changes nothing; a name of no weight is not seated by the search. */
static void limits(void)
{
    g_autoptr(Hall) hall = hall_new(2);
    double before = fm__label_energy(hall->seating, hall->weights);
    fm__label_search(hall->seating, hall->weights, 60, 0, 7);
    g_assert_cmpfloat(fm__label_energy(hall->seating, hall->weights), ==, before);
    gboolean stood[N];
    for (gsize i = 0; i < N; i++) {
        stood[i] = fm__seating_of(hall->seating, i) != NULL;
        if (!stood[i])
            hall->weights[i] = 0;
    }
    fm__label_search(hall->seating, hall->weights, 60, 100000, 7);
    for (gsize i = 0; i < N; i++)
        g_assert_true(stood[i] || fm__seating_of(hall->seating, i) == NULL);
}

void test_label_search(void)
{
    g_test_add_func("/render/label-search/better-than-greed", better_than_greed);
    g_test_add_func("/render/label-search/same-each-time", same_each_time);
    g_test_add_func("/render/label-search/limits", limits);
}
