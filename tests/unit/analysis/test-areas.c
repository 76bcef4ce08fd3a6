/* Areas: who lies in which, where they overlap or leave gaps. */
#include "fixture.h"
#include "fm-unit.h"

#include <string.h>

static void test_assign(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_open_empty(&fixture);
    const Place places[] = {
        {"a", "POLYGON ((0 0, 2 0, 2 2, 0 2, 0 0))", "A", NULL, NULL, 0},
        {"lost", NULL, "Lost", NULL, NULL, 0},
        {"b", "POLYGON ((1 0, 3 0, 3 2, 1 2, 1 0), (2.4 0.4, 2.6 0.4, 2.6 0.6, 2.4 0.6, 2.4 0.4))",
         "B", NULL, NULL, 0},
    };
    fixture_put_places(&fixture, "zone", "area", places, G_N_ELEMENTS(places), NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(FmAreas) areas = fm_areas_read(fixture.workspace, "zone", NULL, &error);
    g_assert_no_error(error);
    /* in a; in both (the first counts); in b; on a's border; in b's hole; outside */
    const FmLonLat positions[] = {{0.5, 1}, {1.5, 1}, {2.5, 1}, {0, 1}, {2.5, 0.5}, {9, 9}};
    const gsize expected[] = {0, 0, 2, 0, G_MAXSIZE, G_MAXSIZE};
    gsize area_of[G_N_ELEMENTS(positions)];
    fm_areas_assign(areas, positions, G_N_ELEMENTS(positions), 2, area_of, NULL, &error);
    g_assert_no_error(error);
    fixture_assert_bytes(area_of, expected, sizeof area_of);
}

/* Of several chunks of positions: one thread and four say the same. */
static void test_threads(void)
{
    enum { N = 5000, N_AREAS = 12 };
    g_auto(Fixture) fixture = {0};
    fixture_open_empty(&fixture);
    Place places[N_AREAS];
    char wkt[N_AREAS][128], id[N_AREAS][8];
    for (int i = 0; i < N_AREAS; i++) {
        g_snprintf(id[i], sizeof id[i], "%d", i);
        g_snprintf(wkt[i], sizeof wkt[i], "POLYGON ((%d 0, %d 0, %d 2, %d 2, %d 0))", i, i + 2,
                   i + 2, i, i);
        places[i] = (Place){id[i], wkt[i], id[i], NULL, NULL, 0};
    }
    fixture_put_places(&fixture, "zone", "area", places, N_AREAS, NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(FmAreas) areas = fm_areas_read(fixture.workspace, "zone", NULL, &error);
    g_assert_no_error(error);
    g_autofree FmLonLat *positions = g_new(FmLonLat, N);
    g_autofree gsize *one = g_new(gsize, N), *four = g_new(gsize, N);
    g_autoptr(GRand) rand = g_rand_new_with_seed(3);
    for (gsize i = 0; i < N; i++)
        positions[i] =
            (FmLonLat){g_rand_double_range(rand, -1, 14), g_rand_double_range(rand, -1, 3)};
    g_assert_true(fm_areas_assign(areas, positions, N, 1, one, NULL, &error));
    g_assert_true(fm_areas_assign(areas, positions, N, 4, four, NULL, &error));
    fixture_assert_bytes(one, four, N * sizeof *one);
    gsize n_inside = 0;
    for (gsize i = 0; i < N; i++)
        n_inside += one[i] != G_MAXSIZE;
    g_assert_cmpuint(n_inside, >, N / 4);
    g_assert_cmpuint(n_inside, <, N);
}

static void test_not_areas(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_open(&fixture);
    g_autoptr(GError) error = NULL;
    g_assert_null(fm_areas_read(fixture.workspace, "clinic", NULL, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_USAGE);
    g_assert_cmpstr(error->message, ==,
                    "layer 'clinic' cannot be summed by: row 'a' is a POINT, not a polygon");
    g_clear_error(&error);
    g_assert_null(fm_areas_read(fixture.workspace, "absent", NULL, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_NOT_FOUND);
}

void test_areas(void)
{
    g_test_add_func("/analysis/areas/assign", test_assign);
    g_test_add_func("/analysis/areas/threads", test_threads);
    g_test_add_func("/analysis/areas/not-areas", test_not_areas);
}
