/* Where a table made for print begins, whatever it came from. */
#ifndef FACMAP_HEADING_H
#define FACMAP_HEADING_H

#include "load-internal.h"

/* So many rows that are not blank are looked at. */
#define FM_HEADING_ROWS 60u

/* One row of the sample. */
typedef struct {
    gint64 number; /* where it is: a line of a text, a row of a sheet */
    gsize n_filled;
    GPtrArray *cells; /* char*; NULL where blank */
} FmHeadingRow;

FmHeadingRow *fm_heading_row_new(gint64 number);
/* For GDestroyNotify. */
void fm_heading_row_free(gpointer row);
/* Adds a cell; blank ones count as none. */
void fm_heading_row_add(FmHeadingRow *row, const char *text);

/* How many cells a row of the table has: the upper quartile of the sample (FmHeadingRow elements),
 * since titles and remarks are narrower. */
gsize fm_heading_typical_width(const GPtrArray *rows);
gboolean fm_heading_is_wide_enough(const FmHeadingRow *row, gsize typical);

typedef struct {
    guint at;      /* index of the heading's row */
    gboolean two;  /* the row below names what it leaves open */
    gboolean sure; /* it looks like a heading; otherwise it is only the first wide row */
} FmHeading;

/* @param rows FmHeadingRow, not empty */
FmHeading fm_heading_find(const GPtrArray *rows);
/* Does `below` name the columns that merged cells of `heading` stand over, and no others? */
gboolean fm_heading_is_second_level(const FmHeadingRow *heading, const FmHeadingRow *below);
/* The name of a column; "" without one.  Borrowed.  @param second NULL without a second level */
const char *fm_heading_name(const FmHeadingRow *heading, const FmHeadingRow *second, guint column);
/* For the report; transfer full.  @param what "file" or "sheet", @param unit "line" or "row" */
char *fm_heading_note(const GPtrArray *rows, const FmHeading *heading, const char *unit,
                      const char *what);

#endif
