/* What the files of the classification share. */
#ifndef FACMAP_CLASSIFY_INTERNAL_H
#define FACMAP_CLASSIFY_INTERNAL_H

#include <facmap/classify.h>

/* The values to be classed: finite, ascending, and how often each stands there. */
typedef struct {
    const double *values; /* n different ones, ascending */
    const gsize *counts;
    gsize n;
    gsize n_all; /* sum of counts */
} FmDistinct;

/* Natural breaks into n_classes <= distinct->n classes.
 * @param[out] last index of the last distinct value of each class, n_classes long */
void fm_jenks(const FmDistinct *distinct, gsize n_classes, gsize *last);

#endif
