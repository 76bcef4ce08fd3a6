/* Where a raster lies: its own coordinate system and pixel grid, or the four corners that an image
 * source gives, between which the picture is projective on the Mercator plane, as MapLibre has it
 * (Heckbert 1989, Fundamentals of Texture Mapping and Image Warping, section 2.2.3). */
#include "raster.h"

#include <math.h>
#include <string.h>

typedef double Matrix[3][3];

static void multiply(const Matrix a, const Matrix b, Matrix out)
{
    Matrix product;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            product[i][j] = a[i][0] * b[0][j] + a[i][1] * b[1][j] + a[i][2] * b[2][j];
    memcpy(out, product, sizeof product);
}

/* By the adjugate; FALSE when the matrix has no inverse. */
static gboolean invert(const Matrix m, Matrix out)
{
    Matrix adjugate;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
            const int a = (j + 1) % 3, b = (j + 2) % 3, c = (i + 1) % 3, d = (i + 2) % 3;
            adjugate[i][j] = m[a][c] * m[b][d] - m[a][d] * m[b][c];
        }
    const double determinant =
        m[0][0] * adjugate[0][0] + m[0][1] * adjugate[1][0] + m[0][2] * adjugate[2][0];
    if (determinant == 0 || !isfinite(determinant))
        return FALSE;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            out[i][j] = adjugate[i][j] / determinant;
    return TRUE;
}

/* From the unit square to a quadrangle, corners clockwise from (0, 0). */
static void square_to_quad(const double (*q)[2], Matrix out)
{
    const double dx1 = q[1][0] - q[2][0], dy1 = q[1][1] - q[2][1];
    const double dx2 = q[3][0] - q[2][0], dy2 = q[3][1] - q[2][1];
    const double sx = q[0][0] - q[1][0] + q[2][0] - q[3][0];
    const double sy = q[0][1] - q[1][1] + q[2][1] - q[3][1];
    const double area = dx1 * dy2 - dx2 * dy1;
    const double g = (sx * dy2 - dx2 * sy) / area, h = (dx1 * sy - sx * dy1) / area;
    const Matrix m = {
        {q[1][0] - q[0][0] + g * q[1][0], q[3][0] - q[0][0] + h * q[3][0], q[0][0]},
        {q[1][1] - q[0][1] + g * q[1][1], q[3][1] - q[0][1] + h * q[3][1], q[0][1]},
        {g, h, 1},
    };
    memcpy(out, m, sizeof m);
}

static gboolean place_by_corners(FmRasterPlace *place, const FmRaster *raster,
                                 const FmLonLat corners[4], GError **error)
{
    g_autoptr(FmCrs) wgs84 = fm_crs_new("EPSG:4326", error);
    g_autoptr(FmCrs) mercator = wgs84 ? fm_crs_new("EPSG:3857", error) : NULL;
    g_autoptr(FmTransform) project = mercator ? fm_transform_new(wgs84, mercator, error) : NULL;
    double quad[4][2];
    for (int i = 0; i < 4; i++) {
        quad[i][0] = corners[i].lon_deg;
        quad[i][1] = corners[i].lat_deg;
    }
    if (!project || !fm_transform_apply(project, quad, 4, error))
        return FALSE;
    const double width = (double)fm_raster_width(raster), height = (double)fm_raster_height(raster);
    const Matrix to_pixels = {{width, 0, 0}, {0, height, 0}, {0, 0, 1}};
    Matrix to_quad, to_square;
    square_to_quad((const double(*)[2])quad, to_quad);
    if (!invert((const double(*)[3])to_quad, to_square)) {
        g_set_error(error, FM_ERROR, FM_ERROR_DATA, "the four corners enclose no area");
        return FALSE;
    }
    multiply(to_pixels, (const double(*)[3])to_square, place->to_pixel);
    place->transform = fm_transform_new(place->frame->crs, mercator, error);
    return place->transform != NULL;
}

static gboolean place_by_file(FmRasterPlace *place, const FmRaster *raster, GError **error)
{
    double p[6];
    if (!fm_raster_place(raster, p) || !fm_raster_crs(raster)) {
        g_set_error(error, FM_ERROR, FM_ERROR_DATA,
                    "the file does not say where it lies; use a georeferenced one, or a source of "
                    "type image with coordinates");
        return FALSE;
    }
    const Matrix to_crs = {{p[1], p[2], p[0]}, {p[4], p[5], p[3]}, {0, 0, 1}};
    if (!invert(to_crs, place->to_pixel)) {
        g_set_error(error, FM_ERROR, FM_ERROR_DATA, "its pixels have no area");
        return FALSE;
    }
    g_autoptr(FmCrs) crs = fm_crs_new(fm_raster_crs(raster), error);
    place->transform = crs ? fm_transform_new(place->frame->crs, crs, error) : NULL;
    return place->transform != NULL;
}

gboolean fm__raster_place_init(FmRasterPlace *place, const FmFrame *frame, const FmRaster *raster,
                               const FmStyleLayer *layer, GError **error)
{
    FmLonLat corners[4];
    *place = (FmRasterPlace){.frame = frame};
    return fm_style_layer_raster_corners(layer, corners)
               ? place_by_corners(place, raster, corners, error)
               : place_by_file(place, raster, error);
}

void fm__raster_place_clear(FmRasterPlace *place)
{
    g_clear_pointer(&place->transform, fm_transform_free);
}

FmPagePoint fm__raster_place_pixel(const FmRasterPlace *place, FmPagePoint page)
{
    const FmXY at = fm__frame_from_page(place->frame, page);
    double xy[1][2] = {{at.x_m, at.y_m}};
    if (!fm_transform_apply(place->transform, xy, 1, NULL))
        return (FmPagePoint){NAN, NAN};
    const double(*m)[3] = place->to_pixel;
    const double w = m[2][0] * xy[0][0] + m[2][1] * xy[0][1] + m[2][2];
    return (FmPagePoint){(m[0][0] * xy[0][0] + m[0][1] * xy[0][1] + m[0][2]) / w,
                         (m[1][0] * xy[0][0] + m[1][1] * xy[0][1] + m[1][2]) / w};
}
