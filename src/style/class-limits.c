/* Limits of classes in the digits in which they are printed, and their labels. */
#include "classes.h"

#include <math.h>

/* A class limit should be printed in digits that are fine enough to show a tenth of a class. */
#define MOST_DECIMALS 6
/* Whole numbers above this are not exact in a double. */
#define LARGEST_UNITS 9e15

/* How many of the printed unit one of the value's own is. */
static double scale_of(FmPageFormat format)
{
    switch (format) {
    case FM_PAGE_PERCENT:
        return 100;
    case FM_PAGE_KM:
        return 1e-3;
    case FM_PAGE_MILLIONS:
        return 1e-6;
    case FM_PAGE_COUNT:
    case FM_PAGE_NUMBER:
    default:
        return 1;
    }
}

static double units_per_value(const FmClassesSpec *spec, int decimals)
{
    return scale_of(spec->format) * pow(10, decimals);
}

/* Counts are whole; else so many digits that a class of mean width is more than a few units wide:
 * 20 per cent need none, 2 km need one. */
static int choose_decimals(const FmClassesSpec *spec, double least, double largest)
{
    double step = (largest - least) * scale_of(spec->format) / (double)spec->n_classes;

    if (spec->decimals >= 0) {
        return spec->decimals;
    }
    if (spec->format == FM_PAGE_COUNT || !(step > 0)) {
        return 0;
    }
    return CLAMP(1 - (int)floor(log10(step)), 0, MOST_DECIMALS);
}

static gboolean find_range(const double *values, gsize n, double *least, double *largest,
                           GError **error)
{
    *least = INFINITY;
    *largest = -INFINITY;
    for (gsize i = 0; i < n; i++) {
        if (isfinite(values[i])) {
            *least = MIN(*least, values[i]);
            *largest = MAX(*largest, values[i]);
        }
    }
    if (*least > *largest) {
        g_set_error(error, FM_ERROR, FM_ERROR_DATA,
                    "none of %" G_GSIZE_FORMAT " features has a value to class", n);
        return FALSE;
    }
    return TRUE;
}

/* Limits that the document gives: the upper one belongs to the next class. */
static gboolean use_fixed(const FmClassesSpec *spec, double least, double largest, double units,
                          FmClassLimits *out, GError **error)
{
    const double *limits = (const double *)(void *)spec->limits->data;
    double first = limits[0], last = limits[spec->n_classes];

    if (round(least * units) < round(first * units) ||
        (!spec->is_open && round(largest * units) > round(last * units))) {
        g_autofree char *bad = fm_format_double(least < first ? least : largest);
        g_autofree char *from = fm_format_double(first), *to = fm_format_double(last);
        g_set_error(error, FM_ERROR, FM_ERROR_DATA,
                    "the value %s lies outside the limits %s to %s: widen them", bad, from, to);
        return FALSE;
    }
    out->n_classes = spec->n_classes;
    for (gsize c = 0; c < spec->n_classes; c++) {
        gboolean is_last = c + 1 == spec->n_classes;
        out->lower[c] = (gint64)round(limits[c] * units);
        out->upper[c] = is_last && spec->is_open
                            ? MAX((gint64)round(largest * units), out->lower[c])
                            : (gint64)round(limits[c + 1] * units) - (is_last ? 0 : 1);
    }
    return TRUE;
}

/* Limits found in the values as they are printed. */
static gboolean find_limits(const FmClassesSpec *spec, const double *values, gsize n, double units,
                            FmClassLimits *out, GError **error)
{
    g_autofree double *printed = g_new(double, MAX(n, 1));

    for (gsize i = 0; i < n; i++) {
        printed[i] = round(values[i] * units);
    }
    g_autoptr(FmClasses) classes = fm_classes_new(printed, n, spec->method, spec->n_classes, error);
    if (classes == NULL) {
        return FALSE;
    }
    gint64 lower = (gint64)ceil(classes->breaks[0]);
    out->n_classes = 0;
    for (gsize c = 0; c < classes->n_classes; c++) {
        gint64 upper = (gint64)floor(classes->breaks[c + 1]);
        if (upper >= lower) {
            out->lower[out->n_classes] = lower;
            out->upper[out->n_classes++] = upper;
            lower = upper + 1;
        }
    }
    return TRUE;
}

gboolean fm__class_limits_find(const FmClassesSpec *spec, const double *values, gsize n,
                               FmClassLimits *out, GError **error)
{
    double least, largest;

    if (!find_range(values, n, &least, &largest, error)) {
        return FALSE;
    }
    *out = (FmClassLimits){.decimals = choose_decimals(spec, least, largest)};
    double units = units_per_value(spec, out->decimals);
    if (fabs(least) * units > LARGEST_UNITS || fabs(largest) * units > LARGEST_UNITS) {
        g_set_error(error, FM_ERROR, FM_ERROR_DATA,
                    "values up to %g cannot be classed with %d decimals", MAX(-least, largest),
                    out->decimals);
        return FALSE;
    }
    if (spec->is_fixed ? !use_fixed(spec, least, largest, units, out, error)
                       : !find_limits(spec, values, n, units, out, error)) {
        return FALSE;
    }
    for (gsize c = 0; c + 1 < out->n_classes; c++) {
        out->steps[c] = ((double)out->upper[c] + 0.5) / units;
    }
    return TRUE;
}

/* ---- labels ---- */

static char *print_units(gint64 units, int decimals)
{
    gint64 ten = 1;

    for (int i = 0; i < decimals; i++) {
        ten *= 10;
    }
    g_autofree char *whole = fm_format_count(ABS(units) / ten);
    const char *minus = units < 0 ? "−" : "";
    return decimals == 0 ? g_strconcat(minus, whole, NULL)
                         : g_strdup_printf("%s%s.%0*" G_GINT64_FORMAT, minus, whole, decimals,
                                           ABS(units) % ten);
}

/* Chinese counts in ten thousands, not in millions. */
static char *print_limit(const FmClassesSpec *spec, gint64 units, int decimals, gboolean chinese)
{
    if (spec->format != FM_PAGE_MILLIONS || !chinese) {
        return print_units(units, decimals);
    }
    for (; decimals < 2; decimals++) {
        units *= 10;
    }
    return print_units(units, decimals - 2);
}

static const char *unit_of(FmPageFormat format, gboolean chinese)
{
    switch (format) {
    case FM_PAGE_PERCENT:
        return " %";
    case FM_PAGE_KM:
        return chinese ? " 公里" : " km";
    case FM_PAGE_MILLIONS:
        return chinese ? " 万" : " million";
    case FM_PAGE_COUNT:
    case FM_PAGE_NUMBER:
    default:
        return "";
    }
}

char *fm__class_label(const FmClassesSpec *spec, const FmClassLimits *limits, gsize c,
                      gboolean chinese)
{
    gboolean is_last = c + 1 == limits->n_classes;
    const char *unit = is_last ? unit_of(spec->format, chinese) : "";
    g_autofree char *from = print_limit(spec, limits->lower[c], limits->decimals, chinese);
    g_autofree char *to = print_limit(spec, limits->upper[c], limits->decimals, chinese);

    if (is_last && spec->is_open) {
        return g_strconcat("≥ ", from, unit, NULL);
    }
    return limits->lower[c] == limits->upper[c] ? g_strconcat(from, unit, NULL)
                                                : g_strconcat(from, " – ", to, unit, NULL);
}

char *fm__class_limit_text(const FmClassesSpec *spec, const FmClassLimits *limits, gsize c,
                           gboolean chinese)
{
    gboolean is_last = c == limits->n_classes;
    gint64 units = is_last ? limits->upper[c - 1] : limits->lower[c];
    g_autofree char *number = print_limit(spec, units, limits->decimals, chinese);

    if (is_last && spec->is_open) { /* no end to name */
        return g_strdup(unit_of(spec->format, chinese));
    }
    return g_strconcat(number, is_last ? unit_of(spec->format, chinese) : "", NULL);
}
