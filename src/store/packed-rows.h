/* Rows ready for a new layer.  Private to writer.c, packed-rows.c and their tests. */
#ifndef FM_STORE_PACKED_ROWS_H
#define FM_STORE_PACKED_ROWS_H

#include "store-internal.h"

struct FmPackedRows {
    FmTable *owned; /* or NULL */
    const FmTable *table;
    gsize begin, end;
    GByteArray *blobs; /* one after the other */
    gsize *blob_end;   /* for each row; NULL in a layer without geometry */
};

/* Rows `begin` … `end` of a table, which must live as long unless it becomes `owned`.
 * @return FM_ERROR_DATA: a geometry that the layer cannot hold */
FmPackedRows *fm_packed_rows_new(const FmLayerShape *shape, const FmTable *table, gsize begin,
                                 gsize end, GError **error);
/* A row's values, and its geometry where the layer has one, to the parameters from `first` on; they
 * must stay until the statement's step.  SQLite's code. */
int fm_packed_rows_bind(const FmPackedRows *rows, gsize row, sqlite3_stmt *statement, int first);

#endif
