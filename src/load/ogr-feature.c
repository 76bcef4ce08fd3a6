/* One feature of OGR's into one row: cells in the types that the format gives them, geometry in two
 * dimensions and in the source's own CRS.  Coordinates are always x (longitude, easting) first:
 * that is how OGR's layers hand them out, whatever axis order their CRS declares. */
#include "ogr-reader.h"

#include <math.h>
#include <string.h>

typedef void FmOgrGeometry;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmOgrGeometry, OGR_G_DestroyGeometry)

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

static void set_text(const FmOgrReader *reader, FmRaw *raw, OGRFeatureH feature, int field,
                     gsize row)
{
    OGRFieldType type = OGR_Fld_GetType(OGR_F_GetFieldDefnRef(feature, field));
    gsize column = reader->columns[field];

    if (type == OFTDate || type == OFTDateTime || type == OFTTime) {
        g_autofree char *time = format_time(feature, field, type);
        fm_raw_set_text(raw, column, row, time);
        return;
    }
    const char *text = OGR_F_GetFieldAsString(feature, field);
    g_autofree char *date = reader->ogr.spreadsheet ? iso_date(text) : NULL;
    fm_raw_set_text(raw, column, row, date != NULL ? date : text);
}

static void set_cell(const FmOgrReader *reader, FmRaw *raw, OGRFeatureH feature, int field,
                     gsize row)
{
    FmTable *table = raw->table;
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
            fm_problems_add(raw->problems, row, fm_table_column_name(table, column),
                            isnan(value) ? "NaN" : "Inf", "not a finite number");
        }
        fm_table_set_real(table, column, row, value);
        return;
    }
    case FM_COLUMN_TEXT:
    default:
        set_text(reader, raw, feature, field, row);
    }
}

/* Two dimensions and straight edges: what the rest of facmap computes with. */
static FmOgrGeometry *simplified(OGRGeometryH borrowed)
{
    FmOgrGeometry *geometry = OGR_G_HasCurveGeometry(borrowed, TRUE)
                                  ? OGR_G_GetLinearGeometry(borrowed, 0, NULL)
                                  : OGR_G_Clone(borrowed);

    if (geometry != NULL) {
        OGR_G_FlattenTo2D(geometry);
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

static void add_geometry(FmRaw *raw, OGRGeometryH borrowed, gsize row)
{
    FmGeometry *result = NULL;

    if (borrowed != NULL) {
        g_autoptr(GError) failure = NULL;
        g_autoptr(FmOgrGeometry) geometry = simplified(borrowed);
        if (geometry != NULL) {
            result = geometry_from_ogr(geometry, &failure);
        }
        if (result == NULL) {
            keep_wkt(raw, borrowed, row);
            fm_problems_add(raw->problems, row, "geometry", OGR_G_GetGeometryName(borrowed), "%s",
                            failure != NULL ? without_byte(failure->message)
                                            : "curves that have no line");
        }
    }
    g_ptr_array_add(raw->geometries, result);
}

/* What the geometries are, and what is lost of them. */
static void look_at_geometry(FmOgrReader *reader, OGRGeometryH geometry)
{
    OGRwkbGeometryType type = OGR_GT_Flatten(OGR_GT_GetLinear(OGR_G_GetGeometryType(geometry)));

    reader->n_linearised += OGR_G_HasCurveGeometry(geometry, TRUE) ? 1 : 0;
    reader->n_flattened += OGR_G_Is3D(geometry) || OGR_G_IsMeasured(geometry) ? 1 : 0;
    if (type >= wkbPoint && type <= wkbMultiPolygon) { /* OGC's numbers, as are facmap's */
        reader->type = fm_geometry_type_union(reader->type, (FmGeometryType)type);
    }
}

void fm_ogr_add_feature(FmOgrReader *reader, FmRaw *raw, OGRFeatureH feature)
{
    gsize row = fm_table_append_row(raw->table);

    for (int i = 0; i < reader->n_fields; i++) {
        set_cell(reader, raw, feature, i, row);
    }
    if (raw->has_geometry) {
        OGRGeometryH geometry = OGR_F_GetGeometryRef(feature);
        if (geometry != NULL && OGR_G_IsEmpty(geometry)) {
            geometry = NULL;
        }
        if (geometry != NULL) {
            look_at_geometry(reader, geometry);
        }
        add_geometry(raw, reader->skim ? NULL : geometry, row);
    }
    g_autofree char *failure = fm_gdal_log_take(&reader->ogr.log);
    if (failure != NULL) {
        fm_problems_add(raw->problems, row, "", NULL, "%s", failure);
    }
}

gboolean fm_ogr_feature_is_empty(const FmOgrReader *reader, OGRFeatureH feature)
{
    if (!reader->ogr.spreadsheet) {
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
