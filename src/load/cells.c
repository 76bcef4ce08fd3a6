/* Grid cells from their centres: squares in a projected CRS, so that they tile without gaps. */
#include "load-internal.h"

/* Below a centimetre cells vanish in the precision of real positions; above 1000 km no projected
 * system keeps them square. */
#define MIN_CELL_M 0.01
#define MAX_CELL_M 1e6

typedef struct {
    FmTransform *there, *back;
} Pair;

static void pair_clear(Pair *pair)
{
    g_clear_pointer(&pair->there, fm_transform_free);
    g_clear_pointer(&pair->back, fm_transform_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Pair, pair_clear)

static FmCrs *choose_crs(const GPtrArray *geometries, const char *cells, GError **error)
{
    FmExtent extent = fm_extent_empty();

    if (cells != NULL) {
        return fm_crs_new(cells, error);
    }
    for (guint i = 0; i < geometries->len; i++) {
        const FmGeometry *geometry = g_ptr_array_index(geometries, i);
        if (geometry != NULL && geometry->type == FM_GEOMETRY_POINT) {
            extent = fm_extent_union(extent, fm_geometry_extent(geometry));
        }
    }
    return fm_crs_for_extent(&extent, error);
}

static gboolean pair_init(Pair *pair, const FmCrs *projected, GError **error)
{
    g_autoptr(FmCrs) wgs84 = fm_crs_new("EPSG:4326", error);

    *pair = (Pair){0};
    if (wgs84 == NULL) {
        return FALSE;
    }
    pair->there = fm_transform_new(wgs84, projected, error);
    pair->back = pair->there != NULL ? fm_transform_new(projected, wgs84, error) : NULL;
    return pair->back != NULL;
}

static FmGeometry *square_around(const Pair *pair, FmLonLat centre, double cell_m, GError **error)
{
    double middle[1][2] = {{centre.lon_deg, centre.lat_deg}};
    static const double corners[4][2] = {{-0.5, -0.5}, {0.5, -0.5}, {0.5, 0.5}, {-0.5, 0.5}};
    double xy[4][2];
    FmLonLat ring[4];

    if (!fm_transform_apply(pair->there, middle, 1, error)) {
        return NULL;
    }
    for (gsize i = 0; i < 4; i++) {
        xy[i][0] = middle[0][0] + corners[i][0] * cell_m;
        xy[i][1] = middle[0][1] + corners[i][1] * cell_m;
    }
    if (!fm_transform_apply(pair->back, xy, 4, error)) {
        return NULL;
    }
    for (gsize i = 0; i < 4; i++) {
        ring[i] = (FmLonLat){xy[i][0], xy[i][1]};
    }
    return fm_geometry_new_path(FM_GEOMETRY_POLYGON, ring, 4);
}

gboolean fm_cells_check(const FmSource *source, GError **error)
{
    if (source->cell_m == 0 || (source->cell_m >= MIN_CELL_M && source->cell_m <= MAX_CELL_M)) {
        return TRUE;
    }
    g_autofree char *name = fm_path_name(source->path);
    g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                "%s: cells of %g m: their side must be 0.01 to 1000000 m", name, source->cell_m);
    return FALSE;
}

gboolean fm_cells_make(GPtrArray *geometries, double cell_m, const char *cells, const char *name,
                       FmProblems *problems, GError **error)
{
    gboolean any = FALSE;

    for (guint i = 0; i < geometries->len; i++) {
        const FmGeometry *geometry = g_ptr_array_index(geometries, i);
        any = any || (geometry != NULL && geometry->type == FM_GEOMETRY_POINT);
    }
    if (!any) {
        return TRUE;
    }
    g_autoptr(FmCrs) projected = choose_crs(geometries, cells, error);
    g_auto(Pair) pair = {0};
    if (projected == NULL || !pair_init(&pair, projected, error)) {
        g_prefix_error(error, "%s: cells: ", name);
        return FALSE;
    }
    for (guint row = 0; row < geometries->len; row++) {
        g_autoptr(FmGeometry) geometry = g_steal_pointer(&g_ptr_array_index(geometries, row));
        g_autoptr(GError) failure = NULL;
        if (geometry == NULL) {
            continue;
        }
        if (geometry->type != FM_GEOMETRY_POINT) {
            fm_problems_add(problems, row, "geometry", fm_geometry_type_name(geometry->type),
                            "not a point, as the centre of a cell must be");
            continue;
        }
        g_ptr_array_index(geometries, row) =
            square_around(&pair, geometry->points[0], cell_m, &failure);
        if (failure != NULL) {
            fm_problems_add(problems, row, "geometry", NULL, "%s", failure->message);
        }
    }
    return TRUE;
}
