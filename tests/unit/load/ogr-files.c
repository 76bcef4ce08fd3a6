#include "ogr-files.h"

#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <string.h>

static OGRFieldType type_of(const char *column)
{
    const char *mark = strchr(column, ':');

    if (mark == NULL) {
        return OFTString;
    }
    return mark[1] == 'I' ? OFTInteger64 : mark[1] == 'R' ? OFTReal : OFTDate;
}

static void add_row(OGRLayerH layer, const char *row, gboolean geometry)
{
    g_auto(GStrv) values = g_strsplit(row, "|", -1);
    OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(layer));
    int n = OGR_FD_GetFieldCount(OGR_L_GetLayerDefn(layer));

    for (int i = 0; values[i] != NULL; i++) {
        if (*values[i] != '\0' && i < n) {
            OGR_F_SetFieldString(feature, i, values[i]);
        } else if (*values[i] != '\0' && geometry) {
            OGRGeometryH shape = NULL;
            char *wkt = values[i];
            g_assert_cmpint(OGR_G_CreateFromWkt(&wkt, NULL, &shape), ==, OGRERR_NONE);
            OGR_F_SetGeometryDirectly(feature, shape);
        }
    }
    g_assert_cmpint(OGR_L_CreateFeature(layer, feature), ==, OGRERR_NONE);
    OGR_F_Destroy(feature);
}

void ogr_file_write(const char *driver, const char *path, const char *layer_name,
                    const char *columns, const char *rows, gboolean geometry, const char *crs,
                    const char *option)
{
    GDALAllRegister();
    gboolean exists = g_file_test(path, G_FILE_TEST_EXISTS);
    GDALDatasetH dataset =
        exists ? GDALOpenEx(path, GDAL_OF_VECTOR | GDAL_OF_UPDATE, NULL, NULL, NULL)
               : GDALCreate(GDALGetDriverByName(driver), path, 0, 0, 0, GDT_Unknown, NULL);
    char *options[] = {(char *)(guintptr)option, NULL};
    OGRSpatialReferenceH srs = NULL;
    g_auto(GStrv) names = g_strsplit(columns, ",", -1);

    g_assert_nonnull(dataset);
    if (crs != NULL) {
        srs = OSRNewSpatialReference(NULL);
        g_assert_cmpint(OSRSetFromUserInput(srs, crs), ==, OGRERR_NONE);
        OSRSetAxisMappingStrategy(srs, OAMS_TRADITIONAL_GIS_ORDER);
    }
    OGRLayerH layer =
        GDALDatasetCreateLayer(dataset, layer_name, srs, geometry ? wkbUnknown : wkbNone, options);
    g_assert_nonnull(layer);
    for (char **name = names; *name != NULL; name++) {
        OGRFieldType type = type_of(*name);
        char *mark = strchr(*name, ':');
        if (mark != NULL) {
            *mark = '\0';
        }
        OGRFieldDefnH field = OGR_Fld_Create(*name, type);
        g_assert_cmpint(OGR_L_CreateField(layer, field, TRUE), ==, OGRERR_NONE);
        OGR_Fld_Destroy(field);
    }
    /* Not g_strsplit(): under AddressSanitizer its strstr() measures all that follows each row. */
    for (const char *row = rows; *row != '\0';) {
        const char *end = strchr(row, ';');
        g_autofree char *line = end ? g_strndup(row, (gsize)(end - row)) : g_strdup(row);
        add_row(layer, line, geometry);
        row += strlen(line) + (end != NULL);
    }
    GDALClose(dataset);
    if (srs != NULL) {
        OSRRelease(srs);
    }
}
