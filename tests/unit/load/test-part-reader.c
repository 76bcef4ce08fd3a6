/* Text and features come in the same parts. */
#include "fixture.h"
#include "fm-unit.h"
#include "ogr-files.h"

static void same_parts(void)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture);
    const char *paths[] = {fixture_write(&fixture, "t.csv", "id,name\n1,a\n2,b\n3,c\n"),
                           fixture_path(&fixture, "t.gpkg")};
    ogr_file_write("GPKG", paths[1], "t", "id,name", "1|a;2|b;3|c", FALSE, NULL, NULL);

    for (gsize i = 0; i < G_N_ELEMENTS(paths); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(FmSource) source = fixture_source(paths[i], "t", "");
        source->encoding = g_strdup("UTF-8");
        g_autoptr(FmRaw) header = fm_raw_new("t");
        g_autoptr(FmPartReader) reader = fm_part_reader_open(source, header, &error);
        g_assert_no_error(error);
        g_assert_cmpuint(fm_table_n_columns(header->table), ==, 2);
        static const gsize sizes[] = {2, 1, 0};
        for (gsize k = 0, first = 0; k < G_N_ELEMENTS(sizes); first += sizes[k++]) {
            g_autoptr(FmRaw) part = fm_raw_new_part(header, first);
            g_assert_true(fm_part_reader_read(reader, part, 2, &error));
            g_assert_cmpuint(fm_table_n_rows(part->table), ==, sizes[k]);
            g_assert_cmpuint(part->first_row, ==, first);
            if (sizes[k] == 1) {
                g_assert_cmpstr(fm_table_text(part->table, 1, 0), ==, "c");
            }
        }
    }
}

static void absent(void)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture);
    static const char *const names[] = {"none.csv", "none.gpkg"};

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(FmSource) source = fixture_source(fixture_path(&fixture, names[i]), "t", "");
        g_autoptr(FmRaw) header = fm_raw_new("t");
        source->encoding = g_strdup("UTF-8");
        g_assert_null(fm_part_reader_open(source, header, &error));
        g_assert_nonnull(error);
    }
}

void test_part_reader(void)
{
    g_test_add_func("/load/part-reader/same-parts", same_parts);
    g_test_add_func("/load/part-reader/absent", absent);
}
