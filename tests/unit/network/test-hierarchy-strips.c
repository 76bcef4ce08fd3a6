/* Fronts cut into strips, and hops that are all there, once. */
#include "fm-unit.h"
#include "hierarchy-strips.h"

enum { N = 350, N_STRIPS = 8 };

/* A separator of 150 places between pieces of 130 and 70. */
static FmDissection make_dissection(void)
{
    const FmFront fronts[] = {{200, N, FM_NODE_NONE, 0}, {0, 130, 0, 1}, {130, 200, 0, 1}};
    FmDissection made = {g_new(guint32, N), g_array_new(FALSE, FALSE, sizeof(FmFront))};
    for (guint32 i = 0; i < N; i++)
        made.order[i] = i * 3 % N; /* 3 does not divide 350: every place once */
    g_array_append_vals(made.fronts, fronts, G_N_ELEMENTS(fronts));
    return made;
}

static void test_number(void)
{
    const guint32 sizes[N_STRIPS] = {64, 64, 22, 64, 6, 64, 64, 2};
    g_autoptr(FmGraph) graph = fm_graph_new(N, NULL, 0, NULL);
    g_auto(FmDissection) dissection = make_dissection();
    g_autoptr(FmHierarchy) hierarchy = g_new0(FmHierarchy, 1);
    hierarchy->rank_of = g_new(guint32, N);
    guint32 first_strip[3], ranks[N];
    g_assert_true(fm_strips_number(graph, &dissection, hierarchy, first_strip, ranks));
    g_assert_cmpuint(hierarchy->n_strips, ==, N_STRIPS);
    for (guint32 s = 0; s < N_STRIPS; s++)
        g_assert_cmpuint(hierarchy->strips[s].n_nodes, ==, sizes[s]);
    g_assert_cmpuint(first_strip[0], ==, 0);
    g_assert_cmpuint(first_strip[1], ==, 5);
    g_assert_cmpuint(first_strip[2], ==, 3);
    guint32 rank = 0;
    for (guint32 i = N; i-- > 0;) {
        g_assert_cmpuint(ranks[i], ==, rank);
        g_assert_cmpuint(hierarchy->rank_of[graph->node_of[dissection.order[i]]], ==, rank);
        rank++;
        if (rank % FM_STRIP_MOST == sizes[rank / FM_STRIP_MOST])
            rank = (rank / FM_STRIP_MOST + 1) * FM_STRIP_MOST;
    }
}

/* A front of 150 nodes below 50 others. */
enum { N_OWN = 150, N_ALL = 200, N_OWN_STRIPS = 3, SHIFT = 1000 };

/* Ranks fall, node by node, by enough for strips of their own. */
static FmFrontMatrix make_matrix(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(130);
    FmFrontMatrix made = {.costs = g_new(double, N_ALL *N_ALL),
                          .n = N_ALL,
                          .n_own = N_OWN,
                          .ranks = g_new(guint32, N_ALL),
                          .kept = g_new0(guint8, N_OWN * N_ALL)};
    for (guint32 i = 0; i < N_ALL * N_ALL; i++)
        made.costs[i] = i;
    for (guint32 i = 0; i < N_ALL; i++) {
        made.ranks[i] = SHIFT - i;
        for (guint32 j = i + 1; i < N_OWN && j < N_ALL; j++)
            made.kept[i * N_ALL + j] = g_rand_int_range(rand, 0, 5) == 0;
    }
    /* One that is passable from neither, and one that costs too much. */
    made.kept[N_ALL - 1] = 1;
    made.costs[N_ALL - 1] = (double)INFINITY;
    made.costs[(N_ALL - 1) * N_ALL] = (double)FM_STEPS_MAX;
    return made;
}

static void matrix_clear(FmFrontMatrix *matrix)
{
    g_free(matrix->costs);
    g_free(matrix->ranks);
    g_free(matrix->kept);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmFrontMatrix, matrix_clear)

/* Crosses out what a strip has; `last` is the matrix's row of its node 0. */
static void take_strip(const FmFrontMatrix *matrix, const FmStrip *strip, guint32 last,
                       const FmColumns *columns, gsize *column, gsize *hop)
{
    gsize first_column = *column, first_hop = *hop;
    for (; *column < first_column + strip->n_columns; ++*column) {
        guint32 j = SHIFT - columns->ranks[*column];
        g_assert_true(*column == first_column ||
                      columns->ranks[*column] < columns->ranks[*column - 1]);
        for (guint8 h = 0; h < columns->counts[*column]; h++, ++*hop) {
            guint32 i = last - columns->tails[*hop];
            g_assert_cmpuint(matrix->kept[i * N_ALL + j], ==, 1);
            matrix->kept[i * N_ALL + j] = 0;
            if (i == 0 && j == N_ALL - 1) {
                g_assert_true(isinf(columns->costs[FM_TRAVEL_FROM][*hop]));
                g_assert_true(isinf(columns->costs[FM_TRAVEL_TO][*hop]));
                continue;
            }
            g_assert_true(columns->costs[FM_TRAVEL_FROM][*hop] == matrix->costs[i * N_ALL + j]);
            g_assert_true(columns->costs[FM_TRAVEL_TO][*hop] == matrix->costs[j * N_ALL + i]);
        }
    }
    g_assert_cmpuint(*hop - first_hop, ==, strip->n_hops);
}

static void test_keep(void)
{
    g_auto(FmFrontMatrix) matrix = make_matrix();
    FmStrip strips[N_OWN_STRIPS] = {{.n_nodes = 64}, {.n_nodes = 64}, {.n_nodes = 22}};
    g_auto(FmColumns) columns = {0};
    g_assert_true(fm_strips_keep(&matrix, strips, &columns));
    gsize column = 0, hop = 0;
    guint32 last = N_OWN - 1;
    for (int s = 0; s < N_OWN_STRIPS; s++) {
        take_strip(&matrix, &strips[s], last, &columns, &column, &hop);
        last -= strips[s].n_nodes;
    }
    g_assert_cmpuint(column, ==, columns.n_columns);
    g_assert_cmpuint(hop, ==, columns.n_hops);
    for (guint32 i = 0; i < N_OWN * N_ALL; i++)
        g_assert_cmpuint(matrix.kept[i], ==, 0);
}

void test_hierarchy_strips(void)
{
    g_test_add_func("/network/hierarchy-strips/number", test_number);
    g_test_add_func("/network/hierarchy-strips/keep", test_keep);
}
