/* The geometry type: making, copying, and questions that need no geodesy. */
#include "geometry-internal.h"

#include <math.h>
#include <string.h>

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
    builder->points = builder->own_points;
    builder->path_end = builder->own_path_end;
    builder->part_end = builder->own_part_end;
    builder->n_points = builder->n_paths = builder->n_parts = 0;
    builder->room_points = FM_BUILDER_POINTS;
    builder->room_paths = builder->room_parts = FM_BUILDER_ENDS;
}

void fm_geometry_builder_clear(FmGeometryBuilder *builder)
{
    if (builder->points != builder->own_points) {
        g_free(builder->points);
    }
    if (builder->path_end != builder->own_path_end) {
        g_free(builder->path_end);
    }
    if (builder->part_end != builder->own_part_end) {
        g_free(builder->part_end);
    }
    fm_geometry_builder_init(builder);
}

/* Room for `wanted` elements, at least twice as many as before; the builder's `own` array is left
 * to it. */
static void *grow(void *array, const void *own, gsize *room, gsize wanted, gsize element_size)
{
    gsize before = *room;

    *room = MAX(wanted, 2 * before);
    if (array != own) {
        return g_realloc_n(array, *room, element_size);
    }
    void *larger = g_malloc_n(*room, element_size);
    memcpy(larger, own, before * element_size);
    return larger;
}

void fm_geometry_builder_reserve(FmGeometryBuilder *builder, gsize n)
{
    if (builder->room_points - builder->n_points < n) {
        builder->points = grow(builder->points, builder->own_points, &builder->room_points,
                               builder->n_points + n, sizeof *builder->points);
    }
}

void fm_geometry_builder_point(FmGeometryBuilder *builder, FmLonLat point)
{
    fm_geometry_builder_reserve(builder, 1);
    builder->points[builder->n_points++] = point;
}

void fm_geometry_builder_end_path(FmGeometryBuilder *builder)
{
    if (builder->n_paths == builder->room_paths) {
        builder->path_end = grow(builder->path_end, builder->own_path_end, &builder->room_paths,
                                 builder->n_paths + 1, sizeof *builder->path_end);
    }
    builder->path_end[builder->n_paths++] = builder->n_points;
}

void fm_geometry_builder_end_part(FmGeometryBuilder *builder)
{
    if (builder->n_parts == builder->room_parts) {
        builder->part_end = grow(builder->part_end, builder->own_part_end, &builder->room_parts,
                                 builder->n_parts + 1, sizeof *builder->part_end);
    }
    builder->part_end[builder->n_parts++] = builder->n_paths;
}

gsize fm_geometry_builder_open_points(const FmGeometryBuilder *builder)
{
    gsize begin = builder->n_paths == 0 ? 0 : builder->path_end[builder->n_paths - 1];

    return builder->n_points - begin;
}

const char *fm_geometry_builder_path_fault(const FmGeometryBuilder *builder, guint dimension)
{
    gsize n = fm_geometry_builder_open_points(builder);
    gsize end = builder->n_points;

    if (dimension == 1 && n < 2) {
        return "line with fewer than two points";
    }
    if (dimension == 2 && n < 4) {
        return "ring with fewer than four points";
    }
    if (dimension == 2) {
        FmLonLat first = builder->points[end - n], last = builder->points[end - 1];
        if (first.lon_deg != last.lon_deg || first.lat_deg != last.lat_deg) {
            return "ring that is not closed";
        }
    }
    return NULL;
}

/* A geometry and its arrays in one block, which is told by their lying end to end.  A layer may
 * have millions of them, each of a few points. */
static FmGeometry *new_packed(FmGeometryType type, gsize n_points, gsize n_paths, gsize n_parts)
{
    FmGeometry *geometry = g_malloc(sizeof *geometry + n_points * sizeof *geometry->points +
                                    (n_paths + n_parts) * sizeof *geometry->path_end);

    geometry->type = type;
    geometry->n_points = n_points;
    geometry->n_paths = n_paths;
    geometry->n_parts = n_parts;
    geometry->points = (FmLonLat *)(void *)(geometry + 1);
    geometry->path_end = (gsize *)(void *)(geometry->points + n_points);
    geometry->part_end = geometry->path_end + n_paths;
    return geometry;
}

static gboolean is_packed(const FmGeometry *geometry)
{
    return (const void *)geometry->points == (const void *)(geometry + 1) &&
           (const void *)geometry->path_end ==
               (const void *)(geometry->points + geometry->n_points) &&
           geometry->part_end == geometry->path_end + geometry->n_paths;
}

/* A packed geometry of these arrays, which are copied. */
static FmGeometry *pack(FmGeometryType type, const FmLonLat *points, gsize n_points,
                        const gsize *path_end, gsize n_paths, const gsize *part_end, gsize n_parts)
{
    FmGeometry *geometry = new_packed(type, n_points, n_paths, n_parts);

    memcpy(geometry->points, points, n_points * sizeof *points);
    memcpy(geometry->path_end, path_end, n_paths * sizeof *path_end);
    memcpy(geometry->part_end, part_end, n_parts * sizeof *part_end);
    return geometry;
}

FmGeometry *fm_geometry_builder_finish(FmGeometryBuilder *builder, FmGeometryType type)
{
    FmGeometry *geometry = pack(type, builder->points, builder->n_points, builder->path_end,
                                builder->n_paths, builder->part_end, builder->n_parts);

    fm_geometry_builder_clear(builder);
    return geometry;
}

FmGeometry *fm_geometry_new_point(FmLonLat position)
{
    static const gsize end = 1;

    return pack(FM_GEOMETRY_POINT, &position, 1, &end, 1, &end, 1);
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
    return pack(geometry->type, geometry->points, geometry->n_points, geometry->path_end,
                geometry->n_paths, geometry->part_end, geometry->n_parts);
}

void fm_geometry_free(FmGeometry *geometry)
{
    if (geometry == NULL) {
        return;
    }
    if (!is_packed(geometry)) {
        g_free(geometry->points);
        g_free(geometry->path_end);
        g_free(geometry->part_end);
    }
    g_free(geometry);
}

/* ---- bounds ---- */

FmExtent fm_geometry_extent(const FmGeometry *geometry)
{
    double west = INFINITY, south = INFINITY, east = -INFINITY, north = -INFINITY;

    for (gsize i = 0; i < geometry->n_points; i++) {
        FmLonLat p = geometry->points[i];
        west = MIN(west, p.lon_deg);
        south = MIN(south, p.lat_deg);
        east = MAX(east, p.lon_deg);
        north = MAX(north, p.lat_deg);
    }
    return (FmExtent){west, south, east, north};
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
