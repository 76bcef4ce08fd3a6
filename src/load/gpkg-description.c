/* What a GeoPackage that facmap exported says of a layer beside its rows: titles, kind, licence,
 * source, and whether it is modelled.  It is kept as a dataset manifest with the one source, so
 * there is one form and one reader of it; other programs' metadata have no such fields. */
#include "ogr-open.h"

#include <string.h>

/* The words of export: the two modules share no header. */
#define DESCRIPTION_URI "https://facmap.invalid/dataset/1"

typedef void FmOgrFeature;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmOgrFeature, OGR_F_Destroy)

/* The first value of a query.  Transfer full; NULL without one. */
static char *query(GDALDatasetH dataset, const char *sql)
{
    OGRLayerH rows = GDALDatasetExecuteSQL(dataset, sql, NULL, NULL);
    char *text = NULL;

    if (rows != NULL) {
        g_autoptr(FmOgrFeature) feature = OGR_L_GetNextFeature(rows);
        if (feature != NULL && OGR_F_IsFieldSetAndNotNull(feature, 0)) {
            text = g_strdup(OGR_F_GetFieldAsString(feature, 0));
        }
        GDALDatasetReleaseResultSet(dataset, rows);
    }
    return text;
}

static char *find_document(GDALDatasetH dataset, const char *layer)
{
    /* Metadata are an extension that a file need not have. */
    g_autofree char *there = query(dataset, "SELECT count(*) FROM sqlite_master WHERE name IN"
                                            " ('gpkg_metadata', 'gpkg_metadata_reference')");
    g_auto(GStrv) parts = g_strsplit(layer, "'", -1);
    g_autofree char *quoted = g_strjoinv("''", parts);
    g_autofree char *sql = g_strdup_printf(
        "SELECT m.metadata FROM gpkg_metadata m JOIN gpkg_metadata_reference r"
        " ON r.md_file_id = m.id WHERE r.reference_scope = 'table' AND r.table_name = '%s'"
        " AND m.md_standard_uri = '" DESCRIPTION_URI "'",
        quoted);

    return g_strcmp0(there, "2") == 0 ? query(dataset, sql) : NULL;
}

FmSource *fm_gpkg_description(FmOgr *ogr)
{
    if (strcmp(GDALGetDriverShortName(GDALGetDatasetDriver(ogr->dataset)), "GPKG") != 0) {
        return NULL;
    }
    g_autofree char *text = find_document(ogr->dataset, OGR_L_GetName(ogr->layer));
    g_autoptr(GError) failure = NULL;
    g_autoptr(FmDataset) dataset =
        text != NULL ? fm_dataset_parse(text, strlen(text), "metadata", &failure) : NULL;
    if (dataset == NULL) {
        if (failure != NULL) {
            g_ptr_array_add(ogr->notes, g_strdup_printf("what the file says of the layer cannot be "
                                                        "read and is left out: %s",
                                                        failure->message));
        }
        return NULL;
    }
    return g_ptr_array_steal_index(dataset->sources, 0);
}
