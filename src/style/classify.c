/* Numbers into classes.  Every method gives the upper limits of its classes; what is common to all
 * (missing values, counts, fit) is done once here. */
#include "classify-internal.h"

#include <math.h>
#include <string.h>

static const char *const METHODS[] = {
    [FM_CLASSES_EQUAL] = "equal",   [FM_CLASSES_QUANTILE] = "quantile",
    [FM_CLASSES_PRETTY] = "pretty", [FM_CLASSES_STDDEV] = "stddev",
    [FM_CLASSES_JENKS] = "jenks",   [FM_CLASSES_HEAD_TAIL] = "head-tail",
};

/* Share of values above the mean up to which they are a head worth splitting. */
#define HEAD_SHARE 0.4

gboolean fm_class_method_parse(const char *text, FmClassMethod *out, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(METHODS); i++) {
        if (strcmp(text, METHODS[i]) == 0) {
            *out = (FmClassMethod)i;
            return TRUE;
        }
    }
    g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                "'%s' is no way to make classes: it is one of equal, quantile, pretty, stddev, "
                "jenks, head-tail",
                text);
    return FALSE;
}

/* ---- the values ---- */

/* What is classed: sorted with repeats, and without. */
typedef struct {
    double *sorted;
    gsize n;
    double *values;
    gsize *counts;
    FmDistinct distinct;
    double mean, deviation; /* population standard deviation */
} Values;

static void values_clear(Values *values)
{
    g_free(values->sorted);
    g_free(values->values);
    g_free(values->counts);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Values, values_clear)

static int compare_doubles(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;

    return (left > right) - (left < right);
}

static void count_distinct(Values *values)
{
    gsize n = 0;

    values->values = g_new(double, values->n);
    values->counts = g_new0(gsize, values->n);
    for (gsize i = 0; i < values->n; i++) {
        if (n == 0 || values->sorted[i] > values->values[n - 1]) {
            values->values[n++] = values->sorted[i];
        }
        values->counts[n - 1]++;
    }
    values->distinct = (FmDistinct){
        .values = values->values, .counts = values->counts, .n = n, .n_all = values->n};
}

/* Welford's (1962) way: no cancellation. */
static void measure(Values *values)
{
    double square = 0;

    for (gsize i = 0; i < values->n; i++) {
        double before = values->sorted[i] - values->mean;
        values->mean += before / (double)(i + 1);
        square += before * (values->sorted[i] - values->mean);
    }
    values->deviation = sqrt(square / (double)values->n);
}

static gboolean values_init(Values *values, const double *given, gsize n, GError **error)
{
    *values = (Values){.sorted = g_new(double, MAX(n, 1))};
    for (gsize i = 0; i < n; i++) {
        if (isfinite(given[i])) {
            values->sorted[values->n++] = given[i];
        }
    }
    if (values->n == 0) {
        g_set_error(error, FM_ERROR, FM_ERROR_DATA,
                    "none of %" G_GSIZE_FORMAT " values is a number: there is nothing to class", n);
        return FALSE;
    }
    qsort(values->sorted, values->n, sizeof *values->sorted, compare_doubles);
    count_distinct(values);
    measure(values);
    return TRUE;
}

/* ---- methods: each appends upper limits to `limits`, the last one >= the largest value ---- */

static double least(const Values *values)
{
    return values->sorted[0];
}

static double largest(const Values *values)
{
    return values->sorted[values->n - 1];
}

/* A limit that is not above the one before would make an empty class of no width. */
static void add_limit(GArray *limits, const Values *values, double limit)
{
    double before = limits->len > 0 ? g_array_index(limits, double, limits->len - 1) : -INFINITY;

    if (limit > before && limit >= least(values)) {
        g_array_append_val(limits, limit);
    }
}

static void limit_equal(const Values *values, gsize n_classes, GArray *limits)
{
    double low = least(values), high = largest(values);

    for (gsize i = 1; i < n_classes && high > low; i++) {
        double share = (double)i / (double)n_classes;
        add_limit(limits, values, low * (1 - share) + high * share);
    }
    add_limit(limits, values, high);
}

static void limit_quantile(const Values *values, gsize n_classes, GArray *limits)
{
    for (gsize i = 1; i <= n_classes; i++) {
        double p = (double)i / (double)n_classes;
        add_limit(limits, values, fm_quantile_sorted(values->sorted, values->n, p));
    }
}

/* The multiple `count` of a pretty step, 1, 2 or 5 times ten to the power: one rounding only. */
static double pretty_value(double count, double digit, int power)
{
    double ten = pow(10, abs(power));

    return power < 0 ? count * digit / ten : count * digit * ten;
}

static double pretty_count(const Values *values, double digit, int power)
{
    double step = pretty_value(1, digit, power);

    return ceil(largest(values) / step) - floor(least(values) / step);
}

static void limit_pretty(const Values *values, gsize n_classes, GArray *limits, double *first)
{
    static const double DIGITS[] = {1, 2, 5};
    double range = largest(values) - least(values), best = INFINITY, digit = 1;
    int power = 0;

    if (!(range > 0) || !isfinite(range)) {
        limit_equal(values, n_classes, limits);
        return;
    }
    int near = (int)floor(log10(range / (double)n_classes));
    for (int p = near + 1; p >= near - 1; p--) {
        for (gsize i = G_N_ELEMENTS(DIGITS); i-- > 0;) {
            double count = pretty_count(values, DIGITS[i], p);
            double miss = fabs(count - (double)n_classes);
            if (miss < best && count <= FM_CLASSES_MAX) {
                best = miss;
                digit = DIGITS[i];
                power = p;
            }
        }
    }
    double step = pretty_value(1, digit, power), low = floor(least(values) / step);
    *first = pretty_value(low, digit, power);
    const gsize n = (gsize)pretty_count(values, digit, power);
    for (gsize i = 1; i <= n; i++) {
        add_limit(limits, values, pretty_value(low + (double)i, digit, power));
    }
    add_limit(limits, values, largest(values));
}

static void limit_stddev(const Values *values, gsize n_classes, GArray *limits)
{
    for (gsize i = 1; i < n_classes; i++) {
        double steps = (double)i - (double)n_classes / 2;
        double limit = values->mean + steps * values->deviation;
        if (limit < largest(values)) {
            add_limit(limits, values, limit);
        }
    }
    add_limit(limits, values, largest(values));
}

static void limit_jenks(const Values *values, gsize n_classes, GArray *limits)
{
    gsize n = MIN(n_classes, values->distinct.n);
    gsize last[FM_CLASSES_MAX];

    fm_jenks(&values->distinct, n, last);
    for (gsize i = 0; i < n; i++) {
        add_limit(limits, values, values->distinct.values[last[i]]);
    }
}

static void limit_head_tail(const Values *values, gsize n_classes, GArray *limits)
{
    gsize first = 0; /* of the head */

    while (limits->len + 1 < n_classes) {
        double mean = 0;
        gsize above = first, n = values->n - first;
        for (gsize i = first; i < values->n; i++) {
            mean += (values->sorted[i] - mean) / (double)(i - first + 1);
        }
        while (above < values->n && values->sorted[above] <= mean) {
            above++;
        }
        gsize n_head = values->n - above;
        if (n_head == 0 || (double)n_head > HEAD_SHARE * (double)n) {
            break;
        }
        add_limit(limits, values, mean);
        first = above;
    }
    add_limit(limits, values, largest(values));
}

/* ---- the classes ---- */

gsize fm_classes_find(const FmClasses *classes, double value)
{
    gsize low = 0, high = classes->n_classes;

    if (!(value >= classes->breaks[0] && value <= classes->breaks[high])) {
        return FM_CLASS_NONE;
    }
    while (low + 1 < high) {
        gsize middle = low + (high - low) / 2;
        if (value <= classes->breaks[middle]) {
            high = middle;
        } else {
            low = middle;
        }
    }
    return low;
}

static void count(FmClasses *classes, const Values *values)
{
    double within = 0, all = values->deviation * values->deviation * (double)values->n;

    for (gsize i = 0, c = 0; c < classes->n_classes; c++) {
        double mean = 0;
        for (; i < values->n && values->sorted[i] <= classes->breaks[c + 1]; i++) {
            double before = values->sorted[i] - mean;
            mean += before / (double)++classes->counts[c];
            within += before * (values->sorted[i] - mean);
        }
    }
    classes->fit_ratio = all > 0 ? 1 - within / all : 1;
}

void fm_classes_free(FmClasses *classes)
{
    if (classes != NULL) {
        g_free(classes->breaks);
        g_free(classes->counts);
        g_free(classes);
    }
}

FmClasses *fm_classes_new(const double *values, gsize n, FmClassMethod method, gsize n_classes,
                          GError **error)
{
    g_auto(Values) known = {0};
    g_autoptr(GArray) limits = g_array_new(FALSE, FALSE, sizeof(double));

    if (n_classes < 1 || n_classes > FM_CLASSES_MAX) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                    "%" G_GSIZE_FORMAT " classes: there can be 1 to %d", n_classes, FM_CLASSES_MAX);
        return NULL;
    }
    if (!values_init(&known, values, n, error)) {
        return NULL;
    }
    double first = least(&known);
    switch (method) {
    case FM_CLASSES_EQUAL:
        limit_equal(&known, n_classes, limits);
        break;
    case FM_CLASSES_QUANTILE:
        limit_quantile(&known, n_classes, limits);
        break;
    case FM_CLASSES_PRETTY:
        limit_pretty(&known, n_classes, limits, &first);
        break;
    case FM_CLASSES_STDDEV:
        limit_stddev(&known, n_classes, limits);
        break;
    case FM_CLASSES_JENKS:
        limit_jenks(&known, n_classes, limits);
        break;
    case FM_CLASSES_HEAD_TAIL:
        limit_head_tail(&known, n_classes, limits);
        break;
    }
    g_autoptr(FmClasses) classes = g_new0(FmClasses, 1);
    classes->n_classes = limits->len;
    classes->breaks = g_new(double, limits->len + 1);
    classes->counts = g_new0(gsize, limits->len);
    classes->n_missing = n - known.n;
    classes->breaks[0] = first;
    memcpy(classes->breaks + 1, limits->data, limits->len * sizeof(double));
    count(classes, &known);
    return g_steal_pointer(&classes);
}
