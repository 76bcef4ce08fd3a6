/* Small files in other formats, written with GDAL. */
#ifndef FACMAP_TEST_OGR_FILES_H
#define FACMAP_TEST_OGR_FILES_H

#include <glib.h>

/* One layer of text columns (and one geometry, as WKT, when `geometry` is not NULL).
 * @param columns "id,name"; "size:I" and "share:R" are numbers, "day:D" dates
 * @param rows    "1|a;2|b"; an empty value is NULL; the geometry is the last value
 * @param crs     "EPSG:4326" …, or NULL
 * @param option  one layer creation option, or NULL */
void ogr_file_write(const char *driver, const char *path, const char *layer, const char *columns,
                    const char *rows, gboolean geometry, const char *crs, const char *option);

#endif
