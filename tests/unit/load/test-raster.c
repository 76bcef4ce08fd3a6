/* Rasters as colours; the files are texts that GDAL reads. */
#include <facmap/raster.h>

#include "fixture.h"
#include "fm-unit.h"

#include <string.h>

#define GRID "ncols 4\nnrows 2\nxllcorner 500\nyllcorner 300\ncellsize 10\nNODATA_value -9\n"

static FmRaster *open_text(Fixture *fixture, const char *name, const char *text)
{
    g_autoptr(GError) error = NULL;
    FmRaster *raster = fm_raster_open(fixture_write(fixture, name, text), &error);
    g_assert_no_error(error);
    return raster;
}

static guint32 *read_all(FmRaster *raster, gsize step)
{
    const FmRasterWindow window = {0, 0, fm_raster_width(raster) / step,
                                   fm_raster_height(raster) / step};
    guint32 *argb = g_new(guint32, window.width * window.height);
    g_autoptr(GError) error = NULL;
    g_assert_true(fm_raster_read(raster, &window, step, argb, &error));
    g_assert_no_error(error);
    return argb;
}

/* Heights are stretched to greys; where there is no data there is no colour. */
static void test_grid(void)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture);
    g_autoptr(FmRaster) raster =
        open_text(&fixture, "a.asc", GRID "1000 1000 1500 2000\n-9 1250 2000 2000\n");
    double place[6];
    g_assert_cmpuint(fm_raster_width(raster), ==, 4);
    g_assert_cmpuint(fm_raster_height(raster), ==, 2);
    g_assert_true(fm_raster_place(raster, place));
    g_assert_cmpfloat(place[0], ==, 500);
    g_assert_cmpfloat(place[3], ==, 320);
    g_assert_cmpfloat(place[5], ==, -10);
    g_assert_null(fm_raster_crs(raster));
    double black = 0, white = 0;
    g_assert_true(fm_raster_range(raster, &black, &white));
    g_assert_cmpfloat(black, ==, 1000);
    g_assert_cmpfloat(white, ==, 2000);
    g_autofree guint32 *argb = read_all(raster, 1);
    const guint32 expected[] = {0xFF000000, 0xFF000000, 0xFF808080, 0xFFFFFFFF,
                                0,          0xFF404040, 0xFFFFFFFF, 0xFFFFFFFF};
    for (gsize i = 0; i < G_N_ELEMENTS(expected); i++)
        g_assert_cmphex(argb[i], ==, expected[i]);
}

/* Cells are means of what is data in them. */
static void test_cells_of_two(void)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture);
    g_autoptr(FmRaster) raster =
        open_text(&fixture, "a.asc", GRID "0 100 200 200\n-9 200 200 200\n");
    g_autofree guint32 *argb = read_all(raster, 2);
    g_assert_cmphex(argb[0] >> 24, ==, 0xFF);
    g_assert_cmpint(ABS((int)(argb[0] & 0xFF) - 128), <=, 1);
    g_assert_cmphex(argb[1], ==, 0xFFFFFFFF);
}

/* An image of one band with colours of its own, in a coordinate system. */
static void test_palette(void)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture);
    fixture_write_bytes(&fixture, "a.pgm", "P5\n3 1\n255\n\0\1\2", 14);
    g_autoptr(FmRaster) raster =
        open_text(&fixture, "a.vrt",
                  "<VRTDataset rasterXSize=\"3\" rasterYSize=\"1\"><SRS>EPSG:4548</SRS>"
                  "<VRTRasterBand dataType=\"Byte\" band=\"1\"><ColorInterp>Palette</ColorInterp>"
                  "<ColorTable><Entry c1=\"255\" c2=\"0\" c3=\"0\" c4=\"255\"/>"
                  "<Entry c1=\"0\" c2=\"100\" c3=\"200\" c4=\"255\"/>"
                  "<Entry c1=\"200\" c2=\"200\" c3=\"200\" c4=\"0\"/></ColorTable>"
                  "<SimpleSource><SourceFilename relativeToVRT=\"1\">a.pgm</SourceFilename>"
                  "<SourceBand>1</SourceBand></SimpleSource></VRTRasterBand></VRTDataset>");
    g_assert_cmpstr(fm_raster_crs(raster), ==, "EPSG:4548");
    g_autofree guint32 *argb = read_all(raster, 1);
    g_assert_cmphex(argb[0], ==, 0xFFFF0000);
    g_assert_cmphex(argb[1], ==, 0xFF0064C8);
    g_assert_cmphex(argb[2], ==, 0);
    double black = 7, white = 8;
    g_assert_false(fm_raster_range(raster, &black, &white));
    g_assert_cmpfloat(black, ==, 7);
    double place[6] = {7};
    g_assert_false(fm_raster_place(raster, place));
    g_assert_cmpfloat(place[0], ==, 7);
}

static void test_alpha(void)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture);
    fixture_write_bytes(&fixture, "a.pgm", "P5\n2 1\n255\n\x80\xFF", 13);
    fixture_write_bytes(&fixture, "alpha.pgm", "P5\n2 1\n255\n\x80\xFF", 13);
    g_autoptr(FmRaster) raster =
        open_text(&fixture, "a.vrt",
                  "<VRTDataset rasterXSize=\"2\" rasterYSize=\"1\">"
                  "<VRTRasterBand dataType=\"Byte\" band=\"1\"><ColorInterp>Gray</ColorInterp>"
                  "<SimpleSource><SourceFilename relativeToVRT=\"1\">a.pgm</SourceFilename>"
                  "<SourceBand>1</SourceBand></SimpleSource></VRTRasterBand>"
                  "<VRTRasterBand dataType=\"Byte\" band=\"2\"><ColorInterp>Alpha</ColorInterp>"
                  "<SimpleSource><SourceFilename relativeToVRT=\"1\">alpha.pgm</SourceFilename>"
                  "<SourceBand>1</SourceBand></SimpleSource></VRTRasterBand></VRTDataset>");
    g_autofree guint32 *argb = read_all(raster, 1);
    g_assert_cmphex(argb[0], ==, 0x80404040);
    g_assert_cmphex(argb[1], ==, 0xFFFFFFFF);
}

static void test_errors(void)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture);
    g_autoptr(GError) error = NULL;
    g_assert_null(fm_raster_open(fixture_path(&fixture, "none.tif"), &error));
    assert_error(error, FM_ERROR_NOT_FOUND, "there is no such file");
    g_clear_error(&error);
    g_assert_null(fm_raster_open(fixture_write(&fixture, "t.tif", "no raster"), &error));
    assert_error(error, FM_ERROR_DATA, "not a raster that GDAL reads");
    g_clear_error(&error);
    /* The file ends in the middle: said when it is read. */
    const char *cut = fixture_write(&fixture, "cut.pgm", "P5\n400 400\n255\nabc");
    g_autoptr(FmRaster) raster = fm_raster_open(cut, &error);
    if (raster != NULL) {
        const FmRasterWindow window = {0, 300, 400, 100};
        g_autofree guint32 *argb = g_new(guint32, 400 * 100);
        g_assert_false(fm_raster_read(raster, &window, 1, argb, &error));
        g_assert_error(error, FM_ERROR, FM_ERROR_IO);
        g_assert_null(strchr(error->message, '\n'));
    } else {
        g_assert_error(error, FM_ERROR, FM_ERROR_DATA);
    }
}

void test_raster(void)
{
    g_test_add_func("/load/raster/grid", test_grid);
    g_test_add_func("/load/raster/cells-of-two", test_cells_of_two);
    g_test_add_func("/load/raster/palette", test_palette);
    g_test_add_func("/load/raster/alpha", test_alpha);
    g_test_add_func("/load/raster/errors", test_errors);
}
