#include "fixture.h"
#include "fm-unit.h"
#include "geos-internal.h"

#include <math.h>
#include <string.h>

static const char *const samples[] = {
    "POINT (116.3975 39.9087)",
    "LINESTRING (0 0, 1 1, 2 0)",
    "POLYGON ((0 0, 4 0, 4 4, 0 0), (2 1, 3 1, 3 2, 2 1))",
    "MULTIPOINT ((1 2), (3 4))",
    "MULTILINESTRING ((0 0, 1 1), (2 2, 3 3, 4 5))",
    "MULTIPOLYGON (((0 0, 4 0, 4 4, 0 0), (2 1, 3 1, 3 2, 2 1)), ((5 5, 6 5, 6 6, 5 5)))",
};

static void test_round_trip(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(samples); i++) {
        g_autoptr(FmGeometry) geometry = geometry_from(samples[i]);
        g_autoptr(GBytes) wkb = fm_geometry_to_wkb(geometry);
        g_autoptr(GError) error = NULL;
        g_autoptr(FmGeometry) again =
            fm_geometry_from_wkb(g_bytes_get_data(wkb, NULL), g_bytes_get_size(wkb), &error);
        g_assert_no_error(error);
        assert_same_geometry(geometry, again);
    }
}

static void test_bytes(void)
{
    static const guint8 point[] = {1,    1,    0, 0, 0, 0, 0, 0, 0, 0,   0,
                                   0xF0, 0x3F, 0, 0, 0, 0, 0, 0, 0, 0x40};
    g_autoptr(FmGeometry) geometry = geometry_from("POINT (1 2)");
    g_autoptr(GBytes) wkb = fm_geometry_to_wkb(geometry);

    g_assert_cmpuint(g_bytes_get_size(wkb), ==, sizeof point);
    g_assert_true(memcmp(g_bytes_get_data(wkb, NULL), point, sizeof point) == 0);
}

static GBytes *geos_wkb(const FmGeos *geos, const char *wkt, int dialect)
{
    GEOSWKTReader *reader = GEOSWKTReader_create_r(geos->handle);
    GEOSWKBWriter *writer = GEOSWKBWriter_create_r(geos->handle);
    GEOSGeometry *geometry = GEOSWKTReader_read_r(geos->handle, reader, wkt);
    gsize size = 0;

    GEOSSetSRID_r(geos->handle, geometry, 4326);
    GEOSWKBWriter_setByteOrder_r(geos->handle, writer, dialect & 1 ? 0 : 1);
    GEOSWKBWriter_setIncludeSRID_r(geos->handle, writer, dialect & 2 ? 1 : 0);
    GEOSWKBWriter_setFlavor_r(geos->handle, writer, dialect & 4 ? 2 : 1);
    unsigned char *wkb = GEOSWKBWriter_write_r(geos->handle, writer, geometry, &size);
    GBytes *bytes = g_bytes_new(wkb, size);
    GEOSFree_r(geos->handle, wkb);
    GEOSGeom_destroy_r(geos->handle, geometry);
    GEOSWKBWriter_destroy_r(geos->handle, writer);
    GEOSWKTReader_destroy_r(geos->handle, reader);
    return bytes;
}

/* GEOS writes each sample in both byte orders, with and without SRID, as EWKB and as ISO. */
static void test_dialects(void)
{
    g_auto(FmGeos) geos;

    fm_geos_init(&geos);
    for (gsize i = 0; i < G_N_ELEMENTS(samples); i++) {
        g_autoptr(FmGeometry) wanted = geometry_from(samples[i]);
        for (int dialect = 0; dialect < 8; dialect++) {
            g_autoptr(GBytes) wkb = geos_wkb(&geos, samples[i], dialect);
            g_autoptr(GError) error = NULL;
            g_autoptr(FmGeometry) got =
                fm_geometry_from_wkb(g_bytes_get_data(wkb, NULL), g_bytes_get_size(wkb), &error);
            g_assert_no_error(error);
            assert_same_geometry(got, wanted);
        }
    }
}

/* ---- bytes made by hand ---- */

static void put8(GByteArray *out, guint8 value)
{
    g_byte_array_append(out, &value, 1);
}

static void put32(GByteArray *out, guint32 value)
{
    guint32 little = GUINT32_TO_LE(value);
    g_byte_array_append(out, (const guint8 *)&little, 4);
}

static void put_double(GByteArray *out, double value)
{
    guint64 bits;
    memcpy(&bits, &value, 8);
    bits = GUINT64_TO_LE(bits);
    g_byte_array_append(out, (const guint8 *)&bits, 8);
}

static void put_head(GByteArray *out, guint32 type)
{
    put8(out, 1);
    put32(out, type);
}

static void put_point(GByteArray *out, guint32 type, int n_ordinates)
{
    put_head(out, type);
    for (int i = 0; i < n_ordinates; i++) {
        put_double(out, i + 1);
    }
}

static void assert_refused(const GByteArray *wkb, FmError code, const char *message)
{
    g_autoptr(GError) error = NULL;

    g_assert_null(fm_geometry_from_wkb(wkb->data, wkb->len, &error));
    g_assert_error(error, FM_ERROR, (int)code);
    g_assert_nonnull(strstr(error->message, message));
}

static void test_higher_dimensions(void)
{
    static const struct {
        guint32 type;
        int n_ordinates;
    } cases[] = {{1001, 3},        {2001, 3},        {3001, 4},
                 {0x80000001u, 3}, {0x40000001u, 3}, {0xC0000001u, 4}};

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GByteArray) wkb = g_byte_array_new();
        put_point(wkb, cases[i].type, cases[i].n_ordinates);
        g_autoptr(FmGeometry) point = fm_geometry_from_wkb(wkb->data, wkb->len, NULL);
        g_assert_nonnull(point);
        g_assert_cmpfloat(point->points[0].lon_deg, ==, 1);
        g_assert_cmpfloat(point->points[0].lat_deg, ==, 2);
    }
}

static void test_collection(void)
{
    g_autoptr(GByteArray) wkb = g_byte_array_new();
    g_autoptr(GByteArray) mixed = g_byte_array_new();

    put_head(wkb, 7);
    put32(wkb, 2);
    put_point(wkb, 1, 2);
    put_point(wkb, 1001, 3);
    g_autoptr(FmGeometry) points = fm_geometry_from_wkb(wkb->data, wkb->len, NULL);
    g_assert_cmpint(points->type, ==, FM_GEOMETRY_MULTIPOINT);
    g_assert_cmpuint(points->n_parts, ==, 2);

    put_head(mixed, 7);
    put32(mixed, 2);
    put_point(mixed, 1, 2);
    put_head(mixed, 2);
    put32(mixed, 0);
    assert_refused(mixed, FM_ERROR_UNSUPPORTED, "byte 30: a collection mixes");
}

static void test_refused(void)
{
    static const struct {
        guint32 type;
        FmError code;
        const char *message;
    } types[] = {
        {0, FM_ERROR_PARSE, "unknown geometry type"},
        {8, FM_ERROR_UNSUPPORTED, "CIRCULARSTRING"},
        {16, FM_ERROR_UNSUPPORTED, "TIN"},
        {1010, FM_ERROR_UNSUPPORTED, "CURVEPOLYGON"},
        {18, FM_ERROR_PARSE, "unknown geometry type"},
        {4001, FM_ERROR_PARSE, "unknown geometry type"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(types); i++) {
        g_autoptr(GByteArray) wkb = g_byte_array_new();
        put_point(wkb, types[i].type, 2);
        assert_refused(wkb, types[i].code, types[i].message);
    }
}

static void test_refused_content(void)
{
    g_autoptr(GByteArray) order = g_byte_array_new();
    g_autoptr(GByteArray) infinite = g_byte_array_new();
    g_autoptr(GByteArray) empty = g_byte_array_new();
    g_autoptr(GByteArray) tail = g_byte_array_new();
    g_autoptr(GByteArray) open_ring = g_byte_array_new();
    g_autoptr(GByteArray) member = g_byte_array_new();

    put8(order, 7);
    put32(order, 1);
    assert_refused(order, FM_ERROR_PARSE, "byte 0: the byte order mark");

    put_head(infinite, 1);
    put_double(infinite, 1);
    put_double(infinite, INFINITY);
    assert_refused(infinite, FM_ERROR_PARSE, "byte 5: a coordinate is not a finite number");

    put_head(empty, 1);
    put_double(empty, NAN);
    put_double(empty, NAN);
    assert_refused(empty, FM_ERROR_PARSE, "the geometry is empty");

    put_point(tail, 1, 3);
    assert_refused(tail, FM_ERROR_PARSE, "byte 21: bytes follow");

    put_head(open_ring, 3);
    put32(open_ring, 1);
    put32(open_ring, 4);
    for (int i = 0; i < 8; i++) {
        put_double(open_ring, i * i);
    }
    assert_refused(open_ring, FM_ERROR_PARSE, "byte 9: ring that is not closed");

    put_head(member, 5);
    put32(member, 1);
    put_point(member, 1, 2);
    assert_refused(member, FM_ERROR_PARSE, "byte 9: a multi-geometry holds");
}

/* A count that promises more than the bytes hold must fail before it is believed. */
static void test_huge_counts(void)
{
    for (guint32 type = 2; type <= 7; type++) {
        g_autoptr(GByteArray) wkb = g_byte_array_new();
        put_head(wkb, type);
        put32(wkb, 0xFFFFFFFFu);
        put_double(wkb, 1);
        put_double(wkb, 2);
        assert_refused(wkb, FM_ERROR_PARSE, "byte 5: a count is larger");
    }
}

static void test_nesting(void)
{
    g_autoptr(GByteArray) wkb = g_byte_array_new();

    for (int i = 0; i < 10000; i++) {
        put_head(wkb, 7);
        put32(wkb, 1);
    }
    assert_refused(wkb, FM_ERROR_UNSUPPORTED, "nested too deeply");
}

/* Cut after every byte, from a block of exactly that size, so that the sanitizer sees any
 * overrun. */
static void test_truncated(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(samples); i++) {
        g_autoptr(FmGeometry) geometry = geometry_from(samples[i]);
        g_autoptr(GBytes) wkb = fm_geometry_to_wkb(geometry);
        for (gsize size = 0; size < g_bytes_get_size(wkb); size++) {
            g_autofree guint8 *part = g_memdup2(g_bytes_get_data(wkb, NULL), size);
            g_autoptr(GError) error = NULL;
            g_assert_null(fm_geometry_from_wkb(part, size, &error));
            g_assert_error(error, FM_ERROR, FM_ERROR_PARSE);
        }
    }
}

/* Whatever a changed byte makes of it: an error, or a geometry that keeps its promises. */
static void test_mutated(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(5);

    for (int round = 0; round < 30000; round++) {
        g_autoptr(FmGeometry) geometry = geometry_from(samples[round % (int)G_N_ELEMENTS(samples)]);
        g_autoptr(GBytes) wkb = fm_geometry_to_wkb(geometry);
        gsize size = g_bytes_get_size(wkb);
        g_autofree guint8 *bytes = g_memdup2(g_bytes_get_data(wkb, NULL), size);
        for (int i = 0; i < 1 + round % 3; i++) {
            bytes[g_rand_int_range(rand, 0, (gint32)size)] = (guint8)g_rand_int(rand);
        }
        g_autoptr(GError) error = NULL;
        g_autoptr(FmGeometry) got = fm_geometry_from_wkb(bytes, size, &error);
        if (got != NULL) {
            assert_sound_geometry(got);
        } else {
            g_assert_nonnull(error);
        }
    }
}

void test_wkb(void)
{
    g_test_add_func("/geo/wkb/round-trip", test_round_trip);
    g_test_add_func("/geo/wkb/bytes", test_bytes);
    g_test_add_func("/geo/wkb/dialects", test_dialects);
    g_test_add_func("/geo/wkb/higher-dimensions", test_higher_dimensions);
    g_test_add_func("/geo/wkb/collection", test_collection);
    g_test_add_func("/geo/wkb/refused", test_refused);
    g_test_add_func("/geo/wkb/refused-content", test_refused_content);
    g_test_add_func("/geo/wkb/huge-counts", test_huge_counts);
    g_test_add_func("/geo/wkb/nesting", test_nesting);
    g_test_add_func("/geo/wkb/truncated", test_truncated);
    g_test_add_func("/geo/wkb/mutated", test_mutated);
}
