/* Rows into a layer that is there, whatever the size of either: each is looked up by its id in the
 * layer's own index, and of those that were written only the number is kept, four bytes a row.
 * SpatiaLite's triggers are off meanwhile: they would insert into the R*Tree row by row and note
 * the time of each change.  After the last row the layer is read once, for its index, its hash and
 * its counts. */
#include "store-internal.h"

#define PAGE_ROWS 4096
/* How the progress of finishing divides: the rest is for the index. */
#define READ_SHARE 0.8

struct FmMerger {
    FmRun *run;
    const FmLayerSpec *spec;
    gboolean by_id;
    FmTable *columns; /* as the caller named them, with their titles */
    FmLayerInfo *before;
    FmLayerShape *shape;
    FmRowWriter *writer;
    FmReader *reader;  /* of rows that will change */
    GHashTable *pages; /* fid / PAGE_ROWS -> guint32[PAGE_ROWS]: which row was written there */
    FmWriteReport report;
    gboolean begun, finished;
};

/* ---- beginning -------------------------------------------------------------------------- */

static void set_triggers(FmMerger *merger, int on)
{
    /* Prepared statements are compiled anew after each change of this. */
    sqlite3_db_config(merger->run->workspace->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, on, NULL);
}

static gboolean prepare(FmMerger *merger, const FmTable *columns, GError **error)
{
    FmWorkspace *workspace = merger->run->workspace;
    const char *name = merger->spec->name;
    g_autoptr(FmLayerShape) narrow = fm_layer_shape_new(workspace, name, error);

    if (narrow == NULL || !fm_layer_extend(workspace, narrow, columns, error)) {
        return FALSE;
    }
    merger->shape = fm_layer_shape_new(workspace, name, error);
    if (merger->shape == NULL) {
        return FALSE;
    }
    set_triggers(merger, 0);
    merger->writer = fm_row_writer_new(workspace, merger->shape, columns, error);
    if (merger->writer == NULL) {
        return FALSE;
    }
    merger->reader = fm_reader_new_by_fid(workspace, name, error);
    return merger->reader != NULL;
}

FmMerger *fm_merger_new(FmRun *run, const FmLayerSpec *spec, const FmTable *columns,
                        FmWriteMode mode, GError **error)
{
    g_autoptr(FmMerger) merger = g_new0(FmMerger, 1);

    g_return_val_if_fail(!run->committed, NULL);
    g_return_val_if_fail(mode == FM_WRITE_APPEND || mode == FM_WRITE_UPDATE, NULL);
    merger->run = run;
    merger->spec = spec;
    merger->by_id = mode == FM_WRITE_UPDATE;
    if (!fm_run_check_alive(run, error) ||
        !fm_run_check_mode(run, spec, columns, mode, &merger->before, error)) {
        return NULL;
    }
    merger->begun = TRUE;
    merger->columns = fm_table_copy_columns(columns, fm_table_geometry_type(columns));
    merger->pages = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
    return prepare(merger, columns, error) ? g_steal_pointer(&merger) : NULL;
}

void fm_merger_free(FmMerger *merger)
{
    if (merger == NULL) {
        return;
    }
    if (merger->begun) {
        set_triggers(merger, 1);
        merger->run->failed |= !merger->finished;
    }
    fm_row_writer_free(merger->writer);
    fm_reader_free(merger->reader);
    g_clear_pointer(&merger->pages, g_hash_table_unref);
    fm_layer_shape_free(merger->shape);
    fm_layer_info_free(merger->before);
    fm_table_free(merger->columns);
    g_free(merger);
}

const char *fm_merger_layer(const FmMerger *merger)
{
    return merger->spec->name;
}

/* ---- rows ------------------------------------------------------------------------------- */

/* Where the number of the row is kept that was written to a fid; NULL when there is no such page
 * and none is to be made. */
static guint32 *number_of(FmMerger *merger, gint64 fid, gboolean make)
{
    gint64 page = fid / PAGE_ROWS - (fid % PAGE_ROWS < 0 ? 1 : 0);
    guint32 *numbers = g_hash_table_lookup(merger->pages, &page);

    if (numbers == NULL && make) {
        numbers = g_new0(guint32, PAGE_ROWS);
        g_hash_table_insert(merger->pages, g_memdup2(&page, sizeof page), numbers);
    }
    return numbers != NULL ? &numbers[fid - page * PAGE_ROWS] : NULL;
}

/* 0 = none was. */
static guint32 number_at(FmMerger *merger, gint64 fid)
{
    const guint32 *number = number_of(merger, fid, FALSE);

    return number != NULL ? *number : 0;
}

gboolean fm_merger_find(FmMerger *merger, const FmTable *rows, gsize row, FmMergeTarget *target,
                        GError **error)
{
    gsize id = fm_table_find_column(merger->columns, "id");

    *target = (FmMergeTarget){.fid = 0};
    if (id == FM_COLUMN_NONE || fm_table_is_null(rows, id, row)) {
        return TRUE;
    }
    if (!fm_row_writer_find(merger->writer, rows, row, &target->fid, error)) {
        return FALSE;
    }
    target->number = target->fid != 0 ? number_at(merger, target->fid) : 0;
    return TRUE;
}

gboolean fm_merger_take(FmMerger *merger, gint64 fid, FmTable *rows, gsize row,
                        FmMergeTarget *target, GError **error)
{
    g_return_val_if_fail(fm_table_find_column(merger->columns, "id") != FM_COLUMN_NONE, FALSE);
    *target = (FmMergeTarget){.fid = fid, .number = number_at(merger, fid)};
    return fm_row_writer_take_id(merger->writer, rows, row, fid, error);
}

static gboolean change(FmMerger *merger, const FmTable *rows, gsize row, gint64 fid,
                       FmTable **before, GError **error)
{
    gboolean differs = FALSE;

    if (!fm_row_writer_differs(merger->writer, rows, row, fid, &differs, error)) {
        return FALSE;
    }
    if (!differs) {
        merger->report.unchanged++;
        return TRUE;
    }
    g_autoptr(FmTable) was = before != NULL ? fm_reader_read_fid(merger->reader, fid, error) : NULL;
    if ((before != NULL && was == NULL) || !fm_row_writer_change(merger->writer, fid, error)) {
        return FALSE;
    }
    if (before != NULL) {
        *before = g_steal_pointer(&was);
    }
    merger->report.updated++;
    return TRUE;
}

gboolean fm_merger_put(FmMerger *merger, const FmTable *rows, gsize row,
                       const FmMergeTarget *target, guint32 number, FmTable **before,
                       GError **error)
{
    gint64 fid = target != NULL ? target->fid : 0;

    g_return_val_if_fail(fid == 0 || (merger->by_id && target->number == 0), FALSE);
    if (before != NULL) {
        *before = NULL;
    }
    if (fid != 0) {
        if (!change(merger, rows, row, fid, before, error)) {
            return FALSE;
        }
    } else if (fm_row_writer_insert(merger->writer, rows, row, &fid, error)) {
        merger->report.inserted++;
    } else {
        return FALSE;
    }
    *number_of(merger, fid, TRUE) = number;
    return TRUE;
}

/* ---- ending ----------------------------------------------------------------------------- */

/* What the layer holds now is only known by looking. */
static gboolean read_facts(FmMerger *merger, FmLayerFacts *facts, const char *stage,
                           const FmProgress *progress, GError **error)
{
    FmWorkspace *workspace = merger->run->workspace;
    double expected = (double)MAX(merger->before->n_rows + merger->report.inserted, 1);
    g_autoptr(FmReader) reader = fm_reader_new(workspace, merger->spec->name, NULL, error);
    g_autoptr(GArray) fids = g_array_new(FALSE, FALSE, sizeof(gint64));

    if (reader == NULL) {
        return FALSE;
    }
    fm_layer_facts_init(facts, fm_reader_columns(reader));
    for (gboolean more = TRUE; more;) {
        double ratio = MIN((double)fm_reader_n_seen(reader) / expected, 1);
        g_autoptr(FmTable) rows = fm_reader_columns(reader);
        g_array_set_size(fids, 0);
        if (!fm_progress_report(progress, ratio, stage, error) ||
            !fm_reader_next(reader, rows, fids, &more, error) ||
            !fm_layer_facts_add(facts, rows, 0, fm_table_n_rows(rows),
                                (const gint64 *)(const void *)fids->data, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

gboolean fm_merger_finish(FmMerger *merger, FmWriteReport *report, const FmProgress *progress,
                          GError **error)
{
    FmProgress reading = fm_progress_slice(progress, 0, READ_SHARE);
    FmRun *run = merger->run;
    g_autofree char *stage = g_strdup_printf("indexing %s", merger->spec->name);
    g_auto(FmLayerFacts) facts = {NULL};

    g_return_val_if_fail(!merger->finished, FALSE);
    set_triggers(merger, 1);
    merger->finished = read_facts(merger, &facts, stage, &reading, error) &&
                       fm_layer_register(run->workspace, merger->spec, &facts, merger->columns,
                                         merger->before, TRUE, run->id, error) &&
                       fm_progress_report(progress, 1, stage, error);
    if (merger->finished && report != NULL) {
        *report = merger->report;
    }
    return merger->finished;
}
