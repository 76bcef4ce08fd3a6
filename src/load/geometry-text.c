/* A geometry written as text in a cell: WKT, EWKT or a GeoJSON geometry. */
#include "gdal-log.h"
#include "load-internal.h"

#include <ogr_api.h>
#include <string.h>

/* OGR's JSON reader recurses as deep as the text nests. */
#define MAX_DEPTH 16u

typedef void FmOgrGeometry;
static void ogr_geometry_destroy(FmOgrGeometry *geometry)
{
    OGR_G_DestroyGeometry((OGRGeometryH)geometry);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmOgrGeometry, ogr_geometry_destroy)

static gboolean nests_too_deep(const char *json)
{
    guint depth = 0;

    for (; *json != '\0' && depth <= MAX_DEPTH; json++) {
        depth += *json == '[' || *json == '{';
        depth -= depth > 0 && (*json == ']' || *json == '}');
    }
    return depth > MAX_DEPTH;
}

static FmGeometry *from_geojson(const char *json, GError **error)
{
    g_auto(FmGdalLog) log;
    fm_gdal_log_begin(&log);
    g_autoptr(FmOgrGeometry) geometry =
        nests_too_deep(json) ? NULL : OGR_G_CreateGeometryFromJson(json);
    int size = geometry != NULL ? OGR_G_WkbSize(geometry) : 0;
    g_autofree guint8 *wkb = size > 0 ? g_try_malloc((gsize)size) : NULL;

    if (wkb == NULL || OGR_G_ExportToIsoWkb(geometry, wkbNDR, wkb) != OGRERR_NONE) {
        g_set_error_literal(error, FM_ERROR, FM_ERROR_PARSE, "not a GeoJSON geometry");
        return NULL;
    }
    return fm_geometry_from_wkb(wkb, (gsize)size, error);
}

FmGeometry *fm_geometry_from_text(const char *text, GError **error)
{
    return *text == '{' ? from_geojson(text, error) : fm_geometry_from_wkt(text, error);
}
