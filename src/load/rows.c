/* Row by row: every value checked, ids made or compared, good rows moved into the layer's table. */
#include "load-internal.h"

#include <string.h>

typedef struct {
    const FmRaw *raw;
    const FmColumnMap *map;
    const FmExisting *existing;
    gboolean append;
    gboolean has_geometry; /* the layer, when these rows are in it */
    const char *layer;
    FmProblems *problems;
    guint id; /* the mapped column that is the id: there always is one */
    FmIdBook *book;
    GArray *cells; /* FmCell, one for each mapped column, of the current row */
} Builder;

/* ---- what is there already ---- */

gint64 fm_id_made_number(const char *id, const char *layer)
{
    gsize n = strlen(layer);
    gint64 number = 0;

    return g_str_has_prefix(id, layer) && id[n] == '-' &&
                   g_ascii_string_to_signed(id + n + 1, 10, 1, G_MAXINT64, &number, NULL)
               ? number
               : 0;
}

FmExisting *fm_existing_new(FmTable *table, const char *layer)
{
    FmExisting *existing = g_new0(FmExisting, 1);
    gsize id = fm_table_find_column(table, "id");

    existing->table = table;
    existing->ids = g_hash_table_new(g_str_hash, g_str_equal);
    for (gsize row = 0; id != FM_COLUMN_NONE && row < fm_table_n_rows(table); row++) {
        const char *text = fm_table_text(table, id, row);
        if (text == NULL) {
            continue;
        }
        gint64 number = fm_id_made_number(text, layer);
        g_hash_table_add(existing->ids, (gpointer)(guintptr)text);
        existing->highest_made = MAX(existing->highest_made, number);
        existing->n_made += number > 0;
    }
    return existing;
}

void fm_existing_free(FmExisting *existing)
{
    if (existing != NULL) {
        g_clear_pointer(&existing->ids, g_hash_table_unref);
        g_clear_pointer(&existing->table, fm_table_free);
        g_free(existing);
    }
}

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
    const FmMappedColumn *column = mapped(builder, i);
    g_autofree char *value = fm_table_dup_as_text(builder->raw->table, column->source, row);

    fm_problems_add(builder->problems, row,
                    fm_table_column_name(builder->raw->table, column->source), value, "%s", reason);
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
            gint64 highest = builder->existing != NULL ? builder->existing->highest_made : 0;
            fm_cell_set_text(
                &cell, g_strdup_printf("%s-%" G_GINT64_FORMAT, builder->layer,
                                       highest + (gint64)(builder->raw->first_row + row) + 1));
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
    g_autofree char *reason = NULL;
    const FmCell *cell = cell_of(builder, builder->id);

    if (cell->is_null) {
        refuse(builder, row, builder->id, "empty");
        return FALSE;
    }
    gsize other = g_hash_table_size(builder->book->rows) == 0
                      ? 0
                      : GPOINTER_TO_SIZE(g_hash_table_lookup(builder->book->rows, cell->text));
    if (other > 0) {
        reason = g_strdup_printf("also in row %" G_GSIZE_FORMAT, other);
    } else if (builder->append && builder->existing != NULL &&
               g_hash_table_contains(builder->existing->ids, cell->text)) {
        reason = g_strdup_printf("already in layer '%s'", builder->layer);
    }
    if (reason != NULL) {
        refuse(builder, row, builder->id, reason);
    }
    return reason == NULL;
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
    FmCell *id = cell_of(builder, builder->id);
    gboolean known =
        builder->existing != NULL && g_hash_table_contains(builder->existing->ids, id->text);

    mark_by_area(builder, positions, row);
    for (guint i = 0; i < builder->cells->len; i++) {
        set_cell(out->table, mapped(builder, i), i, to, cell_of(builder, i));
    }
    if (*geometry != NULL) {
        fm_table_set_geometry(out->table, to, g_steal_pointer(geometry));
    } else if (builder->has_geometry && !known) {
        out->n_unlocated++;
    }
    if (is_watched(builder->book, id->text)) {
        g_hash_table_insert(builder->book->rows, g_strdup(id->text),
                            GSIZE_TO_POINTER(builder->raw->first_row + row + 1));
    }
}

static gboolean layer_has_geometry(const FmPositions *positions, const FmExisting *existing)
{
    return positions->type != FM_GEOMETRY_NONE ||
           (existing != NULL && fm_table_geometry_type(existing->table) != FM_GEOMETRY_NONE);
}

static void clear_cell(gpointer cell)
{
    fm_cell_clear(cell);
}

void fm_rows_build(const FmRaw *raw, const FmColumnMap *map, FmPositions *positions,
                   const char *layer, const FmExisting *existing, gboolean append,
                   FmProblems *problems, FmIdBook *book, FmRows *out)
{
    g_autoptr(GArray) cells = g_array_new(FALSE, FALSE, sizeof(FmCell));
    Builder builder = {.raw = raw,
                       .map = map,
                       .existing = existing,
                       .append = append,
                       .has_geometry = layer_has_geometry(positions, existing),
                       .layer = layer,
                       .problems = problems,
                       .book = book,
                       .cells = cells};

    g_array_set_clear_func(cells, clear_cell);
    while (mapped(&builder, builder.id)->field != FM_FIELD_ID) {
        builder.id++;
    }
    *out = (FmRows){.table = new_table(&builder, positions->type)};
    for (gsize row = 0; row < fm_table_n_rows(raw->table); row++) {
        g_array_set_size(cells, 0);
        if (fm_problems_get(problems, row) == NULL && read_cells(&builder, row) &&
            check_id(&builder, row) && check_period(&builder, row)) {
            append_row(&builder, positions, row, out);
        }
    }
}
