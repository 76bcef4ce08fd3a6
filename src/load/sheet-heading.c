/* Where a sheet's table begins.  Sheets that are made for print have a title above the heading,
 * often one merged cell, and a line that says who filled in what and when.  The heading is the
 * first row that is about as wide as the rows of the sheet are, with a different text in each cell;
 * a row below it that only fills its gaps is its second level ("位置" over "经度" and "纬度"). */
#include "ogr-open.h"

#include <string.h>

#define SAMPLE_ROWS 60u
#define MAX_FID_SHIFT 2

typedef void FmOgrFeature;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmOgrFeature, OGR_F_Destroy)

/* One row of the sample. */
typedef struct {
    gint64 fid;
    gsize n_filled;
    GPtrArray *cells; /* char*; NULL where blank */
} SheetRow;

static void row_free(gpointer data)
{
    SheetRow *row = data;

    g_ptr_array_unref(row->cells);
    g_free(row);
}

static const char *cell_at(const SheetRow *row, guint column)
{
    return g_ptr_array_index(row->cells, column);
}

static SheetRow *row_from_feature(OGRFeatureH feature)
{
    SheetRow *row = g_new0(SheetRow, 1);

    row->fid = OGR_F_GetFID(feature);
    row->cells = g_ptr_array_new_with_free_func(g_free);
    for (int i = 0; i < OGR_F_GetFieldCount(feature); i++) {
        const char *text =
            OGR_F_IsFieldSetAndNotNull(feature, i) ? OGR_F_GetFieldAsString(feature, i) : "";
        gboolean blank = fm_text_is_blank(text);
        row->n_filled += !blank;
        g_ptr_array_add(row->cells, blank ? NULL : g_strdup(text));
    }
    return row;
}

/* The sheet's first rows that are not blank. */
static GPtrArray *sample_rows(OGRLayerH layer)
{
    GPtrArray *rows = g_ptr_array_new_with_free_func(row_free);

    OGR_L_ResetReading(layer);
    while (rows->len < SAMPLE_ROWS) {
        g_autoptr(FmOgrFeature) feature = OGR_L_GetNextFeature(layer);
        if (feature == NULL) {
            break;
        }
        SheetRow *row = row_from_feature(feature);
        if (row->n_filled > 0) {
            g_ptr_array_add(rows, row);
        } else {
            row_free(row);
        }
    }
    OGR_L_ResetReading(layer);
    return rows;
}

static gint compare_sizes(gconstpointer a, gconstpointer b)
{
    gsize x = *(const gsize *)a, y = *(const gsize *)b;

    return x < y ? -1 : x > y;
}

/* How many cells a row of the table has: the upper quartile of the sample, since titles and remarks
 * are narrower. */
static gsize typical_width(const GPtrArray *rows)
{
    g_autoptr(GArray) widths = g_array_new(FALSE, FALSE, sizeof(gsize));

    for (guint i = 0; i < rows->len; i++) {
        const SheetRow *row = g_ptr_array_index(rows, i);
        g_array_append_val(widths, row->n_filled);
    }
    if (widths->len == 0) {
        return 0;
    }
    g_array_sort(widths, compare_sizes);
    return g_array_index(widths, gsize, widths->len * 3 / 4);
}

static gboolean is_wide_enough(gsize n_filled, gsize typical)
{
    return 2 * n_filled > typical;
}

static gboolean is_number(const char *text)
{
    double value = 0;

    return fm_parse_double(text, &value);
}

/* A different text in each cell, and no number. */
static gboolean looks_like_heading(const SheetRow *row)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; i < row->cells->len; i++) {
        char *text = g_ptr_array_index(row->cells, i);
        if (text != NULL && (is_number(text) || !g_hash_table_add(seen, text))) {
            return FALSE;
        }
    }
    return TRUE;
}

/* Index into `rows`; the first row that is wide enough when none looks like a heading. */
static guint find_heading(const GPtrArray *rows)
{
    gsize typical = typical_width(rows);
    guint first_wide = rows->len;

    for (guint i = 0; i < rows->len; i++) {
        const SheetRow *row = g_ptr_array_index(rows, i);
        if (!is_wide_enough(row->n_filled, typical)) {
            continue;
        }
        if (looks_like_heading(row)) {
            return i;
        }
        first_wide = MIN(first_wide, i);
    }
    return first_wide < rows->len ? first_wide : 0;
}

/* Does `below` name columns that `heading` leaves blank, and leave blank some that it names? */
static gboolean is_second_level(const SheetRow *heading, const SheetRow *below)
{
    gboolean fills = FALSE, leaves = FALSE;

    for (guint i = 0; i < heading->cells->len; i++) {
        fills |= cell_at(heading, i) == NULL && cell_at(below, i) != NULL;
        leaves |= cell_at(heading, i) != NULL && cell_at(below, i) == NULL;
    }
    return fills && leaves && looks_like_heading(below);
}

/* The heading that GDAL took, which calls a column without one by its number. */
static SheetRow *heading_from_names(OGRLayerH layer)
{
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer);
    SheetRow *row = g_new0(SheetRow, 1);

    row->cells = g_ptr_array_new_with_free_func(g_free);
    for (int i = 0; i < OGR_FD_GetFieldCount(definition); i++) {
        const char *name = OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, i));
        g_autofree char *made = g_strdup_printf("Field%d", i + 1);
        gboolean named = !fm_text_is_blank(name) && strcmp(name, made) != 0;
        row->n_filled += named ? 1 : 0;
        g_ptr_array_add(row->cells, named ? g_strdup(name) : NULL);
    }
    return row;
}

gboolean fm_sheet_starts_with_heading(OGRLayerH layer)
{
    g_autoptr(GPtrArray) rows = sample_rows(layer);
    SheetRow *heading = heading_from_names(layer);
    gboolean done = is_wide_enough(heading->n_filled, typical_width(rows)) &&
                    (rows->len == 0 || !is_second_level(heading, g_ptr_array_index(rows, 0)));

    row_free(heading);
    return done;
}

/* In place: the layer's definition is this dataset's own. */
static void name_columns(OGRLayerH layer, const SheetRow *heading, const SheetRow *second)
{
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer);

    for (int i = 0; i < OGR_FD_GetFieldCount(definition); i++) {
        const char *name = second != NULL ? cell_at(second, (guint)i) : NULL;
        name = name != NULL ? name : cell_at(heading, (guint)i);
        OGR_Fld_SetName(OGR_FD_GetFieldDefn(definition, i), name != NULL ? name : "");
    }
}

/* The drivers number rows from 1 where they hand them out, and from 0 where they filter. */
static void leave_out_up_to(OGRLayerH layer, gint64 fid)
{
    for (gint64 from = fid - MAX_FID_SHIFT; from <= fid; from++) {
        g_autofree char *filter = g_strdup_printf("FID > %" G_GINT64_FORMAT, from);
        (void)OGR_L_SetAttributeFilter(layer, filter);
        OGR_L_ResetReading(layer);
        g_autoptr(FmOgrFeature) first = OGR_L_GetNextFeature(layer);
        OGR_L_ResetReading(layer);
        if (first == NULL || OGR_F_GetFID(first) > fid) {
            return;
        }
    }
}

char *fm_sheet_find_heading(OGRLayerH layer)
{
    g_autoptr(GPtrArray) rows = sample_rows(layer);
    g_return_val_if_fail(rows->len > 0, NULL);
    guint at = find_heading(rows);
    const SheetRow *heading = g_ptr_array_index(rows, at);
    const SheetRow *below = at + 1 < rows->len ? g_ptr_array_index(rows, at + 1) : NULL;
    gboolean two = below != NULL && is_second_level(heading, below);
    const SheetRow *last = two ? below : heading;

    name_columns(layer, heading, two ? below : NULL);
    leave_out_up_to(layer, last->fid);
    return g_strdup_printf("the heading is row %" G_GINT64_FORMAT " of the sheet%s%s", heading->fid,
                           two ? " with the one below" : "",
                           at > 0 ? "; what stands above it is left out" : "");
}
