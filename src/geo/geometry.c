/* The geometry type: making, copying, and questions that need no geodesy. */
#include "geometry-internal.h"

#include <math.h>

/* ---- types ---- */

static const struct {
    const char *name;
    guint dimension;
    gboolean multi;
} types[] = {
    [FM_GEOMETRY_NONE] = {"NONE", 3, FALSE},
    [FM_GEOMETRY_POINT] = {"POINT", 0, FALSE},
    [FM_GEOMETRY_LINESTRING] = {"LINESTRING", 1, FALSE},
    [FM_GEOMETRY_POLYGON] = {"POLYGON", 2, FALSE},
    [FM_GEOMETRY_MULTIPOINT] = {"MULTIPOINT", 0, TRUE},
    [FM_GEOMETRY_MULTILINESTRING] = {"MULTILINESTRING", 1, TRUE},
    [FM_GEOMETRY_MULTIPOLYGON] = {"MULTIPOLYGON", 2, TRUE},
    [FM_GEOMETRY_ANY] = {"GEOMETRY", 3, FALSE},
};

const char *fm_geometry_type_name(FmGeometryType type)
{
    g_return_val_if_fail((guint)type < G_N_ELEMENTS(types), NULL);
    return types[type].name;
}

guint fm_geometry_type_dimension(FmGeometryType type)
{
    return types[type].dimension;
}

gboolean fm_geometry_type_is_multi(FmGeometryType type)
{
    return types[type].multi;
}

FmGeometryType fm_geometry_type_of(guint dimension, gboolean multi)
{
    static const FmGeometryType of[3][2] = {
        {FM_GEOMETRY_POINT, FM_GEOMETRY_MULTIPOINT},
        {FM_GEOMETRY_LINESTRING, FM_GEOMETRY_MULTILINESTRING},
        {FM_GEOMETRY_POLYGON, FM_GEOMETRY_MULTIPOLYGON},
    };
    return of[dimension][multi ? 1 : 0];
}

guint fm_geometry_dimension(const FmGeometry *geometry)
{
    return fm_geometry_type_dimension(geometry->type);
}

FmGeometryType fm_geometry_type_union(FmGeometryType a, FmGeometryType b)
{
    if (a == b || b == FM_GEOMETRY_NONE) {
        return a;
    }
    if (a == FM_GEOMETRY_NONE) {
        return b;
    }
    guint dimension = fm_geometry_type_dimension(a);
    if (dimension > 2 || dimension != fm_geometry_type_dimension(b)) {
        return FM_GEOMETRY_ANY;
    }
    return fm_geometry_type_of(dimension, TRUE);
}

/* ---- making ---- */

void fm_geometry_builder_init(FmGeometryBuilder *builder)
{
    builder->points = g_array_new(FALSE, FALSE, sizeof(FmLonLat));
    builder->path_end = g_array_new(FALSE, FALSE, sizeof(gsize));
    builder->part_end = g_array_new(FALSE, FALSE, sizeof(gsize));
}

void fm_geometry_builder_clear(FmGeometryBuilder *builder)
{
    g_clear_pointer(&builder->points, g_array_unref);
    g_clear_pointer(&builder->path_end, g_array_unref);
    g_clear_pointer(&builder->part_end, g_array_unref);
}

void fm_geometry_builder_reserve(FmGeometryBuilder *builder, gsize n)
{
    guint before = builder->points->len;

    g_array_set_size(builder->points, before + (guint)n);
    g_array_set_size(builder->points, before);
}

void fm_geometry_builder_point(FmGeometryBuilder *builder, FmLonLat point)
{
    g_array_append_val(builder->points, point);
}

void fm_geometry_builder_end_path(FmGeometryBuilder *builder)
{
    gsize end = builder->points->len;

    g_array_append_val(builder->path_end, end);
}

void fm_geometry_builder_end_part(FmGeometryBuilder *builder)
{
    gsize end = builder->path_end->len;

    g_array_append_val(builder->part_end, end);
}

gsize fm_geometry_builder_open_points(const FmGeometryBuilder *builder)
{
    guint n_paths = builder->path_end->len;
    gsize begin = n_paths == 0 ? 0 : g_array_index(builder->path_end, gsize, n_paths - 1);

    return builder->points->len - begin;
}

const char *fm_geometry_builder_path_fault(const FmGeometryBuilder *builder, guint dimension)
{
    gsize n = fm_geometry_builder_open_points(builder);
    guint end = builder->points->len;

    if (dimension == 1 && n < 2) {
        return "line with fewer than two points";
    }
    if (dimension == 2 && n < 4) {
        return "ring with fewer than four points";
    }
    if (dimension == 2) {
        FmLonLat first = g_array_index(builder->points, FmLonLat, end - (guint)n);
        FmLonLat last = g_array_index(builder->points, FmLonLat, end - 1);
        if (first.lon_deg != last.lon_deg || first.lat_deg != last.lat_deg) {
            return "ring that is not closed";
        }
    }
    return NULL;
}

FmGeometry *fm_geometry_builder_finish(FmGeometryBuilder *builder, FmGeometryType type)
{
    FmGeometry *geometry = g_new0(FmGeometry, 1);

    geometry->type = type;
    geometry->n_points = builder->points->len;
    geometry->n_paths = builder->path_end->len;
    geometry->n_parts = builder->part_end->len;
    geometry->points = (FmLonLat *)(void *)g_array_free(builder->points, FALSE);
    geometry->path_end = (gsize *)(void *)g_array_free(builder->path_end, FALSE);
    geometry->part_end = (gsize *)(void *)g_array_free(builder->part_end, FALSE);
    *builder = (FmGeometryBuilder){NULL, NULL, NULL};
    return geometry;
}

FmGeometry *fm_geometry_new_point(FmLonLat position)
{
    FmGeometry *geometry = g_new0(FmGeometry, 1);

    /* What a builder would give, without its arrays: there are millions of points. */
    geometry->type = FM_GEOMETRY_POINT;
    geometry->n_points = geometry->n_paths = geometry->n_parts = 1;
    geometry->points = g_memdup2(&position, sizeof position);
    geometry->path_end = g_new(gsize, 1);
    geometry->part_end = g_new(gsize, 1);
    geometry->path_end[0] = geometry->part_end[0] = 1;
    return geometry;
}

FmGeometry *fm_geometry_new_path(FmGeometryType type, const FmLonLat *points, gsize n)
{
    gboolean ring = type == FM_GEOMETRY_POLYGON;
    FmGeometryBuilder builder;

    g_return_val_if_fail(ring || type == FM_GEOMETRY_LINESTRING, NULL);
    g_return_val_if_fail(n >= (ring ? 3 : 2), NULL);

    gboolean closed =
        points[0].lon_deg == points[n - 1].lon_deg && points[0].lat_deg == points[n - 1].lat_deg;
    g_return_val_if_fail(!(ring && closed) || n >= 4, NULL);

    fm_geometry_builder_init(&builder);
    for (gsize i = 0; i < n; i++) {
        fm_geometry_builder_point(&builder, points[i]);
    }
    if (ring && !closed) {
        fm_geometry_builder_point(&builder, points[0]);
    }
    fm_geometry_builder_end_path(&builder);
    fm_geometry_builder_end_part(&builder);
    return fm_geometry_builder_finish(&builder, type);
}

FmGeometry *fm_geometry_copy(const FmGeometry *geometry)
{
    FmGeometry *copy = g_new(FmGeometry, 1);

    *copy = *geometry;
    copy->points = g_memdup2(geometry->points, geometry->n_points * sizeof *copy->points);
    copy->path_end = g_memdup2(geometry->path_end, geometry->n_paths * sizeof *copy->path_end);
    copy->part_end = g_memdup2(geometry->part_end, geometry->n_parts * sizeof *copy->part_end);
    return copy;
}

void fm_geometry_free(FmGeometry *geometry)
{
    if (geometry == NULL) {
        return;
    }
    g_free(geometry->points);
    g_free(geometry->path_end);
    g_free(geometry->part_end);
    g_free(geometry);
}

/* ---- bounds ---- */

FmExtent fm_geometry_extent(const FmGeometry *geometry)
{
    FmExtent extent = fm_extent_empty();

    for (gsize i = 0; i < geometry->n_points; i++) {
        FmLonLat p = geometry->points[i];
        extent = fm_extent_union(extent, (FmExtent){p.lon_deg, p.lat_deg, p.lon_deg, p.lat_deg});
    }
    return extent;
}

FmExtent fm_extent_empty(void)
{
    return (FmExtent){INFINITY, INFINITY, -INFINITY, -INFINITY};
}

gboolean fm_extent_is_empty(const FmExtent *extent)
{
    return !(extent->west_deg <= extent->east_deg);
}

FmExtent fm_extent_union(FmExtent a, FmExtent b)
{
    return (FmExtent){
        .west_deg = MIN(a.west_deg, b.west_deg),
        .south_deg = MIN(a.south_deg, b.south_deg),
        .east_deg = MAX(a.east_deg, b.east_deg),
        .north_deg = MAX(a.north_deg, b.north_deg),
    };
}
