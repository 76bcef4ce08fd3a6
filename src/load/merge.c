/* The rows of a source meet those of the layer that they are added to or that they update: which is
 * new, which is known, which is refused, and what changes.  The layer is asked row by row, so that
 * neither its size nor the source's matters. */
#include "load-internal.h"

#include <string.h>

#define PROGRESS_ROWS 4096

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

typedef struct {
    FmExisting *existing;
    const char *layer;
} IdCount;

static void count_id(const char *id, void *user)
{
    IdCount *count = user;
    gint64 number = fm_id_made_number(id, count->layer);

    count->existing->n_ids++;
    count->existing->n_made += number > 0;
    count->existing->highest_made = MAX(count->existing->highest_made, number);
}

FmExisting *fm_existing_new(FmWorkspace *workspace, const char *layer, GError **error)
{
    static const FmFilter no_row = {.where = "0"};
    g_autoptr(FmExisting) existing = g_new0(FmExisting, 1);
    IdCount count = {existing, layer};

    existing->columns = fm_workspace_read(workspace, layer, &no_row, NULL, error);
    return existing->columns != NULL &&
                   fm_workspace_each_id(workspace, layer, count_id, &count, error)
               ? g_steal_pointer(&existing)
               : NULL;
}

void fm_existing_free(FmExisting *existing)
{
    if (existing != NULL) {
        g_clear_pointer(&existing->columns, fm_table_free);
        g_free(existing);
    }
}

/* ---- the rows ---- */

gboolean fm_merge_init(FmMerge *merge, FmRun *run, const FmLayerSpec *spec, const FmTable *columns,
                       const FmExisting *existing, gboolean update, FmChanges *changes,
                       GError **error)
{
    *merge = (FmMerge){.existing = existing, .layer = spec->name, .update = update};
    merge->changes = changes;
    merge->has_geometry = fm_table_geometry_type(columns) != FM_GEOMETRY_NONE ||
                          fm_table_geometry_type(existing->columns) != FM_GEOMETRY_NONE;
    merge->merger =
        fm_merger_new(run, spec, columns, update ? FM_WRITE_UPDATE : FM_WRITE_APPEND, error);
    return merge->merger != NULL;
}

void fm_merge_clear(FmMerge *merge)
{
    g_clear_pointer(&merge->merger, fm_merger_free);
}

/* Why a row cannot be where it would go; NULL when it can.  Transfer full. */
static char *find_fault(const FmMerge *merge, const FmMergeTarget *target)
{
    if (target->number > 0) {
        return g_strdup_printf("also in row %u", target->number);
    }
    return target->fid != 0 && !merge->update
               ? g_strdup_printf("already in layer '%s'", merge->layer)
               : NULL;
}

/* Where the row goes: by its own id, or by the key that rows without ids have. */
static gboolean find_target(const FmMerge *merge, const FmRaw *raw, const FmRows *rows, gsize row,
                            FmMergeTarget *target, GError **error)
{
    gint64 fid = FM_MATCH_NONE;

    if (merge->identity != NULL) {
        gsize number = raw->first_row + g_array_index(rows->sources, gsize, row);
        if (!fm_identity_find(merge->identity, (gint64)number, &fid, error)) {
            return FALSE;
        }
    }
    return fid != FM_MATCH_NONE
               ? fm_merger_take(merge->merger, fid, rows->table, row, target, error)
               : fm_merger_find(merge->merger, rows->table, row, target, error);
}

static gboolean merge_row(FmMerge *merge, const FmRaw *raw, const FmColumnMap *map,
                          const FmRows *rows, gsize row, GError **error)
{
    gsize source = g_array_index(rows->sources, gsize, row);
    guint32 number = (guint32)MIN(raw->first_row + source + 1, G_MAXUINT32);
    g_autoptr(FmTable) before = NULL;
    FmMergeTarget target;

    if (!find_target(merge, raw, rows, row, &target, error)) {
        return FALSE;
    }
    g_autofree char *fault = find_fault(merge, &target);
    if (fault != NULL) {
        fm_rows_refuse_id(raw, map, source, fault);
        return TRUE;
    }
    if (!fm_merger_put(merge->merger, rows->table, row, &target, number, &before, error)) {
        return FALSE;
    }
    if (before != NULL) {
        fm_changes_add(merge->changes, before, 0, rows->table, row);
    }
    const char *id = fm_table_text(rows->table, fm_table_find_column(rows->table, "id"), row);
    merge->n_rows++;
    merge->n_made += fm_id_made_number(id, merge->layer) > 0;
    merge->n_unlocated +=
        target.fid == 0 && merge->has_geometry && fm_table_geometry(rows->table, row) == NULL;
    return TRUE;
}

gboolean fm_merge_rows(FmMerge *merge, const FmRaw *raw, const FmColumnMap *map, const FmRows *rows,
                       const FmProgress *progress, GError **error)
{
    g_autofree char *stage = g_strdup_printf("writing %s", merge->layer);
    gsize n = fm_table_n_rows(rows->table);

    for (gsize row = 0; row < n; row++) {
        if ((row % PROGRESS_ROWS == 0 &&
             !fm_progress_report(progress, (double)row / (double)n, stage, error)) ||
            !merge_row(merge, raw, map, rows, row, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* The file's own ids say nothing about rows whose ids were all made: every row would be there
 * twice. */
gboolean fm_merge_check(const FmMerge *merge, const char *name, GError **error)
{
    const FmExisting *existing = merge->existing;

    if (!merge->update || existing->n_made < existing->n_ids || existing->n_made == 0 ||
        merge->n_rows == 0 || merge->n_made > 0) {
        return TRUE;
    }
    g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                "%s: it has ids, and layer '%s' was loaded without: which row is which cannot be "
                "told; --replace the layer, or --append the rows if all are new",
                name, merge->layer);
    return FALSE;
}
