#include "fixture.h"
#include "fm-unit.h"
#include "geometry-internal.h"
#include "polygon-locator.h"

#include <math.h>
#include <string.h>

enum { N = 150 };

/* The way that needs no index; a polygon's locator has tests of its own. */
static double distance_m(const FmGeometry *geometry, FmLonLat p, const FmPolygonLocator *locator)
{
    gboolean points = fm_geometry_dimension(geometry) == 0;
    double best_m = INFINITY;

    if (locator != NULL && fm_polygon_locator_contains(locator, p)) {
        return 0;
    }
    for (gsize path = 0; path < geometry->n_paths; path++) {
        gsize begin = fm_geometry_path_begin(geometry, path);
        for (gsize i = points ? begin : begin + 1; i < geometry->path_end[path]; i++) {
            FmLonLat a = geometry->points[points ? i : i - 1], b = geometry->points[i];
            best_m = MIN(best_m, fm_geodesic_point_segment_m(p, a, b, NULL));
        }
    }
    return best_m;
}

/* Points, lines, polygons, multi-points and gaps; some geometries twice. */
static GPtrArray *mixture(GRand *rand)
{
    GPtrArray *geometries = g_ptr_array_new_with_free_func((GDestroyNotify)fm_geometry_free);

    for (int i = 0; i < N; i++) {
        FmLonLat centre = scene_point(SCENE_CITY, rand);
        gsize n = (gsize)g_rand_int_range(rand, 3, 60);
        g_autofree FmLonLat *points = star(rand, centre, g_rand_double_range(rand, 0.001, 0.3), n);
        FmGeometry *geometry = NULL;
        switch (i % 6) {
        case 0:
            geometry = fm_geometry_new_point(centre);
            break;
        case 1:
            geometry = fm_geometry_new_path(FM_GEOMETRY_LINESTRING, points, n);
            break;
        case 2:
            geometry = fm_geometry_new_path(FM_GEOMETRY_POLYGON, points, n);
            break;
        case 3:
            geometry = geometry_from("MULTIPOINT (116.4 39.9, 116.45 39.95)");
            break;
        case 4:
            geometry = i > 6 ? fm_geometry_copy(geometries->pdata[i % 3]) : NULL;
            break;
        default:
            break;
        }
        g_ptr_array_add(geometries, geometry);
    }
    return geometries;
}

/* NULL where there is no polygon. */
static GPtrArray *locators_of(const GPtrArray *geometries)
{
    GPtrArray *locators = g_ptr_array_new_with_free_func((GDestroyNotify)fm_polygon_locator_free);

    for (guint i = 0; i < geometries->len; i++) {
        const FmGeometry *geometry = geometries->pdata[i];
        gboolean polygon = geometry != NULL && fm_geometry_dimension(geometry) == 2;
        g_ptr_array_add(locators, polygon ? fm_polygon_locator_new(geometry) : NULL);
    }
    return locators;
}

static const FmGeometry *const *members(const GPtrArray *geometries)
{
    return (const FmGeometry *const *)(void *)geometries->pdata;
}

static gsize all_neighbours(const GPtrArray *geometries, const GPtrArray *locators, FmLonLat origin,
                            FmNeighbour *all)
{
    gsize n = 0;

    for (guint i = 0; i < geometries->len; i++) {
        if (geometries->pdata[i] != NULL) {
            all[n++] = (FmNeighbour){
                .index = i,
                .distance_m = distance_m(geometries->pdata[i], origin, locators->pdata[i])};
        }
    }
    sort_neighbours(all, n);
    return n;
}

static void check_nearest(const FmGeometryIndex *index, FmLonLat origin, const FmNeighbour *all,
                          gsize n)
{
    static const gsize ks[] = {1, 2, 5, N};
    FmNeighbour got[N];
    FmLonLat positions[N];

    for (gsize i = 0; i < G_N_ELEMENTS(ks); i++) {
        gsize n_got = fm_geometry_index_nearest(index, origin, ks[i], INFINITY, got, positions);
        assert_same_neighbours(got, n_got, all, MIN(ks[i], n));
        for (gsize j = 0; j < n_got; j++) {
            g_assert_cmpfloat(fm_geodesic_distance_m(origin, positions[j]), ==, got[j].distance_m);
        }
        double limit_m = all[4].distance_m;
        gsize wanted = 0;
        while (wanted < MIN(ks[i], n) && all[wanted].distance_m <= limit_m) {
            wanted++;
        }
        n_got = fm_geometry_index_nearest(index, origin, ks[i], limit_m, got, NULL);
        assert_same_neighbours(got, n_got, all, wanted);
    }
}

static void check_within(const FmGeometryIndex *index, FmLonLat origin, const FmNeighbour *all,
                         gsize n)
{
    g_autoptr(GArray) got = g_array_new(FALSE, FALSE, sizeof(FmNeighbour));
    double radius_m = all[n / 3].distance_m;
    gsize wanted = 0;

    while (wanted < n && all[wanted].distance_m <= radius_m) {
        wanted++;
    }
    fm_geometry_index_within(index, origin, radius_m, got);
    for (guint i = 1; i < got->len; i++) {
        g_assert_cmpuint(g_array_index(got, FmNeighbour, i - 1).index, <,
                         g_array_index(got, FmNeighbour, i).index);
    }
    sort_neighbours((FmNeighbour *)(void *)got->data, got->len);
    assert_same_neighbours((const FmNeighbour *)(void *)got->data, got->len, all, wanted);
}

static void test_brute_force(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(40);
    g_autoptr(GPtrArray) geometries = mixture(rand);
    g_autoptr(GPtrArray) locators = locators_of(geometries);
    g_autoptr(FmGeometryIndex) index = fm_geometry_index_new(members(geometries), N);
    int inside = 0;

    for (int i = 0; i < 200; i++) {
        FmLonLat origin = scene_point(SCENE_CITY, rand);
        FmNeighbour all[N];
        gsize n = all_neighbours(geometries, locators, origin, all);
        inside += all[0].distance_m == 0 ? 1 : 0;
        check_nearest(index, origin, all, n);
        check_within(index, origin, all, n);
    }
    g_assert_cmpint(inside, >, 25);
    g_assert_cmpint(inside, <, 175);
}

static void test_containing(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(41);
    g_autoptr(GPtrArray) geometries = mixture(rand);
    g_autoptr(GPtrArray) locators = locators_of(geometries);
    g_autoptr(FmGeometryIndex) index = fm_geometry_index_new(members(geometries), N);

    for (int i = 0; i < 5000; i++) {
        FmLonLat p = scene_point(SCENE_CITY, rand);
        gsize wanted = G_MAXSIZE;
        for (gsize j = 0; j < N && wanted == G_MAXSIZE; j++) {
            const FmPolygonLocator *locator = locators->pdata[j];
            if (locator != NULL && fm_polygon_locator_contains(locator, p)) {
                wanted = j;
            }
        }
        g_assert_cmpuint(fm_geometry_index_containing(index, p), ==, wanted);
    }
}

/* Two squares share a border: it belongs to the first of them. */
static void test_containing_border(void)
{
    g_autoptr(FmGeometry) east = geometry_from("POLYGON ((1 0, 2 0, 2 1, 1 1, 1 0))");
    g_autoptr(FmGeometry) west = geometry_from("POLYGON ((0 0, 1 0, 1 1, 0 1, 0 0))");
    const FmGeometry *const squares[] = {NULL, east, west};
    g_autoptr(FmGeometryIndex) index = fm_geometry_index_new(squares, 3);

    g_assert_cmpuint(fm_geometry_index_containing(index, (FmLonLat){1, 0.5}), ==, 1);
    g_assert_cmpuint(fm_geometry_index_containing(index, (FmLonLat){0, 0.5}), ==, 2);
    g_assert_cmpuint(fm_geometry_index_containing(index, (FmLonLat){2.1, 0.5}), ==, G_MAXSIZE);
}

static void test_empty(void)
{
    const FmGeometry *const nothing[] = {NULL, NULL};
    g_autoptr(FmGeometryIndex) index = fm_geometry_index_new(nothing, 2);
    g_autoptr(FmGeometryIndex) none = fm_geometry_index_new(NULL, 0);
    g_autoptr(GArray) within = g_array_new(FALSE, FALSE, sizeof(FmNeighbour));
    FmNeighbour got;

    g_assert_cmpuint(fm_geometry_index_nearest(index, (FmLonLat){0, 0}, 1, INFINITY, &got, NULL),
                     ==, 0);
    g_assert_cmpuint(fm_geometry_index_nearest(none, (FmLonLat){0, 0}, 1, INFINITY, &got, NULL), ==,
                     0);
    fm_geometry_index_within(index, (FmLonLat){0, 0}, INFINITY, within);
    g_assert_cmpuint(within->len, ==, 0);
    g_assert_cmpuint(fm_geometry_index_containing(none, (FmLonLat){0, 0}), ==, G_MAXSIZE);
}

/* A single-point geometry answers as the point index does. */
static void test_points_only(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(42);
    g_autofree FmLonLat *points = scene_points(SCENE_GRID, rand, N);
    g_autoptr(GPtrArray) geometries =
        g_ptr_array_new_with_free_func((GDestroyNotify)fm_geometry_free);
    g_autoptr(FmPointIndex) reference = fm_point_index_new(points, N);

    for (int i = 0; i < N; i++) {
        g_ptr_array_add(geometries, fm_geometry_new_point(points[i]));
    }
    g_autoptr(FmGeometryIndex) index = fm_geometry_index_new(members(geometries), N);
    for (int i = 0; i < 100; i++) {
        FmLonLat origin = scene_point(SCENE_CITY, rand);
        FmNeighbour got[7], wanted[7];
        FmLonLat positions[7];
        gsize n_got = fm_geometry_index_nearest(index, origin, 7, INFINITY, got, positions);
        gsize n_wanted = fm_point_index_nearest(reference, origin, 7, INFINITY, wanted);
        assert_same_neighbours(got, n_got, wanted, n_wanted);
        for (gsize j = 0; j < n_got; j++) {
            g_assert_cmpfloat(positions[j].lon_deg, ==, points[got[j].index].lon_deg);
            g_assert_cmpfloat(positions[j].lat_deg, ==, points[got[j].index].lat_deg);
        }
    }
}

typedef struct {
    const FmGeometryIndex *index;
    const FmLonLat *origins;
    FmNeighbour *out;
} Job;

static gboolean nearest_chunk(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    Job *job = user;

    (void)worker;
    (void)error;
    for (gsize i = begin; i < end; i++) {
        fm_geometry_index_nearest(job->index, job->origins[i], 1, INFINITY, &job->out[i], NULL);
    }
    return TRUE;
}

static void test_threads(void)
{
    enum { ORIGINS = 1000 };
    g_autoptr(GRand) rand = g_rand_new_with_seed(43);
    g_autoptr(GPtrArray) geometries = mixture(rand);
    g_autoptr(FmGeometryIndex) index = fm_geometry_index_new(members(geometries), N);
    g_autofree FmLonLat *origins = scene_points(SCENE_CITY, rand, ORIGINS);
    g_autofree FmNeighbour *one = g_new0(FmNeighbour, ORIGINS);
    g_autofree FmNeighbour *four = g_new0(FmNeighbour, ORIGINS);
    Job alone = {index, origins, one}, together = {index, origins, four};

    g_assert_true(fm_parallel_for(ORIGINS, 16, 1, nearest_chunk, &alone, NULL, "", NULL));
    g_assert_true(fm_parallel_for(ORIGINS, 16, 4, nearest_chunk, &together, NULL, "", NULL));
    g_assert_true(memcmp(one, four, ORIGINS * sizeof *one) == 0);
}

void test_geometry_index(void)
{
    g_test_add_func("/geo/geometry-index/brute-force", test_brute_force);
    g_test_add_func("/geo/geometry-index/containing", test_containing);
    g_test_add_func("/geo/geometry-index/containing-border", test_containing_border);
    g_test_add_func("/geo/geometry-index/empty", test_empty);
    g_test_add_func("/geo/geometry-index/points-only", test_points_only);
    g_test_add_func("/geo/geometry-index/threads", test_threads);
}
