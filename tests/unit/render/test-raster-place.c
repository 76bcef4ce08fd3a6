#include "fixture.h"
#include "fm-unit.h"
#include "raster-fixture.h"
#include "raster.h"

#include <math.h>

static FmFrame *frame_at(FmXY centre, double m_per_px)
{
    FmFrame *frame = fm__frame_new("EPSG:4548", NULL);
    frame->rect = (FmPageRect){0, 0, 200, 100};
    frame->centre = centre;
    frame->m_per_px = m_per_px;
    return frame;
}

static void test_own_place(void)
{
    g_autofree char *folder = fixture_folder();
    raster_write(folder, 500000, 4400000, 10);
    g_autoptr(FmStyle) style = raster_style(folder, "picture.vrt", "");
    g_autoptr(FmRaster) raster =
        fm_raster_open(fm_style_layer_raster(fm_style_layer(style, 0)), NULL);
    g_autoptr(FmFrame) frame = frame_at((FmXY){500000, 4400000}, 5);
    g_auto(FmRasterPlace) place = {0};
    g_autoptr(GError) error = NULL;
    g_assert_true(fm__raster_place_init(&place, frame, raster, fm_style_layer(style, 0), &error));
    const FmPagePoint corner = fm__raster_place_pixel(&place, (FmPagePoint){100, 50});
    g_assert_cmpfloat_with_epsilon(corner.x_px, 0, 1e-6);
    g_assert_cmpfloat_with_epsilon(corner.y_px, 0, 1e-6);
    const FmPagePoint inside = fm__raster_place_pixel(&place, (FmPagePoint){130, 60});
    g_assert_cmpfloat_with_epsilon(inside.x_px, 15, 1e-6);
    g_assert_cmpfloat_with_epsilon(inside.y_px, 5, 1e-6);
    fixture_remove(folder);
}

/* The four corners of an image come out as the four corners of its pixels, a twisted one too. */
static void test_corners(void)
{
    static const double corners[4][2] = {
        {116.2, 40.1}, {116.6, 40.05}, {116.65, 39.8}, {116.25, 39.75}};
    static const double pixels[4][2] = {
        {0, 0}, {RASTER_SIDE, 0}, {RASTER_SIDE, RASTER_SIDE}, {0, RASTER_SIDE}};
    g_autofree char *folder = fixture_folder();
    raster_write(folder, NAN, NAN, 1);
    g_autoptr(FmStyle) style = raster_image_style(
        folder, "picture.vrt", "[[116.2, 40.1], [116.6, 40.05], [116.65, 39.8], [116.25, 39.75]]");
    const FmStyleLayer *layer = fm_style_layer(style, 0);
    g_autoptr(FmRaster) raster = fm_raster_open(fm_style_layer_raster(layer), NULL);
    g_autoptr(FmFrame) frame = frame_at((FmXY){450000, 4420000}, 200);
    g_auto(FmRasterPlace) place = {0};
    g_autoptr(GError) error = NULL;
    g_assert_true(fm__raster_place_init(&place, frame, raster, layer, &error));
    g_assert_no_error(error);
    for (gsize i = 0; i < 4; i++) {
        FmPagePoint page;
        g_assert_true(
            fm__frame_project(frame, (FmLonLat){corners[i][0], corners[i][1]}, &page, &error));
        const FmPagePoint found = fm__raster_place_pixel(&place, page);
        g_assert_cmpfloat_with_epsilon(found.x_px, pixels[i][0], 1e-3);
        g_assert_cmpfloat_with_epsilon(found.y_px, pixels[i][1], 1e-3);
    }
    fixture_remove(folder);
}

static void test_no_area(void)
{
    g_autofree char *folder = fixture_folder();
    raster_write(folder, NAN, NAN, 1);
    g_autoptr(FmStyle) style =
        raster_image_style(folder, "picture.vrt", "[[116, 40], [116, 40], [116, 40], [116, 40]]");
    const FmStyleLayer *layer = fm_style_layer(style, 0);
    g_autoptr(FmRaster) raster = fm_raster_open(fm_style_layer_raster(layer), NULL);
    g_autoptr(FmFrame) frame = frame_at((FmXY){450000, 4420000}, 200);
    g_auto(FmRasterPlace) place = {0};
    g_autoptr(GError) error = NULL;
    g_assert_false(fm__raster_place_init(&place, frame, raster, layer, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_DATA);
    fixture_remove(folder);
}

void test_raster_place(void)
{
    g_test_add_func("/render/raster-place/own-place", test_own_place);
    g_test_add_func("/render/raster-place/corners", test_corners);
    g_test_add_func("/render/raster-place/no-area", test_no_area);
}
