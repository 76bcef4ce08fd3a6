/* What OGR reads into FmRaw, at once or some rows at a time. */
#include "ogr-reader.h"

#include <cpl_string.h>
#include <string.h>

#define PROGRESS_ROWS 1024u

typedef void FmOgrFeature;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmOgrFeature, OGR_F_Destroy)

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

static void add_columns(FmOgrReader *reader, FmRaw *raw)
{
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(reader->ogr.layer);

    reader->n_fields = OGR_FD_GetFieldCount(definition);
    reader->columns = g_new(gsize, (gsize)reader->n_fields + 1);
    for (int i = 0; i < reader->n_fields; i++) {
        OGRFieldDefnH field = OGR_FD_GetFieldDefn(definition, i);
        OGRFieldType type = OGR_Fld_GetType(field);
        const char *name = OGR_Fld_GetNameRef(field);
        if (type == OFTBinary) {
            fm_raw_warn(raw, "column '%s' holds binary data and is left out", name);
            reader->columns[i] = FM_COLUMN_NONE;
        } else {
            reader->columns[i] = fm_raw_add_column(raw, name, column_type(type));
        }
    }
}

/* What the file says of itself, before any row. */
static void describe(FmOgrReader *reader, FmRaw *raw)
{
    OGRLayerH layer = reader->ogr.layer;

    raw->typed = !reader->ogr.spreadsheet;
    if (OGR_FD_GetGeomType(OGR_L_GetLayerDefn(layer)) != wkbNone) {
        fm_raw_expect_geometry(raw);
        raw->crs = fm_ogr_crs(layer);
    }
    raw->said = fm_gpkg_description(&reader->ogr);
    add_columns(reader, raw);
    for (guint i = 0; i < reader->ogr.notes->len; i++) {
        fm_raw_warn(raw, "%s", (const char *)g_ptr_array_index(reader->ogr.notes, i));
    }
}

FmOgrReader *fm_ogr_reader_open(const FmSource *source, gboolean skim, FmRaw *raw, GError **error)
{
    g_autoptr(FmOgrReader) reader = g_new0(FmOgrReader, 1);

    reader->name = g_strdup(raw->name);
    reader->skim = skim;
    if (!fm_ogr_open(&reader->ogr, source, reader->name, error)) {
        return NULL;
    }
    reader->interleaved = GDALDatasetTestCapability(reader->ogr.dataset, ODsCRandomLayerRead) != 0;
    reader->n_expected = OGR_L_GetFeatureCount(reader->ogr.layer, FALSE);
    describe(reader, raw);
    return g_steal_pointer(&reader);
}

void fm_ogr_reader_free(FmOgrReader *reader)
{
    if (reader != NULL) {
        fm_ogr_clear(&reader->ogr);
        g_free(reader->columns);
        g_free(reader->name);
        g_free(reader);
    }
}

/* Some formats (OpenStreetMap) hold their layers interleaved and must be read all at once. */
static FmOgrFeature *next_feature(const FmOgrReader *reader)
{
    if (!reader->interleaved) {
        return OGR_L_GetNextFeature(reader->ogr.layer);
    }
    for (;;) {
        OGRLayerH of = NULL;
        g_autoptr(FmOgrFeature) feature =
            GDALDatasetGetNextFeature(reader->ogr.dataset, &of, NULL, NULL, NULL);
        if (feature == NULL || of == reader->ogr.layer) {
            return g_steal_pointer(&feature);
        }
    }
}

gboolean fm_ogr_reader_read(FmOgrReader *reader, FmRaw *raw, gsize max_rows, GError **error)
{
    while (fm_table_n_rows(raw->table) < max_rows) {
        g_autoptr(FmOgrFeature) feature = next_feature(reader);
        if (feature == NULL) {
            return reader->ogr.log.failure == NULL ||
                   fm_gdal_log_fail(&reader->ogr.log, FM_ERROR_IO, reader->name,
                                    "cannot be read to its end", error);
        }
        reader->n_read++;
        if (!fm_ogr_feature_is_empty(reader, feature)) {
            fm_ogr_add_feature(reader, raw, feature);
        }
    }
    return TRUE;
}

gint64 fm_ogr_reader_n_expected(const FmOgrReader *reader)
{
    return reader->ogr.spreadsheet ? 0 : reader->n_expected;
}

double fm_ogr_reader_ratio(const FmOgrReader *reader)
{
    return reader->n_expected > 0 ? MIN((double)reader->n_read / (double)reader->n_expected, 1.0)
                                  : 0;
}

FmGeometryType fm_ogr_reader_type(const FmOgrReader *reader)
{
    return reader->type;
}

const char *fm_ogr_reader_encoding(const FmOgrReader *reader)
{
    return reader->ogr.encoding;
}

char **fm_ogr_reader_files(const FmOgrReader *reader)
{
    char **files = GDALGetFileList(reader->ogr.dataset);
    char **copy = g_strdupv(files);

    CSLDestroy(files);
    return copy;
}

void fm_ogr_reader_warn(const FmOgrReader *reader, FmRaw *raw)
{
    if (reader->n_flattened > 0) {
        fm_raw_warn(raw, "Z or M dropped from %" G_GSIZE_FORMAT " %s", reader->n_flattened,
                    reader->n_flattened == 1 ? "row" : "rows");
    }
    if (reader->n_linearised > 0) {
        fm_raw_warn(raw, "curves made of straight pieces in %" G_GSIZE_FORMAT " %s",
                    reader->n_linearised, reader->n_linearised == 1 ? "row" : "rows");
    }
    for (guint i = 0; i < reader->ogr.log.warnings->len; i++) {
        fm_raw_warn(raw, "GDAL: %s", (const char *)g_ptr_array_index(reader->ogr.log.warnings, i));
    }
}

/* ---- all at once ---- */

gboolean fm_raw_read_ogr(FmRaw *raw, const FmSource *source, const FmProgress *progress,
                         GError **error)
{
    g_autoptr(FmOgrReader) reader = fm_ogr_reader_open(source, FALSE, raw, error);
    g_autoptr(GError) failure = NULL;

    if (reader == NULL) {
        return FALSE;
    }
    for (gsize n = PROGRESS_ROWS; fm_table_n_rows(raw->table) + PROGRESS_ROWS == n;
         n += PROGRESS_ROWS) {
        if (!fm_ogr_reader_read(reader, raw, n, error) ||
            !fm_progress_report(progress, fm_ogr_reader_ratio(reader), "reading", error)) {
            return FALSE;
        }
    }
    fm_ogr_reader_warn(reader, raw);
    g_auto(GStrv) files = fm_ogr_reader_files(reader);
    raw->sha256 = fm_files_sha256((const char *const *)files, &failure);
    if (failure != NULL) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    return TRUE;
}
