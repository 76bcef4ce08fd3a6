/* Notes: the document's words, and what is true of every map. */
#include "fixture-page.h"
#include "fm-unit.h"

static void facts(void)
{
    g_autoptr(FixturePage) page =
        fixture_page_new("{\"facmap:notes\": {\"en\": \"Source: {source}.\", \"zh\": \"说明\"}}",
                         "[" FIXTURE_AREA ", " FIXTURE_SCHOOL "]");
    g_assert_cmpfloat(fm__notes_draw(&page->furniture, 0, 0, 300), >, 0);
    g_assert_cmpuint(fixture_page_count(page, "text", "Source: made up for a test."), ==, 1);
    g_assert_cmpuint(fixture_page_count(page, "text", "说明"), ==, 1);
    g_assert_cmpuint(fixture_page_count(page, "text", "Modelled: area."), ==, 1);
    g_assert_cmpuint(fixture_page_count(page, "text", "模型估算：area。"), ==, 1);
    g_assert_cmpuint(fixture_page_count(page, "text", "1 feature has no position"), ==, 1);
    g_assert_cmpuint(fixture_page_count(page, "text", "(EPSG:4548)"), ==, 1);
    g_assert_cmpuint(fixture_page_count(page, "text", "比例尺 Scale 1:"), ==, 1);
    /* The second and the fourth school are known to within two kilometres only. */
    g_assert_cmpuint(fixture_page_count(page, "text", "2 of 3 positions are uncertain"), ==, 1);
    g_assert_cmpuint(fixture_page_count(page, "text", "1 position is known only by district"), ==,
                     1);
    g_assert_cmpuint(fixture_page_count(page, "text", "1 处只知所在区域"), ==, 1);
}

/* What a person placed by the district counts as what load placed by its area. */
static void by_district(void)
{
    g_autoptr(FixturePage) page = fixture_page_new("{}", "[" FIXTURE_SCHOOL "]");
    FmTable *schools = fm__map_layers_find(page->layers, "school")->table;
    gsize method = fm_table_find_column(schools, "position_method");
    fm_table_set_text(schools, method, 1, "district only");
    fm_table_set_text(schools, method, 2, "address");
    fm__notes_draw(&page->furniture, 0, 0, 300);
    g_assert_cmpuint(fixture_page_count(page, "text", "1 of 3 positions is uncertain"), ==, 1);
    g_assert_cmpuint(fixture_page_count(page, "text", "2 positions are known only by district"), ==,
                     1);
    g_assert_cmpuint(fixture_page_count(page, "text", "2 处只知所在区域"), ==, 1);
}

static void nothing_to_confess(void)
{
    g_autoptr(FixturePage) page =
        fixture_page_new("{}", "[{\"id\": \"r\", \"type\": \"line\", \"source\": \"workspace\","
                               " \"source-layer\": \"road\"}]");
    page->furniture.language = FM_LANGUAGE_EN;
    fm__notes_draw(&page->furniture, 0, 0, 300);
    g_assert_cmpuint(fixture_page_count(page, "text", "Modelled"), ==, 0);
    g_assert_cmpuint(fixture_page_count(page, "text", "no position"), ==, 0);
    g_assert_cmpuint(fixture_page_count(page, "text", "uncertain"), ==, 0);
    g_assert_cmpuint(fixture_page_count(page, "text", "by district"), ==, 0);
    g_assert_cmpuint(fixture_page_count(page, "text", "Scale 1:"), ==, 1);
}

void test_notes(void)
{
    g_test_add_func("/render/notes/facts", facts);
    g_test_add_func("/render/notes/by-district", by_district);
    g_test_add_func("/render/notes/nothing-to-confess", nothing_to_confess);
}
