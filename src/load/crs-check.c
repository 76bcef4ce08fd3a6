/* Does a position fit the coordinate system that it is said to be in?  Numbers fit the wrong system
 * easily, so what cannot be is refused with the reason, and when no row of a source fits, the
 * likely mistake is looked for: degrees for metres, swapped axes, a zone number before the
 * easting. */
#include "load-internal.h"

#include <math.h>
#include <string.h>

/* Areas of use are rough: a city's edge may lie a little outside its zone (Beijing's west end is
 * 0.1 degrees outside EPSG:4548's), a wrong zone or swapped axes lie much farther. */
#define AREA_MARGIN_DEG 1.0

/* Gauss-Kruger zone numbers stand in the millions of metres: 13 … 45 in China, elsewhere to 64. */
#define ZONE_STEP_M 1e6
#define MAX_ZONE 64.0

gboolean fm_source_crs_init(FmSourceCrs *crs, const char *definition, const char *name,
                            GError **error)
{
    *crs = (FmSourceCrs){0};
    g_autoptr(FmCrs) wgs84 = fm_crs_new("EPSG:4326", error);
    if (wgs84 == NULL) {
        return FALSE;
    }
    crs->crs = fm_crs_new(definition, error);
    if (crs->crs != NULL) {
        crs->transform = fm_transform_new(crs->crs, wgs84, error);
    }
    if (crs->transform == NULL) {
        g_prefix_error(error, "%s: ", name);
        return FALSE;
    }
    crs->has_area = fm_crs_area_of_use(crs->crs, &crs->area);
    crs->area.west_deg -= AREA_MARGIN_DEG;
    crs->area.south_deg -= AREA_MARGIN_DEG;
    crs->area.east_deg += AREA_MARGIN_DEG;
    crs->area.north_deg += AREA_MARGIN_DEG;
    return TRUE;
}

void fm_source_crs_clear(FmSourceCrs *crs)
{
    g_clear_pointer(&crs->transform, fm_transform_free);
    g_clear_pointer(&crs->crs, fm_crs_free);
}

char *fm_source_crs_label(const FmSourceCrs *crs)
{
    int epsg = fm_crs_epsg(crs->crs);
    const char *definition = fm_crs_definition(crs->crs);

    if (epsg > 0) {
        return g_strdup_printf("EPSG:%d", epsg);
    }
    /* A definition in full is no label. */
    return g_strdup(strpbrk(definition, "[{+") != NULL ? fm_crs_name(crs->crs) : definition);
}

static gboolean degrees_fit(const double xy[2], char **reason)
{
    if (fabs(xy[1]) > 90) {
        gboolean swapped = fabs(xy[0]) <= 90 && fabs(xy[1]) <= 180;
        g_autofree char *y = fm_format_double(xy[1]);
        *reason = g_strdup_printf("latitude %s is outside -90..90%s", y,
                                  swapped ? ": are longitude and latitude swapped?" : "");
        return FALSE;
    }
    if (fabs(xy[0]) > 180) {
        g_autofree char *x = fm_format_double(xy[0]);
        *reason = g_strdup_printf("longitude %s is outside -180..180", x);
        return FALSE;
    }
    return TRUE;
}

/* The middle of the bounds stands for the whole: a country's outline may reach beyond its zone.
 * An area across the antimeridian has west > east, and then everything between them is outside. */
static gboolean area_fits(const FmSourceCrs *crs, double (*xy)[2], gsize n, char **reason)
{
    double west = INFINITY, south = INFINITY, east = -INFINITY, north = -INFINITY;

    for (gsize i = 0; i < n; i++) {
        west = MIN(west, xy[i][0]);
        east = MAX(east, xy[i][0]);
        south = MIN(south, xy[i][1]);
        north = MAX(north, xy[i][1]);
    }
    double lon_deg = (west + east) / 2, lat_deg = (south + north) / 2;
    const FmExtent *area = &crs->area;
    gboolean crosses = area->west_deg > area->east_deg;
    gboolean after = lon_deg >= area->west_deg, before = lon_deg <= area->east_deg;
    gboolean lon_inside = crosses ? after || before : after && before;
    if (lon_inside && lat_deg >= area->south_deg && lat_deg <= area->north_deg) {
        return TRUE;
    }
    g_autofree char *label = fm_source_crs_label(crs);
    char lon[16], lat[16];
    g_ascii_formatd(lon, sizeof lon, "%.3f", lon_deg);
    g_ascii_formatd(lat, sizeof lat, "%.3f", lat_deg);
    *reason = g_strdup_printf(
        "read as %s it lies at lon %s, lat %s, outside the area of that system", label, lon, lat);
    return FALSE;
}

gboolean fm_source_crs_to_wgs84(const FmSourceCrs *crs, double (*xy)[2], gsize n, char **reason)
{
    g_autoptr(GError) failure = NULL;
    gboolean geographic = fm_crs_is_geographic(crs->crs);

    for (gsize i = 0; i < n; i++) {
        if (!isfinite(xy[i][0]) || !isfinite(xy[i][1])) {
            *reason = g_strdup("a coordinate is not a finite number");
            return FALSE;
        }
        if (geographic && !degrees_fit(xy[i], reason)) {
            return FALSE;
        }
    }
    if (!fm_transform_apply(crs->transform, xy, n, &failure)) {
        *reason = g_strdup(failure->message);
        return FALSE;
    }
    return !crs->has_area || area_fits(crs, xy, n, reason);
}

static gboolean fits(const FmSourceCrs *crs, double x, double y)
{
    double xy[1][2] = {{x, y}};
    g_autofree char *reason = NULL;

    return fm_source_crs_to_wgs84(crs, xy, 1, &reason);
}

char *fm_source_crs_likely_cause(const FmSourceCrs *crs, const double sample[2])
{
    double x = sample[0], y = sample[1];
    double zone = floor(x / ZONE_STEP_M);

    if (!fm_crs_is_geographic(crs->crs) && fabs(x) <= 180 && fabs(y) <= 180) {
        return g_strdup("the numbers look like degrees; pass --crs EPSG:4326 (WGS 84), GCJ-02 or "
                        "BD-09");
    }
    if (fm_crs_is_geographic(crs->crs) && (fabs(x) > 360 || fabs(y) > 360)) {
        return g_strdup("the numbers look like metres; pass the projected system with --crs");
    }
    if (fits(crs, y, x)) {
        return g_strdup(
            "the two coordinates are swapped; give them the other way round, with --x and --y");
    }
    if (zone >= 1 && zone <= MAX_ZONE && fits(crs, x - zone * ZONE_STEP_M, y)) {
        return g_strdup_printf("the eastings begin with the zone number %d; pass the system that "
                               "has it with --crs",
                               (int)zone);
    }
    return g_strdup("pass the right system with --crs");
}
