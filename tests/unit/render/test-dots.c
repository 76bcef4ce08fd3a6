/* Dots: how many, where, and that they are the same every time. */
#include "dots.h"

#include "fixture-page.h"
#include "fm-unit.h"

#include <string.h>

#define DOTS(spec)                                                                                 \
    "[{\"id\": \"d\", \"type\": \"circle\", \"source\": \"workspace\", \"source-layer\": "         \
    "\"area\","                                                                                    \
    " \"metadata\": {\"facmap:dots\": {\"value\": 500, \"what\": {\"en\": \"x\"}, \"group\": "     \
    "\"g\", " spec "}}}]"
#define META "{\"facmap:legend\": [{\"id\": \"g\"}]}"

static FmShape *const *shapes_of(const FixturePage *page)
{
    return fm__map_layers_shapes(page->layers, fm_style_find_layer(page->style, "d"));
}

static gsize count(const FixturePage *page, gsize row)
{
    const FmShape *shape = shapes_of(page)[row];
    return shape ? shape->n_points : 0;
}

/* 500 a district: 50 dots of 10 each; of 300, 1.67 each, 3 of both. */
static void numbers(void)
{
    g_autoptr(FixturePage) tens = fixture_page_new(META, DOTS("\"per\": 10"));
    g_autoptr(FixturePage) few = fixture_page_new(META, DOTS("\"per\": 300"));

    g_assert_cmpuint(count(tens, 0), ==, 50);
    g_assert_cmpuint(count(tens, 1), ==, 50);
    g_assert_cmpuint(count(few, 0) + count(few, 1), ==, 3);
}

static void inside_their_area(void)
{
    g_autoptr(FixturePage) page = fixture_page_new(META, DOTS("\"per\": 1"));
    const FmMapLayer *areas = fm__map_layers_find(page->layers, "area");

    for (gsize row = 0; row < 2; row++) {
        const FmShape *dots = shapes_of(page)[row];
        double left = G_MAXDOUBLE, right = -G_MAXDOUBLE;
        const FmShape *area = areas->shapes[row];
        for (gsize i = 0; i < area->n_points; i++) {
            left = MIN(left, area->points[i].x_px);
            right = MAX(right, area->points[i].x_px);
        }
        gsize in_west = 0;
        for (gsize i = 0; i < dots->n_points; i++) {
            g_assert_true(fm__shape_holds(area, dots->points[i]));
            in_west += dots->points[i].x_px < (left + right) / 2;
        }
        /* Evenly: of 500 a half, to four standard deviations. */
        g_assert_cmpuint(in_west, >, 250 - 45);
        g_assert_cmpuint(in_west, <, 250 + 45);
    }
}

static void same_every_time(void)
{
    g_autoptr(FixturePage) a = fixture_page_new(META, DOTS("\"per\": 10"));
    g_autoptr(FixturePage) b = fixture_page_new(META, DOTS("\"per\": 10"));
    g_autoptr(FixturePage) other = fixture_page_new(META, DOTS("\"per\": 10, \"seed\": 2"));
    const gsize size = 50 * sizeof(FmPagePoint);

    g_assert_cmpint(memcmp(shapes_of(a)[0]->points, shapes_of(b)[0]->points, size), ==, 0);
    g_assert_cmpint(memcmp(shapes_of(a)[0]->points, shapes_of(other)[0]->points, size), !=, 0);
}

/* A mask over all of the town leaves no room; people stay where they are.  A mask of none of it
 * keeps nobody away. */
static void masks(void)
{
    g_autoptr(FixturePage) all =
        fixture_page_new(META, DOTS("\"per\": 100, \"avoid\": [\"area\"]"));
    g_autoptr(FixturePage) within =
        fixture_page_new(META, DOTS("\"per\": 100, \"within\": [\"area\"]"));
    g_autoptr(FixturePage) free_ = fixture_page_new(META, DOTS("\"per\": 100"));

    g_assert_cmpuint(count(all, 0), ==, 5);
    g_assert_cmpuint(count(within, 0), ==, 5);
    const gsize size = 5 * sizeof(FmPagePoint);
    g_assert_cmpint(memcmp(shapes_of(within)[0]->points, shapes_of(free_)[0]->points, size), ==, 0);
}

static void too_many(void)
{
    g_autoptr(FixturePage) page = fixture_page_new(META, DOTS("\"per\": 10"));
    const FmStyleLayer *style_layer = fm_style_find_layer(page->style, "d");
    g_autoptr(FmDots) dots = fm_dots_new(page->style, style_layer);
    g_autoptr(GError) error = NULL;

    dots->per = 1e-4;
    g_assert_null(fm__dots_shapes(dots, page->layers, style_layer,
                                  fm__map_layers_find(page->layers, "area"), page->frame,
                                  &page->frame->rect, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_LIMIT);
    g_assert_nonnull(strstr(error->message, "let one stand for more"));
}

void test_dots(void)
{
    g_test_add_func("/render/dots/numbers", numbers);
    g_test_add_func("/render/dots/inside-their-area", inside_their_area);
    g_test_add_func("/render/dots/same-every-time", same_every_time);
    g_test_add_func("/render/dots/masks", masks);
    g_test_add_func("/render/dots/too-many", too_many);
}
