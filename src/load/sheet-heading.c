/* Where a sheet's table begins, by what heading.c finds in its first rows: the rows are sampled,
 * and those up to the heading are left out of the layer. */
#include "heading.h"
#include "ogr-open.h"

#include <string.h>

#define MAX_FID_SHIFT 2

typedef void FmOgrFeature;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmOgrFeature, OGR_F_Destroy)

static FmHeadingRow *row_from_feature(OGRFeatureH feature)
{
    FmHeadingRow *row = fm_heading_row_new(OGR_F_GetFID(feature));

    for (int i = 0; i < OGR_F_GetFieldCount(feature); i++) {
        fm_heading_row_add(row, OGR_F_IsFieldSetAndNotNull(feature, i)
                                    ? OGR_F_GetFieldAsString(feature, i)
                                    : NULL);
    }
    return row;
}

/* The sheet's first rows that are not blank. */
static GPtrArray *sample_rows(OGRLayerH layer)
{
    GPtrArray *rows = g_ptr_array_new_with_free_func(fm_heading_row_free);

    OGR_L_ResetReading(layer);
    while (rows->len < FM_HEADING_ROWS) {
        g_autoptr(FmOgrFeature) feature = OGR_L_GetNextFeature(layer);
        if (feature == NULL) {
            break;
        }
        FmHeadingRow *row = row_from_feature(feature);
        if (row->n_filled > 0) {
            g_ptr_array_add(rows, row);
        } else {
            fm_heading_row_free(row);
        }
    }
    OGR_L_ResetReading(layer);
    return rows;
}

/* The heading that GDAL took, which calls a column without one by its number. */
static FmHeadingRow *heading_from_names(OGRLayerH layer)
{
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer);
    FmHeadingRow *row = fm_heading_row_new(0);

    for (int i = 0; i < OGR_FD_GetFieldCount(definition); i++) {
        const char *name = OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, i));
        g_autofree char *made = g_strdup_printf("Field%d", i + 1);
        fm_heading_row_add(row, strcmp(name, made) != 0 ? name : NULL);
    }
    return row;
}

gboolean fm_sheet_starts_with_heading(OGRLayerH layer)
{
    g_autoptr(GPtrArray) rows = sample_rows(layer);
    FmHeadingRow *heading = heading_from_names(layer);
    gboolean done =
        fm_heading_is_wide_enough(heading, fm_heading_typical_width(rows)) &&
        (rows->len == 0 || !fm_heading_is_second_level(heading, g_ptr_array_index(rows, 0)));

    fm_heading_row_free(heading);
    return done;
}

/* In place: the layer's definition is this dataset's own. */
static void name_columns(OGRLayerH layer, const FmHeadingRow *heading, const FmHeadingRow *second)
{
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer);

    for (int i = 0; i < OGR_FD_GetFieldCount(definition); i++) {
        OGR_Fld_SetName(OGR_FD_GetFieldDefn(definition, i),
                        fm_heading_name(heading, second, (guint)i));
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
    FmHeading found = fm_heading_find(rows);
    const FmHeadingRow *heading = g_ptr_array_index(rows, found.at);
    const FmHeadingRow *second = found.two ? g_ptr_array_index(rows, found.at + 1) : NULL;

    name_columns(layer, heading, second);
    leave_out_up_to(layer, second != NULL ? second->number : heading->number);
    return fm_heading_note(rows, &found, "row", "sheet");
}
