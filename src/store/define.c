/* The tables behind layers: made, extended and removed through SpatiaLite's own functions, so that
 * its metadata, triggers and indexes are what its tools expect. */
#include "store-internal.h"

#include <string.h>

#define N_OWN_COLUMNS 2u /* fid and geom */

/* ---- names and types -------------------------------------------------------------------- */

static gboolean is_reserved(const char *name)
{
    /* The key and the geometry, what OGR calls its own key, and SQLite's names for the row
     * number. */
    static const char *const reserved[] = {FM_FID, FM_GEOM,   "ogc_fid", "rowid",
                                           "oid",  "_rowid_", ""};

    for (gsize i = 0; i < G_N_ELEMENTS(reserved); i++) {
        if (g_ascii_strcasecmp(name, reserved[i]) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

char **fm_layer_column_names(const FmTable *table)
{
    gsize n = fm_table_n_columns(table);
    char **names = g_new0(char *, n + 1);

    for (gsize i = 0; i < n; i++) {
        const char *name = fm_table_column_name(table, i);
        names[i] = g_strdup(name);
        for (int suffix = 1;
             is_reserved(name) &&
             (is_reserved(names[i]) || fm_table_find_column(table, names[i]) != FM_COLUMN_NONE);
             suffix++) {
            g_free(names[i]);
            names[i] = g_strdup_printf("%s_%d", name[0] == '\0' ? "column" : name, suffix);
        }
    }
    return names;
}

FmGeometryType fm_layer_geometry_type(const FmTable *table)
{
    FmGeometryType type = fm_table_geometry_type(table);

    if (type == FM_GEOMETRY_NONE || type == FM_GEOMETRY_ANY) {
        return type;
    }
    for (gsize row = 0; row < fm_table_n_rows(table); row++) {
        const FmGeometry *geometry = fm_table_geometry(table, row);
        if (geometry != NULL && !fm_blob_fits(type, geometry->type)) {
            type = fm_geometry_type_union(type, geometry->type);
        }
    }
    return type;
}

FmTable *fm_table_copy_columns(const FmTable *table, FmGeometryType type)
{
    FmTable *copy = fm_table_new(type);

    for (gsize i = 0; i < fm_table_n_columns(table); i++) {
        gsize column = fm_table_add_column(copy, fm_table_column_name(table, i),
                                           fm_table_column_type(table, i));
        fm_table_set_column_title(copy, column, fm_table_column_title_en(table, i),
                                  fm_table_column_title_zh(table, i),
                                  fm_table_column_unit(table, i));
    }
    return copy;
}

static const char *declaration(FmColumnType type)
{
    switch (type) {
    case FM_COLUMN_TEXT:
        return "TEXT";
    case FM_COLUMN_INTEGER:
        return "INTEGER";
    case FM_COLUMN_REAL:
        return "REAL";
    }
    return "TEXT";
}

/* ---- making ----------------------------------------------------------------------------- */

/* The index is made while the table is empty, so that SpatiaLite sets up all that belongs to it
 * and has nothing to insert: fm_rtree_build fills it in one go. */
static gboolean add_geometry(FmWorkspace *workspace, const char *name, FmGeometryType type,
                             GError **error)
{
    return fm_sql_spatial(workspace, error,
                          "SELECT AddGeometryColumn(?1, '" FM_GEOM "', 4326, ?2, 'XY')", "tt", name,
                          fm_geometry_type_name(type)) &&
           fm_sql_spatial(workspace, error, "SELECT CreateSpatialIndex(?1, '" FM_GEOM "')", "t",
                          name);
}

/* The first row whose id an earlier row has; on a new table the key is the row's number. */
static gboolean fail_id_twice(FmWorkspace *workspace, const char *name, GError **error)
{
    g_autofree char *table = fm_sql_quote(name);
    g_autofree char *sql = g_strdup_printf(
        "SELECT MIN(" FM_FID "), id FROM %s WHERE id IN (SELECT id FROM %s GROUP BY id"
        " HAVING COUNT(*) > 1) AND " FM_FID " NOT IN (SELECT MIN(" FM_FID ") FROM %s GROUP BY id)",
        table, table, table);
    g_autoptr(sqlite3_stmt) statement = fm_sql_prepare(workspace, sql, error);
    gboolean row = FALSE;

    if (statement != NULL && fm_sql_step(workspace, statement, &row, error)) {
        fm_layer_fail_id_twice(name, sqlite3_column_int64(statement, 0),
                               (const char *)sqlite3_column_text(statement, 1), error);
    }
    return FALSE;
}

void fm_layer_fail_id_twice(const char *name, gint64 row, const char *id, GError **error)
{
    g_set_error(error, FM_ERROR, FM_ERROR_DATA,
                "row %" G_GINT64_FORMAT
                ": the id '%s' exists already in layer '%s'; ids are unique",
                row, id, name);
}

gboolean fm_layer_index_ids(FmWorkspace *workspace, const char *name, GError **error)
{
    g_autofree char *index = g_strconcat("fm_id_", name, NULL);
    g_autofree char *quoted_index = fm_sql_quote(index);
    g_autofree char *quoted_table = fm_sql_quote(name);
    g_autofree char *sql = g_strdup_printf("CREATE UNIQUE INDEX IF NOT EXISTS %s ON %s (id)",
                                           quoted_index, quoted_table);
    g_autoptr(FmLayerShape) shape = fm_layer_shape_new(workspace, name, error);
    g_autoptr(GError) failure = NULL;

    if (shape == NULL) {
        return FALSE;
    }
    if (fm_layer_shape_find(shape, "id") == FM_COLUMN_NONE ||
        fm_sql_run(workspace, &failure, sql, "")) {
        return TRUE;
    }
    if (sqlite3_extended_errcode(workspace->db) == SQLITE_CONSTRAINT_UNIQUE) {
        return fail_id_twice(workspace, name, error);
    }
    g_propagate_error(error, g_steal_pointer(&failure));
    return FALSE;
}

/* A name may be taken by a table that is no layer, such as geometry_columns. */
static gboolean check_name_is_free(FmWorkspace *workspace, const char *name, GError **error)
{
    gint64 taken = 0;

    if (!fm_sql_integer(workspace, &taken, error,
                        "SELECT COUNT(*) FROM sqlite_master WHERE lower(name) = ?1", "t", name)) {
        return FALSE;
    }
    if (taken > 0) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                    "'%s' cannot name a layer: the workspace has a table of that name that is no "
                    "layer; choose another",
                    name);
        return FALSE;
    }
    return TRUE;
}

/* SQLite would say "too many columns". */
static gboolean check_width(FmWorkspace *workspace, const char *name, gsize n_columns,
                            GError **error)
{
    gsize limit = (gsize)sqlite3_limit(workspace->db, SQLITE_LIMIT_COLUMN, -1) - N_OWN_COLUMNS;

    if (n_columns > limit) {
        g_set_error(error, FM_ERROR, FM_ERROR_LIMIT,
                    "layer '%s' would have %" G_GSIZE_FORMAT
                    " columns, and a layer has at most %" G_GSIZE_FORMAT
                    ": delete those that are not needed, or split the table into several, each "
                    "with the ids",
                    name, n_columns, limit);
        return FALSE;
    }
    return TRUE;
}

gboolean fm_layer_define(FmWorkspace *workspace, const char *name, const FmTable *table,
                         GError **error)
{
    g_auto(GStrv) columns = fm_layer_column_names(table);
    g_autofree char *quoted_name = fm_sql_quote(name);
    g_autoptr(GString) sql = g_string_new(NULL);
    FmGeometryType type = fm_layer_geometry_type(table);

    if (!check_name_is_free(workspace, name, error) ||
        !check_width(workspace, name, fm_table_n_columns(table), error)) {
        return FALSE;
    }
    g_string_printf(sql, "CREATE TABLE %s (" FM_FID " INTEGER PRIMARY KEY NOT NULL", quoted_name);
    for (gsize i = 0; columns[i] != NULL; i++) {
        g_autofree char *column = fm_sql_quote(columns[i]);
        g_string_append_printf(sql, ", %s %s", column, declaration(fm_table_column_type(table, i)));
    }
    g_string_append_c(sql, ')');
    return fm_sql_run(workspace, error, sql->str, "") &&
           (type == FM_GEOMETRY_NONE || add_geometry(workspace, name, type, error));
}

/* ---- extending -------------------------------------------------------------------------- */

static gboolean add_columns(FmWorkspace *workspace, const FmLayerShape *shape, const FmTable *table,
                            const char *const *columns, GError **error)
{
    gsize n = shape->columns->len;

    for (gsize i = 0; columns[i] != NULL; i++) {
        n += fm_layer_shape_find(shape, columns[i]) == FM_COLUMN_NONE;
    }
    if (!check_width(workspace, shape->name, n, error)) {
        return FALSE;
    }
    for (gsize i = 0; columns[i] != NULL; i++) {
        if (fm_layer_shape_find(shape, columns[i]) == FM_COLUMN_NONE) {
            g_autofree char *column = fm_sql_quote(columns[i]);
            g_autofree char *sql =
                g_strdup_printf("ALTER TABLE %s ADD COLUMN %s %s", shape->table, column,
                                declaration(fm_table_column_type(table, i)));
            if (!fm_sql_run(workspace, error, sql, "")) {
                return FALSE;
            }
        }
    }
    return TRUE;
}

/* From single to multi, e.g. when a district of two parts joins those of one. */
static gboolean widen_geometry(FmWorkspace *workspace, const FmLayerShape *shape,
                               FmGeometryType type, GError **error)
{
    FmGeometryType wide = fm_geometry_type_union(shape->geometry_type, type);

    if (fm_blob_fits(shape->geometry_type, type)) {
        return TRUE;
    }
    if (wide == FM_GEOMETRY_ANY) {
        g_set_error(error, FM_ERROR, FM_ERROR_DATA,
                    "layer '%s' holds geometries of type %s and cannot take %s: use another layer "
                    "for them, or replace it",
                    shape->name, fm_geometry_type_name(shape->geometry_type),
                    fm_geometry_type_name(type));
        return FALSE;
    }
    g_autofree char *cast =
        g_strdup_printf("UPDATE %s SET " FM_GEOM " = CastToMulti(" FM_GEOM ")", shape->table);
    return fm_sql_run(workspace, error,
                      "UPDATE geometry_columns SET geometry_type = ?1 WHERE"
                      " lower(f_table_name) = ?2 AND lower(f_geometry_column) = '" FM_GEOM "'",
                      "it", (gint64)wide, shape->name) &&
           fm_sql_run(workspace, error, cast, "");
}

gboolean fm_layer_extend(FmWorkspace *workspace, const FmLayerShape *shape, const FmTable *table,
                         GError **error)
{
    g_auto(GStrv) columns = fm_layer_column_names(table);
    FmGeometryType type = fm_layer_geometry_type(table);

    if (!add_columns(workspace, shape, table, (const char *const *)columns, error) ||
        !fm_layer_index_ids(workspace, shape->name, error)) {
        return FALSE;
    }
    if (type == FM_GEOMETRY_NONE) {
        return TRUE;
    }
    if (!shape->has_geometry) {
        return add_geometry(workspace, shape->name, type, error);
    }
    return widen_geometry(workspace, shape, type, error) &&
           (shape->rtree != NULL ||
            fm_sql_spatial(workspace, error, "SELECT CreateSpatialIndex(?1, '" FM_GEOM "')", "t",
                           shape->name));
}

/* ---- removing --------------------------------------------------------------------------- */

gboolean fm_layer_undefine(FmWorkspace *workspace, const char *name, GError **error)
{
    gint64 exists = 0;

    return fm_sql_integer(workspace, &exists, error,
                          "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = ?1",
                          "t", name) &&
           (exists == 0 ||
            fm_sql_spatial(workspace, error, "SELECT DropTable(NULL, ?1)", "t", name));
}
