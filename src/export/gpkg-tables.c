/* The tables of a GeoPackage that GDAL 3.6 does not write itself: column titles (gpkg_schema),
 * metadata (gpkg_metadata) and the styles that QGIS looks for (layer_styles).  OGR's SQL has no
 * parameters, so text goes in as literals made by fm__sql_literal. */

#include "export-internal.h"

#include <cpl_error.h>

gboolean fm__gpkg_sql(GDALDatasetH dataset, GError **error, const char *sql)
{
    CPLErrorReset();
    OGRLayerH rows = GDALDatasetExecuteSQL(dataset, sql, NULL, NULL);
    if (rows != NULL)
        GDALDatasetReleaseResultSet(dataset, rows);
    if (CPLGetLastErrorType() < CE_Failure)
        return TRUE;
    fm__gdal_error(error, "GeoPackage");
    return FALSE;
}

char *fm__sql_literal(const char *text)
{
    if (text == NULL)
        return g_strdup("NULL");
    g_auto(GStrv) parts = g_strsplit(text, "'", -1);
    g_autofree char *doubled = g_strjoinv("''", parts);
    return g_strdup_printf("'%s'", doubled);
}

/* Run statements that carry no values. */
static gboolean run_all(GDALDatasetH dataset, const char *const *statements, gsize n,
                        GError **error)
{
    for (gsize i = 0; i < n; i++) {
        if (!fm__gpkg_sql(dataset, error, statements[i]))
            return FALSE;
    }
    return TRUE;
}

/* One row; every value goes in as a text literal, which a column's affinity turns into its type. */
static gboolean insert(GDALDatasetH dataset, GError **error, const char *table, gsize n,
                       const char *const *values)
{
    g_autoptr(GString) sql = g_string_new(NULL);
    g_string_printf(sql, "INSERT INTO %s VALUES (", table);
    for (gsize i = 0; i < n; i++) {
        g_autofree char *literal = fm__sql_literal(values[i]);
        g_string_append_printf(sql, "%s%s", i > 0 ? ", " : "", literal);
    }
    g_string_append_c(sql, ')');
    return fm__gpkg_sql(dataset, error, sql->str);
}

/* ---- gpkg_schema ------------------------------------------------------------------------ */

static const char *const schema_tables[] = {
    "CREATE TABLE gpkg_data_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,"
    " name TEXT, title TEXT, description TEXT, mime_type TEXT, constraint_name TEXT,"
    " CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),"
    " CONSTRAINT gdc_tn UNIQUE (table_name, name))",
    "CREATE TABLE gpkg_data_column_constraints (constraint_name TEXT NOT NULL,"
    " constraint_type TEXT NOT NULL, value TEXT, min NUMERIC, min_is_inclusive BOOLEAN,"
    " max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,"
    " CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value))",
    "INSERT INTO gpkg_extensions VALUES ('gpkg_data_columns', NULL, 'gpkg_schema',"
    " 'http://www.geopackage.org/spec121/#extension_schema', 'read-write')",
    "INSERT INTO gpkg_extensions VALUES ('gpkg_data_column_constraints', NULL, 'gpkg_schema',"
    " 'http://www.geopackage.org/spec121/#extension_schema', 'read-write')",
    "INSERT INTO gpkg_data_column_constraints VALUES"
    " ('status', 'enum', 'open', NULL, NULL, NULL, NULL, '已开放 Open'),"
    " ('status', 'enum', 'construction', NULL, NULL, NULL, NULL, '在建 Under construction'),"
    " ('status', 'enum', 'planned', NULL, NULL, NULL, NULL, '规划 Planned'),"
    " ('status', 'enum', 'closed', NULL, NULL, NULL, NULL, '已关闭 Closed')",
};

static char *join_titles(const FmExportColumn *column)
{
    const char *zh = column->title_zh, *en = column->title_en;
    if (zh == NULL && en == NULL)
        return NULL;
    if (zh == NULL || en == NULL)
        return g_strdup(zh != NULL ? zh : en);
    return g_strdup_printf("%s %s", zh, en);
}

static gboolean write_column(GDALDatasetH dataset, const char *layer, const FmExportColumn *column,
                             GError **error)
{
    g_autofree char *title = join_titles(column);
    if (title == NULL)
        return TRUE;
    g_autofree char *unit = column->unit != NULL ? g_strdup_printf("Unit: %s", column->unit) : NULL;
    const char *constraint = strcmp(column->name, "status") == 0 ? "status" : NULL;
    const char *const values[] = {layer, column->name, NULL, title, unit, NULL, constraint};
    return insert(dataset, error, "gpkg_data_columns", G_N_ELEMENTS(values), values);
}

gboolean fm__gpkg_write_columns(GDALDatasetH dataset, const GPtrArray *layers, GError **error)
{
    /* GDAL makes the extensions table with the first spatial index; plain tables have none. */
    static const char *const extensions =
        "CREATE TABLE IF NOT EXISTS gpkg_extensions (table_name TEXT, column_name TEXT,"
        " extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,"
        " CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name))";
    if (!fm__gpkg_sql(dataset, error, extensions) ||
        !run_all(dataset, schema_tables, G_N_ELEMENTS(schema_tables), error))
        return FALSE;
    for (guint i = 0; i < layers->len; i++) {
        const FmWrittenLayer *layer = g_ptr_array_index(layers, i);
        for (guint c = 0; c < layer->columns->len; c++) {
            if (!write_column(dataset, layer->info->name, g_ptr_array_index(layer->columns, c),
                              error))
                return FALSE;
        }
    }
    return TRUE;
}

/* ---- gpkg_metadata ---------------------------------------------------------------------- */

static const char *const metadata_tables[] = {
    "CREATE TABLE gpkg_metadata (id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL,"
    " md_scope TEXT NOT NULL DEFAULT 'dataset', md_standard_uri TEXT NOT NULL,"
    " mime_type TEXT NOT NULL DEFAULT 'text/xml', metadata TEXT NOT NULL DEFAULT '')",
    "CREATE TABLE gpkg_metadata_reference (reference_scope TEXT NOT NULL, table_name TEXT,"
    " column_name TEXT, row_id_value INTEGER,"
    " timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),"
    " md_file_id INTEGER NOT NULL, md_parent_id INTEGER,"
    " CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id),"
    " CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id))",
    "INSERT INTO gpkg_extensions VALUES ('gpkg_metadata', NULL, 'gpkg_metadata',"
    " 'http://www.geopackage.org/spec121/#extension_metadata', 'read-write')",
    "INSERT INTO gpkg_extensions VALUES ('gpkg_metadata_reference', NULL, 'gpkg_metadata',"
    " 'http://www.geopackage.org/spec121/#extension_metadata', 'read-write')",
};

static gboolean write_document(GDALDatasetH dataset, int id, const char *layer, const char *uri,
                               const char *mime, const char *document, GError **error)
{
    g_autofree char *number = g_strdup_printf("%d", id);
    const char *const values[] = {number, "dataset", uri, mime, document};
    if (!insert(dataset, error, "gpkg_metadata", G_N_ELEMENTS(values), values))
        return FALSE;
    g_autofree char *now = fm_timestamp_now();
    g_autofree char *stamp = g_strdup_printf("%.19s.000Z", now);
    const char *const reference[] = {
        layer != NULL ? "table" : "geopackage", layer, NULL, NULL, stamp, number, NULL};
    return insert(dataset, error, "gpkg_metadata_reference", G_N_ELEMENTS(reference), reference);
}

static void append_element(GString *xml, const char *name, const char *text)
{
    if (text == NULL)
        return;
    g_autofree char *escaped = g_markup_escape_text(text, -1);
    g_string_append_printf(xml, "  <%s>%s</%s>\n", name, escaped, name);
}

/* The document that QGIS shows under a layer's properties. */
static char *qgis_metadata(const FmLayerInfo *info)
{
    GString *xml = g_string_new("<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
                                "<qgis version=\"3.22.0\">\n");
    append_element(xml, "identifier", info->name);
    append_element(xml, "language", "zh-CN, en");
    append_element(xml, "type", "dataset");
    g_autofree char *title =
        g_strdup_printf("%s%s%s", info->title_zh != NULL ? info->title_zh : "",
                        info->title_zh != NULL && info->title_en != NULL ? " " : "",
                        info->title_en != NULL   ? info->title_en
                        : info->title_zh != NULL ? ""
                                                 : info->name);
    append_element(xml, "title", title);
    GString *abstract = g_string_new(NULL);
    const char *const parts[] = {info->modelled ? "Modelled data 模拟数据." : NULL, info->source,
                                 info->note};
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
        if (parts[i] != NULL)
            g_string_append_printf(abstract, "%s%s", abstract->len > 0 ? "\n" : "", parts[i]);
    }
    append_element(xml, "abstract", abstract->str);
    g_string_free(abstract, TRUE);
    append_element(xml, "license", info->licence);
    g_string_append(xml, "</qgis>\n");
    return g_string_free(xml, FALSE);
}

gboolean fm__gpkg_write_metadata(GDALDatasetH dataset, FmWorkspace *workspace,
                                 const GPtrArray *layers, GError **error)
{
    if (!run_all(dataset, metadata_tables, G_N_ELEMENTS(metadata_tables), error))
        return FALSE;
    int id = 1;
    for (guint i = 0; i < layers->len; i++) {
        const FmWrittenLayer *layer = g_ptr_array_index(layers, i);
        g_autofree char *document = qgis_metadata(layer->info);
        if (!write_document(dataset, id++, layer->info->name, "http://mrcc.com/qgis.dtd",
                            "text/xml", document, error))
            return FALSE;
        g_autofree char *description = fm__layer_description(layer);
        if (!write_document(dataset, id++, layer->info->name, "https://facmap.invalid/dataset/1",
                            "application/json", description, error))
            return FALSE;
    }
    g_autofree char *log = fm__run_log_json(workspace, error);
    return log != NULL && write_document(dataset, id, NULL, "https://facmap.invalid/run-log/1",
                                         "application/json", log, error);
}

/* ---- layer_styles ----------------------------------------------------------------------- */

static const char *const style_tables[] = {
    "CREATE TABLE \"layer_styles\" (\"id\" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,"
    " \"f_table_catalog\" TEXT(256), \"f_table_schema\" TEXT(256), \"f_table_name\" TEXT(256),"
    " \"f_geometry_column\" TEXT(256), \"styleName\" TEXT(30), \"styleQML\" TEXT,"
    " \"styleSLD\" TEXT, \"useAsDefault\" BOOLEAN, \"description\" TEXT, \"owner\" TEXT(30),"
    " \"ui\" TEXT(30), \"update_time\" DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))",
};

gboolean fm__gpkg_write_styles(GDALDatasetH dataset, const GPtrArray *layers, GError **error)
{
    if (!run_all(dataset, style_tables, G_N_ELEMENTS(style_tables), error))
        return FALSE;
    g_autofree char *now = fm_timestamp_now();
    g_autofree char *stamp = g_strdup_printf("%.19s.000Z", now);
    g_autofree char *contents =
        g_strdup_printf("INSERT INTO gpkg_contents (table_name, data_type, identifier, description,"
                        " last_change, srs_id) VALUES ('layer_styles', 'attributes',"
                        " 'layer_styles', 'How QGIS draws the layers', '%s', 0)",
                        stamp);
    if (!fm__gpkg_sql(dataset, error, contents))
        return FALSE;
    int n = 0;
    for (guint i = 0; i < layers->len; i++) {
        const FmWrittenLayer *layer = g_ptr_array_index(layers, i);
        if (layer->qml == NULL)
            continue;
        g_autofree char *id = g_strdup_printf("%d", ++n);
        /* QGIS looks the style up by an empty schema and the exact table and geometry column. */
        const char *const values[] = {id,         "",   "",  layer->info->name, "geom", "facmap",
                                      layer->qml, NULL, "1", "As on the map",   "",     NULL,
                                      stamp};
        if (!insert(dataset, error, "layer_styles", G_N_ELEMENTS(values), values))
            return FALSE;
    }
    g_autofree char *count =
        g_strdup_printf("INSERT INTO gpkg_ogr_contents VALUES ('layer_styles', %d)", n);
    return fm__gpkg_sql(dataset, error, count);
}
