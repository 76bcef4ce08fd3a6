/* Shared inside geo: growing a geometry path by path, and the checks that all readers share. */
#ifndef FM_GEOMETRY_INTERNAL_H
#define FM_GEOMETRY_INTERNAL_H

#include <facmap/geometry.h>

#define FM_BUILDER_POINTS 32
#define FM_BUILDER_ENDS 8

/** A geometry in the making: append points, then end the path, then end the part.  Most geometries
 *  are small and are put together in place: that leaves one allocation for each, its result.  Not
 *  to be copied: the arrays may be its own. */
typedef struct {
    FmLonLat *points;
    gsize *path_end, *part_end;
    gsize n_points, n_paths, n_parts;
    gsize room_points, room_paths, room_parts; /* of the arrays */
    FmLonLat own_points[FM_BUILDER_POINTS];
    gsize own_path_end[FM_BUILDER_ENDS], own_part_end[FM_BUILDER_ENDS];
} FmGeometryBuilder;

void fm_geometry_builder_init(FmGeometryBuilder *builder);
void fm_geometry_builder_clear(FmGeometryBuilder *builder);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmGeometryBuilder, fm_geometry_builder_clear)

/* Make room for n further points, which saves growing step by step. */
void fm_geometry_builder_reserve(FmGeometryBuilder *builder, gsize n);
void fm_geometry_builder_point(FmGeometryBuilder *builder, FmLonLat point);
void fm_geometry_builder_end_path(FmGeometryBuilder *builder);
void fm_geometry_builder_end_part(FmGeometryBuilder *builder);

/** Points of the path that is not ended yet. */
gsize fm_geometry_builder_open_points(const FmGeometryBuilder *builder);

/** What is wrong with the open path as a path of a `dimension`-dimensional geometry, or NULL;
 *  static storage: a line of one point, a ring that is open or has fewer than four points. */
const char *fm_geometry_builder_path_fault(const FmGeometryBuilder *builder, guint dimension);

/** What was built, in one block; the builder is then empty and need not be cleared.
 *  @return transfer full */
FmGeometry *fm_geometry_builder_finish(FmGeometryBuilder *builder, FmGeometryType type);

/** 0, 1 or 2; 3 for FM_GEOMETRY_NONE and FM_GEOMETRY_ANY. */
guint fm_geometry_type_dimension(FmGeometryType type);

gboolean fm_geometry_type_is_multi(FmGeometryType type);

/** The single or multi type of a dimension (0 … 2). */
FmGeometryType fm_geometry_type_of(guint dimension, gboolean multi);

/** First index of path p's points, and of part q's paths. */
static inline gsize fm_geometry_path_begin(const FmGeometry *geometry, gsize path)
{
    return path == 0 ? 0 : geometry->path_end[path - 1];
}

static inline gsize fm_geometry_part_begin(const FmGeometry *geometry, gsize part)
{
    return part == 0 ? 0 : geometry->part_end[part - 1];
}

#endif
