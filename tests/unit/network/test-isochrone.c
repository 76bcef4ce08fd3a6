/* Polygons around reached roads: valid, nested, and not across a river without a bridge. */
#include "fm-unit.h"
#include "reach-fixture.h"

#include <math.h>

static GArray *pieces_within(const FmNetwork *network, const FmPlaces *places, double limit)
{
    g_autofree double *costs = g_new(double, fm_graph_n_nodes(fm_network_graph(network)));
    g_assert_true(fm_reach_node_costs(network, places, FM_TRAVEL_TO, limit, 1, costs, NULL, NULL));
    return fm_reach_pieces(network, places, FM_TRAVEL_TO, costs, limit);
}

static FmGeometry *draw(const FmNetwork *network, const FmPlaces *places, double limit,
                        const FmIsochroneOptions *options)
{
    g_autoptr(GError) error = NULL;
    FmGeometry *polygon = NULL;
    g_autoptr(GArray) pieces = pieces_within(network, places, limit);
    g_assert_true(fm_isochrones(network, &pieces, 1, options, &polygon, NULL, &error));
    g_assert_no_error(error);
    if (polygon)
        g_assert_true(fm_geometry_validate(polygon, &error));
    return polygon;
}

static void assert_within(const FmGeometry *inner, const FmGeometry *outer)
{
    g_autoptr(FmGeometry) out = inner ? fm_geometry_difference(inner, outer, NULL) : NULL;
    g_assert_cmpfloat(out ? fm_geodesic_area_m2(out) : 0, <, 1e-3);
}

static void test_nested(void)
{
    for (guint32 seed = 50; seed < 54; seed++) {
        g_auto(ReachTown) town = {.network = NULL};
        reach_open_town(&town, seed, REACH_PLAIN, FM_LIMIT_TIME);
        g_autofree FmLonLat *sites = reach_positions(seed, 3);
        g_autoptr(FmPlaces) places =
            fm_places_new_points(town.snapper, sites, 3, 400, 1, NULL, NULL);
        g_autoptr(FmGeometry) near = draw(town.network, places, 130, NULL);
        g_autoptr(FmGeometry) mid = draw(town.network, places, 160, NULL);
        g_autoptr(FmGeometry) far = draw(town.network, places, 300, NULL);
        g_assert_nonnull(far);
        assert_within(near, mid);
        assert_within(mid, far);
    }
}

/* All limits at once: still nested, and the same on any number of threads. */
static void test_bands(void)
{
    enum { N = 5 };
    for (guint32 seed = 70; seed < 74; seed++) {
        g_auto(ReachTown) town = {.network = NULL};
        reach_open_town(&town, seed, REACH_PLAIN, FM_LIMIT_TIME);
        g_autofree FmLonLat *sites = reach_positions(seed, 3);
        g_autoptr(FmPlaces) places =
            fm_places_new_points(town.snapper, sites, 3, 400, 1, NULL, NULL);
        GArray *pieces[N];
        FmGeometry *one[N], *four[N];
        for (gsize i = 0; i < N; i++)
            pieces[i] = pieces_within(town.network, places, 100 + 40 * (double)i);
        const FmIsochroneOptions single = {250, -1, 1}, many = {250, -1, 4};
        g_assert_true(fm_isochrones(town.network, pieces, N, &single, one, NULL, NULL));
        g_assert_true(fm_isochrones(town.network, pieces, N, &many, four, NULL, NULL));
        g_assert_nonnull(one[N - 1]);
        for (gsize i = 0; i < N; i++) {
            if (i + 1 < N)
                assert_within(one[i], one[i + 1]);
            g_assert_true((one[i] == NULL) == (four[i] == NULL));
            if (!one[i])
                continue;
            g_assert_cmpuint(one[i]->n_points, ==, four[i]->n_points);
            g_assert_true(
                memcmp(one[i]->points, four[i]->points, one[i]->n_points * sizeof(FmLonLat)) == 0);
        }
        for (gsize i = 0; i < N; i++) {
            g_array_unref(pieces[i]);
            fm_geometry_free(one[i]);
            fm_geometry_free(four[i]);
        }
    }
}

/* Two banks 330 m apart, joined 20 km away. */
static void test_river(void)
{
    g_auto(ReachTown) town = {.network = NULL};
    reach_open_roads(
        &town,
        "id|wkt\nsouth|LINESTRING (0 0, 0.01 0)\nnorth|LINESTRING (0 0.003, 0.01 0.003)\n"
        "round|LINESTRING (0.01 0, 0.2 0, 0.2 0.003, 0.01 0.003)\n",
        REACH_PLAIN, FM_LIMIT_TIME);
    const FmLonLat site = {0.005, 0};
    g_autoptr(FmPlaces) places = fm_places_new_points(town.snapper, &site, 1, 400, 1, NULL, NULL);
    g_autoptr(FmGeometry) polygon = draw(town.network, places, 60, NULL);
    FmExtent extent = fm_geometry_extent(polygon);
    double lat_m =
        fm_geodesic_distance_m((FmLonLat){0.005, 0}, (FmLonLat){0.005, extent.north_deg});
    g_assert_cmpfloat_with_epsilon(lat_m, 100, 3);
    const FmIsochroneOptions thinner = {.buffer_m = 50};
    g_autoptr(FmGeometry) thin = draw(town.network, places, 60, &thinner);
    g_assert_cmpfloat(fm_geodesic_area_m2(thin), <, fm_geodesic_area_m2(polygon));
    g_autoptr(FmPlaces) nobody = fm_places_new_points(town.snapper, &site, 0, 400, 1, NULL, NULL);
    g_assert_null(draw(town.network, nobody, 60, NULL));
}

/* Banks nearer than the buffer, one of which belongs to no reached road: its polygon ends in the
 * middle of the river, and along the street where the way ends.  With a bridge it does not. */
static void test_narrow_river(void)
{
    const char *const banks = "id|wkt\nsouth|LINESTRING (-0.02 0, 0 0, 0.02 0)\n"
                              "north|LINESTRING (-0.02 0.0012, 0 0.0012, 0.02 0.0012)\n";
    const char *const bridges[] = {"", "bridge|LINESTRING (0 0, 0 0.0012)\n"};
    const double buffers_m[] = {0, 60, 300, 1000};
    const FmLonLat site = {0, 0};
    for (gsize b = 0; b < G_N_ELEMENTS(bridges); b++) {
        g_auto(ReachTown) town = {.network = NULL};
        g_autofree char *roads = g_strconcat(banks, bridges[b], NULL);
        reach_open_roads(&town, roads, REACH_PLAIN, FM_LIMIT_TIME);
        g_autoptr(FmPlaces) places =
            fm_places_new_points(town.snapper, &site, 1, 400, 1, NULL, NULL);
        for (gsize i = 0; i < G_N_ELEMENTS(buffers_m); i++) {
            const FmIsochroneOptions options = {.buffer_m = buffers_m[i], .max_hole_m2 = -1};
            g_autoptr(FmGeometry) polygon = draw(town.network, places, 100, &options);
            FmExtent extent = fm_geometry_extent(polygon);
            if (b > 0) {
                g_assert_cmpfloat(extent.north_deg, >, 0.0015);
                continue;
            }
            /* Half of 0.0012 degrees of latitude, and 2 m for the grid; nothing less where the
             * buffer allows as much. */
            g_assert_cmpfloat(extent.north_deg, <, 0.0006 + 2 / 110574.0);
            if (buffers_m[i] != 60)
                g_assert_cmpfloat(extent.north_deg, >, 0.0006 - 2 / 110574.0);
            /* 100 s at 10 m/s.  Far beside the road's end the grid shows less of where it is. */
            double slack_m = 2 + buffers_m[i] / 100;
            g_assert_cmpfloat_with_epsilon(extent.east_deg * 111319.5, 1000, slack_m);
            g_assert_cmpfloat_with_epsilon(extent.west_deg * 111319.5, -1000, slack_m);
        }
    }
}

/* ---- towns ------------------------------------------------------------------------------- */

static gboolean is_inside(const FmGeometry *polygon, FmLonLat p)
{
    gboolean inside = FALSE;
    for (gsize path = 0; polygon && path < polygon->n_paths; path++)
        for (gsize i = path > 0 ? polygon->path_end[path - 1] : 0; i + 1 < polygon->path_end[path];
             i++) {
            FmLonLat a = polygon->points[i], b = polygon->points[i + 1];
            if ((a.lat_deg > p.lat_deg) == (b.lat_deg > p.lat_deg))
                continue;
            double t = (p.lat_deg - a.lat_deg) / (b.lat_deg - a.lat_deg);
            inside ^= p.lon_deg < a.lon_deg + t * (b.lon_deg - a.lon_deg);
        }
    return inside;
}

/* Positions every few metres on all roads, by whether they are on a piece. */
static void sample(const FmNetwork *network, const GArray *pieces, GArray *reached, GArray *others)
{
    enum { PARTS = 24 };
    g_autoptr(GArray) points = g_array_new(FALSE, FALSE, sizeof(FmLonLat));
    for (guint32 e = 0; e < fm_network_n_edges(network); e++) {
        FmEdge edge = fm_network_edge(network, e);
        for (int part = 0; part <= PARTS; part++) {
            double ratio = (double)part / PARTS;
            gboolean on = FALSE;
            for (guint i = 0; i < pieces->len && !on; i++) {
                const FmEdgePiece *piece = &g_array_index(pieces, FmEdgePiece, i);
                on = piece->edge == e && ratio >= piece->begin_ratio && ratio <= piece->end_ratio;
            }
            g_array_set_size(points, 0);
            fm_edge_append_part(&edge, ratio, ratio, points);
            g_array_append_val(on ? reached : others, g_array_index(points, FmLonLat, 0));
        }
    }
}

static double least_m(FmLonLat p, const GArray *points)
{
    double m = (double)INFINITY;
    for (guint i = 0; i < points->len; i++)
        m = fmin(m, fm_geodesic_distance_m(p, g_array_index(points, FmLonLat, i)));
    return m;
}

/* Roads that are not reached are outside, those that are inside, unless they are as near to each
 * other as nodes of the grid, 25 m: whatever the buffer, and with small holes filled. */
static guint check_sides(const FmNetwork *network, const FmPlaces *places, double limit,
                         double buffer_m)
{
    const double apart_m = 40;
    const FmIsochroneOptions options = {.buffer_m = buffer_m, .max_hole_m2 = -1};
    g_autoptr(GArray) pieces = pieces_within(network, places, limit);
    g_autoptr(GArray) reached = g_array_new(FALSE, FALSE, sizeof(FmLonLat));
    g_autoptr(GArray) others = g_array_new(FALSE, FALSE, sizeof(FmLonLat));
    sample(network, pieces, reached, others);
    g_autoptr(FmGeometry) polygon = draw(network, places, limit, &options);
    guint n = 0;
    for (guint i = 0; i < reached->len; i++) {
        FmLonLat p = g_array_index(reached, FmLonLat, i);
        if (!is_inside(polygon, p))
            g_assert_cmpfloat(least_m(p, others), <, apart_m);
    }
    for (guint i = 0; i < others->len; i++) {
        FmLonLat p = g_array_index(others, FmLonLat, i);
        double m = is_inside(polygon, p) ? least_m(p, reached) : 0;
        g_assert_cmpfloat(m, <, apart_m);
        n += !is_inside(polygon, p);
    }
    return n;
}

static void test_sides(void)
{
    guint n_outside = 0;
    for (guint32 seed = 60; seed < 66; seed++) {
        g_auto(ReachTown) town = {.network = NULL};
        reach_open_town(&town, seed, REACH_PLAIN, FM_LIMIT_TIME);
        g_autofree FmLonLat *sites = reach_positions(seed, 2);
        g_autoptr(FmPlaces) places =
            fm_places_new_points(town.snapper, sites, 2, 400, 1, NULL, NULL);
        n_outside += check_sides(town.network, places, 60, 100);
        n_outside += check_sides(town.network, places, 160, 350);
    }
    g_assert_cmpuint(n_outside, >, 1000);
}

/* A street over the antimeridian, its halves written on either side: one polygon, which goes on
 * beyond 180 degrees instead of around the Earth, and as large as elsewhere. */
static void test_antimeridian(void)
{
    const char *const streets[] = {
        "id|wkt\nwest|LINESTRING (179.99 -17, 180 -17)\neast|LINESTRING (-180 -17, -179.99 -17)\n",
        "id|wkt\nwest|LINESTRING (19.99 -17, 20 -17)\neast|LINESTRING (20 -17, 20.01 -17)\n",
    };
    const FmLonLat sites[] = {{-179.995, -17}, {20.005, -17}};
    double area_m2[2], width_deg[2];
    for (gsize i = 0; i < 2; i++) {
        g_auto(ReachTown) town = {.network = NULL};
        reach_open_roads(&town, streets[i], REACH_PLAIN, FM_LIMIT_TIME);
        g_autoptr(FmPlaces) places =
            fm_places_new_points(town.snapper, &sites[i], 1, 400, 1, NULL, NULL);
        g_autoptr(FmGeometry) polygon = draw(town.network, places, 1e5, NULL);
        g_assert_cmpuint(polygon->n_parts, ==, 1);
        FmExtent extent = fm_geometry_extent(polygon);
        area_m2[i] = fm_geodesic_area_m2(polygon);
        width_deg[i] = extent.east_deg - extent.west_deg;
    }
    g_assert_cmpfloat_with_epsilon(width_deg[0], width_deg[1], 1e-4);
    g_assert_cmpfloat_with_epsilon(area_m2[0] / area_m2[1], 1, 0.01);
}

void test_isochrone(void)
{
    g_test_add_func("/network/isochrone/nested", test_nested);
    g_test_add_func("/network/isochrone/bands", test_bands);
    g_test_add_func("/network/isochrone/river", test_river);
    g_test_add_func("/network/isochrone/narrow-river", test_narrow_river);
    g_test_add_func("/network/isochrone/sides", test_sides);
    g_test_add_func("/network/isochrone/antimeridian", test_antimeridian);
}
