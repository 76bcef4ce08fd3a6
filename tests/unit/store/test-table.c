/* FmTable: growth, NULLs of each type, titles, ownership. */
#include "fm-unit.h"

#include <facmap/table.h>

#include <math.h>

static void test_columns(void)
{
    g_autoptr(FmTable) table = fm_table_new(FM_GEOMETRY_POINT);

    g_assert_cmpint(fm_table_geometry_type(table), ==, FM_GEOMETRY_POINT);
    g_assert_cmpuint(fm_table_n_columns(table), ==, 0);
    g_assert_cmpuint(fm_table_add_column(table, "id", FM_COLUMN_TEXT), ==, 0);
    g_assert_cmpuint(fm_table_add_column(table, "名称", FM_COLUMN_TEXT), ==, 1);
    g_assert_cmpuint(fm_table_add_column(table, "Beds", FM_COLUMN_INTEGER), ==, 2);
    g_assert_cmpuint(fm_table_find_column(table, "ID"), ==, 0);
    g_assert_cmpuint(fm_table_find_column(table, "名称"), ==, 1);
    g_assert_cmpuint(fm_table_find_column(table, "beds"), ==, 2);
    g_assert_true(fm_table_find_column(table, "bed") == FM_COLUMN_NONE);
    g_assert_cmpstr(fm_table_column_name(table, 2), ==, "Beds");
    g_assert_cmpint(fm_table_column_type(table, 2), ==, FM_COLUMN_INTEGER);
    fm_table_set_geometry_type(table, FM_GEOMETRY_NONE);
    g_assert_cmpint(fm_table_geometry_type(table), ==, FM_GEOMETRY_NONE);
}

static void test_titles(void)
{
    g_autoptr(FmTable) table = fm_table_new(FM_GEOMETRY_NONE);
    gsize column = fm_table_add_column(table, "people", FM_COLUMN_INTEGER);

    g_assert_null(fm_table_column_title_en(table, column));
    fm_table_set_column_title(table, column, "Residents", "常住人口", "people");
    /* Its own texts may be handed back. */
    fm_table_set_column_title(table, column, fm_table_column_title_en(table, column),
                              fm_table_column_title_zh(table, column), NULL);
    g_assert_cmpstr(fm_table_column_title_en(table, column), ==, "Residents");
    g_assert_cmpstr(fm_table_column_title_zh(table, column), ==, "常住人口");
    g_assert_null(fm_table_column_unit(table, column));
}

static void test_nulls(void)
{
    g_autoptr(FmTable) table = fm_table_new(FM_GEOMETRY_POINT);
    gsize text = fm_table_add_column(table, "t", FM_COLUMN_TEXT);
    gsize integer = fm_table_add_column(table, "i", FM_COLUMN_INTEGER);
    gsize real = fm_table_add_column(table, "r", FM_COLUMN_REAL);
    gsize row = fm_table_append_row(table);

    for (gsize column = text; column <= real; column++) {
        g_assert_true(fm_table_is_null(table, column, row));
        g_assert_null(fm_table_dup_as_text(table, column, row));
    }
    g_assert_null(fm_table_text(table, text, row));
    g_assert_cmpint(fm_table_integer(table, integer, row), ==, 0);
    g_assert_true(isnan(fm_table_number(table, integer, row)));
    g_assert_true(isnan(fm_table_number(table, real, row)));
    g_assert_null(fm_table_geometry(table, row));

    /* Zero and the empty text are values. */
    fm_table_set_text(table, text, row, "");
    fm_table_set_integer(table, integer, row, 0);
    fm_table_set_real(table, real, row, 0);
    for (gsize column = text; column <= real; column++) {
        g_assert_false(fm_table_is_null(table, column, row));
    }

    for (gsize column = text; column <= real; column++) {
        fm_table_set_null(table, column, row);
        g_assert_true(fm_table_is_null(table, column, row));
    }

    fm_table_set_real(table, real, row, (double)INFINITY);
    g_assert_true(fm_table_is_null(table, real, row));
    fm_table_set_text(table, text, row, NULL);
    g_assert_true(fm_table_is_null(table, text, row));
    fm_table_set_integer(table, integer, row, 7);
    fm_table_set_null(table, integer, row);
    g_assert_true(fm_table_is_null(table, integer, row));
    g_assert_cmpint(fm_table_integer(table, integer, row), ==, 0);
}

/* Around every doubling of the arrays, and with a column that is added in between. */
static void test_growth(void)
{
    g_autoptr(FmTable) table = fm_table_new(FM_GEOMETRY_POINT);
    gsize n = 1025, half = 513;
    gsize id = fm_table_add_column(table, "id", FM_COLUMN_TEXT);
    gsize number = fm_table_add_column(table, "n", FM_COLUMN_INTEGER);
    gsize late = FM_COLUMN_NONE;

    for (gsize i = 0; i < n; i++) {
        if (i == half) {
            late = fm_table_add_column(table, "late", FM_COLUMN_REAL);
        }
        g_autofree char *name = g_strdup_printf("编号%" G_GSIZE_FORMAT, i / 2);
        g_assert_cmpuint(fm_table_append_row(table), ==, i);
        fm_table_set_text(table, id, i, name);
        if (i % 3 != 0) {
            fm_table_set_integer(table, number, i, (gint64)i);
        }
        if (i >= half) {
            fm_table_set_real(table, late, i, (double)i / 2);
        }
        fm_table_set_geometry(table, i, fm_geometry_new_point((FmLonLat){(double)i / 100, 1}));
    }
    g_assert_cmpuint(fm_table_n_rows(table), ==, n);
    for (gsize i = 0; i < n; i++) {
        g_autofree char *name = g_strdup_printf("编号%" G_GSIZE_FORMAT, i / 2);
        g_assert_cmpstr(fm_table_text(table, id, i), ==, name);
        g_assert_cmpint(fm_table_is_null(table, number, i), ==, i % 3 == 0);
        g_assert_cmpint(fm_table_integer(table, number, i), ==, i % 3 == 0 ? 0 : (gint64)i);
        g_assert_cmpint(fm_table_is_null(table, late, i), ==, i < half);
        g_assert_cmpfloat(fm_table_geometry(table, i)->points[0].lon_deg, ==, (double)i / 100);
    }
}

/* Equal neighbours share their bytes; changing one must not change the other. */
static void test_text_is_copied(void)
{
    g_autoptr(FmTable) table = fm_table_new(FM_GEOMETRY_NONE);
    gsize column = fm_table_add_column(table, "status", FM_COLUMN_TEXT);
    char buffer[] = "open";

    for (int i = 0; i < 3; i++) {
        fm_table_set_text(table, column, fm_table_append_row(table), buffer);
    }
    buffer[0] = 'X';
    fm_table_set_text(table, column, 0, "closed");
    g_assert_cmpstr(fm_table_text(table, column, 0), ==, "closed");
    g_assert_cmpstr(fm_table_text(table, column, 1), ==, "open");
    g_assert_cmpstr(fm_table_text(table, column, 2), ==, "open");
}

static void test_as_text(void)
{
    g_autoptr(FmTable) table = fm_table_new(FM_GEOMETRY_NONE);
    gsize integer = fm_table_add_column(table, "i", FM_COLUMN_INTEGER);
    gsize real = fm_table_add_column(table, "r", FM_COLUMN_REAL);
    gsize row = fm_table_append_row(table);

    fm_table_set_integer(table, integer, row, G_MININT64);
    fm_table_set_real(table, real, row, 0.1);
    g_autofree char *integer_text = fm_table_dup_as_text(table, integer, row);
    g_autofree char *real_text = fm_table_dup_as_text(table, real, row);
    g_assert_cmpstr(integer_text, ==, "-9223372036854775808");
    g_assert_cmpstr(real_text, ==, "0.1");
}

static void test_geometry_is_owned(void)
{
    g_autoptr(FmTable) table = fm_table_new(FM_GEOMETRY_POINT);
    gsize row = fm_table_append_row(table);
    FmGeometry *point = fm_geometry_new_point((FmLonLat){1, 2});

    fm_table_set_geometry(table, row, point);
    fm_table_set_geometry(table, row, point); /* the same one again is not freed */
    g_assert_true(fm_table_geometry(table, row) == point);
    fm_table_set_geometry(table, row, fm_geometry_new_point((FmLonLat){3, 4}));
    g_assert_cmpfloat(fm_table_geometry(table, row)->points[0].lat_deg, ==, 4);
    fm_table_set_geometry(table, row, NULL);
    g_assert_null(fm_table_geometry(table, row));
}

static void test_wrong_type(void)
{
    if (g_test_subprocess()) {
        g_autoptr(FmTable) table = fm_table_new(FM_GEOMETRY_NONE);
        gsize column = fm_table_add_column(table, "id", FM_COLUMN_TEXT);
        fm_table_set_integer(table, column, fm_table_append_row(table), 1);
        return;
    }
    g_test_trap_subprocess(NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
    g_test_trap_assert_failed();
    g_test_trap_assert_stderr("*fm_table_set_integer*assertion*failed*");
}

static void test_same_name_twice(void)
{
    if (g_test_subprocess()) {
        g_autoptr(FmTable) table = fm_table_new(FM_GEOMETRY_NONE);
        fm_table_add_column(table, "id", FM_COLUMN_TEXT);
        fm_table_add_column(table, "ID", FM_COLUMN_TEXT);
        return;
    }
    g_test_trap_subprocess(NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
    g_test_trap_assert_failed();
    g_test_trap_assert_stderr("*fm_table_add_column*assertion*failed*");
}

void test_table(void)
{
    g_test_add_func("/store/table/columns", test_columns);
    g_test_add_func("/store/table/titles", test_titles);
    g_test_add_func("/store/table/nulls", test_nulls);
    g_test_add_func("/store/table/growth", test_growth);
    g_test_add_func("/store/table/text-is-copied", test_text_is_copied);
    g_test_add_func("/store/table/as-text", test_as_text);
    g_test_add_func("/store/table/geometry-is-owned", test_geometry_is_owned);
    g_test_add_func("/store/table/wrong-type", test_wrong_type);
    g_test_add_func("/store/table/same-name-twice", test_same_name_twice);
}
