/** @file table.h
 *  A layer in memory: named, typed columns of equal length and at most one geometry column.  What
 *  `store` reads and writes, `load` fills, `analysis` computes on, `render` draws and `export`
 *  hands out.
 *
 *  Reading from many threads is safe; writing is not. */
#ifndef FACMAP_TABLE_H
#define FACMAP_TABLE_H

#include <facmap/geometry.h>

G_BEGIN_DECLS

typedef enum {
    FM_COLUMN_TEXT,    /**< UTF-8 */
    FM_COLUMN_INTEGER, /**< gint64 */
    FM_COLUMN_REAL,    /**< finite double */
} FmColumnType;

typedef struct FmTable FmTable;

#define FM_COLUMN_NONE G_MAXSIZE /**< "no such column" */

/** @param geometry_type what the geometry column may hold; FM_GEOMETRY_NONE for a plain table
 *  @return transfer full (fm_table_free); no columns, no rows */
FM_API FmTable *fm_table_new(FmGeometryType geometry_type);
FM_API void fm_table_free(FmTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmTable, fm_table_free)

/** What the geometry column may hold, and how many rows and columns there are. */
FM_API FmGeometryType fm_table_geometry_type(const FmTable *table);
FM_API void fm_table_set_geometry_type(FmTable *table, FmGeometryType geometry_type);
FM_API gsize fm_table_n_rows(const FmTable *table);
FM_API gsize fm_table_n_columns(const FmTable *table);

/** Add a column; existing rows get NULL in it.  Names are compared without ASCII case, as SQL does;
 *  adding a name twice is a programming error.  @return its position */
FM_API gsize fm_table_add_column(FmTable *table, const char *name, FmColumnType type);
/** @return position, or FM_COLUMN_NONE */
FM_API gsize fm_table_find_column(const FmTable *table, const char *name);
/** Borrowed, as long as the table. */
FM_API const char *fm_table_column_name(const FmTable *table, gsize column);
FM_API FmColumnType fm_table_column_type(const FmTable *table, gsize column);

/** Titles in both languages and the unit ("m", "s", "people"), for legends, aliases and CSV heads;
 *  any may be NULL. */
FM_API void fm_table_set_column_title(FmTable *table, gsize column, const char *title_en,
                                      const char *title_zh, const char *unit);
FM_API const char *fm_table_column_title_en(const FmTable *table, gsize column);
FM_API const char *fm_table_column_title_zh(const FmTable *table, gsize column);
FM_API const char *fm_table_column_unit(const FmTable *table, gsize column);

/** Append a row of NULLs.  @return its number */
FM_API gsize fm_table_append_row(FmTable *table);

/** Set a cell.  The column's type must match; text is copied, NULL text is NULL; a real that is
 *  not finite becomes NULL.  Geometry: transfer full, NULL allowed. */
FM_API void fm_table_set_text(FmTable *table, gsize column, gsize row, const char *value);
FM_API void fm_table_set_integer(FmTable *table, gsize column, gsize row, gint64 value);
FM_API void fm_table_set_real(FmTable *table, gsize column, gsize row, double value);
FM_API void fm_table_set_null(FmTable *table, gsize column, gsize row);
FM_API void fm_table_set_geometry(FmTable *table, gsize row, FmGeometry *geometry);

/** Is the cell NULL?  Any type. */
FM_API gboolean fm_table_is_null(const FmTable *table, gsize column, gsize row);
/** Borrowed until the cell changes; NULL for NULL.  Text columns only. */
FM_API const char *fm_table_text(const FmTable *table, gsize column, gsize row);
/** 0 for NULL.  Integer columns only. */
FM_API gint64 fm_table_integer(const FmTable *table, gsize column, gsize row);
/** Integer and real columns; NaN for NULL. */
FM_API double fm_table_number(const FmTable *table, gsize column, gsize row);
/** Any type as text, numbers as fm_format_double writes them.
 *  @return transfer full (g_free); NULL for NULL */
FM_API char *fm_table_dup_as_text(const FmTable *table, gsize column, gsize row);
/** Borrowed; NULL for an unlocated row or a table without geometry. */
FM_API const FmGeometry *fm_table_geometry(const FmTable *table, gsize row);

/** SHA-256 over names, types and cells in order: equal tables, equal hash, on any machine.  The
 *  canonical form that is hashed: src/store/table-hash.c.
 *  @return transfer full, 64 lower-case hex digits */
FM_API char *fm_table_sha256(const FmTable *table);

G_END_DECLS
#endif
