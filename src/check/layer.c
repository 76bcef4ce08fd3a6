/* A layer as the tests see it: which column is what, and one position a row. */
#include "check-internal.h"

#include <math.h>
#include <string.h>

/* Headings in the order of preference; those of the shared columns come first. */
static const char *const name_headings[] = {"name_zh",  "name",     "placename", "名称", "学校名称",
                                            "医院名称", "机构名称", "title",     NULL};
static const char *const english_headings[] = {"name_en", "english_name", "英文名称", NULL};
static const char *const district_headings[] = {"district", "所在区", "区", "county", NULL};
static const char *const address_headings[] = {"address", "addr", "地址", "location", NULL};

static gsize find_text(const FmTable *table, const char *const *headings)
{
    for (; *headings; headings++) {
        gsize column = fm_table_find_column(table, *headings);
        if (column != FM_COLUMN_NONE && fm_table_column_type(table, column) == FM_COLUMN_TEXT)
            return column;
    }
    return FM_COLUMN_NONE;
}

gboolean fm_position_is_set(FmLonLat position)
{
    return isfinite(position.lon_deg) && isfinite(position.lat_deg);
}

static FmLonLat position_of(const FmGeometry *geometry)
{
    if (!geometry)
        return (FmLonLat){(double)NAN, (double)NAN};
    if (geometry->type == FM_GEOMETRY_POINT)
        return geometry->points[0];
    FmExtent extent = fm_geometry_extent(geometry);
    return (FmLonLat){(extent.west_deg + extent.east_deg) / 2,
                      (extent.south_deg + extent.north_deg) / 2};
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double fm_check_median(const double *values, gsize n)
{
    if (n == 0)
        return (double)NAN;
    g_autofree double *sorted = g_memdup2(values, n * sizeof *values);
    qsort(sorted, n, sizeof *sorted, compare_doubles);
    return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
}

static FmLonLat middle_of(const FmLayer *layer)
{
    g_autofree double *lon = g_new(double, layer->n), *lat = g_new(double, layer->n);
    gsize n = 0;
    for (gsize row = 0; row < layer->n; row++) {
        if (!fm_position_is_set(layer->positions[row]))
            continue;
        lon[n] = layer->positions[row].lon_deg;
        lat[n++] = layer->positions[row].lat_deg;
    }
    return (FmLonLat){fm_check_median(lon, n), fm_check_median(lat, n)};
}

FmLayer *fm_check_layer_new(const char *name, const FmTable *table)
{
    FmLayer *layer = g_new0(FmLayer, 1);
    layer->name = name;
    layer->table = table;
    layer->n = fm_table_n_rows(table);
    layer->id = fm_table_find_column(table, "id");
    layer->name_zh = find_text(table, name_headings);
    layer->name_en = find_text(table, english_headings);
    layer->district = find_text(table, district_headings);
    layer->address = find_text(table, address_headings);
    layer->positions = g_new(FmLonLat, layer->n);
    for (gsize row = 0; row < layer->n; row++) {
        const FmGeometry *geometry = fm_table_geometry(table, row);
        layer->positions[row] = position_of(geometry);
        if (geometry && layer->n_located++ == 0)
            layer->dimension = fm_geometry_dimension(geometry);
    }
    layer->tested = g_memdup2(layer->positions, layer->n * sizeof *layer->positions);
    layer->middle = middle_of(layer);
    return layer;
}

void fm_check_layer_free(FmLayer *layer)
{
    if (!layer)
        return;
    g_free(layer->positions);
    g_free(layer->tested);
    g_free(layer);
}

const char *fm_layer_text(const FmLayer *layer, gsize column, gsize row)
{
    return column == FM_COLUMN_NONE ? NULL : fm_table_text(layer->table, column, row);
}

char *fm_layer_dup_id(const FmLayer *layer, gsize row)
{
    char *id = NULL;
    if (layer->id != FM_COLUMN_NONE)
        id = fm_table_dup_as_text(layer->table, layer->id, row);
    return id ? id : g_strdup_printf("%" G_GSIZE_FORMAT, row + 1);
}

const char *fm_layer_name_of(const FmLayer *layer, gsize row)
{
    const char *name = fm_layer_text(layer, layer->name_zh, row);
    return name && *name ? name : fm_layer_text(layer, layer->name_en, row);
}
