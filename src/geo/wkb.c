/* Well-known binary: OGC 06-103r4 (ISO 13249-3 codes for Z and M) and PostGIS' EWKB flags.
 *
 * The reader trusts nothing: every count is checked against the bytes that are left before anything
 * is allocated, collections nest to a fixed depth, and errors carry the byte offset. */
#include "geometry-internal.h"

#include <math.h>
#include <string.h>

#define EWKB_Z 0x80000000u
#define EWKB_M 0x40000000u
#define EWKB_SRID 0x20000000u
#define MAX_DEPTH 16
#define POINTS_AT_ONCE 256
#define MOST_AHEAD ((gsize)1 << 30) /* bytes asked for before they are written */

/* Byte order mark and type: the head of every geometry. */
#define HEAD_SIZE 5u
/* The head and the count (or ordinates) that follow it. */
#define MIN_MEMBER_SIZE (HEAD_SIZE + 4u)

typedef struct {
    const guint8 *bytes;
    gsize size, offset;
    gboolean little_endian; /* of the geometry being read */
    gsize ordinate_count;   /* 2, 3 or 4 of the geometry being read */
    guint dimension;        /* of the whole; 3 until the first member says it */
    gboolean multi;         /* the outermost geometry is a multi-geometry or a collection */
    FmGeometryBuilder builder;
} Reader;

typedef struct {
    guint32 code; /* 1 … 7 and the unsupported ones, Z and M removed */
    gsize at;     /* byte offset */
} Head;

#define WKB_COLLECTION 7u

static gboolean fail(gsize at, FmError code, const char *what, GError **error)
{
    g_set_error(error, FM_ERROR, code, "WKB, byte %" G_GSIZE_FORMAT ": %s", at, what);
    return FALSE;
}

static gboolean need(const Reader *reader, gsize n, GError **error)
{
    if (reader->size - reader->offset >= n) {
        return TRUE;
    }
    return fail(reader->offset, FM_ERROR_PARSE, "the geometry ends too early", error);
}

static guint32 take_uint32(Reader *reader)
{
    guint32 value;

    memcpy(&value, reader->bytes + reader->offset, sizeof value);
    reader->offset += sizeof value;
    return reader->little_endian ? GUINT32_FROM_LE(value) : GUINT32_FROM_BE(value);
}

static double take_double(Reader *reader)
{
    guint64 bits;
    double value;

    memcpy(&bits, reader->bytes + reader->offset, sizeof bits);
    reader->offset += sizeof bits;
    bits = reader->little_endian ? GUINT64_FROM_LE(bits) : GUINT64_FROM_BE(bits);
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* A count of things that take at least min_size bytes each. */
static gboolean read_count(Reader *reader, gsize min_size, gsize *count, GError **error)
{
    gsize at = reader->offset;

    if (!need(reader, 4, error)) {
        return FALSE;
    }
    *count = take_uint32(reader);
    if (*count > (reader->size - reader->offset) / min_size) {
        return fail(at, FM_ERROR_PARSE, "a count is larger than the bytes that follow", error);
    }
    return TRUE;
}

static gboolean read_head(Reader *reader, Head *head, GError **error)
{
    head->at = reader->offset;
    if (!need(reader, HEAD_SIZE, error)) {
        return FALSE;
    }
    guint8 order = reader->bytes[reader->offset++];
    if (order > 1) {
        return fail(head->at, FM_ERROR_PARSE, "the byte order mark is neither 0 nor 1", error);
    }
    reader->little_endian = order == 1;

    guint32 code = take_uint32(reader);
    gboolean z = (code & EWKB_Z) != 0, m = (code & EWKB_M) != 0;
    gboolean srid = (code & EWKB_SRID) != 0;
    code &= ~(EWKB_Z | EWKB_M | EWKB_SRID);
    guint32 iso = code / 1000;
    if (iso > 3) {
        return fail(head->at, FM_ERROR_PARSE, "unknown geometry type", error);
    }
    z = z || iso == 1 || iso == 3;
    m = m || iso == 2 || iso == 3;
    head->code = code % 1000;
    reader->ordinate_count = 2u + (z ? 1u : 0u) + (m ? 1u : 0u);
    if (srid) {
        if (!need(reader, 4, error)) {
            return FALSE;
        }
        reader->offset += 4;
    }
    return TRUE;
}

static gboolean unsupported(const Head *head, GError **error)
{
    static const char *const names[] = {
        [8] = "CIRCULARSTRING", [9] = "COMPOUNDCURVE",      [10] = "CURVEPOLYGON",
        [11] = "MULTICURVE",    [12] = "MULTISURFACE",      [13] = "CURVE",
        [14] = "SURFACE",       [15] = "POLYHEDRALSURFACE", [16] = "TIN",
        [17] = "TRIANGLE",
    };
    if (head->code >= G_N_ELEMENTS(names) || names[head->code] == NULL) {
        return fail(head->at, FM_ERROR_PARSE, "unknown geometry type", error);
    }
    g_autofree char *what = g_strdup_printf(
        "geometries of type %s are not supported; convert them to lines or polygons",
        names[head->code]);
    return fail(head->at, FM_ERROR_UNSUPPORTED, what, error);
}

/* The next position, or a point of NaNs, which is how WKB writes POINT EMPTY. */
static gboolean read_position(Reader *reader, FmLonLat *out, GError **error)
{
    gsize at = reader->offset;

    if (!need(reader, 8 * reader->ordinate_count, error)) {
        return FALSE;
    }
    out->lon_deg = take_double(reader);
    out->lat_deg = take_double(reader);
    reader->offset += 8 * (reader->ordinate_count - 2);
    gboolean empty = isnan(out->lon_deg) && isnan(out->lat_deg);
    if (!empty && !(isfinite(out->lon_deg) && isfinite(out->lat_deg))) {
        return fail(at, FM_ERROR_PARSE, "a coordinate is not a finite number", error);
    }
    return TRUE;
}

static gboolean read_point(Reader *reader, GError **error)
{
    FmLonLat position;

    if (!read_position(reader, &position, error)) {
        return FALSE;
    }
    if (!isnan(position.lon_deg)) {
        fm_geometry_builder_point(&reader->builder, position);
        fm_geometry_builder_end_path(&reader->builder);
        fm_geometry_builder_end_part(&reader->builder);
    }
    return TRUE;
}

/* A line or a ring.  Sets *empty, and adds nothing, when it has no points. */
static gboolean read_path(Reader *reader, guint dimension, gboolean *empty, GError **error)
{
    gsize at = reader->offset, n = 0;

    if (!read_count(reader, 8 * reader->ordinate_count, &n, error)) {
        return FALSE;
    }
    *empty = n == 0;
    fm_geometry_builder_reserve(&reader->builder, n);
    for (gsize i = 0; i < n; i++) {
        gsize position_at = reader->offset;
        FmLonLat position;
        if (!read_position(reader, &position, error)) {
            return FALSE;
        }
        if (isnan(position.lon_deg)) {
            return fail(position_at, FM_ERROR_PARSE, "a coordinate is not a finite number", error);
        }
        fm_geometry_builder_point(&reader->builder, position);
    }
    if (n > 0) {
        const char *fault = fm_geometry_builder_path_fault(&reader->builder, dimension);
        if (fault != NULL) {
            return fail(at, FM_ERROR_PARSE, fault, error);
        }
        fm_geometry_builder_end_path(&reader->builder);
    }
    return TRUE;
}

static gboolean read_line(Reader *reader, GError **error)
{
    gboolean empty = FALSE;

    if (!read_path(reader, 1, &empty, error)) {
        return FALSE;
    }
    if (!empty) {
        fm_geometry_builder_end_part(&reader->builder);
    }
    return TRUE;
}

static gboolean read_polygon(Reader *reader, GError **error)
{
    gsize at = reader->offset, n_rings = 0;
    gboolean empty = TRUE;

    if (!read_count(reader, 4, &n_rings, error)) {
        return FALSE;
    }
    for (gsize i = 0; i < n_rings; i++) {
        gboolean empty_ring = FALSE;
        if (!read_path(reader, 2, &empty_ring, error)) {
            return FALSE;
        }
        if (!empty_ring && empty && i > 0) {
            return fail(at, FM_ERROR_PARSE, "a polygon has a hole but no outer ring", error);
        }
        empty = empty && empty_ring;
    }
    if (!empty) {
        fm_geometry_builder_end_part(&reader->builder);
    }
    return TRUE;
}

static gboolean note_dimension(Reader *reader, const Head *head, guint dimension, GError **error)
{
    if (reader->dimension == 3) {
        reader->dimension = dimension;
    }
    if (reader->dimension != dimension) {
        return fail(head->at, FM_ERROR_UNSUPPORTED,
                    "a collection mixes points, lines and polygons; split it by type", error);
    }
    return TRUE;
}

/* `parent` is the code of the multi or collection that holds it, 0 for the outermost. */
static gboolean read_geometry(Reader *reader, guint32 parent, guint depth, GError **error)
{
    Head head;

    if (!read_head(reader, &head, error)) {
        return FALSE;
    }
    if (head.code == 0 || head.code > WKB_COLLECTION) {
        return unsupported(&head, error);
    }
    if (parent >= FM_GEOMETRY_MULTIPOINT && parent < WKB_COLLECTION && head.code != parent - 3) {
        return fail(head.at, FM_ERROR_PARSE, "a multi-geometry holds a member of another type",
                    error);
    }
    if (head.code != WKB_COLLECTION &&
        !note_dimension(reader, &head, fm_geometry_type_dimension((FmGeometryType)head.code),
                        error)) {
        return FALSE;
    }
    switch (head.code) {
    case FM_GEOMETRY_POINT:
        return read_point(reader, error);
    case FM_GEOMETRY_LINESTRING:
        return read_line(reader, error);
    case FM_GEOMETRY_POLYGON:
        return read_polygon(reader, error);
    default:
        break;
    }

    gsize n = 0;
    reader->multi = TRUE;
    if (depth == MAX_DEPTH) {
        return fail(head.at, FM_ERROR_UNSUPPORTED, "collections are nested too deeply", error);
    }
    if (!read_count(reader, MIN_MEMBER_SIZE, &n, error)) {
        return FALSE;
    }
    for (gsize i = 0; i < n; i++) {
        if (!read_geometry(reader, head.code, depth + 1, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

FmGeometry *fm_geometry_from_wkb(const guint8 *wkb, gsize size, GError **error)
{
    Reader reader = {.bytes = wkb, .size = size, .dimension = 3};
    FmGeometry *geometry = NULL;

    fm_geometry_builder_init(&reader.builder);
    if (read_geometry(&reader, 0, 0, error)) {
        if (reader.offset < size) {
            fail(reader.offset, FM_ERROR_PARSE, "bytes follow after the end of the geometry",
                 error);
        } else if (reader.builder.n_points == 0) {
            fail(0, FM_ERROR_PARSE, "the geometry is empty", error);
        } else {
            FmGeometryType type = fm_geometry_type_of(reader.dimension, reader.multi);
            geometry = fm_geometry_builder_finish(&reader.builder, type);
        }
    }
    fm_geometry_builder_clear(&reader.builder);
    return geometry;
}

/* ---- writing ---- */

static void put_uint32(GByteArray *out, gsize value)
{
    guint32 bits = GUINT32_TO_LE((guint32)value);

    g_byte_array_append(out, (const guint8 *)&bits, sizeof bits);
}

static void put_head(GByteArray *out, FmGeometryType type)
{
    static const guint8 little_endian = 1;

    g_byte_array_append(out, &little_endian, 1);
    put_uint32(out, (gsize)type);
}

/* FmLonLat is two doubles, as WKB has them. */
static void put_points(GByteArray *out, const FmLonLat *points, gsize n)
{
    G_STATIC_ASSERT(sizeof(FmLonLat) == 2 * sizeof(double));
    guint64 bits[2 * POINTS_AT_ONCE];

    for (gsize begin = 0; begin < n; begin += POINTS_AT_ONCE) {
        gsize some = MIN(n - begin, (gsize)POINTS_AT_ONCE);
        memcpy(bits, points + begin, some * sizeof *points);
        for (gsize i = 0; i < 2 * some; i++)
            bits[i] = GUINT64_TO_LE(bits[i]);
        g_byte_array_append(out, (const guint8 *)bits, (guint)(some * sizeof *points));
    }
}

static void put_path(GByteArray *out, const FmGeometry *geometry, gsize path, gboolean with_count)
{
    gsize begin = fm_geometry_path_begin(geometry, path), end = geometry->path_end[path];

    if (with_count) {
        put_uint32(out, end - begin);
    }
    put_points(out, geometry->points + begin, end - begin);
}

static void put_part(GByteArray *out, const FmGeometry *geometry, gsize part)
{
    guint dimension = fm_geometry_dimension(geometry);
    gsize begin = fm_geometry_part_begin(geometry, part), end = geometry->part_end[part];

    put_head(out, fm_geometry_type_of(dimension, FALSE));
    if (dimension == 2) {
        put_uint32(out, end - begin);
    }
    for (gsize path = begin; path < end; path++) {
        put_path(out, geometry, path, dimension > 0);
    }
}

static gsize wkb_size(const FmGeometry *geometry)
{
    gsize n_parts = geometry->n_parts, n_paths = n_parts > 0 ? geometry->part_end[n_parts - 1] : 0;

    return (n_parts + 1) * MIN_MEMBER_SIZE + n_paths * sizeof(guint32) +
           geometry->n_points * sizeof(FmLonLat);
}

GBytes *fm_geometry_to_wkb(const FmGeometry *geometry)
{
    g_autoptr(GByteArray) out = g_byte_array_sized_new((guint)MIN(wkb_size(geometry), MOST_AHEAD));

    if (fm_geometry_type_is_multi(geometry->type)) {
        put_head(out, geometry->type);
        put_uint32(out, geometry->n_parts);
    }
    for (gsize part = 0; part < geometry->n_parts; part++) {
        put_part(out, geometry, part);
    }
    return g_byte_array_free_to_bytes(g_steal_pointer(&out));
}
