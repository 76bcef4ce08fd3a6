/* One source into its layer: all rows at once, when they are few or must be seen together; else
 * part by part. */
#include "job.h"

#include <string.h>

/* How a source's share of the progress divides into reading and writing. */
#define READ_SHARE 0.6
#define CHECK_SHARE 0.7
#define LOOK_SHARE 0.2 /* when it is read twice */
#define PUT_SHARE 0.5  /* of writing, into a layer that is there */

void fm_job_clear(FmJob *job)
{
    g_clear_pointer(&job->layer, g_free);
    g_clear_pointer(&job->existing, fm_existing_free);
    g_clear_pointer(&job->cells, g_free);
    g_clear_pointer(&job->rejects_path, g_free);
    fm_loaded_clear(&job->out);
    g_clear_pointer(&job->changes, fm_changes_free);
    fm_input_clear(&job->input);
}

static FmWriteMode write_mode(FmLoadMode mode, gboolean exists)
{
    switch (mode) {
    case FM_LOAD_APPEND:
        return exists ? FM_WRITE_APPEND : FM_WRITE_CREATE;
    case FM_LOAD_UPDATE:
        return exists ? FM_WRITE_UPDATE : FM_WRITE_CREATE;
    case FM_LOAD_REPLACE:
        return FM_WRITE_REPLACE;
    case FM_LOAD_CREATE:
    default:
        return FM_WRITE_CREATE;
    }
}

static const char *either(const char *first, const char *second)
{
    return first != NULL ? first : second;
}

/* How the layer is registered, once the source has been looked at. */
static void describe_layer(FmJob *job)
{
    const FmSource *source = job->source;
    const FmRaw *raw = job->out.survey.sample;
    gboolean cited = job->existing == NULL || source->source != NULL;
    /* A layer that is there keeps what is said of it, but not that its data are no model. */
    const FmSource *said = raw->said != NULL ? raw->said : source;
    const FmSource *file = job->existing == NULL ? said : source;

    job->spec = (FmLayerSpec){
        .name = job->layer,
        .kind = either(source->kind, file->kind),
        .title_en = either(source->title_en, file->title_en),
        .title_zh = either(source->title_zh, file->title_zh),
        /* Rows that are added without a citation leave the layer's own. */
        .source = either(either(source->source, file->source), cited ? raw->name : NULL),
        .source_sha256 = cited ? raw->sha256 : NULL,
        .licence = either(source->licence, file->licence),
        .note = either(source->note, file->note),
        .modelled = source->modelled || said->modelled,
    };
}

/* Must rows without ids be told apart by what else they say? */
static gboolean is_keyless_update(const FmJob *job)
{
    return job->mode == FM_LOAD_UPDATE && job->existing != NULL && job->out.map->made_ids;
}

/* A key of its own is for rows that have no ids. */
static gboolean check_key(const FmJob *job, GError **error)
{
    if (job->source->key == NULL || is_keyless_update(job) ||
        (job->mode == FM_LOAD_UPDATE && job->out.map->made_ids)) {
        return TRUE;
    }
    g_set_error(error, FM_ERROR, FM_ERROR_USAGE, "%s: --key %s %s", job->out.survey.sample->name,
                job->source->key,
                job->mode != FM_LOAD_UPDATE
                    ? "is for --update; to load with a column as the id, pass --map id=COLUMN"
                    : "is for rows without ids, and these have some; leave --key out, or say "
                      "with --map id= that no column is the id");
    return FALSE;
}

static gboolean map_columns(FmJob *job, GError **error)
{
    FmRaw *raw = job->out.survey.sample;
    const FmTable *existing = job->existing != NULL ? job->existing->columns : NULL;

    job->out.map = fm_column_map_new(raw, job->source, existing, error);
    if (job->out.map == NULL) {
        return FALSE;
    }
    for (guint i = 0; i < job->out.map->notes->len; i++) {
        fm_raw_warn(raw, "%s", (const char *)g_ptr_array_index(job->out.map->notes, i));
    }
    describe_layer(job);
    return check_key(job, error);
}

/* ---- all rows at once ---- */

/* The areas that rows without a position may be placed in; *out NULL when nobody asks for it. */
static gboolean make_locator(const FmJob *job, FmLocator **out, GError **error)
{
    const char *asked = job->source->locate_by;
    const char *colon = asked != NULL ? strchr(asked, ':') : NULL;

    *out = NULL;
    if (asked == NULL) {
        return TRUE;
    }
    if (colon == NULL || colon == asked || colon[1] == '\0') {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                    "--locate-by %s: write AREA:COLUMN, a layer with areas and the column that "
                    "names one",
                    asked);
        return FALSE;
    }
    if (job->mode == FM_LOAD_UPDATE) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                    "--locate-by with --update would move rows that have better positions by now: "
                    "leave --locate-by out to update, or --append the new rows with it");
        return FALSE;
    }
    g_autofree char *layer = g_strndup(asked, (gsize)(colon - asked));
    g_autoptr(FmTable) areas = fm_workspace_read(job->workspace, layer, NULL, NULL, error);
    if (areas == NULL || !fm_run_add_input(job->run, layer, error)) {
        g_prefix_error(error, "--locate-by: ");
        return FALSE;
    }
    *out = fm_locator_new(areas, layer, job->out.survey.sample, job->out.map, colon + 1, error);
    return *out != NULL;
}

static gboolean check_rows(FmJob *job, GError **error)
{
    FmRaw *raw = job->out.survey.sample;
    gsize n_rows = job->out.survey.n_rows;

    job->out.n_rejected = g_hash_table_size(raw->problems);
    if (job->out.n_rejected == 0) {
        return TRUE;
    }
    g_autofree char *first = fm_problems_describe_first(raw->problems, 0, n_rows);
    if (job->strict) {
        g_set_error(error, FM_ERROR, FM_ERROR_DATA, "%s: %s", raw->name, first);
        return FALSE;
    }
    if (job->out.n_rejected == n_rows) {
        g_set_error(error, FM_ERROR, FM_ERROR_DATA,
                    "%s: none of %" G_GSIZE_FORMAT " %s can be loaded; %s", raw->name, n_rows,
                    n_rows == 1 ? "row" : "rows", first);
        return FALSE;
    }
    job->out.rejects = fm_rejects_write(job->rejects_path, raw, raw->problems, error);
    return job->out.rejects != NULL;
}

/* Those of the file, unless somebody says others. */
static const GPtrArray *column_titles(const FmJob *job)
{
    const FmSource *said = job->out.survey.sample->said;

    return said != NULL && job->source->column_titles == NULL ? said->column_titles
                                                              : job->source->column_titles;
}

static gboolean build_rows(FmJob *job, FmRows *rows, GError **error)
{
    FmLoaded *out = &job->out;
    FmRaw *raw = out->survey.sample;
    g_autoptr(FmLocator) locator = NULL;
    g_auto(FmIdBook) book;

    fm_id_book_init(&book, NULL);
    if (!make_locator(job, &locator, error)) {
        return FALSE;
    }
    g_autoptr(FmPositions) positions =
        fm_positions_new(raw, out->map, job->source, job->cells, locator, raw->problems, error);
    if (positions == NULL) {
        return FALSE;
    }
    if (locator != NULL) {
        fm_locator_note(locator, raw);
    }
    if (positions->n_flattened > 0) {
        fm_raw_warn(raw, "Z or M dropped from %" G_GSIZE_FORMAT " %s", positions->n_flattened,
                    positions->n_flattened == 1 ? "row" : "rows");
    }
    fm_rows_build(raw, out->map, positions, job->layer,
                  job->existing != NULL ? job->existing->highest_made : 0, raw->problems, &book,
                  rows);
    fm_field_titles_apply(rows->table, column_titles(job));
    out->type = positions->type;
    out->crs = g_strdup(positions->crs);
    out->n_unlocated = rows->n_unlocated;
    return TRUE;
}

/* An update by rows that bring no ids finds out which rows of the layer they are. */
static gboolean identify(FmJob *job, const FmRows *rows, FmIdentity **out, GError **error)
{
    FmRaw *raw = job->out.survey.sample;
    gboolean again = is_keyless_update(job);

    *out = NULL;
    if (!again) {
        return TRUE;
    }
    *out = fm_identity_new(job->workspace, job->layer, job->existing->columns, rows->table,
                           job->out.map, raw, job->source->key, error);
    while (*out != NULL && again) {
        if (!fm_identity_add(*out, raw, rows, error) ||
            !fm_identity_settle(*out, raw, &again, error)) {
            g_clear_pointer(out, fm_identity_free);
        }
    }
    return *out != NULL;
}

static gboolean merge_whole(FmJob *job, FmRows *rows, const FmProgress *progress, GError **error)
{
    FmLoaded *out = &job->out;
    FmProgress putting = fm_progress_slice(progress, 0, PUT_SHARE);
    FmProgress finishing = fm_progress_slice(progress, PUT_SHARE, 1);
    g_autoptr(FmIdentity) identity = NULL;
    g_auto(FmMerge) merge = {NULL};

    if (!identify(job, rows, &identity, error) ||
        !fm_merge_init(&merge, job->run, &job->spec, rows->table, job->existing,
                       job->mode == FM_LOAD_UPDATE, job->changes, error)) {
        return FALSE;
    }
    merge.identity = identity;
    if (!fm_merge_rows(&merge, out->survey.sample, out->map, rows, &putting, error) ||
        !fm_merge_check(&merge, out->survey.sample->name, error) || !check_rows(job, error)) {
        return FALSE;
    }
    out->n_unlocated = merge.n_unlocated;
    return fm_merger_finish(merge.merger, &out->written, &finishing, error);
}

static gboolean write_whole(FmJob *job, FmRows *rows, const FmProgress *progress, GError **error)
{
    if (job->existing != NULL) {
        return merge_whole(job, rows, progress, error);
    }
    return check_rows(job, error) &&
           fm_run_write(job->run, &job->spec, rows->table, write_mode(job->mode, FALSE),
                        &job->out.written, progress, error);
}

static gboolean load_whole(FmJob *job, const FmProgress *progress, GError **error)
{
    FmProgress reading = fm_progress_slice(progress, 0, READ_SHARE);
    FmProgress writing = fm_progress_slice(progress, CHECK_SHARE, 1);
    FmLoaded *out = &job->out;
    g_auto(FmRows) rows = {NULL};

    out->survey.sample = fm_raw_read(&job->input.source, &reading, error);
    if (out->survey.sample == NULL) {
        return FALSE;
    }
    out->survey.n_rows = fm_table_n_rows(out->survey.sample->table);
    gboolean done = map_columns(job, error) && build_rows(job, &rows, error) &&
                    fm_progress_report(progress, CHECK_SHARE, "checking", error) &&
                    write_whole(job, &rows, &writing, error);
    out->table = g_steal_pointer(&rows.table);
    return done;
}

/* ---- part by part ---- */

/* Looks the source through, and maps its columns; *worth is FALSE when it should be read whole
 * after all: when it is small, and can be looked at as a whole afterwards, or when its positions
 * stand in one column, which may hold geometries of any type. */
static gboolean look_first(FmJob *job, gboolean *worth, const FmProgress *progress, GError **error)
{
    FmSurvey *survey = &job->out.survey;
    const FmSource *source = &job->input.source;
    gboolean looked = fm_path_is_text_table(source->path)
                          ? fm_survey_text(survey, source, progress, error)
                          : fm_survey_ogr(survey, source, worth, progress, error);

    if (!looked) {
        return FALSE;
    }
    if (fm_path_is_text_table(source->path)) {
        *worth = survey->n_rows >= FM_WHOLE_ROWS;
    }
    if (*worth && !map_columns(job, error)) {
        return FALSE;
    }
    *worth = *worth && job->out.map->wkt == FM_COLUMN_NONE;
    return TRUE;
}

/* *done is FALSE when the source must be read whole. */
static gboolean load_stream(FmJob *job, gboolean *done, const FmProgress *progress, GError **error)
{
    FmProgress looking = fm_progress_slice(progress, 0, LOOK_SHARE);
    FmProgress storing = fm_progress_slice(progress, LOOK_SHARE, 1);

    *done = FALSE;
    if (!look_first(job, done, &looking, error)) {
        return FALSE;
    }
    if (!*done) {
        fm_loaded_clear(&job->out);
        job->out = (FmLoaded){.map = NULL};
        return TRUE;
    }
    const FmStreamRequest request = {
        .source = &job->input.source,
        .spec = &job->spec,
        .column_titles = column_titles(job),
        .mode = write_mode(job->mode, job->existing != NULL),
        .existing = job->existing,
        .workspace = job->workspace,
        .keyless = is_keyless_update(job),
        .changes = job->changes,
        .strict = job->strict,
        .rejects_path = job->rejects_path,
        .cells = job->cells,
    };
    return fm_stream(job->run, &request, &job->out, &storing, error);
}

gboolean fm_job_load(FmJob *job, const FmProgress *progress, GError **error)
{
    gboolean done = FALSE;

    if (fm_stream_may(&job->input.source) && !load_stream(job, &done, progress, error)) {
        return FALSE;
    }
    return done || load_whole(job, progress, error);
}
