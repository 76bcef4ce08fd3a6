/* What is said of a layer, in the form of a manifest. */
#include "fixture.h"

#include <fm-unit.h>

static void test_manifest(void)
{
    g_auto(Fixture) town = {0};
    fixture_open_town(&town);
    fixture_export(&town, "t.gpkg", NULL, NULL);
    fixture_assert_query(
        &town, "t.gpkg",
        "SELECT json_extract(metadata, '$.facmap') || json_extract(metadata, '$.version') || ' ' ||"
        " json_extract(metadata, '$.sources[0].title.en') || ' ' ||"
        " json_extract(metadata, '$.sources[0].title.zh') || ' ' ||"
        " json_extract(metadata, '$.sources[0].licence') || ' ' ||"
        " json_extract(metadata, '$.sources[0].source') || ' ' ||"
        " json_extract(metadata, '$.sources[0].modelled') || ' ' ||"
        " json_extract(metadata, '$.sources[0].columns.area_ha.zh')"
        " FROM gpkg_metadata WHERE md_standard_uri LIKE '%/dataset/1' ORDER BY id LIMIT 1",
        "dataset1 Schools & 'colleges' 学校 CC-BY Bureau's list 1 面积");
}

static void test_absent(void)
{
    FmLayerInfo info = {.name = (char *)(guintptr) "tally", .kind = (char *)(guintptr) "result"};
    g_autoptr(GPtrArray) columns = g_ptr_array_new();
    const FmWrittenLayer layer = {.info = &info, .columns = columns};
    g_autofree char *text = fm__layer_description(&layer);

    fixture_assert_has(text, "\"tally\"");
    g_assert_null(strstr(text, "kind"));
    g_assert_null(strstr(text, "title"));
    g_assert_null(strstr(text, "modelled"));
}

void test_description(void)
{
    g_test_add_func("/export/description/manifest", test_manifest);
    g_test_add_func("/export/description/absent", test_absent);
}
