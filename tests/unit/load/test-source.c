#include "fixture.h"
#include "fm-unit.h"

static void new_and_free(void)
{
    FmSource *source = fm_source_new("a.csv");

    g_assert_cmpstr(source->path, ==, "a.csv");
    g_assert_null(source->crs);
    g_assert_cmpfloat(source->cell_m, ==, 0);
    source->crs = g_strdup("EPSG:4326");
    fixture_map(source, "id", "code");
    fm_source_free(source);
    fm_source_free(NULL);
}

void test_source(void)
{
    g_test_add_func("/load/source/new-and-free", new_and_free);
}
