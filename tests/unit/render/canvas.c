#include "canvas.h"

#include "fixture.h"

#include <string.h>

FmCanvas canvas_open(double scale)
{
    const int size = (int)(CANVAS_SIZE * scale);
    FmCanvas canvas = {cairo_image_surface_create(CAIRO_FORMAT_RGB24, size, size), {0}, scale};
    canvas.brush.cr = cairo_create(canvas.surface);
    canvas.brush.device_scale = scale;
    cairo_set_source_rgb(canvas.brush.cr, 1, 1, 1);
    cairo_paint(canvas.brush.cr);
    cairo_scale(canvas.brush.cr, scale, scale);
    return canvas;
}

void canvas_close(FmCanvas *canvas)
{
    g_assert_cmpint(cairo_status(canvas->brush.cr), ==, CAIRO_STATUS_SUCCESS);
    cairo_destroy(canvas->brush.cr);
    cairo_surface_destroy(canvas->surface);
}

guint32 canvas_pixel(const FmCanvas *canvas, int x, int y)
{
    cairo_surface_flush(canvas->surface);
    guint32 pixel;
    const guint8 *data = cairo_image_surface_get_data(canvas->surface);
    memcpy(&pixel, data + cairo_image_surface_get_stride(canvas->surface) * y + 4 * x,
           sizeof pixel);
    return pixel & 0xFFFFFF;
}

gboolean canvas_same(const FmCanvas *a, const FmCanvas *b)
{
    const int size = (int)(CANVAS_SIZE * a->scale);
    for (int y = 0; y < size; y++)
        for (int x = 0; x < size; x++)
            if (canvas_pixel(a, x, y) != canvas_pixel(b, x, y))
                return FALSE;
    return TRUE;
}

FmStyle *canvas_style(const char *members)
{
    g_autofree char *layer =
        g_strdup_printf("[{'id': 'l', 'source': 'workspace', 'source-layer': 'x', %s}]", members);
    return fixture_document("{}", g_strdelimit(layer, "'", '"'));
}

FmMapLayer *canvas_points(const FmPagePoint *points, const double *w, gsize n)
{
    FmMapLayer *layer = g_new0(FmMapLayer, 1);
    layer->table = fm_table_new(FM_GEOMETRY_POINT);
    layer->shapes = g_new0(FmShape *, n);
    const gsize column = fm_table_add_column(layer->table, "w", FM_COLUMN_REAL);
    for (gsize i = 0; i < n; i++) {
        const gsize row = fm_table_append_row(layer->table);
        fm_table_set_real(layer->table, column, row, w[i]);
        FmShape *shape = g_new0(FmShape, 1);
        *shape = (FmShape){0, 1, 1, g_new0(FmPagePoint, 1), g_new0(gsize, 1)};
        shape->points[0] = points[i];
        shape->path_end[0] = 1;
        layer->shapes[i] = shape;
    }
    return layer;
}

void canvas_points_free(FmMapLayer *layer)
{
    for (gsize i = 0; i < fm_table_n_rows(layer->table); i++)
        fm__shape_free(layer->shapes[i]);
    g_free(layer->shapes);
    fm_table_free(layer->table);
    g_free(layer);
}
