/* fm_export: which layers, which format, and no file until it is whole. */

#include "export-internal.h"

#include <cpl_string.h>
#include <cpl_vsi.h>
#include <glib/gstdio.h>

void fm_export_report_free(FmExportReport *report)
{
    if (report == NULL)
        return;
    g_clear_pointer(&report->files, g_ptr_array_unref);
    g_clear_pointer(&report->warnings, g_ptr_array_unref);
    g_free(report);
}

static FmExportReport *report_new(void)
{
    FmExportReport *report = g_new0(FmExportReport, 1);
    report->files = g_ptr_array_new_with_free_func(g_free);
    report->warnings = g_ptr_array_new_with_free_func(g_free);
    return report;
}

/* The names asked for, each known to exist; all of them when none was asked for. */
static char **choose_layers(FmWorkspace *workspace, const char *const *asked, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    if (asked != NULL && *asked != NULL) {
        for (; *asked != NULL; asked++) {
            g_autoptr(FmLayerInfo) info = fm_workspace_layer(workspace, *asked, error);
            if (info == NULL)
                return NULL;
            if (!g_ptr_array_find_with_equal_func(names, *asked, g_str_equal, NULL))
                g_ptr_array_add(names, g_strdup(*asked));
        }
    } else {
        g_autoptr(GPtrArray) layers = fm_workspace_layers(workspace, error);
        if (layers == NULL)
            return NULL;
        for (guint i = 0; i < layers->len; i++)
            g_ptr_array_add(names, g_strdup(((FmLayerInfo *)g_ptr_array_index(layers, i))->name));
    }
    if (names->len == 0) {
        g_set_error(error, FM_ERROR, FM_ERROR_NOT_FOUND,
                    "%s has no layers to export; 'facmap load' reads some",
                    fm_workspace_path(workspace));
        return NULL;
    }
    g_ptr_array_add(names, NULL);
    g_ptr_array_set_free_func(names, NULL);
    return (char **)g_ptr_array_free(g_steal_pointer(&names), FALSE);
}

/* ---- a file that appears whole or not at all -------------------------------------------- */

static gboolean check_target(const char *path, gboolean overwrite, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);
    if (!g_file_test(folder, G_FILE_TEST_IS_DIR)) {
        g_set_error(error, FM_ERROR, FM_ERROR_NOT_FOUND,
                    "%s: there is no folder '%s'; make it first", path, folder);
        return FALSE;
    }
    if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
        g_set_error(error, FM_ERROR, FM_ERROR_IO, "%s is a folder; give the name of a file", path);
        return FALSE;
    }
    if (!overwrite && g_file_test(path, G_FILE_TEST_EXISTS)) {
        g_set_error(error, FM_ERROR, FM_ERROR_IO,
                    "%s exists; give another name, or --overwrite to replace it", path);
        return FALSE;
    }
    return TRUE;
}

/* ---- one layer a file ------------------------------------------------------------------- */

typedef struct {
    const char *ending, *driver;
    /* GDAL's layer creation options.  @return free with CSLDestroy */
    char **(*layer_options)(const FmTable *table, const FmExportOptions *options);
} Format;

static char **geojson_options(const FmTable *table, const FmExportOptions *options)
{
    (void)table;
    (void)options;
    return CSLAddString(CSLAddString(NULL, "RFC7946=YES"), "WRITE_NAME=YES");
}

static char **csv_options(const FmTable *table, const FmExportOptions *options)
{
    char **list = CSLAddString(NULL, "STRING_QUOTING=IF_NEEDED");
    FmGeometryType type = fm_table_geometry_type(table);
    if (type != FM_GEOMETRY_NONE)
        list = CSLAddString(list, type == FM_GEOMETRY_POINT ? "GEOMETRY=AS_XY" : "GEOMETRY=AS_WKT");
    return CSLAddString(list, options->csv_bom ? "WRITE_BOM=YES" : "WRITE_BOM=NO");
}

static const Format geojson_format = {".geojson", "GeoJSON", geojson_options};
static const Format csv_format = {".csv", "CSV", csv_options};

/* GDAL's text drivers do not notice a full disk: they write to memory, where the layer is too. */
static gboolean save(const char *scratch, FmOutputs *outputs, const char *path, GError **error)
{
    vsi_l_offset size = 0;
    const void *bytes = VSIGetMemFileBuffer(scratch, &size, FALSE);
    return fm_outputs_add_bytes(outputs, path, bytes, bytes != NULL ? size : 0, error);
}

static gboolean write_scratch(const char *scratch, const Format *format, const FmExportLayer *layer,
                              const FmExportOptions *options, const FmProgress *progress,
                              GError **error)
{
    GDALDriverH driver = GDALGetDriverByName(format->driver);
    g_auto(FmDatasetH) dataset = GDALCreate(driver, scratch, 0, 0, 0, GDT_Unknown, NULL);
    if (dataset == NULL) {
        fm__gdal_error(error, layer->info->name);
        return FALSE;
    }
    char **creation = format->layer_options(layer->table, options);
    gboolean good = fm__ogr_write(dataset, layer, creation, progress, error);
    CSLDestroy(creation);
    return good && fm__dataset_finish(&dataset, layer->info->name, error);
}

static gboolean export_layer(FmWorkspace *workspace, const char *name, FmOutputs *outputs,
                             const char *path, const Format *format, const FmExportOptions *options,
                             FmExportReport *report, const FmProgress *progress, GError **error)
{
    g_auto(FmExportLayer) layer = {0};
    const FmProgress reading = fm_progress_slice(progress, 0, 0.4);
    const FmProgress writing = fm_progress_slice(progress, 0.4, 1);
    if (!fm__export_layer_read(workspace, name, &layer, &reading, error))
        return FALSE;
    g_autofree char *scratch = g_strdup_printf("/vsimem/facmap-%08x%08x%s", g_random_int(),
                                               g_random_int(), format->ending);
    gboolean good = write_scratch(scratch, format, &layer, options, &writing, error) &&
                    save(scratch, outputs, path, error);
    VSIUnlink(scratch);
    if (!good)
        return FALSE;
    report->n_layers++;
    report->n_rows += (gint64)fm_table_n_rows(layer.table);
    g_ptr_array_add(report->files, g_strdup(path));
    return TRUE;
}

/* Endings are endings in any case, as on the systems where they come from. */
static gboolean has_ending(const char *path, const char *ending)
{
    gsize length = strlen(path), n = strlen(ending);
    return length > n && g_ascii_strcasecmp(path + length - n, ending) == 0;
}

/* FILE.csv of one layer, FILE_<layer>.csv of several. */
static char **layer_paths(const char *path, char **names, const Format *format)
{
    gsize n = g_strv_length(names);
    char **paths = g_new0(char *, n + 1);
    g_autofree char *stem = g_strndup(path, strlen(path) - strlen(format->ending));
    for (gsize i = 0; i < n; i++)
        paths[i] =
            n == 1 ? g_strdup(path) : g_strconcat(stem, "_", names[i], path + strlen(stem), NULL);
    return paths;
}

/* One file a layer; none is begun before all of them may be written, and all appear together. */
static gboolean export_layers(FmWorkspace *workspace, const char *path, char **names,
                              const Format *format, const FmExportOptions *options,
                              FmExportReport *report, const FmProgress *progress, GError **error)
{
    gsize n = g_strv_length(names);
    g_auto(GStrv) paths = layer_paths(path, names, format);
    g_autoptr(FmOutputs) outputs = fm_outputs_new();
    for (gsize i = 0; i < n; i++) {
        if (!check_target(paths[i], options->overwrite, error))
            return FALSE;
    }
    for (gsize i = 0; i < n; i++) {
        const FmProgress slice =
            fm_progress_slice(progress, (double)i / (double)n, (double)(i + 1) / (double)n);
        if (!export_layer(workspace, names[i], outputs, paths[i], format, options, report, &slice,
                          error))
            return FALSE;
    }
    return fm_outputs_commit(outputs, error);
}

static gboolean export_gpkg(FmWorkspace *workspace, const char *path, char **names,
                            const FmExportOptions *options, FmExportReport *report,
                            const FmProgress *progress, GError **error)
{
    g_autoptr(FmOutputs) outputs = fm_outputs_new();
    if (!check_target(path, options->overwrite, error))
        return FALSE;
    const char *file = fm_outputs_add(outputs, path, error);
    if (file == NULL)
        return FALSE;
    g_unlink(file); /* GDAL makes no GeoPackage of a file that is there */
    if (!fm__gpkg_write(workspace, file, path, (const char *const *)names, options, report,
                        progress, error) ||
        !fm_outputs_commit(outputs, error))
        return FALSE;
    g_ptr_array_add(report->files, g_strdup(path));
    return TRUE;
}

static gboolean warn_of_outdated(FmWorkspace *workspace, char **names, FmExportReport *report,
                                 GError **error)
{
    for (; *names != NULL; names++) {
        GPtrArray *notes = fm_workspace_outdated(workspace, *names, error);
        if (notes == NULL)
            return FALSE;
        g_ptr_array_extend_and_steal(report->warnings, notes);
    }
    return TRUE;
}

FmExportReport *fm_export(FmWorkspace *workspace, const char *path, const FmExportOptions *options,
                          const FmProgress *progress, GError **error)
{
    const FmExportOptions defaults = {0};
    options = options != NULL ? options : &defaults;
    const Format *format = has_ending(path, geojson_format.ending) ? &geojson_format
                           : has_ending(path, csv_format.ending)   ? &csv_format
                                                                   : NULL;
    if (format == NULL && !has_ending(path, ".gpkg")) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                    "%s: unknown format; the name must end in .gpkg, .geojson or .csv", path);
        return NULL;
    }
    g_auto(FmGdalGuard) guard = fm__gdal_begin();
    g_auto(GStrv) names = choose_layers(workspace, options->layers, error);
    if (names == NULL)
        return NULL;
    g_autoptr(FmExportReport) report = report_new();
    if (!warn_of_outdated(workspace, names, report, error))
        return NULL;
    gboolean good =
        format == NULL
            ? export_gpkg(workspace, path, names, options, report, progress, error)
            : export_layers(workspace, path, names, format, options, report, progress, error);
    return good ? g_steal_pointer(&report) : NULL;
}
