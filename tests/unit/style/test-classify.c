#include "fm-unit.h"

#include <facmap/classify.h>

#include <math.h>

static const FmClassMethod METHODS[] = {FM_CLASSES_EQUAL,  FM_CLASSES_QUANTILE,
                                        FM_CLASSES_PRETTY, FM_CLASSES_STDDEV,
                                        FM_CLASSES_JENKS,  FM_CLASSES_HEAD_TAIL};

static void check_breaks(FmClassMethod method, const double *values, gsize n, gsize n_classes,
                         const double *breaks, gsize n_breaks)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(FmClasses) classes = fm_classes_new(values, n, method, n_classes, &error);

    g_assert_no_error(error);
    g_assert_cmpuint(classes->n_classes + 1, ==, n_breaks);
    for (gsize i = 0; i < n_breaks; i++) {
        g_assert_cmpfloat_with_epsilon(classes->breaks[i], breaks[i], 1e-9);
    }
}

#define CHECK(method, n_classes, values, ...)                                                      \
    check_breaks(method, values, G_N_ELEMENTS(values), n_classes, (const double[]){__VA_ARGS__},   \
                 G_N_ELEMENTS(((const double[]){__VA_ARGS__})))

/* Worked out by hand. */
static void by_hand(void)
{
    const double ten[] = {10, 2, 3, 4, 5, 6, 7, 8, 9, 1};
    const double shares[] = {0.12, 0.48, 0.31, 0.77, 0.93};
    const double groups[] = {1, 2, 3, 10, 11, 12, 50};
    const double signs[] = {0, 1, -2};
    const double tail[] = {1, 1, 1, 1, 1, 1, 1, 1, 2, 10};
    const double spread[] = {2, 4, 4, 4, 5, 5, 7, 9}; /* mean 5, deviation 2 */

    CHECK(FM_CLASSES_EQUAL, 3, ten, 1, 4, 7, 10);
    CHECK(FM_CLASSES_QUANTILE, 4, ten, 1, 3.25, 5.5, 7.75, 10);
    CHECK(FM_CLASSES_PRETTY, 5, ten, 0, 2, 4, 6, 8, 10);
    CHECK(FM_CLASSES_PRETTY, 5, shares, 0, 0.2, 0.4, 0.6, 0.8, 1);
    CHECK(FM_CLASSES_JENKS, 3, groups, 1, 3, 12, 50);
    CHECK(FM_CLASSES_JENKS, 2, signs, -2, -2, 1);
    CHECK(FM_CLASSES_JENKS, 5, signs, -2, -2, 0, 1);
    CHECK(FM_CLASSES_HEAD_TAIL, 5, tail, 1, 2, 10);
    CHECK(FM_CLASSES_STDDEV, 4, spread, 2, 3, 5, 7, 9);
    CHECK(FM_CLASSES_STDDEV, 3, spread, 2, 4, 6, 9);
}

/* Ties: half of the values are 0, so the lower quantiles are one break. */
static void ties(void)
{
    const double values[] = {0, 0, 0, 0, 0, 1, 2, 3, 4, 5};

    CHECK(FM_CLASSES_QUANTILE, 5, values, 0, 0, 1.4, 3.2, 5);
}

static void same(void)
{
    const double values[] = {3, 3, 3};

    for (gsize i = 0; i < G_N_ELEMENTS(METHODS); i++) {
        CHECK(METHODS[i], 5, values, 3, 3);
    }
}

static void add_values(GRand *rand, double *values, gsize n, guint shape)
{
    for (gsize i = 0; i < n; i++) {
        double uniform = g_rand_double(rand);
        values[i] = shape == 0   ? uniform
                    : shape == 1 ? exp(8 * uniform)
                    : shape == 2 ? floor(uniform * 6) - 3
                                 : 1e9 + uniform * 1e-3;
    }
    if (n > 4) {
        values[3] = (double)NAN;
    }
}

/* Whatever the values: each is in exactly one class, and counts and fit say so. */
static void invariants(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(3);

    for (guint round = 0; round < 400; round++) {
        double values[60];
        gsize n = (gsize)g_rand_int_range(rand, 1, G_N_ELEMENTS(values) + 1);
        gsize asked = (gsize)g_rand_int_range(rand, 1, 9);
        add_values(rand, values, n, round % 4);
        for (gsize m = 0; m < G_N_ELEMENTS(METHODS); m++) {
            g_autoptr(GError) error = NULL;
            g_autoptr(FmClasses) classes = fm_classes_new(values, n, METHODS[m], asked, &error);
            gsize counts[FM_CLASSES_MAX] = {0}, n_missing = 0;
            g_assert_no_error(error);
            g_assert_true(METHODS[m] == FM_CLASSES_PRETTY || classes->n_classes <= asked);
            for (gsize i = 0; i < n; i++) {
                gsize c = fm_classes_find(classes, values[i]);
                if (isnan(values[i])) {
                    n_missing++;
                    g_assert_cmpuint(c, ==, FM_CLASS_NONE);
                } else {
                    g_assert_cmpuint(c, <, classes->n_classes);
                    counts[c]++;
                }
            }
            g_assert_cmpuint(n_missing, ==, classes->n_missing);
            for (gsize c = 0; c < classes->n_classes; c++) {
                g_assert_cmpuint(counts[c], ==, classes->counts[c]);
                g_assert_cmpfloat(classes->breaks[c], <=, classes->breaks[c + 1]);
            }
            g_assert_cmpfloat(classes->fit_ratio, >=, -1e-9);
            g_assert_cmpfloat(classes->fit_ratio, <=, 1);
        }
    }
}

/* No other method fits better than Jenks with as many classes. */
static void jenks_fits_best(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(9);
    double values[200];

    for (guint round = 0; round < 20; round++) {
        add_values(rand, values, G_N_ELEMENTS(values), round % 3);
        for (gsize m = 0; m < G_N_ELEMENTS(METHODS); m++) {
            g_autoptr(FmClasses) other =
                fm_classes_new(values, G_N_ELEMENTS(values), METHODS[m], 5, NULL);
            g_autoptr(FmClasses) jenks = fm_classes_new(values, G_N_ELEMENTS(values),
                                                        FM_CLASSES_JENKS, other->n_classes, NULL);
            g_assert_cmpfloat(jenks->fit_ratio, >=, other->fit_ratio - 1e-12);
        }
    }
}

static void errors(void)
{
    const double values[] = {1, 2}, none[] = {(double)NAN, INFINITY};
    g_autoptr(GError) error = NULL;
    FmClassMethod method = FM_CLASSES_EQUAL;

    g_assert_null(fm_classes_new(values, 2, FM_CLASSES_EQUAL, 0, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_USAGE);
    g_clear_error(&error);
    g_assert_null(fm_classes_new(values, 2, FM_CLASSES_EQUAL, FM_CLASSES_MAX + 1, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_USAGE);
    g_clear_error(&error);
    g_assert_null(fm_classes_new(none, 2, FM_CLASSES_JENKS, 3, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_DATA);
    g_clear_error(&error);
    g_assert_true(fm_class_method_parse("head-tail", &method, &error));
    g_assert_cmpint(method, ==, FM_CLASSES_HEAD_TAIL);
    g_assert_false(fm_class_method_parse("natural", &method, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_USAGE);
}

void test_classify(void)
{
    g_test_add_func("/style/classify/by-hand", by_hand);
    g_test_add_func("/style/classify/ties", ties);
    g_test_add_func("/style/classify/same", same);
    g_test_add_func("/style/classify/invariants", invariants);
    g_test_add_func("/style/classify/jenks-fits-best", jenks_fits_best);
    g_test_add_func("/style/classify/errors", errors);
}
