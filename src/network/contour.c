/* The level line of a distance.
 *
 * The grid is cut into tiles, each with the strokes that matter to it.  A tile measures its own
 * nodes, also those that it shares with its neighbours; both measure them with the same operations
 * and get the same bits, so that lines meet.  contour-field.c measures, contour-trace.c follows the
 * line through a tile, contour-rings.c joins what crosses borders.
 *
 * A node is inside when the nearest stroke is within the level, and no further than the nearest
 * rival.  Between two streets both distances run straight, so the line halfway between them is
 * found where it is, however wide the grid.
 *
 * Sets of strokes contain each other, and those of rivals as well, the other way round: from one
 * set to the next distances to strokes fall and those to rivals rise: nothing leaves the inside. */
#include "contour-trace.h"
#include "network-internal.h"

#include <math.h>

/* Cells a side: the outermost nodes are the neighbours' as well. */
enum { TILE = FM_FIELD_SIDE - 1 };

/* Steps of the grid in a level.  On a circle of the level's radius the line is then off by at most
 * 1/75 of it between nodes, and by as much between crossings. */
#define STEPS_IN_LEVEL 4

/* Streets this far apart are told apart at any level, unless that took too many steps. */
#define STREETS_APART_M 25.0
#define MOST_STEPS_IN_LEVEL 16

#define WGS84_A_M 6378137.0
#define WGS84_E2 0.00669437999014131699614

void fm_contour_metres_per_degree(double lat_deg, double *lon_m, double *lat_m)
{
    double lat = lat_deg * (G_PI / 180), w2 = 1 - WGS84_E2 * sin(lat) * sin(lat);
    *lon_m = WGS84_A_M / sqrt(w2) * cos(lat) * (G_PI / 180);
    *lat_m = WGS84_A_M * (1 - WGS84_E2) / (w2 * sqrt(w2)) * (G_PI / 180);
}

FmContourGrid fm_contour_grid(double level_m, double lat_deg)
{
    double lon_m = 0, lat_m = 0;
    double step_m = MAX(STREETS_APART_M, level_m / MOST_STEPS_IN_LEVEL);
    step_m = MIN(step_m, level_m / STEPS_IN_LEVEL);
    /* At the poles degrees of longitude have no width. */
    fm_contour_metres_per_degree(CLAMP(lat_deg, -85, 85), &lon_m, &lat_m);
    return (FmContourGrid){
        .level_m = level_m,
        .step_m = step_m,
        .step_lon_deg = step_m / lon_m,
        .step_lat_deg = step_m / lat_m,
    };
}

/* ---- tiles ------------------------------------------------------------------------------- */

/* Some of a tile's pieces. */
typedef struct {
    guint begin, end;
} Run;

/* The strokes, or the rivals, that matter to a tile. */
typedef struct {
    guint32 *members; /* ascending; borrowed */
    guint32 n;
} Share;

typedef struct {
    guint64 key; /* row << 32 | column */
    Share strokes, rivals;
    GArray *points; /* FmLonLat */
    GArray *pieces; /* FmTracePiece, of one set after the other */
    Run *lines;     /* one a set: in pieces; sets between which nothing changes have the same */
} Tile;

typedef struct {
    const FmContourGrid *grid;
    const FmContourSets *sets;
    FmContourMargin margin;
    GArray *tiles;        /* Tile, ascending by key */
    guint32 *of_tiles[2]; /* strokes and rivals, of one tile after the other */
    FmTrace **traces;     /* one a worker, made when it is first needed */
} Job;

/* The numbers of the tiles that a stroke matters to, most often those of the one before. */
typedef struct {
    FmVertexMap numbers; /* by key */
    FmNodeRange range;   /* in tiles */
    GArray *found;       /* guint32 */
} Finder;

/* @param make those that are not there? */
static void find_tiles(const Job *job, const FmStroke *stroke, gboolean make, Finder *finder)
{
    FmNodeRange nodes = fm_contour_nodes(job->grid, &job->margin, stroke);
    FmNodeRange range = {nodes.first / TILE, nodes.last / TILE, nodes.bottom / TILE,
                         nodes.top / TILE};
    if (memcmp(&range, &finder->range, sizeof range) == 0)
        return;
    finder->range = range;
    g_array_set_size(finder->found, 0);
    for (guint32 row = range.bottom; row <= range.top; row++)
        for (guint32 column = range.first; column <= range.last; column++) {
            guint64 key = (guint64)row << 32 | column;
            guint32 tile = make ? fm_vertex_map_put(&finder->numbers, key, job->tiles->len)
                                : fm_vertex_map_get(&finder->numbers, key);
            if (tile == FM_NODE_NONE)
                continue;
            if (tile == job->tiles->len) {
                Tile made = {.key = key};
                g_array_append_val(job->tiles, made);
            }
            g_array_append_val(finder->found, tile);
        }
}

static Share *share_of(const Job *job, guint32 tile, gboolean rivals)
{
    Tile *t = &g_array_index(job->tiles, Tile, tile);
    return rivals ? &t->rivals : &t->strokes;
}

/* Counts first, so that all tiles share one array.  Strokes make tiles, rivals only come to
 * them. */
static void share_out(Job *job, gboolean rivals, Finder *finder)
{
    const FmStroke *all = rivals ? job->sets->rivals : job->sets->strokes;
    gsize n_all = rivals ? job->sets->rivals_end[0] : job->sets->strokes_end[job->sets->n - 1];
    gsize n = 0;
    finder->range = (FmNodeRange){.first = G_MAXUINT32};
    for (gsize i = 0; i < n_all; i++) {
        find_tiles(job, &all[i], !rivals, finder);
        for (guint t = 0; t < finder->found->len; t++)
            share_of(job, g_array_index(finder->found, guint32, t), rivals)->n++;
        n += finder->found->len;
    }
    guint32 *members = job->of_tiles[rivals] = g_new(guint32, n + 1);
    for (guint t = 0; t < job->tiles->len; t++) {
        Share *share = share_of(job, t, rivals);
        share->members = members;
        members += share->n;
        share->n = 0;
    }
    for (gsize i = 0; i < n_all; i++) {
        find_tiles(job, &all[i], FALSE, finder);
        for (guint t = 0; t < finder->found->len; t++) {
            Share *share = share_of(job, g_array_index(finder->found, guint32, t), rivals);
            share->members[share->n++] = (guint32)i;
        }
    }
}

static int compare_tiles(const void *a, const void *b)
{
    const Tile *left = a, *right = b;
    return left->key < right->key ? -1 : 1;
}

static void make_tiles(Job *job)
{
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(guint32));
    Finder finder = {.found = found};
    fm_vertex_map_init(&finder.numbers);
    share_out(job, FALSE, &finder);
    share_out(job, TRUE, &finder);
    fm_vertex_map_clear(&finder.numbers);
    g_array_sort(job->tiles, compare_tiles);
}

/* How many of a tile's come before `end`, where that many are known to. */
static guint32 count_before(const Share *share, guint32 n, gsize end)
{
    while (n < share->n && share->members[n] < end)
        n++;
    return n;
}

/* The rivals of a set, where its strokes come that are new. */
static void bound_field(const FmContourSets *sets, const Tile *tile, Run strokes, guint32 n_rivals,
                        FmField *field)
{
    for (guint32 i = strokes.begin; i < strokes.end; i++)
        fm_field_want(field, &sets->strokes[tile->strokes.members[i]]);
    fm_field_unbound(field);
    for (guint32 i = 0; i < n_rivals; i++)
        fm_field_bound(field, &sets->rivals[tile->rivals.members[i]]);
}

static void trace_tile(const Job *job, Tile *tile, FmTrace *trace)
{
    const FmContourSets *sets = job->sets;
    FmField *field = &trace->field;
    Run line = {0, 0}, strokes = {0, 0};
    guint32 n_rivals = tile->rivals.n;
    fm_field_init(field, job->grid, &job->margin, (guint32)(tile->key & G_MAXUINT32) * TILE,
                  (guint32)(tile->key >> 32) * TILE);
    tile->points = g_array_new(FALSE, FALSE, sizeof(FmLonLat));
    tile->pieces = g_array_new(FALSE, FALSE, sizeof(FmTracePiece));
    tile->lines = g_new(Run, sets->n);
    for (gsize set = 0; set < sets->n; set++) {
        guint32 n_before = n_rivals;
        strokes.begin = strokes.end;
        strokes.end = count_before(&tile->strokes, strokes.end, sets->strokes_end[set]);
        n_rivals = count_before(&tile->rivals, 0, sets->rivals_end[set]);
        if (strokes.end > strokes.begin || (strokes.end > 0 && n_rivals < n_before)) {
            if (n_before > 0)
                bound_field(sets, tile, strokes, n_rivals, field);
            for (guint32 i = strokes.begin; i < strokes.end; i++)
                fm_field_add(field, &sets->strokes[tile->strokes.members[i]]);
            fm_field_look(field);
            line.begin = tile->pieces->len;
            fm_trace_line(trace, tile->points, tile->pieces);
            line.end = tile->pieces->len;
        }
        tile->lines[set] = line;
    }
}

static gboolean tile_chunk(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)error;
    Job *job = user;
    if (!job->traces[worker])
        job->traces[worker] = fm_trace_new();
    for (gsize i = begin; i < end; i++)
        trace_tile(job, &g_array_index(job->tiles, Tile, i), job->traces[worker]);
    return TRUE;
}

/* ---- the whole --------------------------------------------------------------------------- */

struct FmContour {
    GArray *tiles; /* Tile, ascending by key */
};

GArray *fm_contour_pieces(const FmContour *contour, gsize set)
{
    GArray *all = g_array_new(FALSE, FALSE, sizeof(FmContourPiece));
    for (guint t = 0; t < contour->tiles->len; t++) {
        const Tile *tile = &g_array_index(contour->tiles, Tile, t);
        Run run = tile->lines[set];
        for (guint i = run.begin; i < run.end; i++) {
            const FmTracePiece *piece = &g_array_index(tile->pieces, FmTracePiece, i);
            FmContourPiece one = {piece->from, piece->to,
                                  &g_array_index(tile->points, FmLonLat, piece->first), piece->n};
            g_array_append_val(all, one);
        }
    }
    return all;
}

static double greatest_latitude(const FmStroke *strokes, gsize n)
{
    double lat_deg = 0;
    for (gsize i = 0; i < n; i++) {
        lat_deg = MAX(lat_deg, fabs(strokes[i].a.lat_deg));
        lat_deg = MAX(lat_deg, fabs(strokes[i].b.lat_deg));
    }
    return lat_deg;
}

static void tile_clear(gpointer data)
{
    Tile *tile = data;
    g_clear_pointer(&tile->points, g_array_unref);
    g_clear_pointer(&tile->pieces, g_array_unref);
    g_free(tile->lines);
}

void fm_contour_free(FmContour *contour)
{
    if (!contour)
        return;
    g_array_unref(contour->tiles);
    g_free(contour);
}

FmContour *fm_contour_new(const FmContourGrid *grid, const FmContourSets *sets, guint n_threads,
                          const FmProgress *progress, GError **error)
{
    guint n_workers = n_threads ? n_threads : fm_parallel_default_threads();
    g_autoptr(FmContour) contour = g_new(FmContour, 1);
    contour->tiles = g_array_new(FALSE, FALSE, sizeof(Tile));
    g_autofree FmTrace **traces = g_new0(FmTrace *, n_workers);
    double lat_deg = greatest_latitude(sets->strokes, sets->strokes_end[sets->n - 1]);
    Job job = {.grid = grid,
               .sets = sets,
               .margin = fm_contour_margin(grid, lat_deg),
               .tiles = contour->tiles,
               .traces = traces};
    make_tiles(&job);
    g_array_set_clear_func(contour->tiles, tile_clear);
    gboolean ok = fm_parallel_for(contour->tiles->len, 4, n_workers, tile_chunk, &job, progress,
                                  "drawing reach", error);
    for (guint w = 0; w < n_workers; w++)
        fm_trace_free(traces[w]);
    g_free(job.of_tiles[FALSE]);
    g_free(job.of_tiles[TRUE]);
    return ok ? g_steal_pointer(&contour) : NULL;
}
