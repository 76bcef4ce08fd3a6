/* Coordinate systems: what PROJ knows of a definition, and the two Chinese web offsets that it does
 * not know. */
#include "crs-internal.h"

#include <math.h>
#include <string.h>

PJ_CONTEXT *fm_proj_context_new(void)
{
    PJ_CONTEXT *context = proj_context_create();

    proj_log_level(context, PJ_LOG_NONE);
    proj_context_set_enable_network(context, 0);
    return context;
}

const char *fm_proj_reason(PJ_CONTEXT *context)
{
    int code = proj_context_errno(context);

    return code != 0 ? proj_context_errno_string(context, code) : "PROJ gives no reason";
}

void fm_crs_free(FmCrs *crs)
{
    if (crs == NULL) {
        return;
    }
    g_free(crs->definition);
    g_free(crs->name);
    g_free(crs->proj_text);
    g_free(crs->wkt);
    g_free(crs);
}

FmCrs *fm_crs_copy(const FmCrs *crs)
{
    FmCrs *copy = g_new(FmCrs, 1);

    *copy = *crs;
    copy->definition = g_strdup(crs->definition);
    copy->name = g_strdup(crs->name);
    copy->proj_text = g_strdup(crs->proj_text);
    copy->wkt = g_strdup(crs->wkt);
    return copy;
}

/* ---- web datums ---- */

static FmWebDatum web_datum_find(const char *definition)
{
    static const struct {
        const char *spelling;
        FmWebDatum datum;
    } spellings[] = {{"GCJ-02", FM_WEB_DATUM_GCJ02},
                     {"GCJ02", FM_WEB_DATUM_GCJ02},
                     {"BD-09", FM_WEB_DATUM_BD09},
                     {"BD09", FM_WEB_DATUM_BD09}};

    for (gsize i = 0; i < G_N_ELEMENTS(spellings); i++) {
        if (g_ascii_strcasecmp(definition, spellings[i].spelling) == 0) {
            return spellings[i].datum;
        }
    }
    return FM_WEB_DATUM_NONE;
}

static FmCrs *web_datum_crs(FmWebDatum datum)
{
    const char *definition = datum == FM_WEB_DATUM_GCJ02 ? "GCJ-02" : "BD-09";
    FmCrs *crs = g_new0(FmCrs, 1);

    crs->definition = g_strdup(definition);
    crs->name = g_strconcat(definition, " (approximate)", NULL);
    crs->proj_text = g_strdup(FM_WGS84_DEFINITION);
    crs->web_datum = datum;
    crs->geographic = TRUE;
    crs->has_area = TRUE;
    crs->area = (FmExtent){72.004, 0.8293, 137.8347, 55.8271};
    return crs;
}

/* ---- PROJ ---- */

/* A PROJ string describes a CRS only when it says so; people leave that out. */
static char *proj_text_for(const char *definition)
{
    gboolean proj_string =
        strstr(definition, "proj=") != NULL || strstr(definition, "init=") != NULL;

    if (proj_string && strstr(definition, "type=crs") == NULL && definition[0] != '{' &&
        strchr(definition, '[') == NULL) {
        return g_strconcat(definition, " +type=crs", NULL);
    }
    return g_strdup(definition);
}

/* The type of the horizontal part, looking through compound and bound systems. */
static PJ_TYPE horizontal_type(PJ_CONTEXT *context, const PJ *crs)
{
    PJ_TYPE type = proj_get_type(crs);
    g_autoptr(PJ) inner = NULL;

    if (type == PJ_TYPE_COMPOUND_CRS) {
        inner = proj_crs_get_sub_crs(context, crs, 0);
    } else if (type == PJ_TYPE_BOUND_CRS) {
        inner = proj_get_source_crs(context, crs);
    }
    return inner != NULL ? horizontal_type(context, inner) : type;
}

static int epsg_code(const PJ *pj)
{
    const char *authority = proj_get_id_auth_name(pj, 0);
    const char *code = proj_get_id_code(pj, 0);
    gint64 value = 0;

    if (authority == NULL || code == NULL || strcmp(authority, "EPSG") != 0 ||
        !g_ascii_string_to_signed(code, 10, 1, G_MAXINT, &value, NULL)) {
        return 0;
    }
    return (int)value;
}

static gboolean area_of_use(PJ_CONTEXT *context, const PJ *pj, FmExtent *out)
{
    FmExtent area = fm_extent_empty();

    if (!proj_get_area_of_use(context, pj, &area.west_deg, &area.south_deg, &area.east_deg,
                              &area.north_deg, NULL) ||
        area.south_deg < -90) { /* PROJ writes -1000 for a bound that it does not know */
        return FALSE;
    }
    if (area.east_deg < area.west_deg) {
        area.east_deg += 360;
    }
    *out = area;
    return TRUE;
}

static FmCrs *unknown(const char *definition, const char *reason, GError **error)
{
    gboolean digits =
        definition[0] != '\0' && strspn(definition, "0123456789") == strlen(definition);

    if (digits) {
        g_set_error(error, FM_ERROR, FM_ERROR_CRS,
                    "'%s' is not a coordinate system; an EPSG code is written EPSG:%s", definition,
                    definition);
    } else {
        g_set_error(error, FM_ERROR, FM_ERROR_CRS,
                    "'%s' is not a known coordinate system (%s); write EPSG:4326, a PROJ string, "
                    "WKT, GCJ-02 or BD-09",
                    definition, reason);
    }
    return NULL;
}

static FmCrs *crs_from_proj(PJ_CONTEXT *context, const char *definition, GError **error)
{
    g_autofree char *proj_text = proj_text_for(definition);
    g_autoptr(PJ) pj = proj_create(context, proj_text);

    if (pj == NULL || !proj_is_crs(pj)) {
        return unknown(definition, pj == NULL ? fm_proj_reason(context) : "it is an operation",
                       error);
    }
    PJ_TYPE type = horizontal_type(context, pj);
    gboolean geographic = type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_GEOGRAPHIC_3D_CRS;
    if (!geographic && type != PJ_TYPE_PROJECTED_CRS) {
        g_set_error(error, FM_ERROR, FM_ERROR_CRS,
                    "'%s' (%s) is neither geographic nor projected; coordinates in it are no map "
                    "positions",
                    definition, proj_get_name(pj));
        return NULL;
    }

    static const char *const one_line[] = {"MULTILINE=NO", NULL};
    FmCrs *crs = g_new0(FmCrs, 1);
    crs->definition = g_strdup(definition);
    crs->name = g_strdup(proj_get_name(pj));
    crs->wkt = g_strdup(proj_as_wkt(context, pj, PJ_WKT1_GDAL, one_line));
    crs->geographic = geographic;
    crs->epsg = epsg_code(pj);
    crs->has_area = area_of_use(context, pj, &crs->area);
    crs->proj_text = g_steal_pointer(&proj_text);
    return crs;
}

FmCrs *fm_crs_new(const char *definition, GError **error)
{
    g_autofree char *trimmed = g_strstrip(g_strdup(definition));
    FmWebDatum web_datum = web_datum_find(trimmed);

    if (web_datum != FM_WEB_DATUM_NONE) {
        return web_datum_crs(web_datum);
    }
    g_autoptr(PJ_CONTEXT) context = fm_proj_context_new();
    return crs_from_proj(context, trimmed, error);
}

/* ---- questions ---- */

const char *fm_crs_definition(const FmCrs *crs)
{
    return crs->definition;
}

const char *fm_crs_name(const FmCrs *crs)
{
    return crs->name;
}

gboolean fm_crs_is_geographic(const FmCrs *crs)
{
    return crs->geographic;
}

int fm_crs_epsg(const FmCrs *crs)
{
    return crs->epsg;
}

char *fm_crs_to_wkt(const FmCrs *crs)
{
    return g_strdup(crs->wkt);
}

gboolean fm_crs_area_of_use(const FmCrs *crs, FmExtent *out)
{
    if (crs->has_area) {
        *out = crs->area;
    }
    return crs->has_area;
}
