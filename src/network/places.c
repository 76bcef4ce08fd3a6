/* Places on the network: their entrances are laid out flat, snapped in parallel, and gathered in
 * the order of the places. */
#include "reach-internal.h"

#include <math.h>

enum { GRAIN = 64 };

/* A line, or the outline of an area, can be entered at least this often. */
#define ENTRANCE_SPACING_M 100.0

typedef struct {
    const FmSnapper *snapper;
    const FmLonLat *positions;
    double max_m;
    GArray **chunks;  /* FmSnap, one array a chunk */
    guint32 *n_snaps; /* one a position */
} SnapJob;

static gboolean snap_chunk(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)worker, (void)error;
    SnapJob *job = user;
    GArray *snaps = job->chunks[begin / GRAIN];
    for (gsize i = begin; i < end; i++) {
        guint before = snaps->len;
        fm_snapper_snap_all(job->snapper, job->positions[i], job->max_m, snaps);
        job->n_snaps[i] = snaps->len - before;
    }
    return TRUE;
}

/* Put the snaps of all positions where their places want them.
 * @param first n_places + 1: positions of each place */
static FmPlaces *gather(const SnapJob *job, const gsize *first, gsize n_places)
{
    FmPlaces *places = g_new0(FmPlaces, 1);
    gsize n = first[n_places], n_entrances = 0;
    for (gsize i = 0; i < n; i++)
        n_entrances += job->n_snaps[i];
    places->n = n_places;
    places->first = g_new(gsize, n_places + 1);
    places->entrances = g_new(FmSnap, n_entrances);
    places->positions = g_new(FmLonLat, n_entrances);
    gsize next = 0, in_chunk = 0;
    for (gsize place = 0; place < n_places; place++) {
        places->first[place] = next;
        for (gsize i = first[place]; i < first[place + 1]; i++) {
            const GArray *chunk = job->chunks[i / GRAIN];
            in_chunk = i % GRAIN == 0 ? 0 : in_chunk;
            for (guint32 s = 0; s < job->n_snaps[i]; s++) {
                places->entrances[next] = g_array_index(chunk, FmSnap, in_chunk++);
                places->positions[next++] = job->positions[i];
            }
        }
    }
    places->first[n_places] = next;
    return places;
}

static FmPlaces *snap_positions(const FmSnapper *snapper, const FmLonLat *positions,
                                const gsize *first, gsize n_places, double max_m, guint n_threads,
                                const FmProgress *progress, GError **error)
{
    gsize n = first[n_places], n_chunks = (n + GRAIN - 1) / GRAIN;
    g_autofree guint32 *n_snaps = g_new0(guint32, n);
    g_autofree GArray **chunks = g_new(GArray *, n_chunks);
    for (gsize c = 0; c < n_chunks; c++)
        chunks[c] = g_array_new(FALSE, FALSE, sizeof(FmSnap));
    SnapJob job = {snapper, positions, max_m, chunks, n_snaps};
    gboolean ok = fm_parallel_for(n, GRAIN, n_threads, snap_chunk, &job, progress,
                                  "finding the nearest roads", error);
    FmPlaces *places = ok ? gather(&job, first, n_places) : NULL;
    for (gsize c = 0; c < n_chunks; c++)
        g_array_unref(chunks[c]);
    return places;
}

/* ---- entrances of a geometry ------------------------------------------------------------- */

static void add_outline(const FmGeometry *geometry, gsize path, GArray *positions)
{
    gsize begin = path > 0 ? geometry->path_end[path - 1] : 0, end = geometry->path_end[path];
    /* A ring's last point is its first. */
    gboolean ring = fm_geometry_dimension(geometry) == 2;
    for (gsize i = begin; i + 1 < end; i++) {
        FmLonLat a = geometry->points[i], b = geometry->points[i + 1];
        gsize n = (gsize)fmax(ceil(fm_geodesic_distance_m(a, b) / ENTRANCE_SPACING_M), 1);
        for (gsize part = 0; part < n; part++) {
            double t = (double)part / (double)n;
            FmLonLat p = {a.lon_deg + t * (b.lon_deg - a.lon_deg),
                          a.lat_deg + t * (b.lat_deg - a.lat_deg)};
            g_array_append_val(positions, p);
        }
    }
    if (!ring)
        g_array_append_val(positions, geometry->points[end - 1]);
}

static void add_entrances(const FmGeometry *geometry, GArray *positions)
{
    if (fm_geometry_dimension(geometry) == 0) {
        g_array_append_vals(positions, geometry->points, (guint)geometry->n_points);
        return;
    }
    for (gsize path = 0; path < geometry->n_paths; path++)
        add_outline(geometry, path, positions);
}

FmPlaces *fm_places_new(const FmSnapper *snapper, const FmGeometry *const *geometries, gsize n,
                        double max_m, guint n_threads, const FmProgress *progress, GError **error)
{
    g_autoptr(GArray) positions = g_array_new(FALSE, FALSE, sizeof(FmLonLat));
    g_autofree gsize *first = g_new(gsize, n + 1);
    for (gsize i = 0; i < n; i++) {
        first[i] = positions->len;
        if (geometries[i])
            add_entrances(geometries[i], positions);
    }
    first[n] = positions->len;
    return snap_positions(snapper, (const FmLonLat *)(gconstpointer)positions->data, first, n,
                          max_m, n_threads, progress, error);
}

FmPlaces *fm_places_new_points(const FmSnapper *snapper, const FmLonLat *positions, gsize n,
                               double max_m, guint n_threads, const FmProgress *progress,
                               GError **error)
{
    g_autofree gsize *first = g_new(gsize, n + 1);
    for (gsize i = 0; i <= n; i++)
        first[i] = i;
    return snap_positions(snapper, positions, first, n, max_m, n_threads, progress, error);
}

void fm_places_free(FmPlaces *places)
{
    if (!places)
        return;
    g_free(places->first);
    g_free(places->entrances);
    g_free(places->positions);
    g_free(places);
}
