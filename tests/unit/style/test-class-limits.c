#include "../../../src/style/classes.h"
#include "fm-unit.h"

#include <math.h>

static FmClassesSpec make_spec(FmClassMethod method, gsize n_classes, FmPageFormat format)
{
    return (FmClassesSpec){
        .method = method, .n_classes = n_classes, .format = format, .decimals = -1};
}

static void check_labels(const FmClassesSpec *spec, const double *values, gsize n,
                         const char *const *labels)
{
    FmClassLimits limits;
    g_autoptr(GError) error = NULL;

    g_assert_true(fm__class_limits_find(spec, values, n, &limits, &error));
    for (gsize c = 0; c < limits.n_classes; c++) {
        g_autofree char *label = fm__class_label(spec, &limits, c, FALSE);
        g_assert_cmpstr(label, ==, labels[c]);
    }
    g_assert_null(labels[limits.n_classes]);
}

static void by_hand(void)
{
    const double shares[] = {0, 0.12, 0.394, 0.396, 0.55, 0.81, 1};
    const double far_m[] = {120, 1990, 2010, 4949, 5050, 9870};
    const double people[] = {1200, 50, 18000, 999};
    FmClassesSpec spec = make_spec(FM_CLASSES_EQUAL, 5, FM_PAGE_PERCENT);

    check_labels(&spec, shares, G_N_ELEMENTS(shares),
                 (const char *[]){"0 – 20", "21 – 40", "41 – 60", "61 – 80", "81 – 100 %", NULL});
    spec = make_spec(FM_CLASSES_JENKS, 3, FM_PAGE_KM);
    check_labels(&spec, far_m, G_N_ELEMENTS(far_m),
                 (const char *[]){"0.1 – 2.0", "2.1 – 5.1", "5.2 – 9.9 km", NULL});
    spec = make_spec(FM_CLASSES_JENKS, 4, FM_PAGE_COUNT);
    check_labels(&spec, people, G_N_ELEMENTS(people),
                 (const char *[]){"50", "51 – 999", "1,000 – 1,200", "1,201 – 18,000", NULL});
}

/* Each class ends where the next begins, and the limits cover everything. */
static void invariants(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(4);

    for (guint round = 0; round < 300; round++) {
        FmClassesSpec spec =
            make_spec((FmClassMethod)(round % 6), 1 + round % 8, (FmPageFormat)(round % 5));
        double values[50];
        FmClassLimits limits;
        g_autoptr(GError) error = NULL;
        for (gsize i = 0; i < G_N_ELEMENTS(values); i++) {
            double value = g_rand_double(rand) * (round % 3 == 0 ? 1 : 1e6);
            values[i] = round % 7 == 0 ? -value : value;
        }
        g_assert_true(fm__class_limits_find(&spec, values, G_N_ELEMENTS(values), &limits, &error));
        g_assert_no_error(error);
        for (gsize c = 0; c < limits.n_classes; c++) {
            g_assert_cmpint(limits.lower[c], <=, limits.upper[c]);
            if (c > 0) {
                g_assert_cmpint(limits.lower[c], ==, limits.upper[c - 1] + 1);
            }
            if (c > 1) {
                g_assert_cmpfloat(limits.steps[c - 1], >, limits.steps[c - 2]);
            }
        }
    }
}

static void fixed(void)
{
    const double within[] = {0.1, 0.39, 0.395, 0.9}, outside[] = {0.1, 1.2};
    double given[] = {0, 0.4, 1};
    g_autoptr(GArray) array = g_array_new(FALSE, FALSE, sizeof(double));
    FmClassesSpec spec = make_spec(FM_CLASSES_EQUAL, 2, FM_PAGE_PERCENT);
    FmClassLimits limits;
    g_autoptr(GError) error = NULL;

    g_array_append_vals(array, given, G_N_ELEMENTS(given));
    spec.is_fixed = TRUE;
    spec.limits = array;
    check_labels(&spec, within, G_N_ELEMENTS(within),
                 (const char *[]){"0 – 39", "40 – 100 %", NULL});
    g_assert_true(fm__class_limits_find(&spec, within, G_N_ELEMENTS(within), &limits, &error));
    g_assert_cmpfloat_with_epsilon(limits.steps[0], 0.395, 1e-12);
    g_assert_false(fm__class_limits_find(&spec, outside, G_N_ELEMENTS(outside), &limits, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_DATA);
}

static void nothing(void)
{
    const double none[] = {(double)NAN};
    FmClassesSpec spec = make_spec(FM_CLASSES_JENKS, 3, FM_PAGE_NUMBER);
    FmClassLimits limits;
    g_autoptr(GError) error = NULL;

    g_assert_false(fm__class_limits_find(&spec, none, 1, &limits, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_DATA);
}

static void chinese(void)
{
    const double people[] = {12e6, 13.4e6, 21.8e6};
    FmClassesSpec spec = make_spec(FM_CLASSES_JENKS, 2, FM_PAGE_MILLIONS);
    FmClassLimits limits;

    g_assert_true(fm__class_limits_find(&spec, people, G_N_ELEMENTS(people), &limits, NULL));
    g_autofree char *zh = fm__class_label(&spec, &limits, limits.n_classes - 1, TRUE);
    g_autofree char *en = fm__class_label(&spec, &limits, limits.n_classes - 1, FALSE);
    g_assert_cmpstr(en, ==, "13.5 – 21.8 million");
    g_assert_cmpstr(zh, ==, "1,350 – 2,180 万");
}

void test_class_limits(void)
{
    g_test_add_func("/style/class-limits/by-hand", by_hand);
    g_test_add_func("/style/class-limits/invariants", invariants);
    g_test_add_func("/style/class-limits/fixed", fixed);
    g_test_add_func("/style/class-limits/nothing", nothing);
    g_test_add_func("/style/class-limits/chinese", chinese);
}
