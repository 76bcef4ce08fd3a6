/* See facmap/raster.h.  Which band is which colour is decided when the file is opened; reading then
 * is one call of GDAL a band. */
#include <facmap/raster.h>

#include "gdal-log.h"
#include "input.h"

#include <gdal.h>
#include <math.h>
#include <ogr_srs_api.h>
#include <string.h>

#define SAMPLE_SIDE 512 /* pixels of the sample that a stretch is found in */
#define LEAST_PERCENTILE 0.02

typedef enum {
    RED,
    GREEN,
    BLUE,
    N_COLORS,
} Color;

struct FmRaster {
    char *name;
    char *crs;
    GDALDatasetH dataset;
    GDALRasterBandH bands[N_COLORS]; /* one band thrice for greys */
    GDALRasterBandH alpha;           /* alpha or mask, NULL = all is opaque */
    double alpha_most;               /* its value where nothing shines through */
    GDALColorTableH palette;         /* NULL = none */
    double low, high;                /* shown as black and white */
};

void fm_raster_free(FmRaster *raster)
{
    if (raster == NULL) {
        return;
    }
    g_clear_pointer(&raster->dataset, GDALClose);
    g_free(raster->name);
    g_free(raster->crs);
    g_free(raster);
}

/* ---- bands ------------------------------------------------------------------------------ */

static gboolean is_byte(GDALRasterBandH band)
{
    return GDALGetRasterDataType(band) == GDT_Byte;
}

static void find_bands(FmRaster *raster)
{
    const int n = GDALGetRasterCount(raster->dataset);
    GDALRasterBandH plain[N_COLORS] = {NULL};
    int n_plain = 0;
    for (int i = 1; i <= n; i++) {
        GDALRasterBandH band = GDALGetRasterBand(raster->dataset, i);
        const GDALColorInterp role = GDALGetRasterColorInterpretation(band);
        if (role == GCI_AlphaBand) {
            raster->alpha = band;
        } else if (role >= GCI_RedBand && role <= GCI_BlueBand) {
            raster->bands[role - GCI_RedBand] = band;
        }
        if (role != GCI_AlphaBand && n_plain < N_COLORS) {
            plain[n_plain++] = band;
        }
    }
    for (int i = 0; i < N_COLORS; i++) {
        const gboolean named = raster->bands[RED] && raster->bands[GREEN] && raster->bands[BLUE];
        raster->bands[i] = named ? raster->bands[i] : plain[n_plain == N_COLORS ? i : 0];
    }
    if (raster->bands[RED] == NULL) {
        return;
    }
    if (raster->bands[RED] == raster->bands[GREEN]) {
        raster->palette = GDALGetRasterColorTable(raster->bands[RED]);
    }
    raster->alpha_most = 255;
    if (raster->alpha != NULL && !is_byte(raster->alpha)) {
        raster->alpha_most = 65535;
    } else if (raster->alpha == NULL &&
               (GDALGetMaskFlags(raster->bands[RED]) & GMF_ALL_VALID) == 0) {
        raster->alpha = GDALGetMaskBand(raster->bands[RED]);
    }
}

/* ---- reading ---------------------------------------------------------------------------- */

static gboolean read_band(FmRaster *raster, GDALRasterBandH band, const FmRasterWindow *window,
                          gsize step, float *out, GError **error)
{
    g_auto(FmGdalLog) log;
    GDALRasterIOExtraArg extra;
    INIT_RASTERIO_EXTRA_ARG(extra);
    extra.eResampleAlg =
        step > 1 && raster->palette == NULL ? GRIORA_Average : GRIORA_NearestNeighbour;
    fm_gdal_log_begin(&log);
    const CPLErr failed =
        GDALRasterIOEx(band, GF_Read, (int)(window->x * step), (int)(window->y * step),
                       (int)(window->width * step), (int)(window->height * step), out,
                       (int)window->width, (int)window->height, GDT_Float32, 0, 0, &extra);
    return failed == CE_None ||
           fm_gdal_log_fail(&log, FM_ERROR_IO, raster->name, "cannot be read", error);
}

static guint32 channel(double value, double most)
{
    return (guint32)lround(CLAMP(value / most, 0, 1) * 255);
}

static guint32 multiplied(guint32 r, guint32 g, guint32 b, guint32 a)
{
    const guint32 half = 127;
    return a << 24 | (r * a + half) / 255 << 16 | (g * a + half) / 255 << 8 | (b * a + half) / 255;
}

static guint32 palette_color(const FmRaster *raster, float index, guint32 alpha)
{
    const GDALColorEntry *entry =
        index >= 0 && index < (float)GDALGetColorEntryCount(raster->palette)
            ? GDALGetColorEntry(raster->palette, (int)index)
            : NULL;
    if (entry == NULL) {
        return 0;
    }
    return multiplied(channel(entry->c1, 255), channel(entry->c2, 255), channel(entry->c3, 255),
                      channel(entry->c4, 255) * alpha / 255);
}

static guint32 stretched_color(const FmRaster *raster, const float values[N_COLORS], guint32 alpha)
{
    guint32 shown[N_COLORS];
    for (int i = 0; i < N_COLORS; i++) {
        if (isnan(values[i])) {
            return 0;
        }
        shown[i] = channel(values[i] - raster->low, raster->high - raster->low);
    }
    return multiplied(shown[RED], shown[GREEN], shown[BLUE], alpha);
}

gboolean fm_raster_read(FmRaster *raster, const FmRasterWindow *window, gsize step, guint32 *argb,
                        GError **error)
{
    g_return_val_if_fail(raster != NULL && window != NULL && step > 0 && argb != NULL, FALSE);
    g_return_val_if_fail((window->x + window->width) * step <= fm_raster_width(raster) &&
                             (window->y + window->height) * step <= fm_raster_height(raster),
                         FALSE);
    const gsize n = window->width * window->height;
    const gboolean grey = raster->bands[RED] == raster->bands[GREEN];
    g_autofree float *planes = g_try_new(float, n *(N_COLORS + 1));
    if (planes == NULL) {
        g_set_error(error, FM_ERROR, FM_ERROR_IO, "%s: not enough memory", raster->name);
        return FALSE;
    }
    float *alpha = raster->alpha != NULL ? planes + N_COLORS * n : NULL;
    for (gsize i = 0; i < (grey ? 1 : N_COLORS); i++) {
        if (!read_band(raster, raster->bands[i], window, step, planes + i * n, error)) {
            return FALSE;
        }
    }
    if (alpha != NULL && !read_band(raster, raster->alpha, window, step, alpha, error)) {
        return FALSE;
    }
    for (gsize i = 0; i < n; i++) {
        const guint32 opacity = alpha != NULL ? channel(alpha[i], raster->alpha_most) : 255;
        const float values[N_COLORS] = {planes[i], planes[grey ? i : n + i],
                                        planes[grey ? i : 2 * n + i]};
        argb[i] = raster->palette != NULL ? palette_color(raster, values[RED], opacity)
                                          : stretched_color(raster, values, opacity);
    }
    return TRUE;
}

gboolean fm_raster_range(const FmRaster *raster, double *black, double *white)
{
    g_return_val_if_fail(raster != NULL && black != NULL && white != NULL, FALSE);
    if (raster->palette != NULL || raster->bands[RED] != raster->bands[GREEN]) {
        return FALSE;
    }
    *black = raster->low;
    *white = raster->high;
    return TRUE;
}

/* ---- stretching ------------------------------------------------------------------------- */

static int compare_floats(const void *a, const void *b)
{
    const float x = *(const float *)a;
    const float y = *(const float *)b;
    return (x > y) - (x < y);
}

/* Values of one band that are data, appended. */
static gboolean sample_band(FmRaster *raster, GDALRasterBandH band, GArray *values, GError **error)
{
    g_auto(FmGdalLog) log;
    const int width = MIN(GDALGetRasterXSize(raster->dataset), SAMPLE_SIDE);
    const int height = MIN(GDALGetRasterYSize(raster->dataset), SAMPLE_SIDE);
    const gsize n = (gsize)width * (gsize)height;
    g_autofree float *sample = g_new(float, n);
    g_autofree guint8 *valid = g_new(guint8, n);
    fm_gdal_log_begin(&log);
    if (GDALRasterIO(band, GF_Read, 0, 0, GDALGetRasterXSize(raster->dataset),
                     GDALGetRasterYSize(raster->dataset), sample, width, height, GDT_Float32, 0,
                     0) != CE_None ||
        GDALRasterIO(GDALGetMaskBand(band), GF_Read, 0, 0, GDALGetRasterXSize(raster->dataset),
                     GDALGetRasterYSize(raster->dataset), valid, width, height, GDT_Byte, 0,
                     0) != CE_None) {
        return fm_gdal_log_fail(&log, FM_ERROR_IO, raster->name, "cannot be read", error);
    }
    for (gsize i = 0; i < n; i++) {
        if (valid[i] != 0 && isfinite(sample[i])) {
            g_array_append_val(values, sample[i]);
        }
    }
    return TRUE;
}

/* One stretch for all bands keeps their colours. */
static gboolean find_stretch(FmRaster *raster, GError **error)
{
    raster->low = 0;
    raster->high = 255;
    if (is_byte(raster->bands[RED]) || raster->palette != NULL) {
        return TRUE;
    }
    g_autoptr(GArray) values = g_array_new(FALSE, FALSE, sizeof(float));
    const int n_bands = raster->bands[RED] == raster->bands[GREEN] ? 1 : N_COLORS;
    for (int i = 0; i < n_bands; i++) {
        if (!sample_band(raster, raster->bands[i], values, error)) {
            return FALSE;
        }
    }
    if (values->len > 0) {
        g_array_sort(values, compare_floats);
        const double last = values->len - 1;
        raster->low = g_array_index(values, float, (guint)(last * LEAST_PERCENTILE));
        raster->high = g_array_index(values, float, (guint)(last * (1 - LEAST_PERCENTILE)));
    }
    if (!(raster->high > raster->low)) {
        raster->high = raster->low + 1;
    }
    return TRUE;
}

/* ---- opening ---------------------------------------------------------------------------- */

static char *crs_of(GDALDatasetH dataset)
{
    OGRSpatialReferenceH srs = GDALGetSpatialRef(dataset);
    g_autoptr(FmCplString) wkt = NULL;
    if (srs == NULL) {
        return NULL;
    }
    const char *authority = OSRGetAuthorityName(srs, NULL);
    const char *code = OSRGetAuthorityCode(srs, NULL);
    if (authority != NULL && code != NULL) {
        return g_strdup_printf("%s:%s", authority, code);
    }
    return OSRExportToWkt(srs, &wkt) == OGRERR_NONE ? g_strdup(wkt) : NULL;
}

FmRaster *fm_raster_open(const char *path, GError **error)
{
    g_return_val_if_fail(path != NULL, NULL);
    g_auto(FmGdalLog) log;
    fm_gdal_register();
    fm_gdal_log_begin(&log);
    if (!g_str_has_prefix(path, "/vsi") && !g_file_test(path, G_FILE_TEST_EXISTS)) {
        g_set_error(error, FM_ERROR, FM_ERROR_NOT_FOUND, "%s: there is no such file", path);
        return NULL;
    }
    g_autoptr(FmRaster) raster = g_new0(FmRaster, 1);
    raster->name = g_strdup(path);
    g_autofree char *file = fm_path_for_gdal(path);
    raster->dataset = GDALOpenEx(file, GDAL_OF_RASTER | GDAL_OF_READONLY, NULL, NULL, NULL);
    if (raster->dataset == NULL) {
        fm_gdal_log_fail(&log, FM_ERROR_DATA, path, "not a raster that GDAL reads", error);
        return NULL;
    }
    find_bands(raster);
    if (raster->bands[RED] == NULL) {
        g_set_error(error, FM_ERROR, FM_ERROR_DATA, "%s: has no band to show", path);
        return NULL;
    }
    raster->crs = crs_of(raster->dataset);
    return find_stretch(raster, error) ? g_steal_pointer(&raster) : NULL;
}

gsize fm_raster_width(const FmRaster *raster)
{
    g_return_val_if_fail(raster != NULL, 0);
    return (gsize)GDALGetRasterXSize(raster->dataset);
}

gsize fm_raster_height(const FmRaster *raster)
{
    g_return_val_if_fail(raster != NULL, 0);
    return (gsize)GDALGetRasterYSize(raster->dataset);
}

const char *fm_raster_crs(const FmRaster *raster)
{
    g_return_val_if_fail(raster != NULL, NULL);
    return raster->crs;
}

gboolean fm_raster_place(const FmRaster *raster, double out[6])
{
    g_return_val_if_fail(raster != NULL && out != NULL, FALSE);
    double place[6];
    if (GDALGetGeoTransform(raster->dataset, place) != CE_None) {
        return FALSE;
    }
    memcpy(out, place, sizeof place);
    return TRUE;
}
