/* One pass over the hierarchy against one Dijkstra an end. */
#include "fm-unit.h"
#include "graph-fixture.h"
#include "sweep.h"

/* What was seen of the rows on the way. */
typedef struct {
    guint32 end;
    double *rows;
} Seen;

static void look(const FmSweep *sweep, guint32 end, void *user)
{
    Seen *seen = user;
    g_assert_cmpuint(end, >, seen->end);
    for (gsize rank = seen->end; rank < end; rank++) {
        if (sweep->alive[rank])
            memcpy(seen->rows + rank * FM_LANES, sweep->rows + rank * FM_LANES,
                   FM_LANES * sizeof *seen->rows);
    }
    seen->end = end;
}

static void check_batch(FmSweep *sweep, const FixtureGraph *made, FmTravel travel,
                        const FmEnds *ends, const gsize *batch, gsize n, FmSteps limit)
{
    g_autofree double *rows = g_new(double, (gsize)made->n_nodes *FM_LANES);
    Seen seen = {0, rows};
    fm_sweep_run(sweep, travel, ends, batch, n, limit, look, &seen);
    g_assert_cmpuint(seen.end, ==, made->n_nodes);
    for (gsize i = 0; i < n; i++) {
        const FmSeed *seeds = ends->seeds + ends->first[batch[i]];
        g_autofree double *expected = fixture_dijkstra(
            made, travel, seeds, ends->first[batch[i] + 1] - ends->first[batch[i]]);
        for (guint32 node = 0; node < made->n_nodes; node++) {
            guint32 rank = sweep->upward->rank_of[node];
            double cost =
                sweep->alive[rank] ? seen.rows[(gsize)rank * FM_LANES + i] : (double)INFINITY;
            if (expected[node] / FM_COST_STEP <= (double)limit)
                g_assert_cmpfloat(cost * FM_COST_STEP, ==, expected[node]);
            else
                g_assert_cmpfloat(cost, >, (double)limit);
        }
    }
}

/* All kinds of graphs, both ways, near and far, batches that are full and that are not; a sweep is
 * as good for the second batch as for the first. */
static void test_dijkstra(void)
{
    for (int kind = 0; kind < FIXTURE_N_KINDS; kind++) {
        g_auto(FixtureGraph) made =
            fixture_graph((FixtureKind)kind, 130, kind == FIXTURE_DENSE ? 100 : 300);
        g_autoptr(FmGraph) graph = fixture_graph_make(&made);
        g_autoptr(FmHierarchy) hierarchy = fm_hierarchy_new(graph, 1, NULL, NULL);
        g_auto(FixtureEnds) ends = fixture_ends(131, made.n_nodes, FM_LANES + 7);
        g_autoptr(FmUpward) upward = fm_upward_new(hierarchy);
        g_autoptr(FmSweep) sweep = fm_sweep_new(upward);
        gsize batch[FM_LANES + 7];
        for (gsize i = 0; i < G_N_ELEMENTS(batch); i++)
            batch[i] = G_N_ELEMENTS(batch) - 1 - i;
        for (FmTravel travel = FM_TRAVEL_FROM; travel <= FM_TRAVEL_TO; travel++) {
            check_batch(sweep, &made, travel, &ends.ends, batch, FM_LANES, FM_STEPS_MAX - 1);
            check_batch(sweep, &made, travel, &ends.ends, batch, FM_LANES, fm_steps_from_limit(20));
            check_batch(sweep, &made, travel, &ends.ends, batch + FM_LANES, 7, 0);
        }
    }
}

static void test_lanes(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(132);
    double row[FM_LANES];
    for (int i = 0; i < FM_LANES; i++)
        row[i] = i % 5 == 0 ? (double)INFINITY : g_rand_int_range(rand, 15, 25);
    guint32 within = fm_lanes_within(row, 20);
    for (int i = 0; i < FM_LANES; i++)
        g_assert_cmpuint(within >> i & 1, ==, row[i] <= 20);
    g_assert_cmpuint(fm_lanes_within(row, -1), ==, 0);
}

void test_sweep(void)
{
    g_test_add_func("/network/sweep/dijkstra", test_dijkstra);
    g_test_add_func("/network/sweep/lanes", test_lanes);
}
