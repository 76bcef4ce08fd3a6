/* The content hash of a table, taken row by row so that a table need not be in memory.  Canonical
 * form, fed to SHA-256 (FIPS 180-4); n is an unsigned LEB128, the other numbers are little-endian:
 *
 *   table   "facmap-table-2" 0x00, n geometry type, n columns, columns, rows, 0x00, n rows
 *   column  n type (0 text, 1 integer, 2 real), n length of the name, its UTF-8 bytes
 *   row     0x01, the cells in column order, then the geometry if the type is not NONE
 *   cell    0x00 for NULL; 0x01 and: n length, UTF-8 bytes | i64 | IEEE 754 binary64 (-0 as +0)
 *   geometry  0x00 for NULL; 0x01, n length and the bytes of fm_geometry_to_wkb
 *
 * Every item has a known length, so two tables with the same bytes are the same table.  Titles and
 * units are not content; a single geometry under a multi type is the multi of one. */
#include "store-internal.h"

#include <string.h>

#define BUFFER_BYTES 65536
#define POINT_WKB_SIZE 21
#define MAX_LEB128_SIZE 10

struct FmTableHash {
    FmSha256 *sha256;
    FmGeometryType geometry_type;
    guint64 n_rows;
    gsize used;
    guint8 buffer[BUFFER_BYTES]; /* many small items, few calls of the checksum */
};

static void hash_flush(FmTableHash *hash)
{
    fm_sha256_update(hash->sha256, hash->buffer, hash->used);
    hash->used = 0;
}

static void hash_bytes(FmTableHash *hash, const void *bytes, gsize n)
{
    if (n > BUFFER_BYTES - hash->used) {
        hash_flush(hash);
    }
    if (n > BUFFER_BYTES) {
        fm_sha256_update(hash->sha256, bytes, n);
    } else if (n > 0) {
        memcpy(hash->buffer + hash->used, bytes, n);
        hash->used += n;
    }
}

static void hash_tag(FmTableHash *hash, guint8 tag)
{
    hash_bytes(hash, &tag, 1);
}

static void hash_count(FmTableHash *hash, guint64 count)
{
    guint8 bytes[MAX_LEB128_SIZE];
    gsize n = 0;

    for (; count >= 0x80; count >>= 7) {
        bytes[n++] = (guint8)(0x80 | (count & 0x7f));
    }
    bytes[n++] = (guint8)count;
    hash_bytes(hash, bytes, n);
}

static void hash_u64(FmTableHash *hash, guint64 value)
{
    guint64 little = GUINT64_TO_LE(value);

    hash_bytes(hash, &little, sizeof little);
}

static void hash_double(FmTableHash *hash, double value)
{
    double canonical = value == 0 ? 0.0 : value;
    guint64 bits;

    memcpy(&bits, &canonical, sizeof bits);
    hash_u64(hash, bits);
}

static void hash_text(FmTableHash *hash, const char *text)
{
    gsize length = strlen(text);

    hash_count(hash, length);
    hash_bytes(hash, text, length);
}

/* What fm_geometry_to_wkb gives, without asking for memory: most geometries are points. */
static void hash_point(FmTableHash *hash, FmLonLat point)
{
    static const guint8 head[] = {1, FM_GEOMETRY_POINT, 0, 0, 0};
    const double xy[2] = {point.lon_deg, point.lat_deg};

    hash_count(hash, POINT_WKB_SIZE);
    hash_bytes(hash, head, sizeof head);
    for (gsize i = 0; i < 2; i++) {
        guint64 bits;
        memcpy(&bits, &xy[i], sizeof bits);
        hash_u64(hash, bits);
    }
}

static void hash_geometry(FmTableHash *hash, const FmGeometry *geometry)
{
    if (geometry == NULL) {
        hash_tag(hash, 0);
        return;
    }
    hash_tag(hash, 1);
    /* The arrays of a single geometry are those of a multi one with one part. */
    FmGeometry stored = *geometry;
    stored.type = fm_blob_stored_type(hash->geometry_type, geometry->type);
    if (stored.type == FM_GEOMETRY_POINT) {
        hash_point(hash, stored.points[0]);
        return;
    }
    g_autoptr(GBytes) wkb = fm_geometry_to_wkb(&stored);
    gsize size = 0;
    const void *bytes = g_bytes_get_data(wkb, &size);
    hash_count(hash, size);
    hash_bytes(hash, bytes, size);
}

static void hash_cell(FmTableHash *hash, const FmTable *table, gsize column, gsize row)
{
    if (fm_table_is_null(table, column, row)) {
        hash_tag(hash, 0);
        return;
    }
    hash_tag(hash, 1);
    switch (fm_table_column_type(table, column)) {
    case FM_COLUMN_TEXT:
        hash_text(hash, fm_table_text(table, column, row));
        break;
    case FM_COLUMN_INTEGER:
        hash_u64(hash, (guint64)fm_table_integer(table, column, row));
        break;
    case FM_COLUMN_REAL:
        hash_double(hash, fm_table_number(table, column, row));
        break;
    }
}

FmTableHash *fm_table_hash_new(const FmTable *columns)
{
    static const char magic[] = "facmap-table-2"; /* the terminating 0 belongs to the form */
    FmTableHash *hash = g_new(FmTableHash, 1);
    gsize n_columns = fm_table_n_columns(columns);

    hash->sha256 = fm_sha256_new();
    hash->geometry_type = fm_table_geometry_type(columns);
    hash->n_rows = 0;
    hash->used = 0;
    hash_bytes(hash, magic, sizeof magic);
    hash_count(hash, (guint64)hash->geometry_type);
    hash_count(hash, n_columns);
    for (gsize column = 0; column < n_columns; column++) {
        hash_count(hash, (guint64)fm_table_column_type(columns, column));
        hash_text(hash, fm_table_column_name(columns, column));
    }
    return hash;
}

void fm_table_hash_free(FmTableHash *hash)
{
    if (hash != NULL) {
        fm_sha256_free(hash->sha256);
        g_free(hash);
    }
}

void fm_table_hash_add(FmTableHash *hash, const FmTable *rows, gsize begin, gsize end)
{
    gsize n_columns = fm_table_n_columns(rows);

    for (gsize row = begin; row < end; row++) {
        hash_tag(hash, 1);
        for (gsize column = 0; column < n_columns; column++) {
            hash_cell(hash, rows, column, row);
        }
        if (hash->geometry_type != FM_GEOMETRY_NONE) {
            hash_geometry(hash, fm_table_geometry(rows, row));
        }
    }
    hash->n_rows += end - begin;
}

char *fm_table_hash_finish(FmTableHash *hash)
{
    hash_tag(hash, 0);
    hash_count(hash, hash->n_rows);
    hash_flush(hash);
    return fm_sha256_finish(hash->sha256);
}

char *fm_table_sha256(const FmTable *table)
{
    g_autoptr(FmTableHash) hash = fm_table_hash_new(table);

    fm_table_hash_add(hash, table, 0, fm_table_n_rows(table));
    return fm_table_hash_finish(hash);
}
