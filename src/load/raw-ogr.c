/* What OGR reads into FmRaw: attributes with the types that the format gives them, geometry in the
 * source's own CRS.  Coordinates are always x (longitude, easting) first: that is how OGR's layers
 * hand them out, whatever axis order their CRS declares. */
#include "ogr-open.h"

#include <cpl_string.h>
#include <math.h>
#include <string.h>

#define PROGRESS_ROWS 1024u

typedef void FmOgrFeature;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmOgrFeature, OGR_F_Destroy)
typedef void FmOgrGeometry;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmOgrGeometry, OGR_G_DestroyGeometry)

typedef struct {
    FmRaw *raw;
    FmOgr *ogr;
    gsize *columns; /* of raw->table for each field; FM_COLUMN_NONE for those left out */
    int n_fields;
    gsize n_flattened, n_linearised;
} Reader;

static FmColumnType column_type(OGRFieldType type)
{
    switch (type) {
    case OFTInteger:
    case OFTInteger64:
        return FM_COLUMN_INTEGER;
    case OFTReal:
        return FM_COLUMN_REAL;
    default:
        return FM_COLUMN_TEXT;
    }
}

static void add_columns(Reader *reader)
{
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(reader->ogr->layer);

    for (int i = 0; i < reader->n_fields; i++) {
        OGRFieldDefnH field = OGR_FD_GetFieldDefn(definition, i);
        OGRFieldType type = OGR_Fld_GetType(field);
        const char *name = OGR_Fld_GetNameRef(field);
        if (type == OFTBinary) {
            fm_raw_warn(reader->raw, "column '%s' holds binary data and is left out", name);
            reader->columns[i] = FM_COLUMN_NONE;
        } else {
            reader->columns[i] = fm_raw_add_column(reader->raw, name, column_type(type));
        }
    }
}

/* OGR counts quarters of an hour from 100 = UTC; 0 and 1 are unknown and local. */
static char *format_zone(int zone)
{
    int minutes = ABS(zone - 100) * 15;

    if (zone <= 1) {
        return g_strdup("");
    }
    if (minutes == 0) {
        return g_strdup("Z");
    }
    return g_strdup_printf("%c%02d:%02d", zone > 100 ? '+' : '-', minutes / 60, minutes % 60);
}

/* ISO 8601.  A time of midnight without a zone is what spreadsheets make of a date. */
static char *format_time(OGRFeatureH feature, int field, OGRFieldType type)
{
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, zone = 0;
    float second = 0;

    OGR_F_GetFieldAsDateTimeEx(feature, field, &year, &month, &day, &hour, &minute, &second, &zone);
    int whole = (int)second;
    if (type == OFTTime) {
        return g_strdup_printf("%02d:%02d:%02d", hour, minute, whole);
    }
    if (type == OFTDate || (hour == 0 && minute == 0 && whole == 0 && zone <= 1)) {
        return g_strdup_printf("%04d-%02d-%02d", year, month, day);
    }
    g_autofree char *offset = format_zone(zone);
    return g_strdup_printf("%04d-%02d-%02dT%02d:%02d:%02d%s", year, month, day, hour, minute, whole,
                           offset);
}

/* In a column of mixed cells a date comes as text in GDAL's own way of writing it, 2021/09/01.
 * @return transfer full; NULL when the text is no such date */
static char *iso_date(const char *text)
{
    static const char pattern[] = "dddd/dd/dd";

    for (gsize i = 0; i < sizeof pattern - 1; i++) {
        if (pattern[i] == 'd' ? !g_ascii_isdigit(text[i]) : text[i] != pattern[i]) {
            return NULL;
        }
    }
    return text[sizeof pattern - 1] == '\0' ? g_strdelimit(g_strdup(text), "/", '-') : NULL;
}

static void set_text(Reader *reader, OGRFeatureH feature, int field, gsize row)
{
    OGRFieldType type = OGR_Fld_GetType(OGR_F_GetFieldDefnRef(feature, field));
    gsize column = reader->columns[field];

    if (type == OFTDate || type == OFTDateTime || type == OFTTime) {
        g_autofree char *time = format_time(feature, field, type);
        fm_raw_set_text(reader->raw, column, row, time);
        return;
    }
    const char *text = OGR_F_GetFieldAsString(feature, field);
    g_autofree char *date = reader->ogr->spreadsheet ? iso_date(text) : NULL;
    fm_raw_set_text(reader->raw, column, row, date != NULL ? date : text);
}

static void set_cell(Reader *reader, OGRFeatureH feature, int field, gsize row)
{
    FmTable *table = reader->raw->table;
    gsize column = reader->columns[field];

    if (column == FM_COLUMN_NONE || !OGR_F_IsFieldSetAndNotNull(feature, field)) {
        return;
    }
    switch (fm_table_column_type(table, column)) {
    case FM_COLUMN_INTEGER:
        fm_table_set_integer(table, column, row, OGR_F_GetFieldAsInteger64(feature, field));
        return;
    case FM_COLUMN_REAL: {
        double value = OGR_F_GetFieldAsDouble(feature, field);
        if (!isfinite(value)) {
            fm_problems_add(reader->raw->problems, row, fm_table_column_name(table, column),
                            isnan(value) ? "NaN" : "Inf", "not a finite number");
        }
        fm_table_set_real(table, column, row, value);
        return;
    }
    case FM_COLUMN_TEXT:
    default:
        set_text(reader, feature, field, row);
    }
}

/* Two dimensions and straight edges: what the rest of facmap computes with. */
static FmOgrGeometry *simplified(Reader *reader, OGRGeometryH borrowed)
{
    FmOgrGeometry *geometry = NULL;

    if (OGR_G_HasCurveGeometry(borrowed, TRUE)) {
        geometry = OGR_G_GetLinearGeometry(borrowed, 0, NULL);
        reader->n_linearised++;
    } else {
        geometry = OGR_G_Clone(borrowed);
    }
    if (geometry != NULL && (OGR_G_Is3D(geometry) || OGR_G_IsMeasured(geometry))) {
        OGR_G_FlattenTo2D(geometry);
        reader->n_flattened++;
    }
    return geometry;
}

/* "WKB, byte 98: what": where it is in a WKB that only we have seen is of no use to anyone. */
static const char *without_byte(const char *message)
{
    const char *colon = strstr(message, ": ");

    return colon != NULL ? colon + 2 : message;
}

static FmGeometry *geometry_from_ogr(OGRGeometryH geometry, GError **error)
{
    gsize size = OGR_G_WkbSizeEx(geometry);
    g_autofree guint8 *wkb = g_try_malloc(size);

    if (wkb == NULL || OGR_G_ExportToIsoWkb(geometry, wkbNDR, wkb) != OGRERR_NONE) {
        g_set_error(error, FM_ERROR, FM_ERROR_DATA, "a geometry that GDAL cannot write as WKB");
        return NULL;
    }
    return fm_geometry_from_wkb(wkb, size, error);
}

/* For the reject file. */
static void keep_wkt(FmRaw *raw, OGRGeometryH geometry, gsize row)
{
    g_autoptr(FmCplString) wkt = NULL;

    if (OGR_G_ExportToIsoWkt(geometry, &wkt) == OGRERR_NONE) {
        g_hash_table_insert(raw->unread_wkt, GSIZE_TO_POINTER(row), g_strdup(wkt));
    }
}

static void add_geometry(Reader *reader, OGRFeatureH feature, gsize row)
{
    OGRGeometryH borrowed = OGR_F_GetGeometryRef(feature);
    FmGeometry *result = NULL;

    if (borrowed != NULL && !OGR_G_IsEmpty(borrowed)) {
        g_autoptr(GError) failure = NULL;
        g_autoptr(FmOgrGeometry) geometry = simplified(reader, borrowed);
        if (geometry != NULL) {
            result = geometry_from_ogr(geometry, &failure);
        }
        if (result == NULL) {
            keep_wkt(reader->raw, borrowed, row);
            fm_problems_add(
                reader->raw->problems, row, "geometry", OGR_G_GetGeometryName(borrowed), "%s",
                failure != NULL ? without_byte(failure->message) : "curves that have no line");
        }
    }
    g_ptr_array_add(reader->raw->geometries, result);
}

static void add_feature(Reader *reader, OGRFeatureH feature)
{
    gsize row = fm_table_append_row(reader->raw->table);

    for (int i = 0; i < reader->n_fields; i++) {
        set_cell(reader, feature, i, row);
    }
    if (reader->raw->has_geometry) {
        add_geometry(reader, feature, row);
    }
    g_autofree char *failure = fm_gdal_log_take(&reader->ogr->log);
    if (failure != NULL) {
        fm_problems_add(reader->raw->problems, row, "", NULL, "%s", failure);
    }
}

/* Sheets often end in formatted, empty rows. */
static gboolean feature_is_empty(const Reader *reader, OGRFeatureH feature)
{
    if (!reader->ogr->spreadsheet) {
        return FALSE;
    }
    for (int i = 0; i < reader->n_fields; i++) {
        if (OGR_F_IsFieldSetAndNotNull(feature, i) &&
            !fm_text_is_blank(OGR_F_GetFieldAsString(feature, i))) {
            return FALSE;
        }
    }
    return TRUE;
}

/* Some formats (OpenStreetMap) hold their layers interleaved and must be read all at once. */
static FmOgrFeature *next_feature(const FmOgr *ogr, gboolean interleaved)
{
    if (!interleaved) {
        return OGR_L_GetNextFeature(ogr->layer);
    }
    for (;;) {
        OGRLayerH of = NULL;
        g_autoptr(FmOgrFeature) feature =
            GDALDatasetGetNextFeature(ogr->dataset, &of, NULL, NULL, NULL);
        if (feature == NULL || of == ogr->layer) {
            return g_steal_pointer(&feature);
        }
    }
}

static gboolean read_features(Reader *reader, const FmProgress *progress, GError **error)
{
    const FmOgr *ogr = reader->ogr;
    gboolean interleaved = GDALDatasetTestCapability(ogr->dataset, ODsCRandomLayerRead) != 0;
    double n_expected = (double)OGR_L_GetFeatureCount(ogr->layer, FALSE);

    for (gsize n = 0;; n++) {
        g_autoptr(FmOgrFeature) feature = next_feature(ogr, interleaved);
        if (feature == NULL) {
            break;
        }
        if (!feature_is_empty(reader, feature)) {
            add_feature(reader, feature);
        }
        if (n % PROGRESS_ROWS == 0 &&
            !fm_progress_report(progress, n_expected > 0 ? MIN((double)n / n_expected, 1) : 0,
                                "reading", error)) {
            return FALSE;
        }
    }
    if (ogr->log.failure != NULL) {
        return fm_gdal_log_fail(&reader->ogr->log, FM_ERROR_IO, reader->raw->name,
                                "cannot be read to its end", error);
    }
    return TRUE;
}

/* The checksum of the source's own files; sources that are no files have none. */
static gboolean hash_files(const Reader *reader, GError **error)
{
    char **files = GDALGetFileList(reader->ogr->dataset);
    gboolean done = TRUE;

    if (files != NULL) {
        g_autoptr(GError) failure = NULL;
        reader->raw->sha256 = fm_files_sha256((const char *const *)files, &failure);
        done = failure == NULL;
        if (!done) {
            g_propagate_error(error, g_steal_pointer(&failure));
        }
    }
    CSLDestroy(files);
    return done;
}

static void add_warnings(const Reader *reader)
{
    FmRaw *raw = reader->raw;

    if (reader->n_flattened > 0) {
        fm_raw_warn(raw, "Z or M dropped from %" G_GSIZE_FORMAT " rows", reader->n_flattened);
    }
    if (reader->n_linearised > 0) {
        fm_raw_warn(raw, "curves made of straight pieces in %" G_GSIZE_FORMAT " rows",
                    reader->n_linearised);
    }
    for (guint i = 0; i < reader->ogr->notes->len; i++) {
        fm_raw_warn(raw, "%s", (const char *)g_ptr_array_index(reader->ogr->notes, i));
    }
    for (guint i = 0; i < reader->ogr->log.warnings->len; i++) {
        fm_raw_warn(raw, "GDAL: %s", (const char *)g_ptr_array_index(reader->ogr->log.warnings, i));
    }
}

static void free_geometry(gpointer geometry)
{
    fm_geometry_free(geometry);
}

gboolean fm_raw_read_ogr(FmRaw *raw, const FmSource *source, const FmProgress *progress,
                         GError **error)
{
    g_auto(FmOgr) ogr;
    if (!fm_ogr_open(&ogr, source, raw->name, error)) {
        return FALSE;
    }
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(ogr.layer);
    int n_fields = OGR_FD_GetFieldCount(definition);
    g_autofree gsize *columns = g_new(gsize, (gsize)n_fields + 1);
    Reader reader = {.raw = raw, .ogr = &ogr, .columns = columns, .n_fields = n_fields};

    raw->typed = !ogr.spreadsheet;
    raw->has_geometry = OGR_FD_GetGeomType(definition) != wkbNone;
    if (raw->has_geometry) {
        raw->geometries = g_ptr_array_new_with_free_func(free_geometry);
        raw->unread_wkt = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, g_free);
        raw->crs = fm_ogr_crs(ogr.layer);
    }
    raw->said = fm_gpkg_description(&ogr);
    add_columns(&reader);
    if (!read_features(&reader, progress, error) || !hash_files(&reader, error)) {
        return FALSE;
    }
    add_warnings(&reader);
    return TRUE;
}
