/** @file classify.h
 *  Numbers into classes, for choropleths and legends.  Class i holds the values in
 *  (breaks[i], breaks[i + 1]], the first one also breaks[0]: every value is in one class, and
 *  printed limits never overlap.
 *
 *  Threads: pure functions. */
#ifndef FACMAP_CLASSIFY_H
#define FACMAP_CLASSIFY_H

#include <facmap/core.h>

G_BEGIN_DECLS

typedef enum {
    FM_CLASSES_EQUAL,    /**< classes of equal width */
    FM_CLASSES_QUANTILE, /**< of equal counts; equal breaks become one (Hyndman & Fan, type 7) */
    FM_CLASSES_PRETTY, /**< steps of 1, 2 or 5 times a power of ten that cover all values; about as
                              many classes as asked for */
    FM_CLASSES_STDDEV, /**< one (population) standard deviation wide, counted from the mean, which
                              is a break when their number is even and mid-class when odd */
    FM_CLASSES_JENKS,  /**< natural breaks: the least sum of squared deviations from the class
                              means, exact (Fisher 1958, doi:10.1080/01621459.1958.10501479) */
    FM_CLASSES_HEAD_TAIL, /**< split at the mean while at most 40 % lie above it (Jiang 2013,
                               doi:10.1080/00330124.2012.700499); no more classes than asked for */
} FmClassMethod;

/** @param text "equal", "quantile", "pretty", "stddev", "jenks", "head-tail"
 *  @return FALSE with FM_ERROR_USAGE that lists them */
FM_API gboolean fm_class_method_parse(const char *text, FmClassMethod *out, GError **error);

/** At most this many classes: nobody tells more apart. */
#define FM_CLASSES_MAX 32

typedef struct {
    gsize n_classes;  /**< fewer than asked for where there are no more values to tell apart */
    double *breaks;   /**< n_classes + 1, ascending; breaks[0] <= the least value */
    gsize *counts;    /**< n_classes: values in each */
    gsize n_missing;  /**< values that are not finite: "no data" */
    double fit_ratio; /**< goodness of variance fit: 1 - squared deviations within the classes over
                           those of all values; 1 when all values are equal */
} FmClasses;

/** @param values borrowed, any order; what is not finite is counted as missing
 *  @param n_classes 1 … FM_CLASSES_MAX
 *  @return transfer full (fm_classes_free); NULL with FM_ERROR_USAGE (n_classes) or FM_ERROR_DATA
 *          (no finite value).  O(n log n), Jenks O(n_classes n log n) */
FM_API FmClasses *fm_classes_new(const double *values, gsize n, FmClassMethod method,
                                 gsize n_classes, GError **error);
FM_API void fm_classes_free(FmClasses *classes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmClasses, fm_classes_free)

/** The class of a value; FM_CLASS_NONE when it is not finite or outside the breaks. */
#define FM_CLASS_NONE G_MAXSIZE
FM_API gsize fm_classes_find(const FmClasses *classes, double value);

G_END_DECLS
#endif
