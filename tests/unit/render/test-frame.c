/* The projection to the page: there and back, the scale against the geodesic, true north. */
#include "fm-unit.h"
#include "frame.h"

#include <math.h>

static FmSheet sheet_of(const char *size)
{
    static char a3[] = "A3";
    FmPage page = {.size = a3, .margin_mm = 12, .panel_ratio = 0.28};
    FmSheet sheet;
    g_assert_true(fm__sheet_init(&sheet, &page, size, 0, NULL));
    return sheet;
}

static FmFrame *frame_of(const char *crs, const FmSheet *sheet, FmExtent extent)
{
    FmFrame *frame = fm__frame_new(crs, NULL);
    g_assert_nonnull(frame);
    FmLonLat corners[] = {{extent.west_deg, extent.south_deg}, {extent.east_deg, extent.north_deg}};
    g_autoptr(FmGeometry) line = fm_geometry_new_path(FM_GEOMETRY_LINESTRING, corners, 2);
    FmBounds bounds = FM_BOUNDS_EMPTY;
    g_assert_true(fm__frame_extend(frame, line, &bounds, NULL));
    g_assert_true(fm__frame_fit(frame, sheet, bounds, 0.05, NULL));
    return frame;
}

static const struct {
    const char *crs;
    FmExtent extent;
} places[] = {
    {"EPSG:4548", {115.4, 39.4, 117.5, 41.1}}, /* Gauss-Kruger, 117E */
    {"EPSG:4548", {113.0, 39.8, 113.2, 40.0}}, /* far from its central meridian */
    {"EPSG:32723", {-46.8, -23.7, -46.4, -23.4}},
    {"EPSG:3857", {24.5, 59.9, 25.5, 60.4}}, /* a grid twice as large as the ground */
};

static void there_and_back(void)
{
    FmSheet sheet = sheet_of("A3");
    for (gsize i = 0; i < G_N_ELEMENTS(places); i++) {
        g_autoptr(FmFrame) frame = frame_of(places[i].crs, &sheet, places[i].extent);
        for (int k = 0; k < 9; k++) {
            FmPagePoint p = {frame->rect.x_px + frame->rect.width_px * (k % 3) / 2,
                             frame->rect.y_px + frame->rect.height_px * (k / 3) / 2};
            FmLonLat position;
            FmPagePoint back;
            g_assert_true(fm__frame_unproject(frame, p, &position, NULL));
            g_assert_true(fm__frame_project(frame, position, &back, NULL));
            g_assert_cmpfloat_with_epsilon(back.x_px, p.x_px, 1e-4);
            g_assert_cmpfloat_with_epsilon(back.y_px, p.y_px, 1e-4);
        }
    }
}

/* What lies a page distance from the centre is as far on the ground as the scale says. */
static void scale_is_true(void)
{
    static const char *const sizes[] = {"A3", "A4", "1920x1080"};
    for (gsize s = 0; s < G_N_ELEMENTS(sizes); s++) {
        FmSheet sheet = sheet_of(sizes[s]);
        for (gsize i = 0; i < G_N_ELEMENTS(places); i++) {
            g_autoptr(FmFrame) frame = frame_of(places[i].crs, &sheet, places[i].extent);
            FmPagePoint a = {frame->rect.x_px + frame->rect.width_px / 2 - 10,
                             frame->rect.y_px + frame->rect.height_px / 2};
            FmPagePoint b = {a.x_px + 20, a.y_px};
            FmLonLat from, to;
            g_assert_true(fm__frame_unproject(frame, a, &from, NULL));
            g_assert_true(fm__frame_unproject(frame, b, &to, NULL));
            double ground_m = fm_geodesic_distance_m(from, to);
            double paper_m = 20 * sheet.device_scale / sheet.dpi * 0.0254;
            g_assert_cmpfloat_with_epsilon(ground_m / paper_m / frame->scale_denominator, 1, 1e-4);
        }
    }
}

static void everything_fits(void)
{
    FmSheet sheet = sheet_of("A3");
    for (gsize i = 0; i < G_N_ELEMENTS(places); i++) {
        g_autoptr(FmFrame) frame = frame_of(places[i].crs, &sheet, places[i].extent);
        const FmExtent *e = &places[i].extent;
        FmLonLat corners[] = {{e->west_deg, e->south_deg}, {e->east_deg, e->north_deg}};
        for (gsize k = 0; k < G_N_ELEMENTS(corners); k++) {
            FmPagePoint p;
            g_assert_true(fm__frame_project(frame, corners[k], &p, NULL));
            FmPageRect dot = {p.x_px, p.y_px, 0, 0};
            g_assert_true(fm__rect_contains(&frame->rect, &dot));
        }
    }
}

/* At the equator of Web Mercator, grid and ground agree and zoom has its textbook value. */
static void zoom_of_web_mercator(void)
{
    FmSheet sheet = sheet_of("A3");
    g_autoptr(FmFrame) frame = frame_of("EPSG:3857", &sheet, (FmExtent){10, -0.5, 11, 0.5});
    double expected = log2(40075016.68557849 / (512 * frame->m_per_px));
    g_assert_cmpfloat_with_epsilon(frame->zoom, expected, 0.01);
}

/* East of the central meridian the grid leans east, so true north is left of the page's up. */
static void convergence(void)
{
    FmSheet sheet = sheet_of("A3");
    g_autoptr(FmFrame) east = frame_of("EPSG:4548", &sheet, (FmExtent){118.4, 39.9, 118.6, 40.1});
    g_autoptr(FmFrame) middle = frame_of("EPSG:4548", &sheet, (FmExtent){116.9, 39.9, 117.1, 40.1});
    /* First term of the series: (lon - lon0) sin(lat). */
    double expected = -1.5 * sin(40 * G_PI / 180);
    g_assert_cmpfloat_with_epsilon(east->convergence_deg, expected, 0.01);
    g_assert_cmpfloat_with_epsilon(middle->convergence_deg, 0, 1e-3);
}

static void refused(void)
{
    g_autoptr(GError) degrees = NULL;
    g_assert_null(fm__frame_new("EPSG:4326", &degrees));
    g_assert_error(degrees, FM_ERROR, FM_ERROR_CRS);
    g_autoptr(GError) unknown = NULL;
    g_assert_null(fm__frame_new("no such thing", &unknown));
    g_assert_error(unknown, FM_ERROR, FM_ERROR_CRS);

    FmSheet sheet = sheet_of("A3");
    g_autoptr(FmFrame) frame = fm__frame_new("EPSG:4548", NULL);
    g_autoptr(GError) nothing = NULL;
    g_assert_false(fm__frame_fit(frame, &sheet, FM_BOUNDS_EMPTY, 0, &nothing));
    g_assert_error(nothing, FM_ERROR, FM_ERROR_DATA);
}

/* A copy projects alike and has no place yet. */
static void copied(void)
{
    g_autoptr(FmFrame) frame = fm__frame_new("EPSG:4548", NULL);
    FmSheet sheet = sheet_of("A3");
    const FmBounds bounds = {440000, 4410000, 460000, 4430000};
    g_assert_true(fm__frame_fit(frame, &sheet, bounds, 0, NULL));
    g_autoptr(FmFrame) copy = fm__frame_copy(frame, NULL);
    g_assert_nonnull(copy);
    g_assert_cmpfloat(copy->m_per_px, ==, 0);
    g_assert_true(fm__frame_fit(copy, &sheet, bounds, 0, NULL));
    const FmLonLat position = {116.4, 39.9};
    FmPagePoint p, q;
    FmLonLat back;
    g_assert_true(fm__frame_project(frame, position, &p, NULL));
    g_assert_true(fm__frame_project(copy, position, &q, NULL));
    g_assert_cmpfloat(p.x_px, ==, q.x_px);
    g_assert_cmpfloat(p.y_px, ==, q.y_px);
    g_assert_true(fm__frame_unproject(copy, q, &back, NULL));
    g_assert_cmpfloat_with_epsilon(back.lon_deg, position.lon_deg, 1e-9);
    g_assert_cmpfloat_with_epsilon(back.lat_deg, position.lat_deg, 1e-9);
}

void test_frame(void)
{
    g_test_add_func("/render/frame/there-and-back", there_and_back);
    g_test_add_func("/render/frame/scale-is-true", scale_is_true);
    g_test_add_func("/render/frame/everything-fits", everything_fits);
    g_test_add_func("/render/frame/zoom-of-web-mercator", zoom_of_web_mercator);
    g_test_add_func("/render/frame/convergence", convergence);
    g_test_add_func("/render/frame/copied", copied);
    g_test_add_func("/render/frame/refused", refused);
}
