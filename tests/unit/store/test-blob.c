/* BLOB-Geometry against SpatiaLite's own writing and reading, and against damage. */
#include "fm-unit.h"
#include "support.h"

#include <string.h>

static const char *const shapes[] = {
    "POINT (116.5 39.75)",
    "LINESTRING (116.5 39.75, 116.25 40, 117 41)",
    "POLYGON ((116 39, 117 39, 117 40, 116 39), (116.5 39.25, 116.75 39.25, 116.75 39.5, 116.5 "
    "39.25))",
    "MULTIPOINT (116 39, 117 40)",
    "MULTILINESTRING ((116 39, 117 40), (1 2, 3 4, 5 6))",
    "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((5 5, 9 5, 9 9, 5 5), (6 5.5, 7 5.5, 7 6, 6 5.5)))",
};

static FmGeometry *geometry_from(const char *wkt)
{
    g_autoptr(GError) error = NULL;
    FmGeometry *geometry = fm_geometry_from_wkt(wkt, &error);

    g_assert_no_error(error);
    return geometry;
}

/* The first value of a query, as bytes. */
static GBytes *query_blob(FmWorkspace *workspace, const char *sql, const char *text)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(sqlite3_stmt) statement = fm_sql_prepare(workspace, sql, &error);
    gboolean row = FALSE;

    g_assert_no_error(error);
    g_assert_true(text == NULL || fm_sql_bind(workspace, statement, 1, &error, "t", text));
    g_assert_true(fm_sql_step(workspace, statement, &row, &error));
    g_assert_true(row);
    return g_bytes_new(sqlite3_column_blob(statement, 0),
                       (gsize)sqlite3_column_bytes(statement, 0));
}

static void assert_bytes(GBytes *bytes, const GByteArray *expect)
{
    g_autoptr(GBytes) expected = g_bytes_new(expect->data, expect->len);

    g_assert_true(g_bytes_equal(bytes, expected));
}

static void assert_same_geometry(const FmGeometry *a, const FmGeometry *b)
{
    g_autoptr(GBytes) wkb_a = fm_geometry_to_wkb(a), wkb_b = fm_geometry_to_wkb(b);

    g_assert_true(g_bytes_equal(wkb_a, wkb_b));
}

static void test_as_spatialite_writes(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(GByteArray) blob = g_byte_array_new();

    for (gsize i = 0; i < G_N_ELEMENTS(shapes); i++) {
        g_autoptr(FmGeometry) geometry = geometry_from(shapes[i]);
        g_autoptr(GBytes) theirs =
            query_blob(workspace, "SELECT GeomFromText(?1, 4326)", shapes[i]);
        fm_blob_encode(geometry, geometry->type, blob);
        assert_bytes(theirs, blob);
    }
}

static void test_single_becomes_multi(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(GByteArray) blob = g_byte_array_new();

    for (gsize i = 0; i < 3; i++) {
        g_autoptr(FmGeometry) geometry = geometry_from(shapes[i]);
        g_autoptr(GBytes) theirs =
            query_blob(workspace, "SELECT CastToMulti(GeomFromText(?1, 4326))", shapes[i]);
        fm_blob_encode(geometry, geometry->type + 3, blob);
        assert_bytes(theirs, blob);
        /* A column of any type keeps what it gets. */
        g_autoptr(GBytes) single =
            query_blob(workspace, "SELECT GeomFromText(?1, 4326)", shapes[i]);
        fm_blob_encode(geometry, FM_GEOMETRY_ANY, blob);
        assert_bytes(single, blob);
    }
}

static void test_fits(void)
{
    g_assert_true(fm_blob_fits(FM_GEOMETRY_POINT, FM_GEOMETRY_POINT));
    g_assert_true(fm_blob_fits(FM_GEOMETRY_MULTIPOLYGON, FM_GEOMETRY_POLYGON));
    g_assert_true(fm_blob_fits(FM_GEOMETRY_ANY, FM_GEOMETRY_MULTIPOINT));
    g_assert_false(fm_blob_fits(FM_GEOMETRY_POLYGON, FM_GEOMETRY_MULTIPOLYGON));
    g_assert_false(fm_blob_fits(FM_GEOMETRY_MULTIPOLYGON, FM_GEOMETRY_LINESTRING));
    g_assert_false(fm_blob_fits(FM_GEOMETRY_POINT, FM_GEOMETRY_LINESTRING));
}

static void test_decode(void)
{
    g_autoptr(GByteArray) blob = g_byte_array_new();

    for (gsize i = 0; i < G_N_ELEMENTS(shapes); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(FmGeometry) geometry = geometry_from(shapes[i]);
        fm_blob_encode(geometry, geometry->type, blob);
        g_autoptr(FmGeometry) back = fm_blob_decode(blob->data, blob->len, &error);
        g_assert_no_error(error);
        assert_same_geometry(geometry, back);
    }
}

/* ---- the other byte order --------------------------------------------------------------- */

static void put(GByteArray *out, const void *bytes, guint n)
{
    g_byte_array_append(out, bytes, n);
}

static void put_be32(GByteArray *out, guint32 value)
{
    guint32 big = GUINT32_TO_BE(value);

    put(out, &big, sizeof big);
}

static void put_be_double(GByteArray *out, double value)
{
    guint64 bits;

    memcpy(&bits, &value, sizeof bits);
    bits = GUINT64_TO_BE(bits);
    put(out, &bits, sizeof bits);
}

static void put_be_ring(GByteArray *out, const double *xy, guint32 n)
{
    put_be32(out, n);
    for (guint32 i = 0; i < 2 * n; i++) {
        put_be_double(out, xy[i]);
    }
}

static void test_big_endian(void)
{
    static const double outer[] = {0, 0, 4, 0, 4, 4, 0, 0};
    g_autoptr(GByteArray) blob = g_byte_array_new();
    g_autoptr(GError) error = NULL;

    put(blob, "\0\0", 2);
    put_be32(blob, 4326);
    for (int i = 0; i < 4; i++) {
        put_be_double(blob, i < 2 ? 0 : 4);
    }
    put(blob, "\x7c", 1);
    put_be32(blob, 6);
    put_be32(blob, 1);
    put(blob, "\x69", 1);
    put_be32(blob, 3);
    put_be32(blob, 1);
    put_be_ring(blob, outer, 4);
    put(blob, "\xfe", 1);

    g_autoptr(FmGeometry) expect = geometry_from("MULTIPOLYGON (((0 0, 4 0, 4 4, 0 0)))");
    g_autoptr(FmGeometry) geometry = fm_blob_decode(blob->data, blob->len, &error);
    g_assert_no_error(error);
    assert_same_geometry(geometry, expect);
}

static void test_tiny_point(void)
{
    static const guint8 orders[] = {0x80, 0x81};

    for (gsize i = 0; i < G_N_ELEMENTS(orders); i++) {
        g_autoptr(GByteArray) blob = g_byte_array_new();
        g_autoptr(GError) error = NULL;
        guint8 head[] = {0, orders[i], 0, 0, 0, 0, 1};
        double xy[] = {116.5, 39.75};

        put(blob, head, sizeof head);
        if (orders[i] == 0x80) {
            put_be_double(blob, xy[0]);
            put_be_double(blob, xy[1]);
        } else {
            put(blob, xy, sizeof xy); /* the tests run on little-endian machines */
        }
        put(blob, "\xfe", 1);
        g_autoptr(FmGeometry) geometry = fm_blob_decode(blob->data, blob->len, &error);
        g_assert_no_error(error);
        g_assert_cmpint(geometry->type, ==, FM_GEOMETRY_POINT);
        g_assert_cmpfloat(geometry->points[0].lon_deg, ==, 116.5);
        g_assert_cmpfloat(geometry->points[0].lat_deg, ==, 39.75);

        blob->data[6] = 2; /* a point with Z is longer */
        g_assert_null(fm_blob_decode(blob->data, blob->len, &error));
        test_assert_error(&error, FM_ERROR_PARSE, "damaged geometry");
    }
}

/* SpatiaLite writes tiny points and Z itself. */
static void test_other_forms_of_spatialite(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(GError) error = NULL;
    gsize size = 0;

    g_autoptr(GBytes) z = query_blob(workspace, "SELECT MakePointZ(116.5, 39.75, 44, 4326)", NULL);
    const guint8 *bytes = g_bytes_get_data(z, &size);
    g_autoptr(FmGeometry) flat = fm_blob_decode(bytes, size, &error);
    g_assert_no_error(error);
    g_assert_cmpfloat(flat->points[0].lat_deg, ==, 39.75);

    test_execute(workspace, "SELECT EnableTinyPoint()");
    g_autoptr(GBytes) tiny = query_blob(workspace, "SELECT MakePoint(116.5, 39.75, 4326)", NULL);
    bytes = g_bytes_get_data(tiny, &size);
    g_assert_cmpuint(size, ==, 24);
    g_autoptr(FmGeometry) point = fm_blob_decode(bytes, size, &error);
    g_assert_no_error(error);
    g_assert_cmpfloat(point->points[0].lon_deg, ==, 116.5);
}

/* ---- damage ----------------------------------------------------------------------------- */

static void test_truncated(void)
{
    g_autoptr(GByteArray) blob = g_byte_array_new();

    for (gsize i = 0; i < G_N_ELEMENTS(shapes); i++) {
        g_autoptr(FmGeometry) geometry = geometry_from(shapes[i]);
        fm_blob_encode(geometry, geometry->type, blob);
        for (gsize size = 0; size < blob->len; size++) {
            g_autoptr(GError) error = NULL;
            g_autofree guint8 *copy = g_memdup2(blob->data, size); /* so that ASan sees the end */
            g_assert_null(fm_blob_decode(copy, size, &error));
            g_assert_nonnull(error);
            g_clear_error(&error);
            if (size > 0) {
                copy[size - 1] = 0xfe;
                g_assert_null(fm_blob_decode(copy, size, &error));
                g_assert_nonnull(error);
            }
        }
    }
}

/* Any byte may have any of some values: an answer or an error, and nothing else. */
static void test_mutated(void)
{
    static const guint8 values[] = {0, 1, 2, 3, 6, 7, 0x69, 0x7c, 0x7f, 0x80, 0xfe, 0xff};
    g_autoptr(GByteArray) blob = g_byte_array_new();
    gsize n_refused = 0;

    for (gsize i = 0; i < G_N_ELEMENTS(shapes); i++) {
        g_autoptr(FmGeometry) geometry = geometry_from(shapes[i]);
        fm_blob_encode(geometry, geometry->type, blob);
        for (gsize at = 0; at < blob->len; at++) {
            for (gsize j = 0; j < G_N_ELEMENTS(values); j++) {
                g_autoptr(GError) error = NULL;
                g_autofree guint8 *copy = g_memdup2(blob->data, blob->len);
                copy[at] = values[j];
                g_autoptr(FmGeometry) back = fm_blob_decode(copy, blob->len, &error);
                g_assert_true((back == NULL) == (error != NULL));
                n_refused += back == NULL;
            }
        }
    }
    g_assert_cmpuint(n_refused, >, 100);
}

void test_blob(void)
{
    g_test_add_func("/store/blob/as-spatialite-writes", test_as_spatialite_writes);
    g_test_add_func("/store/blob/single-becomes-multi", test_single_becomes_multi);
    g_test_add_func("/store/blob/fits", test_fits);
    g_test_add_func("/store/blob/decode", test_decode);
    g_test_add_func("/store/blob/big-endian", test_big_endian);
    g_test_add_func("/store/blob/tiny-point", test_tiny_point);
    g_test_add_func("/store/blob/other-forms", test_other_forms_of_spatialite);
    g_test_add_func("/store/blob/truncated", test_truncated);
    g_test_add_func("/store/blob/mutated", test_mutated);
}
