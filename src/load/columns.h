/* The files that map a source's columns. */
#ifndef FACMAP_LOAD_COLUMNS_H
#define FACMAP_LOAD_COLUMNS_H

#include "load-internal.h"

/* A mapping that is being made. */
typedef struct {
    const FmRaw *raw;
    const FmSource *source;
    const FmTable *existing;
    gsize first;      /* columns before it are a reject file's own */
    gboolean *taken;  /* for each source column: it is mapped and not kept beside */
    gboolean *barred; /* for each field: the caller said that no column is it */
    FmColumnMap *map;
} FmMapper;

/* ---- columns.c ---- */

const FmMappedColumn *fm_mapped(const FmColumnMap *map, guint i);
gboolean fm_mapper_has_field(const FmColumnMap *map, FmField field);
gboolean fm_mapper_has_name(const FmColumnMap *map, const char *name);
/* Maps a source column, or FM_COLUMN_NONE. */
void fm_mapper_add(FmMapper *mapper, const char *name, gsize source, FmField field);
/* The source column that the caller named for `what`.  @return FALSE with FM_ERROR_NOT_FOUND */
gboolean fm_mapper_find_named(const FmMapper *mapper, const char *name, const char *what,
                              gsize *column, GError **error);

/* ---- column-position.c ---- */

/* Is it a key of a mapping that says where the position is? */
gboolean fm_mapper_is_position_key(const char *name);
/* Which columns are the position.  @return FALSE as fm_column_map_new */
gboolean fm_mapper_map_position(FmMapper *mapper, GError **error);

/* ---- column-guess.c ---- */

/* Maps the fields that are left, by the headings. */
void fm_mapper_map_usual(FmMapper *mapper);
/* The name that a source column has in the layer: "address" for 详细地址, when it is the only one.
 * Transfer full. */
char *fm_mapper_own_name(const FmMapper *mapper, gsize column);

#endif
