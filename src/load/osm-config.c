/* Which tags of OpenStreetMap become columns.  GDAL keeps few of those that tell who may use a
 * road; ours come from geodata/osm-tags.ini, compiled in: the library needs no file at run time. */
#include "ogr-open.h"

#include "osm-tags-shipped.h"

#include <cpl_vsi.h>

FmOsmConfig *fm_osm_config_new(void)
{
    g_autofree char *unique = g_uuid_string_random();
    char *path = g_strdup_printf("/vsimem/facmap-%s.ini", unique);
    VSILFILE *file = VSIFOpenL(path, "wb");

    if (file != NULL) {
        (void)VSIFWriteL(fm_osm_tags, 1, sizeof fm_osm_tags, file);
        (void)VSIFCloseL(file);
    }
    return path;
}

void fm_osm_config_free(FmOsmConfig *path)
{
    (void)VSIUnlink(path);
    g_free(path);
}
