#include "fm-unit.h"
#include "heading.h"

/* Rows "a|b;c||d"; transfer full. */
static GPtrArray *rows_from(const char *text)
{
    GPtrArray *rows = g_ptr_array_new_with_free_func(fm_heading_row_free);
    g_auto(GStrv) lines = g_strsplit(text, ";", -1);

    for (guint i = 0; lines[i] != NULL; i++) {
        FmHeadingRow *row = fm_heading_row_new(i + 1);
        g_auto(GStrv) cells = g_strsplit(lines[i], "|", -1);
        for (char **cell = cells; *cell != NULL; cell++) {
            fm_heading_row_add(row, *cell);
        }
        g_ptr_array_add(rows, row);
    }
    return rows;
}

static void found(void)
{
    static const struct {
        const char *rows;
        guint at;
        gboolean two, sure;
    } cases[] = {
        {"id|name|x;1|a|5", 0, FALSE, TRUE},
        {"List||;id|name|x;1|a|5;2|b|6", 1, FALSE, TRUE},
        {"List||;2021|me|;id|name|x;1|a|5;2|b|6", 2, FALSE, TRUE},
        /* The same text twice, or a number, is no heading; the first wide row is all there is. */
        {"List||;1|a|5;2|b|6", 1, FALSE, FALSE},
        {"List||;x|x|y;id|name|x;1|a|5", 2, FALSE, TRUE},
        {"id|name|place||beds;||x|y|;1|a|5|6|7;2|b|5|6|7", 0, TRUE, TRUE},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GPtrArray) rows = rows_from(cases[i].rows);
        FmHeading heading = fm_heading_find(rows);
        g_test_message("%s", cases[i].rows);
        g_assert_cmpuint(heading.at, ==, cases[i].at);
        g_assert_cmpint(heading.two, ==, cases[i].two);
        g_assert_cmpint(heading.sure, ==, cases[i].sure);
    }
}

/* A row of data must not be taken for a level of the heading. */
static void second_level(void)
{
    static const struct {
        const char *rows;
        gboolean expect;
    } cases[] = {
        {"id|place||beds;|x|y|", TRUE},
        {"place|||id;x|y|z|", TRUE},
        {"id|place|;|x|y", TRUE},
        {"id|name|beds|;a|school||note", FALSE}, /* a row under a column without heading */
        {"id|place|;a|x|y", FALSE},              /* the id has a name already */
        {"id|place|;|x|", FALSE},
        {"id|place|;||", FALSE},
        {"id|place|;|116.4|39.9", FALSE},
        {"id|name;a|b", FALSE},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GPtrArray) rows = rows_from(cases[i].rows);
        g_test_message("%s", cases[i].rows);
        g_assert_cmpint(
            fm_heading_is_second_level(g_ptr_array_index(rows, 0), g_ptr_array_index(rows, 1)), ==,
            cases[i].expect);
    }
}

static void widths_and_names(void)
{
    g_autoptr(GPtrArray) rows = rows_from("List|| ;id|place|;|x|y;1|2|3;2|3|4;3|4|5");
    const FmHeadingRow *heading = g_ptr_array_index(rows, 1), *second = g_ptr_array_index(rows, 2);
    FmHeading at = {.at = 1, .two = TRUE, .sure = TRUE};
    g_autofree char *note = fm_heading_note(rows, &at, "line", "file");

    g_assert_cmpuint(fm_heading_typical_width(rows), ==, 3);
    g_assert_false(fm_heading_is_wide_enough(g_ptr_array_index(rows, 0), 3));
    g_assert_true(fm_heading_is_wide_enough(heading, 3));
    g_assert_cmpstr(fm_heading_name(heading, second, 0), ==, "id");
    g_assert_cmpstr(fm_heading_name(heading, second, 1), ==, "x");
    g_assert_cmpstr(fm_heading_name(heading, NULL, 2), ==, "");
    g_assert_cmpstr(fm_heading_name(heading, second, 9), ==, "");
    g_assert_cmpstr(note, ==,
                    "the heading is line 2 of the file with the one below; what stands above it is "
                    "left out");
}

void test_heading(void)
{
    g_test_add_func("/load/heading/found", found);
    g_test_add_func("/load/heading/second-level", second_level);
    g_test_add_func("/load/heading/widths-and-names", widths_and_names);
}
