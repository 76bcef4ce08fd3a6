/** @file looks-internal.h
 *  Shared by looks.c and look-ranges.c. */
#ifndef FACMAP_EXPORT_LOOKS_INTERNAL_H
#define FACMAP_EXPORT_LOOKS_INTERNAL_H

#include "looks.h"

/** Distinct combinations of values that are told one by one. */
enum { FM_LOOK_VALUES_MAX = 64 };

void fm__look_free(FmLook *look);

/** The values of some columns of a row as one text; NULL differs from every value.
 *  @return transfer full */
char *fm__look_key(const FmTable *table, const GArray *columns, gsize row);

/** `"column" = value` as it is in the row.  @return transfer full */
char *fm__look_cell_condition(const FmTable *table, gsize column, gsize row);

/** Add to the condition, by OR, that the columns have the values of the row; and to the label. */
void fm__look_append(FmLook *look, const FmTable *table, const GArray *columns, gsize row);

/** The looks as ranges of one numeric column, for each combination of the others.
 *  @param columns    gsize; together they determine the look
 *  @param looks      a text a row, NULL = has no part in it, "" = is not drawn
 *  @param[out] exact becomes FALSE when the ranges are classes
 *  @return transfer full; NULL when no column is numeric, or the combinations are too many */
GPtrArray *fm__looks_by_range(const FmTable *table, const GArray *columns, const GPtrArray *looks,
                              gboolean *exact);

#endif
