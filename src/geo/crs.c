/* Coordinate systems: what PROJ knows of a definition, and the two Chinese web offsets that it does
 * not know. */
#include "crs-internal.h"

#include <math.h>
#include <string.h>

static void keep_message(void *user, int level, const char *message)
{
    FmProj *proj = user;
    /* "proj_create: crs not found": the function's name is of no use to anyone here. */
    const char *colon = strstr(message, ": ");

    if (level == PJ_LOG_ERROR) {
        g_free(proj->message);
        proj->message = g_strdup(colon != NULL ? colon + 2 : message);
    }
}

void fm_proj_init(FmProj *proj)
{
    proj->message = NULL;
    proj->context = proj_context_create();
    proj_log_level(proj->context, PJ_LOG_ERROR);
    proj_log_func(proj->context, proj, keep_message);
    proj_context_set_enable_network(proj->context, 0);
}

void fm_proj_clear(FmProj *proj)
{
    g_clear_pointer(&proj->context, proj_context_destroy);
    g_clear_pointer(&proj->message, g_free);
}

const char *fm_proj_reason(const FmProj *proj)
{
    int code = proj_context_errno(proj->context);

    if (proj->message != NULL) {
        return proj->message;
    }
    return code != 0 ? proj_context_errno_string(proj->context, code) : "PROJ gives no reason";
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

    /* As everybody writes it; PROJ knows the name only with a blank. */
    if (g_ascii_strcasecmp(definition, "WGS84") == 0 ||
        g_ascii_strcasecmp(definition, "WGS-84") == 0 ||
        g_ascii_strcasecmp(definition, "WGS 84") == 0) {
        return g_strdup("EPSG:4326");
    }
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

static gboolean is_number(const char *text)
{
    return text[0] != '\0' && strspn(text, "0123456789") == strlen(text);
}

/* PROJ also looks for names that merely resemble what was asked: "4548" finds a zone of Antarctica.
 * A name counts only when it is the whole name. */
static gboolean is_what_was_asked(const char *definition, const PJ *pj)
{
    return strpbrk(definition, ":=[{") != NULL ||
           g_ascii_strcasecmp(definition, proj_get_name(pj)) == 0;
}

static FmCrs *unknown(const char *definition, const char *reason, GError **error)
{
    if (is_number(definition)) {
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

static FmCrs *crs_from_proj(const FmProj *proj, const char *definition, GError **error)
{
    PJ_CONTEXT *context = proj->context;
    g_autofree char *proj_text = proj_text_for(definition);
    g_autoptr(PJ) pj = proj_create(context, proj_text);

    if (pj == NULL) {
        return unknown(definition, fm_proj_reason(proj), error);
    }
    if (!proj_is_crs(pj)) {
        return unknown(definition, "it is an operation", error);
    }
    if (!is_what_was_asked(proj_text, pj)) {
        g_autofree char *reason = g_strdup_printf("the nearest name is '%s'", proj_get_name(pj));
        return unknown(definition, reason, error);
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
    g_auto(FmProj) proj;
    fm_proj_init(&proj);
    return crs_from_proj(&proj, trimmed, error);
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
