/* Opening through GDAL.  The driver is identified first, so that each gets the options it knows. */
#include "ogr-open.h"

#include <cpl_string.h>

typedef char *FmCplList;
static void cpl_list_free(FmCplList *list)
{
    CSLDestroy(list);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmCplList, cpl_list_free)

/* The first row is always the heading: GDAL's own guess takes a sheet of text for data. */
static const char *const heading_options[] = {"OGR_XLSX_HEADERS", "OGR_ODS_HEADERS",
                                              "OGR_XLS_HEADERS"};
static const char *const spreadsheets[] = {"XLSX", "ODS", "XLS", NULL};

static void force_headings(gboolean on)
{
    for (gsize i = 0; i < G_N_ELEMENTS(heading_options); i++) {
        CPLSetThreadLocalConfigOption(heading_options[i], on ? "FORCE" : NULL);
    }
}

static FmCplList *open_options(const char *driver, const FmSource *source)
{
    FmCplList *options = NULL;

    if (g_strcmp0(driver, "ESRI Shapefile") == 0 && source->encoding != NULL) {
        options = CSLSetNameValue(options, "ENCODING", source->encoding);
    } else if (g_strcmp0(driver, "GeoJSON") == 0) {
        /* As they stand: "2021" must not become 2021/01/01. */
        options = CSLSetNameValue(options, "DATE_AS_STRING", "YES");
        options = CSLSetNameValue(options, "ARRAY_AS_STRING", "YES");
    }
    return options;
}

static gboolean open_dataset(FmOgr *ogr, const FmSource *source, const char *name, GError **error)
{
    g_autofree char *path = fm_path_for_gdal(source->path);
    GDALDriverH driver = GDALIdentifyDriverEx(path, GDAL_OF_VECTOR, NULL, NULL);
    const char *driver_name = driver != NULL ? GDALGetDriverShortName(driver) : NULL;
    g_autoptr(FmCplList) options = open_options(driver_name, source);

    if (driver == NULL) {
        g_clear_pointer(&ogr->log.failure, g_free);
        return fm_gdal_log_fail(&ogr->log, FM_ERROR_PARSE, name,
                                "not a format that GDAL reads as vector data, or damaged", error);
    }
    ogr->spreadsheet = g_strv_contains(spreadsheets, driver_name);
    ogr->dataset = GDALOpenEx(path, GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR, NULL,
                              (const char *const *)options, NULL);
    if (ogr->dataset == NULL) {
        g_autofree char *what = g_strdup_printf("cannot be read as %s", driver_name);
        return fm_gdal_log_fail(&ogr->log, FM_ERROR_PARSE, name, what, error);
    }
    return TRUE;
}

/* "schools, hospitals": the layers, but for those that are known to be empty. */
static char *list_layers(GDALDatasetH dataset, OGRLayerH *only, guint *n)
{
    GString *list = g_string_new(NULL);

    *n = 0;
    for (int i = 0; i < GDALDatasetGetLayerCount(dataset); i++) {
        OGRLayerH layer = GDALDatasetGetLayer(dataset, i);
        /* QGIS keeps a GeoPackage's styles in a table of its own. */
        if (OGR_L_GetFeatureCount(layer, FALSE) == 0 ||
            g_strcmp0(OGR_L_GetName(layer), "layer_styles") == 0) {
            continue;
        }
        g_string_append_printf(list, "%s%s", *n > 0 ? ", " : "", OGR_L_GetName(layer));
        *only = layer;
        (*n)++;
    }
    return g_string_free(list, FALSE);
}

static gboolean choose_layer(FmOgr *ogr, const char *wanted, const char *name, GError **error)
{
    OGRLayerH only = NULL;
    guint n = 0;
    g_autofree char *list = list_layers(ogr->dataset, &only, &n);

    if (wanted != NULL) {
        ogr->layer = GDALDatasetGetLayerByName(ogr->dataset, wanted);
        if (ogr->layer == NULL) {
            g_set_error(error, FM_ERROR, FM_ERROR_NOT_FOUND, "%s: no layer '%s' in it; there is %s",
                        name, wanted, n > 0 ? list : "none that has rows");
        }
        return ogr->layer != NULL;
    }
    if (n > 1) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                    "%s: %u layers (%s); name one with --sheet, or ogr_layer in a manifest", name,
                    n, list);
        return FALSE;
    }
    if (n == 0) {
        g_set_error(error, FM_ERROR, FM_ERROR_DATA, "%s: no rows: there is nothing to load", name);
        return FALSE;
    }
    ogr->layer = only;
    return TRUE;
}

gboolean fm_ogr_open(FmOgr *ogr, const FmSource *source, const char *name, GError **error)
{
    g_autofree char *inner = fm_path_inner_layer(source->path);

    *ogr = (FmOgr){0};
    fm_gdal_log_begin(&ogr->log);
    force_headings(TRUE);
    if (!open_dataset(ogr, source, name, error) ||
        !choose_layer(ogr, source->ogr_layer != NULL ? source->ogr_layer : inner, name, error)) {
        return FALSE;
    }
    const char *encoding = GDALGetMetadataItem(ogr->layer, "SOURCE_ENCODING", "SHAPEFILE");
    ogr->encoding_unknown = source->encoding == NULL && encoding != NULL && *encoding == '\0';
    return TRUE;
}

void fm_ogr_clear(FmOgr *ogr)
{
    if (ogr->dataset != NULL) {
        GDALClose(ogr->dataset);
        ogr->dataset = NULL;
    }
    force_headings(FALSE);
    fm_gdal_log_end(&ogr->log);
}

typedef void FmOgrSrs;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmOgrSrs, OSRDestroySpatialReference)

char *fm_ogr_crs(OGRLayerH layer)
{
    OGRSpatialReferenceH of_layer = OGR_L_GetSpatialRef(layer);
    if (of_layer == NULL) {
        return NULL;
    }
    g_autoptr(FmOgrSrs) srs = OSRClone(of_layer);
    const char *srs_name = OSRGetName(srs);
    /* GeoPackage's srs_id 0 and -1, and engineering systems, say that nothing is known. */
    if (OSRIsLocal(srs) || (srs_name != NULL && g_str_has_prefix(srs_name, "Undefined"))) {
        return NULL;
    }
    OSRStripVertical(srs);
    OSRDemoteTo2D(srs, NULL);
    const char *authority = OSRGetAuthorityName(srs, NULL);
    const char *code = OSRGetAuthorityCode(srs, NULL);
    if (authority != NULL && code != NULL) {
        return g_strdup_printf("%s:%s", authority, code);
    }
    const char *const format[] = {"FORMAT=WKT2_2018", NULL};
    g_autoptr(FmCplString) wkt = NULL;
    if (OSRExportToWktEx(srs, &wkt, format) != OGRERR_NONE || wkt == NULL || *wkt == '\0') {
        return NULL;
    }
    return g_strdup(wkt);
}
