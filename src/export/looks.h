/** @file looks.h
 *  What a style layer makes of the rows of a table, as rules that other software can apply: the
 *  distinct *looks*, and for each a condition on as few columns as determine it.
 *
 *  The expressions of the map document are evaluated, not translated: the rules reproduce what the
 *  map shows for the rows that are there. */
#ifndef FACMAP_EXPORT_LOOKS_H
#define FACMAP_EXPORT_LOOKS_H

#include <facmap/style.h>

/** One look. */
typedef struct {
    gsize row;       /**< a row that has it: evaluate the style there */
    gsize n_rows;    /**< how many have it */
    char *condition; /**< SQL-like condition that QGIS reads; NULL = every row */
    char *label;     /**< for legends: the values, or NULL */
} FmLook;

/** The looks of the rows that the layer's filter accepts, in order of first appearance.
 *  @param dimension   of the geometries that are looked at: 0 points, 1 lines, 2 areas; rows with
 *                     others, or without any, have no part in it
 *  @param zoom        where zoom expressions are evaluated
 *  @param[out] exact  FALSE when a continuous property was cut into classes, may be NULL
 *  @return transfer full (g_ptr_array_unref), elements FmLook; empty when nothing is accepted;
 *          NULL when the looks depend on too many values to be told by rules, or on more than the
 *          columns */
GPtrArray *fm__looks_new(const FmStyleLayer *layer, const FmTable *table, guint dimension,
                         double zoom, gboolean *exact);

/** A column name in double quotes, a value in single ones.  @return transfer full */
char *fm__expression_name(const char *name);
char *fm__expression_literal(const char *value);

#endif
