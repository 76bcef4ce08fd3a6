/* Positions on the Mercator plane that the specification's spatial operators work in. */
#ifndef FM_STYLE_TILE_GRID_H
#define FM_STYLE_TILE_GRID_H

#include <facmap/geometry.h>

/* The world is the unit square, y down. */
typedef struct {
    double x, y;
} FmTilePoint;

/* grid  positions are rounded to multiples of 1 / grid, 0 = not at all */
FmTilePoint fm__tile_point(FmLonLat position, double grid);
FmLonLat fm__tile_point_lonlat(FmTilePoint point);

#endif
