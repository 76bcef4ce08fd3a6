#include "fixture.h"
#include "fm-unit.h"
#include "ogr-files.h"
#include "ogr-open.h"

#include <string.h>

/* A sheet by its rows, "a|b;c|d"; the first is what GDAL writes as the heading. */
static char *columns_and_first_row(const char *driver, const char *rows)
{
    g_auto(Fixture) fixture;
    g_autoptr(GError) error = NULL;
    fixture_init(&fixture);
    g_autofree char *file = g_strconcat("a.", driver, NULL);
    g_autofree char *lower = g_ascii_strdown(file, -1);
    const char *path = fixture_path(&fixture, lower);
    const char *first_end = strchr(rows, ';');
    g_autofree char *first = g_strndup(rows, (gsize)(first_end - rows));
    g_autofree char *heading = g_strdelimit(g_strdup(first), "|", ',');
    ogr_file_write(driver, path, "S", heading, first_end + 1, FALSE, NULL, NULL);

    g_autoptr(FmSource) source = fm_source_new(path);
    g_autoptr(FmRaw) raw = fm_raw_read(source, NULL, &error);
    g_assert_no_error(error);
    g_autoptr(GString) text = g_string_new(NULL);
    for (gsize i = 0; i < fm_table_n_columns(raw->table); i++) {
        g_string_append_printf(text, "%s ", fm_table_column_name(raw->table, i));
    }
    g_string_append_printf(text, "| %d | %s", (int)fm_table_n_rows(raw->table),
                           fm_table_text(raw->table, 0, 0));
    if (raw->warnings->len > 0) {
        g_string_append_printf(text, " | %s", (const char *)g_ptr_array_index(raw->warnings, 0));
    }
    return g_strdup(text->str);
}

static void headings(void)
{
    static const struct {
        const char *rows, *expect;
    } cases[] = {
        {"id|name|beds;1|a|5;2|b|6", "id name beds | 2 | 1"},
        {"List of schools| | ;id|name|beds;1|a|5;2|b|6",
         "id name beds | 2 | 1 | the heading is row 2 of the sheet; what stands above it is left "
         "out"},
        {"List| | | ;By: me| | |2021;id|name|x|y;1|a|5|6;2|b|6|7",
         "id name x y | 2 | 1 | the heading is row 3 of the sheet; what stands above it is left "
         "out"},
        {"List| | | ;id|name|place|;||x|y;1|a|5|6;2|b|6|7",
         "id name x y | 2 | 1 | the heading is row 2 of the sheet with the one below; what stands "
         "above it is left out"},
        {"id|name|place|;||x|y;1|a|5|6;2|b|6|7",
         "id name x y | 2 | 1 | the heading is row 1 of the sheet with the one below"},
        /* A table of one column, and one of rows that are mostly empty, begin where they begin. */
        {"name;a;b", "name | 2 | a"},
        {"id|name|a|b;1|x||;2|y||", "id name a b | 2 | 1"},
    };
    static const char *const drivers[] = {"XLSX", "ODS"};

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        for (gsize k = 0; k < G_N_ELEMENTS(drivers); k++) {
            g_test_message("%s: %s", drivers[k], cases[i].rows);
            g_autofree char *found = columns_and_first_row(drivers[k], cases[i].rows);
            g_assert_cmpstr(found, ==, cases[i].expect);
        }
    }
}

void test_sheet_heading(void)
{
    g_test_add_func("/load/sheet-heading/headings", headings);
}
