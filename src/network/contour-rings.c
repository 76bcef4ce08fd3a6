/* From pieces of a level line to polygons.  Lines neither touch nor cross, so a ring is either
 * around an inside (counter-clockwise) or around a hole, and whose hole it is can be seen from any
 * one of its points. */
#include "contour.h"
#include "network-internal.h"

#include <math.h>
#include <stdlib.h>

typedef struct {
    gsize begin, end; /* in the points; the first is repeated at the end */
    double area_m2;   /* > 0: outer ring; < 0: hole */
    FmExtent extent;
    gsize owner;   /* of a hole: the outer ring around it */
    gboolean gone; /* a hole that is filled, or an island in one */
} Ring;

/* Shoelace, about the first point, in metres at the ring's middle latitude. */
static void measure_ring(Ring *ring, const FmLonLat *points)
{
    FmLonLat origin = points[ring->begin];
    double sum = 0, lon_m = 0, lat_m = 0;
    FmExtent *extent = &ring->extent;
    *extent = fm_extent_empty();
    for (gsize i = ring->begin; i < ring->end; i++) {
        extent->west_deg = MIN(extent->west_deg, points[i].lon_deg);
        extent->south_deg = MIN(extent->south_deg, points[i].lat_deg);
        extent->east_deg = MAX(extent->east_deg, points[i].lon_deg);
        extent->north_deg = MAX(extent->north_deg, points[i].lat_deg);
        if (i + 1 < ring->end)
            sum += (points[i].lon_deg - origin.lon_deg) * (points[i + 1].lat_deg - origin.lat_deg) -
                   (points[i + 1].lon_deg - origin.lon_deg) * (points[i].lat_deg - origin.lat_deg);
    }
    fm_contour_metres_per_degree((ring->extent.south_deg + ring->extent.north_deg) / 2, &lon_m,
                                 &lat_m);
    ring->area_m2 = sum / 2 * lon_m * lat_m;
}

static gboolean is_ring(const FmContourPiece *piece)
{
    return piece->from == piece->to;
}

/* The first piece of a line begins its ring. */
static void trace(const GArray *pieces, GArray *points, GArray *rings)
{
    g_autofree guint8 *done = g_new0(guint8, pieces->len);
    g_auto(FmVertexMap) by_edge = {0};
    fm_vertex_map_init(&by_edge);
    for (guint32 i = 0; i < pieces->len; i++) {
        const FmContourPiece *piece = &g_array_index(pieces, FmContourPiece, i);
        if (!is_ring(piece))
            fm_vertex_map_put(&by_edge, piece->from, i);
    }
    for (guint32 first = 0; first < pieces->len; first++) {
        if (done[first])
            continue;
        Ring ring = {.begin = points->len};
        for (guint32 i = first; !done[i];) {
            const FmContourPiece *piece = &g_array_index(pieces, FmContourPiece, i);
            done[i] = 1;
            g_array_append_vals(points, piece->points, piece->n);
            i = is_ring(piece) ? i : fm_vertex_map_get(&by_edge, piece->to);
        }
        FmLonLat start = g_array_index(points, FmLonLat, ring.begin);
        g_array_append_val(points, start);
        ring.end = points->len;
        measure_ring(&ring, &g_array_index(points, FmLonLat, 0));
        g_array_append_val(rings, ring);
    }
}

static gboolean may_surround(const Ring *ring, FmLonLat p)
{
    const FmExtent *e = &ring->extent;
    return p.lon_deg >= e->west_deg && p.lon_deg <= e->east_deg && p.lat_deg >= e->south_deg &&
           p.lat_deg <= e->north_deg;
}

static gboolean surrounds(const Ring *ring, const FmLonLat *points, FmLonLat p)
{
    if (!may_surround(ring, p))
        return FALSE;
    gboolean inside = FALSE;
    for (gsize i = ring->begin; i + 1 < ring->end; i++) {
        FmLonLat a = points[i], b = points[i + 1];
        if ((a.lat_deg > p.lat_deg) == (b.lat_deg > p.lat_deg))
            continue;
        double t = (p.lat_deg - a.lat_deg) / (b.lat_deg - a.lat_deg);
        if (p.lon_deg < a.lon_deg + t * (b.lon_deg - a.lon_deg))
            inside = !inside;
    }
    return inside;
}

/* The smallest ring around a hole.  Where only one may be it, it is that one: every hole has an
 * inside around it. */
static gsize owner_of(const Ring *all, const GArray *outer, const Ring *hole,
                      const FmLonLat *points)
{
    FmLonLat p = points[hole->begin];
    gsize owner = G_MAXSIZE, n = 0;
    for (guint o = 0; o < outer->len; o++) {
        guint i = g_array_index(outer, guint, o);
        if (all[i].area_m2 > -hole->area_m2 && may_surround(&all[i], p)) {
            owner = i;
            n++;
        }
    }
    if (n == 1)
        return owner;
    owner = G_MAXSIZE;
    for (guint o = 0; o < outer->len; o++) {
        guint i = g_array_index(outer, guint, o);
        if (all[i].area_m2 > -hole->area_m2 &&
            (owner == G_MAXSIZE || all[i].area_m2 < all[owner].area_m2) &&
            surrounds(&all[i], points, p))
            owner = i;
    }
    return owner;
}

/* ---- holes ------------------------------------------------------------------------------- */

static int compare_wests(const void *a, const void *b)
{
    const Ring *left = *(const Ring *const *)a, *right = *(const Ring *const *)b;
    double difference = left->extent.west_deg - right->extent.west_deg;
    return (difference > 0) - (difference < 0);
}

/* The first of rings, ascending by their west, that begins at or east of a meridian. */
static guint first_from(const GPtrArray *rings, double west_deg)
{
    guint low = 0, high = rings->len;
    while (low < high) {
        guint middle = (low + high) / 2;
        if (((const Ring *)rings->pdata[middle])->extent.west_deg < west_deg)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Small holes go, but not one in which there is a rival: that land is not to be had. */
static void fill_holes(GArray *rings, const FmLonLat *points, const FmContourHoles *holes)
{
    g_autoptr(GPtrArray) small = g_ptr_array_new();
    double widest_deg = 0;
    for (guint i = 0; i < rings->len; i++) {
        Ring *ring = &g_array_index(rings, Ring, i);
        ring->gone = ring->area_m2 < 0 && -ring->area_m2 < holes->max_m2;
        if (!ring->gone || -ring->area_m2 < holes->min_m2)
            continue;
        g_ptr_array_add(small, ring);
        widest_deg = MAX(widest_deg, ring->extent.east_deg - ring->extent.west_deg);
    }
    g_ptr_array_sort(small, compare_wests);
    for (gsize r = 0; small->len > 0 && r < holes->n_rivals; r++) {
        FmLonLat a = holes->rivals[r].a, b = holes->rivals[r].b;
        FmLonLat middle = {(a.lon_deg + b.lon_deg) / 2, (a.lat_deg + b.lat_deg) / 2};
        for (guint i = first_from(small, middle.lon_deg - widest_deg); i < small->len; i++) {
            Ring *hole = small->pdata[i];
            if (hole->extent.west_deg > middle.lon_deg)
                break;
            hole->gone = hole->gone && !surrounds(hole, points, middle);
        }
    }
}

/* Who owns the holes that stay, and what goes with those that do not. */
static void sort_out(GArray *rings, const FmLonLat *points)
{
    Ring *all = &g_array_index(rings, Ring, 0);
    /* Most rings are holes between streets: only the few others are looked at for each. */
    g_autoptr(GArray) outer = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < rings->len; i++)
        if (all[i].area_m2 > 0)
            g_array_append_val(outer, i);
    for (guint h = 0; h < rings->len; h++) {
        Ring *hole = &all[h];
        if (hole->area_m2 >= 0)
            continue;
        hole->owner = hole->gone ? G_MAXSIZE : owner_of(all, outer, hole, points);
        for (guint o = 0; hole->gone && o < outer->len; o++) {
            Ring *ring = &all[g_array_index(outer, guint, o)];
            if (ring->area_m2 < -hole->area_m2 && surrounds(hole, points, points[ring->begin]))
                ring->gone = TRUE;
        }
    }
}

static void append_ring(const FmLonLat *points, const Ring *ring, GArray *out, GArray *path_end)
{
    g_array_append_vals(out, points + ring->begin, (guint)(ring->end - ring->begin));
    gsize end = out->len;
    g_array_append_val(path_end, end);
}

static int compare_owners(const void *a, const void *b)
{
    const Ring *left = *(const Ring *const *)a, *right = *(const Ring *const *)b;
    if (left->owner != right->owner)
        return left->owner < right->owner ? -1 : 1;
    return (left->begin > right->begin) - (left->begin < right->begin);
}

FmGeometry *fm_contour_polygons(const GArray *pieces, const FmContourHoles *filled)
{
    if (pieces->len == 0)
        return NULL;
    g_autoptr(GArray) points = g_array_new(FALSE, FALSE, sizeof(FmLonLat));
    g_autoptr(GArray) rings = g_array_new(FALSE, FALSE, sizeof(Ring));
    trace(pieces, points, rings);
    const FmLonLat *all = &g_array_index(points, FmLonLat, 0);
    fill_holes(rings, all, filled);
    sort_out(rings, all);
    g_autoptr(GPtrArray) holes = g_ptr_array_new();
    for (guint i = 0; i < rings->len; i++) {
        Ring *ring = &g_array_index(rings, Ring, i);
        if (ring->area_m2 < 0 && !ring->gone)
            g_ptr_array_add(holes, ring);
    }
    g_ptr_array_sort(holes, compare_owners);

    GArray *out = g_array_new(FALSE, FALSE, sizeof(FmLonLat));
    GArray *path_end = g_array_new(FALSE, FALSE, sizeof(gsize));
    GArray *part_end = g_array_new(FALSE, FALSE, sizeof(gsize));
    guint next = 0;
    for (guint i = 0; i < rings->len; i++) {
        const Ring *ring = &g_array_index(rings, Ring, i);
        if (ring->area_m2 <= 0 || ring->gone)
            continue;
        append_ring(all, ring, out, path_end);
        for (; next < holes->len && ((const Ring *)holes->pdata[next])->owner == i; next++)
            append_ring(all, holes->pdata[next], out, path_end);
        gsize end = path_end->len;
        g_array_append_val(part_end, end);
    }
    FmGeometry *polygons = g_new0(FmGeometry, 1);
    polygons->type = part_end->len > 1 ? FM_GEOMETRY_MULTIPOLYGON : FM_GEOMETRY_POLYGON;
    polygons->n_points = out->len;
    polygons->n_paths = path_end->len;
    polygons->n_parts = part_end->len;
    polygons->points = (FmLonLat *)(gpointer)g_array_free(out, FALSE);
    polygons->path_end = (gsize *)(gpointer)g_array_free(path_end, FALSE);
    polygons->part_end = (gsize *)(gpointer)g_array_free(part_end, FALSE);
    return polygons;
}
