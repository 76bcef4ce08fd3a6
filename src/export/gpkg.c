/* A GeoPackage: layers one after the other (only one is in memory), then the tables about them.
 * OGC 12-128r18 (GeoPackage 1.3). */

#include "export-internal.h"

#include <cpl_error.h>
#include <cpl_string.h>

static void written_layer_free(FmWrittenLayer *layer)
{
    fm_layer_info_free(layer->info);
    g_ptr_array_unref(layer->columns);
    g_free(layer->qml);
    g_free(layer);
}

static void column_free(FmExportColumn *column)
{
    g_free(column->name);
    g_free(column->title_en);
    g_free(column->title_zh);
    g_free(column->unit);
    g_free(column);
}

static GPtrArray *columns_of(const FmTable *table)
{
    GPtrArray *columns = g_ptr_array_new_with_free_func((GDestroyNotify)column_free);
    for (gsize c = 0; c < fm_table_n_columns(table); c++) {
        FmExportColumn *column = g_new0(FmExportColumn, 1);
        column->name = g_strdup(fm_table_column_name(table, c));
        column->title_en = g_strdup(fm_table_column_title_en(table, c));
        column->title_zh = g_strdup(fm_table_column_title_zh(table, c));
        column->unit = g_strdup(fm_table_column_unit(table, c));
        g_ptr_array_add(columns, column);
    }
    return columns;
}

/* "国际学校 · International schools": what GIS shows as the layer's name. */
static char *identifier(const FmLayerInfo *info)
{
    if (info->title_zh != NULL && info->title_en != NULL)
        return g_strdup_printf("%s · %s", info->title_zh, info->title_en);
    return g_strdup(info->title_en != NULL ? info->title_en : info->title_zh);
}

static char **layer_options(const FmLayerInfo *info)
{
    char **options = CSLAddString(NULL, "FID=fid");
    options = CSLAddString(options, "GEOMETRY_NAME=geom");
    g_autofree char *name = identifier(info);
    /* Identifiers are unique in a GeoPackage, titles need not be: the name makes them so. */
    g_autofree char *unique =
        name != NULL ? g_strdup_printf("%s (%s)", name, info->name) : g_strdup(info->name);
    options = CSLSetNameValue(options, "IDENTIFIER", unique);
    if (info->source != NULL || info->modelled) {
        g_autofree char *description = g_strdup_printf(
            "%s%s%s", info->modelled ? "Modelled data. " : "",
            info->source != NULL ? "Source: " : "", info->source != NULL ? info->source : "");
        options = CSLSetNameValue(options, "DESCRIPTION", g_strchomp(description));
    }
    return options;
}

static const FmTable *find_own(const char *source_layer, void *user)
{
    const FmExportLayer *layer = user;

    return strcmp(source_layer, layer->info->name) == 0 ? layer->table : NULL;
}

/* How QGIS draws it: by the document, with the classes that these rows give.  Transfer full. */
static char *make_qml(FmExportLayer *layer, const FmExportOptions *options, FmExportReport *report,
                      GError **error)
{
    g_autoptr(FmStyle) style = NULL;

    if (options->style != NULL) {
        style = fm_style_with_classes(options->style, find_own, layer, error);
        if (style == NULL)
            return NULL;
    }
    return fm__qml_new(layer, style, options->icons_dir, report->warnings, error);
}

static FmWrittenLayer *write_layer(GDALDatasetH dataset, FmWorkspace *workspace, const char *name,
                                   const FmExportOptions *options, FmExportReport *report,
                                   const FmProgress *progress, GError **error)
{
    const FmProgress reading = fm_progress_slice(progress, 0, 0.4);
    const FmProgress writing = fm_progress_slice(progress, 0.4, 1);
    g_auto(FmExportLayer) layer = {0};
    if (!fm__export_layer_read(workspace, name, &layer, &reading, error))
        return NULL;
    char **creation = layer_options(layer.info);
    gboolean good = fm__ogr_write(dataset, &layer, creation, &writing, error);
    CSLDestroy(creation);
    if (!good)
        return NULL;
    g_autofree char *qml = NULL;
    if (layer.info->geometry_type != FM_GEOMETRY_NONE) {
        qml = make_qml(&layer, options, report, error);
        if (qml == NULL)
            return NULL;
    }
    report->n_layers++;
    report->n_rows += (gint64)fm_table_n_rows(layer.table);
    FmWrittenLayer *written = g_new0(FmWrittenLayer, 1);
    written->columns = columns_of(layer.table);
    written->qml = g_steal_pointer(&qml);
    written->info = g_steal_pointer(&layer.info);
    return written;
}

static gboolean write_all(GDALDatasetH dataset, FmWorkspace *workspace, const char *const *names,
                          const FmExportOptions *options, FmExportReport *report,
                          const FmProgress *progress, GError **error)
{
    g_autoptr(GPtrArray) written =
        g_ptr_array_new_with_free_func((GDestroyNotify)written_layer_free);
    gsize n = 0;
    while (names[n] != NULL)
        n++;
    for (gsize i = 0; i < n; i++) {
        const FmProgress slice =
            fm_progress_slice(progress, (double)i / (double)n, (double)(i + 1) / (double)n);
        FmWrittenLayer *layer =
            write_layer(dataset, workspace, names[i], options, report, &slice, error);
        if (layer == NULL)
            return FALSE;
        g_ptr_array_add(written, layer);
    }
    return fm__gpkg_write_columns(dataset, written, error) &&
           fm__gpkg_write_metadata(dataset, workspace, written, error) &&
           fm__gpkg_write_styles(dataset, written, error);
}

gboolean fm__gpkg_write(FmWorkspace *workspace, const char *file, const char *path,
                        const char *const *layers, const FmExportOptions *options,
                        FmExportReport *report, const FmProgress *progress, GError **error)
{
    char **creation = CSLAddString(NULL, "VERSION=1.3");
    CPLErrorReset();
    g_auto(FmDatasetH) dataset =
        GDALCreate(GDALGetDriverByName("GPKG"), file, 0, 0, 0, GDT_Unknown, creation);
    CSLDestroy(creation);
    /* The driver goes on where it could not write its tables. */
    if (dataset == NULL || CPLGetLastErrorType() >= CE_Failure) {
        fm__gdal_error(error, path);
        return FALSE;
    }
    return write_all(dataset, workspace, layers, options, report, progress, error) &&
           fm__dataset_finish(&dataset, path, error);
}
