/* A map page as GeoTIFF: drawn as a PNG in a folder of its own beside the target, with the files
 * that place it, and turned by GDAL into a tiled, compressed file with overviews (its COG driver).
 * Row by row, so that a page of any size fits. */
#include "export-internal.h"

#include <cpl_string.h>
#include <errno.h>
#include <facmap/page.h>
#include <gdal_utils.h>
#include <glib/gstdio.h>
#include <string.h>

/* A folder that goes with all that is in it. */
typedef char *Folder;

static void folder_remove(Folder folder)
{
    GDir *dir = folder ? g_dir_open(folder, 0, NULL) : NULL;
    for (const char *name = dir ? g_dir_read_name(dir) : NULL; name; name = g_dir_read_name(dir)) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_unlink(path);
    }
    if (dir)
        g_dir_close(dir);
    if (folder)
        g_rmdir(folder);
    g_free(folder);
}
G_DEFINE_AUTO_CLEANUP_FREE_FUNC(Folder, folder_remove, NULL)

static Folder folder_beside(const char *path, GError **error)
{
    g_autofree char *parent = g_path_get_dirname(path);
    if (!g_file_test(parent, G_FILE_TEST_IS_DIR)) {
        g_set_error(error, FM_ERROR, FM_ERROR_NOT_FOUND, "cannot write %s: there is no folder %s",
                    path, parent);
        return NULL;
    }
    char *folder = g_strconcat(path, ".XXXXXX", NULL);
    if (g_mkdtemp(folder))
        return folder;
    g_set_error(error, FM_ERROR, FM_ERROR_IO, "cannot write %s: %s", path, g_strerror(errno));
    g_free(folder);
    return NULL;
}

/* ---- the conversion --------------------------------------------------------------------- */

typedef struct {
    const FmProgress *progress;
    GError *error;
} Converting;

static int on_progress(double fraction, const char *message, void *user)
{
    (void)message;
    Converting *converting = user;
    return converting->error == NULL &&
           fm_progress_report(converting->progress, fraction, "converting", &converting->error);
}

static char **translate_arguments(double dpi, guint n_threads)
{
    char resolution[G_ASCII_DTOSTR_BUF_SIZE];
    g_autofree char *threads = n_threads > 0 ? g_strdup_printf("NUM_THREADS=%u", n_threads)
                                             : g_strdup("NUM_THREADS=ALL_CPUS");
    char **arguments = NULL;
    const char *const fixed[] = {"-of", "COG",           "-co", "COMPRESS=DEFLATE",
                                 "-co", "PREDICTOR=YES", "-co", "BIGTIFF=IF_SAFER"};
    for (gsize i = 0; i < G_N_ELEMENTS(fixed); i++)
        arguments = CSLAddString(arguments, fixed[i]);
    arguments = CSLAddString(arguments, "-co");
    arguments = CSLAddString(arguments, threads);
    g_ascii_formatd(resolution, sizeof resolution, "%.6g", dpi);
    const char *const tags[] = {"TIFFTAG_XRESOLUTION", "TIFFTAG_YRESOLUTION"};
    for (gsize i = 0; i < G_N_ELEMENTS(tags); i++) {
        g_autofree char *tag = g_strdup_printf("%s=%s", tags[i], resolution);
        arguments = CSLAddString(arguments, "-mo");
        arguments = CSLAddString(arguments, tag);
    }
    arguments = CSLAddString(arguments, "-mo");
    return CSLAddString(arguments, "TIFFTAG_RESOLUTIONUNIT=2"); /* inches */
}

static gboolean convert(const char *png, const char *tif, double dpi, guint n_threads,
                        const FmProgress *progress, GError **error)
{
    g_auto(FmGdalGuard) guard = fm__gdal_begin();
    g_auto(FmDatasetH) source =
        GDALOpenEx(png, GDAL_OF_RASTER | GDAL_OF_VERBOSE_ERROR, NULL, NULL, NULL);
    if (!source) {
        fm__gdal_error(error, tif);
        return FALSE;
    }
    Converting converting = {progress, NULL};
    char **arguments = translate_arguments(dpi, n_threads);
    GDALTranslateOptions *options = GDALTranslateOptionsNew(arguments, NULL);
    CSLDestroy(arguments);
    GDALTranslateOptionsSetProgress(options, on_progress, &converting);
    g_auto(FmDatasetH) target = GDALTranslate(tif, source, options, NULL);
    GDALTranslateOptionsFree(options);
    if (converting.error) {
        g_propagate_error(error, converting.error);
        return FALSE;
    }
    if (!target) {
        fm__gdal_error(error, tif);
        return FALSE;
    }
    return fm__dataset_finish(&target, tif, error);
}

/* Say `path` where the message names a file of the folder that the user never sees. */
static void name_output(GError *error, const char *folder, const char *path)
{
    static const char *const files[] = {"page.png", "page.tif"};
    for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *file = g_build_filename(folder, files[i], NULL);
        g_auto(GStrv) parts = g_strsplit(error->message, file, -1);
        g_free(error->message);
        error->message = g_strjoinv(path, parts);
    }
}

FmRenderReport *fm_export_geotiff(FmWorkspace *workspace, const FmStyle *style, const char *path,
                                  const FmRenderOptions *options, const FmProgress *progress,
                                  GError **error)
{
    g_return_val_if_fail(workspace && style && path && options, NULL);
    FmProgress drawing = fm_progress_slice(progress, 0, 0.7);
    FmProgress converting = fm_progress_slice(progress, 0.7, 1);
    g_autoptr(FmPage) page = fm_page_new(style, error);
    if (!page)
        return NULL;
    if (page->atlas || options->atlas_layer) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                    "%s: an atlas is drawn to PNG, PDF or SVG, not to GeoTIFF", path);
        return NULL;
    }
    g_auto(Folder) folder = folder_beside(path, error);
    if (!folder)
        return NULL;
    g_autofree char *png = g_build_filename(folder, "page.png", NULL);
    g_autofree char *tif = g_build_filename(folder, "page.tif", NULL);
    g_autoptr(GError) cause = NULL;
    g_autoptr(FmRenderReport) report =
        fm_render_page(workspace, style, png, options, &drawing, &cause);
    if (!report || !convert(png, tif, report->dpi, options->n_threads, &converting, &cause)) {
        name_output(cause, folder, path);
        g_propagate_error(error, g_steal_pointer(&cause));
        return NULL;
    }
    g_autoptr(FmOutputs) outputs = fm_outputs_new();
    fm_outputs_take(outputs, tif, path);
    if (!fm_outputs_commit(outputs, error))
        return NULL;
    g_free(report->file);
    report->file = g_strdup(path);
    return g_steal_pointer(&report);
}
