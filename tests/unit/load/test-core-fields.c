#include "fixture.h"
#include "fm-unit.h"

static void every_field_has_both_titles(void)
{
    for (guint i = 0; i < FM_N_FIELDS; i++) {
        const FmFieldInfo *info = fm_field_info((FmField)i);
        g_assert_nonnull(info->name);
        g_assert_nonnull(info->title_en);
        g_assert_nonnull(info->title_zh);
        g_assert_cmpint(fm_field_find(info->name), ==, i);
    }
    g_assert_cmpint(fm_field_find("Status"), ==, FM_FIELD_STATUS);
    g_assert_cmpint(fm_field_find("address"), ==, FM_FIELD_NONE);
}

static void status_words(void)
{
    g_auto(GStrv) words = g_strsplit(FM_STATUS_WORDS, ", ", -1);

    g_assert_cmpuint(g_strv_length(words), ==, 4);
    for (char **word = words; *word != NULL; word++) {
        g_assert_true(fm_status_is_known(*word));
    }
    g_assert_false(fm_status_is_known("active"));
    g_assert_false(fm_status_is_known(""));
}

static void a_manifest_overrides_titles(void)
{
    g_autoptr(FmTable) table = fm_table_new(FM_GEOMETRY_NONE);
    g_autoptr(GPtrArray) titles = g_ptr_array_new();
    char beds_column[] = "capacity", beds_en[] = "Beds", beds_zh[] = "床位数",
         absent_column[] = "x";
    FmColumnTitle capacity = {beds_column, beds_en, beds_zh}, absent = {absent_column, NULL, NULL};
    gsize id = fm_table_add_column(table, "id", FM_COLUMN_TEXT);
    gsize beds = fm_table_add_column(table, "capacity", FM_COLUMN_INTEGER);
    gsize accuracy = fm_table_add_column(table, "position_accuracy_m", FM_COLUMN_REAL);

    g_ptr_array_add(titles, &capacity);
    g_ptr_array_add(titles, &absent);
    fm_field_titles_apply(table, titles);
    g_assert_cmpstr(fm_table_column_title_zh(table, id), ==, "编号");
    g_assert_cmpstr(fm_table_column_title_en(table, beds), ==, "Beds");
    g_assert_cmpstr(fm_table_column_title_zh(table, beds), ==, "床位数");
    g_assert_cmpstr(fm_table_column_unit(table, accuracy), ==, "m");
}

void test_core_fields(void)
{
    g_test_add_func("/load/core-fields/titles", every_field_has_both_titles);
    g_test_add_func("/load/core-fields/status-words", status_words);
    g_test_add_func("/load/core-fields/manifest-titles", a_manifest_overrides_titles);
}
