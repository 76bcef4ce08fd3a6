/* Positions under another coordinate system: the reading that was done at load is undone and done
 * again.  GCJ-02 and BD-09 by their formulas; a mix-up of UTM and Gauss-Kruger is a factor of
 * 0.9996 on the coordinates around the meridian, 1.77 km in Beijing's latitude. */
#include "check-internal.h"

#include <math.h>
#include <string.h>

#define UTM_SCALE 0.9996

/* Below this the systems do not differ enough for any data to tell. */
#define SMALLEST_SHIFT_M 50.0

const char *fm_system_name(FmSystem system)
{
    static const char *const names[FM_N_SYSTEMS] = {
        "WGS 84", "GCJ-02", "BD-09", "UTM read as Gauss-Kruger", "Gauss-Kruger read as UTM",
    };
    g_return_val_if_fail(system < FM_N_SYSTEMS, NULL);
    return names[system];
}

static gboolean make_meridian(FmSystems *systems, double lon_deg, GError **error)
{
    double meridian_deg = 3 * round(lon_deg / 3);
    g_autofree char *definition = g_strdup_printf(
        "+proj=tmerc +lat_0=0 +lon_0=%.0f +k=1 +x_0=0 +y_0=0 +ellps=GRS80 +type=crs", meridian_deg);
    g_autoptr(FmCrs) wgs84 = fm_crs_new("EPSG:4326", error);
    g_autoptr(FmCrs) metres = wgs84 ? fm_crs_new(definition, error) : NULL;
    if (!metres)
        return FALSE;
    systems->to_metres = fm_transform_new(wgs84, metres, error);
    systems->to_degrees = systems->to_metres ? fm_transform_new(metres, wgs84, error) : NULL;
    return systems->to_degrees != NULL;
}

gboolean fm_systems_init(FmSystems *systems, const char *declared, FmLonLat middle, GError **error)
{
    *systems = (FmSystems){.loaded_as = FM_SYSTEM_WGS84};
    g_autoptr(FmCrs) crs = NULL;
    if (declared) {
        crs = fm_crs_new(declared, error);
        if (!crs)
            return FALSE;
        const char *name = fm_crs_definition(crs);
        if (g_ascii_strcasecmp(name, "GCJ-02") == 0 || g_ascii_strcasecmp(name, "GCJ02") == 0)
            systems->loaded_as = FM_SYSTEM_GCJ02;
        else if (g_ascii_strcasecmp(name, "BD-09") == 0 || g_ascii_strcasecmp(name, "BD09") == 0)
            systems->loaded_as = FM_SYSTEM_BD09;
    }
    if (!fm_position_is_set(middle))
        return TRUE;
    FmLonLat shifted = fm_gcj02_from_wgs84(middle);
    systems->in_area = fm_geodesic_distance_m(middle, shifted) >= SMALLEST_SHIFT_M;
    systems->zoned = !crs || !fm_crs_is_geographic(crs);
    systems->metric = crs && !fm_crs_is_geographic(crs) && fabs(middle.lat_deg) < 84;
    return !systems->metric || make_meridian(systems, middle.lon_deg, error);
}

void fm_systems_clear(FmSystems *systems)
{
    g_clear_pointer(&systems->to_metres, fm_transform_free);
    g_clear_pointer(&systems->to_degrees, fm_transform_free);
}

gboolean fm_systems_usable(const FmSystems *systems, FmSystem system)
{
    if (system == systems->loaded_as)
        return TRUE;
    return system >= FM_SYSTEM_UTM_AS_GK ? systems->metric : systems->in_area;
}

static FmLonLat scaled(const FmSystems *systems, FmLonLat position, double factor)
{
    double xy[1][2] = {{position.lon_deg, position.lat_deg}};
    if (!fm_transform_apply(systems->to_metres, xy, 1, NULL))
        return position;
    xy[0][0] *= factor;
    xy[0][1] *= factor;
    if (!fm_transform_apply(systems->to_degrees, xy, 1, NULL))
        return position;
    return (FmLonLat){xy[0][0], xy[0][1]};
}

/* The numbers as they were in the source. */
static FmLonLat as_in_source(FmSystem loaded_as, FmLonLat stored)
{
    switch (loaded_as) {
    case FM_SYSTEM_GCJ02:
        return fm_gcj02_from_wgs84(stored);
    case FM_SYSTEM_BD09:
        return fm_bd09_from_gcj02(fm_gcj02_from_wgs84(stored));
    default:
        return stored;
    }
}

FmLonLat fm_systems_position(const FmSystems *systems, FmSystem system, FmLonLat stored)
{
    if (system == systems->loaded_as)
        return stored;
    FmLonLat numbers = as_in_source(systems->loaded_as, stored);
    switch (system) {
    case FM_SYSTEM_GCJ02:
        return fm_gcj02_to_wgs84(numbers);
    case FM_SYSTEM_BD09:
        return fm_gcj02_to_wgs84(fm_bd09_to_gcj02(numbers));
    case FM_SYSTEM_UTM_AS_GK:
        return scaled(systems, stored, 1 / UTM_SCALE);
    case FM_SYSTEM_GK_AS_UTM:
        return scaled(systems, stored, UTM_SCALE);
    default:
        return numbers;
    }
}

gboolean fm_systems_keep_inside(const FmSystems *systems, FmExtent extent, double margin_deg,
                                FmLonLat stored)
{
    for (guint s = 0; s < FM_N_SYSTEMS; s++) {
        if (!fm_systems_usable(systems, s))
            continue;
        FmLonLat p = fm_systems_position(systems, s, stored);
        if (p.lon_deg < extent.west_deg + margin_deg || p.lon_deg > extent.east_deg - margin_deg ||
            p.lat_deg < extent.south_deg + margin_deg || p.lat_deg > extent.north_deg - margin_deg)
            return FALSE;
    }
    return TRUE;
}
