/* Opening through GDAL.  The driver is identified first, so that each gets the options it knows. */
#include "ogr-open.h"

#include <cpl_string.h>
#include <cpl_vsi.h>
#include <string.h>

typedef char *FmCplList;
static void cpl_list_free(FmCplList *list)
{
    CSLDestroy(list);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmCplList, cpl_list_free)

/* The first row is taken for the heading: GDAL's own guess takes a sheet of text for data. */
static const char *const heading_options[] = {"OGR_XLSX_HEADERS", "OGR_ODS_HEADERS",
                                              "OGR_XLS_HEADERS"};
static const char *const spreadsheets[] = {"XLSX", "ODS", "XLS", NULL};

static void set_headings(const char *mode)
{
    for (gsize i = 0; i < G_N_ELEMENTS(heading_options); i++) {
        CPLSetThreadLocalConfigOption(heading_options[i], mode);
    }
}

/* Roads and paths are what a network is made of. */
static gboolean is_network(const FmSource *source)
{
    return g_strcmp0(source->kind, "network") == 0;
}

static gboolean is_driver(const FmOgr *ogr, const char *name)
{
    return strcmp(GDALGetDriverShortName(GDALGetDatasetDriver(ogr->dataset)), name) == 0;
}

static FmCplList *open_options(const char *driver, const char *encoding, const char *osm_config)
{
    FmCplList *options = NULL;

    if (strcmp(driver, "ESRI Shapefile") == 0 && encoding != NULL) {
        options = CSLSetNameValue(options, "ENCODING", encoding);
    } else if (strcmp(driver, "GeoJSON") == 0) {
        /* As they stand: "2021" must not become 2021/01/01. */
        options = CSLSetNameValue(options, "DATE_AS_STRING", "YES");
        options = CSLSetNameValue(options, "ARRAY_AS_STRING", "YES");
    } else if (strcmp(driver, "OSM") == 0) {
        options = CSLSetNameValue(options, "CONFIG_FILE", osm_config);
    }
    return options;
}

/* What the beginning of a file says that no driver takes. */
static const char *likely_cause(const char *path)
{
    static const char compound_file[] = {'\xD0', '\xCF', '\x11', '\xE0'};
    char head[sizeof compound_file] = {0};
    VSILFILE *file = VSIFOpenL(path, "rb");

    if (file != NULL) {
        gboolean is_compound = VSIFReadL(head, 1, sizeof head, file) == sizeof head &&
                               memcmp(head, compound_file, sizeof head) == 0;
        (void)VSIFCloseL(file);
        if (is_compound && GDALGetDriverByName("XLS") == NULL) {
            return "an old Excel file (.xls), and this GDAL is built without its reader (FreeXL); "
                   "save it as .xlsx";
        }
    }
    return "not a format that GDAL reads as vector data, or damaged";
}

/* Opens the dataset, in place of one that is open.  `encoding` may be NULL. */
static gboolean open_dataset(FmOgr *ogr, const char *source, const char *encoding, const char *name,
                             GError **error)
{
    g_autofree char *path = fm_path_for_gdal(source);
    GDALDriverH driver = GDALIdentifyDriverEx(path, GDAL_OF_VECTOR, NULL, NULL);

    if (driver == NULL) {
        g_clear_pointer(&ogr->log.failure, g_free);
        return fm_gdal_log_fail(&ogr->log, FM_ERROR_PARSE, name, likely_cause(path), error);
    }
    const char *driver_name = GDALGetDriverShortName(driver);
    g_autoptr(FmOsmConfig) osm_config = fm_osm_config_new();
    g_autoptr(FmCplList) options = open_options(driver_name, encoding, osm_config);
    g_clear_pointer(&ogr->dataset, GDALClose);
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
        gboolean osm =
            g_str_equal(GDALGetDriverShortName(GDALGetDatasetDriver(ogr->dataset)), "OSM");
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                    "%s: %u layers (%s); name one with --sheet, or ogr_layer in a manifest%s", name,
                    n, list, osm ? "; its roads come with --kind network" : "");
        return FALSE;
    }
    if (n == 0) {
        g_set_error(error, FM_ERROR, FM_ERROR_DATA, "%s: no rows: there is nothing to load", name);
        return FALSE;
    }
    ogr->layer = only;
    return TRUE;
}

/* Opens the dataset again, in another way, and takes the layer of the same place. */
static gboolean reopen(FmOgr *ogr, const char *path, const char *encoding, const char *name,
                       GError **error)
{
    int at = 0;

    while (GDALDatasetGetLayer(ogr->dataset, at) != ogr->layer) {
        at++;
    }
    if (!open_dataset(ogr, path, encoding, name, error)) {
        return FALSE;
    }
    ogr->layer = GDALDatasetGetLayer(ogr->dataset, at);
    if (ogr->layer == NULL) {
        return fm_gdal_log_fail(&ogr->log, FM_ERROR_IO, name, "changed while it was read", error);
    }
    return TRUE;
}

/* A first row that is a title: all rows are read as such, and the heading is looked for. */
static gboolean find_heading(FmOgr *ogr, const char *path, const char *name, GError **error)
{
    if (fm_sheet_starts_with_heading(ogr->layer)) {
        return TRUE;
    }
    set_headings("DISABLE");
    if (!reopen(ogr, path, NULL, name, error)) {
        return FALSE;
    }
    g_ptr_array_add(ogr->notes, fm_sheet_find_heading(ogr->layer));
    return TRUE;
}

static gboolean find_encoding(FmOgr *ogr, const char *path, const char *name, GError **error)
{
    g_auto(FmEncoding) found = {0};

    if (!fm_dbf_encoding_is_open(ogr->layer)) {
        return TRUE;
    }
    if (!reopen(ogr, path, "", name, error) ||
        !fm_dbf_find_encoding(ogr->layer, name, &found, error)) {
        return FALSE;
    }
    if (found.note != NULL) {
        g_ptr_array_add(ogr->notes, g_steal_pointer(&found.note));
    }
    ogr->encoding = g_strdup(found.encoding);
    return reopen(ogr, path, found.encoding, name, error);
}

/* OpenStreetMap holds its layers interleaved: GDAL is told to build only the one that is meant. */
static void narrow_osm(FmOgr *ogr, const FmSource *source)
{
    const char *layer = OGR_L_GetName(ogr->layer);
    g_autofree char *statement = g_strdup_printf("SET interest_layers = %s", layer);

    (void)GDALDatasetExecuteSQL(ogr->dataset, statement, NULL, NULL);
    if (is_network(source) && strcmp(layer, FM_OSM_NETWORK_LAYER) == 0) {
        (void)OGR_L_SetAttributeFilter(ogr->layer, FM_OSM_NETWORK_FILTER);
        g_ptr_array_add(ogr->notes, g_strdup("of the layer lines, highways and ferries were read"));
    }
}

static const char *wanted_layer(const FmOgr *ogr, const FmSource *source, const char *inner)
{
    if (source->ogr_layer != NULL) {
        return source->ogr_layer;
    }
    return inner == NULL && is_network(source) && is_driver(ogr, "OSM") ? FM_OSM_NETWORK_LAYER
                                                                        : inner;
}

gboolean fm_ogr_open(FmOgr *ogr, const FmSource *source, const char *name, GError **error)
{
    g_autofree char *inner = fm_path_inner_layer(source->path);

    *ogr = (FmOgr){.notes = g_ptr_array_new_with_free_func(g_free)};
    fm_gdal_register();
    fm_gdal_log_begin(&ogr->log);
    set_headings("FORCE");
    if (!open_dataset(ogr, source->path, source->encoding, name, error) ||
        !choose_layer(ogr, wanted_layer(ogr, source, inner), name, error)) {
        return FALSE;
    }
    if (is_driver(ogr, "OSM")) {
        narrow_osm(ogr, source);
    }
    return (!ogr->spreadsheet || find_heading(ogr, source->path, name, error)) &&
           (source->encoding != NULL || find_encoding(ogr, source->path, name, error));
}

void fm_ogr_clear(FmOgr *ogr)
{
    g_clear_pointer(&ogr->dataset, GDALClose);
    g_clear_pointer(&ogr->notes, g_ptr_array_unref);
    g_clear_pointer(&ogr->encoding, g_free);
    set_headings(NULL);
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
