#include "fixture.h"
#include "fm-unit.h"

static void json(void)
{
    g_autoptr(FmSource) source = fm_source_new("/some/folder/a.csv");
    const FmSource *const sources[] = {source};
    const FmLoadOptions options = {.mode = FM_LOAD_UPDATE, .strict = TRUE};

    source->crs = g_strdup("GCJ-02");
    source->cell_m = 500;
    fixture_map(source, "name_zh", "名称");
    fixture_map(source, "id", "a\"b");
    g_autofree char *text = fm_load_parameters(NULL, sources, 1, &options);
    g_assert_cmpstr(text, ==,
                    "{\"mode\":\"update\",\"strict\":true,\"sources\":[{\"file\":\"a.csv\","
                    "\"crs\":\"GCJ-02\",\"cell_m\":500.0,"
                    "\"fields\":{\"id\":\"a\\\"b\",\"name_zh\":\"名称\"}}]}");
}

void test_parameters(void)
{
    g_test_add_func("/load/parameters/json", json);
}
