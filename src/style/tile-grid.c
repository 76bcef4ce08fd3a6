/* The Mercator plane of web tiles (a sphere, EPSG:3857), as the unit square. */
#include "tile-grid.h"

#include <math.h>

FmTilePoint fm__tile_point(FmLonLat position, double grid)
{
    const double latitude = position.lat_deg * G_PI / 180;
    FmTilePoint point = {(position.lon_deg + 180) / 360,
                         0.5 - log(tan(G_PI / 4 + latitude / 2)) / (2 * G_PI)};
    if (grid > 0) {
        point.x = round(point.x * grid) / grid;
        point.y = round(point.y * grid) / grid;
    }
    return point;
}

FmLonLat fm__tile_point_lonlat(FmTilePoint point)
{
    return (FmLonLat){point.x * 360 - 180,
                      (2 * atan(exp((0.5 - point.y) * 2 * G_PI)) - G_PI / 2) * 180 / G_PI};
}
