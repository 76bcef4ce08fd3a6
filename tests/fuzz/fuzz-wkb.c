/* Any bytes through the WKB reader: an error, or a geometry that survives the way there and
 * back. */
#include <facmap/geometry.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(FmGeometry) geometry = fm_geometry_from_wkb(data, size, &error);

    if ((geometry == NULL) == (error == NULL)) {
        abort();
    }
    if (geometry != NULL) {
        g_autoptr(GBytes) wkb = fm_geometry_to_wkb(geometry);
        g_autoptr(FmGeometry) again =
            fm_geometry_from_wkb(g_bytes_get_data(wkb, NULL), g_bytes_get_size(wkb), NULL);
        if (again == NULL || again->type != geometry->type ||
            again->n_points != geometry->n_points ||
            memcmp(again->points, geometry->points, geometry->n_points * sizeof(FmLonLat)) != 0) {
            abort();
        }
    }
    return 0;
}
