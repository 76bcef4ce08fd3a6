/* Classes of a layer that the document only describes (metadata "facmap:classes"): what it asks
 * for, which limits the data give, and the document with both written out. */
#ifndef FM_STYLE_CLASSES_H
#define FM_STYLE_CLASSES_H

#include "page-read.h"

#include <facmap/classify.h>

/* ---- classes-spec.c: what a document asks for ---- */

typedef struct {
    char *property;  /* paint property that shows the class: "fill-color" */
    JsonNode *value; /* the classed expression, borrowed from the style */
    FmPageExpression *expression;
    gboolean is_fixed; /* limits are given, not found */
    gboolean is_open;  /* the last limit is null: as far as the data go */
    GArray *limits;    /* double, n + 1 limits in the value's own unit; NULL unless is_fixed */
    FmClassMethod method;
    gsize n_classes;
    char *palette;  /* name, or NULL with colors */
    GArray *colors; /* FmColor, or NULL with palette */
    gboolean reverse;
    FmPageFormat format;
    int decimals; /* printed; -1 = as many as the classes need */
    char *group;  /* of the legend */
    gboolean has_no_data;
    FmPageText no_data; /* label */
} FmClassesSpec;

/* @return transfer full (fm__classes_spec_free); NULL after an error, which `reader` keeps */
FmClassesSpec *fm__classes_spec_read(FmPageReader *reader, const FmStyleLayer *layer,
                                     JsonNode *node, const char *path);
void fm__classes_spec_free(FmClassesSpec *spec);
/* The part of it that finds limits: "value", "method", "classes", "limits", "format",
 * "decimals". */
void fm__classes_spec_read_scale(FmPageReader *reader, JsonObject *object, const char *path,
                                 gsize usual, gsize most, FmClassesSpec *spec);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmClassesSpec, fm__classes_spec_free)

/* "no-data": its label, or a usual one.  Returns FALSE when there is to be none. */
gboolean fm__classes_no_data(FmPageReader *reader, JsonObject *object, const char *path,
                             FmPageText *out);

/* ---- class-limits.c: limits that can be printed ---- */

/* Values are classed as they are printed, so that printed limits neither overlap nor leave gaps:
 * with whole per cents, 39.4 % is in "20 – 39 %" and 39.6 % in "40 – 59 %". */
typedef struct {
    gsize n_classes;
    int decimals;
    gint64 lower[FM_CLASSES_MAX], upper[FM_CLASSES_MAX]; /* printed, in units of the last digit */
    double steps[FM_CLASSES_MAX]; /* class i + 1 begins at steps[i], in the value's own unit */
} FmClassLimits;

/* @param values of the features, NaN where there is none
 * @return FALSE with FM_ERROR_DATA: no value at all, or one outside fixed limits */
gboolean fm__class_limits_find(const FmClassesSpec *spec, const double *values, gsize n,
                               FmClassLimits *out, GError **error);
/* "2.0 – 4.9", with the unit in the last class: in that language.  Transfer full. */
char *fm__class_label(const FmClassesSpec *spec, const FmClassLimits *limits, gsize c,
                      gboolean chinese);

/* Where class c begins (c < n_classes), or the last one ends, with the unit: in that language.
 * Transfer full. */
char *fm__class_limit_text(const FmClassesSpec *spec, const FmClassLimits *limits, gsize c,
                           gboolean chinese);

/* One layer with classes, while it is written out. */
typedef struct {
    const FmStyleLayer *layer;
    FmClassesSpec *spec;
    const FmTable *table;
    double *values; /* of each row: NaN without a value, or when the layer does not draw it */
    gsize n_missing;
    gsize missing; /* the first row without a value */
    FmClassLimits limits;
    FmColor colors[FM_CLASSES_MAX];
    char *value; /* the expression as text */
} FmClassed;

/* ---- class-legend.c ---- */

/* Legend entries as they stand in a document, transfer full.  A class that no feature is in is
 * drawn by another row with a value of the class; NULL when that cannot be, because the value is
 * computed. */
JsonNode *fm__class_entry(const FmClassed *classed, gsize c);
JsonNode *fm__no_data_entry(const FmClassed *classed);
/* An expression that holds for values of class c, as text; `value` is the expression's.  Transfer
 * full. */
char *fm__class_condition(const char *value, const FmClassLimits *limits, gsize c);

#endif
