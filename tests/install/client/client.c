/* A stranger's program: prints the library's version and the length of one degree of the equator,
 * for which the library needs one of its own dependencies. */
#include <facmap/facmap.h>

#include <stdio.h>

int main(void)
{
    FmLonLat west = {.lon_deg = 116, .lat_deg = 0};
    FmLonLat east = {.lon_deg = 117, .lat_deg = 0};
    printf("facmap %s: %.3f m\n", fm_version(), fm_geodesic_distance_m(west, east));
    return 0;
}
