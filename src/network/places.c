/* Places on the network: their entrances are laid out flat, snapped in parallel, near ones one
 * after the other, and gathered in the order of the places. */
#include "keys.h"
#include "reach-internal.h"

#include <math.h>

enum { GRAIN = 64 };

/* A line, or the outline of an area, can be entered at least this often. */
#define ENTRANCE_SPACING_M 100.0

/* Where the snaps of a position are. */
typedef struct {
    guint32 chunk, first, n;
} Snaps;

typedef struct {
    const FmSnapper *snapper;
    const FmLonLat *positions;
    double max_m;
    const guint64 *order; /* its low half: positions, near ones together */
    GArray **chunks;      /* FmSnap, one array a chunk */
    Snaps *snaps;         /* one a position */
} SnapJob;

/* Searches that follow one another then walk the same part of the tree, which is still at hand. */
static gboolean snap_chunk(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)worker, (void)error;
    SnapJob *job = user;
    guint32 number = (guint32)(begin / GRAIN);
    GArray *chunk = job->chunks[number];
    for (gsize o = begin; o < end; o++) {
        guint32 i = (guint32)job->order[o];
        guint before = chunk->len;
        fm_snapper_snap_all(job->snapper, job->positions[i], job->max_m, chunk);
        job->snaps[i] = (Snaps){number, before, chunk->len - before};
    }
    return TRUE;
}

/* The bits of a number, each followed by a 0. */
static guint32 spread_bits(guint32 bits)
{
    bits = (bits | bits << 8) & 0x00ff00ffu;
    bits = (bits | bits << 4) & 0x0f0f0f0fu;
    bits = (bits | bits << 2) & 0x33333333u;
    return (bits | bits << 1) & 0x55555555u;
}

static guint32 share_of(double value, double low, double high)
{
    double share = high > low ? (value - low) / (high - low) : 0;
    return share > 0 ? (guint32)(MIN(share, 1) * G_MAXUINT16) : 0;
}

/* Positions in Morton's order (1966), each with its number in the low half.
 * @return transfer full, g_free */
static guint64 *order_positions(const FmLonLat *positions, gsize n)
{
    guint64 *keys = g_new(guint64, n + 1);
    FmExtent all = fm_extent_empty();
    for (gsize i = 0; i < n; i++)
        all = fm_extent_union(all, (FmExtent){positions[i].lon_deg, positions[i].lat_deg,
                                              positions[i].lon_deg, positions[i].lat_deg});
    for (gsize i = 0; i < n; i++) {
        guint32 x = share_of(positions[i].lon_deg, all.west_deg, all.east_deg);
        guint32 y = share_of(positions[i].lat_deg, all.south_deg, all.north_deg);
        keys[i] = fm_key(spread_bits(x) | spread_bits(y) << 1, (guint32)i);
    }
    fm_keys_sort(keys, n);
    return keys;
}

/* Put the snaps of all positions where their places want them.
 * @param first n_places + 1: positions of each place */
static FmPlaces *gather(const SnapJob *job, const gsize *first, gsize n_places)
{
    FmPlaces *places = g_new0(FmPlaces, 1);
    gsize n = first[n_places], n_entrances = 0;
    for (gsize i = 0; i < n; i++)
        n_entrances += job->snaps[i].n;
    places->n = n_places;
    places->first = g_new(gsize, n_places + 1);
    places->entrances = g_new(FmSnap, n_entrances);
    places->positions = g_new(FmLonLat, n_entrances);
    gsize next = 0;
    for (gsize place = 0; place < n_places; place++) {
        places->first[place] = next;
        for (gsize i = first[place]; i < first[place + 1]; i++) {
            Snaps at = job->snaps[i];
            for (guint32 s = 0; s < at.n; s++) {
                places->entrances[next] =
                    g_array_index(job->chunks[at.chunk], FmSnap, at.first + s);
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
    g_return_val_if_fail(n < G_MAXUINT32, NULL);
    g_autofree Snaps *snaps = g_new0(Snaps, n);
    g_autofree guint64 *order = order_positions(positions, n);
    g_autofree GArray **chunks = g_new(GArray *, n_chunks);
    for (gsize c = 0; c < n_chunks; c++)
        chunks[c] = g_array_new(FALSE, FALSE, sizeof(FmSnap));
    SnapJob job = {snapper, positions, max_m, order, chunks, snaps};
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
