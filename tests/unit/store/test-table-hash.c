/* The canonical form of fm_table_sha256: reference values from the documented bytes, and what must
 * and must not change the hash. */
#include "fm-unit.h"

#include "support.h"

#include <math.h>
#include <string.h>

static FmTable *sample(void)
{
    FmTable *table = fm_table_new(FM_GEOMETRY_POINT);
    gsize id = fm_table_add_column(table, "id", FM_COLUMN_TEXT);
    gsize beds = fm_table_add_column(table, "beds", FM_COLUMN_INTEGER);
    gsize share = fm_table_add_column(table, "share", FM_COLUMN_REAL);
    gsize row = fm_table_append_row(table);

    fm_table_set_text(table, id, row, "医院");
    fm_table_set_integer(table, beds, row, -2);
    fm_table_set_real(table, share, row, 0.5);
    fm_table_set_geometry(table, row, fm_geometry_new_point((FmLonLat){116.5, 39.75}));
    fm_table_append_row(table);
    return table;
}

/* Writes the canonical form as its description says, independently of the code under test. */
static void put(GByteArray *out, const void *bytes, gsize n)
{
    g_byte_array_append(out, bytes, (guint)n);
}

static void put_u64(GByteArray *out, guint64 value)
{
    for (int shift = 0; shift < 64; shift += 8) {
        guint8 byte = (guint8)(value >> shift);
        put(out, &byte, 1);
    }
}

/* Unsigned LEB128. */
static void put_count(GByteArray *out, guint64 value)
{
    guint8 byte = (guint8)(value % 128 + (value >= 128 ? 128 : 0));

    put(out, &byte, 1);
    if (value >= 128) {
        put_count(out, value / 128);
    }
}

static void put_column(GByteArray *out, guint64 type, const char *name)
{
    put_count(out, type);
    put_count(out, strlen(name));
    put(out, name, strlen(name));
}

static void test_canonical_form(void)
{
    g_autoptr(FmTable) table = sample();
    g_autoptr(GByteArray) form = g_byte_array_new();

    put(form, "facmap-table-2", 15);
    put_count(form, 1);
    put_count(form, 3);
    put_column(form, 0, "id");
    put_column(form, 1, "beds");
    put_column(form, 2, "share");
    put(form, "\1\1", 2);
    put_count(form, strlen("医院"));
    put(form, "医院", strlen("医院"));
    put(form, "\1", 1);
    put_u64(form, G_MAXUINT64 - 1);
    put(form, "\1", 1);
    put_u64(form, G_GUINT64_CONSTANT(0x3fe0000000000000));
    put(form, "\1", 1);
    put_count(form, 21);
    put(form, "\1\1\0\0\0", 5);
    put_u64(form, G_GUINT64_CONSTANT(0x405d200000000000)); /* 116.5 */
    put_u64(form, G_GUINT64_CONSTANT(0x4043e00000000000)); /* 39.75 */
    put(form, "\1\0\0\0\0", 5);
    put(form, "\0", 1);
    put_count(form, 2);

    g_autofree char *expect = g_compute_checksum_for_data(G_CHECKSUM_SHA256, form->data, form->len);
    g_autofree char *hash = fm_table_sha256(table);
    g_assert_cmpstr(hash, ==, expect);
}

static void test_titles_are_no_content(void)
{
    g_autoptr(FmTable) a = sample(), b = sample();

    fm_table_set_column_title(b, 1, "Beds", "床位", "beds");
    g_autofree char *hash_a = fm_table_sha256(a), *hash_b = fm_table_sha256(b);
    g_assert_cmpstr(hash_a, ==, hash_b);
}

static void test_zeros_are_one(void)
{
    g_autoptr(FmTable) a = sample(), b = sample();

    fm_table_set_real(a, 2, 0, 0.0);
    fm_table_set_real(b, 2, 0, -0.0);
    g_autofree char *hash_a = fm_table_sha256(a), *hash_b = fm_table_sha256(b);
    g_assert_cmpstr(hash_a, ==, hash_b);
}

static void assert_differs(const FmTable *changed)
{
    g_autoptr(FmTable) table = sample();
    g_autofree char *before = fm_table_sha256(table), *after = fm_table_sha256(changed);

    g_assert_cmpstr(before, !=, after);
}

static void test_changes_show(void)
{
    g_autoptr(FmTable) type = sample(), text = sample(), number = sample(), null = sample();
    g_autoptr(FmTable) row = sample(), column = sample(), geometry = sample();

    fm_table_set_geometry_type(type, FM_GEOMETRY_ANY);
    assert_differs(type);
    fm_table_set_text(text, 0, 1, "");
    assert_differs(text);
    fm_table_set_real(number, 2, 0, nextafter(0.5, 1));
    assert_differs(number);
    fm_table_set_null(null, 1, 0);
    assert_differs(null);
    fm_table_append_row(row);
    assert_differs(row);
    fm_table_add_column(column, "more", FM_COLUMN_TEXT);
    assert_differs(column);
    fm_table_set_geometry(geometry, 0, NULL);
    assert_differs(geometry);
}

/* Items that fill the internal buffer exactly, by one less and by one more. */
static void test_long_text(void)
{
    for (gsize n = 65520; n <= 65540; n++) {
        g_autoptr(FmTable) table = fm_table_new(FM_GEOMETRY_NONE);
        g_autoptr(GByteArray) form = g_byte_array_new();
        g_autofree char *text = g_strnfill(n, 'x');

        fm_table_add_column(table, "t", FM_COLUMN_TEXT);
        fm_table_set_text(table, 0, fm_table_append_row(table), text);
        put(form, "facmap-table-2", 15);
        put_count(form, 0);
        put_count(form, 1);
        put_column(form, 0, "t");
        put(form, "\1\1", 2);
        put_count(form, n);
        put(form, text, n);
        put(form, "\0\1", 2);

        g_autofree char *expect =
            g_compute_checksum_for_data(G_CHECKSUM_SHA256, form->data, form->len);
        g_autofree char *hash = fm_table_sha256(table);
        g_assert_cmpstr(hash, ==, expect);
    }
}

/* In batches of any size, and with single geometries under a multi type. */
static void test_batches(void)
{
    g_autoptr(FmTable) table = sample(), multi = sample();
    FmGeometry *many = fm_geometry_copy(fm_table_geometry(table, 0));
    g_autofree char *expect = fm_table_sha256(table);

    for (gsize cut = 0; cut <= 2; cut++) {
        g_autoptr(FmTableHash) hash = fm_table_hash_new(table);
        fm_table_hash_add(hash, table, 0, cut);
        fm_table_hash_add(hash, table, cut, 2);
        g_autofree char *found = fm_table_hash_finish(hash);
        g_assert_cmpstr(found, ==, expect);
    }
    many->type = FM_GEOMETRY_MULTIPOINT;
    fm_table_set_geometry(multi, 0, many);
    fm_table_set_geometry_type(table, FM_GEOMETRY_MULTIPOINT);
    fm_table_set_geometry_type(multi, FM_GEOMETRY_MULTIPOINT);
    g_autofree char *of_single = fm_table_sha256(table), *of_multi = fm_table_sha256(multi);
    g_assert_cmpstr(of_single, ==, of_multi);
    g_assert_cmpstr(of_single, !=, expect);
}

void test_table_hash(void)
{
    g_test_add_func("/store/table-hash/batches", test_batches);
    g_test_add_func("/store/table-hash/canonical-form", test_canonical_form);
    g_test_add_func("/store/table-hash/titles-are-no-content", test_titles_are_no_content);
    g_test_add_func("/store/table-hash/zeros-are-one", test_zeros_are_one);
    g_test_add_func("/store/table-hash/changes-show", test_changes_show);
    g_test_add_func("/store/table-hash/long-text", test_long_text);
}
