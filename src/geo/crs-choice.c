/* Which projected CRS suits an extent: a national zone where there is one, else UTM. */
#include "crs-internal.h"

#include <math.h>

/* CGCS2000 / 3-degree Gauss-Kruger without zone prefix, CM 75E … 135E. */
#define CGCS2000_FIRST 4534
#define CGCS2000_LAST 4554

/* Universal Transverse Mercator is defined between these latitudes. */
#define UTM_SOUTH_DEG (-80.0)
#define UTM_NORTH_DEG 84.0

static FmCrs *crs_from_epsg(int code, GError **error)
{
    g_autofree char *definition = g_strdup_printf("EPSG:%d", code);

    return fm_crs_new(definition, error);
}

static gboolean area_holds(const FmCrs *crs, FmLonLat p)
{
    FmExtent area;

    return fm_crs_area_of_use(crs, &area) && p.lon_deg >= area.west_deg &&
           p.lon_deg <= area.east_deg && p.lat_deg >= area.south_deg && p.lat_deg <= area.north_deg;
}

static int utm_code(FmLonLat p)
{
    int zone = (int)floor((p.lon_deg + 180) / 6) % 60 + 1;

    return (p.lat_deg >= 0 ? 32600 : 32700) + zone;
}

FmCrs *fm_crs_for_extent(const FmExtent *extent, GError **error)
{
    FmLonLat centre = {(extent->west_deg + extent->east_deg) / 2,
                       (extent->south_deg + extent->north_deg) / 2};

    if (fm_extent_is_empty(extent) || !(fabs(centre.lon_deg) <= 180) ||
        !(centre.lat_deg >= UTM_SOUTH_DEG && centre.lat_deg <= UTM_NORTH_DEG)) {
        g_set_error_literal(error, FM_ERROR, FM_ERROR_CRS,
                            "no projected coordinate system can be chosen: the extent is empty or "
                            "not in degrees; name one, such as EPSG:32650");
        return NULL;
    }
    /* The database knows where each zone is used; nothing here repeats it. */
    for (int code = CGCS2000_FIRST; code <= CGCS2000_LAST; code++) {
        g_autoptr(FmCrs) crs = crs_from_epsg(code, NULL);
        if (crs != NULL && area_holds(crs, centre)) {
            return g_steal_pointer(&crs);
        }
    }
    return crs_from_epsg(utm_code(centre), error);
}
