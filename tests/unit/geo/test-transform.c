#include "fixture.h"
#include "fm-unit.h"

#include <math.h>
#include <string.h>

static FmTransform *transform(const char *from, const char *to)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(FmCrs) source = fm_crs_new(from, NULL);
    g_autoptr(FmCrs) target = fm_crs_new(to, NULL);
    FmTransform *made = fm_transform_new(source, target, &error);

    g_assert_no_error(error);
    return made;
}

static void check(const char *from, const char *to, double x, double y, double wanted_x,
                  double wanted_y, double tolerance)
{
    g_autoptr(FmTransform) there = transform(from, to);
    g_autoptr(GError) error = NULL;
    double xy[1][2] = {{x, y}};

    g_assert_true(fm_transform_apply(there, xy, 1, &error));
    g_assert_no_error(error);
    assert_near(xy[0][0], wanted_x, tolerance);
    assert_near(xy[0][1], wanted_y, tolerance);
}

/* Tiananmen in the systems that Beijing's data come in. */
static void test_vectors(void)
{
    static const struct {
        const char *crs;
        double x_m, y_m;
    } cases[] = {
        {"EPSG:4548", 448481.575, 4419565.435},   {"EPSG:4547", 705014.881, 4422144.430},
        {"EPSG:4527", 39448481.575, 4419565.435}, {"EPSG:4498", 20448481.575, 4419565.435},
        {"EPSG:32650", 448502.182, 4417797.609},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        check("EPSG:4326", cases[i].crs, 116.3975, 39.9087, cases[i].x_m, cases[i].y_m, 0.001);
        check(cases[i].crs, "EPSG:4326", cases[i].x_m, cases[i].y_m, 116.3975, 39.9087, 1e-8);
    }
    check("EPSG:4490", "EPSG:4326", 116.3975, 39.9087, 116.3975, 39.9087, 1e-12);
}

/* Longitude first for every system, though EPSG says otherwise for these. */
static void test_axis_order(void)
{
    check("EPSG:4326", "EPSG:4490", 116.4, 39.9, 116.4, 39.9, 1e-12);
    check("EPSG:4326", "EPSG:3857", 116.4, 39.9, 12957588.7, 4851421.1, 0.1);
}

static void test_custom(void)
{
    static const char krasovsky[] =
        "+proj=tmerc +lat_0=0 +lon_0=117 +k=1 +x_0=500000 +y_0=0 +ellps=krass +units=m";
    g_autoptr(FmTransform) there = transform("EPSG:4326", krasovsky);
    g_autoptr(FmTransform) back = transform(krasovsky, "EPSG:4326");
    double xy[1][2] = {{116.4, 39.9}};

    g_assert_true(fm_transform_apply(there, xy, 1, NULL));
    g_assert_cmpfloat(xy[0][0], >, 400000);
    g_assert_true(fm_transform_apply(back, xy, 1, NULL));
    assert_near(xy[0][0], 116.4, 1e-11);
    assert_near(xy[0][1], 39.9, 1e-11);
}

static void test_web_datums(void)
{
    static const struct {
        const char *crs;
        double lon_deg, lat_deg;
    } places[] = {{"EPSG:4326", 116.3975, 39.9087},
                  {"GCJ-02", 116.4037435726518, 39.9101034993448},
                  {"BD-09", 116.4101165864734, 39.9164427496308}};

    for (gsize i = 0; i < G_N_ELEMENTS(places); i++) {
        for (gsize j = 0; j < G_N_ELEMENTS(places); j++) {
            check(places[i].crs, places[j].crs, places[i].lon_deg, places[i].lat_deg,
                  places[j].lon_deg, places[j].lat_deg, 2e-12);
        }
        check(places[i].crs, "EPSG:4548", places[i].lon_deg, places[i].lat_deg, 448481.575,
              4419565.435, 0.001);
        check("EPSG:4548", places[i].crs, 448481.574584, 4419565.435326, places[i].lon_deg,
              places[i].lat_deg, 1e-10);
    }
}

static void test_round_trip(void)
{
    static const char *const systems[] = {"EPSG:4548", "EPSG:32650", "EPSG:3857", "GCJ-02",
                                          "BD-09"};
    enum { N = 1500 }; /* several blocks */

    for (gsize s = 0; s < G_N_ELEMENTS(systems); s++) {
        g_autoptr(GRand) rand = g_rand_new_with_seed(11);
        g_autoptr(FmTransform) there = transform("EPSG:4326", systems[s]);
        g_autoptr(FmTransform) back = transform(systems[s], "EPSG:4326");
        g_autofree FmLonLat *points = scene_points(SCENE_CITY, rand, N);
        double(*xy)[2] = g_malloc_n(N, sizeof *xy);
        for (gsize i = 0; i < N; i++) {
            xy[i][0] = points[i].lon_deg;
            xy[i][1] = points[i].lat_deg;
        }
        g_assert_true(fm_transform_apply(there, xy, N, NULL));
        g_assert_true(fm_transform_apply(back, xy, N, NULL));
        for (gsize i = 0; i < N; i++) {
            assert_near(xy[i][0], points[i].lon_deg, 1e-10);
            assert_near(xy[i][1], points[i].lat_deg, 1e-10);
        }
        g_free(xy);
    }
}

static void test_refused(void)
{
    static const struct {
        const char *from, *to;
        double x, y;
        const char *message;
    } cases[] = {
        {"EPSG:4326", "EPSG:4548", 39.9, 116.4, "(39.9, 116.4) is no position in EPSG:4326"},
        {"EPSG:4326", "EPSG:4326", 39.9, 116.4, "(39.9, 116.4) is no position in EPSG:4326"},
        {"EPSG:4326", "EPSG:4548", 448481, 39.9, "is no position"},
        {"GCJ-02", "BD-09", 116.4, -90.1, "is no position in GCJ-02"},
        {"EPSG:4326", "EPSG:4548", NAN, 39.9, "is no position"},
        {"EPSG:4548", "EPSG:4326", INFINITY, 0, "is no position"},
        /* the zone number left in front of the easting */
        {"EPSG:4548", "EPSG:4326", 39448481.575, 4419565.435,
         "(39448481.575, 4419565.435) cannot be transformed from EPSG:4548 to EPSG:4326"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(FmTransform) there = transform(cases[i].from, cases[i].to);
        g_autoptr(GError) error = NULL;
        double xy[1][2] = {{cases[i].x, cases[i].y}};
        g_assert_false(fm_transform_apply(there, xy, 1, &error));
        g_assert_error(error, FM_ERROR, FM_ERROR_CRS);
        g_assert_nonnull(strstr(error->message, cases[i].message));
        g_assert_nonnull(strstr(error->message, "coordinate 0 "));
    }
}

/* The message names the first bad one, also behind the first block, as it was given. */
static void test_names_the_first(void)
{
    g_autoptr(FmTransform) back = transform("EPSG:4548", "EPSG:4326");
    g_autoptr(GError) error = NULL;
    enum { N = 2000, BAD = 1234 };
    double(*xy)[2] = g_malloc_n(N, sizeof *xy);

    for (gsize i = 0; i < N; i++) {
        xy[i][0] = 448481;
        xy[i][1] = 4419565;
    }
    xy[BAD][0] = 39448481;
    xy[BAD + 1][0] = 39448482;
    g_assert_false(fm_transform_apply(back, xy, N, &error));
    g_assert_nonnull(strstr(error->message, "coordinate 1234 (39448481, 4419565) "));
    g_free(xy);
}

static gboolean in_a_worker(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    FmLonLat *out = user;
    g_autoptr(FmTransform) there = transform("BD-09", "EPSG:4548");

    (void)worker;
    for (gsize i = begin; i < end; i++) {
        double xy[1][2] = {{116.41 + 1e-5 * (double)i, 39.91}};
        if (!fm_transform_apply(there, xy, 1, error)) {
            return FALSE;
        }
        out[i] = (FmLonLat){xy[0][0], xy[0][1]};
    }
    return TRUE;
}

static void test_threads(void)
{
    enum { N = 200 };
    FmLonLat one[N], four[N];

    g_assert_true(fm_parallel_for(N, 50, 1, in_a_worker, one, NULL, "transforming", NULL));
    g_assert_true(fm_parallel_for(N, 50, 4, in_a_worker, four, NULL, "transforming", NULL));
    g_assert_true(memcmp(one, four, sizeof one) == 0);
}

/* A copy says the same to the bit, on another thread too, and its inverse leads back; web offsets
 * go with it, as do names in messages. */
static gboolean by_copy(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    FmTransform **copies = user;

    (void)worker;
    for (gsize i = begin; i < end; i++) {
        double xy[1][2] = {{116.41 + 1e-3 * (double)i, 39.91}}, back[2];
        g_autoptr(FmTransform) inverse = fm_transform_inverse(copies[i], error);
        if (inverse == NULL || !fm_transform_apply(copies[i], xy, 1, error)) {
            return FALSE;
        }
        memcpy(back, xy[0], sizeof back);
        g_autoptr(FmTransform) again = fm_transform_inverse(inverse, error);
        if (!fm_transform_apply(inverse, &back, 1, error)) {
            return FALSE;
        }
        assert_near(back[0], 116.41 + 1e-3 * (double)i, 1e-9);
        assert_near(back[1], 39.91, 1e-9);
        g_assert_true(fm_transform_apply(again, &back, 1, NULL));
        assert_near(back[0], xy[0][0], 1e-3);
        assert_near(back[1], xy[0][1], 1e-3);
    }
    return TRUE;
}

static void test_copies(void)
{
    static const char *const pairs[][2] = {{"EPSG:4326", "EPSG:4548"}, {"GCJ-02", "EPSG:32650"}};
    enum { N = 4 };

    for (gsize p = 0; p < G_N_ELEMENTS(pairs); p++) {
        g_autoptr(FmTransform) whole = transform(pairs[p][0], pairs[p][1]);
        FmTransform *copies[N];
        for (gsize i = 0; i < N; i++) {
            double xy[1][2] = {{116.41, 39.91}}, same[1][2] = {{116.41, 39.91}};
            copies[i] = fm_transform_copy(whole, NULL);
            g_assert_nonnull(copies[i]);
            g_assert_true(fm_transform_apply(whole, xy, 1, NULL));
            g_assert_true(fm_transform_apply(copies[i], same, 1, NULL));
            g_assert_true(memcmp(xy, same, sizeof xy) == 0);
        }
        g_assert_true(fm_parallel_for(N, 1, 2, by_copy, copies, NULL, "transforming", NULL));
        g_autoptr(GError) error = NULL;
        double wrong[1][2] = {{500, 0}};
        g_assert_false(fm_transform_apply(copies[0], wrong, 1, &error));
        g_assert_error(error, FM_ERROR, FM_ERROR_CRS);
        g_assert_nonnull(strstr(error->message, pairs[p][0]));
        for (gsize i = 0; i < N; i++) {
            fm_transform_free(copies[i]);
        }
    }
}

void test_transform(void)
{
    g_test_add_func("/geo/transform/vectors", test_vectors);
    g_test_add_func("/geo/transform/axis-order", test_axis_order);
    g_test_add_func("/geo/transform/custom", test_custom);
    g_test_add_func("/geo/transform/web-datums", test_web_datums);
    g_test_add_func("/geo/transform/round-trip", test_round_trip);
    g_test_add_func("/geo/transform/refused", test_refused);
    g_test_add_func("/geo/transform/names-the-first", test_names_the_first);
    g_test_add_func("/geo/transform/threads", test_threads);
    g_test_add_func("/geo/transform/copies", test_copies);
}
