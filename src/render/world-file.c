/* Where the page lies on the Earth, for programs that read pictures as rasters.  The whole page,
 * not only the map frame: a pixel of the title has coordinates too, which no one minds, and the
 * file needs no cutting. */
#include "world-file.h"

#include <string.h>

/* "…/map.png" with another ending. */
static char *sibling(const char *path, const char *ending)
{
    const char *dot = strrchr(path, '.');
    const char *slash = strrchr(path, G_DIR_SEPARATOR);
    gsize n = dot && dot > (slash ? slash : path) ? (gsize)(dot - path) : strlen(path);
    g_autofree char *stem = g_strndup(path, n);
    return g_strconcat(stem, ending, NULL);
}

gboolean fm__world_file_add(FmOutputs *outputs, const char *path, const FmSheet *sheet,
                            const FmFrame *frame, GError **error)
{
    double pixel_m = frame->m_per_px / sheet->device_scale;
    FmXY corner = fm__frame_from_page(frame, (FmPagePoint){0, 0});
    g_autofree char *size = fm_format_double(pixel_m);
    g_autofree char *minus_size = fm_format_double(-pixel_m);
    g_autofree char *left = fm_format_double(corner.x_m);
    g_autofree char *top = fm_format_double(corner.y_m);
    /* A world file names the centre of the first pixel, GDAL its corner. */
    g_autofree char *first_x = fm_format_double(corner.x_m + pixel_m / 2);
    g_autofree char *first_y = fm_format_double(corner.y_m - pixel_m / 2);
    g_autofree char *world =
        g_strdup_printf("%s\n0\n0\n%s\n%s\n%s\n", size, minus_size, first_x, first_y);
    g_autofree char *world_path = sibling(path, ".pgw");
    if (!fm_outputs_add_bytes(outputs, world_path, world, strlen(world), error))
        return FALSE;
    g_autofree char *wkt = fm_crs_to_wkt(frame->crs);
    if (!wkt)
        return TRUE;
    g_autofree char *prj_path = sibling(path, ".prj");
    g_autofree char *escaped = g_markup_escape_text(wkt, -1);
    g_autofree char *aux_path = g_strconcat(path, ".aux.xml", NULL);
    g_autofree char *aux = g_strdup_printf(
        "<PAMDataset>\n  <SRS>%s</SRS>\n  <GeoTransform>%s, %s, 0, %s, 0, %s</GeoTransform>\n"
        "</PAMDataset>\n",
        escaped, left, size, top, minus_size);
    return fm_outputs_add_bytes(outputs, prj_path, wkt, strlen(wkt), error) &&
           fm_outputs_add_bytes(outputs, aux_path, aux, strlen(aux), error);
}
