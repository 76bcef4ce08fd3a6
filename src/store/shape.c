/* The shape of a layer's table as it is now: columns from SQLite itself, not from the registry,
 * because other programs may add columns. */
#include "store-internal.h"

#include <string.h>

static void column_clear(gpointer element)
{
    FmLayerColumn *column = element;

    g_free(column->name);
}

void fm_layer_shape_free(FmLayerShape *shape)
{
    if (shape == NULL) {
        return;
    }
    g_free(shape->name);
    g_free(shape->table);
    g_free(shape->rtree);
    g_array_unref(shape->columns);
    g_free(shape);
}

/* What a declared type means, by SQLite's affinity rules ("Datatypes In SQLite", 3.1) with three
 * additions for other programs' types: BOOLEAN counts, NUMERIC and DECIMAL measure, anything else
 * is text. */
static FmColumnType type_from_declaration(const char *declaration)
{
    g_autofree char *type = g_ascii_strup(declaration, -1);

    if (strstr(type, "INT") != NULL || strstr(type, "BOOL") != NULL) {
        return FM_COLUMN_INTEGER;
    }
    if (strstr(type, "CHAR") != NULL || strstr(type, "CLOB") != NULL ||
        strstr(type, "TEXT") != NULL) {
        return FM_COLUMN_TEXT;
    }
    if (strstr(type, "REAL") != NULL || strstr(type, "FLOA") != NULL ||
        strstr(type, "DOUB") != NULL || strstr(type, "NUM") != NULL ||
        strstr(type, "DEC") != NULL) {
        return FM_COLUMN_REAL;
    }
    return FM_COLUMN_TEXT;
}

/* Every column but the key, geometries (there may be further ones) and BLOBs, which facmap does
 * not read. */
static gboolean read_columns(FmWorkspace *workspace, FmLayerShape *shape, GError **error)
{
    static const char sql[] =
        "SELECT name, type FROM pragma_table_xinfo(?1) WHERE hidden = 0 AND name <> '" FM_FID "'"
        " AND upper(type) <> 'BLOB' AND lower(name) NOT IN (SELECT lower(f_geometry_column)"
        " FROM geometry_columns WHERE lower(f_table_name) = ?1) ORDER BY cid";
    g_autoptr(sqlite3_stmt) statement = fm_sql_prepare(workspace, sql, error);
    gboolean row = FALSE;

    if (statement == NULL || !fm_sql_bind(workspace, statement, 1, error, "t", shape->name) ||
        !fm_sql_step(workspace, statement, &row, error)) {
        return FALSE;
    }
    while (row) {
        FmLayerColumn column = {
            .name = g_strdup((const char *)sqlite3_column_text(statement, 0)),
            .type = type_from_declaration((const char *)sqlite3_column_text(statement, 1)),
        };
        g_array_append_val(shape->columns, column);
        if (!fm_sql_step(workspace, statement, &row, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean read_geometry(FmWorkspace *workspace, FmLayerShape *shape, GError **error)
{
    g_autofree char *rtree = g_strdup_printf("idx_%s_" FM_GEOM, shape->name);
    gint64 type = 0, has_rtree = 0, has_geometry = 0;

    if (!fm_sql_integer(workspace, &has_geometry, error,
                        "SELECT COUNT(*) FROM geometry_columns WHERE lower(f_table_name) = ?1"
                        " AND lower(f_geometry_column) = '" FM_GEOM "'",
                        "t", shape->name) ||
        !fm_sql_integer(workspace, &type, error,
                        "SELECT geometry_type FROM geometry_columns WHERE lower(f_table_name) = ?1"
                        " AND lower(f_geometry_column) = '" FM_GEOM "'",
                        "t", shape->name) ||
        !fm_sql_integer(workspace, &has_rtree, error,
                        "SELECT COUNT(*) FROM sqlite_master WHERE name = ?1", "t", rtree)) {
        return FALSE;
    }
    shape->has_geometry = has_geometry > 0;
    if (shape->has_geometry) {
        /* geometry_columns says 0 for "any"; Z and M add thousands and are dropped by the
         * reader. */
        gint64 flat = type % 1000;
        shape->geometry_type = flat >= FM_GEOMETRY_POINT && flat <= FM_GEOMETRY_MULTIPOLYGON
                                   ? (FmGeometryType)flat
                                   : FM_GEOMETRY_ANY;
        shape->rtree = has_rtree > 0 ? fm_sql_quote(rtree) : NULL;
    }
    return TRUE;
}

FmLayerShape *fm_layer_shape_new(FmWorkspace *workspace, const char *name, GError **error)
{
    g_autoptr(FmLayerShape) shape = g_new0(FmLayerShape, 1);

    shape->name = g_strdup(name);
    shape->table = fm_sql_quote(name);
    shape->columns = g_array_new(FALSE, FALSE, sizeof(FmLayerColumn));
    g_array_set_clear_func(shape->columns, column_clear);
    if (!read_columns(workspace, shape, error) || !read_geometry(workspace, shape, error)) {
        return NULL;
    }
    return g_steal_pointer(&shape);
}

const FmLayerColumn *fm_layer_shape_column(const FmLayerShape *shape, gsize column)
{
    return &g_array_index(shape->columns, FmLayerColumn, column);
}

gsize fm_layer_shape_find(const FmLayerShape *shape, const char *column)
{
    for (gsize i = 0; i < shape->columns->len; i++) {
        if (g_ascii_strcasecmp(fm_layer_shape_column(shape, i)->name, column) == 0) {
            return i;
        }
    }
    return FM_COLUMN_NONE;
}
