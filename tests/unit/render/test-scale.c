/* The scale bar is as long as the geodesic between the places that its ends show. */
#include "fixture-page.h"
#include "fm-unit.h"

#include <math.h>

static void bar_is_true(void)
{
    static const struct {
        const char *crs;
        FmLonLat centre;
        double half_deg;
    } places[] = {
        {"EPSG:4548", {116.4, 40.0}, 0.8},   {"EPSG:4548", {113.5, 40.0}, 0.05},
        {"EPSG:3857", {25.0, 60.2}, 0.3},    {"EPSG:32723", {-46.6, -23.5}, 2.0},
        {"EPSG:4548", {116.4, 40.0}, 0.004},
    };
    static char a3[] = "A3";
    FmPage page = {.size = a3, .margin_mm = 12, .panel_ratio = 0.28};
    FmSheet sheet;
    g_assert_true(fm__sheet_init(&sheet, &page, NULL, 0, NULL));
    for (gsize i = 0; i < G_N_ELEMENTS(places); i++) {
        g_autoptr(FmFrame) frame = fm__frame_new(places[i].crs, NULL);
        FmLonLat c = places[i].centre;
        FmLonLat ends[] = {{c.lon_deg - places[i].half_deg, c.lat_deg - places[i].half_deg},
                           {c.lon_deg + places[i].half_deg, c.lat_deg + places[i].half_deg}};
        g_autoptr(FmGeometry) line = fm_geometry_new_path(FM_GEOMETRY_LINESTRING, ends, 2);
        FmBounds bounds = FM_BOUNDS_EMPTY;
        g_assert_true(fm__frame_extend(frame, line, &bounds, NULL));
        g_assert_true(fm__frame_fit(frame, &sheet, bounds, 0, NULL));

        double distance_m = 0, length_px = 0;
        g_assert_true(fm__scale_choose(frame, 180, &distance_m, &length_px, NULL));
        g_assert_cmpfloat(length_px, <=, 180 * 1.001);
        g_assert_cmpfloat(length_px, >=, 180 / 2.6);
        double mantissa = distance_m / pow(10, floor(log10(distance_m) + 1e-9));
        g_assert_true(fabs(mantissa - 1) < 1e-9 || fabs(mantissa - 2) < 1e-9 ||
                      fabs(mantissa - 5) < 1e-9);

        FmPagePoint middle = {frame->rect.x_px + frame->rect.width_px / 2,
                              frame->rect.y_px + frame->rect.height_px / 2};
        FmLonLat west, east;
        g_assert_true(fm__frame_unproject(
            frame, (FmPagePoint){middle.x_px - length_px / 2, middle.y_px}, &west, NULL));
        g_assert_true(fm__frame_unproject(
            frame, (FmPagePoint){middle.x_px + length_px / 2, middle.y_px}, &east, NULL));
        g_assert_cmpfloat_with_epsilon(fm_geodesic_distance_m(west, east) / distance_m, 1, 0.002);
    }
}

/* The convergence is said when an eye would see it; west of the central meridian it is negative. */
static void convergence(void)
{
    static const struct {
        FmLonLat centre;
        const char *words; /* NULL = not said */
    } cases[] = {{{116.9, 40}, NULL},
                 {{115.0, 40}, "Grid convergence -1.3°"},
                 {{119.0, 40}, "子午线收敛角 +1.3°"}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(FixturePage) page = fixture_page_new("{}", "[" FIXTURE_AREA "]");
        g_autoptr(FmGeometry) point = fm_geometry_new_point(cases[i].centre);
        FmBounds bounds = FM_BOUNDS_EMPTY;
        g_assert_true(fm__frame_extend(page->frame, point, &bounds, NULL));
        g_assert_true(fm__frame_fit(page->frame, &page->sheet, bounds, 0, NULL));
        fm__scale_draw(&page->furniture, 0, 0, 300);
        if (cases[i].words)
            g_assert_cmpuint(fixture_page_count(page, "text", cases[i].words), ==, 1);
        else
            g_assert_cmpuint(fixture_page_count(page, "text", "convergence"), ==, 0);
        FmPageRect bar = fixture_page_box(page, "scale-bar", "");
        g_assert_cmpfloat(bar.width_px, >, 0);
    }
}

void test_scale(void)
{
    g_test_add_func("/render/scale/convergence", convergence);
    g_test_add_func("/render/scale/bar-is-true", bar_is_true);
}
