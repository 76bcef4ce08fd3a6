/* What the workspace knows about a layer after its rows are written: the entry in the registry, the
 * titles of its columns, its index and statistics. */
#include "store-internal.h"

#include <facmap/geo.h>

/* ---- the entry in fm_layer -------------------------------------------------------------- */

static gboolean put_entry(FmWorkspace *workspace, const FmLayerSpec *spec,
                          const FmLayerFacts *facts, gint64 run_id, GError **error)
{
    FmGeometryType type = fm_table_geometry_type(facts->columns);
    g_autofree char *sha256 = fm_table_hash_finish(facts->hash);
    g_autofree char *now = fm_timestamp_now();

    return fm_sql_run(
        workspace, error,
        "INSERT INTO fm_layer (name, kind, geometry_type, srid, n_rows, n_unlocated, title_en,"
        " title_zh, source, source_sha256, licence, note, modelled, loaded_at, content_sha256,"
        " run_id)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)"
        " ON CONFLICT (name) DO UPDATE SET kind = ?2, geometry_type = ?3, srid = ?4, n_rows = ?5,"
        " n_unlocated = ?6, title_en = ?7, title_zh = ?8, source = ?9, source_sha256 = ?10,"
        " licence = ?11, note = ?12, modelled = ?13, loaded_at = ?14, content_sha256 = ?15,"
        " run_id = ?16",
        "tttiiittttttitti", spec->name, spec->kind, fm_geometry_type_name(type),
        (gint64)(type == FM_GEOMETRY_NONE ? 0 : FM_STORE_SRID), facts->n_rows, facts->n_unlocated,
        spec->title_en, spec->title_zh, spec->source, spec->source_sha256, spec->licence,
        spec->note, (gint64)(spec->modelled ? 1 : 0), now, sha256, run_id);
}

static const char *first_of(const char *a, const char *b)
{
    return a != NULL ? a : b;
}

/* The spec, with what it leaves out from the entry so far. */
static FmLayerSpec complete(const FmLayerSpec *spec, const FmLayerInfo *before, gboolean keep)
{
    static const FmLayerInfo nothing = {.name = NULL};
    const FmLayerInfo *old = keep && before != NULL ? before : &nothing;
    FmLayerSpec full = {
        .name = spec->name,
        .kind = first_of(first_of(spec->kind, before != NULL ? before->kind : NULL), spec->name),
        .title_en = first_of(spec->title_en, old->title_en),
        .title_zh = first_of(spec->title_zh, old->title_zh),
        .source = first_of(spec->source, old->source),
        .source_sha256 = first_of(spec->source_sha256, old->source_sha256),
        .licence = first_of(spec->licence, old->licence),
        .note = first_of(spec->note, old->note),
        .modelled = spec->modelled || old->modelled,
    };
    return full;
}

/* ---- titles of columns ------------------------------------------------------------------ */

/* A column's titles: from the table that was written, else as they were, which `content`
 * carries. */
static gboolean put_column(FmWorkspace *workspace, const char *layer, const FmTable *content,
                           const FmTable *table, gsize column, gsize in_table, GError **error)
{
    const char *name = fm_table_column_name(content, column);
    const char *title_en = fm_table_column_title_en(content, column);
    const char *title_zh = fm_table_column_title_zh(content, column);
    const char *unit = fm_table_column_unit(content, column);

    if (in_table != FM_COLUMN_NONE) {
        title_en = first_of(fm_table_column_title_en(table, in_table), title_en);
        title_zh = first_of(fm_table_column_title_zh(table, in_table), title_zh);
        unit = first_of(fm_table_column_unit(table, in_table), unit);
    }
    return fm_sql_run(workspace, error,
                      "INSERT INTO fm_column (layer, position, name, title_en, title_zh, unit)"
                      " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                      "titttt", layer, (gint64)column + 1, name, title_en, title_zh, unit);
}

static gboolean put_columns(FmWorkspace *workspace, const char *layer, const FmTable *content,
                            const FmTable *table, GError **error)
{
    g_auto(GStrv) names = fm_layer_column_names(table);

    if (!fm_sql_run(workspace, error, "DELETE FROM fm_column WHERE layer = ?1", "t", layer)) {
        return FALSE;
    }
    for (gsize column = 0; column < fm_table_n_columns(content); column++) {
        gsize in_table = FM_COLUMN_NONE;
        for (gsize i = 0; names[i] != NULL; i++) {
            if (g_ascii_strcasecmp(names[i], fm_table_column_name(content, column)) == 0) {
                in_table = i;
            }
        }
        if (!put_column(workspace, layer, content, table, column, in_table, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* ---- geometry --------------------------------------------------------------------------- */

/* The first layer with a position says where the city is.  Where no CRS can be chosen (at a pole)
 * it stays unknown, and whoever needs one asks for it. */
static gboolean choose_crs(FmWorkspace *workspace, const FmExtent *extent, GError **error)
{
    gint64 known = 0;

    if (!fm_sql_integer(workspace, &known, error, "SELECT COUNT(*) FROM fm_meta WHERE key = 'crs'",
                        "")) {
        return FALSE;
    }
    if (known > 0 || fm_extent_is_empty(extent)) {
        return TRUE;
    }
    g_autoptr(FmCrs) crs = fm_crs_for_extent(extent, NULL);
    return crs == NULL || fm_workspace_put_crs(workspace, fm_crs_definition(crs), error);
}

/* What GDAL and QGIS take a layer's extent and row count from.  SpatiaLite's
 * UpdateLayerStatistics() sorts the layer once for each of its columns to find what is known
 * here. */
static gboolean put_statistics(FmWorkspace *workspace, const char *layer, const FmLayerFacts *facts,
                               GError **error)
{
    static const char sql[] =
        "UPDATE geometry_columns_statistics SET row_count = ?2,"
        " last_verified = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), extent_min_x = ?3,"
        " extent_min_y = ?4, extent_max_x = ?5, extent_max_y = ?6"
        " WHERE lower(f_table_name) = ?1 AND lower(f_geometry_column) = '" FM_GEOM "'";
    const FmExtent *extent = &facts->extent;

    /* This also drops what SpatiaLite knew about the columns. */
    if (!fm_sql_spatial(workspace, error, "SELECT InvalidateLayerStatistics(?1, '" FM_GEOM "')",
                        "t", layer)) {
        return FALSE;
    }
    return fm_extent_is_empty(extent)
               ? fm_sql_run(workspace, error, sql, "ti", layer, facts->n_rows)
               : fm_sql_run(workspace, error, sql, "tidddd", layer, facts->n_rows, extent->west_deg,
                            extent->south_deg, extent->east_deg, extent->north_deg);
}

/* The index must have a way to each row that has a position: a program that asks it finds no
 * others. */
static gboolean check_index(FmWorkspace *workspace, const FmLayerShape *shape,
                            const FmLayerFacts *facts, GError **error)
{
    g_autofree char *name = g_strdup_printf("idx_%s_" FM_GEOM "_rowid", shape->name);
    g_autofree char *quoted = fm_sql_quote(name);
    g_autofree char *count = g_strdup_printf("SELECT COUNT(*) FROM %s", quoted);
    gint64 n_indexed = 0;

    if (!fm_sql_integer(workspace, &n_indexed, error, count, "")) {
        return FALSE;
    }
    if (n_indexed != facts->n_rows - facts->n_unlocated) {
        g_set_error(error, FM_ERROR, FM_ERROR_DATABASE,
                    "'%s': the spatial index of layer '%s' has %" G_GINT64_FORMAT
                    " entries for %" G_GINT64_FORMAT " positions; nothing was changed",
                    workspace->path, shape->name, n_indexed, facts->n_rows - facts->n_unlocated);
        return FALSE;
    }
    return TRUE;
}

static gboolean index_geometry(FmWorkspace *workspace, const char *layer, FmLayerFacts *facts,
                               GError **error)
{
    g_autoptr(FmLayerShape) shape = fm_layer_shape_new(workspace, layer, error);

    if (shape == NULL) {
        return FALSE;
    }
    return !shape->has_geometry || (fm_rtree_build(workspace, shape, facts->entries, error) &&
                                    check_index(workspace, shape, facts, error) &&
                                    put_statistics(workspace, layer, facts, error) &&
                                    choose_crs(workspace, &facts->extent, error));
}

gboolean fm_layer_register(FmWorkspace *workspace, const FmLayerSpec *spec, FmLayerFacts *facts,
                           const FmTable *titles, const FmLayerInfo *before, gboolean keep,
                           gint64 run_id, GError **error)
{
    FmLayerSpec full = complete(spec, before, keep);

    return index_geometry(workspace, spec->name, facts, error) &&
           put_entry(workspace, &full, facts, run_id, error) &&
           put_columns(workspace, spec->name, facts->columns, titles, error);
}
