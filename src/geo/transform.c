/* Coordinates from one system to another: web offsets off, PROJ, web offsets on. */
#include "crs-internal.h"

#include <math.h>

/* Failed coordinates are reported as they were, so a block's originals are kept until it is
 * done. */
#define BLOCK 512

struct FmTransform {
    FmProj proj;
    PJ *pj; /* NULL when both sides are WGS 84 up to web offsets */
    FmWebDatum from_web, to_web;
    gboolean from_geographic;
    char *from_name, *to_name; /* for messages */
};

void fm_transform_free(FmTransform *transform)
{
    if (transform == NULL) {
        return;
    }
    proj_destroy(transform->pj);
    fm_proj_clear(&transform->proj);
    g_free(transform->from_name);
    g_free(transform->to_name);
    g_free(transform);
}

static PJ *make_pj(const FmProj *proj, const FmCrs *from, const FmCrs *to, GError **error)
{
    PJ_CONTEXT *context = proj->context;
    g_autoptr(PJ) raw = proj_create_crs_to_crs(context, from->proj_text, to->proj_text, NULL);
    PJ *normalized = raw != NULL ? proj_normalize_for_visualization(context, raw) : NULL;

    if (normalized == NULL) {
        g_set_error(error, FM_ERROR, FM_ERROR_CRS, "no transformation from %s to %s: %s",
                    from->definition, to->definition, fm_proj_reason(proj));
    }
    return normalized;
}

FmTransform *fm_transform_new(const FmCrs *from, const FmCrs *to, GError **error)
{
    g_autoptr(FmTransform) transform = g_new0(FmTransform, 1);

    transform->from_web = from->web_datum;
    transform->to_web = to->web_datum;
    transform->from_geographic = from->geographic;
    transform->from_name = g_strdup(from->definition);
    transform->to_name = g_strdup(to->definition);
    if (from->web_datum == FM_WEB_DATUM_NONE || to->web_datum == FM_WEB_DATUM_NONE) {
        fm_proj_init(&transform->proj);
        transform->pj = make_pj(&transform->proj, from, to, error);
        if (transform->pj == NULL) {
            return NULL;
        }
    }
    return g_steal_pointer(&transform);
}

/* Takes offsets off, or puts them on, until `from` has become `to`. */
static void shift_web(FmWebDatum from, FmWebDatum to, double (*xy)[2], gsize n)
{
    if (from == to) {
        return;
    }
    for (gsize i = 0; i < n; i++) {
        FmLonLat p = {xy[i][0], xy[i][1]};
        if (from > FM_WEB_DATUM_GCJ02 && to < FM_WEB_DATUM_BD09) {
            p = fm_bd09_to_gcj02(p);
        }
        if (from > FM_WEB_DATUM_NONE && to < FM_WEB_DATUM_GCJ02) {
            p = fm_gcj02_to_wgs84(p);
        }
        if (from < FM_WEB_DATUM_GCJ02 && to > FM_WEB_DATUM_NONE) {
            p = fm_gcj02_from_wgs84(p);
        }
        if (from < FM_WEB_DATUM_BD09 && to > FM_WEB_DATUM_GCJ02) {
            p = fm_bd09_from_gcj02(p);
        }
        xy[i][0] = p.lon_deg;
        xy[i][1] = p.lat_deg;
    }
}

/* What no source system can mean.  Longitudes up to a full turn either way occur in the wild. */
static gboolean plausible(const FmTransform *transform, const double xy[2])
{
    if (!isfinite(xy[0]) || !isfinite(xy[1])) {
        return FALSE;
    }
    return !transform->from_geographic || (fabs(xy[0]) <= 360 && fabs(xy[1]) <= 90);
}

static gboolean fail(gsize index, const double xy[2], const char *why, GError **error)
{
    g_autofree char *x = fm_format_double(xy[0]);
    g_autofree char *y = fm_format_double(xy[1]);

    g_set_error(error, FM_ERROR, FM_ERROR_CRS,
                "coordinate %" G_GSIZE_FORMAT " (%s, %s) %s; check the axis order and the "
                "coordinate system",
                index, x, y, why);
    return FALSE;
}

static gboolean apply_block(const FmTransform *transform, double (*xy)[2], gsize n, gsize first,
                            GError **error)
{
    double original[BLOCK][2];
    const gsize stride = sizeof *xy;

    for (gsize i = 0; i < n; i++) {
        original[i][0] = xy[i][0];
        original[i][1] = xy[i][1];
        if (!plausible(transform, xy[i])) {
            g_autofree char *why = g_strdup_printf("is no position in %s", transform->from_name);
            return fail(first + i, xy[i], why, error);
        }
    }
    if (transform->pj == NULL) {
        shift_web(transform->from_web, transform->to_web, xy, n);
        return TRUE;
    }
    shift_web(transform->from_web, FM_WEB_DATUM_NONE, xy, n);
    proj_errno_reset(transform->pj);
    proj_trans_generic(transform->pj, PJ_FWD, &xy[0][0], stride, n, &xy[0][1], stride, n, NULL, 0,
                       0, NULL, 0, 0);
    for (gsize i = 0; i < n; i++) {
        if (!isfinite(xy[i][0]) || !isfinite(xy[i][1])) {
            g_autofree char *why =
                g_strdup_printf("cannot be transformed from %s to %s (%s)", transform->from_name,
                                transform->to_name, fm_proj_reason(&transform->proj));
            return fail(first + i, original[i], why, error);
        }
    }
    shift_web(FM_WEB_DATUM_NONE, transform->to_web, xy, n);
    return TRUE;
}

gboolean fm_transform_apply(const FmTransform *transform, double (*xy)[2], gsize n, GError **error)
{
    for (gsize first = 0; first < n; first += BLOCK) {
        if (!apply_block(transform, xy + first, MIN(BLOCK, n - first), first, error)) {
            return FALSE;
        }
    }
    return TRUE;
}
