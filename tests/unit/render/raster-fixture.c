#include "raster-fixture.h"

#include <math.h>
#include <string.h>

static void write_pixels(const char *folder)
{
    g_autofree char *file = g_build_filename(folder, "picture.ppm", NULL);
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    g_autofree char *head = g_strdup_printf("P6\n%d %d\n255\n", RASTER_SIDE, RASTER_SIDE);
    g_byte_array_append(bytes, (const guint8 *)head, (guint)strlen(head));
    for (int row = 0; row < RASTER_SIDE; row++)
        for (int column = 0; column < RASTER_SIDE; column++) {
            const guint8 pixel[] = {(guint8)(column * 4), (guint8)(row * 4), 128};
            g_byte_array_append(bytes, pixel, sizeof pixel);
        }
    g_assert_true(g_file_set_contents(file, (const char *)bytes->data, (gssize)bytes->len, NULL));
}

void raster_write(const char *folder, double x_m, double y_m, double pixel_m)
{
    static const char *const colors[] = {"Red", "Green", "Blue"};
    g_autoptr(GString) vrt = g_string_new(NULL);
    g_string_append_printf(vrt, "<VRTDataset rasterXSize=\"%d\" rasterYSize=\"%d\">", RASTER_SIDE,
                           RASTER_SIDE);
    if (!isnan(x_m))
        g_string_append_printf(vrt,
                               "<SRS>EPSG:4548</SRS><GeoTransform>%.3f, %.3f, 0, %.3f, 0, "
                               "%.3f</GeoTransform>",
                               x_m, pixel_m, y_m, -pixel_m);
    for (guint i = 0; i < G_N_ELEMENTS(colors); i++)
        g_string_append_printf(
            vrt,
            "<VRTRasterBand dataType=\"Byte\" band=\"%u\"><ColorInterp>%s</ColorInterp>"
            "<SimpleSource><SourceFilename relativeToVRT=\"1\">picture.ppm</SourceFilename>"
            "<SourceBand>%u</SourceBand></SimpleSource></VRTRasterBand>",
            i + 1, colors[i], i + 1);
    g_string_append(vrt, "</VRTDataset>");
    g_autofree char *file = g_build_filename(folder, "picture.vrt", NULL);
    g_assert_true(g_file_set_contents(file, vrt->str, -1, NULL));
    write_pixels(folder);
}

static FmStyle *style_with(const char *source, const char *paint)
{
    g_autofree char *text = g_strdup_printf(
        "{'version': 8, 'sources': {'r': %s}, 'layers': [{'id': 'photo', 'type': 'raster', "
        "'source': 'r', 'paint': {%s}}]}",
        source, paint);
    g_autoptr(GError) error = NULL;
    FmStyle *style = fm_style_parse(g_strdelimit(text, "'", '"'), "test.json", &error);
    g_assert_no_error(error);
    return style;
}

FmStyle *raster_style(const char *folder, const char *file, const char *paint)
{
    g_autofree char *source = g_strdup_printf("{'type': 'raster', 'url': '%s/%s'}", folder, file);
    return style_with(source, paint);
}

FmStyle *raster_image_style(const char *folder, const char *file, const char *corners)
{
    g_autofree char *source = g_strdup_printf(
        "{'type': 'image', 'url': '%s/%s', 'coordinates': %s}", folder, file, corners);
    return style_with(source, "");
}
