/* Columns of a legend. */
#ifndef FACMAP_RENDER_LEGEND_COLUMNS_H
#define FACMAP_RENDER_LEGEND_COLUMNS_H

#include <glib.h>

/* More would be too narrow for their words. */
#define FM_LEGEND_MAX_COLUMNS 2

/* Arrange `n` groups in columns of about one height: the highest first, each where there is most
 * room (Graham 1969, Bounds on multiprocessing timing anomalies).  The first group stands in the
 * first column.
 * heights_px: n.  columns: n, out: 0 … n_columns - 1 */
void fm__legend_columns(const double *heights_px, guint n, guint n_columns, guint *columns);

#endif
