/* The registry of layers, fm_layer. */
#include "store-internal.h"

#include <string.h>

#define NAME_MAX_LENGTH 60

void fm_layer_info_free(FmLayerInfo *info)
{
    if (info == NULL) {
        return;
    }
    g_free(info->name);
    g_free(info->kind);
    g_free(info->title_en);
    g_free(info->title_zh);
    g_free(info->source);
    g_free(info->source_sha256);
    g_free(info->licence);
    g_free(info->note);
    g_free(info->loaded_at);
    g_free(info->content_sha256);
    g_free(info);
}

gboolean fm_layer_name_check(const char *name, GError **error)
{
    static const char *const reserved[] = {"fm_", "idx_", "sqlite_"};
    gsize length = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_");

    if (name[length] != '\0' || !g_ascii_islower(name[0]) || length > NAME_MAX_LENGTH) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                    "'%s' cannot name a layer: use a-z, 0-9 and _, a letter first, at most %d "
                    "characters; titles may hold anything",
                    name, NAME_MAX_LENGTH);
        return FALSE;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(reserved); i++) {
        if (g_str_has_prefix(name, reserved[i])) {
            g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                        "'%s' cannot name a layer: names that begin with '%s' are kept for the "
                        "workspace itself",
                        name, reserved[i]);
            return FALSE;
        }
    }
    return TRUE;
}

/* ---- reading ---------------------------------------------------------------------------- */

#define INFO_COLUMNS                                                                               \
    "name, kind, geometry_type, srid, n_rows, n_unlocated, title_en, title_zh, source,"            \
    " source_sha256, licence, note, modelled, loaded_at, content_sha256, run_id"

static char *dup_column(sqlite3_stmt *statement, int column)
{
    return g_strdup((const char *)sqlite3_column_text(statement, column));
}

static FmGeometryType type_from_name(const char *name)
{
    for (int type = FM_GEOMETRY_POINT; type <= FM_GEOMETRY_ANY; type++) {
        if (g_strcmp0(name, fm_geometry_type_name((FmGeometryType)type)) == 0) {
            return (FmGeometryType)type;
        }
    }
    return FM_GEOMETRY_NONE;
}

static FmLayerInfo *info_from_row(sqlite3_stmt *row)
{
    FmLayerInfo *info = g_new0(FmLayerInfo, 1);

    info->name = dup_column(row, 0);
    info->kind = dup_column(row, 1);
    info->geometry_type = type_from_name((const char *)sqlite3_column_text(row, 2));
    info->srid = sqlite3_column_int(row, 3);
    info->n_rows = sqlite3_column_int64(row, 4);
    info->n_unlocated = sqlite3_column_int64(row, 5);
    info->title_en = dup_column(row, 6);
    info->title_zh = dup_column(row, 7);
    info->source = dup_column(row, 8);
    info->source_sha256 = dup_column(row, 9);
    info->licence = dup_column(row, 10);
    info->note = dup_column(row, 11);
    info->modelled = sqlite3_column_int(row, 12) != 0;
    info->loaded_at = dup_column(row, 13);
    info->content_sha256 = dup_column(row, 14);
    info->run_id = sqlite3_column_int64(row, 15);
    return info;
}

GPtrArray *fm_workspace_layers(FmWorkspace *workspace, GError **error)
{
    g_autoptr(GPtrArray) layers =
        g_ptr_array_new_with_free_func((GDestroyNotify)fm_layer_info_free);
    g_autoptr(sqlite3_stmt) statement =
        fm_sql_prepare(workspace, "SELECT " INFO_COLUMNS " FROM fm_layer ORDER BY id", error);
    gboolean row = FALSE;

    if (statement == NULL || !fm_sql_step(workspace, statement, &row, error)) {
        return NULL;
    }
    while (row) {
        g_ptr_array_add(layers, info_from_row(statement));
        if (!fm_sql_step(workspace, statement, &row, error)) {
            return NULL;
        }
    }
    return g_steal_pointer(&layers);
}

gboolean fm_layer_find(FmWorkspace *workspace, const char *name, FmLayerInfo **out, GError **error)
{
    g_autoptr(sqlite3_stmt) statement =
        fm_sql_prepare(workspace, "SELECT " INFO_COLUMNS " FROM fm_layer WHERE name = ?1", error);
    gboolean row = FALSE;

    if (statement == NULL || !fm_sql_bind(workspace, statement, 1, error, "t", name) ||
        !fm_sql_step(workspace, statement, &row, error)) {
        return FALSE;
    }
    *out = row ? info_from_row(statement) : NULL;
    return TRUE;
}

static void fail_not_found(FmWorkspace *workspace, const char *name, GError **error)
{
    g_autoptr(GPtrArray) layers = fm_workspace_layers(workspace, error);
    g_autoptr(GPtrArray) names = g_ptr_array_new();

    if (layers == NULL) {
        return;
    }
    for (guint i = 0; i < layers->len; i++) {
        const FmLayerInfo *info = g_ptr_array_index(layers, i);
        g_ptr_array_add(names, info->name);
    }
    g_autofree char *hint =
        fm_near_hint(name, (const char *const *)(void *)names->pdata, names->len);
    g_autofree char *many = g_strdup_printf("; 'facmap layers' lists its %u", layers->len);
    g_set_error(error, FM_ERROR, FM_ERROR_NOT_FOUND, "'%s' has no layer '%s'%s", workspace->path,
                name,
                layers->len == 0 ? ": it is empty; fill it with 'facmap load'"
                : *hint != '\0'  ? hint
                                 : many);
}

FmLayerInfo *fm_workspace_layer(FmWorkspace *workspace, const char *name, GError **error)
{
    FmLayerInfo *info = NULL;

    if (!fm_layer_find(workspace, name, &info, error)) {
        return NULL;
    }
    if (info == NULL) {
        fail_not_found(workspace, name, error);
    }
    return info;
}

/* From the geometries themselves: the R*Tree's bounds are rounded to single precision, and
 * statistics are only as fresh as their last update. */
gboolean fm_workspace_layer_extent(FmWorkspace *workspace, const char *name, FmExtent *out,
                                   GError **error)
{
    g_autoptr(FmLayerInfo) info = fm_workspace_layer(workspace, name, error);
    gboolean row = FALSE;

    if (info == NULL) {
        return FALSE;
    }
    if (info->geometry_type == FM_GEOMETRY_NONE) {
        *out = fm_extent_empty();
        return TRUE;
    }
    g_autofree char *table = fm_sql_quote(name);
    g_autofree char *sql = g_strdup_printf("SELECT MIN(MbrMinX(geom)), MIN(MbrMinY(geom)),"
                                           " MAX(MbrMaxX(geom)), MAX(MbrMaxY(geom)) FROM %s",
                                           table);
    g_autoptr(sqlite3_stmt) statement = fm_sql_prepare(workspace, sql, error);
    if (statement == NULL || !fm_sql_step(workspace, statement, &row, error)) {
        return FALSE;
    }
    *out = fm_extent_empty();
    if (sqlite3_column_type(statement, 0) == SQLITE_FLOAT) {
        out->west_deg = sqlite3_column_double(statement, 0);
        out->south_deg = sqlite3_column_double(statement, 1);
        out->east_deg = sqlite3_column_double(statement, 2);
        out->north_deg = sqlite3_column_double(statement, 3);
    }
    return TRUE;
}
