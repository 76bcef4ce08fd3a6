/* What a label would cover, each thing once. */
#include "fm-unit.h"
#include "label-obstacle.h"

#include <math.h>

static const FmPageRect frame = {0, 0, 300, 200};

static double weight_of(FmObstacleSet *set, FmPageRect rect)
{
    const FmTurnedBox box = fm__turned_box(rect);
    return fm__obstacle_set_weight(set, &box, 1);
}

static void test_area(void)
{
    /* A U: what lies between its arms is free. */
    const FmPagePoint u[] = {{50, 50},  {80, 50},  {80, 120},  {120, 120},
                             {120, 50}, {150, 50}, {150, 150}, {50, 150}};
    const FmLabelObstacle one = {u, G_N_ELEMENTS(u), TRUE, 0, 0.5};
    g_autoptr(FmObstacleSet) set = fm__obstacle_set_new(&one, 1, frame);
    const struct {
        FmPageRect rect;
        double weight;
    } table[] = {
        {{90, 60, 20, 10}, 0},     /* between the arms */
        {{55, 60, 10, 10}, 0.5},   /* in an arm */
        {{70, 60, 60, 10}, 0.5},   /* from arm to arm, its middle outside */
        {{40, 40, 150, 150}, 0.5}, /* around all */
        {{0, 0, 40, 40}, 0},       {{82, 60, 30, 58}, 0}, {{80, 60, 30, 70}, 0.5},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++)
        g_assert_cmpfloat(weight_of(set, table[i].rect), ==, table[i].weight);
}

static void test_line(void)
{
    /* Not closed: nothing between its ends, nothing inside. */
    const FmPagePoint v[] = {{50, 50}, {100, 150}, {150, 50}};
    const FmLabelObstacle one = {v, G_N_ELEMENTS(v), FALSE, 4, 0.25};
    g_autoptr(FmObstacleSet) set = fm__obstacle_set_new(&one, 1, frame);
    g_assert_cmpfloat(weight_of(set, (FmPageRect){80, 45, 40, 10}), ==, 0);
    g_assert_cmpfloat(weight_of(set, (FmPageRect){95, 80, 10, 10}), ==, 0);
    g_assert_cmpfloat(weight_of(set, (FmPageRect){70, 95, 10, 10}), ==, 0.25);
    /* The stroke's width counts. */
    g_assert_cmpfloat(weight_of(set, (FmPageRect){44, 40, 3, 20}), ==, 0.25);
    g_assert_cmpfloat(weight_of(set, (FmPageRect){40, 40, 3, 20}), ==, 0);
}

static void test_sum(void)
{
    const FmPagePoint a[] = {{0, 100}, {300, 100}}, b[] = {{100, 0}, {100, 200}};
    const FmPagePoint c[] = {{200, 20}, {260, 20}, {260, 60}, {200, 60}};
    const FmPagePoint away[] = {{1000, 0}, {1000, 200}};
    const FmLabelObstacle all[] = {{a, 2, FALSE, 1, 0.25},
                                   {b, 2, FALSE, 1, 0.5},
                                   {c, 4, TRUE, 0, 1},
                                   {away, 2, FALSE, 1, 1},
                                   {NULL, 0, TRUE, 0, 1}};
    g_autoptr(FmObstacleSet) set = fm__obstacle_set_new(all, G_N_ELEMENTS(all), frame);
    g_assert_cmpfloat(weight_of(set, (FmPageRect){90, 90, 20, 20}), ==, 0.75);
    g_assert_cmpfloat(weight_of(set, (FmPageRect){280, 10, 20, 20}), ==, 0);
    g_assert_true(isinf(weight_of(set, (FmPageRect){220, 30, 10, 10})));
    g_assert_true(isinf(weight_of(set, (FmPageRect){190, 30, 20, 10})));
    /* Two boxes of one label on the same line pay once. */
    const FmTurnedBox two[] = {fm__turned_box((FmPageRect){10, 95, 20, 10}),
                               fm__turned_box((FmPageRect){40, 95, 20, 10})};
    g_assert_cmpfloat(fm__obstacle_set_weight(set, two, 2), ==, 0.25);
    g_assert_cmpfloat(fm__obstacle_set_weight(set, two, 0), ==, 0);
    g_autoptr(FmObstacleSet) none = fm__obstacle_set_new(NULL, 0, frame);
    g_assert_cmpfloat(fm__obstacle_set_weight(none, two, 2), ==, 0);
}

/* From what is named only the drawn part of the name is kept away, from others its padding too. */
static void test_own(void)
{
    const FmPagePoint own[] = {{46, 96}, {54, 96}, {54, 104}, {46, 104}};
    const FmPagePoint other[] = {{100, 96}, {108, 96}, {108, 104}, {100, 104}};
    const FmPagePoint line[] = {{45, 120}, {108, 120}};
    const FmLabelObstacle all[] = {
        {own, 4, TRUE, 0, 1}, {other, 4, TRUE, 0, 1}, {line, 2, FALSE, 1, 0.25}};
    g_autoptr(FmObstacleSet) set = fm__obstacle_set_new(all, G_N_ELEMENTS(all), frame);
    const struct {
        FmPageRect drawn;
        double weight;
    } table[] = {
        {{55, 95, 40, 10}, 0},        /* 1 px right of its symbol */
        {{53, 95, 40, 10}, INFINITY}, /* on it */
        {{48, 98, 4, 4}, INFINITY},   /* within it */
        {{55, 95, 44, 10}, INFINITY}, /* 1 px left of another's */
        {{55, 95, 40, 23}, 0.25},     /* 1 px above a line, whose weight counts once */
        {{104, 98, 1, 1}, INFINITY},  /* within another's */
    };
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++) {
        const FmTurnedBox box = fm__turned_box(fm__rect_grow(table[i].drawn, 2));
        g_assert_cmpfloat(fm__obstacle_set_weight_of_name(set, &box, 1, (FmPagePoint){50, 100}, 2),
                          ==, table[i].weight);
    }
}

void test_label_obstacle(void)
{
    g_test_add_func("/render/label-obstacle/area", test_area);
    g_test_add_func("/render/label-obstacle/line", test_line);
    g_test_add_func("/render/label-obstacle/sum", test_sum);
    g_test_add_func("/render/label-obstacle/own", test_own);
}
