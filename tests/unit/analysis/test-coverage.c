/* Coverage from end to end: who takes part, what is refused, the same result for any threads. */
#include "fm-unit.h"
#include "town.h"

#include <math.h>

static double people_of(const FmResult *result, const char *within)
{
    const FmTable *table = fm_result_table(result, "");
    return fixture_number(table, "people", fixture_row(table, "within", within));
}

static void test_town(void)
{
    g_auto(Town) town = {0};
    town_open(&town);
    g_autoptr(FmResult) result = town_covered(&town);
    g_assert_cmpstr(result->name, ==, "coverage_clinic_3_5km");
    g_assert_cmpstr(result->command, ==, "coverage");
    g_assert_cmpuint(result->inputs->len, ==, 3);
    g_assert_cmpuint(result->warnings->len, ==, 0);
    g_assert_cmpfloat(people_of(result, "1.2km"), ==, 100 + 200 + 500 + 600);
    g_assert_cmpfloat(people_of(result, "2.5km"), ==, 2100);
    g_assert_cmpfloat(people_of(result, "3.5km"), ==, 2100);
}

static void test_threads(void)
{
    g_auto(Town) town = {0};
    town_open(&town);
    town.options.n_threads = 1;
    g_autoptr(FmResult) one = town_covered(&town);
    town.options.n_threads = 4;
    g_autoptr(FmResult) four = town_covered(&town);
    g_assert_cmpstr(one->summary, ==, four->summary);
    g_assert_cmpuint(one->layers->len, ==, four->layers->len);
    for (guint i = 0; i < one->layers->len; i++) {
        const FmResultLayer *a = g_ptr_array_index(one->layers, i);
        const FmResultLayer *b = g_ptr_array_index(four->layers, i);
        g_autofree char *hash_a = fm_table_sha256(a->table), *hash_b = fm_table_sha256(b->table);
        g_assert_cmpstr(hash_a, ==, hash_b);
    }
}

/* What is open in 2020 against the plan: one option apart. */
static void test_status(void)
{
    g_auto(Town) town = {0};
    town_open(&town);
    const Place schools[] = {
        {"s0", "POINT (0 0)", "Old", "open", "2001", NAN},
        {"s1", "POINT (0.02 0)", "New", "open", "2021-09-01", NAN},
        {"s2", "POINT (0.04 0)", "Coming", "planned", "2025", NAN},
    };
    fixture_put_places(&town.fixture, "school", "school", schools, G_N_ELEMENTS(schools), NULL);
    town.options.n_limits = 1;
    town.options.of.layer = "school";
    g_autoptr(FmResult) now = town_covered(&town);
    g_assert_cmpfloat(people_of(now, "1.2km"), ==, 100 + 200 + 300 + 400);
    town.options.of.filter.as_of = "2020";
    g_autoptr(FmResult) then = town_covered(&town);
    g_assert_cmpfloat(people_of(then, "1.2km"), ==, 100 + 200);
    town.options.of.filter.as_of = NULL;
    town.options.of.filter.include_planned = TRUE;
    g_autoptr(FmResult) plan = town_covered(&town);
    g_assert_cmpfloat(people_of(plan, "1.2km"), ==, 2100);
    town.options.of.filter.where = "id <> 's1'";
    g_autoptr(FmResult) where = town_covered(&town);
    g_assert_cmpfloat(people_of(where, "1.2km"), ==, 100 + 200 + 400 + 500 + 600);
    town.options.of.filter = (FmFilter){.by_status = TRUE, .as_of = "1990"};
    town_cover_fails(&town.fixture, &town.options, FM_ERROR_DATA,
                     "no facility of layer 'school' is left: of 3 rows 0 pass");
}

/* Facilities that are areas count from their edge, quarters that are areas by a point inside. */
static void test_areas_as_points(void)
{
    g_auto(Town) town = {0};
    town_open(&town);
    const Place parks[] = {{"p",
                            "POLYGON ((-0.01 -0.01, 0.01 -0.01, 0.01 0.01, -0.01 0.01, "
                            "-0.01 -0.01))",
                            "Park", NULL, NULL, NAN}};
    const Place blocks[] = {
        {"in", "POLYGON ((0.001 0, 0.002 0, 0.002 0.001, 0.001 0.001, 0.001 0))", "In", NULL, NULL,
         7},
        {"out", "POLYGON ((0.03 0, 0.04 0, 0.04 0.01, 0.03 0.01, 0.03 0))", "Out", NULL, NULL, 9},
    };
    fixture_put_places(&town.fixture, "park", "park", parks, 1, NULL);
    fixture_put_places(&town.fixture, "block", "demand", blocks, 2, "people");
    town.options.of.layer = "park";
    town.options.demand.layer = "block";
    town.options.by = NULL;
    g_autoptr(FmResult) result = town_covered(&town);
    g_assert_cmpfloat(people_of(result, "1.2km"), ==, 7);
    g_assert_cmpfloat(people_of(result, "3.5km"), ==, 16);
    const FmTable *demand = fm_result_table(result, "_demand");
    g_assert_cmpfloat(fixture_number(demand, "distance_m", 0), ==, 0);
    g_assert_cmpint(fm_table_geometry(demand, 0)->type, ==, FM_GEOMETRY_POLYGON);
    g_assert_null(fm_result_table(result, "_by_district"));
}

static void test_refusals(void)
{
    g_auto(Town) town = {0};
    town_open(&town);
    town.options.name = "Not a name";
    town_cover_fails(&town.fixture, &town.options, FM_ERROR_USAGE, "Not a name");
    town.options = town_coverage(town.limits);
    town.limits[2] = fixture_limit("15min");
    town_cover_fails(&town.fixture, &town.options, FM_ERROR_USAGE, "is a time");
    town.limits[2] = fixture_limit("5001km");
    town_cover_fails(&town.fixture, &town.options, FM_ERROR_USAGE,
                     "'5001km' is too far: in a straight line at most 5000 km");
    town.options = town_coverage(town.limits);
    town.options.by = "clinic";
    town_cover_fails(&town.fixture, &town.options, FM_ERROR_USAGE, "not a polygon");
    town.options.by = "absent";
    town_cover_fails(&town.fixture, &town.options, FM_ERROR_NOT_FOUND, "absent");
    town.options = town_coverage(town.limits);
    town.options.weight = "jobs";
    town_cover_fails(&town.fixture, &town.options, FM_ERROR_USAGE, "jobs");
    town.options = town_coverage(town.limits);
    town.options.demand.filter.where = "people > 1e9";
    town_cover_fails(&town.fixture, &town.options, FM_ERROR_DATA,
                     "no demand of layer 'quarter' is left: of 6 rows 0 pass");
    const Place empty[] = {{"e", "POINT (0 0)", "Empty", NULL, NULL, 0}};
    fixture_put_places(&town.fixture, "void", "demand", empty, 1, "people");
    town.options = town_coverage(town.limits);
    town.options.demand.layer = "void";
    town_cover_fails(&town.fixture, &town.options, FM_ERROR_DATA, "layer 'void' counts nobody");
}

/* Cancelled at the n-th report, for every n: always the same clean failure. */
typedef struct {
    int left;
    double last;
} Countdown;

static gboolean count_down(double fraction, const char *stage, void *user)
{
    Countdown *countdown = user;
    g_assert_nonnull(stage);
    g_assert_cmpfloat(fraction, >=, countdown->last);
    g_assert_cmpfloat(fraction, <=, 1);
    countdown->last = fraction;
    return countdown->left-- > 0;
}

static void test_cancel(void)
{
    g_auto(Town) town = {0};
    town_open(&town);
    int n_cancelled = 0;
    for (;; n_cancelled++) {
        g_autoptr(GError) error = NULL;
        Countdown countdown = {.left = n_cancelled};
        FmProgress progress = fm_progress_init(count_down, &countdown);
        g_autoptr(FmResult) result =
            fm_coverage(town.fixture.workspace, &town.options, &progress, &error);
        if (result) {
            g_assert_cmpfloat(countdown.last, ==, 1);
            break;
        }
        g_assert_error(error, FM_ERROR, FM_ERROR_CANCELLED);
    }
    g_assert_cmpint(n_cancelled, >, 5);
}

void test_coverage(void)
{
    g_test_add_func("/analysis/coverage/town", test_town);
    g_test_add_func("/analysis/coverage/threads", test_threads);
    g_test_add_func("/analysis/coverage/status", test_status);
    g_test_add_func("/analysis/coverage/areas-as-points", test_areas_as_points);
    g_test_add_func("/analysis/coverage/refusals", test_refusals);
    g_test_add_func("/analysis/coverage/cancel", test_cancel);
}
