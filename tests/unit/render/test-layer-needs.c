/* What a document needs of the workspace: its layers, those that may be absent, and its fields. */
#include "fixture.h"
#include "fm-unit.h"
#include "layer-needs.h"

#include <string.h>

#define LAYER(id, source, more)                                                                    \
    "{\"id\": \"" id "\", \"type\": \"circle\", \"source\": \"workspace\","                        \
    " \"source-layer\": \"" source "\"" more "}"
#define OPTIONAL ", \"metadata\": {\"facmap:optional\": true}"

/* Every part of a page that names a layer, and whether that layer may be absent. */
static void test_names(void)
{
    static const struct {
        const char *metadata, *layers, *name;
        gboolean optional;
    } table[] = {
        {"{}", "[" LAYER("a", "school", "") "]", "school", FALSE},
        {"{}", "[" LAYER("a", "school", OPTIONAL) "]", "school", TRUE},
        {"{}", "[" LAYER("a", "school", OPTIONAL) "," LAYER("b", "school", "") "]", "school",
         FALSE},
        {"{}", "[" LAYER("a", "school", OPTIONAL) "," LAYER("b", "school", OPTIONAL) "]", "school",
         TRUE},
        {"{\"facmap:locator\": {\"layer\": \"area\"}}", "[]", "area", FALSE},
        {"{\"facmap:extent\": {\"layers\": [\"area\"]}}", "[]", "area", FALSE},
        {"{\"facmap:inset\": {\"layers\": [\"core\"]}}", "[]", "core", FALSE},
        {"{\"facmap:atlas\": {\"layer\": \"area\"}}", "[]", "area", FALSE},
        {"{\"facmap:values\": {\"n\": {\"layer\": \"area\", \"reduce\": \"rows\"}}}", "[]", "area",
         FALSE},
        {"{\"facmap:multiples\": {\"layers\": [\"school\"], \"by\": [\"get\", \"status\"]}}", "[]",
         "school", FALSE},
        {"{\"facmap:locator\": {\"layer\": \"school\"}}", "[" LAYER("a", "school", OPTIONAL) "]",
         "school", TRUE},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++) {
        g_autoptr(FmStyle) style = fixture_document(table[i].metadata, table[i].layers);
        g_autoptr(FmPage) page = fm_page_new(style, NULL);
        g_assert_nonnull(page);
        g_autoptr(GHashTable) names = fm__layer_needs(style, page);
        gpointer optional = NULL;
        g_assert_cmpuint(g_hash_table_size(names), ==, 1);
        g_assert_true(g_hash_table_lookup_extended(names, table[i].name, NULL, &optional));
        g_assert_cmpint(GPOINTER_TO_INT(optional), ==, table[i].optional);
    }
}

/* A slip in a field is found wherever it stands, and told with its place. */
static void test_fields(void)
{
    static const struct {
        const char *metadata, *layers, *where;
    } table[] = {
        {"{\"facmap:values\": {\"x\": {\"layer\": \"area\", \"value\": [\"get\", \"resdents\"]}}}",
         "[]", "facmap:values.x"},
        {"{\"facmap:chart\": {\"layer\": \"area\", \"label_en\": [\"get\", \"id\"],"
         " \"value\": [\"get\", \"resdents\"]}}",
         "[]", "facmap:chart"},
        {"{\"facmap:table\": {\"layer\": \"area\", \"columns\": [{\"title\": {\"en\": \"n\"},"
         " \"value\": [\"get\", \"resdents\"], \"format\": \"count\"}]}}",
         "[]", "facmap:table"},
        {"{\"facmap:atlas\": {\"layer\": \"area\", \"filter\": [\"has\", \"resdents\"]}}", "[]",
         "facmap:atlas"},
        {"{\"facmap:multiples\": {\"layers\": [\"area\"],"
         " \"by\": [\"to-string\", [\"get\", \"resdents\"]]}}",
         "[]", "facmap:multiples"},
        {"{}", "[" LAYER("dots", "area", ", \"filter\": [\"has\", \"resdents\"]") "]", "dots"},
    };
    g_autofree char *folder = fixture_folder();
    g_autoptr(FmWorkspace) workspace = fixture_town(folder);
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++) {
        g_autoptr(FmStyle) style = fixture_document(table[i].metadata, table[i].layers);
        g_autoptr(FmPage) page = fm_page_new(style, NULL);
        g_assert_nonnull(page);
        g_autoptr(GError) error = NULL;
        g_assert_null(fm__map_layers_new(workspace, style, page, NULL, NULL, &error));
        g_assert_error(error, FM_ERROR, FM_ERROR_NOT_FOUND);
        g_assert_nonnull(strstr(error->message, table[i].where));
        g_assert_nonnull(strstr(error->message, "resdents"));
    }
    fm_workspace_free(g_steal_pointer(&workspace));
    fixture_remove(folder);
}

/* Columns that facility layers share count as empty where a list has none of them. */
static void test_shared_fields(void)
{
    g_autofree char *folder = fixture_folder();
    g_autoptr(FmWorkspace) workspace = fixture_town(folder);
    g_autoptr(FmStyle) style =
        fixture_document("{}", "[" LAYER("a", "area", ", \"filter\": [\"has\", \"opens\"]") "]");
    g_autoptr(FmPage) page = fm_page_new(style, NULL);
    g_autoptr(FmMapLayers) layers = fm__map_layers_new(workspace, style, page, NULL, NULL, NULL);
    g_assert_nonnull(layers);
    g_assert_true(fm_table_find_column(fm__map_layers_find(layers, "area")->table, "opens") ==
                  FM_COLUMN_NONE);
    fm_workspace_free(g_steal_pointer(&workspace));
    fixture_remove(folder);
}

void test_layer_needs(void)
{
    g_test_add_func("/render/layer-needs/names", test_names);
    g_test_add_func("/render/layer-needs/fields", test_fields);
    g_test_add_func("/render/layer-needs/shared-fields", test_shared_fields);
}
