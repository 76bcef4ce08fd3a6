/* What if a road were closed?  Pieces of road are taken away before chains are joined, so that a
 * closure is no longer than the piece between two junctions that it lies on.
 *   a point    closes the nearest piece within 20 m; at a junction all that meet there
 *   a line     closes pieces that share more than half of the shorter of the two with it, to 1 m
 *   a polygon  closes pieces that run through it or along its border */
#include "network-internal.h"

#include <math.h>

#define POINT_REACH_M 20.0
#define ALONG_M 1.0
#define ALONG_SHARE 0.5
/* Pieces that a point is equally near to: rounding of geodesics, and no more. */
#define SAME_M 1e-6
/* A degree of latitude is nowhere shorter, so that boxes in degrees can be compared first. */
#define LATITUDE_DEGREE_M 110500.0
#define WIDEST_LATITUDE_DEG 89.0

typedef struct {
    const FmLines *lines;
    FmPieces *pieces;
    FmExtent *boxes;  /* by piece: every feature asks all of them */
    gboolean *closed; /* by piece */
} Closing;

static const FmPiece *piece_at(const Closing *closing, guint32 piece)
{
    return &g_array_index(closing->pieces->pieces, FmPiece, piece);
}

static const FmLonLat *points_of(const Closing *closing, guint32 piece)
{
    return &g_array_index(closing->lines->points, FmLonLat, piece_at(closing, piece)->first);
}

FmExtent fm_extent_widened(FmExtent extent, double by_m)
{
    double lat_deg = MAX(fabs(extent.south_deg), fabs(extent.north_deg));
    double degree = LATITUDE_DEGREE_M * cos(MIN(lat_deg, WIDEST_LATITUDE_DEG) * (G_PI / 180));
    double lat = by_m / LATITUDE_DEGREE_M, lon = by_m / degree;

    return (FmExtent){extent.west_deg - lon, extent.south_deg - lat, extent.east_deg + lon,
                      extent.north_deg + lat};
}

FmExtent fm_extent_of_points(const FmLonLat *points, gsize n)
{
    FmExtent box = fm_extent_empty();

    for (gsize i = 0; i < n; i++) {
        box.west_deg = MIN(box.west_deg, points[i].lon_deg);
        box.east_deg = MAX(box.east_deg, points[i].lon_deg);
        box.south_deg = MIN(box.south_deg, points[i].lat_deg);
        box.north_deg = MAX(box.north_deg, points[i].lat_deg);
    }
    return box;
}

gboolean fm_extents_meet(const FmExtent *a, const FmExtent *b)
{
    return a->west_deg <= b->east_deg && a->east_deg >= b->west_deg &&
           a->south_deg <= b->north_deg && a->north_deg >= b->south_deg;
}

/* ---- points ------------------------------------------------------------------------------ */

static double distance_to(const Closing *closing, guint32 piece, FmLonLat at)
{
    const FmLonLat *points = points_of(closing, piece);
    double nearest_m = (double)INFINITY;

    for (guint32 i = 1; i < piece_at(closing, piece)->n; i++) {
        nearest_m = MIN(nearest_m, fm_geodesic_point_segment_m(at, points[i - 1], points[i], NULL));
    }
    return nearest_m;
}

static guint close_at(Closing *closing, FmLonLat at)
{
    guint32 n = closing->pieces->pieces->len;
    FmExtent box = fm_extent_widened((FmExtent){at.lon_deg, at.lat_deg, at.lon_deg, at.lat_deg},
                                     POINT_REACH_M);
    g_autoptr(GArray) near = g_array_new(FALSE, FALSE, sizeof(FmNeighbour));
    double nearest_m = POINT_REACH_M;
    guint n_closed = 0;

    for (guint32 i = 0; i < n; i++) {
        if (fm_extents_meet(&box, &closing->boxes[i])) {
            FmNeighbour one = {i, distance_to(closing, i, at)};
            nearest_m = MIN(nearest_m, one.distance_m);
            g_array_append_val(near, one);
        }
    }
    for (guint i = 0; i < near->len; i++) {
        const FmNeighbour *one = &g_array_index(near, FmNeighbour, i);
        if (one->distance_m <= nearest_m + SAME_M && one->distance_m <= POINT_REACH_M) {
            closing->closed[one->index] = TRUE;
            n_closed++;
        }
    }
    return n_closed;
}

/* ---- lines and polygons ------------------------------------------------------------------ */

/* Does the piece share more than `least_m` with the area? */
static gboolean passes_through(const Closing *closing, guint32 piece, const FmGeometry *area,
                               double least_m, gboolean *passes, GError **error)
{
    g_autoptr(FmGeometry) line = fm_geometry_new_path(
        FM_GEOMETRY_LINESTRING, points_of(closing, piece), piece_at(closing, piece)->n);
    g_autoptr(GError) failure = NULL;
    g_autoptr(FmGeometry) shared = fm_geometry_intersection(line, area, &failure);

    if (failure != NULL) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    *passes = shared != NULL && fm_geometry_dimension(shared) == 1 &&
              fm_geodesic_length_m(shared) > least_m;
    return TRUE;
}

static gboolean close_along(Closing *closing, const FmGeometry *geometry, guint *n_closed,
                            GError **error)
{
    gboolean line = fm_geometry_dimension(geometry) == 1;
    double length_m = line ? fm_geodesic_length_m(geometry) : 0;
    g_autoptr(FmGeometry) around = line ? fm_geometry_buffer(geometry, ALONG_M, 0, error) : NULL;
    const FmGeometry *area = line ? around : geometry;

    if (area == NULL) {
        return FALSE;
    }
    FmExtent box = fm_geometry_extent(area);
    for (guint32 i = 0; i < closing->pieces->pieces->len; i++) {
        const FmPiece *piece = piece_at(closing, i);
        double least_m = ALONG_SHARE * MIN(length_m, piece->length_m);
        gboolean passes = FALSE;
        if (!fm_extents_meet(&box, &closing->boxes[i])) {
            continue;
        }
        if (!passes_through(closing, i, area, least_m, &passes, error)) {
            return FALSE;
        }
        closing->closed[i] |= passes;
        *n_closed += passes ? 1 : 0;
    }
    return TRUE;
}

/* ---- the layer --------------------------------------------------------------------------- */

static gboolean close_row(Closing *closing, const char *name, const FmTable *table, gsize row,
                          GPtrArray *warnings, GError **error)
{
    const FmGeometry *geometry = fm_table_geometry(table, row);
    guint n_closed = 0;

    if (geometry != NULL && fm_geometry_dimension(geometry) == 0) {
        for (gsize i = 0; i < geometry->n_points; i++) {
            n_closed += close_at(closing, geometry->points[i]);
        }
    } else if (geometry != NULL && !close_along(closing, geometry, &n_closed, error)) {
        g_prefix_error(error, "layer '%s', row %" G_GSIZE_FORMAT ": ", name, row + 1);
        return FALSE;
    }
    if (n_closed == 0) {
        g_ptr_array_add(warnings, g_strdup_printf("layer '%s', row %" G_GSIZE_FORMAT
                                                  " closes no road: none lies there",
                                                  name, row + 1));
    }
    return TRUE;
}

static void remove_closed(Closing *closing)
{
    GArray *pieces = closing->pieces->pieces;
    guint kept = 0;

    for (guint i = 0; i < pieces->len; i++) {
        if (!closing->closed[i]) {
            g_array_index(pieces, FmPiece, kept++) = g_array_index(pieces, FmPiece, i);
        }
    }
    g_array_set_size(pieces, kept);
}

gboolean fm_roads_close(FmPieces *pieces, const FmLines *lines, FmWorkspace *workspace,
                        const char *name, GPtrArray *warnings, GError **error)
{
    g_autoptr(FmTable) table = fm_workspace_read(workspace, name, NULL, NULL, error);
    if (table == NULL) {
        return FALSE;
    }
    guint32 n = pieces->pieces->len;
    g_autofree gboolean *closed = g_new0(gboolean, MAX(n, 1u));
    g_autofree FmExtent *boxes = g_new(FmExtent, MAX(n, 1u));
    Closing closing = {lines, pieces, boxes, closed};

    for (guint32 i = 0; i < n; i++) {
        boxes[i] = fm_extent_of_points(points_of(&closing, i), piece_at(&closing, i)->n);
    }
    for (gsize row = 0; row < fm_table_n_rows(table); row++) {
        if (!close_row(&closing, name, table, row, warnings, error)) {
            return FALSE;
        }
    }
    remove_closed(&closing);
    return TRUE;
}
