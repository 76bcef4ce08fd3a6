/* FmTable: one growing array a column.  NULL costs no array where the type has a value to spare: a
 * NULL text is a NULL pointer, a NULL real is NaN; only integers carry a bitmap.  Text lives in one
 * string chunk of the table; a cell equal to the one above it shares its bytes, which keeps columns
 * such as `status` or `category` at a pointer a row. */
#include <facmap/table.h>

#include <math.h>
#include <string.h>

#define FIRST_CAPACITY 16
#define TEXT_CHUNK_BYTES 16384

typedef struct {
    char *name, *title_en, *title_zh, *unit;
    FmColumnType type;
    union {
        const char **text;
        gint64 *integer;
        double *real;
    } cell;
    guint8 *present; /* integer columns: bit r is set when row r is not NULL */
} Column;

struct FmTable {
    FmGeometryType geometry_type;
    gsize n_rows, capacity;
    GArray *columns;       /* Column */
    FmGeometry **geometry; /* capacity long */
    GStringChunk *text;
};

static guint8 present_bit(gsize row)
{
    return (guint8)(1U << (row % 8));
}

static Column *column_at(const FmTable *table, gsize column)
{
    return &g_array_index(table->columns, Column, column);
}

static void column_clear(gpointer element)
{
    Column *column = element;

    g_free(column->name);
    g_free(column->title_en);
    g_free(column->title_zh);
    g_free(column->unit);
    switch (column->type) {
    case FM_COLUMN_TEXT:
        g_free(column->cell.text);
        break;
    case FM_COLUMN_INTEGER:
        g_free(column->cell.integer);
        break;
    case FM_COLUMN_REAL:
        g_free(column->cell.real);
        break;
    }
    g_free(column->present);
}

static void column_reserve(Column *column, gsize old_capacity, gsize capacity)
{
    gsize old_bytes = (old_capacity + 7) / 8, bytes = (capacity + 7) / 8;

    if (capacity == 0) {
        return;
    }
    switch (column->type) {
    case FM_COLUMN_TEXT:
        column->cell.text = g_renew(const char *, column->cell.text, capacity);
        for (gsize row = old_capacity; row < capacity; row++) {
            column->cell.text[row] = NULL;
        }
        break;
    case FM_COLUMN_INTEGER:
        column->cell.integer = g_renew(gint64, column->cell.integer, capacity);
        column->present = g_renew(guint8, column->present, bytes);
        memset(column->cell.integer + old_capacity, 0,
               (capacity - old_capacity) * sizeof *column->cell.integer);
        memset(column->present + old_bytes, 0, bytes - old_bytes);
        break;
    case FM_COLUMN_REAL:
        column->cell.real = g_renew(double, column->cell.real, capacity);
        for (gsize row = old_capacity; row < capacity; row++) {
            column->cell.real[row] = (double)NAN;
        }
        break;
    }
}

FmTable *fm_table_new(FmGeometryType geometry_type)
{
    FmTable *table = g_new0(FmTable, 1);

    table->geometry_type = geometry_type;
    table->columns = g_array_new(FALSE, TRUE, sizeof(Column));
    g_array_set_clear_func(table->columns, column_clear);
    table->text = g_string_chunk_new(TEXT_CHUNK_BYTES);
    return table;
}

void fm_table_free(FmTable *table)
{
    if (table == NULL) {
        return;
    }
    for (gsize row = 0; row < table->n_rows; row++) {
        fm_geometry_free(table->geometry[row]);
    }
    g_free(table->geometry);
    g_array_unref(table->columns);
    g_string_chunk_free(table->text);
    g_free(table);
}

FmGeometryType fm_table_geometry_type(const FmTable *table)
{
    return table->geometry_type;
}

void fm_table_set_geometry_type(FmTable *table, FmGeometryType geometry_type)
{
    table->geometry_type = geometry_type;
}

gsize fm_table_n_rows(const FmTable *table)
{
    return table->n_rows;
}

gsize fm_table_n_columns(const FmTable *table)
{
    return table->columns->len;
}

/* ---- columns ---------------------------------------------------------------------------- */

gsize fm_table_add_column(FmTable *table, const char *name, FmColumnType type)
{
    Column column = {.type = type};

    g_return_val_if_fail(name != NULL, FM_COLUMN_NONE);
    g_return_val_if_fail(fm_table_find_column(table, name) == FM_COLUMN_NONE, FM_COLUMN_NONE);
    column.name = g_strdup(name);
    column_reserve(&column, 0, table->capacity);
    g_array_append_val(table->columns, column);
    return table->columns->len - 1;
}

gsize fm_table_find_column(const FmTable *table, const char *name)
{
    for (gsize i = 0; i < table->columns->len; i++) {
        if (g_ascii_strcasecmp(column_at(table, i)->name, name) == 0) {
            return i;
        }
    }
    return FM_COLUMN_NONE;
}

const char *fm_table_column_name(const FmTable *table, gsize column)
{
    g_return_val_if_fail(column < table->columns->len, NULL);
    return column_at(table, column)->name;
}

FmColumnType fm_table_column_type(const FmTable *table, gsize column)
{
    g_return_val_if_fail(column < table->columns->len, FM_COLUMN_TEXT);
    return column_at(table, column)->type;
}

void fm_table_set_column_title(FmTable *table, gsize column, const char *title_en,
                               const char *title_zh, const char *unit)
{
    g_return_if_fail(column < table->columns->len);

    /* The new texts may be the old ones, so they are copied before those go. */
    Column *target = column_at(table, column);
    char *copies[] = {g_strdup(title_en), g_strdup(title_zh), g_strdup(unit)};
    g_free(target->title_en);
    g_free(target->title_zh);
    g_free(target->unit);
    target->title_en = copies[0];
    target->title_zh = copies[1];
    target->unit = copies[2];
}

const char *fm_table_column_title_en(const FmTable *table, gsize column)
{
    g_return_val_if_fail(column < table->columns->len, NULL);
    return column_at(table, column)->title_en;
}

const char *fm_table_column_title_zh(const FmTable *table, gsize column)
{
    g_return_val_if_fail(column < table->columns->len, NULL);
    return column_at(table, column)->title_zh;
}

const char *fm_table_column_unit(const FmTable *table, gsize column)
{
    g_return_val_if_fail(column < table->columns->len, NULL);
    return column_at(table, column)->unit;
}

/* ---- cells ------------------------------------------------------------------------------ */

static void table_reserve(FmTable *table, gsize capacity)
{
    for (gsize i = 0; i < table->columns->len; i++) {
        column_reserve(column_at(table, i), table->capacity, capacity);
    }
    table->geometry = g_renew(FmGeometry *, table->geometry, capacity);
    table->capacity = capacity;
}

gsize fm_table_append_row(FmTable *table)
{
    if (table->n_rows == table->capacity) {
        table_reserve(table, MAX(FIRST_CAPACITY, table->capacity * 2));
    }
    table->geometry[table->n_rows] = NULL;
    return table->n_rows++;
}

static gboolean cell_exists(const FmTable *table, gsize column, gsize row)
{
    return column < table->columns->len && row < table->n_rows;
}

static gboolean cell_has_type(const FmTable *table, gsize column, gsize row, FmColumnType type)
{
    return cell_exists(table, column, row) && column_at(table, column)->type == type;
}

void fm_table_set_text(FmTable *table, gsize column, gsize row, const char *value)
{
    g_return_if_fail(cell_has_type(table, column, row, FM_COLUMN_TEXT));

    const char **cell = &column_at(table, column)->cell.text[row];
    if (value == NULL) {
        *cell = NULL;
    } else if (row > 0 && cell[-1] != NULL && strcmp(cell[-1], value) == 0) {
        *cell = cell[-1];
    } else {
        *cell = g_string_chunk_insert(table->text, value);
    }
}

void fm_table_set_integer(FmTable *table, gsize column, gsize row, gint64 value)
{
    g_return_if_fail(cell_has_type(table, column, row, FM_COLUMN_INTEGER));

    Column *target = column_at(table, column);
    target->cell.integer[row] = value;
    target->present[row / 8] = (guint8)(target->present[row / 8] | present_bit(row));
}

void fm_table_set_real(FmTable *table, gsize column, gsize row, double value)
{
    g_return_if_fail(cell_has_type(table, column, row, FM_COLUMN_REAL));
    column_at(table, column)->cell.real[row] = isfinite(value) ? value : (double)NAN;
}

void fm_table_set_null(FmTable *table, gsize column, gsize row)
{
    g_return_if_fail(cell_exists(table, column, row));

    Column *target = column_at(table, column);
    switch (target->type) {
    case FM_COLUMN_TEXT:
        target->cell.text[row] = NULL;
        break;
    case FM_COLUMN_INTEGER:
        target->cell.integer[row] = 0;
        target->present[row / 8] = (guint8)(target->present[row / 8] & ~present_bit(row));
        break;
    case FM_COLUMN_REAL:
        target->cell.real[row] = (double)NAN;
        break;
    }
}

void fm_table_set_geometry(FmTable *table, gsize row, FmGeometry *geometry)
{
    g_return_if_fail(row < table->n_rows);
    if (table->geometry[row] != geometry) {
        fm_geometry_free(table->geometry[row]);
        table->geometry[row] = geometry;
    }
}

gboolean fm_table_is_null(const FmTable *table, gsize column, gsize row)
{
    g_return_val_if_fail(cell_exists(table, column, row), TRUE);

    const Column *source = column_at(table, column);
    switch (source->type) {
    case FM_COLUMN_TEXT:
        return source->cell.text[row] == NULL;
    case FM_COLUMN_INTEGER:
        return (source->present[row / 8] & present_bit(row)) == 0;
    case FM_COLUMN_REAL:
        return isnan(source->cell.real[row]) != 0;
    }
    return TRUE;
}

const char *fm_table_text(const FmTable *table, gsize column, gsize row)
{
    g_return_val_if_fail(cell_has_type(table, column, row, FM_COLUMN_TEXT), NULL);
    return column_at(table, column)->cell.text[row];
}

gint64 fm_table_integer(const FmTable *table, gsize column, gsize row)
{
    g_return_val_if_fail(cell_has_type(table, column, row, FM_COLUMN_INTEGER), 0);
    return column_at(table, column)->cell.integer[row];
}

double fm_table_number(const FmTable *table, gsize column, gsize row)
{
    g_return_val_if_fail(cell_exists(table, column, row), (double)NAN);

    const Column *source = column_at(table, column);
    g_return_val_if_fail(source->type != FM_COLUMN_TEXT, (double)NAN);
    if (source->type == FM_COLUMN_REAL) {
        return source->cell.real[row];
    }
    return fm_table_is_null(table, column, row) ? (double)NAN : (double)source->cell.integer[row];
}

char *fm_table_dup_as_text(const FmTable *table, gsize column, gsize row)
{
    g_return_val_if_fail(cell_exists(table, column, row), NULL);
    if (fm_table_is_null(table, column, row)) {
        return NULL;
    }

    const Column *source = column_at(table, column);
    switch (source->type) {
    case FM_COLUMN_TEXT:
        return g_strdup(source->cell.text[row]);
    case FM_COLUMN_INTEGER:
        return g_strdup_printf("%" G_GINT64_FORMAT, source->cell.integer[row]);
    case FM_COLUMN_REAL:
        return fm_format_double(source->cell.real[row]);
    }
    return NULL;
}

const FmGeometry *fm_table_geometry(const FmTable *table, gsize row)
{
    g_return_val_if_fail(row < table->n_rows, NULL);
    return table->geometry[row];
}
