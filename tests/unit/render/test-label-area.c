/* Where inside an area a name could stand. */
#include "fm-unit.h"
#include "label-area.h"

#include <math.h>

/* An L: a wide foot and a tall, narrow shaft on its left. */
static FmPagePoint corners[] = {{0, 0}, {40, 0}, {40, 200}, {300, 200}, {300, 300}, {0, 300}};
static gsize end = G_N_ELEMENTS(corners);
static const FmShape area = {2, G_N_ELEMENTS(corners), 1, corners, &end};

static FmLabelRequest request_in(const FmPageRect *covers, gsize n_covers)
{
    FmLabelRequest request = {.area = &area, .covers = covers, .n_covers = n_covers};
    g_assert_cmpfloat(fm__shape_pole(&area, covers, n_covers, 0.5, &request.anchor), >, 0);
    return request;
}

static FmPageRect box_at(const FmAreaPlace *place, double width_px, double height_px)
{
    return (FmPageRect){place->at.x_px - width_px / 2, place->at.y_px - height_px / 2, width_px,
                        height_px};
}

/* By the corners and 20 steps along each side, where this outline cannot slip through. */
static gboolean is_inside(const FmPageRect *box, const FmPageRect *cover)
{
    if (cover && fm__rect_overlap(box, cover))
        return FALSE;
    for (int i = 0; i <= 20; i++)
        for (int k = 0; k <= 20; k++) {
            const FmPagePoint p = {box->x_px + box->width_px * i / 20,
                                   box->y_px + box->height_px * k / 20};
            if (!fm__shape_holds(&area, p))
                return FALSE;
        }
    return TRUE;
}

static void check(const FmPageRect *cover, double width_px, double height_px)
{
    const FmLabelRequest request = request_in(cover, cover ? 1 : 0);
    g_autoptr(GArray) places = fm__label_area_places(&request, width_px, height_px);
    g_assert_cmpuint(places->len, >, 5);
    for (guint i = 0; i < places->len; i++) {
        const FmAreaPlace *place = &g_array_index(places, FmAreaPlace, i);
        const FmPageRect box = box_at(place, width_px, height_px);
        g_assert_cmpint(place->inside, ==, is_inside(&box, cover));
        g_assert_cmpfloat(place->depth_px, >, 0);
        g_assert_cmpfloat(place->cost, <, place->inside ? 1 : 2);
        if (i > 0)
            g_assert_cmpfloat(place[-1].cost, <=, place->cost);
    }
}

static void inside_or_across(void)
{
    check(NULL, 60, 20);
    check(NULL, 250, 60);
    /* Too high for the foot: every place crosses the outline. */
    const FmLabelRequest request = request_in(NULL, 0);
    g_autoptr(GArray) places = fm__label_area_places(&request, 60, 150);
    for (guint i = 0; i < places->len; i++)
        g_assert_false(g_array_index(places, FmAreaPlace, i).inside);
    /* The deepest place is the pole, in the foot's left, and costs nothing when the text fits. */
    g_autoptr(GArray) small = fm__label_area_places(&request, 10, 5);
    const FmAreaPlace *best = &g_array_index(small, FmAreaPlace, 0);
    g_assert_cmpfloat(best->cost, ==, 0);
    g_assert_cmpfloat_with_epsilon(best->depth_px, 50, 10);
}

static void beside_a_cover(void)
{
    const FmPageRect cover = {-50, 150, 250, 200};
    check(&cover, 60, 20);
    const FmLabelRequest request = request_in(&cover, 1);
    g_autoptr(GArray) places = fm__label_area_places(&request, 60, 20);
    const FmAreaPlace *best = &g_array_index(places, FmAreaPlace, 0);
    g_assert_cmpfloat_with_epsilon(best->at.x_px, 250, 2);
    g_assert_cmpfloat_with_epsilon(best->at.y_px, 250, 2);
}

static void wholly_covered(void)
{
    const FmPageRect cover = {-10, -10, 400, 400};
    FmPagePoint pole;
    g_assert_cmpfloat(fm__shape_pole(&area, &cover, 1, 0.5, &pole), ==, 0);
    const FmLabelRequest request = {
        .area = &area, .covers = &cover, .n_covers = 1, .anchor = {20, 20}};
    g_autoptr(GArray) places = fm__label_area_places(&request, 10, 10);
    g_assert_cmpuint(places->len, ==, 0);
}

void test_label_area(void)
{
    g_test_add_func("/render/label-area/inside-or-across", inside_or_across);
    g_test_add_func("/render/label-area/beside-a-cover", beside_a_cover);
    g_test_add_func("/render/label-area/wholly-covered", wholly_covered);
}
