/* One FmTable as one OGR layer: the same for every format that GDAL writes. */

#include "export-internal.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_string.h>
#include <ogr_srs_api.h>

enum { ROWS_PER_REPORT = 4096 };

FmGdalGuard fm__gdal_begin(void)
{
    static gsize registered = 0;
    if (g_once_init_enter(&registered)) {
        GDALAllRegister();
        g_once_init_leave(&registered, 1);
    }
    CPLPushErrorHandler(CPLQuietErrorHandler);
    g_autofree char *now = fm_timestamp_now();
    g_autofree char *millis = g_strdup_printf("%.19s.000Z", now);
    CPLSetThreadLocalConfigOption("OGR_CURRENT_DATE", millis);
    return (FmGdalGuard){.active = TRUE};
}

void fm__gdal_end(FmGdalGuard *guard)
{
    if (!guard->active)
        return;
    CPLSetThreadLocalConfigOption("OGR_CURRENT_DATE", NULL);
    CPLPopErrorHandler();
    guard->active = FALSE;
}

void fm__gdal_error(GError **error, const char *what)
{
    /* SQLite's part of the message stands on a line of its own. */
    g_autofree char *said = g_strstrip(g_strdelimit(g_strdup(CPLGetLastErrorMsg()), "\n", ' '));
    g_set_error(error, FM_ERROR, FM_ERROR_IO, "%s: %s", what,
                *said != '\0' ? said : "GDAL gave no reason");
}

gboolean fm__dataset_finish(FmDatasetH *dataset, const char *what, GError **error)
{
    CPLErrorReset();
    GDALClose(g_steal_pointer(dataset));
    if (CPLGetLastErrorType() < CE_Failure)
        return TRUE;
    fm__gdal_error(error, what);
    return FALSE;
}

void fm__export_layer_clear(FmExportLayer *layer)
{
    g_clear_pointer(&layer->info, fm_layer_info_free);
    g_clear_pointer(&layer->table, fm_table_free);
}

gboolean fm__export_layer_read(FmWorkspace *workspace, const char *name, FmExportLayer *out,
                               const FmProgress *progress, GError **error)
{
    g_autoptr(FmLayerInfo) info = fm_workspace_layer(workspace, name, error);
    if (info == NULL)
        return FALSE;
    g_autoptr(FmTable) table = fm_workspace_read(workspace, name, NULL, progress, error);
    if (table == NULL)
        return FALSE;
    *out = (FmExportLayer){.info = g_steal_pointer(&info), .table = g_steal_pointer(&table)};
    return TRUE;
}

static OGRwkbGeometryType ogr_type(FmGeometryType type)
{
    return type == FM_GEOMETRY_NONE  ? wkbNone
           : type == FM_GEOMETRY_ANY ? wkbUnknown
                                     : (OGRwkbGeometryType)type; /* both count as OGC does */
}

static OGRFieldType field_type(FmColumnType type)
{
    return type == FM_COLUMN_TEXT ? OFTString : type == FM_COLUMN_INTEGER ? OFTInteger64 : OFTReal;
}

static gboolean create_fields(OGRLayerH target, const FmTable *table, GError **error)
{
    for (gsize c = 0; c < fm_table_n_columns(table); c++) {
        OGRFieldDefnH field = OGR_Fld_Create(fm_table_column_name(table, c),
                                             field_type(fm_table_column_type(table, c)));
        OGRErr result = OGR_L_CreateField(target, field, FALSE);
        OGR_Fld_Destroy(field);
        if (result != OGRERR_NONE) {
            fm__gdal_error(error, fm_table_column_name(table, c));
            return FALSE;
        }
    }
    return TRUE;
}

static void set_cells(OGRFeatureH feature, const FmTable *table, gsize row)
{
    for (gsize c = 0; c < fm_table_n_columns(table); c++) {
        int field = (int)c;
        if (fm_table_is_null(table, c, row)) {
            OGR_F_SetFieldNull(feature, field);
            continue;
        }
        switch (fm_table_column_type(table, c)) {
        case FM_COLUMN_TEXT:
            OGR_F_SetFieldString(feature, field, fm_table_text(table, c, row));
            break;
        case FM_COLUMN_INTEGER:
            OGR_F_SetFieldInteger64(feature, field, fm_table_integer(table, c, row));
            break;
        case FM_COLUMN_REAL:
            OGR_F_SetFieldDouble(feature, field, fm_table_number(table, c, row));
            break;
        }
    }
}

/* A layer of one type holds that type alone: a polygon in a layer of multipolygons becomes one. */
static gboolean set_geometry(OGRFeatureH feature, const FmGeometry *geometry, FmGeometryType type,
                             GError **error)
{
    if (geometry == NULL)
        return TRUE;
    g_autoptr(GBytes) wkb = fm_geometry_to_wkb(geometry);
    gsize size = 0;
    const void *bytes = g_bytes_get_data(wkb, &size);
    OGRGeometryH shape = NULL;
    if (OGR_G_CreateFromWkb(bytes, NULL, &shape, (int)size) != OGRERR_NONE) {
        fm__gdal_error(error, "geometry");
        return FALSE;
    }
    if (type != FM_GEOMETRY_ANY)
        shape = OGR_G_ForceTo(shape, ogr_type(type), NULL);
    OGR_F_SetGeometryDirectly(feature, shape);
    return TRUE;
}

static gboolean write_rows(OGRLayerH target, const FmTable *table, const FmProgress *progress,
                           const char *name, GError **error)
{
    gsize n = fm_table_n_rows(table);
    for (gsize row = 0; row < n; row++) {
        if (row % ROWS_PER_REPORT == 0 &&
            !fm_progress_report(progress, (double)row / (double)n, name, error))
            return FALSE;
        g_auto(FmFeatureH) feature = OGR_F_Create(OGR_L_GetLayerDefn(target));
        set_cells(feature, table, row);
        if (!set_geometry(feature, fm_table_geometry(table, row), fm_table_geometry_type(table),
                          error))
            return FALSE;
        if (OGR_L_CreateFeature(target, feature) != OGRERR_NONE) {
            g_autofree char *what =
                g_strdup_printf("layer '%s', row %" G_GSIZE_FORMAT, name, row + 1);
            fm__gdal_error(error, what);
            return FALSE;
        }
    }
    return TRUE;
}

static OGRLayerH create_layer(GDALDatasetH dataset, const FmExportLayer *layer, char **options)
{
    FmGeometryType type = fm_table_geometry_type(layer->table);
    OGRSpatialReferenceH wgs84 = NULL;
    if (type != FM_GEOMETRY_NONE) {
        wgs84 = OSRNewSpatialReference(NULL);
        OSRImportFromEPSG(wgs84, 4326);
        OSRSetAxisMappingStrategy(wgs84, OAMS_TRADITIONAL_GIS_ORDER);
    }
    OGRLayerH target =
        GDALDatasetCreateLayer(dataset, layer->info->name, wgs84, ogr_type(type), options);
    if (wgs84 != NULL)
        OSRRelease(wgs84);
    return target;
}

gboolean fm__ogr_write(GDALDatasetH dataset, const FmExportLayer *layer, char **options,
                       const FmProgress *progress, GError **error)
{
    gboolean transaction = GDALDatasetTestCapability(dataset, ODsCTransactions) != 0;
    if (transaction && GDALDatasetStartTransaction(dataset, FALSE) != OGRERR_NONE) {
        fm__gdal_error(error, layer->info->name);
        return FALSE;
    }
    OGRLayerH target = create_layer(dataset, layer, options);
    if (target == NULL) {
        fm__gdal_error(error, layer->info->name);
        return FALSE;
    }
    if (!create_fields(target, layer->table, error) ||
        !write_rows(target, layer->table, progress, layer->info->name, error))
        return FALSE;
    if (transaction && GDALDatasetCommitTransaction(dataset) != OGRERR_NONE) {
        fm__gdal_error(error, layer->info->name);
        return FALSE;
    }
    return TRUE;
}
