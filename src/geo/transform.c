/* Coordinates from one system to another: web offsets off, PROJ, web offsets on. */
#include "crs-internal.h"

#include <math.h>

/* Failed coordinates are reported as they were, so a block's originals are kept until it is
 * done. */
#define BLOCK 512

typedef struct {
    FmWebDatum web;
    gboolean geographic;
    char *name;      /* for messages */
    char *proj_text; /* what PROJ is given */
} Side;

struct FmTransform {
    FmProj proj;
    PJ *pj; /* NULL when both sides are WGS 84 up to web offsets */
    PJ_DIRECTION direction;
    Side from, to;
};

static Side side_of(const FmCrs *crs)
{
    return (Side){crs->web_datum, crs->geographic, g_strdup(crs->definition),
                  g_strdup(crs->proj_text)};
}

static Side side_copy(const Side *side)
{
    return (Side){side->web, side->geographic, g_strdup(side->name), g_strdup(side->proj_text)};
}

static void side_clear(Side *side)
{
    g_free(side->name);
    g_free(side->proj_text);
}

void fm_transform_free(FmTransform *transform)
{
    if (transform == NULL) {
        return;
    }
    proj_destroy(transform->pj);
    fm_proj_clear(&transform->proj);
    side_clear(&transform->from);
    side_clear(&transform->to);
    g_free(transform);
}

/* Finds the transformation between the sides. */
static gboolean find_pj(FmTransform *transform, GError **error)
{
    PJ_CONTEXT *context = transform->proj.context;
    g_autoptr(PJ) raw =
        proj_create_crs_to_crs(context, transform->from.proj_text, transform->to.proj_text, NULL);

    transform->pj = raw != NULL ? proj_normalize_for_visualization(context, raw) : NULL;
    transform->direction = PJ_FWD;
    if (transform->pj == NULL) {
        g_set_error(error, FM_ERROR, FM_ERROR_CRS, "no transformation from %s to %s: %s",
                    transform->from.name, transform->to.name, fm_proj_reason(&transform->proj));
    }
    return transform->pj != NULL;
}

FmTransform *fm_transform_new(const FmCrs *from, const FmCrs *to, GError **error)
{
    g_autoptr(FmTransform) transform = g_new0(FmTransform, 1);

    transform->from = side_of(from);
    transform->to = side_of(to);
    if (from->web_datum == FM_WEB_DATUM_NONE || to->web_datum == FM_WEB_DATUM_NONE) {
        fm_proj_init(&transform->proj);
        if (!find_pj(transform, error)) {
            return NULL;
        }
    }
    return g_steal_pointer(&transform);
}

static PJ_DIRECTION turned(PJ_DIRECTION direction)
{
    return direction == PJ_FWD ? PJ_INV : PJ_FWD;
}

/* A copy from one side to the other; what PROJ cannot copy is found again. */
static FmTransform *copy(const FmTransform *transform, const Side *from, const Side *to,
                         PJ_DIRECTION direction, GError **error)
{
    g_autoptr(FmTransform) result = g_new0(FmTransform, 1);

    result->from = side_copy(from);
    result->to = side_copy(to);
    if (transform->pj != NULL) {
        fm_proj_init(&result->proj);
        result->pj = proj_clone(result->proj.context, transform->pj);
        result->direction = direction;
        if (result->pj == NULL && !find_pj(result, error)) {
            return NULL;
        }
    }
    return g_steal_pointer(&result);
}

FmTransform *fm_transform_copy(const FmTransform *transform, GError **error)
{
    return copy(transform, &transform->from, &transform->to, transform->direction, error);
}

FmTransform *fm_transform_inverse(const FmTransform *transform, GError **error)
{
    return copy(transform, &transform->to, &transform->from, turned(transform->direction), error);
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
    return !transform->from.geographic || (fabs(xy[0]) <= 360 && fabs(xy[1]) <= 90);
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
            g_autofree char *why = g_strdup_printf("is no position in %s", transform->from.name);
            return fail(first + i, xy[i], why, error);
        }
    }
    if (transform->pj == NULL) {
        shift_web(transform->from.web, transform->to.web, xy, n);
        return TRUE;
    }
    shift_web(transform->from.web, FM_WEB_DATUM_NONE, xy, n);
    proj_errno_reset(transform->pj);
    proj_trans_generic(transform->pj, transform->direction, &xy[0][0], stride, n, &xy[0][1], stride,
                       n, NULL, 0, 0, NULL, 0, 0);
    for (gsize i = 0; i < n; i++) {
        if (!isfinite(xy[i][0]) || !isfinite(xy[i][1])) {
            g_autofree char *why =
                g_strdup_printf("cannot be transformed from %s to %s (%s)", transform->from.name,
                                transform->to.name, fm_proj_reason(&transform->proj));
            return fail(first + i, original[i], why, error);
        }
    }
    shift_web(FM_WEB_DATUM_NONE, transform->to.web, xy, n);
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
