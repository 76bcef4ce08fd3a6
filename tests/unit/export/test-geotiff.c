/* A page as GeoTIFF: where it lies, how it is stored, what it shows. */
#include "export-internal.h"
#include "fixture.h"
#include "fm-unit.h"

#include <math.h>
#include <string.h>

static FmStyle *plain_style(const char *metadata)
{
    g_autofree char *text = g_strdup_printf(
        "{\"version\": 8, \"metadata\": %s, \"sources\": {\"workspace\": {\"type\": \"vector\","
        " \"url\": \"facmap:workspace\"}}, \"layers\": [{\"id\": \"ground\", \"type\":"
        " \"background\", \"paint\": {\"background-color\": \"#3366cc\"}}, {\"id\": \"school\","
        " \"type\": \"circle\", \"source\": \"workspace\", \"source-layer\": \"school\"}]}",
        metadata);
    g_autoptr(GError) error = NULL;
    FmStyle *style = fm_style_parse(text, "plain", &error);
    g_assert_no_error(error);
    return style;
}

static void page(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_open_town(&fixture);
    g_autofree char *path = fixture_file(&fixture, "map.tif");
    g_autoptr(FmStyle) style = plain_style("{}");
    g_autoptr(GError) error = NULL;
    const FmRenderOptions options = {.size = "A5", .dpi = 120, .n_threads = 2};
    g_autoptr(FmRenderReport) report =
        fm_export_geotiff(fixture.workspace, style, path, &options, NULL, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(report->file, ==, path);
    g_auto(FmGdalGuard) guard = fm__gdal_begin();
    g_auto(FmDatasetH) map = GDALOpen(path, GA_ReadOnly);
    g_assert_nonnull(map);
    g_assert_cmpint(GDALGetRasterXSize(map), ==, report->width_px);
    double place[6];
    g_assert_cmpint(GDALGetGeoTransform(map, place), ==, CE_None);
    /* A pixel is 25.4 mm / 120 on paper, times the scale on the ground, which the grid's own scale
     * changes by far less than a hundredth. */
    double pixel_m = 0.0254 / 120 * report->scale_denominator;
    g_assert_cmpfloat(fabs(place[1] / pixel_m - 1), <, 0.01);
    g_assert_cmpfloat(fabs(place[5] + place[1]), <, 1e-9);
    g_assert_nonnull(strstr(GDALGetProjectionRef(map), "PROJCS"));
    g_assert_cmpstr(GDALGetMetadataItem(map, "TIFFTAG_XRESOLUTION", NULL), ==, "120");
    g_assert_cmpstr(GDALGetMetadataItem(map, "COMPRESSION", "IMAGE_STRUCTURE"), ==, "DEFLATE");
    int block_width = 0, block_height = 0;
    GDALRasterBandH red = GDALGetRasterBand(map, 1);
    GDALGetBlockSize(red, &block_width, &block_height);
    g_assert_cmpint(block_width, ==, block_height);
    g_assert_cmpint(GDALGetOverviewCount(red), >, 0);
    guint8 pixel = 0; /* of the map's ground, in its corner */
    g_assert_cmpint(GDALRasterIO(red, GF_Read, 60, 60, 1, 1, &pixel, 1, 1, GDT_Byte, 0, 0), ==,
                    CE_None);
    g_assert_cmpint(pixel, ==, 0x33);
    g_autofree char *list = fixture_list(&fixture);
    g_assert_cmpstr(list, ==, "map.tif");
}

/* Nothing is left where it fails. */
static void refused(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_open_town(&fixture);
    g_autofree char *path = fixture_file(&fixture, "map.tif");
    g_autofree char *nowhere = fixture_file(&fixture, "none/map.tif");
    g_autoptr(FmStyle) style = plain_style("{}");
    g_autoptr(GError) error = NULL;
    FmRenderOptions options = {.atlas_layer = "school"};
    g_assert_null(fm_export_geotiff(fixture.workspace, style, path, &options, NULL, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_USAGE);
    g_clear_error(&error);
    options = (FmRenderOptions){.size = "A5"};
    g_assert_null(fm_export_geotiff(fixture.workspace, style, nowhere, &options, NULL, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_NOT_FOUND);
    g_clear_error(&error);
    options.size = "B4";
    g_assert_null(fm_export_geotiff(fixture.workspace, style, path, &options, NULL, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_USAGE);
    g_autofree char *list = fixture_list(&fixture);
    g_assert_cmpstr(list, ==, "");
}

void test_geotiff(void)
{
    g_test_add_func("/export/geotiff/page", page);
    g_test_add_func("/export/geotiff/refused", refused);
}
