/* Flow lines: their ends, their bend, their width. */
#include "flow.h"

#include "fixture-page.h"
#include "fm-unit.h"

#include <math.h>

static FmShape *flow(const FixturePage *page, const FmLonLat ends[2], double curve)
{
    const FmPageRect everywhere = {-1e6, -1e6, 2e6, 2e6};
    g_autoptr(GError) error = NULL;
    g_autoptr(FmGeometry) line = fm_geometry_new_path(FM_GEOMETRY_LINESTRING, ends, 2);
    FmShape *shape = fm__flow_shape(page->frame, line, curve, &everywhere, &error);
    g_assert_no_error(error);
    return shape;
}

/* There and back lie on two sides, each `curve` of its length off the straight line. */
static void bend(void)
{
    g_autoptr(FixturePage) page = fixture_page_new("{}", "[" FIXTURE_AREA "]");
    const FmLonLat middle = page->frame->centre_deg;
    const FmLonLat there[] = {{middle.lon_deg - 0.01, middle.lat_deg},
                              {middle.lon_deg + 0.01, middle.lat_deg}};
    const FmLonLat back[] = {there[1], there[0]};
    g_autoptr(FmShape) a = flow(page, there, 0.2);
    g_autoptr(FmShape) b = flow(page, back, 0.2);
    g_autoptr(FmShape) straight = flow(page, there, 0);
    const gsize half = a->n_points / 2, last = a->n_points - 1;
    const double length =
        hypot(a->points[last].x_px - a->points[0].x_px, a->points[last].y_px - a->points[0].y_px);

    g_assert_cmpfloat_with_epsilon(a->points[0].x_px, straight->points[0].x_px, 1e-9);
    g_assert_cmpfloat_with_epsilon(a->points[last].y_px, straight->points[last].y_px, 1e-9);
    /* Eastward, its right is south: down the page. */
    g_assert_cmpfloat_with_epsilon(a->points[half].y_px - straight->points[half].y_px, 0.2 * length,
                                   length * 1e-3);
    g_assert_cmpfloat_with_epsilon(b->points[half].y_px - straight->points[half].y_px,
                                   -0.2 * length, length * 1e-3);
}

static void off_the_page(void)
{
    g_autoptr(FixturePage) page = fixture_page_new("{}", "[" FIXTURE_AREA "]");
    const FmPageRect far_away = {-5000, -5000, 10, 10};
    const FmLonLat middle = page->frame->centre_deg;
    const FmLonLat ends[] = {middle, {middle.lon_deg + 0.01, middle.lat_deg}};
    g_autoptr(FmGeometry) line = fm_geometry_new_path(FM_GEOMETRY_LINESTRING, ends, 2);
    g_autoptr(FmShape) shape = fm__flow_shape(page->frame, line, 0.2, &far_away, NULL);

    g_assert_cmpuint(shape->n_paths, ==, 0);
}

/* How many rows of pixels are dark in a column. */
static guint thickness(cairo_surface_t *surface, int x)
{
    const unsigned char *data = cairo_image_surface_get_data(surface);
    const int stride = cairo_image_surface_get_stride(surface);
    guint n = 0;

    cairo_surface_flush(surface);
    for (int y = 0; y < cairo_image_surface_get_height(surface); y++)
        n += data[y * stride + x] > 127; /* A8 */
    return n;
}

static void taper(void)
{
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 200, 60);
    cairo_t *cr = cairo_create(surface);
    FmPagePoint points[] = {{0, 30}, {100, 30}, {200, 30}};
    gsize end = 3;
    const FmShape shape = {1, 3, 1, points, &end};
    const FmFlow tapered = {0, TRUE, FALSE}, even = {0, FALSE, FALSE};

    fm__flow_draw(cr, &shape, &tapered, 20, (FmColor){0, 0, 0, 1}, 1);
    const guint first = thickness(surface, 2), middle = thickness(surface, 100),
                last = thickness(surface, 197);
    g_assert_cmpuint(first, >=, 19);
    g_assert_cmpuint(middle, >=, 10);
    g_assert_cmpuint(middle, <=, 13);
    g_assert_cmpuint(last, <=, 4);
    g_assert_cmpuint(last, >=, 2);
    cairo_set_operator(cr, CAIRO_OPERATOR_CLEAR);
    cairo_paint(cr);
    cairo_set_operator(cr, CAIRO_OPERATOR_OVER);
    fm__flow_draw(cr, &shape, &even, 20, (FmColor){0, 0, 0, 1}, 1);
    g_assert_cmpuint(thickness(surface, 2), ==, 20);
    g_assert_cmpuint(thickness(surface, 197), ==, 20);
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
}

/* A head is wider than its line. */
static void arrow(void)
{
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 200, 60);
    cairo_t *cr = cairo_create(surface);
    FmPagePoint points[] = {{0, 30}, {190, 30}};
    gsize end = 2;
    const FmShape shape = {1, 2, 1, points, &end};
    const FmFlow headed = {0, FALSE, TRUE};

    fm__flow_draw(cr, &shape, &headed, 10, (FmColor){0, 0, 0, 1}, 1);
    g_assert_cmpuint(thickness(surface, 100), ==, 10);
    g_assert_cmpuint(thickness(surface, 168), >, 14);
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
}

void test_flow(void)
{
    g_test_add_func("/render/flow/bend", bend);
    g_test_add_func("/render/flow/off-the-page", off_the_page);
    g_test_add_func("/render/flow/taper", taper);
    g_test_add_func("/render/flow/arrow", arrow);
}
