#include "fixture.h"
#include "fm-unit.h"
#include "text-heading.h"

#include <string.h>

/* "columns | rows | first value | note" of a table. */
static char *described(const char *name, const char *text)
{
    g_auto(Fixture) fixture;
    g_autoptr(GError) error = NULL;
    fixture_init(&fixture);
    g_autoptr(FmSource) source = fm_source_new(fixture_write(&fixture, name, text));
    g_autoptr(FmRaw) raw = fm_raw_read(source, NULL, &error);
    g_assert_no_error(error);
    g_autoptr(GString) words = g_string_new(NULL);
    for (gsize i = 0; i < fm_table_n_columns(raw->table); i++) {
        g_string_append_printf(words, "%s ", fm_table_column_name(raw->table, i));
    }
    g_string_append_printf(words, "| %d | %s", (int)fm_table_n_rows(raw->table),
                           fm_table_text(raw->table, 0, 0));
    for (guint i = 0; i < raw->warnings->len; i++) {
        g_string_append_printf(words, " | %s", (const char *)g_ptr_array_index(raw->warnings, i));
    }
    return g_strdup(words->str);
}

static void titles(void)
{
    static const struct {
        const char *text, *expect;
    } cases[] = {
        {"id,name,x\n1,a,5\n2,b,6\n", "id name x | 2 | 1"},
        {"学校一览表,,\nid,name,x\n1,a,5\n2,b,6\n",
         "id name x | 2 | 1 | the heading is line 2 of the file; what stands above it is left out"},
        /* Without the separators of its empty cells, the title does not tell what they are. */
        {"学校一览表\n\n填报单位: 教委\nid;name;x\n1;a;5\n2;b;6\n",
         "id name x | 2 | 1 | the heading is line 4 of the file; what stands above it is left out"},
        {"List\r\nid\tname\tx\r\n1\ta\t5\r\n2\tb\t6\r\n",
         "id name x | 2 | 1 | the heading is line 2 of the file; what stands above it is left out"},
        {"\"A list,\nof schools\",,,\nid,name,place,\n,,x,y\n1,a,5,6\n2,b,6,7\n",
         "id name x y | 2 | 1 | the heading is line 3 of the file with the one below; what stands "
         "above it is left out"},
        /* What is as wide as the table is its heading, and narrow tables have no titles. */
        {"name\na,b\nc,d\n", "name | 2 | a"},
        {"a,b\n1,2\n3,4\n", "a b | 2 | 1"},
        {"name\n甲\n乙\n", "name | 2 | 甲"},
        {"1,2,3\n4,5,6\n7,8,9\n", "1 2 3 | 2 | 4"},
        {"List\n1,2,3\n4,5,6\n7,8,9\n", "List | 3 | 1"}, /* no heading to be seen */
        {"编号，名称，经度\n1，甲，116\n",
         "编号，名称，经度 | 1 | 1，甲，116 | the heading '编号，名称，经度' is one column, since "
         "the "
         "full-width comma separates nothing: save the table with plain commas"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *is = described("a.csv", cases[i].text);
        g_assert_cmpstr(is, ==, cases[i].expect);
    }
}

/* The sample ends in the middle of a record, and the table is longer than the sample. */
static void long_tables(void)
{
    g_autoptr(GString) text = g_string_new("title,,\nid,name,x\n");

    for (guint i = 0; i < 9000; i++) {
        g_string_append_printf(text, "%u,\"a\nb\",5\n", i);
    }
    g_autofree char *is = described("a.csv", text->str);
    g_assert_cmpstr(is, ==,
                    "id name x | 9000 | 0 | the heading is line 2 of the file; what stands above "
                    "it is left out");
}

static void partial(void)
{
    static const char text[] = "title\nid,name,x\n1,a,5\n2,b,";
    g_auto(FmTextHeading) heading = {.n_records = 0};
    g_auto(FmTextHeading) cut = {.n_records = 0};

    fm_text_heading_find(text, strlen(text), TRUE, ',', &heading);
    g_assert_cmpuint(heading.n_records, ==, 2);
    fm_text_heading_find(text, 3, TRUE, ',', &cut);
    g_assert_cmpuint(cut.n_records, ==, 0);
    g_assert_null(cut.names);
    g_assert_cmpint(cut.separator, ==, ',');
}

void test_text_heading(void)
{
    g_test_add_func("/load/text-heading/titles", titles);
    g_test_add_func("/load/text-heading/long-tables", long_tables);
    g_test_add_func("/load/text-heading/partial", partial);
}
