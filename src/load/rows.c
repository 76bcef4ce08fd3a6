/* Row by row: every value checked, ids made, good rows moved into the layer's table. */
#include "load-internal.h"

#include <string.h>

typedef struct {
    const FmRaw *raw;
    const FmColumnMap *map;
    gint64 highest_made;
    const char *layer;
    FmProblems *problems;
    guint id; /* the mapped column that is the id: there always is one */
    FmIdBook *book;
    GArray *cells; /* FmCell, one for each mapped column, of the current row */
} Builder;

/* ---- the ids so far ---- */

void fm_id_book_init(FmIdBook *book, GHashTable *suspects)
{
    book->rows = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    book->suspects = suspects;
}

void fm_id_book_clear(FmIdBook *book)
{
    g_clear_pointer(&book->rows, g_hash_table_unref);
}

static gboolean is_watched(const FmIdBook *book, const char *id)
{
    /* Nobody is, the first time: not worth a hash. */
    return book->suspects == NULL ||
           (g_hash_table_size(book->suspects) > 0 && g_hash_table_contains(book->suspects, id));
}

void fm_rows_clear(FmRows *rows)
{
    g_clear_pointer(&rows->table, fm_table_free);
    g_clear_pointer(&rows->sources, g_array_unref);
}

/* ---- one row ---- */

static const FmMappedColumn *mapped(const Builder *builder, guint i)
{
    return &g_array_index(builder->map->columns, FmMappedColumn, i);
}

static FmCell *cell_of(const Builder *builder, guint i)
{
    return &g_array_index(builder->cells, FmCell, i);
}

/* The cell of a field in the current row; NULL when there is no such field or it is empty. */
static FmCell *cell_of_field(const Builder *builder, FmField field)
{
    for (guint i = 0; i < builder->cells->len; i++) {
        if (mapped(builder, i)->field == field) {
            FmCell *cell = cell_of(builder, i);
            return cell->is_null ? NULL : cell;
        }
    }
    return NULL;
}

static void refuse(const Builder *builder, gsize row, guint i, const char *reason)
{
    const FmTable *table = builder->raw->table;
    gsize source = mapped(builder, i)->source;
    gboolean made = source == FM_COLUMN_NONE;
    g_autofree char *value = made ? NULL : fm_table_dup_as_text(table, source, row);

    fm_problems_add(builder->problems, row, made ? "id" : fm_table_column_name(table, source),
                    value, "%s", reason);
}

static gboolean read_cells(Builder *builder, gsize row)
{
    for (guint i = 0; i < builder->map->columns->len; i++) {
        const FmMappedColumn *column = mapped(builder, i);
        FmCell cell = {.is_null = FALSE};
        g_autofree char *reason = NULL;
        gboolean good = TRUE;
        if (column->source == FM_COLUMN_NONE && column->field != FM_FIELD_ID) {
            cell.is_null = TRUE; /* where the row is by its area: filled in later */
        } else if (column->source == FM_COLUMN_NONE) {
            gint64 n = builder->highest_made + (gint64)(builder->raw->first_row + row) + 1;
            fm_cell_set_text(&cell, g_strdup_printf("%s-%" G_GINT64_FORMAT, builder->layer, n));
        } else {
            good = fm_cell_read(builder->raw->table, column, row, &cell, &reason);
        }
        g_array_append_val(builder->cells, cell);
        if (!good) {
            refuse(builder, row, i, reason);
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean check_id(const Builder *builder, gsize row)
{
    const FmCell *cell = cell_of(builder, builder->id);

    if (cell->is_null) {
        refuse(builder, row, builder->id, "empty");
        return FALSE;
    }
    gsize other = g_hash_table_size(builder->book->rows) == 0
                      ? 0
                      : GPOINTER_TO_SIZE(g_hash_table_lookup(builder->book->rows, cell->text));
    if (other > 0) {
        g_autofree char *reason = g_strdup_printf("also in row %" G_GSIZE_FORMAT, other);
        refuse(builder, row, builder->id, reason);
    }
    return other == 0;
}

static gboolean check_period(const Builder *builder, gsize row)
{
    const FmCell *opens = cell_of_field(builder, FM_FIELD_OPENS);
    const FmCell *closes = cell_of_field(builder, FM_FIELD_CLOSES);
    gint64 first = 0, last = 0;

    if (opens == NULL || closes == NULL ||
        !fm_date_parse(opens->text, FM_DATE_FIRST_DAY, &first, NULL) ||
        !fm_date_parse(closes->text, FM_DATE_LAST_DAY, &last, NULL) || first <= last) {
        return TRUE;
    }
    fm_problems_add(builder->problems, row, "closes", closes->text, "before it opens (%s)",
                    opens->text);
    return FALSE;
}

/* ---- the table ---- */

static FmTable *new_table(const Builder *builder, FmGeometryType type)
{
    FmTable *table = fm_table_new(type);

    for (guint i = 0; i < builder->map->columns->len; i++) {
        fm_table_add_column(table, mapped(builder, i)->name, mapped(builder, i)->type);
    }
    return table;
}

static void set_cell(FmTable *table, const FmMappedColumn *column, gsize i, gsize to,
                     const FmCell *cell)
{
    if (cell->is_null) {
        return;
    }
    switch (column->type) {
    case FM_COLUMN_TEXT:
        fm_table_set_text(table, i, to, cell->text);
        break;
    case FM_COLUMN_INTEGER:
        fm_table_set_integer(table, i, to, cell->integer);
        break;
    case FM_COLUMN_REAL:
        fm_table_set_real(table, i, to, cell->real);
        break;
    }
}

/* A row that was placed by its area says so: whatever the source said of its accuracy was said of
 * another position. */
static void mark_by_area(Builder *builder, const FmPositions *positions, gsize row)
{
    const double *accuracy_m = g_hash_table_lookup(positions->by_area, GSIZE_TO_POINTER(row));

    for (guint i = 0; accuracy_m != NULL && i < builder->cells->len; i++) {
        FmCell *cell = cell_of(builder, i);
        if (mapped(builder, i)->field == FM_FIELD_POSITION_ACCURACY) {
            *cell = (FmCell){.real = *accuracy_m};
        } else if (strcmp(mapped(builder, i)->name, "position_method") == 0 &&
                   mapped(builder, i)->type == FM_COLUMN_TEXT) {
            fm_cell_clear(cell);
            *cell = (FmCell){.text = FM_METHOD_AREA};
        }
    }
}

static void append_row(Builder *builder, FmPositions *positions, gsize row, FmRows *out)
{
    gsize to = fm_table_append_row(out->table);
    gpointer *geometry = &g_ptr_array_index(positions->geometries, row);
    const FmCell *id = cell_of(builder, builder->id);

    g_array_append_val(out->sources, row);
    mark_by_area(builder, positions, row);
    for (guint i = 0; i < builder->cells->len; i++) {
        set_cell(out->table, mapped(builder, i), i, to, cell_of(builder, i));
    }
    if (*geometry != NULL) {
        fm_table_set_geometry(out->table, to, g_steal_pointer(geometry));
    } else {
        out->n_unlocated++;
    }
    if (is_watched(builder->book, id->text)) {
        g_hash_table_insert(builder->book->rows, g_strdup(id->text),
                            GSIZE_TO_POINTER(builder->raw->first_row + row + 1));
    }
}

static void clear_cell(gpointer cell)
{
    fm_cell_clear(cell);
}

static guint id_column(const FmColumnMap *map)
{
    guint i = 0;

    while (g_array_index(map->columns, FmMappedColumn, i).field != FM_FIELD_ID) {
        i++;
    }
    return i;
}

void fm_rows_build(const FmRaw *raw, const FmColumnMap *map, FmPositions *positions,
                   const char *layer, gint64 highest_made, FmProblems *problems, FmIdBook *book,
                   FmRows *out)
{
    g_autoptr(GArray) cells = g_array_new(FALSE, FALSE, sizeof(FmCell));
    Builder builder = {.raw = raw,
                       .map = map,
                       .highest_made = highest_made,
                       .layer = layer,
                       .problems = problems,
                       .id = id_column(map),
                       .book = book,
                       .cells = cells};

    g_array_set_clear_func(cells, clear_cell);
    *out = (FmRows){.table = new_table(&builder, positions->type),
                    .sources = g_array_new(FALSE, FALSE, sizeof(gsize))};
    for (gsize row = 0; row < fm_table_n_rows(raw->table); row++) {
        g_array_set_size(cells, 0);
        if (fm_problems_get(problems, row) == NULL && read_cells(&builder, row) &&
            check_id(&builder, row) && check_period(&builder, row)) {
            append_row(&builder, positions, row, out);
        }
    }
    if (positions->type == FM_GEOMETRY_NONE) {
        out->n_unlocated = 0; /* nothing here has a position */
    }
}

void fm_rows_refuse_id(const FmRaw *raw, const FmColumnMap *map, gsize row, const char *reason)
{
    const Builder builder = {.raw = raw, .map = map, .problems = raw->problems};

    refuse(&builder, row, id_column(map), reason);
}
