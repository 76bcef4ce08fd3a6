/* The content hash of a table.  Canonical form, all numbers little-endian, fed to SHA-256 (FIPS
 * 180-4):
 *
 *   table   "facmap-table-1" 0x00, u64 geometry type, u64 columns, columns, u64 rows, rows
 *   column  u64 type (0 text, 1 integer, 2 real), u64 length of the name, its UTF-8 bytes
 *   row     the cells in column order, then the geometry if the type is not NONE
 *   cell    0x00 for NULL; 0x01 and: u64 length, UTF-8 bytes | i64 | IEEE 754 binary64 (-0 as +0)
 *   geometry  0x00 for NULL; 0x01, u64 length and the bytes of fm_geometry_to_wkb
 *
 * Every item has a known length, so two tables with the same bytes are the same table.  Titles and
 * units are not content. */
#include <facmap/table.h>

#include <string.h>

#define BUFFER_BYTES 65536

typedef struct {
    GChecksum *checksum;
    gsize used;
    guint8 buffer[BUFFER_BYTES]; /* many small items, few calls of the checksum */
} Hasher;

static void hasher_flush(Hasher *hasher)
{
    g_checksum_update(hasher->checksum, hasher->buffer, (gssize)hasher->used);
    hasher->used = 0;
}

static void hasher_add(Hasher *hasher, const void *bytes, gsize n)
{
    if (n > BUFFER_BYTES - hasher->used) {
        hasher_flush(hasher);
    }
    if (n > BUFFER_BYTES) {
        g_checksum_update(hasher->checksum, bytes, (gssize)n);
        return;
    }
    if (n > 0) {
        memcpy(hasher->buffer + hasher->used, bytes, n);
        hasher->used += n;
    }
}

static void hasher_add_tag(Hasher *hasher, guint8 tag)
{
    hasher_add(hasher, &tag, 1);
}

static void hasher_add_u64(Hasher *hasher, guint64 value)
{
    guint64 little = GUINT64_TO_LE(value);

    hasher_add(hasher, &little, sizeof little);
}

static void hasher_add_double(Hasher *hasher, double value)
{
    double canonical = value == 0 ? 0.0 : value;
    guint64 bits;

    memcpy(&bits, &canonical, sizeof bits);
    hasher_add_u64(hasher, bits);
}

static void hasher_add_text(Hasher *hasher, const char *text)
{
    gsize length = strlen(text);

    hasher_add_u64(hasher, length);
    hasher_add(hasher, text, length);
}

static void hasher_add_geometry(Hasher *hasher, const FmGeometry *geometry)
{
    if (geometry == NULL) {
        hasher_add_tag(hasher, 0);
        return;
    }

    g_autoptr(GBytes) wkb = fm_geometry_to_wkb(geometry);
    gsize size = 0;
    const void *bytes = g_bytes_get_data(wkb, &size);
    hasher_add_tag(hasher, 1);
    hasher_add_u64(hasher, size);
    hasher_add(hasher, bytes, size);
}

static void hasher_add_cell(Hasher *hasher, const FmTable *table, gsize column, gsize row)
{
    if (fm_table_is_null(table, column, row)) {
        hasher_add_tag(hasher, 0);
        return;
    }
    hasher_add_tag(hasher, 1);
    switch (fm_table_column_type(table, column)) {
    case FM_COLUMN_TEXT:
        hasher_add_text(hasher, fm_table_text(table, column, row));
        break;
    case FM_COLUMN_INTEGER:
        hasher_add_u64(hasher, (guint64)fm_table_integer(table, column, row));
        break;
    case FM_COLUMN_REAL:
        hasher_add_double(hasher, fm_table_number(table, column, row));
        break;
    }
}

char *fm_table_sha256(const FmTable *table)
{
    static const char magic[] = "facmap-table-1"; /* the terminating 0 belongs to the form */
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autofree Hasher *hasher = g_new(Hasher, 1);
    gsize n_columns = fm_table_n_columns(table), n_rows = fm_table_n_rows(table);

    hasher->checksum = checksum;
    hasher->used = 0;
    hasher_add(hasher, magic, sizeof magic);
    hasher_add_u64(hasher, (guint64)fm_table_geometry_type(table));
    hasher_add_u64(hasher, n_columns);
    for (gsize column = 0; column < n_columns; column++) {
        hasher_add_u64(hasher, (guint64)fm_table_column_type(table, column));
        hasher_add_text(hasher, fm_table_column_name(table, column));
    }
    hasher_add_u64(hasher, n_rows);
    for (gsize row = 0; row < n_rows; row++) {
        for (gsize column = 0; column < n_columns; column++) {
            hasher_add_cell(hasher, table, column, row);
        }
        if (fm_table_geometry_type(table) != FM_GEOMETRY_NONE) {
            hasher_add_geometry(hasher, fm_table_geometry(table, row));
        }
    }
    hasher_flush(hasher);
    return g_strdup(g_checksum_get_string(checksum));
}
