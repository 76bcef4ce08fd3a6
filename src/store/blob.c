/* SpatiaLite's BLOB-Geometry (its wiki, "BLOB-Geometry"):
 *
 *   0x00, byte order (1 little), i32 SRID, 4 × f64 bounds (min x, min y, max x, max y), 0x7C,
 *   i32 class, content, 0xFE
 *
 * Class and content are those of WKB, except that a member of a multi-geometry begins with 0x69
 * where WKB repeats the byte order.  So a BLOB is read by turning those marks back and letting the
 * WKB reader, which checks every bound, do the rest.  The short form for points (TinyPoint) is read
 * too:
 *
 *   0x00, byte order | 0x80, i32 SRID, u8 kind (1: x, y), 2 × f64, 0xFE */
#include "store-internal.h"

#include <string.h>

#define HEAD_SIZE 39 /* up to and with the mark 0x7C */
#define MARK_MBR 0x7c
#define MARK_ENTITY 0x69
#define MARK_END 0xfe
#define TINY_SIZE 24
#define TINY_HEAD_SIZE 7
#define POINT_SIZE 16
#define SMALL_SIZE 1024 /* what is read without an allocation */

/* ---- writing ---------------------------------------------------------------------------- */

/* Each writes at *at and steps on. */
static void put_byte(guint8 **at, guint8 byte)
{
    *(*at)++ = byte;
}

static void put_int32(guint8 **at, gsize value)
{
    guint32 little = GUINT32_TO_LE((guint32)value);

    memcpy(*at, &little, sizeof little);
    *at += sizeof little;
}

static void put_double(guint8 **at, double value)
{
    guint64 bits;

    memcpy(&bits, &value, sizeof bits);
    bits = GUINT64_TO_LE(bits);
    memcpy(*at, &bits, sizeof bits);
    *at += sizeof bits;
}

static gboolean is_multi(FmGeometryType type)
{
    return type >= FM_GEOMETRY_MULTIPOINT && type <= FM_GEOMETRY_MULTIPOLYGON;
}

static FmGeometryType single_of(FmGeometryType type)
{
    return is_multi(type) ? type - FM_GEOMETRY_MULTIPOINT + FM_GEOMETRY_POINT : type;
}

gboolean fm_blob_fits(FmGeometryType column_type, FmGeometryType type)
{
    return column_type == FM_GEOMETRY_ANY || column_type == type ||
           (is_multi(column_type) && single_of(column_type) == type);
}

FmGeometryType fm_blob_stored_type(FmGeometryType column_type, FmGeometryType type)
{
    return is_multi(column_type) && single_of(column_type) == type ? column_type : type;
}

/* Class and content of one part. */
static void put_part(guint8 **out, const FmGeometry *geometry, gsize part)
{
    FmGeometryType type = single_of(geometry->type);
    gsize begin = part == 0 ? 0 : geometry->part_end[part - 1], end = geometry->part_end[part];

    put_int32(out, (gsize)type);
    if (type == FM_GEOMETRY_POLYGON) {
        put_int32(out, end - begin);
    }
    for (gsize path = begin; path < end; path++) {
        gsize from = path == 0 ? 0 : geometry->path_end[path - 1], to = geometry->path_end[path];
        if (type != FM_GEOMETRY_POINT) {
            put_int32(out, to - from);
        }
        for (gsize i = from; i < to; i++) {
            put_double(out, geometry->points[i].lon_deg);
            put_double(out, geometry->points[i].lat_deg);
        }
    }
}

/* How many bytes all parts have, without the marks between them. */
static gsize parts_size(const FmGeometry *geometry)
{
    FmGeometryType type = single_of(geometry->type);
    gsize size = 4 * geometry->n_parts + POINT_SIZE * geometry->n_points;

    size += type == FM_GEOMETRY_POLYGON ? 4 * geometry->n_parts : 0;
    size += type != FM_GEOMETRY_POINT ? 4 * geometry->n_paths : 0;
    return size;
}

void fm_blob_append(const FmGeometry *geometry, FmGeometryType column_type, GByteArray *out)
{
    FmExtent extent = fm_geometry_extent(geometry);
    gboolean multi = is_multi(column_type) || is_multi(geometry->type);
    gsize content = parts_size(geometry) + (multi ? 8 + geometry->n_parts : 0);
    guint before = out->len;

    g_byte_array_set_size(out, before + (guint)(HEAD_SIZE + content + 1));
    guint8 *at = out->data + before;
    put_byte(&at, 0);
    put_byte(&at, 1);
    put_int32(&at, FM_STORE_SRID);
    put_double(&at, extent.west_deg);
    put_double(&at, extent.south_deg);
    put_double(&at, extent.east_deg);
    put_double(&at, extent.north_deg);
    put_byte(&at, MARK_MBR);
    if (multi) {
        put_int32(&at, (gsize)(is_multi(column_type) ? column_type : geometry->type));
        put_int32(&at, geometry->n_parts);
        for (gsize part = 0; part < geometry->n_parts; part++) {
            put_byte(&at, MARK_ENTITY);
            put_part(&at, geometry, part);
        }
    } else {
        put_part(&at, geometry, 0);
    }
    put_byte(&at, MARK_END);
}

void fm_blob_encode(const FmGeometry *geometry, FmGeometryType column_type, GByteArray *out)
{
    g_byte_array_set_size(out, 0);
    fm_blob_append(geometry, column_type, out);
}

/* ---- reading ---------------------------------------------------------------------------- */

/* The bytes from class to end, on their way to become WKB. */
typedef struct {
    guint8 *bytes;
    gsize size, offset;
    gboolean little_endian;
} Walker;

static gboolean fail(const char *what, GError **error)
{
    g_set_error(error, FM_ERROR, FM_ERROR_PARSE, "damaged geometry: %s", what);
    return FALSE;
}

static gboolean take_uint32(Walker *walker, guint32 *value)
{
    if (walker->size - walker->offset < sizeof *value) {
        return FALSE;
    }
    memcpy(value, walker->bytes + walker->offset, sizeof *value);
    walker->offset += sizeof *value;
    *value = walker->little_endian ? GUINT32_FROM_LE(*value) : GUINT32_FROM_BE(*value);
    return TRUE;
}

static gboolean skip_points(Walker *walker, gsize n)
{
    if (n > (walker->size - walker->offset) / POINT_SIZE) {
        return FALSE;
    }
    walker->offset += n * POINT_SIZE;
    return TRUE;
}

static gboolean skip_path(Walker *walker)
{
    guint32 n = 0;

    return take_uint32(walker, &n) && skip_points(walker, n);
}

/* Passes over one member, whose mark is already passed. */
static gboolean skip_member(Walker *walker)
{
    guint32 type = 0, n_rings = 0;

    if (!take_uint32(walker, &type)) {
        return FALSE;
    }
    switch (type) {
    case FM_GEOMETRY_POINT:
        return skip_points(walker, 1);
    case FM_GEOMETRY_LINESTRING:
        return skip_path(walker);
    case FM_GEOMETRY_POLYGON:
        if (!take_uint32(walker, &n_rings)) {
            return FALSE;
        }
        for (guint32 ring = 0; ring < n_rings; ring++) {
            if (!skip_path(walker)) {
                return FALSE;
            }
        }
        return TRUE;
    default:
        return FALSE;
    }
}

/* Turns the members' marks into byte orders. */
static gboolean unmark_members(Walker *walker)
{
    guint32 n = 0;

    if (!take_uint32(walker, &n)) {
        return FALSE;
    }
    for (guint32 i = 0; i < n; i++) {
        if (walker->offset >= walker->size || walker->bytes[walker->offset] != MARK_ENTITY) {
            return FALSE;
        }
        walker->bytes[walker->offset++] = walker->little_endian ? 1 : 0;
        if (!skip_member(walker)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* The short form has all that WKB has of a point but its class. */
static FmGeometry *decode_tiny_point(const guint8 *blob, gsize size, GError **error)
{
    guint8 order = blob[1] & 0x7f;

    if (size != TINY_SIZE || order > 1 || blob[TINY_HEAD_SIZE - 1] != 1 ||
        blob[size - 1] != MARK_END) {
        fail("not a point of two coordinates", error);
        return NULL;
    }

    guint8 wkb[5 + POINT_SIZE] = {order};
    wkb[order == 1 ? 1 : 4] = FM_GEOMETRY_POINT;
    memcpy(wkb + 5, blob + TINY_HEAD_SIZE, POINT_SIZE);
    return fm_geometry_from_wkb(wkb, sizeof wkb, error);
}

FmGeometry *fm_blob_decode(const guint8 *blob, gsize size, GError **error)
{
    if (size >= TINY_SIZE && blob[0] == 0 && (blob[1] & 0x80) != 0) {
        return decode_tiny_point(blob, size, error);
    }
    if (size < HEAD_SIZE + 5 || blob[0] != 0 || blob[1] > 1 || blob[HEAD_SIZE - 1] != MARK_MBR ||
        blob[size - 1] != MARK_END) {
        fail("not a SpatiaLite geometry", error);
        return NULL;
    }

    /* From the mark before the class, which becomes the byte order, to before the end mark. */
    gsize wkb_size = size - HEAD_SIZE;
    guint8 small[SMALL_SIZE];
    g_autofree guint8 *large = wkb_size > sizeof small ? g_malloc(wkb_size) : NULL;
    guint8 *wkb = large != NULL ? large : small;
    memcpy(wkb, blob + HEAD_SIZE - 1, wkb_size);
    Walker walker = {.bytes = wkb, .size = wkb_size, .offset = 1, .little_endian = blob[1] == 1};
    guint32 type = 0;
    wkb[0] = blob[1];
    if (take_uint32(&walker, &type) && type >= FM_GEOMETRY_MULTIPOINT && type <= FM_GEOMETRY_ANY &&
        !unmark_members(&walker)) {
        fail("its members do not add up", error);
        return NULL;
    }
    return fm_geometry_from_wkb(wkb, wkb_size, error);
}
